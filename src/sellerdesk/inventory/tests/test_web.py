from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.inventory import queries, services
from sellerdesk.inventory.models import Stock, Warehouse
from sellerdesk.inventory.types import StockInput, StockLine

HTMX = {"HX-Request": "true", "HX-Target": "tr"}


@pytest.fixture
def depot(shop, actor, now):
    return services.create_warehouse(seller=shop, name="Moscow – main", city="Moscow", time_zone="Europe/Moscow",
                                     cut_off=time(14), actor=actor, now=now)


@pytest.fixture
def stocked(shop, actor, now, goods, depot) -> list[int]:
    ids = goods(shop, 3)
    services.set_stocks(seller=shop, actor=actor, now=now, changes=[
        StockInput(depot.id, 20, product_id=ids[0]), StockInput(depot.id, 4, product_id=ids[1])])
    services.reserve(seller=shop, lines=[StockLine(ids[0], depot.id, 3, "1-1-1", now)])
    return ids


def names(page) -> list[str]:
    return [row.offer_id for row in page.context["table"].rows]


def test_the_grid_shows_free_reserved_and_present(anna_client, stocked) -> None:
    rows = {row.offer_id: row for row in anna_client.get(reverse("inventory:stocks")).context["table"].rows}

    assert {offer: (row.free, row.reserved, row.present, row.level) for offer, row in rows.items()} == {
        "A-1": (17, 3, 20, ""), "A-2": (4, 0, 4, "low"), "A-3": (0, 0, 0, "out")}
    assert names(anna_client.get(reverse("inventory:stocks"), {"tab": "low"})) == ["A-2"]
    assert names(anna_client.get(reverse("inventory:stocks"), {"tab": "out"})) == []
    assert names(anna_client.get(reverse("inventory:stocks"), {"q": "a-3"})) == ["A-3"]


def test_the_grid_takes_the_same_queries_for_few_and_for_many_rows(anna_client, shop, stocked, goods) -> None:
    anna_client.get(reverse("inventory:stocks"))
    counts = []
    for more in (1, 40):
        goods(shop, more, prefix=f"B{more}")
        with CaptureQueriesContext(connection) as seen:
            assert anna_client.get(reverse("inventory:stocks")).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_packer_corrects_stock_in_place_and_reserved_units_stay(boris_client, depot, stocked) -> None:
    address = reverse("inventory:save", args=[stocked[0], depot.id])

    saved = boris_client.post(address, {"free": "5"}, headers=HTMX)
    refused = boris_client.post(address, {"free": "lots"}, headers=HTMX)

    assert saved.status_code == 200
    assert 'value="5"' in saved.content.decode()
    assert refused.status_code == 422
    assert all(text in refused.content.decode() for text in ('value="lots"', 'role="alert"'))
    assert Stock.objects.values_list("present", "reserved").get(product_id=stocked[0]) == (8, 3)


def test_a_rival_sees_and_changes_nothing(clara_client, depot, stocked) -> None:
    assert clara_client.get(reverse("inventory:moves", args=[stocked[0]])).status_code == 404
    assert clara_client.get(reverse("inventory:warehouse", args=[depot.id])).status_code == 404
    assert clara_client.post(reverse("inventory:save", args=[stocked[0], depot.id]), {"free": "1"},
                             headers=HTMX).status_code == 404
    assert Stock.objects.values_list("present", "reserved").get(product_id=stocked[0]) == (20, 3)


def test_the_ledger_tells_the_balance_after_each_line(anna_client, stocked) -> None:
    page = anna_client.get(reverse("inventory:moves", args=[stocked[0]]))

    assert [(item.title, item.text, item.by) for item in page.context["items"]] == [
        ("Reserved: +3", "Moscow – main · on the shelf: 20", "1-1-1"),
        ("Stock set: +20", "Moscow – main · on the shelf: 20", "Anna")]


def test_further_pages_of_the_ledger_tell_the_balance_of_their_time(
        anna_client, shop, actor, now, depot, stocked, monkeypatch) -> None:
    for units in (35, 9):
        services.set_stocks(seller=shop, actor=actor, now=now, changes=[
            StockInput(depot.id, units, product_id=stocked[0])])
    address = reverse("inventory:moves", args=[stocked[0]])
    whole = [item.text for item in anna_client.get(address).context["items"]]

    monkeypatch.setattr(queries.moves, "__kwdefaults__", {"cursor": None, "limit": 1})
    read, cursor = [], ""
    for _move in whole:
        page = anna_client.get(address, {"c": cursor})
        read += [item.text for item in page.context["items"]]
        cursor = page.context["page"].next_cursor

    assert read == whole
    assert (len(set(whole)), cursor) == (3, "")


