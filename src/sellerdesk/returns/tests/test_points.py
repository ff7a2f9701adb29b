"""Goods that wait at a return point: storing, disposal, loss and compensation, the barcode."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.finance import queries as finance
from sellerdesk.handover import queries as handover
from sellerdesk.handover.types import PassFilter
from sellerdesk.orders import services as orders
from sellerdesk.orders.models import Posting
from sellerdesk.returns import queries, services, visuals
from sellerdesk.returns.errors import BoundTooLow, NotArrived, ReturnNotFound
from sellerdesk.returns.models import Return
from sellerdesk.returns.types import ReturnFilter, ReturnRequest

DMITRI, COURIER = Actor.buyer("Dmitri"), Actor.courier("Veloport")


@pytest.fixture
def waiting(stall) -> int:
    """Two defective mugs at the return point in Moscow."""
    return arrived(stall, "defective")


def arrived(stall, reason) -> int:
    [number] = stall.handed_over(stall.request((stall.mug, 2)))
    stall.scan(number, "accepted", "delivered")
    made = services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 2, reason, stall.now)])[0]
    services.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=COURIER)
    return made.return_id


def row_of(stall, return_id):
    [row] = queries.returns_after(stall.seller, filter=ReturnFilter(ids=(return_id,)))[0]
    return row


def charged(stall, *kinds) -> list[int]:
    balance = finance.balance(stall.seller)
    return [balance.kind(kind) for kind in kinds]


def test_storing_costs_after_the_free_days_and_is_booked_when_the_goods_leave(stall, waiting) -> None:
    row = row_of(stall, waiting)
    assert (row.city, row.arrived_at, row.dispose_at) == ("Москва", stall.now, stall.now + timedelta(days=30))
    assert queries.storage(row, stall.now + timedelta(days=5)).fee_minor == 0
    so_far = queries.storage(row, stall.now + timedelta(days=6, hours=1))
    # Seven begun days, two of them paid, two units at 15.00.
    assert (so_far.days, so_far.paid_days, so_far.fee_minor, so_far.disposal_minor) == (7, 2, 60_00, 90_00)

    services.receive(seller=stall.seller, return_id=waiting, actor=stall.actor, now=stall.now + timedelta(days=7))

    assert charged(stall, "storage", "disposal") == [-60_00, 0]
    row = row_of(stall, waiting)
    assert (row.state, row.storage_minor) == ("received", 60_00)
    assert queries.storage(row, stall.now + timedelta(days=99)).fee_minor == 60_00
    [line] = [one for one in finance.of_posting(stall.seller, row.posting_number) if one.kind == "storage"]
    assert line.rule_id == row.storage_rule_id
    [giveout] = queries.giveouts(stall.seller)
    assert (giveout.city, giveout.status, giveout.total, giveout.approved) == ("Москва", "completed", 1, 1)
    assert queries.giveout(stall.seller, giveout.id)[1] == [row]


def test_goods_kept_too_long_are_disposed_of_at_their_own_moment(stall, waiting) -> None:
    assert services.run_due(stall.now + timedelta(days=29)) == 0
    assert services.run_due(stall.now + timedelta(days=90)) == 1
    assert services.run_due(stall.now + timedelta(days=90)) == 0

    row = row_of(stall, waiting)
    assert (row.state, row.changed_at) == ("disposed", stall.now + timedelta(days=30))
    # 25 paid days of two units, and disposal of two.
    assert charged(stall, "storage", "disposal", "return_sale") == [-750_00, -90_00, -2_000_00]
    assert stall.shelf(stall.mug) == (18, 0)
    with pytest.raises(NotArrived):
        services.receive(seller=stall.seller, return_id=waiting, actor=stall.actor, now=stall.now)


def test_a_shop_may_let_go_of_its_goods_at_once(stall, rival_stall, waiting) -> None:
    with pytest.raises(ReturnNotFound):
        services.dispose(seller=rival_stall.seller, return_id=waiting, actor=stall.actor, now=stall.now)

    services.dispose(seller=stall.seller, return_id=waiting, actor=stall.actor, now=stall.now)

    assert charged(stall, "storage", "disposal") == [0, -90_00]
    with pytest.raises(NotArrived):
        services.dispose(seller=stall.seller, return_id=waiting, actor=stall.actor, now=stall.now)


def test_cheap_goods_are_not_kept_where_the_shop_says_so(stall) -> None:
    services.set_bounds(seller=stall.seller, price=None, faulty=1000, actor=stall.actor, now=stall.now)
    faulty, sound = arrived(stall, "defective"), arrived(stall, "changed_mind")

    services.run_due(stall.now)

    assert (row_of(stall, faulty).state, row_of(stall, sound).state) == ("disposed", "arrived")
    services.set_bounds(seller=stall.seller, price=60, faulty=None, actor=stall.actor, now=stall.now)
    assert queries.disposal(stall.seller).price_minor == 60_00
    assert [(one.before["faulty_minor"], one.after["price_minor"]) for one in queries.disposal_history(
        stall.seller)] == [(1000_00, 60_00), (None, None)]
    with pytest.raises(BoundTooLow) as low:
        services.set_bounds(seller=stall.seller, price=49, faulty=None, actor=stall.actor, now=stall.now)
    assert low.value.field == "price"
    assert queries.disposal(stall.seller).price_minor == 60_00


def lost(stall) -> int:
    [number] = stall.handed_over(stall.request((stall.mug, 2)))
    stall.scan(number, "accepted", "delivered")
    return services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
        ReturnRequest(number, stall.sku(stall.mug), 2, "defective", stall.now)])[0].return_id


def test_what_is_not_heard_of_is_given_up_and_paid_for(stall) -> None:
    return_id = lost(stall)
    assert services.run_due(stall.now + timedelta(days=29)) == 0

    services.run_due(stall.now + timedelta(days=60))

    row = row_of(stall, return_id)
    assert (row.state, row.compensation, row.compensation_minor) == ("lost", "received", 1_600_00)
    assert row.compensation_at == stall.now + timedelta(days=33)
    # 80 percent of the price are the shop's; the buyer has theirs back.
    assert charged(stall, "compensation", "return_sale") == [1_600_00, -2_000_00]
    assert stall.shelf(stall.mug) == (18, 0)


@pytest.mark.parametrize(("days", "state", "kept"), [(31, "cancelled", 0), (40, "reversed", 0)])
def test_goods_that_arrive_after_all_take_the_compensation_back(stall, days, state, kept) -> None:
    return_id = lost(stall)
    services.run_due(stall.now + timedelta(days=days))

    services.advance(return_ids=[return_id], to_state="arrived", at=stall.now + timedelta(days=days), actor=COURIER)

    row = row_of(stall, return_id)
    assert (row.state, row.compensation) == ("arrived", state)
    assert sum(charged(stall, "compensation", "compensation_back")) == kept
    services.receive(seller=stall.seller, return_id=return_id, actor=stall.actor, now=stall.now + timedelta(days=days))
    # The sale is taken back once, however the goods travelled.
    assert charged(stall, "return_sale") == [-2_000_00]
    assert stall.shelf(stall.mug) == (20, 0)


def test_the_barcode_is_read_by_a_scanner_from_png_and_pdf_and_replaced_at_once(stall, rival_stall) -> None:
    code = services.code(seller=stall.seller, now=stall.now)
    picture = Image.open(io.BytesIO(services.png(code)))
    page = pypdfium2.PdfDocument(services.sheet(code, "Anna's Shop 安娜", "Pick-up"))[0].render(scale=3).to_pil()

    assert [one.text for one in zxingcpp.read_barcodes(picture.convert("L"))] == [code]
    assert [one.text for one in zxingcpp.read_barcodes(page)] == [code]
    assert services.code(seller=stall.seller, now=stall.now) == code
    assert services.code(seller=rival_stall.seller, now=stall.now) != code
    fresh = services.reset_code(seller=stall.seller, actor=stall.actor, now=stall.now)
    assert (services.shop_of(fresh), services.shop_of(code)) == (stall.seller.id, None)
    [told] = activity.history(stall.seller.id, "shop", stall.seller.id)[:1]
    assert (told.event, fresh in str(told.data)) == ("returns.giveout_code.reset", False)


def test_points_show_what_waits_there(stall, waiting) -> None:
    [point], more = queries.places(stall.seller)

    assert (point.city, point.returns, point.units, point.warehouse_ids, point.oldest_at, more) == (
        "Москва", 1, 2, (stall.warehouse_id,), stall.now, False)
    assert queries.waiting_ids(stall.seller, point.id) == [waiting]
    assert queries.places(stall.seller, warehouse_ids=[1])[0] == []


def test_what_the_shop_carries_itself_waits_at_no_point_and_costs_nothing(stall) -> None:
    [number] = stall.handed_over(stall.request((stall.mug, 2)))
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    orders.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller",
                          actor=stall.actor, now=stall.now)
    stall.spread()
    [row] = queries.by_posting(stall.seller, number)
    assert (row.scheme, row.place_id, row.state) == ("rfbs", 0, "on_the_way")
    services.run_due(stall.now + timedelta(days=60))

    services.receive(seller=stall.seller, return_id=row.id, actor=stall.actor, now=stall.now + timedelta(days=60))

    assert stall.shelf(stall.mug) == (20, 0)
    assert charged(stall, "storage", "compensation") == [0, 0]


def test_every_state_is_spelled_in_the_contracts_words(stall, now) -> None:
    assert len(visuals.NAMES) == len(visuals.NUMBERS) == 33
    assert visuals.NUMBERS["ArrivedAtReturnPlace"] == 3
    seen = {visuals.of_return(state, scheme, compensation, None, now)
            for state in ("requested", "on_the_way", "lost", "arrived", "received", "disposed")
            for scheme in ("fbs", "fbo") for compensation in ("", *visuals.COMPENSATIONS)}
    assert seen <= set(visuals.NAMES)
    assert visuals.of_return("arrived", "fbs", "", now, now) == "Utilizing"
    assert all(visuals.states_of(name) for name in seen)


def test_many_are_moved_with_the_statements_of_few(stall, statements) -> None:
    ids = []
    for number in stall.handed_over(*(stall.request((stall.pan, 1)) for _ in range(12))):
        stall.scan(number, "accepted", "delivered")
        ids.append(services.request_returns(seller=stall.seller, actor=DMITRI, requests=[
            ReturnRequest(number, stall.sku(stall.pan), 1, "defective", stall.now)])[0].return_id)

    # The first call of all reads the dated rules.
    services.advance(return_ids=ids[:1], to_state="arrived", at=stall.now, actor=COURIER)
    few = statements(lambda: services.advance(return_ids=ids[1:2], to_state="arrived", at=stall.now, actor=COURIER))
    many = statements(lambda: services.advance(return_ids=ids[2:], to_state="arrived", at=stall.now, actor=COURIER))
    one = statements(lambda: services.receive_many(seller=stall.seller, return_ids=ids[:1], actor=stall.actor,
                                                   now=stall.now + timedelta(days=9)))
    rest = statements(lambda: services.receive_many(seller=stall.seller, return_ids=ids[1:], actor=stall.actor,
                                                    now=stall.now + timedelta(days=9)))

    assert (few, one) == (many, rest)
    assert Return.objects.filter(state="received").count() == 12


def test_the_page_of_pick_up_orders_changes_and_withdraws_passes(stall, waiting, anna_client):
    row = Return.objects.get(pk=waiting)
    page, save = reverse("returns:pick_up"), reverse("returns:pass")
    form = {"driver": "Boris", "phone": "+79000001122", "model": "Ford", "plate": "b1", "place": row.place_id,
            "warehouse": row.warehouse_id, "arrives_at": f"{stall.now + timedelta(days=1):%Y-%m-%dT%H:%M}"}

    assert anna_client.post(save, form).url == page
    [made] = handover.passes(stall.seller, PassFilter(returns=True)).rows
    shown = anna_client.get(page).content.decode()
    anna_client.post(save, {**form, "pass": made.id, "plate": "c2"})
    [changed] = handover.passes(stall.seller, PassFilter()).rows
    anna_client.post(save, {**form, "arrives_at": "soon"})
    assert anna_client.post(save, {**form, "place": 4711}).status_code == 404
    late = anna_client.post(save, {**form, "plate": "z9", "arrives_at": "2026-01-01T10:00"})
    assert (late.status_code, late.context["typed"].plate, late.context["typed_at"]) == (422, "z9", "2026-01-01T10:00")
    assert 'value="z9"' in " ".join(late.content.decode().split())
    anna_client.post(reverse("returns:pass_remove"), {"pass": made.id})

    assert ("B1" in shown, made.place_id, made.carriage_id, changed.plate) == (True, row.place_id, None, "C2")
    # The hour was said in the shop's own time, three hours ahead of UTC.
    assert made.arrives_at == (stall.now + timedelta(days=1, hours=-3)).replace(second=0, microsecond=0)
    assert handover.passes(stall.seller, PassFilter()).rows == []
    assert anna_client.post(reverse("returns:pass_remove"), {"pass": made.id}).status_code == 404
