"""The customs invoice on the page of its posting."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sellerdesk.core import activity
from sellerdesk.orders.models import Invoice, InvoiceFile
from sellerdesk.orders.services import forget_invoice_files

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def number(rival_stall) -> str:
    return rival_stall.place()[0]


@pytest.fixture(autouse=True)
def _clara_reads_english(clara) -> None:
    clara.language = "en"
    clara.save()


def form(stall, data=PDF, **more):
    return {"number": "INV-7", "date": "2026-11-20", "price": "1 299,90", "price_currency": "CNY",
            f"hs-{stall.sku(stall.mug)}": "6912 00", **({"file": SimpleUploadedFile("x.exe", data)} if data else {}), **more}


def test_a_person_attaches_replaces_and_removes_it(rival_stall, number, clara_client):
    page = reverse("orders:posting", args=[number])
    assert "Attach an invoice" in clara_client.get(page).content.decode()

    assert clara_client.post(reverse("orders:invoice", args=[number]), form(rival_stall)).status_code == 302

    shown = clara_client.get(page).content.decode()
    assert "INV-7" in shown
    assert "691200" in shown
    assert "1,299.90" in shown
    file = clara_client.get(reverse("orders:invoice_file", args=[number]))
    assert (file.content, file["Content-Type"], file["X-Content-Type-Options"]) == (PDF, "application/pdf", "nosniff")

    # Without a file the one that is there stays.
    before = InvoiceFile.objects.get()
    clara_client.post(reverse("orders:invoice", args=[number]), form(rival_stall, None, number="INV-8"))
    assert InvoiceFile.objects.get() == before
    assert 'value="INV-8"' in clara_client.get(reverse("orders:invoice", args=[number])).content.decode()

    assert clara_client.post(reverse("orders:invoice_remove", args=[number])).status_code == 302
    assert not Invoice.objects.exists()
    assert [one.event for one in activity.history(rival_stall.seller.id, "posting", number, 5)][:3] == [
        "orders.posting.invoice_removed", "orders.posting.invoice_attached", "orders.posting.invoice_attached"]


def test_what_is_wrong_stands_at_its_field(rival_stall, number, clara_client):
    address = reverse("orders:invoice", args=[number])

    said = clara_client.post(address, form(rival_stall, price="many")).content.decode()
    assert "“many” is not the sum of an invoice" in said
    said = clara_client.post(address, form(rival_stall, b"MZ program")).content.decode()
    assert "This file is not taken" in said
    answer = clara_client.post(address, form(rival_stall, None))
    assert answer.status_code == 422
    assert "Add the file of the invoice." in answer.content.decode()
    assert not Invoice.objects.exists()


def test_postings_within_a_country_have_none(stall, anna_client):
    [number] = stall.place()

    assert "Customs invoice" not in anna_client.get(reverse("orders:posting", args=[number])).content.decode()
    assert anna_client.get(reverse("orders:invoice", args=[number])).status_code == 409


def test_the_look_of_an_invoice_is_forgotten_with_the_shop(rival_stall, number, clara_client):
    clara_client.post(reverse("orders:invoice", args=[number]), form(rival_stall))

    forget_invoice_files(rival_stall.seller.id)

    assert Invoice.objects.get().file_id is None
    assert clara_client.get(reverse("orders:invoice_file", args=[number])).status_code == 404
    assert clara_client.get(reverse("orders:posting", args=[number])).status_code == 200
