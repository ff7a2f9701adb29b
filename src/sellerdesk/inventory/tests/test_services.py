from __future__ import annotations

import threading
from contextvars import copy_context
from datetime import time, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.core import activity, rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.core.models import Activity
from sellerdesk.inventory import parts, queries, services
from sellerdesk.inventory.errors import StockMovesDisagree, WarehouseHoldsGoods
from sellerdesk.inventory.models import Stock, StockMove
from sellerdesk.inventory.types import CountInput, StockInput, StockLine

KEY = Actor.key(7, "Feed")


@pytest.fixture
def depot(shop, actor, now):
    return services.create_warehouse(seller=shop, name="Moscow – main", city="Moscow", time_zone="Europe/Moscow",
                                     cut_off=time(14), actor=actor, now=now)


def put(seller, actor, now, *rows: StockInput):
    return services.set_stocks(seller=seller, changes=list(rows), actor=actor, now=now)


def shelf(product_id: int) -> tuple[int, int]:
    return Stock.objects.values_list("present", "reserved").get(product_id=product_id)


def test_stock_counts_free_units_and_keeps_what_is_reserved(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 10, offer_id="A-1"))
    assert services.reserve(seller=shop, lines=[StockLine(headphones, depot.id, 4, "1-1-1", now)]) == [True]

    [outcome] = put(shop, actor, now, StockInput(depot.id, 7, product_id=headphones))

    assert (outcome.updated, outcome.offer_id) == (True, "A-1")
    assert shelf(headphones) == (11, 4)
    assert queries.free(shop) == {headphones: 7}
    assert [(row.reason, row.present_delta, row.reserved_delta, row.reference) for row in
            queries.moves(shop, headphones).rows] == [("set", 1, 0, ""), ("reserve", 0, 4, "1-1-1"), ("set", 10, 0, "")]
    latest = activity.latest(shop.id)[0]
    assert (latest.event, latest.target_label) == ("inventory.stocks.changed", "A-1")
    assert latest.data == {"count": 1, "items": [[headphones, depot.id, 11, 4]]}


def test_each_bad_row_gets_its_own_code_and_spoils_no_other(shop, rival_shop, actor, now, goods, depot) -> None:
    first, second = goods(shop, 2)
    [archived] = goods(shop, prefix="old", archived=True)
    [waiting] = goods(shop, prefix="new", status="processed")
    foreign_depot = services.create_warehouse(seller=rival_shop, name="Shenzhen", city="Shenzhen", cut_off=time(16),
                                              time_zone="Asia/Shanghai", actor=actor, now=now)

    outcomes = put(
        shop, actor, now,
        StockInput(depot.id, 5, offer_id="A-2"), StockInput(foreign_depot.id, 5, product_id=first),
        StockInput(depot.id, 5, product_id=404), StockInput(depot.id, 5, offer_id="A-404"),
        StockInput(depot.id, 1_000_000, product_id=first), StockInput(depot.id, -1, product_id=first),
        StockInput(depot.id, 5, product_id=archived), StockInput(depot.id, 5, product_id=waiting),
        StockInput(depot.id, 999_999, product_id=first))

    assert [error.code for row in outcomes for error in row.errors] == [
        "WAREHOUSE_NOT_FOUND", "NOT_FOUND_ERROR", "offer_id_not_found", "STOCK_TOO_BIG", "STOCK_NEGATIVE",
        "PRODUCT_IS_ARCHIVED", "product_is_not_created"]
    assert [row.updated for row in outcomes] == [True] + [False] * 7 + [True]
    assert (shelf(first), shelf(second)) == ((999_999, 0), (5, 0))
    assert Stock.objects.count() == 2


