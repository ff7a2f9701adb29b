"""Buyers who want to cancel what the shop delivers itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import RejectionUnexplained, RequestDecided, RequestNotFound
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish, RequestFilter

DMITRI = Actor.buyer("Dmitri")


def ask(stall, *numbers, reason=505):
    return services.ask_to_cancel(seller=stall.seller, actor=DMITRI, wishes=[
        CancelWish(number, reason, "Found it at home", stall.now) for number in numbers])


@pytest.fixture
def own(stall) -> str:
    """A posting that the shop delivers itself."""
    [number] = stall.place(stall.request((stall.mug, 2)))
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    return number


def request_of(stall, number):
    return queries.cancel_requests_page(stall.seller, filter=RequestFilter(numbers=(number,))).rows[0]


def test_the_marketplace_cancels_at_once_and_the_shop_is_asked(stall, own) -> None:
    [plain], [gone] = stall.place(), stall.place()
    services.cancel_posting(seller=stall.seller, number=gone, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)

    answers = ask(stall, plain, own, own, gone, "1-1-1")

    assert [one.cancelled for one in answers] == [True, False, False, False, False]
    assert [one.error.code if one.error else "" for one in answers] == [
        "", "", "CANCELLATION_ALREADY_REQUESTED", "POSTING_ALREADY_CANCELLED", "POSTING_NOT_FOUND"]
    assert answers[1].request_id
    assert stall.place_of(plain) == ("cancelled", "posting_canceled")
    assert stall.place_of(own) == ("awaiting_packaging", "posting_created")
    assert ask(stall, own, reason=352)[0].error.code == "HAS_INCORRECT_CANCEL_REASON"


def test_an_approved_wish_ends_the_posting(stall, own) -> None:
    [answer] = ask(stall, own)

    services.approve_request(seller=stall.seller, request_id=answer.request_id, comment="", actor=stall.actor,
                             now=stall.now)

    card = queries.posting(stall.seller, own)
    assert (card.state, card.cancelled_by, card.cancel_reason_id) == ("cancelled", "client", 505)
    assert stall.shelf(stall.mug) == (20, 0)
    for again in (services.approve_request, services.reject_request):
        with pytest.raises(RequestDecided):
            again(seller=stall.seller, request_id=answer.request_id, comment="No", actor=stall.actor, now=stall.now)


def test_a_refusal_says_why_and_the_posting_goes_on(stall, rival_stall, own) -> None:
    [answer] = ask(stall, own)
    known = {"request_id": answer.request_id, "actor": stall.actor, "now": stall.now}

    with pytest.raises(RejectionUnexplained):
        services.reject_request(seller=stall.seller, comment=" ", **known)
    with pytest.raises(RequestNotFound):
        services.reject_request(seller=rival_stall.seller, comment="No", **known)
    with pytest.raises(RequestNotFound):
        services.reject_request(seller=stall.seller, comment="No", only_in=[1], **known)
    services.reject_request(seller=stall.seller, comment="It is on its way", **known)

    assert stall.place_of(own) == ("awaiting_packaging", "posting_created")
    assert request_of(stall, own).state == "REJECTED"
    # A second wish may follow.
    assert ask(stall, own)[0].request_id


def test_silence_lets_the_buyer_cancel_after_one_reminder(stall, own) -> None:
    [answer] = ask(stall, own)
    assert services.answer_due(stall.now + timedelta(hours=23)) == 0
    assert services.answer_due(stall.now + timedelta(hours=24)) == 1
    assert services.answer_due(stall.now + timedelta(hours=47)) == 0

    assert services.answer_due(stall.now + timedelta(days=9)) == 1

    row = request_of(stall, own)
    assert (row.state, row.decided_by, row.decided_at) == ("APPROVED", "time", stall.now + timedelta(hours=48))
    assert queries.posting(stall.seller, own).cancelled_at == stall.now + timedelta(hours=48)
    assert [one.event for one in activity.history(stall.seller.id, "cancel_request", answer.request_id)] == [
        "orders.cancel_request.approved", "orders.cancel_request.reminded", "orders.cancel_request.asked"]
    assert services.answer_due(stall.now + timedelta(days=9)) == 0


def test_what_ended_meanwhile_is_closed_as_refused(stall, own) -> None:
    ask(stall, own)
    services.cancel_posting(seller=stall.seller, number=own, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)

    # In one leap: the reminder and the end.
    assert services.answer_due(stall.now + timedelta(hours=48)) == 2

    assert request_of(stall, own).state == "REJECTED"
    assert queries.posting(stall.seller, own).cancel_reason_id == 352


def test_the_shop_answers_from_the_list_and_from_the_posting(stall, own, anna_client, clara_client) -> None:
    [answer] = ask(stall, own)
    listed = anna_client.get(reverse("orders:cancel_requests")).content.decode()
    page = anna_client.get(reverse("orders:posting", args=[own])).content.decode()
    reject = reverse("orders:cancel_request_reject", args=[answer.request_id])

    silent = anna_client.post(reject, {"comment": ""})
    foreign = clara_client.get(reject)
    strange = clara_client.post(reverse("orders:cancel_request_approve", args=[answer.request_id]))
    done = anna_client.post(reject, {"comment": "It is on its way"}, follow=True).content.decode()

    assert "Found it at home" in listed
    assert "Without an answer it is cancelled" in page
    assert (silent.status_code, foreign.status_code, strange.status_code) == (422, 404, 404)
    assert "must be delivered" in done
    late = anna_client.post(reverse("orders:cancel_request_approve", args=[answer.request_id]), follow=True)
    assert "is answered already" in late.content.decode()