def test_a_warehouse_is_opened_and_changed_by_form(anna_client, shop) -> None:
    data = {"name": "Kazan – spare", "city": "Kazan", "address": "", "time_zone": "Europe/Moscow", "cut_off": "15:30",
            "preparation_hours": "36", "opens": "09:00", "closes": "18:00", "working_days": ["1", "2", "3", "4", "5"],
            "kind": "pick_up", "country": "RU", "code": "kzn-2", "phone": "8 843 236-77-77", "safety_stock": "2",
            "holidays": "31.12.2026, 2027-01-01"}

    refused = anna_client.post(reverse("inventory:warehouse_new"), {**data, "name": "Call 8 912 345-67-89"})
    assert refused.status_code == 422
    assert "must not contain phone numbers" in refused.content.decode()
    assert not Warehouse.objects.filter(seller__isnull=False).exists()

    assert anna_client.post(reverse("inventory:warehouse_new"), data)["Location"] == reverse("inventory:warehouses")
    made = Warehouse.objects.get(seller__isnull=False)
    assert (made.seller_id, made.name, made.cut_off, made.preparation_hours, made.state) == (
        shop.id, "Kazan – spare", time(15, 30), 36, "active")
    assert (made.code, made.phone, made.working_days, made.holidays, made.safety_stock) == (
        "KZN-2", "+78432367777", [1, 2, 3, 4, 5], ["2026-12-31", "2027-01-01"], 2)

    anna_client.post(reverse("inventory:warehouse", args=[made.pk]), {**data, "city": "Казань", "low_stock": "9"})
    made.refresh_from_db()
    assert (made.city, made.low_stock) == ("Казань", 9)
    assert "Kazan – spare" in anna_client.get(reverse("inventory:warehouses")).content.decode()


def test_every_wrong_field_of_a_warehouse_is_named_with_its_fix(anna_client, shop) -> None:
    wrong = {
        "name": "Kazan", "city": "Kazan", "time_zone": "Europe/Moscow", "cut_off": "22:00", "preparation_hours": "24",
        "opens": "09:00", "closes": "18:00", "working_days": ["1"], "kind": "drop_off", "country": "RU",
        "code": "склад", "phone": "12", "latitude": "55.5", "safety_stock": "0"}

    unread = anna_client.post(reverse("inventory:warehouse_new"), {**wrong, "holidays": "tomorrow"})
    refused = anna_client.post(reverse("inventory:warehouse_new"), wrong)

    assert (unread.status_code, unread.context["form"].errors) == (422, {
        "holidays": ["“tomorrow” is not a day. Write it like 2026-12-31."]})
    assert refused.status_code == 422
    assert {name: errors[0] for name, errors in refused.context["form"].errors.items()} == {
        "code": "A code has up to 20 capital Latin letters, digits, dots, dashes: for example KZN-1.",
        "phone": "“12” is not a telephone number. Write it with the country code, for example +7 843 123 45 67.",
        "longitude": "Latitude and longitude belong together: fill in both or neither.",
        "cut_off": "The cut-off lies within the opening hours, 09:00 to 18:00."}
    assert not Warehouse.objects.filter(seller__isnull=False).exists()


def test_a_new_warehouse_needs_only_a_name_and_a_city(anna_client, shop) -> None:
    form = anna_client.get(reverse("inventory:warehouse_new")).context["form"]
    shown = {field.html_name: field.value() for field in form
             if field.value() is not None and field.value() is not False and field.value() != ""}

    assert [box.data["selected"] for box in form["working_days"].subwidgets] == [True] * 7
    assert anna_client.post(reverse("inventory:warehouse_new"), {**shown, "name": "Kazan", "city": "Kazan"}
                            ).status_code == 302
    assert Warehouse.objects.get(seller__isnull=False).working_days == [1, 2, 3, 4, 5, 6, 7]


def test_the_form_shows_how_carriers_print_the_name(anna_client, shop) -> None:
    page = anna_client.get(reverse("inventory:warehouse_printed"), {"name": "Казань – основной"}, headers=HTMX)

    assert "Carriers print: Kazan' - osnovnoy" in page.content.decode().replace("&#x27;", "'")


