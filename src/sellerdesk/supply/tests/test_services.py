from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from sellerdesk.catalog.models import Product
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.inventory import queries as stock
from sellerdesk.orders import queries as orders
from sellerdesk.supply import errors, queries, services
from sellerdesk.supply.models import Draft, Supply
from sellerdesk.supply.types import CargoInput, Counted, ItemInput, SupplyFilter

from .conftest import CAR, CENTRE, MOSCOW_POINT, PODOLSK, SLOT, TULA

pytestmark = pytest.mark.django_db
PEOPLE = Actor.system("warehouse")


def lying(desk) -> dict[int, int]:
    return {row.product_id: row.present for row in stock.platform_stock(desk.seller) if row.warehouse_id == PODOLSK}


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_a_draft_says_of_each_line_why_it_cannot_be_supplied(desk):
    Product.objects.filter(pk=desk.stall.pan).update(archived=True)
    made = services.create_draft(
        **desk.acts, kind="direct", cluster_id=CENTRE, partial=True, real_now=desk.now, items=[
            ItemInput(0, 5, "MUG-1"), ItemInput(desk.stall.sku(desk.stall.pan), 5), ItemInput(999, 1)])

    draft = queries.draft(desk.seller, made, desk.now)
    assert (draft.state, draft.units) == ("ready", 5)
    assert [(one.sku, one.reasons) for one in draft.rejected] == [
        (desk.stall.sku(desk.stall.pan), ("OUT_OF_ASSORTMENT",)), (999, ("INVALID",))]


def test_one_bad_line_fails_a_draft_that_wants_all_or_nothing(desk):
    made = services.create_draft(**desk.acts, kind="direct", cluster_id=CENTRE, partial=False, real_now=desk.now,
                                 items=[ItemInput(0, 5, "MUG-1"), ItemInput(999, 1)])

    assert queries.draft(desk.seller, made, desk.now).error == "ITEMS_VALIDATION"
    with pytest.raises(errors.DraftUnusable):
        services.create_supply(**desk.acts, draft_id=made, storage_id=PODOLSK, slot_from=SLOT)


def test_drafts_may_be_made_twice_a_minute_of_real_time(desk):
    act = {**desk.acts, "kind": "direct", "cluster_id": CENTRE, "partial": False, "items": [ItemInput(0, 5, "MUG-1")]}
    for seconds in (0, 10):
        services.create_draft(**act, real_now=desk.now + timedelta(seconds=seconds))

    with pytest.raises(errors.TooManyDrafts) as refused:
        services.create_draft(**act, real_now=desk.now + timedelta(seconds=20))

    assert refused.value.retry_after_seconds == 41
    assert Draft.objects.count() == 2
    services.create_draft(**act, real_now=desk.now + timedelta(seconds=61))


def test_a_draft_lives_half_an_hour(desk):
    made = desk.draft()

    assert queries.draft(desk.seller, made, desk.now + timedelta(minutes=29))
    with pytest.raises(errors.DraftUnknown):
        services.create_supply(**{**desk.acts, "now": desk.now + timedelta(minutes=30)}, draft_id=made,
                               storage_id=PODOLSK, slot_from=SLOT)


def test_large_goods_go_only_where_two_people_carry_them(desk):
    Product.objects.filter(pk=desk.stall.pan).update(depth_mm=1300, width_mm=100, height_mm=100)
    made = desk.draft((desk.stall.mug, 10), (desk.stall.pan, 2))

    found = {one.warehouse_id: (one.state, one.units) for one in queries.choices(queries.draft(desk.seller, made, desk.now))}
    supply = services.create_supply(**desk.acts, draft_id=made, storage_id=PODOLSK, slot_from=SLOT)

    assert found == {TULA: ("full", 12), PODOLSK: ("partial", 10)}
    assert [line.product_id for line in desk.card(supply).lines] == [desk.stall.mug]


# -- the timetable -----------------------------------------------------------------------------------------------------


def test_the_last_place_of_an_hour_goes_to_one_shop(desk, rival_stall):
    dated.put("supply.slots", "", {"first_hour": 8, "last_hour": 19, "capacity": 1, "days": 28, "lead_hours": 4},
              valid_from=desk.now - timedelta(days=1), source="test")
    rival = type(desk)(rival_stall)
    rival.supply()

    with pytest.raises(errors.SlotTaken):
        desk.supply()

    free = queries.free_slots(queries.place(PODOLSK), SLOT.date(), SLOT.date(), desk.now)
    assert SLOT not in {slot.start for slot in free}
    assert len(free) == 11


@pytest.mark.parametrize("hours", [1, 24 * 29, 24.5])
def test_only_hours_of_the_timetable_can_be_taken(desk, hours):
    with pytest.raises(errors.SlotOutOfRange):
        desk.supply(slot=desk.now + timedelta(hours=hours))


