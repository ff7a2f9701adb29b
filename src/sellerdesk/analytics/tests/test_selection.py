"""The selection board: filters over what may be told, a calculator by the one engine, ideas that become cards."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sellerdesk.analytics import seasonality
from sellerdesk.analytics.models import Idea
from sellerdesk.analytics.queries import insight, niches, seasons
from sellerdesk.analytics.services import closing, shortlist, traffic
from sellerdesk.analytics.types import Figured, Search, Sold
from sellerdesk.catalog import queries as catalog
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import Sketch

MUGS, RARE = 17000101, 17000999


@pytest.fixture
def market(stall, now):
    """Yesterday five shops sold mugs at 500 to 2,500 roubles; in another category only three sold anything."""
    day = now.date() - timedelta(days=1)
    closing.keep_market(day, [
        Sold(-at, -at, MUGS, "Kedr", 2, at * 100_000, at == 1, 100 * at, 10 * at, 400 + 10 * at) for at in range(1, 6)])
    closing.keep_market(day, [Sold(-at, -50 - at, RARE, "Rare", 5, 9_900, False, 1, 1, 500) for at in range(1, 4)])
    traffic.note_searches(day, [Search("кружка", MUGS, 91101, 90, 50, 3, 3, 5, 6, 100_000)], [])
    closing.run_due(now)
    return day


def board(client, **where):
    page = client.get(reverse("analytics:selection"), where)
    assert page.status_code == 200
    return [row.id for row in page.context["table"].rows]


def test_a_category_is_told_with_its_prices_weights_reviews_and_commission(stall, market, now):
    [found] = niches.niches(stall.seller, market, market, language="en", now=now)

    assert (found.cell.key, found.prices, found.weight_g, found.reviews) == (
        str(MUGS), (100_000, 150_000, 200_000), 300, 30)
    # (410 × 10 + 420 × 20 + 430 × 30 + 440 × 40 + 450 × 50) ÷ 150
    assert found.rating == 4.4
    [terms] = economics.sketch_terms(stall.seller, [Sketch(MUGS)], now)
    assert found.fee_bp == -economics.unit(terms, 150_000).amount("commission") * 10_000 // 150_000


@pytest.mark.parametrize(("where", "shown"), [
    ({}, True), ({"price_from": "1500", "price_to": "3000"}, True), ({"price_from": "2001"}, False),
    ({"weight_to": "300"}, True), ({"weight_to": "299"}, False), ({"reviews_to": "29"}, False),
    ({"rating": "45"}, True), ({"rating": "42"}, False), ({"fee_to": "5"}, False), ({"sellers_to": "5"}, True),
    ({"sellers_to": "4"}, False), ({"new_from": "20"}, True), ({"new_from": "21"}, False),
    # Nothing is known of the days before: growth has no data, and that is no growth of 0.
    ({"growth_from": "-100"}, False), ({"without_own": "1"}, False), ({"q": "nothing of the kind"}, False)])
def test_each_filter_narrows_the_board(anna_client, market, where, shown):
    assert board(anna_client, **where) == ([str(MUGS)] if shown else [])


def test_traits_that_fewer_sellers_tell_are_no_data(anna_client, stall, market, now):
    closing.keep_market(market - timedelta(days=1), [
        Sold(-at, -at, RARE, "Rare", 1, 9_900, False, 500 if at < 5 else None, 3) for at in range(1, 6)])

    found = {one.cell.key: one for one in niches.niches(
        stall.seller, market - timedelta(days=1), market, language="en", now=now)}
    assert (found[str(RARE)].weight_g, found[str(RARE)].reviews) == (None, 3)
    assert "no data" in anna_client.get(reverse("analytics:selection")).content.decode()


def test_the_rest_of_a_category_cannot_be_worked_out(stall, market, now):
    closing.keep_market(market, [Sold(-6, -60, MUGS, "Lone", 1, 70_000, False)])

    # Six sell mugs and five of them Kedr: the category less the brand would be what one shop sold.
    found = insight.cells(stall.seller, "brand", market, market, language="en", now=now, category_id=MUGS)
    assert {one.name: one.minor for one in found} == {"Kedr": None, "Lone": None}


def test_a_day_that_few_sold_on_is_no_data_and_one_that_nobody_did_is_nothing(stall, market, now):
    closing.keep_market(market - timedelta(days=2), [Sold(-1, -1, MUGS, "Kedr", 9, 900, False)])

    found = insight.trend(stall.seller, MUGS, market - timedelta(days=3), market, now=now)
    assert found.units == (None, None, 0, 10)


def test_shops_and_products_are_ranked_in_bands_without_names(anna_client, stall, market, now):
    shops = insight.bands(stall.seller, "shop", market, market, now=now)
    products = insight.bands(stall.seller, "product", market, market, now=now)

    assert [(one.first, one.last, one.sellers, one.minor) for one in shops] == [(1, 5, 5, 1_529_700)]
    assert [(one.first, one.last, one.sellers, one.units) for one in products] == [(1, 8, 5, 25)]
    for kind in ("shops", "products"):
        assert anna_client.get(reverse("analytics:market"), {"kind": kind}).status_code == 200


def test_the_calculator_gives_what_the_engine_gives_for_a_product(anna_client, stall, now):
    ref = catalog.refs(stall.seller, product_ids=[stall.mug])[0]
    unit = economics.units(stall.seller, {stall.mug: (150_000, 40_000)}, now, rates={stall.mug: "0.2"},
                           with_break_even=True)[stall.mug]
    depth, width, height = ref.sides_mm

    page = anna_client.get(reverse("economics:calculator"), {
        "category": ref.category_id, "type": ref.type_id, "price": "1500", "cost": "400", "weight_g": ref.weight_g,
        "depth_mm": depth or "", "width_mm": width or "", "height_mm": height or "", "vat": "0.2"})

    told = page.context["unit"]
    assert (told.margin_minor, told.break_even_minor, told.roi_bp) == (
        unit.margin_minor, unit.break_even_minor, unit.roi_bp)


def test_a_route_changes_what_delivery_costs(stall, now):
    routes = economics.routes(stall.seller, now)
    terms = economics.sketch_terms(stall.seller, [
        Sketch(MUGS, weight_g=900, route=route) for route in ("", *(one.key for one in routes))], now)

    told = [economics.unit(one, 150_000).part("delivery").amount_minor for one in terms]
    assert len(routes) > 1
    assert len(set(told)) > 1
    assert told[0] == max(one for one in told[1:] if one is not None)


def test_an_idea_keeps_its_figures_and_starts_a_card_with_them(anna, anna_client, clara_client, stall, market):
    anna_client.post(reverse("analytics:idea_add"), {"title": "Кружка белая", "category": MUGS, "type": "91101"})
    row = Idea.objects.get()
    page = anna_client.get(reverse("analytics:idea", args=[row.pk]))
    assert page.context["suggested"].amount_minor == 150_000

    figures = {"price": "1490", "cost": "400", "weight_g": "350", "depth_mm": "", "width_mm": "", "height_mm": "",
               "route": "", "type": "91101"}
    assert clara_client.post(reverse("analytics:idea_figures", args=[row.pk]), figures).status_code == 404
    refused = anna_client.post(reverse("analytics:idea_figures", args=[row.pk]), {**figures, "price": "-3"})
    assert (refused.status_code, Idea.objects.get().price_minor) == (422, 0)
    anna_client.post(reverse("analytics:idea_figures", args=[row.pk]), figures)

    page = anna_client.get(reverse("analytics:idea", args=[row.pk]))
    form = anna_client.get(page.context["start"]).context["form"]
    assert (form["name"].value(), form["weight_g"].value(), form["part_price_price"].value(),
            form["part_price_cost"].value()) == ("Кружка белая", "350", "1490.00", "400.00")
    [view] = anna_client.get(reverse("analytics:shortlist")).context["ideas"]
    assert view.margin.amount_minor > 0


def test_ideas_tell_the_demand_expected_with_its_interval(anna_client, stall, now):
    until = now.date() - timedelta(days=1)
    for at in range(35):
        day = until - timedelta(days=at)
        closing.keep_market(day, [Sold(-one, -one, MUGS, "Kedr", 4 + day.weekday() % 2 + (at % 3 == 0), 1_000, False)
                                  for one in range(1, 6)])
        traffic.note_searches(day, [Search("самовар", MUGS, 91102, 10 + at % 3, 0, 0, 0, 0, 0, 0)], [])
    closing.run_due(now)
    for title, category in (("Mugs", MUGS), ("самовар", MUGS), ("Rare", RARE)):
        shortlist.add(seller=stall.seller, title=title, category_id=category, type_id=0, owner_id=1, now=now)

    told = {one.row.title: one for one in anna_client.get(reverse("analytics:shortlist")).context["ideas"]}
    units, asked = told["Mugs"].expected, told["самовар"].expected
    assert units.low < units.mean < units.high
    assert abs(units.mean - 28 * 5 * (31 / 7 + 1 / 3)) < 30
    assert told["самовар"].searched
    assert 250 < asked.mean < 350
    assert told["Rare"].expected is None


def test_a_season_is_told_by_weekday_week_and_month_and_gaps_are_no_data(anna_client, stall, now):
    until = now.date() - timedelta(days=1)
    for at in range(70):
        day = until - timedelta(days=at)
        shops = 5 if at < 60 else 2
        closing.keep_market(day, [Sold(-one, -one, MUGS, "Kedr", 20 if day.weekday() == 5 else 10, 100, False)
                                  for one in range(1, shops + 1)])
    closing.run_due(now)

    found = seasons.season(MUGS, until, now=now)
    saturday, monday = found.weekdays[5], found.weekdays[0]
    assert saturday.low <= saturday.mean <= saturday.high
    assert saturday.mean > 1.6 * monday.mean
    told = {month for month, one in found.months.items() if one}
    assert told
    assert told < set(range(1, 13))
    assert seasons.season(RARE, until, now=now) is None
    for step in ("month", "week", "weekday"):
        page = anna_client.get(reverse("analytics:market_category", args=[MUGS]), {"season": step})
        assert page.context["season_chart"] is not None


def test_indices_are_worked_by_hand():
    # Four weeks from a Monday, Sundays double: an average day is 80 ÷ 7.
    days = [10, 10, 10, 10, 10, 10, 20] * 6
    first = date(2026, 3, 2)

    found = seasonality.weekdays(first, days)
    assert (found[6].mean, found[6].low, found[6].high, found[0].mean) == (175.0, 175.0, 175.0, 87.5)
    assert seasonality.weekdays(first, days[:21])[0] is None
    weeks = seasonality.weeks_of_year(first, days, dict.fromkeys(range(54), True))
    assert (weeks[10].mean, weeks[10].seen, weeks[20]) == (100.0, 7, None)
    months = seasonality.months({first + timedelta(days=7 * at): 80.0 for at in range(4)}, {3: True, 4: True})
    assert (months[3].mean, months[3].seen, months[4]) == (100.0, 4, None)


def test_figures_below_zero_are_refused(stall, now):
    from sellerdesk.core.errors import Invalid

    id_ = shortlist.add(seller=stall.seller, title="Mugs", category_id=MUGS, type_id=0, owner_id=1, now=now)
    with pytest.raises(Invalid):
        shortlist.keep_figures(seller=stall.seller, idea_id=id_, figures=Figured(0, -1, 0, 0, 0, 0, 0, ""))
    assert Idea.objects.get().price_minor == 0


def test_the_shortlist_asks_the_same_number_of_questions_for_any_number(anna_client, stall, market, statements, now):
    def ask():
        anna_client.get(reverse("analytics:shortlist"))

    shortlist.add(seller=stall.seller, title="One", category_id=MUGS, type_id=0, owner_id=1, now=now)
    ask()
    few = statements(ask)
    for at in range(5):
        shortlist.add(seller=stall.seller, title=f"More {at}", category_id=MUGS, type_id=0, owner_id=1, now=now)
    assert statements(ask) == few