def test_a_program_sets_a_pair_once_in_thirty_seconds_and_a_person_at_once(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    row = StockInput(depot.id, 5, product_id=headphones)

    assert [one.updated for one in put(shop, KEY, now, row, row)] == [True, False]
    [refused] = put(shop, KEY, now + timedelta(days=1), row)
    assert [error.code for error in refused.errors] == ["TOO_MANY_REQUESTS"]
    assert put(shop, actor, now, StockInput(depot.id, 6, product_id=headphones))[0].updated
    assert shelf(headphones) == (6, 0)
    with time_machine.travel(now + timedelta(seconds=30), tick=False):
        assert put(shop, KEY, now, row)[0].updated


def test_resending_the_same_stock_leaves_no_trace(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    row = StockInput(depot.id, 5, product_id=headphones)
    put(shop, actor, now, row)
    before = (StockMove.objects.count(), Activity.objects.count())

    assert put(shop, actor, now, row)[0].updated
    assert (StockMove.objects.count(), Activity.objects.count()) == before


def test_the_number_of_statements_does_not_depend_on_the_number_of_rows(shop, now, goods, depot) -> None:
    ids = goods(shop, 101)
    counts: dict[str, list[int]] = {"set": [], "reserve": [], "consume": []}

    for some in (ids[:1], ids[1:]):
        rules.forget()
        lines = [StockLine(id_, depot.id, 1, f"{id_}-1", now) for id_ in some]
        with CaptureQueriesContext(connection) as seen:
            put(shop, KEY, now, *[StockInput(depot.id, 5, product_id=id_) for id_ in some])
        counts["set"].append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            assert all(services.reserve(seller=shop, lines=lines))
        counts["reserve"].append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            services.consume(seller=shop, lines=lines)
        counts["consume"].append(len(seen))

    queue = connection.vendor == "postgresql"  # there one statement more waits for the shop's turn; SQLite has one writer
    assert counts["set"][0] == counts["set"][1] <= 11 + 3 + queue
    assert counts["reserve"][0] == counts["reserve"][1] <= 6 + queue
    assert counts["consume"][0] == counts["consume"][1] <= 6 + queue


def test_units_are_promised_given_up_delivered_and_brought_back(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=headphones))

    def line(quantity: int, reference: str) -> StockLine:
        return StockLine(headphones, depot.id, quantity, reference, now)

    assert services.reserve(seller=shop, lines=[line(3, "a"), line(3, "b"), line(2, "c")]) == [True, False, True]
    assert shelf(headphones) == (5, 5)
    services.release(seller=shop, lines=[line(2, "c")])
    services.consume(seller=shop, lines=[line(3, "a")])
    assert shelf(headphones) == (2, 0)
    services.put_back(seller=shop, lines=[line(1, "r")])
    assert shelf(headphones) == (3, 0)

    with pytest.raises(StockMovesDisagree):
        services.consume(seller=shop, lines=[line(1, "x")])
    with pytest.raises(StockMovesDisagree):
        services.release(seller=shop, lines=[line(1, "x")])
    assert shelf(headphones) == (3, 0)
    moves = StockMove.objects.filter(product_id=headphones)
    assert (sum(row.present_delta for row in moves), sum(row.reserved_delta for row in moves)) == (3, 0)


def test_the_table_itself_refuses_to_oversell(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=headphones))

    with pytest.raises(IntegrityError):
        Stock.objects.filter(product_id=headphones).update(reserved=6)


@pytest.mark.django_db(transaction=True)
def test_many_buyers_at_once_get_no_more_than_there_is(shop, actor, now, goods, depot) -> None:
    first, second = goods(shop, 2)
    put(shop, actor, now, StockInput(depot.id, 13, product_id=first), StockInput(depot.id, 9, product_id=second))
    got: list[bool] = []
    failures: list[Exception] = []
    start = threading.Barrier(6)

    def buy(buyer: int) -> None:
        start.wait()
        try:
            for at in range(6):
                # Half of the buyers name the products the other way round, which invites deadlocks.
                order = (first, second) if buyer % 2 else (second, first)
                lines = [StockLine(id_, depot.id, 1, f"{buyer}-{at}", now) for id_ in order]
                got.append(services.reserve(seller=shop, lines=lines)[0])
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    buyers = [threading.Thread(target=copy_context().run, args=(buy, number)) for number in range(6)]
    for buyer in buyers:
        buyer.start()
    for buyer in buyers:
        buyer.join()

    assert failures == []
    assert (sum(got), len(got)) == (9, 36)
    assert (shelf(first), shelf(second)) == ((13, 9), (9, 9))


