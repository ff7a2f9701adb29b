from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from sellerdesk.catalog.models import ProductBarcode
from sellerdesk.core.db import cursor_encode
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.orders import queries, services
from sellerdesk.orders.types import DayRow, Due, PostingFilter

ALL = PostingFilter()


def numbers(page) -> list[str]:
    return [row.number for row in page.rows]


@pytest.mark.parametrize(("sort", "newest_first"), [("in_process_at", True), ("ship_by", False), ("amount", True)])
def test_pages_meet_without_gap_or_overlap_in_both_directions(stall, sort, newest_first) -> None:
    # Many equal values: only the id tells them apart.
    stall.place(*(stall.request((stall.pan, 1 + index % 2), at=stall.now + timedelta(minutes=index // 3))
                  for index in range(7)))

    def page(cursor: str = "", limit: int = 3):
        return queries.postings_page(stall.seller, filter=ALL, cursor=cursor, limit=limit, newest_first=newest_first,
                                     sort=sort)

    whole = numbers(page(limit=50))
    first = page()
    second = page(first.next_cursor)
    third = page(second.next_cursor)

    assert numbers(first) + numbers(second) + numbers(third) == whole
    assert (first.prev_cursor, third.next_cursor, len(third.rows)) == ("", "", 1)
    assert numbers(page(third.prev_cursor)) == numbers(second)
    assert numbers(page(second.prev_cursor)) == numbers(first)
    assert page(second.prev_cursor).prev_cursor == ""
    assert page(second.prev_cursor).next_cursor
    for forged in ("nonsense", cursor_encode("x", "y", 1), cursor_encode(1)):
        with pytest.raises(Invalid):
            page(forged)


def test_a_list_needs_two_queries_whatever_its_length(stall, statements) -> None:
    stall.place(*(stall.request((stall.pan, 1), (stall.mug, 1)) for _ in range(6)))

    assert statements(lambda: queries.postings_page(stall.seller, filter=ALL, limit=2)) == 2
    assert statements(lambda: queries.postings_page(stall.seller, filter=ALL, limit=50)) == 2
    assert statements(lambda: queries.cards(stall.seller, numbers(queries.postings_page(
        stall.seller, filter=ALL)))) == 2 + 4
    assert statements(lambda: queries.counts(stall.seller)) == 1


def test_everything_a_person_may_type_finds_the_posting(stall) -> None:
    [wanted] = stall.packed(stall.request((stall.mug, 1), buyer="Семён Ёлкин"))
    stall.place(stall.request((stall.pan, 1), buyer="Anna"))
    card = queries.posting(stall.seller, wanted)
    ProductBarcode.objects.create(seller_id=stall.seller.id, product_id=stall.mug, code="4600000001234")

    for text in (wanted, card.order_number, str(stall.sku(stall.mug)), "mug-1", "MUG «ёлка»", "елкин семен",
                 card.tracking_number.lower(), card.tracking_number[2:9], card.upper_barcode, card.lower_barcode,
                 "4600000001234"):
        assert numbers(queries.postings_page(stall.seller, filter=PostingFilter(search=text))) == [wanted], text
    for text in ("елкин pan", "4600000009999", "%101%8", "23999999999000"):
        assert numbers(queries.postings_page(stall.seller, filter=PostingFilter(search=text))) == [], text


def test_P09_a_typing_error_finds_the_posting_and_the_page_says_so(stall, anna_client) -> None:
    [wanted] = stall.place(stall.request((stall.mug, 1), buyer="Семён Ёлкин"))
    stall.place(stall.request((stall.pan, 1), buyer="Anna"))

    assert queries.corrected(stall.seller, "елкни") == "елкин"
    assert queries.corrected(stall.seller, "Ёлкин") == ""
    table = anna_client.get("/orders/?q=Елкни").context["table"]
    assert ([row.id for row in table.rows], table.corrected, table.total) == ([wanted], "елкин", 1)
    html = anna_client.get("/orders/?q=Елкни").content.decode()
    assert "Nothing is called “Елкни”" in html
    assert anna_client.get("/orders/?q=зонтик").context["table"].corrected == ""


def test_filters_hold_together(stall) -> None:
    [first, second] = stall.place(stall.request(at=stall.now), stall.request(at=stall.now + timedelta(days=1)))
    services.ship_many(seller=stall.seller, numbers=[second], actor=stall.actor, now=stall.now + timedelta(days=2))

    def found(**where) -> list[str]:
        return numbers(queries.postings_page(stall.seller, filter=PostingFilter(**where)))

    tomorrow = stall.now + timedelta(days=1)
    assert found(tab="to_pack") == [first]
    assert found(states=("awaiting_packaging", "awaiting_deliver")) == [second, first]
    assert found(tab="to_pack", states=("awaiting_deliver",)) == []
    assert (found(since=tomorrow), found(to=tomorrow)) == ([second], [first])
    assert found(cutoff_from=stall.now + timedelta(days=2)) == [second]
    assert found(changed_from=tomorrow) == [second]
    assert found(product_id=stall.mug, warehouse_ids=(stall.warehouse_id,)) == [second, first]
    assert found(product_id=stall.pan) == found(warehouse_ids=(1,)) == []
    assert found(order_numbers=(first[:-2],), numbers=(first, second)) == [first]
    assert queries.postings_offset(stall.seller, filter=ALL, offset=1, limit=1)[0][0].number == second
    assert queries.counts(stall.seller) == {"to_pack": 1, "to_hand_over": 1, "on_the_way": 0, "delivered": 0,
                                            "cancelled": 0, "all": 2}


def test_a_rival_sees_nothing(stall, rival_stall) -> None:
    [number] = stall.place()

    assert queries.cards(rival_stall.seller, [number]) == []
    assert queries.postings_page(rival_stall.seller, filter=PostingFilter(numbers=(number,))).rows == []
    assert queries.counts(rival_stall.seller)["all"] == 0
    with pytest.raises(NotFound):
        queries.posting(rival_stall.seller, number)


def test_days_are_the_shop_s_own_and_cancelled_orders_bring_nothing(stall) -> None:
    # 20:59 and 21:01 UTC are two days in Moscow.
    evening = datetime(2026, 11, 21, 20, 59, tzinfo=UTC)
    [_, cancelled, _] = stall.place(
        stall.request((stall.mug, 2), at=evening), stall.request(at=evening),
        stall.request((stall.pan, 1), at=evening + timedelta(minutes=2)))
    services.cancel_posting(seller=stall.seller, number=cancelled, reason_id=505, message="", by="client",
                            actor=stall.actor, now=stall.now)

    saturday, sunday = evening - timedelta(hours=9), evening + timedelta(hours=12)

    assert queries.today(stall.seller, saturday) == DayRow(date(2026, 11, 21), 2, 2, 2_000_00, 1)
    assert queries.today(stall.seller, sunday) == DayRow(date(2026, 11, 22), 1, 1, 250_50, 0)
    assert queries.today(stall.seller, stall.now).orders == 0
    nepal = replace(stall.seller, time_zone="Asia/Kathmandu")
    assert [queries.today(nepal, at).orders for at in (evening, stall.now)] == [3, 0]


def test_units_sold_are_of_the_products_asked_for_and_the_time(stall, rival_stall) -> None:
    now = stall.now
    [_, cancelled, _, _] = stall.place(
        stall.request((stall.mug, 2), (stall.pan, 1), at=now - timedelta(days=1)), stall.request((stall.mug, 1)),
        stall.request((stall.mug, 3), at=now - timedelta(days=30)), stall.request((stall.pan, 5)))
    services.cancel_posting(seller=stall.seller, number=cancelled, reason_id=505, message="", by="client",
                            actor=stall.actor, now=now)
    since, until = now - timedelta(days=28), now + timedelta(days=1)

    assert queries.units_sold(stall.seller, [stall.mug], since, until) == {stall.mug: 2}
    assert queries.units_sold(stall.seller, [stall.mug, stall.pan], since, until) == {
        stall.mug: 2, stall.pan: 6}
    assert queries.units_sold(stall.seller, [], since, until) == {}
    assert queries.units_sold(rival_stall.seller, [stall.mug], since, until) == {}


def test_what_is_due_leaves_out_what_the_carrier_has(stall) -> None:
    long_ago = stall.now - timedelta(days=3)
    stall.place(stall.request(at=long_ago), stall.request(at=stall.now - timedelta(days=1)), stall.request())
    stall.packed(stall.request(at=stall.now - timedelta(days=1)))
    stall.handed_over(stall.request(at=long_ago))

    assert queries.due(stall.seller, stall.now) == Due(to_pack=3, to_hand_over=1, overdue=1, due_today=2)
    assert queries.to_pack_count(stall.seller) == 3


def test_couriers_see_all_shops_by_how_long_a_posting_waits(stall, rival_stall) -> None:
    [ours], [theirs] = stall.handed_over(), rival_stall.handed_over()

    def work(before: datetime) -> list[str]:
        return [item.number for item in queries.work_list("awaiting_deliver", "posting_in_carriage", before)]

    assert work(stall.now) == []
    assert work(stall.now + timedelta(seconds=1)) == [ours, theirs]
