from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sellerdesk.core.actor import Actor
from sellerdesk.supply import queries, services
from sellerdesk.supply.models import Draft, Supply
from sellerdesk.supply.types import Counted, SupplyFilter

from .conftest import CENTRE, PODOLSK, SLOT

pytestmark = pytest.mark.django_db
PEOPLE = Actor.system("warehouse")


@pytest.fixture
def page(client, anna, desk):
    client.force_login(anna)
    return client


def test_a_supply_is_made_filled_in_and_cancelled_by_hand(page, desk):
    sku = desk.stall.sku(desk.stall.mug)
    first = page.post("/supplies/new", {"cluster": CENTRE, "kind": "direct", f"units-{sku}": "6", "lines": "PAN-1 4"})
    second = page.get(first.url)
    assert first.url.startswith("/supplies/drafts/")
    assert "ПОДОЛЬСК_ФУЛФИЛМЕНТ" in second.content.decode()
    assert SLOT.isoformat() in second.content.decode()

    made = page.post(first.url, {"storage": PODOLSK, "slot": SLOT.isoformat()})
    card = desk.card(Supply.objects.get().pk)
    assert made.url == f"/supplies/{card.id}/"
    assert (card.units, card.missing) == (10, ("cargoes", "car"))

    page.post(f"/supplies/{card.id}/boxes/add", {f"units-{sku}": "6", "kind": "box"})
    assert "4" in page.get(f"/supplies/{card.id}/boxes").content.decode()
    page.post(f"/supplies/{card.id}/boxes/deal", {"count": "2", "kind": "pallet"})
    page.post(f"/supplies/{card.id}/car", {"number": "а1", "model": "ГАЗель", "driver": "Б. К.", "phone": "+79000001122"})
    assert desk.state(card.id) == "ready_to_supply"
    assert page.post(f"/supplies/{card.id}/labels").content.startswith(b"%PDF")

    page.post(f"/supplies/{card.id}/slots", {"slot": (SLOT + timedelta(hours=1)).isoformat()})
    assert desk.card(card.id).slot_from == SLOT + timedelta(hours=1)
    page.post(f"/supplies/{card.id}/cancel")
    assert desk.state(card.id) == "cancelled"
    assert card.number in page.get("/supplies/?tab=ended").content.decode()


def test_every_bad_row_of_a_sheet_is_named_and_nothing_is_made(page):
    file = SimpleUploadedFile("goods.csv", b"Offer;Units\nMUG-1;many\nPAN-1;\nMUG-1;3\n")

    answer = page.post("/supplies/new", {"cluster": CENTRE, "kind": "direct", "file": file}, HTTP_ACCEPT_LANGUAGE="en")

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "many" in text
    assert "Row 2" in text
    assert "Row 3" in text
    assert not Draft.objects.exists()


def test_what_was_left_out_stands_beside_the_choice_of_a_warehouse(page):
    answer = page.post("/supplies/new", {"cluster": CENTRE, "kind": "direct", "lines": "MUG-1 3\nCUP-9 2"}, follow=True)

    assert "CUP-9" in answer.content.decode()


def test_a_report_is_shown_with_its_differences_and_disputed(page, desk):
    supply = desk.ready()
    services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)
    services.report_counted(supply_id=supply, counted=[Counted(desk.stall.mug, 7, 2)], actor=PEOPLE, now=SLOT)
    assert f"/supplies/{supply}/dispute" in page.get(f"/supplies/{supply}/").content.decode()

    page.post(f"/supplies/{supply}/dispute", {"comment": "Nine were good."})

    assert desk.state(supply) == "report_rejected"
    assert "Nine were good." in page.get(f"/supplies/{supply}/").content.decode()


def test_stock_with_the_marketplace_has_a_page_of_its_own(page, desk):
    supply = desk.ready()
    services.hand_in(supply_id=supply, actor=PEOPLE, now=SLOT)
    services.report_counted(supply_id=supply, counted=[Counted(desk.stall.mug, 10)], actor=PEOPLE, now=SLOT)

    text = page.get("/stocks/marketplace/").content.decode()

    assert "MUG-1" in text
    assert "ПОДОЛЬСК_ФУЛФИЛМЕНТ" in text
    assert "ПОДОЛЬСК" not in page.get("/stocks/").content.decode()


def test_pages_need_a_fixed_number_of_statements(page, desk, statements):
    desk.supply()
    page.get("/supplies/")
    few = statements(lambda: page.get("/supplies/"))
    for hour in (1, 2):
        desk.supply((desk.stall.mug, 2), (desk.stall.pan, 2), slot=SLOT + timedelta(hours=hour))

    assert statements(lambda: page.get("/supplies/")) == few
    assert len(queries.supplies_page(desk.seller, filter=SupplyFilter()).rows) == 3