def test_warehouse_names_are_unique_within_a_shop_only(shop, rival_shop, actor, now, depot) -> None:
    def create(seller, name, **changes):
        return services.create_warehouse(**{
            "seller": seller, "name": name, "city": "Kazan", "time_zone": "Europe/Moscow", "cut_off": time(14),
            "actor": actor, "now": now, **changes})

    assert len(str(depot.id)) == 14
    with pytest.raises(Invalid) as refused:
        create(shop, "  MOSCOW –  main ", city="", time_zone="Mars/Olympus", preparation_hours=999)
    assert [(error.field, error.code) for error in refused.value.fields] == [
        ("name", "warehouse_name_taken"), ("city", "city_missing"), ("time_zone", "time_zone_unknown"),
        ("preparation_hours", "preparation_hours_range")]
    assert create(rival_shop, "Moscow – main").id != depot.id


def test_a_warehouse_with_open_orders_cannot_be_archived(shop, rival_shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=headphones))
    services.reserve(seller=shop, lines=[StockLine(headphones, depot.id, 2, "1-1-1", now)])

    with pytest.raises(WarehouseHoldsGoods):
        services.archive_warehouse(seller=shop, warehouse_id=depot.id, actor=actor, now=now)
    for act in (services.archive_warehouse, services.pause_warehouse, services.resume_warehouse):
        with pytest.raises(NotFound):
            act(seller=rival_shop, warehouse_id=depot.id, actor=actor, now=now)
    with pytest.raises(NotFound):
        services.update_warehouse(seller=rival_shop, warehouse_id=depot.id, name="North", actor=actor, now=now)
    assert queries.warehouse(shop, depot.id).name == "Moscow – main"

    assert services.pause_warehouse(seller=shop, warehouse_id=depot.id, actor=actor, now=now).state == "paused"
    assert queries.free(shop) == {}
    services.release(seller=shop, lines=[StockLine(headphones, depot.id, 2, "1-1-1", now)])
    assert services.archive_warehouse(seller=shop, warehouse_id=depot.id, actor=actor, now=now).state == "archived"
    assert put(shop, actor, now, StockInput(depot.id, 1, product_id=headphones))[0].errors[0].code == (
        "WAREHOUSE_NOT_FOUND")


def test_safety_stock_is_never_promised(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    services.update_warehouse(seller=shop, warehouse_id=depot.id, safety_stock=3, actor=actor, now=now)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=headphones))

    asked = [StockLine(headphones, depot.id, 1, f"{at}-1-1", now) for at in range(4)]

    assert services.reserve(seller=shop, lines=asked) == [True, True, False, False]
    assert queries.free(shop) == {headphones: 0}
    assert shelf(headphones) == (5, 2)


def test_running_low_is_told_once(shop, actor, now, goods, depot) -> None:
    first, second = goods(shop, 2)
    services.update_warehouse(seller=shop, warehouse_id=depot.id, low_stock=4, actor=actor, now=now)
    put(shop, actor, now, StockInput(depot.id, 6, product_id=first), StockInput(depot.id, 9, product_id=second))

    for at, units in enumerate((1, 1, 1)):
        services.reserve(seller=shop, lines=[StockLine(first, depot.id, units, f"{at}-1-1", now),
                                             StockLine(second, depot.id, units, f"{at}-2-1", now)])

    told = [(entry.target_label, entry.data["items"]) for entry in activity.latest(shop.id)
            if entry.event == "inventory.stock.low"]
    assert told == [("A-1", [[first, depot.id, 4]])]


def test_a_count_with_missing_units_is_told_and_goods_that_come_cover_it(shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=headphones))
    services.reserve(seller=shop, lines=[StockLine(headphones, depot.id, 4, "1-1-1", now)])

    [outcome] = services.count_stock(seller=shop, found=[CountInput(headphones, depot.id, 1)], actor=actor, now=now)
    assert (outcome.delta, outcome.short, shelf(headphones)) == (-1, 3, (4, 4))
    assert activity.latest(shop.id)[0].event == "inventory.stock.short"

    services.put_back(seller=shop, lines=[StockLine(headphones, depot.id, 2, "r-1", now)])
    services.release(seller=shop, lines=[StockLine(headphones, depot.id, 2, "1-1-1", now)])

    # One unit was there, two came, two are still promised.
    assert (shelf(headphones), Stock.objects.get().short) == ((3, 2), 0)


