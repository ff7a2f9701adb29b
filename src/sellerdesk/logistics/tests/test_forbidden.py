from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core import rules as dated
from sellerdesk.logistics import services, texts
from sellerdesk.logistics.types import QuoteRequest
from sellerdesk.orders import queries
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import Refusal

PERFUME = (91704, 17000702)


def parcel(stall, *goods: tuple[int, int], at: datetime | None = None) -> QuoteRequest:
    return QuoteRequest(stall.warehouse_id, 300, "Казань", at or stall.now, price_minor=50_00, goods=goods)


def method(stall, *goods: tuple[int, int], at: datetime | None = None) -> str:
    return services.quote(seller=stall.seller, request=parcel(stall, *goods, at=at)).method_name


def test_goods_that_a_route_forbids_go_by_another_and_the_calculator_says_why(rival_stall) -> None:
    assert "Эконом" in method(rival_stall)
    assert "Стандарт" in method(rival_stall, PERFUME)

    offers = services.calculate(seller=rival_stall.seller, request=parcel(rival_stall, PERFUME))

    reasons = {offer.tariff: [one.code for one in offer.refused] for offer in offers}
    assert reasons["sinotrek.economy"] == ["forbidden"]
    [refused] = next(offer.refused for offer in offers if offer.tariff == "sinotrek.economy")
    assert texts.refusal(refused, "CNY") == "Does not carry goods of this kind."


def test_what_was_ordered_before_a_rule_keeps_its_way_and_what_comes_after_is_refused(rival_stall) -> None:
    since = rival_stall.now + timedelta(hours=1)
    for tariff in ("sinotrek.economy", "sinotrek.standard", "veloport.standard", "tundra.cargo"):
        dated.put("logistics.forbidden", tariff, {"types": [91101], "categories": []}, valid_from=since, source="test")
    [before] = rival_stall.place(rival_stall.request((rival_stall.mug, 2)))

    answer = orders.place_orders(seller=rival_stall.seller, actor=rival_stall.actor, orders=[
        rival_stall.request(at=since + timedelta(hours=1))])
    parts = orders.split_posting(seller=rival_stall.seller, number=before, actor=rival_stall.actor,
                                 now=since + timedelta(hours=2), parts=[[(rival_stall.sku(rival_stall.mug), 1)]])

    assert answer == [Refusal("not_deliverable")]
    assert {queries.posting(rival_stall.seller, number).delivery_method_name for number in parts} == {
        queries.posting(rival_stall.seller, before).delivery_method_name}
