"""The shop's own delivery and the buyer on the page of a posting."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import activity
from sellerdesk.orders import queries, services
from sellerdesk.orders.models import Posting
from sellerdesk.sellers.models import Membership
from tests.stall import build


@pytest.fixture
def own(shop, actor, now):
    return build(shop, actor, now, kind="own")


def page(number):
    return reverse("orders:posting", args=[number])


def test_the_page_leads_through_the_shop_s_own_delivery(anna_client, own) -> None:
    [number] = own.packed()
    for act, words in (("delivering", "Set out to the buyer"), ("last_mile", "Give to the courier"),
                       ("delivered", "The buyer has it")):
        assert words in anna_client.get(page(number)).content.decode()
        done = anna_client.post(reverse("orders:deliver", args=[number, act]), follow=True)
        assert done.redirect_chain == [(page(number), 302)]

    text = anna_client.get(page(number)).content.decode()
    assert "You have reported the delivery." in text
    assert "orders/" + number + "/cancel" not in text
    again = anna_client.post(reverse("orders:deliver", args=[number, "delivered"]), follow=True).content.decode()
    assert "Last change: Anna, " in again
    assert anna_client.post(reverse("orders:deliver", args=[number, "arbitration"])).status_code == 404


def test_steps_of_the_own_delivery_are_taken_with_many_at_once(anna_client, boris_client, own) -> None:
    numbers = own.packed(*[own.request((own.mug, 1)) for _ in range(3)])
    listed = {"tab": "all"}
    assert "With the courier" not in anna_client.get(reverse("orders:postings"), listed).content.decode()

    for act, words in (("delivering", "3 parcels are on their way."), ("last_mile", "3 parcels are with the courier."),
                       ("delivered", "3 parcels are reported as delivered.")):
        assert f'value="{act}"' in anna_client.get(reverse("orders:postings"), listed).content.decode()
        done = anna_client.post(reverse("orders:bulk"), {"action": act, "ids": numbers}, follow=True)
        assert words in done.content.decode()
    again = anna_client.post(reverse("orders:bulk"), {"action": "last_mile", "ids": numbers[:1]}, follow=True)
    assert "1 parcel is with the courier." not in again.content.decode()


def test_number_day_and_hand_over_are_kept_from_the_page(anna_client, own) -> None:
    [number] = own.packed()
    day = (own.now + timedelta(days=2)).strftime("%Y-%m-%dT")

    anna_client.post(reverse("orders:tracking", args=[number]), {"tracking_number": "ab-12345"})
    anna_client.post(reverse("orders:timeslot", args=[number]), {"begin": day + "10:00", "end": day + "13:00"})
    wrong = anna_client.post(reverse("orders:cutoff", args=[number]), {"cutoff": day + "13:00"}, follow=True)

    card = queries.posting(own.seller, number)
    assert (card.tracking_number, card.slot_changes, card.cutoff_at) == ("AB-12345", 1, None)
    assert "by which the order must be handed over" in wrong.content.decode()
    assert "May be moved 1 more time." in anna_client.get(page(number)).content.decode()


def test_a_missing_parcel_is_disputed_from_the_page(anna_client, stall) -> None:
    [number] = stall.handed_over()
    stall.scan(number, "not_accepted")

    assert "Dispute: it was handed over" in anna_client.get(page(number)).content.decode()
    anna_client.post(reverse("orders:dispute", args=[number, "arbitration"]))

    assert stall.place_of(number) == ("arbitration", "posting_in_arbitration")


def test_a_telephone_is_masked_and_every_look_at_it_is_kept(anna_client, boris_client, stall) -> None:
    [number] = stall.place()
    address = reverse("orders:buyer", args=[number])

    shown = anna_client.get(page(number)).content.decode()
    assert "+79031234567" not in shown
    assert "••• •• 67" in shown
    whole = anna_client.post(address, headers={"HX-Request": "true"})

    assert "+79031234567" in whole.content.decode()
    assert whole["Cache-Control"] == "no-store"
    last = activity.history(stall.seller.id, "posting", number)[0]
    assert (last.event, last.actor.label, "+7903" in str(last)) == ("orders.buyer.revealed", "Anna", False)
    assert "looked at" in anna_client.get(page(number)).content.decode()
    assert boris_client.post(address).status_code == 200


def test_who_may_not_look_sees_no_button(anna_client, stall, staff_boris, boris_client) -> None:
    [number] = stall.place()
    Membership.objects.filter(user=staff_boris).update(role="assembler")

    assert reverse("orders:buyer", args=[number]) not in boris_client.get(page(number)).content.decode()
    assert boris_client.post(reverse("orders:buyer", args=[number])).status_code == 403


def test_the_buyer_is_hidden_thirty_days_after_the_end(anna_client, stall) -> None:
    [number] = stall.handed_over()
    stall.scan(number, "delivered", at=stall.now)
    Posting.objects.filter(number=number).update(delivered_at=stall.now - timedelta(days=30))

    text = anna_client.get(page(number)).content.decode()

    assert "Dmitri" not in text
    assert "Lenina" not in text
    assert "hidden since" in text
    assert "Dmitri" not in anna_client.get(reverse("orders:postings") + "?tab=all").content.decode()
    refused = anna_client.post(reverse("orders:buyer", args=[number]))
    assert refused.status_code == 403
    assert not queries.buyer(queries.posting(stall.seller, number), stall.now, whole=True).phone


def test_an_express_code_is_asked_for_and_checked(anna_client, shop, actor, now) -> None:
    place = build(shop, actor, now, kind="express")
    [number] = place.packed()

    assert "The courier’s code" in anna_client.get(page(number)).content.decode()
    wrong = anna_client.post(reverse("orders:code", args=[number]), {"code": "x"}, follow=True).content.decode()

    assert "That is not the code of this order." in wrong
    assert services.act_many(seller=shop, act="delivering", numbers=[number], actor=actor, now=now)[0].done