def test_bad_rows_of_a_count_change_nothing_and_spoil_no_other(shop, rival_shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    [foreign] = goods(rival_shop, prefix="R")

    outcomes = services.count_stock(seller=shop, actor=actor, now=now, found=[
        CountInput(foreign, depot.id, 1), CountInput(headphones, 404, 1), CountInput(headphones, depot.id, 1_000_000),
        CountInput(headphones, depot.id, 7)])

    assert [error.code for row in outcomes for error in row.errors] == [
        "NOT_FOUND_ERROR", "WAREHOUSE_NOT_FOUND", "STOCK_TOO_BIG"]
    assert list(Stock.objects.values_list("product_id", "present")) == [(headphones, 7)]


def test_the_pace_counts_orders_less_cancellations_of_sixty_days(shop, rival_shop, actor, now, goods, depot) -> None:
    [headphones] = goods(shop)
    put(shop, actor, now, StockInput(depot.id, 500, product_id=headphones))
    days = now + timedelta(days=90)
    for at, units in ((now, 200), (days - timedelta(days=59), 90), (days - timedelta(days=1), 36)):
        services.reserve(seller=shop, lines=[StockLine(headphones, depot.id, units, "1-1-1", at)])
    services.release(seller=shop, lines=[StockLine(headphones, depot.id, 6, "1-1-1", days - timedelta(hours=1))])

    assert services.refresh_pace(now=days, seller=rival_shop) == 0
    assert services.refresh_pace(now=days) == 1
    assert services.refresh_pace(now=days) == 0

    # (90 + 36 − 6) / 60 a day; the 200 of long ago do not count.
    assert Stock.objects.get().daily_milli == 2000


def test_stock_is_a_part_of_an_offer(shop, actor, now, goods, depot) -> None:
    first, second = goods(shop, 2)
    part = parts.StockPart()

    found = part.check(shop, [{"stock": "1 200"}, {"stock": "many"}, {"stock": "-1"}, {"stock": "1000000"}, {}])
    assert [[error.code for error in row] for row in found] == [
        [], ["stock_unreadable"], ["STOCK_NEGATIVE"], ["STOCK_TOO_BIG"], []]

    assert part.apply(shop, {first: {"stock": "1 200"}, second: {}}, actor, now) == {}
    assert part.current(shop, [first, second]) == {first: {"stock": "1200", f"w{depot.id}": "1200"}}


def test_stock_is_written_by_warehouse(shop, actor, now, goods, depot) -> None:
    (product_id,) = goods(shop, 1)
    other = services.create_warehouse(
        seller=shop, name="Annex", city="Tver", address="Lesnaya 2", time_zone="Europe/Moscow", cut_off=time(18),
        actor=actor, now=now)
    first, second = f"w{depot.id}", f"w{other.id}"
    part = parts.StockPart()

    found = part.check(shop, [{"stock": "5", first: "5", second: "x"}, {"stock": "5", first: "6"}, {second: "-1"}])
    assert [[(error.field, error.code) for error in row] for row in found] == [
        [(second, "stock_unreadable")], [(first, "stock_twice")], [(second, "STOCK_NEGATIVE")]]

    assert part.apply(shop, {product_id: {"stock": "5", second: "7"}}, actor, now) == {}
    assert part.current(shop, [product_id]) == {product_id: {"stock": "5", first: "5", second: "7"}}
    refused = part.apply(shop, {product_id: {"w999999": "1"}}, actor, now)
    assert [(error.field, error.code) for error in refused[product_id]] == [("w999999", "WAREHOUSE_NOT_FOUND")]


def test_the_scarcest_goods_come_first(shop, actor, now, goods, depot) -> None:
    first, second, third = goods(shop, 3)
    put(shop, actor, now, StockInput(depot.id, 5, product_id=first), StockInput(depot.id, 0, product_id=second),
        StockInput(depot.id, 6, product_id=third))

    assert queries.scarce(shop, most=5) == [second, first]
    assert queries.scarce(shop, most=0, warehouse_ids=[depot.id]) == [second]
