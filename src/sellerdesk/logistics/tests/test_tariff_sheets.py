from __future__ import annotations

import io
from datetime import timedelta

import pytest
import xlsxwriter

from sellerdesk.catalog.errors import FileRefused
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid, NotFound
from sellerdesk.logistics import defaults, queries, services, tariff_rows, texts
from sellerdesk.logistics.services import tariff_sheets
from sellerdesk.logistics.tariffs import read
from sellerdesk.logistics.types import QuoteRequest

OPERATOR = Actor.system("operator")
NIGHT = {"tariff": "veloport.night", "carrier": "veloport", "name_en": "Veloport, by night", "name_ru": "Велопорт ночью",
         "name_zh": "维洛快递夜送", "zone_en": "Capital", "cities": "Москва; Химки", "days_max": "1", "currency": "RUB",
         "fixed": "120.00", "per_step": "4.5", "max_weight_g": "10000", "step_g": "500"}


def book(*rows, head=tariff_rows.COLUMNS):
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("Tariffs")
    sheet.write_row(0, 0, head)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [row.get(name, "") for name in head])
    made.close()
    out.seek(0)
    return out, len(out.getvalue())


def put(rows, valid_from, **changes):
    return tariff_sheets.put_tariffs(**{"rows": rows, "valid_from": valid_from, "source": "Letter of 1 November",
                                        "actor": OPERATOR, "now": valid_from, **changes})


def test_the_sheet_in_force_changes_nothing_when_it_comes_back(shop, now) -> None:
    data = tariff_sheets.sheet(language="ru", now=now)

    rows, unknown = tariff_sheets.rows_of(io.BytesIO(data), len(data), now)
    plan = tariff_sheets.plan(rows=rows, at=now)

    assert unknown == []
    assert (plan.errors, plan.changes, len(plan.tariffs)) == ((), 0, len(defaults.TARIFFS))


@pytest.mark.parametrize("key", list(defaults.TARIFFS))
def test_every_tariff_is_the_same_after_a_round_through_the_sheet(key) -> None:
    values, errors = tariff_rows.gather(list(enumerate(tariff_rows.spread(key, defaults.TARIFFS[key]), start=2)))

    assert errors == []
    assert read(values[key]) == read(defaults.TARIFFS[key])


def test_a_new_price_holds_from_its_moment_and_orders_before_keep_theirs(shop, now) -> None:
    def quote(at):
        return services.quote(seller=shop, request=QuoteRequest(1, 500, "Казань", at))

    rows = [(number, {**row, "fixed": "70.00"} if row["zone_en"] == "All other places" and row["currency"] == "RUB"
             else row)
            for number, row in enumerate(tariff_rows.spread("veloport.standard", defaults.TARIFFS["veloport.standard"]))]
    plan = tariff_sheets.plan(rows=rows, at=now)

    assert [(one.key, one.state, [(d.what, d.zone, d.currency, d.before, d.after) for d in one.differences])
            for one in plan.tariffs] == [
        ("veloport.standard", "changed", [("fixed", "All other places", "RUB", "65.00", "70.00")])]
    assert put(rows, now + timedelta(days=1), now=now) == 1
    assert (quote(now).amount_minor, quote(now + timedelta(days=1)).amount_minor) == (82_50, 87_50)
    assert quote(now).rule_id != quote(now + timedelta(days=1)).rule_id
    assert [row.versions for row in queries.tariffs_in_force(now) if row.key == "veloport.standard"] == [2]
    assert put(rows, now + timedelta(days=2), now=now) == 0


def test_a_new_service_is_there_to_be_switched_on(shop, now) -> None:
    assert put([(2, NIGHT)], now) == 1

    row = next(row for row in queries.tariffs_in_force(now) if row.key == "veloport.night")
    assert (row.names["ru"], row.integration, row.source.text) == ("Велопорт ночью", "platform", "Letter of 1 November")
    assert "veloport.night" not in {method.tariff for method in services.create_methods(
        seller=shop, warehouse_id=1, now=now)}
    [entry] = [one for one in activity.latest(None) if one.event == "logistics.tariff.changed"]
    assert entry.sentence == "A new version of the tariff veloport.night was put into force"


