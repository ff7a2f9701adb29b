"""Marks, papers, weights and countries of single units, from the order to the parcel."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sellerdesk.catalog.models import Product
from sellerdesk.core import rules as dated
from sellerdesk.core.errors import Conflict
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import (
    BoxesOutOfRange,
    CountryUnknown,
    IncorrectQuantity,
    MarkRedundant,
    NotBeingPacked,
    NothingToConfirm,
    PostingNotFound,
    UnitsIncomplete,
    UnitUnknown,
    UnknownProduct,
    WeightRequired,
)
from sellerdesk.orders.models import Exemplar, Posting
from sellerdesk.orders.types import UnitInput, UnitsInput

EARLY = datetime(2021, 1, 1, tzinfo=UTC)
MUG_TYPE = 91101


def mark(serial: int) -> str:
    return f"010460000000001521SERIAL{serial:06d}"


@pytest.fixture
def asked(dated_rules):
    """Ask something of mugs and pans, which are of one type: `asked("mandatory_mark")`."""

    def ask(*wanted: str) -> None:
        for need in wanted:
            dated.put("orders.packing_needs", need, {"goods": [{"types": [MUG_TYPE], "shops": "all"}]},
                      valid_from=EARLY, source="test")

    return ask


def put(stall, number: str, units: dict[int, list[UnitInput]], boxes: int | None = None):
    return services.set_units(
        seller=stall.seller, sheets=[UnitsInput(number, {sku: tuple(rows) for sku, rows in units.items()}, boxes)],
        actor=stall.actor, now=stall.now)[0]


def ship(stall, number: str, *packages):
    whole = [(line.sku, line.quantity) for line in queries.posting(stall.seller, number).lines]
    return services.ship_posting(seller=stall.seller, number=number, packages=packages or [whole], actor=stall.actor,
                                 now=stall.now)


def test_goods_nobody_asks_about_are_packed_at_once(stall) -> None:
    [number] = stall.place()

    sheet = queries.packing(stall.seller, number)

    assert (sheet.asks, sheet.open_needs, sheet.boxes, sheet.lines[0].units) == (False, 0, 1, ())
    assert ship(stall, number) == [number]


def test_a_marked_product_waits_for_its_marks(stall, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place(stall.request((stall.mug, 2)))
    sku = stall.sku(stall.mug)

    assert queries.packing(stall.seller, number).open_needs == 2
    with pytest.raises(UnitsIncomplete) as refused:
        ship(stall, number)
    assert refused.value.code == "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY"
    assert [type(one.error) for one in services.ship_many(
        seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)] == [UnitsIncomplete]
    assert put(stall, number, {sku: [UnitInput(mark=mark(1)), UnitInput(mark=mark(2))]}).done

    assert queries.packing(stall.seller, number).open_needs == 0
    assert ship(stall, number) == [number]
    assert stall.place_of(number) == ("awaiting_deliver", "posting_registered")


def test_units_get_their_ids_once(stall, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place(stall.request((stall.mug, 2)))

    first = services.create_units(seller=stall.seller, number=number)
    again = services.create_units(seller=stall.seller, number=number)

    assert [row.unit.id for row in first.lines[0].units] == [row.unit.id for row in again.lines[0].units]
    assert Exemplar.objects.count() == 2


def test_a_wrong_code_is_kept_with_its_fault_and_counts_as_missing(stall, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place()

    assert put(stall, number, {stall.sku(stall.mug): [UnitInput(mark="4600000000015")]}).done

    [row] = queries.packing(stall.seller, number).lines[0].units
    assert (row.unit.mark, row.faults) == ("4600000000015", {"mandatory_mark": ("MARK_FORMAT_INVALID",)})
    assert Posting.objects.get(number=number).open_needs == 1


def test_one_mark_stands_on_one_unit(stall, asked) -> None:
    asked("mandatory_mark")
    first, second, third = stall.place(stall.request((stall.mug, 2)), stall.request(), stall.request())
    sku = stall.sku(stall.mug)

    put(stall, first, {sku: [UnitInput(mark=mark(1)), UnitInput(mark=mark(1))]})
    assert [row.faults["mandatory_mark"] for row in queries.packing(stall.seller, first).lines[0].units] == [
        ("MARK_REPEATED",)] * 2
    put(stall, first, {sku: [UnitInput(mark=mark(1)), UnitInput(mark=mark(2))]})
    put(stall, second, {sku: [UnitInput(mark=f"{mark(1)}\x1d91EE08")]})
    assert queries.packing(stall.seller, second).lines[0].units[0].faults == {"mandatory_mark": ("MARK_ALREADY_USED",)}

    services.cancel_posting(seller=stall.seller, number=first, reason_id=352, message="", by="seller",
                            actor=stall.actor, now=stall.now)
    put(stall, third, {sku: [UnitInput(mark=mark(1))]})
    assert queries.packing(stall.seller, third).open_needs == 0


def test_a_product_comes_with_all_its_own_units(stall, asked) -> None:
    asked("mandatory_mark")
    [number, other] = stall.place(stall.request((stall.mug, 2)), stall.request())
    sku = stall.sku(stall.mug)
    [foreign] = services.create_units(seller=stall.seller, number=other).lines[0].units

    short = put(stall, number, {sku: [UnitInput(mark=mark(1))]})
    strange = put(stall, number, {sku: [UnitInput(foreign.unit.id), UnitInput()]})
    unknown = put(stall, number, {stall.sku(stall.pan): [UnitInput()]})
    nobody = put(stall, "1-1-1", {})

    assert [type(one.error) for one in (short, strange, unknown, nobody)] == [
        IncorrectQuantity, UnitUnknown, UnknownProduct, PostingNotFound]
    assert Posting.objects.get(number=number).version == 1


def test_a_mark_on_unmarked_goods_is_redundant(stall, asked) -> None:
    asked("weight")
    [number] = stall.place()

    assert isinstance(put(stall, number, {stall.sku(stall.mug): [UnitInput(mark=mark(1))]}).error, MarkRedundant)
    asked("optional_mark")
    [later] = stall.place()
    assert put(stall, later, {stall.sku(stall.mug): [UnitInput(mark=mark(1), weight_g=300)]}).done


def test_where_only_the_scales_are_missing_the_refusal_says_so(stall, asked) -> None:
    asked("weight")
    [number] = stall.place()
    sku = stall.sku(stall.mug)

    with pytest.raises(WeightRequired):
        ship(stall, number)
    put(stall, number, {sku: [UnitInput(weight_g=361)]})
    assert queries.packing(stall.seller, number).lines[0].units[0].faults == {"weight": ("WEIGHT_OUT_OF_RANGE",)}
    put(stall, number, {sku: [UnitInput(weight_g=360)]})

    assert ship(stall, number) == [number]


def test_a_country_outside_the_union_asks_for_a_customs_number(stall, asked) -> None:
    asked("country", "gtd")
    [number] = stall.place()
    sku = stall.sku(stall.mug)

    def country(code: str) -> bool:
        return services.set_country(seller=stall.seller, number=number, sku=sku, country=code, actor=stall.actor,
                                    now=stall.now)

    assert queries.packing(stall.seller, number).open_needs == 1
    assert (country("BY"), queries.packing(stall.seller, number).open_needs) == (False, 0)
    assert (country("tr"), queries.packing(stall.seller, number).open_needs) == (True, 1)
    put(stall, number, {sku: [UnitInput(gtd_absent=True)]})
    assert queries.packing(stall.seller, number).open_needs == 0
    with pytest.raises(CountryUnknown):
        country("XX")
    with pytest.raises(UnknownProduct):
        services.set_country(seller=stall.seller, number=number, sku=1, country="TR", actor=stall.actor, now=stall.now)


def test_the_card_knows_the_country(stall, asked) -> None:
    asked("country")
    Product.objects.filter(pk=stall.mug).update(
        attributes=[{"id": 4389, "values": [{"dictionary_value_id": 0, "value": "Турция"}]}])
    Product.objects.filter(pk=stall.pan).update(
        attributes=[{"id": 4389, "values": [{"value": "China"}, {"value": "India"}]}])

    known, doubtful = stall.place(stall.request((stall.mug, 1)), stall.request((stall.pan, 1)))

    assert queries.posting(stall.seller, known).lines[0].country == "TR"
    assert [queries.packing(stall.seller, one).open_needs for one in (known, doubtful)] == [0, 1]


def test_a_rule_that_comes_later_leaves_earlier_orders_alone(stall, asked) -> None:
    [before] = stall.place()
    asked("mandatory_mark")
    [after] = stall.place()

    assert [queries.packing(stall.seller, one).open_needs for one in (before, after)] == [0, 1]


def test_units_go_with_their_goods_into_other_parcels(stall, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place(stall.request((stall.mug, 3)))
    sku = stall.sku(stall.mug)
    put(stall, number, {sku: [UnitInput(mark=mark(at)) for at in (1, 2, 3)]})

    numbers = ship(stall, number, [(sku, 1)], [(sku, 2)])

    sheets = queries.packings(stall.seller, numbers)
    assert [[row.unit.mark for row in sheet.lines[0].units] for sheet in sheets] == [
        [mark(1)], [mark(2), mark(3)]]
    assert [sheet.lines[0].needs for sheet in sheets] == [("mandatory_mark",)] * 2


def test_boxes_are_counted_before_packing(stall) -> None:
    [number] = stall.place()

    def boxes(count: int) -> None:
        services.set_boxes(seller=stall.seller, number=number, boxes=count, actor=stall.actor, now=stall.now)

    boxes(3)
    assert queries.posting(stall.seller, number).box_count == 3
    with pytest.raises(BoxesOutOfRange):
        boxes(21)
    ship(stall, number)
    with pytest.raises(NotBeingPacked):
        boxes(2)


def test_after_packing_changes_are_proposed_and_then_confirmed(stall, asked) -> None:
    asked("mandatory_mark")
    [number] = stall.place()
    sku = stall.sku(stall.mug)
    put(stall, number, {sku: [UnitInput(mark=mark(1))]})
    ship(stall, number)

    def confirm() -> None:
        services.confirm_units(seller=stall.seller, number=number, actor=stall.actor, now=stall.now)

    with pytest.raises(NothingToConfirm):
        confirm()
    assert put(stall, number, {sku: [UnitInput(mark="wrong")]}).done
    with pytest.raises(NothingToConfirm):
        confirm()
    assert put(stall, number, {sku: [UnitInput(mark=mark(2))]}).done
    [row] = queries.packing(stall.seller, number).lines[0].units
    assert (row.unit.mark, row.proposed.mark) == (mark(1), mark(2))
    confirm()

    [row] = queries.packing(stall.seller, number).lines[0].units
    assert (row.unit.mark, row.proposed) == (mark(2), None)
    services.hand_over(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)
    assert isinstance(put(stall, number, {sku: [UnitInput(mark=mark(3))]}).error, NotBeingPacked)


def test_who_packs_meanwhile_wins_over_who_writes_units(stall, asked, monkeypatch) -> None:
    asked("weight")
    [number] = stall.place()
    sku = stall.sku(stall.mug)
    put(stall, number, {sku: [UnitInput(weight_g=300)]})
    stale = queries.packing(stall.seller, number)
    ship(stall, number)
    monkeypatch.setattr(queries, "packings", lambda *_args: [stale])

    with pytest.raises(Conflict):
        put(stall, number, {sku: [UnitInput(weight_g=310)]})


def test_another_shops_units_do_not_exist(stall, rival_stall, asked) -> None:
    [number] = stall.place()

    with pytest.raises(PostingNotFound):
        services.create_units(seller=rival_stall.seller, number=number)
    with pytest.raises(PostingNotFound):
        services.set_country(seller=rival_stall.seller, number=number, sku=stall.sku(stall.mug), country="CN",
                             actor=stall.actor, now=stall.now)
    assert isinstance(put(rival_stall, number, {}).error, PostingNotFound)


def test_many_postings_are_described_in_the_statements_of_one(stall, asked, statements) -> None:
    asked("weight")
    numbers = stall.place(*(stall.request((stall.mug, 1)) for _ in range(9)))
    sku = stall.sku(stall.mug)

    def describe(some: list[str]) -> None:
        services.set_units(seller=stall.seller, actor=stall.actor, now=stall.now, sheets=[
            UnitsInput(number, {sku: (UnitInput(weight_g=300),)}) for number in some])

    # The first call of a process reads the dated rules.
    describe(numbers[:1])
    assert statements(lambda: describe(numbers[1:2])) == statements(lambda: describe(numbers[2:]))
    assert set(Posting.objects.values_list("open_needs", flat=True)) == {0}