def test_a_pause_is_planned_begun_and_ended(anna_client, shop, depot) -> None:
    pause, resume = (reverse(f"inventory:warehouse_{name}", args=[depot.id]) for name in ("pause", "resume"))

    backwards = anna_client.post(pause, {"since": "2026-12-31", "until": "2026-12-30"})
    assert backwards.status_code == 422
    assert "The pause must end after it begins." in backwards.content.decode()
    anna_client.post(pause, {"since": "2026-12-31", "until": "2027-01-08", "reason": "Holidays"})
    planned = queries.warehouse(shop, depot.id)
    assert (planned.state, planned.pause_from, planned.pause_until) == (
        "active", datetime(2026, 12, 30, 21, tzinfo=UTC), datetime(2027, 1, 7, 21, tzinfo=UTC))

    assert services.keep_pauses(now=datetime(2026, 12, 30, 20, 59, tzinfo=UTC)) == 0
    assert services.keep_pauses(now=datetime(2026, 12, 30, 21, tzinfo=UTC)) == 1
    assert "Paused until" in anna_client.get(reverse("inventory:warehouse", args=[depot.id])).content.decode()
    assert services.keep_pauses(now=datetime(2027, 1, 7, 21, tzinfo=UTC)) == 1
    open_again = queries.warehouse(shop, depot.id)
    assert (open_again.state, open_again.pause_until, open_again.pause_reason) == ("active", None, "")

    anna_client.post(pause, {})
    assert queries.warehouse(shop, depot.id).state == "paused"
    anna_client.post(resume)
    assert queries.warehouse(shop, depot.id).state == "active"


def test_an_archived_warehouse_comes_back(anna_client, boris_client, depot) -> None:
    archive, resume = (reverse(f"inventory:warehouse_{name}", args=[depot.id]) for name in ("archive", "resume"))

    assert boris_client.post(archive).status_code == 403
    anna_client.post(archive)
    assert Warehouse.objects.get(seller__isnull=False).state == "archived"
    anna_client.post(resume)
    assert Warehouse.objects.get(seller__isnull=False).state == "active"


def test_counting_the_shelf_keeps_promises_and_says_what_is_missing(anna_client, depot, stocked) -> None:
    address = reverse("inventory:count", args=[stocked[0], depot.id])

    assert "By the books 20 on the shelf, 3 of them promised" in anna_client.get(address).content.decode()
    refused = anna_client.post(address, {"found": "-1"})
    assert refused.status_code == 422
    anna_client.post(address, {"found": "1", "note": "monthly"})

    assert Stock.objects.values_list("present", "reserved", "short").get(product_id=stocked[0]) == (3, 3, 2)
    table = anna_client.get(reverse("inventory:stocks"), {"tab": "short"}).context["table"]
    assert [(row.offer_id, row.level, row.short) for row in table.rows] == [("A-1", "short", 2)]
    assert table.tab_counts == {"low": 1, "soon": 0, "out": 1, "short": 1}


def test_the_grid_says_how_long_stock_lasts(anna_client, shop, depot, stocked, now) -> None:
    services.reserve(seller=shop, lines=[StockLine(stocked[1], depot.id, 2, "2-2-2", now)])
    services.refresh_pace(now=now + timedelta(days=2), seller=shop)

    rows = {row.offer_id: row for row in anna_client.get(reverse("inventory:stocks")).context["table"].rows}

    # Three of A-1 in two days, and 17 are free; two of A-2, and 2 are free; A-3 never lay here.
    assert {offer: (row.daily_milli, row.grade, row.cover.label) for offer, row in rows.items()} == {
        "A-1": (1500, "yellow", "11 days"), "A-2": (1000, "critical", "2 days"), "A-3": (0, "none", "never kept")}
    assert names(anna_client.get(reverse("inventory:stocks"), {"tab": "soon"})) == ["A-2"]


def test_the_ledger_of_the_shop_is_filtered(anna_client, clara_client, depot, stocked) -> None:
    address = reverse("inventory:ledger")

    assert [(row.offer_id, row.reason, row.shelf, row.promised)
            for row in anna_client.get(address).context["table"].rows] == [
        ("A-1", "reserve", "—", "+3"), ("A-2", "set", "+4", "—"), ("A-1", "set", "+20", "—")]
    assert names(anna_client.get(address, {"reason": "set", "q": "a-2"})) == ["A-2"]
    assert names(anna_client.get(address, {"at_to": "2026-11-22"})) == []
    assert names(clara_client.get(address)) == []


def test_the_ledger_takes_the_same_queries_for_few_and_for_many_rows(anna_client, shop, actor, now, depot, stocked,
                                                                    goods) -> None:
    anna_client.get(reverse("inventory:ledger"))
    counts = []
    for more in (1, 30):
        ids = goods(shop, more, prefix=f"C{more}")
        services.set_stocks(seller=shop, actor=actor, now=now, changes=[
            StockInput(depot.id, 5, product_id=id_) for id_ in ids])
        with CaptureQueriesContext(connection) as seen:
            assert anna_client.get(reverse("inventory:ledger")).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_without_a_warehouse_the_grid_leads_to_opening_one(anna_client, goods, shop) -> None:
    goods(shop)

    page = anna_client.get(reverse("inventory:stocks")).content.decode()

    assert reverse("inventory:warehouse_new") in page
    assert "Open a warehouse first" in page
