"""Many prices that fall by much at once wait for two people, in shops that want it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.models import Price
from sellerdesk.pricing.types import PriceInput
from sellerdesk.sellers.errors import ApprovalRequired
from sellerdesk.sellers.models import Approval, Membership, SecurityPolicy
from sellerdesk.sellers.services import approvals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]
FEED = Actor.key(7, "Feed")


def put(shop, now, text, count=4, actor=FEED):
    return services.set_prices(seller=shop, actor=actor, now=now, changes=[
        PriceInput(f"A-{at}", price=text) for at in range(1, count + 1)])


@pytest.fixture
def shelf(shop, now, goods):
    ids = goods(shop, 4)
    put(shop, now, "1000", actor=Actor.system("setup"))
    rules.put("pricing.two_people_drop", "", {"bp": 2000, "products": 3}, valid_from=now, source="test")
    return ids


@pytest.fixture
def second(shop, staff_boris, now):
    Membership.objects.filter(user=staff_boris).update(role="administrator")
    SecurityPolicy.objects.create(pk=shop.id, two_people=[approvals.PRICE_DROP], updated_at=now)
    return Actor.user(staff_boris.pk, "Boris")


def held(shop):
    return [(row.product_id, row.by_two) for row in queries.waiting(shop)]


def test_without_the_rule_such_prices_go_live(shop, shelf, now):
    put(shop, now, "799")

    assert held(shop) == []
    assert set(Price.objects.values_list("price_minor", flat=True)) == {799_00}


@pytest.mark.parametrize(("text", "count", "waits"), [
    ("800", 4, False), ("799.99", 4, True), ("799.99", 3, False), ("1300", 4, False)])
def test_more_than_so_many_that_fall_by_more_than_so_much_wait(shop, shelf, second, now, text, count, waits):
    preview = services.preview_prices(seller=shop, now=now, changes=[
        PriceInput(f"A-{at}", price=text) for at in range(1, count + 1)])

    outcomes = put(shop, now, text, count)

    assert [one.quarantined for one in outcomes] == [waits] * count == [one.quarantined for one in preview]
    assert held(shop) == ([(id_, True) for id_ in shelf] if waits else [])


def test_two_people_release_them_and_exactly_them(shop, shelf, second, actor, now):
    put(shop, now, "700")
    items = [row.id for row in queries.waiting(shop)]

    def release(ids=items, by=actor):
        return services.release(seller=shop, item_ids=ids, actor=by, now=now)

    with pytest.raises(ApprovalRequired) as needed:
        release()
    assert held(shop) == [(id_, True) for id_ in shelf]
    asked = approvals.ask_for(needed.value, seller=shop, actor=actor, real_now=now)
    assert Approval.objects.get().label == "A-1, A-2, A-3… (4)"
    approvals.decide(seller=shop, approval_id=asked, approve=True, actor=second, real_now=now)
    for others in ({"ids": items[:1]}, {"by": second}):
        with pytest.raises(ApprovalRequired):
            release(**others)

    assert [one.errors for one in release()] == [()] * 4
    assert (held(shop), Approval.objects.get().state) == ([], "done")
    assert set(Price.objects.values_list("price_minor", flat=True)) == {700_00}


def test_the_page_of_the_quarantine_asks_and_says_so(shop, shelf, second, anna_client, now):
    put(shop, now, "700")

    answer = anna_client.post(reverse("pricing:quarantine_bulk"), {"action": "release", "all": "1"}, follow=True)

    assert "Your request waits for approval." in answer.content.decode()
    assert len(held(shop)) == 4
    assert Approval.objects.get().kind == "price_drop"
