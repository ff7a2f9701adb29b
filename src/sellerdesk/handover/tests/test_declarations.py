from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from sellerdesk.catalog.models import Product
from sellerdesk.finance.services import rates
from sellerdesk.handover import queries, services
from sellerdesk.handover.errors import CarriageUnknown
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import Posting


@pytest.fixture
def carriage(rival_stall) -> int:
    """A carriage of Clara's with two parcels; the mug's card says everything, the pan's nothing."""
    Product.objects.filter(pk=rival_stall.mug).update(attributes=[
        {"id": 22232, "values": [{"dictionary_value_id": 0, "value": "691200"}]},
        {"id": 10402, "values": [{"dictionary_value_id": 0, "value": "ceramic mug"}]},
        {"id": 4389, "values": [{"dictionary_value_id": 0, "value": "China"}]}])
    numbers = rival_stall.packed(rival_stall.request((rival_stall.mug, 2)),
                                 rival_stall.request((rival_stall.mug, 1), (rival_stall.pan, 1)))
    method = orders.posting(rival_stall.seller, numbers[0]).delivery_method_id
    return services.create_carriage(seller=rival_stall.seller, method_id=method, departs_on=None,
                                    actor=rival_stall.actor, now=rival_stall.now)


def test_goods_are_told_by_parcel_and_added_up_by_code_and_country(rival_shop, rival_stall, carriage) -> None:
    found = queries.declarations(rival_shop, carriage, now=rival_stall.now)

    assert [(one.name, one.hs_code, one.country, one.quantity, one.weight_g, one.value_minor) for one in found.lines][:2] == [
        ("ceramic mug", "691200", "CN", 2, 600, 2_000_00), ("ceramic mug", "691200", "CN", 1, 300, 1_000_00)]
    assert [one.missing for one in found.lines] == [(), (), ("hs_code", "customs_name", "country")]
    assert [(one.hs_code, one.quantity, one.value_minor) for one in found.sums] == [("", 1, 250_50), ("691200", 3, 3_000_00)]
    assert (found.units, found.value_minor, found.incomplete) == (4, 3_250_50, 1)


def test_the_list_is_a_page_a_sheet_and_a_paper(rival_shop, rival_stall, carriage, clara_client, anna_client) -> None:
    page = clara_client.get(reverse("handover:declarations", args=[carriage]))
    sheet = clara_client.get(reverse("handover:declarations_file", args=[carriage, "xlsx"]))
    paper = clara_client.get(reverse("handover:declarations_file", args=[carriage, "pdf"]))

    assert "ceramic mug" in page.content.decode()
    assert reverse("handover:declarations", args=[carriage]) in clara_client.get(
        reverse("handover:carriage", args=[carriage])).content.decode()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_name("By parcel").to_python()
    assert [row[3] for row in rows[1:3]] == ["691200", "691200"]
    assert rows[1][8] == 2000
    said = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages)
    assert "691200" in said
    assert "Clara Trading Co." in said
    assert anna_client.get(reverse("handover:declarations", args=[carriage])).status_code == 404
    with pytest.raises(CarriageUnknown):
        queries.declarations(rival_shop, carriage + 1, now=rival_stall.now)


def test_value_currency_rate_and_source_stand_on_the_list_and_in_the_sheet(rival_shop, rival_stall, clara_client) -> None:
    Product.objects.filter(pk=rival_stall.pan).update(attributes=[
        {"id": 10403, "values": [{"dictionary_value_id": 0, "value": "12.50 USD"}]}])
    stall = rival_stall
    numbers = stall.packed(stall.request((stall.mug, 2), (stall.pan, 3)))
    number = services.create_carriage(
        seller=rival_shop, method_id=orders.posting(rival_shop, numbers[0]).delivery_method_id, departs_on=None,
        actor=stall.actor, now=stall.now)
    # Later rates change nothing of what was told.
    rates.import_rates(text="USD;2026-11-23;200\nCNY;2026-11-23;50", source="Later", actor=stall.actor, now=stall.now)

    mug, pan = queries.declarations(rival_shop, number, now=rival_stall.now).lines
    sheet = clara_client.get(reverse("handover:declarations_file", args=[number, "xlsx"]))
    page = clara_client.get(reverse("handover:declarations", args=[number])).content.decode()

    assert (mug.value_minor, mug.currency, mug.own_minor, mug.declared) == (2_000_00, "CNY", 2_000_00, False)
    # 12.50 USD at 80 and 11.2 roubles are 89.29 yuan.
    assert (pan.value_minor, pan.currency, pan.own_minor, pan.declared) == (37_50, "USD", 3 * 89_29, True)
    assert (mug.rate.text, pan.rate.text) == ("11.2", "80")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_name("By parcel").to_python()
    assert rows[2][8:11] == [37.5, "USD", "80"]
    assert rows[2][12].startswith("Exchange rates of this marketplace")
    assert rows[2][13] == 267.87
    assert "1 USD = 80 RUB" in " ".join(page.split())


def test_a_value_is_declared_on_the_page_of_the_posting_until_it_is_packed(rival_shop, rival_stall, clara_client, anna_client) -> None:
    [number] = rival_stall.place(rival_stall.request((rival_stall.mug, 1)))
    url, sku = reverse("orders:declare", args=[number]), rival_stall.sku(rival_stall.mug)

    assert anna_client.post(url, {"sku": sku, "value": "1 USD"}).status_code == 404
    clara_client.post(url, {"sku": sku, "value": "30,5 eur"})
    body = clara_client.get(reverse("orders:posting", args=[number])).content.decode()
    assert "30.50 EUR" in body
    assert "1 EUR = 93 RUB" in body
    wrong = clara_client.post(url, {"sku": sku, "value": "thirty"}, follow=True).content.decode()
    assert "thirty" in wrong
    assert orders.posting(rival_shop, number).lines[0].declared_currency == "EUR"

    clara_client.post(url, {"sku": sku, "value": ""})
    assert orders.posting(rival_shop, number).lines[0].declared_minor == 0


def test_consignees_are_named_in_latin_letters_as_long_as_buyers_are_shown(rival_shop, rival_stall, clara_client) -> None:
    numbers = rival_stall.packed(rival_stall.request((rival_stall.mug, 1), (rival_stall.pan, 1), buyer="Юлия Щукина"))
    method = orders.posting(rival_stall.seller, numbers[0]).delivery_method_id
    made = services.create_carriage(seller=rival_stall.seller, method_id=method, departs_on=None,
                                    actor=rival_stall.actor, now=rival_stall.now)

    assert "Iuliia Shchukina" in clara_client.get(reverse("handover:declarations", args=[made])).content.decode()
    sheet = clara_client.get(reverse("handover:declarations_file", args=[made, "xlsx"]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_name("By parcel").to_python()
    assert rows[0][14:] == ["Consignee", "Address of the consignee"]
    assert [row[14] for row in rows[1:]] == ["Iuliia Shchukina", "Iuliia Shchukina"]
    assert "Kazan" in rows[1][15]
    paper = clara_client.get(reverse("handover:declarations_file", args=[made, "pdf"]))
    said = "".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages)
    # Once for the parcel, however many goods lie in it.
    assert said.count("Iuliia Shchukina") == 1

    Posting.objects.update(state="delivered", delivered_at=rival_stall.now)
    later = queries.declarations(rival_shop, made, now=rival_stall.now + timedelta(days=400))
    assert {one.consignee for one in later.lines} == {("", "")}