def test_a_draft_makes_one_supply_whoever_asks_how_often(desk):
    made = desk.draft()
    services.create_supply(**desk.acts, draft_id=made, storage_id=PODOLSK, slot_from=SLOT)

    with pytest.raises(errors.DraftUnusable):
        services.create_supply(**desk.acts, draft_id=made, storage_id=PODOLSK, slot_from=SLOT)

    assert Supply.objects.count() == 1


def test_the_hour_may_be_changed_three_times_and_gives_its_place_back(desk):
    supply = desk.supply()
    for day in (1, 2, 3):
        services.change_slot(**desk.acts, supply_id=supply, slot_from=SLOT + timedelta(days=day))

    with pytest.raises(errors.SlotChangesSpent):
        services.change_slot(**desk.acts, supply_id=supply, slot_from=SLOT)

    card = desk.card(supply)
    assert (card.slot_from, card.slot_changes) == (SLOT + timedelta(days=3), 3)
    assert "set_slot" not in card.actions
    assert queries.taken_seats([PODOLSK], SLOT, SLOT + timedelta(hours=1)) == {}


# -- filling in --------------------------------------------------------------------------------------------------------


def test_a_supply_is_ready_by_itself_when_nothing_is_missing(desk):
    supply = desk.supply()
    assert desk.card(supply).missing == ("cargoes", "car")

    services.pack_evenly(**desk.acts, supply_id=supply, kind="box", count=3)
    services.set_pass(**desk.acts, supply_id=supply, car=CAR)
    assert desk.state(supply) == "ready_to_supply"

    services.delete_cargoes(**desk.acts, supply_id=supply, cargo_ids=[desk.card(supply).cargoes[0].id])
    assert desk.state(supply) == "data_filling"


def test_goods_are_dealt_out_to_boxes_as_evenly_as_units_allow(desk):
    supply = desk.supply((desk.stall.mug, 7), (desk.stall.pan, 3))

    services.pack_evenly(**desk.acts, supply_id=supply, kind="box", count=3)

    assert [[units for _, units in cargo.items] for cargo in desk.card(supply).cargoes] == [[3, 1], [2, 1], [2, 1]]


def test_boxes_hold_no_more_than_the_supply(desk):
    supply, sku = desk.supply(), desk.stall.sku(desk.stall.mug)
    for items, code in ((((sku, 11),), "TOO_MANY_UNITS"), (((sku, 0),), "QUANTITY_LESS_ONE"),
                        (((sku, 1), (sku, 1)), "DUPLICATED_SUPPLY_ITEM"), (((5, 1),), "SUPPLY_ITEM_NOT_FOUND")):
        with pytest.raises(errors.CargoInvalid) as refused:
            services.set_cargoes(**desk.acts, supply_id=supply, replace=True, cargoes=[CargoInput("a", "box", items)])
        assert (refused.value.code, refused.value.field) == (code, "a")

    assert desk.card(supply).cargoes == ()


def test_fewer_goods_leave_the_boxes_too(desk):
    supply = desk.ready((desk.stall.mug, 10), (desk.stall.pan, 4))
    services.delete_cargoes(**desk.acts, supply_id=supply, cargo_ids=[desk.card(supply).cargoes[1].id])

    services.set_contents(**desk.acts, supply_id=supply, items=[ItemInput(0, 3, "MUG-1")])

    card = desk.card(supply)
    assert (card.units, card.sku_count, [cargo.items for cargo in card.cargoes]) == (
        3, 1, [((desk.stall.sku(desk.stall.mug), 3),)])
    assert card.state == "ready_to_supply"


def test_shortly_before_its_hour_nothing_is_changed_any_more(desk):
    supply = desk.supply()
    late = {**desk.acts, "now": SLOT - timedelta(minutes=59)}

    with pytest.raises(errors.NotNow):
        services.set_pass(**late, supply_id=supply, car=CAR)

    assert set(desk.card(supply, late["now"]).actions) == {"set_slot", "cancel"}


def test_the_gate_wants_to_know_car_and_driver(desk):
    with pytest.raises(errors.CarInvalid):
        services.set_pass(**desk.acts, supply_id=desk.supply(), car=replace(CAR, phone="call me"))


def test_labels_are_one_page_a_box_with_a_code_to_scan(desk):
    import pypdfium2
    import zxingcpp

    supply = desk.ready()

    file = services.print_labels(**desk.acts, supply_id=supply, language="ru")

    pages = pypdfium2.PdfDocument(file.data)
    codes = {code.text for page in pages for code in zxingcpp.read_barcodes(page.render(scale=4).to_pil())}
    assert len(pages) == 2
    assert {f"SUP{cargo.id}" for cargo in desk.card(supply).cargoes} <= codes


def test_a_sheet_of_contents_is_read_row_by_row(desk):
    text = b"Offer ID;Units\nMUG-1;5\nPAN-1;many\n\nPAN-1\n"

    items, wrong = services.read_contents(io.BytesIO(text), len(text), desk.now)

    assert items == [ItemInput(0, 5, "MUG-1")]
    assert [(one.row, one.value) for one in wrong] == [(3, "many"), (5, "PAN-1")]