@pytest.mark.parametrize(("changes", "column", "code"), [
    ({"tariff": "Night!"}, "tariff", "tariff"), ({"carrier": "nobody"}, "carrier", "carrier"),
    ({"tariff": "veloport.standard", "carrier": "tundra"}, "carrier", "other_carrier"),
    ({"integration": "pigeon"}, "integration", "integration"), ({"name_zh": ""}, "name_zh", "needed"),
    ({"step_g": "1.5"}, "step_g", "number"), ({"fixed": "65.001"}, "fixed", "money"), ({"fixed": ""}, "fixed", "needed"),
    ({"per_step": "-1"}, "per_step", "money"), ({"currency": "ABC"}, "currency", "currency"),
    ({"origins": "Russia"}, "origins", "country"), ({"batteries": "maybe"}, "batteries", "yes_no"),
    ({"days_min": "5"}, "days_max", "days"), ({"days_max": ""}, "days_max", "needed"),
    ({"volumetric_above_mm": "900"}, "divisor", "needed")])
def test_each_wrong_cell_is_named_with_what_to_do(changes, column, code) -> None:
    values, errors = tariff_rows.gather([(7, {**NIGHT, **changes})])

    assert values == {}
    assert [(error.row, error.column, error.code) for error in errors] == [(7, column, code)]
    assert "%(" not in texts.cell(errors[0])


def test_rows_of_one_tariff_must_agree() -> None:
    rest = {**NIGHT, "zone_en": "Rest", "cities": ""}
    rows = [(2, NIGHT), (3, {**NIGHT, "fixed": "1.00"}), (4, {**rest, "step_g": "100", "cities": "ХИМКИ"}), (5, rest),
            (6, {**rest, "zone_en": "Other rest"})]

    _values, errors = tariff_rows.gather(rows)

    assert [(error.row, error.column, error.code, dict(error.data)) for error in errors] == [
        (3, "currency", "twice", {"first": 2}), (4, "step_g", "differs", {"first": 2}),
        (4, "cities", "place_twice", {"first": 2}), (6, "cities", "everywhere_twice", {"first": 5})]


def test_a_sheet_with_one_error_changes_nothing(shop, now) -> None:
    rows = [(2, NIGHT), (3, {**NIGHT, "tariff": "tundra.night", "carrier": "nobody"})]

    with pytest.raises(Invalid) as refused:
        put(rows, now)
    with pytest.raises(Invalid) as late:
        put([(2, NIGHT)], now - timedelta(seconds=1), now=now, source=" ")

    assert [error.code for error in refused.value.fields] == ["tariff_sheet_wrong"]
    assert [error.code for error in late.value.fields] == ["past", "source_missing"]
    assert dated.versions("logistics.tariff", "veloport.night") == []
    with pytest.raises(NotFound):
        queries.tariff_versions("veloport.night")


def test_what_is_no_sheet_of_tariffs_is_refused(shop, now) -> None:
    strange, size = book({"a": "1"}, head=("a", "b"))

    with pytest.raises(Invalid) as refused:
        tariff_sheets.rows_of(strange, size, now)
    with pytest.raises(FileRefused):
        tariff_sheets.rows_of(io.BytesIO(b"%PDF-1.4 nothing"), 16, now)

    assert refused.value.code == "tariff_sheet_strange"


def test_the_console_looks_before_it_changes(operator_client, anna_client, db) -> None:
    file, _size = book({**NIGHT}, {**NIGHT, "tariff": "x", "fixed": "1"})
    file.name = "tariffs.xlsx"
    wrong = operator_client.post("/console/tariffs/import", {"file": file}).content.decode()
    file, _size = book(NIGHT, head=(*tariff_rows.COLUMNS, "colour"))
    file.name = "tariffs.xlsx"
    right = operator_client.post("/console/tariffs/import", {"file": file})

    assert "Write the key in small Latin letters with a dot" in wrong
    assert 'name="rows"' not in wrong
    rows = right.context["form"].initial["rows"]
    assert dated.versions("logistics.tariff", "veloport.night") == []
    missing = operator_client.post("/console/tariffs/import", {"rows": rows})
    assert missing.status_code == 422
    done = operator_client.post("/console/tariffs/import", {"rows": rows, "source": "Contract 7"})
    assert done.status_code == 302
    assert "Contract 7" in operator_client.get("/console/tariffs/").content.decode()
    assert "4.50" in operator_client.get("/console/tariffs/veloport.night/").content.decode()
    assert operator_client.get("/console/tariffs/sheet").content.startswith(b"PK")
    assert anna_client.get("/console/tariffs/").status_code == 404
