"""The screens of terms: index, queue, ledger, disputes on both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import clock
from sellerdesk.core.models import Message
from sellerdesk.orders import queries
from sellerdesk.orders.models import Dispute, Fault
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services import terms
from sellerdesk.orders.tests.test_disputes import WHY, error, week
from sellerdesk.orders.tests.test_terms import DAY, full, shipped

__all__ = ["full", "week"]


@pytest.fixture
def later(now, monkeypatch):
    """Sets the market's clock some days after the first order."""
    def go(days: float):
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))

    return go


def test_the_overview_tells_index_zone_and_queue(anna_client, full, week, later) -> None:
    later(4)
    waiting = full.place(full.request((full.mug, 3), at=full.now + 3 * DAY), full.request((full.mug, 1), at=full.now
                                                                                          + 3 * DAY))

    page = anna_client.get(reverse("orders:terms"))

    assert page.status_code == 200
    assert [here for _span, _fee, here in page.context["zones"]] == [False, True, False, False, False]
    assert page.context["share"] == "8.16%"
    # The dearer of two with the same deadline comes first: sale and 3 % of it.
    assert [(view.row.number, view.row.at_risk_minor) for view in page.context["queue"].rows] == [
        (waiting[0], 3_090_00), (waiting[1], 1_030_00)]
    text = page.content.decode()
    assert "4.01% – 10%" in text
    assert "4 of 49 shipments" in text


def test_the_queue_grows_dearer_with_time(full) -> None:
    [number] = full.place()
    due = queries.posting(full.seller, number).ship_by

    [before] = reading.waiting(full.seller, due - timedelta(hours=1))
    [after] = reading.waiting(full.seller, due + timedelta(hours=13))

    assert (before.current.kind, before.following.amount_minor, before.following.starts_at) == ("on_time", 10_00, due)
    assert (after.current.amount_minor, after.following.amount_minor) == (30_00, 50_00)
    assert reading.waiting(full.seller, due - timedelta(days=3)) == []


def test_the_dearest_of_the_queue_are_those_of_the_whole_queue(full) -> None:
    numbers = full.place(*(full.request((full.mug, units)) for units in (1, 3, 2, 3)))
    now = queries.posting(full.seller, numbers[0]).ship_by - timedelta(hours=1)

    found, count = reading.dearest(full.seller, now, limit=3)

    assert count == 4
    assert found == reading.waiting(full.seller, now)[:3]
    assert [row.number for row in found] == [numbers[1], numbers[3], numbers[2]]
    assert [row.at_risk_minor for row in found] == [row.amount_minor + reading.posting_steps(
        full.seller, ship_by=row.ship_by, amount_minor=row.amount_minor, scheme="fbs",
        where=reading.calendar(None, full.seller.time_zone), standing=reading.index_today(full.seller, now), now=now)[
        -1].amount_minor for row in found]


def test_the_ledger_lists_errors_and_leads_to_each(anna_client, clara_client, rival_shop, full, week, later) -> None:
    later(4)
    rows = anna_client.get(reverse("orders:penalties"), {"tab": "charged"}).context["table"].rows
    assert [view.row.number for view in rows] == [week[3].number, week[2].number]
    assert [view.how for view in rows] == ["3% × ₽1,000.00"] * 2

    page = anna_client.get(reverse("orders:penalty", args=[week[2].pk]))
    assert page.context["inputs"][0][1] == "2 ÷ 47 = 4.26%"
    assert page.context["amount"].amount_minor == 30_00
    assert "rule in force since" in page.context["inputs"][1][2]
    assert page.context["may_dispute"] is True
    assert clara_client.get(reverse("orders:penalty", args=[week[2].pk])).status_code == 404


def test_a_dispute_goes_to_the_operator_and_back(anna_client, operator_client, full, week, later) -> None:
    later(4)
    address = reverse("orders:penalty_dispute", args=[week[2].pk])
    refused = anna_client.post(address, {"act": "open", "text": "No."})
    assert refused.status_code == 422
    assert "Say in a sentence why" in refused.content.decode()
    assert anna_client.post(address, {"act": "open", "text": WHY}).status_code == 302
    dispute = Dispute.objects.get()

    assert WHY in operator_client.get(reverse("console:disputes")).content.decode()
    page = operator_client.get(reverse("console:dispute", args=[dispute.pk]))
    assert page.status_code == 200
    empty = operator_client.post(reverse("console:dispute_decide", args=[dispute.pk]), {"decision": "won"})
    assert empty.status_code == 422
    operator_client.post(reverse("console:dispute_decide", args=[dispute.pk]),
                         {"decision": "won", "answer": "The log agrees."})

    assert Fault.objects.get(pk=week[2].pk).amount_minor == 0
    answer = anna_client.get(reverse("orders:penalty", args=[week[2].pk])).content.decode()
    assert "The log agrees." in answer
    assert "₽30.00" in answer


def test_a_dispute_can_be_taken_back(anna_client, full, week, later) -> None:
    later(4)
    address = reverse("orders:penalty_dispute", args=[week[0].pk])
    anna_client.post(address, {"act": "open", "text": WHY})

    anna_client.post(address, {"act": "withdraw"})

    assert Dispute.objects.get().state == "withdrawn"


def test_a_posting_shows_its_steps_and_what_it_has_cost(anna_client, full, week) -> None:
    [number] = full.place(full.request((full.mug, 1), at=full.now))

    page = anna_client.get(reverse("orders:posting", args=[number]))
    assert [step.state for step in page.context["terms"]["steps"]] == ["now", "todo", "todo", "todo", "todo"]
    assert "1% of the goods: ₽10.00" in page.content.decode()

    ended = anna_client.get(reverse("orders:posting", args=[week[2].number]))
    assert [row.amount_minor for row, _badge, _amount in ended.context["terms"]["penalties"]] == [30_00]
    assert ended.context["terms"]["steps"] == []


def test_cancelling_tells_what_it_does_to_the_index(anna_client, full, later) -> None:
    shipped(full, 49, full.now + DAY)
    [number] = full.place(full.request((full.mug, 1), at=full.now + DAY))
    error(full, full.now + DAY)
    later(1)

    page = anna_client.post(reverse("orders:cancel_preview", args=[number]), {"reason_id": "352", "stock": "shelf"})

    assert (page.context["index_before"], page.context["index_after"]) == ("2%", "3.9%")
    assert page.context["index_fee"].amount_minor == 0


def test_a_shop_is_told_of_each_step_once_before_it_comes(full) -> None:
    numbers = full.place(*(full.request((full.mug, 1)) for _ in range(12)))
    due = queries.posting(full.seller, numbers[0]).ship_by

    assert terms.tell_of_steps(now=due - timedelta(hours=3)) == 0
    assert terms.tell_of_steps(now=due - timedelta(hours=1)) == 12
    assert terms.tell_of_steps(now=due - timedelta(minutes=30)) == 0
    assert terms.tell_of_steps(now=due + timedelta(hours=11)) == 12

    first = Message.objects.order_by("id").first()
    assert first.to == "anna@example.com"
    assert first.subject == "12 postings are due soon"
    assert "and 2 more" in first.text
    assert f"{min(numbers)}: from 24 Nov, 18:00 on a hand-over costs ₽10.00" in first.text
    assert Message.objects.count() == 2