# -- at the marketplace ------------------------------------------------------------------------------------------------


def test_counted_as_declared_the_goods_are_on_sale_and_the_supply_is_complete(desk):
    supply = desk.ready()
    services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)

    services.report_counted(supply_id=supply, counted=[Counted(desk.stall.mug, 10)], actor=PEOPLE, now=SLOT)

    assert (desk.state(supply), lying(desk)) == ("completed", {desk.stall.mug: 10})
    [number] = desk.stall.place(desk.stall.request((desk.stall.mug, 2)))
    assert orders.posting(desk.seller, number).scheme == "fbo"


def test_the_longer_road_leads_over_the_receiving_point(desk):
    supply = desk.ready(kind="crossdock")
    card = desk.card(supply)
    assert (card.state, card.drop_off_id, card.storage_id) == ("ready_to_supply", MOSCOW_POINT, PODOLSK)

    seen = []
    for act in (services.hand_in, services.depart, services.unload):
        act(supply_id=supply, actor=PEOPLE, now=SLOT)
        seen.append(desk.state(supply))

    assert seen == ["accepted_at_supply_warehouse", "in_transit", "acceptance_at_storage_warehouse"]


def test_differences_wait_for_the_shop_and_its_silence_agrees(desk):
    supply = desk.ready((desk.stall.mug, 10), (desk.stall.pan, 4))
    services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)
    services.report_counted(supply_id=supply, actor=PEOPLE, now=SLOT, counted=[
        Counted(desk.stall.mug, 7, 1), Counted(desk.stall.pan, 5)])

    card = desk.card(supply)
    assert [(line.short, line.surplus, line.damaged) for line in card.lines] == [(2, 0, 1), (0, 1, 0)]
    assert (card.state, set(card.actions)) == ("reports_confirmation_awaiting", {"accept_report", "dispute"})
    assert lying(desk) == {desk.stall.mug: 7, desk.stall.pan: 5}

    assert services.run_due(SLOT + timedelta(days=3)) == 1
    assert desk.state(supply) == "completed"
    assert services.run_due(SLOT + timedelta(days=3)) == 0


def test_a_dispute_is_counted_again(desk):
    supply = desk.ready()
    services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)
    services.report_counted(supply_id=supply, counted=[Counted(desk.stall.mug, 6)], actor=PEOPLE, now=SLOT)

    services.dispute_report(**desk.acts, supply_id=supply, comment="Ten were in the boxes.")
    services.settle_dispute(supply_id=supply, found=[Counted(desk.stall.mug, 3)], actor=PEOPLE, now=SLOT)

    assert (desk.state(supply), lying(desk), desk.card(supply).lines[0].short) == (
        "completed", {desk.stall.mug: 9}, 1)


def test_a_missed_hour_can_be_made_good(desk):
    supply = desk.ready()

    assert services.run_due(SLOT + timedelta(hours=3)) == 1
    assert desk.state(supply) == "overdue"

    services.change_slot(**desk.acts, supply_id=supply, slot_from=SLOT + timedelta(days=1))
    assert desk.state(supply) == "ready_to_supply"


def test_a_cancelled_supply_frees_its_hour_and_comes_no_more(desk):
    supply = desk.ready()

    services.cancel_supply(**desk.acts, supply_id=supply)

    assert queries.taken_seats([PODOLSK], SLOT, SLOT + timedelta(hours=1)) == {}
    with pytest.raises(errors.NotNow):
        services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)
    assert desk.card(supply).actions == ()


def test_whoever_is_slower_writes_nothing(desk):
    from sellerdesk.supply.services import moving

    supply = desk.ready()
    slow = moving.load(supply, desk.now)
    services.cancel_supply(**desk.acts, supply_id=supply)
    moving.step(slow, "hand_in")

    with pytest.raises(errors.NotNow):
        moving.write(slow, desk.now)

    assert desk.state(supply) == "cancelled"


def test_each_act_is_told_once(desk):
    supply = desk.ready()
    services.cancel_supply(**desk.acts, supply_id=supply)

    told = Activity.objects.filter(target_type="supply", target_id=str(supply)).order_by("id")
    assert list(told.values_list("event", flat=True)) == [
        "supply.supply.created", "supply.supply.filled", "supply.supply.filled", "supply.supply.moved",
        "supply.supply.cancelled"]


def test_lists_page_and_count(desk):
    made = [desk.supply(slot=SLOT + timedelta(hours=hour)) for hour in range(3)]
    services.cancel_supply(**desk.acts, supply_id=made[0])

    first = queries.supplies_page(desk.seller, filter=SupplyFilter(), limit=2)
    second = queries.supplies_page(desk.seller, filter=SupplyFilter(), limit=2, cursor=first.next_cursor)

    assert [row.id for row in (*first.rows, *second.rows)] == made[::-1]
    assert queries.state_counts(desk.seller) == {"cancelled": 1, "data_filling": 2}
    assert queries.supplies_page(desk.seller, filter=SupplyFilter(search=desk.card(made[1]).number)).rows[0].id == made[1]
