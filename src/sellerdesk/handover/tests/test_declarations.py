from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from sellerdesk.catalog.models import Product
from sellerdesk.handover import queries, services
from sellerdesk.handover.errors import CarriageUnknown
from sellerdesk.orders import queries as orders


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
    found = queries.declarations(rival_shop, carriage)

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
        queries.declarations(rival_shop, carriage + 1)
