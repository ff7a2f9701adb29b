from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity, Message
from sellerdesk.pricing import queries, services
from sellerdesk.pricing.errors import NothingWaits
from sellerdesk.pricing.models import Price, PriceChange, QuarantinedPrice
from sellerdesk.pricing.types import PriceInput

FEED = Actor.key(7, "Feed")


def put(shop, now, *rows: PriceInput, actor: Actor = FEED):
    return services.set_prices(seller=shop, changes=list(rows), actor=actor, now=now)


def price(product_id: int) -> tuple[int, int]:
    return Price.objects.values_list("price_minor", "old_price_minor").get(pk=product_id)


@pytest.fixture
def shelf(shop, now, goods) -> list[int]:
    ids = goods(shop, 3)
    put(shop, now, *[PriceInput(f"A-{at}", price="1000") for at in (1, 2, 3)])
    return ids


@pytest.mark.parametrize(("asked", "held"), [
    ("1500", False), ("1500.01", True), ("500", False), ("499.99", True), ("100", True)])
def test_more_than_half_up_or_down_waits_and_the_old_price_stays(shop, now, shelf, asked: str, held: bool) -> None:
    [outcome] = put(shop, now, PriceInput("A-1", price=asked))

    assert (outcome.updated, outcome.errors, outcome.quarantined) == (True, (), held)
    assert (price(shelf[0])[0] == 1000_00) is held
    assert [row.product_id for row in queries.waiting(shop)] == ([shelf[0]] if held else [])
    assert PriceChange.objects.filter(product_id=shelf[0]).count() == (1 if held else 2)


def test_a_held_product_is_listed_under_the_visibility_of_the_contract(shop, now, shelf) -> None:
    put(shop, now, PriceInput("A-2", price="100"))

    rows = catalog.products_page(shop, filter=ProductFilter(visibility="QUARANTINE")).rows

    assert [row.id for row in rows] == [shelf[1]]


def test_a_release_makes_the_price_live_and_tells_who_asked_and_who_let_it(shop, actor, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="400", old_price="800"))
    [item] = queries.waiting(shop)

    [outcome] = services.release(seller=shop, item_ids=[item.id], actor=actor, now=now)

    assert outcome.errors == ()
    assert price(shelf[0]) == (400_00, 800_00)
    last = queries.history(shop, shelf[0])[0]
    assert (last.by, last.source, last.asked_by) == ("Anna", "quarantine", "Feed")
    assert queries.waiting(shop) == []
    assert list(Activity.objects.order_by("id").values_list("event", flat=True))[-3:] == [
        "pricing.prices.quarantined", "pricing.prices.changed", "pricing.quarantine.released"]
    with pytest.raises(NothingWaits):
        services.release(seller=shop, item_ids=[item.id], actor=actor, now=now)


def test_what_other_rules_refuse_stays_in_quarantine_with_the_reason(shop, actor, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="3000"), PriceInput("A-2", price="2000"))
    put(shop, now, PriceInput("A-1", old_price="1200"))

    outcomes = services.release(seller=shop, item_ids=[row.id for row in queries.waiting(shop)], actor=actor, now=now)

    assert [[error.code for error in one.errors] for one in outcomes] == [
        ["discount_for_average_price_is_too_small"], []]
    assert [row.product_id for row in queries.waiting(shop)] == [shelf[0]]
    assert price(shelf[0]) == (1000_00, 1200_00)
    assert price(shelf[1]) == (2000_00, 0)


def test_a_later_price_takes_the_place_of_the_one_held(shop, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="100"), PriceInput("A-2", price="100"))
    put(shop, now, PriceInput("A-1", price="90"), PriceInput("A-2", price="900"))

    assert [(row.product_id, row.price_minor) for row in queries.waiting(shop)] == [(shelf[0], 90_00)]
    assert sorted(QuarantinedPrice.objects.values_list("state", flat=True)) == ["replaced", "replaced", "waiting"]


def test_the_same_price_asked_again_is_held_once_and_told_once(shop, now, shelf) -> None:
    for _ in range(3):
        put(shop, now, PriceInput("A-1", price="100"))

    assert QuarantinedPrice.objects.count() == 1
    assert Activity.objects.filter(event="pricing.prices.quarantined").count() == 1


def test_a_discarded_price_never_comes(shop, actor, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="100"))
    [item] = queries.waiting(shop)

    assert services.discard(seller=shop, item_ids=[item.id], actor=actor, now=now) == 1

    assert price(shelf[0])[0] == 1000_00
    with pytest.raises(NothingWaits):
        services.release(seller=shop, item_ids=[item.id], actor=actor, now=now)


def test_nobody_decides_and_time_runs_out(shop, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="100"))

    assert services.run_out(now=now + timedelta(days=13, hours=23)) == 0
    assert services.run_out(now=now + timedelta(days=14)) == 1

    assert QuarantinedPrice.objects.get().state == "expired"
    assert price(shelf[0])[0] == 1000_00


