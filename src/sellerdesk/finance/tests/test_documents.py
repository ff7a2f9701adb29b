from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.core.errors import Conflict, NotFound
from sellerdesk.core.models import Job
from sellerdesk.finance import services
from sellerdesk.finance.models_documents import Document
from sellerdesk.finance.queries import documents as reading
from sellerdesk.finance.queries import figures
from sellerdesk.finance.services import documents
from sellerdesk.finance.types import BookedLine, Charge, DeliveredPosting, ReturnedGoods

pytestmark = pytest.mark.usefixtures("dated_rules")
DECEMBER = datetime(2026, 12, 3, 9, tzinfo=UTC)


@pytest.fixture
def november(shop, stall) -> None:
    """Two sales of mugs and one of a pan; a mug comes back; a penalty, half of it given back; a compensation."""
    mug, pan = stall.sku(stall.mug), stall.sku(stall.pan)
    at = datetime(2026, 11, 5, 9, tzinfo=UTC)
    services.book_deliveries(postings=[
        DeliveredPosting(shop.id, f"1-{day}", "RUB", at + timedelta(days=day), lines, 150_00) for day, lines in enumerate((
            (BookedLine(mug, 2, 2_000_00, 240_00), BookedLine(pan, 1, 250_50, 30_06)), (BookedLine(mug, 1, 1_000_00, 120_00),),
            (BookedLine(mug, 1, 900_00, 108_00),)))])
    services.book_returns(returns=[ReturnedGoods(shop.id, "r", "1-0", "RUB", at + timedelta(days=9), (
        BookedLine(mug, 1, 1_000_00, 120_00),), 90_00)])
    services.book_charges(charges=[
        Charge(shop.id, "p", "penalty", "1-1", "RUB", at, -60_00, 3), Charge(shop.id, "b", "penalty_back", "1-1", "RUB", at, 30_00, 3),
        Charge(shop.id, "c", "compensation", "1-2", "RUB", at, 500_00, 4)])


def made(shop, actor, kind: str, day: date = date(2026, 11, 20), language: str = "en"):
    code = documents.make_document(seller=shop, kind=kind, day=day, language=language, actor=actor, now=DECEMBER)
    return reading.by_code(shop, code)


@pytest.mark.parametrize("kind", [kind for kind in figures.KINDS if kind != "realization_day"])
@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_every_form_of_every_document_prints_a_difference_of_zero(shop, actor, november, kind, language) -> None:
    day = date(2026, 11, 20) if kind != "mutual_settlement" else date(2026, 9, 20)

    row = made(shop, actor, kind, day, language)

    assert (row.state, row.difference_minor) == ("success", 0)
    files = {form: documents.open_document(seller=shop, document_id=row.id, form=form) for form in ("pdf", "xlsx", "json")}
    assert json.loads(files["json"].data)["difference"] == "0.00"
    said = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"].data)).pages)
    difference = {"en": "Difference", "ru": "Расхождение", "zh-hans": "差额"}[language]
    assert difference in said
    front = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"].data)).get_sheet_by_index(0).to_python()
    assert [line[1] for line in front if line[0] == difference] == [0]


def test_the_realisation_tells_goods_apart_by_price_and_counts_returns(shop, actor, stall, november) -> None:
    row = made(shop, actor, "realization_month")

    told = json.loads(documents.open_document(seller=shop, document_id=row.id, form="json").data)
    assert [(one["offer_id"], one["price"], one["sold"], one["returned"], one["net"]) for one in told["goods"]] == [
        ("MUG-1", "1000.00", 3, 1, "1760.00"), ("MUG-1", "900.00", 1, 0, "792.00"), ("PAN-1", "250.50", 1, 0, "220.44")]
    assert {one["kind"]: one["amount"] for one in told["services"]} == {
        "logistics": "-450.00", "acquiring": "-62.26", "return_logistics": "-90.00", "penalty": "-60.00",
        "penalty_back": "30.00", "compensation": "500.00"}
    assert told["total"] == told["ledger"] == "2640.18"


def test_the_quarter_goes_from_balance_to_balance(shop, actor, november) -> None:
    found = figures.figures(shop, "mutual_settlement", date(2026, 10, 1), date(2026, 12, 31))

    assert (found.total_minor, found.difference_minor) == (2_640_18, 0)
    assert found.tables[0].rows[0][0] == "opening"


def test_a_document_is_made_once_until_the_ledger_changes(shop, actor, november) -> None:
    first, second = made(shop, actor, "realization_posting"), made(shop, actor, "realization_posting")
    services.book_charges(charges=[Charge(shop.id, "late", "penalty", "1-1", "RUB", datetime(2026, 11, 29, tzinfo=UTC), -1_00, 3)])
    third = made(shop, actor, "realization_posting")

    assert first == second != third
    assert (third.number, third.total_minor) == (f"{first.number}-2", first.total_minor - 1_00)
    with pytest.raises(Conflict, match="period_open"):
        made(shop, actor, "realization_month", date(2026, 12, 1))


def test_a_long_document_is_a_job_and_a_months_end_makes_its_own(shop, actor, november, monkeypatch) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", 3)
    row = made(shop, actor, "realization_day", date(2026, 11, 5))
    assert row.state == "waiting"
    documents.build(document_id=row.id, now=DECEMBER)
    assert reading.document(shop, row.id).state == "success"

    assert documents.issue_due(now=datetime(2026, 12, 2, 20, tzinfo=UTC)) == 0
    assert documents.issue_due(now=DECEMBER) == 2
    assert documents.issue_due(now=DECEMBER) == 0

    assert set(Document.objects.filter(state="waiting").values_list("kind", "language")) == {
        ("realization_month", "en"), ("commission_invoice", "en")}
    assert Job.objects.filter(task__endswith="build_document").count() == 3


def test_files_go_at_their_term_and_the_total_stays(shop, actor, november) -> None:
    row = made(shop, actor, "compensation")

    assert documents.end_terms(now=row.expires_at) == 1

    assert reading.document(shop, row.id).total_minor == 500_00
    with pytest.raises(Conflict, match="document_unready"):
        documents.open_document(seller=shop, document_id=row.id, form="pdf")


def test_the_page_lists_makes_and_downloads(anna_client, clara_client, shop, november, client) -> None:
    anna_client.post(reverse("finance:document_make"), {"kind": "realization_month", "month": "2026-10-01"})
    page = anna_client.get(reverse("finance:documents"))

    [row] = page.context["table"].rows
    address = reverse("finance:document_file", args=[row.id, "pdf"])
    assert anna_client.get(address).content.startswith(b"%PDF-")
    assert clara_client.get(address).status_code == 404
    assert anna_client.get(reverse("finance:document_file", args=[row.id, "exe"])).status_code == 404
    link = reading.file_path(shop, row)
    assert client.get(link).status_code == 200
    assert client.get(link[:-2] + "x/").status_code == 404
    with pytest.raises(NotFound):
        reading.by_code(shop, "REPORT_nothing")
