"""Actions, from joining to the order that froze their price."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.core.errors import Invalid
from sellerdesk.inventory import services as inventory
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services as order_services
from sellerdesk.orders.services import promoting
from sellerdesk.orders.types import Cancellation, OrderRequest
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.errors import ActionFrozen, ActionMoved, ActionOver, ActionUnknown
from sellerdesk.promotions.models import Action, ActionProduct, VoucherCode, VoucherUse
from sellerdesk.promotions.types import JoinInput, Level, Terms


def join(stall, action_id, *rows):
    return services.join(seller=stall.seller, action_id=action_id, rows=rows, actor=stall.actor, now=stall.now)


def cancel(stall, number):
    [outcome] = order_services.cancel_many(seller=stall.seller, actor=stall.actor, items=[
        Cancellation(number, 352, "", "seller", stall.now)])
    assert outcome.done, outcome


def paid(stall, number) -> list[tuple[int, int, str]]:
    return [(line.price_minor, line.list_price_minor, line.action_ids)
            for line in orders.posting(stall.seller, number).lines]


def test_bad_rows_spoil_no_others_and_the_buyer_pays_the_actions_price(stall, autumn) -> None:
    outcomes = join(stall, autumn, JoinInput(product_id=stall.mug, price="850"),
                    JoinInput(offer_id="PAN-1", price="250"), JoinInput(offer_id="NOPE"))

    assert [(one.code, one.price_minor) for one in outcomes] == [
        ("", 850_00), ("MAX_ACTION_PRICE", 250_00), ("NOT_FOUND", 0)]
    number, = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)))
    assert paid(stall, number) == [(850_00, 1000_00, str(autumn)), (250_50, 0, "")]
    assert ActionProduct.objects.values_list("taken", flat=True).get() == 2


def test_an_order_keeps_its_price_when_the_action_is_over(stall, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug))
    number, = stall.place(stall.request())
    services.cancel(action_id=autumn, actor=stall.actor, now=stall.now)

    assert paid(stall, number) == [(900_00, 1000_00, str(autumn))]
    later, = stall.place(stall.request())
    assert paid(stall, later) == [(1000_00, 0, "")]
    with pytest.raises(ActionOver):
        join(stall, autumn, JoinInput(product_id=stall.pan))


def test_units_set_aside_run_out_within_one_batch_too(stall, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, stock=3))

    numbers = stall.place(*[stall.request((stall.mug, 2))] * 2, stall.request((stall.mug, 1)))

    assert [paid(stall, one)[0][0] for one in numbers] == [900_00, 1000_00, 900_00]


def test_what_is_cancelled_comes_back_to_the_share(stall, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, stock=3))
    first, second = stall.place(stall.request((stall.mug, 2)), stall.request((stall.mug, 1), (stall.pan, 1)))
    assert ActionProduct.objects.get().taken == 3

    # One unit of two, then a whole order.
    order_services.cancel_units(seller=stall.seller, number=first, items=[(stall.sku(stall.mug), 1)], reason_id=352,
                                message="broken", by="seller", actor=stall.actor, now=stall.now)
    assert ActionProduct.objects.get().taken == 2
    cancel(stall, second)

    assert ActionProduct.objects.get().taken == 1
    later, = stall.place(stall.request((stall.mug, 2)))
    assert paid(stall, later) == [(900_00, 1000_00, str(autumn))]


def test_a_share_that_was_joined_anew_owes_nothing_to_orders_from_before(stall, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, stock=2))
    old, = stall.place(stall.request((stall.mug, 2), at=stall.now + timedelta(minutes=1)))
    services.leave(seller=stall.seller, action_id=autumn, product_ids=[stall.mug], actor=stall.actor, now=stall.now)
    services.join(seller=stall.seller, action_id=autumn, rows=[JoinInput(product_id=stall.mug, stock=2)],
                  actor=stall.actor, now=stall.now + timedelta(minutes=2))
    stall.place(stall.request((stall.mug, 2), at=stall.now + timedelta(minutes=3)))

    cancel(stall, old)

    assert ActionProduct.objects.get().taken == 2


def test_an_order_that_finds_no_stock_takes_nothing_of_a_share(stall, autumn, monkeypatch) -> None:
    """The shelf is emptied between the look at it and the promise."""
    join(stall, autumn, JoinInput(product_id=stall.mug, stock=3))
    monkeypatch.setattr(inventory, "reserve", lambda *, seller, lines: [False] * len(lines))

    answers = order_services.place_orders(seller=stall.seller, orders=[stall.request()], actor=stall.actor)

    assert [one.code for one in answers] == ["out_of_stock"]
    assert ActionProduct.objects.get().taken == 0


def test_who_is_overtaken_at_the_last_units_pays_the_price_of_the_shelf(stall, autumn, monkeypatch) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, stock=1))
    looked = promoting.quoter

    def overtaken(*given):
        """Somebody takes the last one right after the look."""
        found = looked(*given)
        ActionProduct.objects.update(taken=1)
        return found

    monkeypatch.setattr(promoting, "quoter", overtaken)
    number, = stall.place()

    assert paid(stall, number) == [(1000_00, 0, "")]
    assert ActionProduct.objects.get().taken == 1


def test_a_lowest_price_that_rises_above_the_actions_price_wins(stall, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, price="800"))
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="850")])

    assert queries.buyer_prices(stall.seller, [stall.mug], stall.now)[stall.mug].price_minor == 1000_00


def test_a_frozen_action_refuses_everybody_until_it_ends(stall) -> None:
    terms = Terms("platform", "Frozen", stall.now + timedelta(hours=1), stall.now + timedelta(days=1), discount_bp=500,
                  freeze_at=stall.now)
    action_id = services.create_platform(actor=stall.actor, now=stall.now, terms=terms)
    with pytest.raises(ActionUnknown):
        join(stall, action_id, JoinInput(product_id=stall.mug))
    services.publish(action_id=action_id, actor=stall.actor, now=stall.now)

    with pytest.raises(ActionFrozen):
        join(stall, action_id, JoinInput(product_id=stall.mug))
    with pytest.raises(ActionFrozen):
        services.leave(seller=stall.seller, action_id=action_id, product_ids=[stall.mug], actor=stall.actor,
                       now=stall.now)


def test_joining_by_itself_is_off_asks_for_a_lowest_price_and_happens_once(stall, autumn) -> None:
    assert queries.auto_join(stall.seller) is False
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="600")])
    services.set_auto_join(seller=stall.seller, enabled=True, actor=stall.actor, now=stall.now)

    services.run_due(stall.now)
    services.leave(seller=stall.seller, action_id=autumn, product_ids=[stall.mug], actor=stall.actor, now=stall.now)
    services.run_due(stall.now)

    assert queries.entries(stall.seller, action_ids=[autumn]) == []


@pytest.mark.parametrize(("of_shop", "switch", "joined"), [
    (False, "yes", True), (True, "no", False), (True, "shop", True), (False, "shop", False)])
def test_what_a_product_says_about_joining_goes_before_what_its_shop_says(stall, autumn, of_shop, switch,
                                                                               joined) -> None:
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="600", auto_action=switch)])
    services.set_auto_join(seller=stall.seller, enabled=of_shop, actor=stall.actor, now=stall.now)

    services.run_due(stall.now)

    assert [(one.product_id, one.price_minor, one.auto) for one in queries.entries(
        stall.seller, action_ids=[autumn])] == ([(stall.mug, 900_00, True)] if joined else [])


def test_joining_automatically_never_goes_below_the_lowest_price(stall, autumn) -> None:
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="950", auto_action="yes")])

    services.run_due(stall.now)

    assert queries.entries(stall.seller, action_ids=[autumn]) == []


def test_own_actions_meet_in_a_basket_and_the_order_says_which(stall, own) -> None:
    discount, order_sum = own("discount"), own("order_sum", levels=(Level(1500_00, 2000),))
    few, many = stall.place(stall.request((stall.mug, 1)), stall.request((stall.mug, 2)))

    assert paid(stall, few) == [(900_00, 1000_00, str(discount))]
    assert paid(stall, many) == [(720_00, 1000_00, f"{discount} {order_sum}")]


def test_a_voucher_is_used_as_its_kind_allows_and_stops_at_its_budget(stall, own) -> None:
    action_id = own("voucher", voucher_type="UNIQUE", codes=2)
    (code, _), (other, _) = queries.codes(stall.seller, action_id)

    def order(voucher: str) -> OrderRequest:
        return OrderRequest("Dmitri", "+79031234567", "Казань", "", "Lenina 1", ((stall.mug, 1),), stall.now,
                            voucher=voucher)

    numbers = stall.place(order(code), order(code), order("WRONG"))
    assert [paid(stall, one)[0][0] for one in numbers] == [900_00, 1000_00, 1000_00]
    assert VoucherUse.objects.values_list("code__code", "amount_minor").get() == (code, 100_00)

    Action.objects.filter(pk=action_id).update(budget_minor=100_00)
    assert paid(stall, stall.place(order(other))[0])[0][0] == 1000_00


def code_order(stall, code: str, *lines: tuple[int, int], phone: str = "+79031234567") -> OrderRequest:
    return OrderRequest("Dmitri", phone, "Казань", "", "Lenina 1", lines or ((stall.mug, 1),), stall.now, voucher=code)


def test_a_voucher_never_spends_more_than_its_budget_not_even_in_one_batch(stall, own) -> None:
    action_id = own("voucher", budget_minor=250_00)
    [(code, _)] = queries.codes(stall.seller, action_id)

    numbers = stall.place(*[code_order(stall, code)] * 3)

    assert [paid(stall, one)[0][0] for one in numbers] == [900_00, 900_00, 1000_00]
    # 50 are left: the pan takes 25.05 off.
    small, = stall.place(code_order(stall, code, (stall.pan, 1)))
    assert paid(stall, small)[0][0] == 225_45
    assert Action.objects.get(pk=action_id).spent_minor == 225_05 == sum(
        VoucherUse.objects.values_list("amount_minor", flat=True))


def test_a_voucher_counts_only_what_the_code_took_off(stall, own, autumn) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, price="800"))
    action_id = own("voucher")
    [(code, _)] = queries.codes(stall.seller, action_id)

    number, = stall.place(code_order(stall, code))

    assert paid(stall, number)[0][0] == 720_00
    assert Action.objects.get(pk=action_id).spent_minor == VoucherUse.objects.get().amount_minor == 80_00


@pytest.mark.parametrize(("type_", "spend"), [
    ("UNIQUE", {"uses": 1}), ("ONE", {"used": True}), ("MULTIPLE", {"spent_minor": 1})])
def test_who_is_overtaken_at_a_code_pays_without_it(stall, own, autumn, monkeypatch, type_, spend) -> None:
    join(stall, autumn, JoinInput(product_id=stall.mug, price="800", stock=5))
    action_id = own("voucher", voucher_type=type_, codes=1, budget_minor=80_00)
    row = VoucherCode.objects.get(action_id=action_id)
    looked = promoting.quoter

    def overtaken(*given):
        """Somebody else uses the code right after the look."""
        found = looked(*given)
        if "uses" in spend:
            VoucherCode.objects.update(uses=1)
        elif "used" in spend:
            VoucherUse.objects.get_or_create(code=row, seller_id=stall.seller.id, buyer=services.buyer_key(
                "+79031234567"), order_number="1-1", defaults={"amount_minor": 1, "at": stall.now})
        else:
            Action.objects.filter(pk=action_id).update(spent_minor=1)
        return found

    monkeypatch.setattr(promoting, "quoter", overtaken)
    number, = stall.place(code_order(stall, row.code))

    assert paid(stall, number)[0][0] == 800_00
    # All or none: what was counted of the order with the code was taken back.
    assert Action.objects.get(pk=action_id).spent_minor == spend.get("spent_minor", 0)
    assert VoucherCode.objects.get(pk=row.pk).uses == spend.get("uses", 0)
    assert ActionProduct.objects.get(action_id=autumn).taken == 1


def test_an_order_that_finds_no_stock_leaves_its_code_to_others(stall, own, monkeypatch) -> None:
    action_id = own("voucher", voucher_type="UNIQUE", codes=1, budget_minor=100_00)
    [(code, _)] = queries.codes(stall.seller, action_id)
    monkeypatch.setattr(inventory, "reserve", lambda *, seller, lines: [False] * len(lines))

    order_services.place_orders(seller=stall.seller, orders=[code_order(stall, code)], actor=stall.actor)

    assert (Action.objects.get(pk=action_id).spent_minor, queries.codes(stall.seller, action_id)) == (0, [(code, 0)])


def test_own_actions_move_only_along_their_table(stall, own) -> None:
    action_id = own("discount")

    def move(state: str) -> None:
        services.move_own(seller=stall.seller, action_id=action_id, state=state, actor=stall.actor, now=stall.now)

    move("paused")
    assert queries.buyer_prices(stall.seller, [stall.mug], stall.now)[stall.mug].action_ids == ()
    move("active")
    move("archived")
    with pytest.raises(ActionMoved):
        move("active")


@pytest.mark.parametrize(("more", "field"), [
    ({"levels": ()}, "discount_levels"), ({"levels": (Level(100_00, 95_00),), "discount_type": "CURRENCY"},
                                          "discount_value"),
    ({"levels": (Level(0, 100),)}, "min_order_amount"), ({"levels": (Level(1, 9500),)}, "discount_value")])
def test_terms_that_cannot_be_true_are_refused_by_field(stall, more, field) -> None:
    with pytest.raises(Invalid) as refused:
        services.create_own(seller=stall.seller, actor=stall.actor, now=stall.now, terms=Terms(
            "order_sum", "x", stall.now, stall.now + timedelta(days=1), **more))

    assert refused.value.field == field
    assert not Action.objects.exists()


def test_overlaps_are_told_with_the_lowest_price(stall, own, autumn) -> None:
    pricing.set_prices(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        PriceInput(product_id=stall.mug, min_price="700")])
    join(stall, autumn, JoinInput(product_id=stall.mug))
    own("order_sum"), own("voucher", levels=(Level(0, 3000),))

    found, rows = queries.overlaps(stall.seller, stall.now)

    one = next(one for one in found if one.product_id == stall.mug)
    assert (one.together_bp, one.below, len(one.action_ids)) == (4330, True, 3)
    assert rows[one.action_ids[0]].terms.title == "Autumn"


def test_a_rival_sees_the_marketplaces_actions_and_nobody_elses(stall, rival_stall, own, autumn) -> None:
    mine = own("discount")
    join(stall, autumn, JoinInput(product_id=stall.mug))

    assert queries.action(rival_stall.seller, autumn).terms.title == "Autumn"
    assert queries.entries(rival_stall.seller, action_ids=[autumn]) == []
    with pytest.raises(ActionUnknown):
        queries.action(rival_stall.seller, mine)
    assert services.join(seller=rival_stall.seller, action_id=autumn, actor=stall.actor, now=stall.now, rows=[
        JoinInput(product_id=stall.pan)])[0].code == "NOT_FOUND"


@pytest.mark.parametrize("kind", ["UNIQUE", "ONE", "MULTIPLE"])
def test_a_cancelled_order_gives_its_code_and_budget_back_once(stall, own, kind) -> None:
    action_id = own("voucher", voucher_type=kind, codes=1, budget_minor=100_00)
    code = VoucherCode.objects.get(action_id=action_id).code
    request = OrderRequest("Dmitri", "+79031234567", "Казань", "", "Lenina 1", ((stall.mug, 1),), stall.now, voucher=code)
    first, second = stall.place(request, request)

    def price(number: str) -> int:
        return orders.posting(stall.seller, number).amount_minor

    assert (price(first), price(second)) == (900_00, 1_000_00)
    cancel(stall, second)
    assert (Action.objects.get(pk=action_id).spent_minor, VoucherUse.objects.count()) == (100_00, 1)

    cancel(stall, first)
    assert (Action.objects.get(pk=action_id).spent_minor, VoucherUse.objects.count()) == (0, 0)
    assert VoucherCode.objects.get(action_id=action_id).uses == 0
    [again, dearer] = stall.place(request, request)
    assert (price(again), price(dearer)) == (900_00, 1_000_00)


def test_a_code_comes_back_when_nothing_of_its_order_is_left(stall, own) -> None:
    action_id = own("voucher", voucher_type="UNIQUE", codes=1)
    code = VoucherCode.objects.get(action_id=action_id).code
    # The code covers the mug only, and the pan is cancelled last.
    ActionProduct.objects.filter(action_id=action_id, product_id=stall.pan).delete()
    [number] = stall.place(OrderRequest("Dmitri", "+79031234567", "Казань", "", "Lenina 1",
                                        ((stall.mug, 1), (stall.pan, 1)), stall.now, voucher=code))
    gone = order_services.cancel_units(seller=stall.seller, number=number, items=[(stall.sku(stall.mug), 1)], reason_id=352,
                                message="broken", by="seller", actor=stall.actor, now=stall.now)
    assert gone != number
    assert VoucherCode.objects.get(action_id=action_id).uses == 1

    cancel(stall, number)

    assert VoucherCode.objects.get(action_id=action_id).uses == 0
    assert Action.objects.get(pk=action_id).spent_minor == 0