def test_owner_and_finance_get_one_mail(shop, staff_boris, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="100"), PriceInput("A-2", price="5000"))
    before = Message.objects.count()

    assert services.tell_about_waiting.func(shop.id) == 2
    assert services.tell_about_waiting.func(shop.id) == 0

    [mail] = Message.objects.all()[before:]
    assert mail.to == "anna@example.com"
    assert mail.subject == "2 prices of “Anna's Shop” wait for a second look"
    assert "A-1: ₽1,000.00 → ₽100.00 (Feed)" in mail.text


def test_the_queue_shows_what_hangs_on_it_and_releases_by_hand(anna_client, shop, now, shelf) -> None:
    put(shop, now, PriceInput("A-1", price="400"), PriceInput("A-2", price="5000"), PriceInput("A-3", price="10"))
    first, second, _third = queries.waiting(shop)

    page = anna_client.get(reverse("pricing:quarantine"))
    assert (page.context["totals"].count, page.context["totals"].units) == (3, 0)
    assert all(text in page.content.decode() for text in ("-60%", "+400%", "Feed (API)"))

    anna_client.post(reverse("pricing:release_one", args=[first.id]))
    anna_client.post(reverse("pricing:quarantine_bulk"), {"ids": [second.id], "action": "discard"})
    assert [price(id_)[0] for id_ in shelf] == [400_00, 1000_00, 1000_00]

    anna_client.post(reverse("pricing:quarantine_bulk"), {"all": "1", "action": "release"})
    assert price(shelf[2])[0] == 10_00
    assert queries.waiting_count(shop) == 0


def test_releasing_asks_for_a_fresh_proof(anna_client, shop, now, shelf) -> None:
    import time_machine

    put(shop, now, PriceInput("A-1", price="400"))
    [item] = queries.waiting(shop)

    with time_machine.travel(now + timedelta(hours=2), tick=False):
        anna_client.post(reverse("pricing:release_one", args=[item.id]))

    assert price(shelf[0])[0] == 1000_00


def test_a_role_without_the_right_looks_but_does_not_release(anna_client, client, shop, actor, now, shelf, boris) -> None:
    from sellerdesk.sellers import services as sellers
    from tests import cookies

    sellers.add_member(seller=shop, user_id=boris.pk, role="product", label="Boris", actor=actor, now=now)
    put(shop, now, PriceInput("A-1", price="400"))
    [item] = queries.waiting(shop)
    client.force_login(boris)
    cookies.prove_now(client, boris)

    assert client.get(reverse("pricing:quarantine")).status_code == 200
    assert client.post(reverse("pricing:release_one", args=[item.id])).status_code == 403
    assert price(shelf[0])[0] == 1000_00


def test_vat_comes_along_with_a_price_and_alone(shop, actor, now, shelf) -> None:
    outcomes = put(shop, now, PriceInput("A-1", price="900", vat="0.22"), PriceInput("A-2", vat="10%"),
                   PriceInput("A-3", price="900", vat="0.5"))

    assert [[error.code for error in one.errors] for one in outcomes] == [[], [], ["vat_invalid"]]
    assert catalog.vat_rates(shop, shelf) == {shelf[0]: "0.22", shelf[1]: "0.1", shelf[2]: "0"}
    assert price(shelf[2])[0] == 1000_00


def test_prices_of_a_category_have_bounds(shop, now, goods) -> None:
    from datetime import UTC, datetime

    from sellerdesk.core import rules

    [item] = goods(shop)
    rules.put("pricing.category_price", "RUB:17000101", {"least": 500_00, "most": 90_000_00},
              valid_from=datetime(2025, 1, 1, tzinfo=UTC), source="test")

    low, high, fits = put(shop, now, PriceInput("A-1", price="499.99"), PriceInput("A-1", price="90000.01"),
                          PriceInput("A-1", price="500"))

    assert [error.code for error in (*low.errors, *high.errors)] == ["invalid_category_price"] * 2
    assert low.errors[0].text == "Prices of this category lie between 500.00 RUB and 90000.00 RUB."
    assert fits.updated
    assert price(item)[0] == 500_00


def test_a_price_changed_meanwhile_is_not_written_over(shop, actor, now, shelf) -> None:
    from sellerdesk.pricing.types import Amounts

    seen = Amounts(1000_00)
    put(shop, now, PriceInput("A-1", price="1100"))

    stale, same, other = put(
        shop, now, PriceInput("A-1", price="1200", seen=seen), PriceInput("A-1", price="1100", seen=seen),
        PriceInput("A-1", cost="300", seen=seen), actor=actor)

    assert [error.code for error in stale.errors] == ["price_moved"]
    assert stale.errors[0].text == "Feed changed this to 1100.00 RUB meanwhile. Look at it, then decide again."
    assert same.updated
    assert other.updated
    assert Price.objects.values_list("price_minor", "cost_minor").get(pk=shelf[0]) == (1100_00, 300_00)
