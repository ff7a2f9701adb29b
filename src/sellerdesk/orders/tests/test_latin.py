"""The buyer in Latin letters: suggested, corrected, printed, forgotten."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sellerdesk.core.errors import Invalid
from sellerdesk.handover import services as handover
from sellerdesk.handover.services import labels
from sellerdesk.orders import queries, services
from sellerdesk.orders.errors import AddressLeft, NotLatin, PostingNotFound
from sellerdesk.orders.models import Order
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.services import latin


@pytest.fixture
def number(rival_stall) -> str:
    """Clara's parcel to a buyer whose name and address are Cyrillic."""
    request = replace(rival_stall.request((rival_stall.mug, 1), buyer="Юлия Щукина"), address="ул. Ленина, 5",
                      region="Татарстан")
    return rival_stall.place(request)[0]


def write(stall, number, name="", address=""):
    services.write_latin(seller=stall.seller, number=number, name=name, address=address, actor=stall.actor,
                         now=stall.now)


def label(stall, number):
    return labels._data(stall.seller, queries.posting(stall.seller, number), "en")


def test_name_and_address_are_suggested_as_passports_spell_them(rival_stall, number, clara_client) -> None:
    card = queries.posting(rival_stall.seller, number)
    page = clara_client.get(reverse("orders:posting", args=[number])).content.decode()

    assert (card.name_in_latin, card.address_in_latin) == ("Iuliia Shchukina", "ul. Lenina, 5, Kazan, Tatarstan")
    assert 'value="Iuliia Shchukina"' in page
    assert "ul. Lenina, 5, Kazan, Tatarstan" in page


def test_what_the_shop_writes_stands_on_the_label_and_what_it_empties_is_suggested_again(rival_stall, number, clara_client) -> None:
    assert (label(rival_stall, number).recipient, label(rival_stall, number).address) == (
        "Iuliia Shchukina", "ul. Lenina, 5, Kazan, Tatarstan")

    clara_client.post(reverse("orders:latin", args=[number]), {"latin_name": "Julia  Schukina", "latin_address": ""})
    assert (label(rival_stall, number).recipient, label(rival_stall, number).address) == (
        "Julia Schukina", "ul. Lenina, 5, Kazan, Tatarstan")

    write(rival_stall, number)
    assert label(rival_stall, number).recipient == "Iuliia Shchukina"


def test_parcels_that_cross_no_customs_border_keep_their_spelling(stall) -> None:
    [home] = stall.place(stall.request((stall.mug, 1), buyer="Юлия Щукина"))
    [near] = stall.place(replace(stall.request((stall.mug, 1), buyer="Юлия Щукина", city="Алматы"), country="KZ"))

    assert [label(stall, one).recipient for one in (home, near)] == ["Юлия Щукина", "Юлия Щукина"]


@pytest.mark.parametrize(("name", "address", "field"), [
    ("Юлия", "", "latin_name"), ("Juliа", "", "latin_name"), ("12", "", "latin_name"), ("Julia", "Ленина 5", "latin_address")])
def test_other_letters_are_refused_by_field_and_nothing_changes(rival_stall, number, name, address, field) -> None:
    with pytest.raises(NotLatin) as refused:
        write(rival_stall, number, name, address)

    assert (refused.value.code, refused.value.fields[0].field) == ("NOT_LATIN", field)
    assert Order.objects.get().latin_name == ""


def test_a_rival_and_a_parcel_that_left_are_refused(rival_stall, number, stall, anna_client) -> None:
    with pytest.raises(PostingNotFound):
        write(stall, number, "Julia")
    assert anna_client.post(reverse("orders:latin", args=[number]), {"latin_name": "J"}).status_code == 404
    services.ship_many(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor, now=rival_stall.now)
    services.hand_over(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor, now=rival_stall.now)

    with pytest.raises(AddressLeft):
        write(rival_stall, number, "Julia")


def test_the_declaration_names_the_consignee_while_buyers_are_shown(rival_stall, number) -> None:
    services.ship_many(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor,
                       now=rival_stall.now - timedelta(minutes=1))
    services.hand_over(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor, now=rival_stall.now)

    def said() -> str:
        file = handover.declaration_file(seller=rival_stall.seller, number=number)
        return "".join(one.extract_text() for one in PdfReader(io.BytesIO(file.data)).pages)

    assert "Iuliia Shchukina" in said()
    assert "ul. Lenina, 5, Kazan, Tatarstan" in said()
    rival_stall.scan(number, "accepted", "at_pickup_point", "delivered", at=rival_stall.now - timedelta(days=400))
    queries_hidden = queries.buyer(queries.posting(rival_stall.seller, number), rival_stall.now).hidden_since
    assert queries_hidden is not None
    assert "Shchukina" not in said()


def test_what_was_written_is_forgotten_with_the_buyer(rival_stall, number) -> None:
    write(rival_stall, number, "Julia Schukina", "Lenina 5, Kazan")

    services.forget_buyers(seller_id=rival_stall.seller.id)

    order = Order.objects.get()
    assert (order.latin_name, order.latin_address) == ("", "")


def test_the_company_s_address_is_written_in_latin_and_stands_on_the_declaration(rival_stall, number, clara_client) -> None:
    url = reverse("sellers:company_latin")
    assert clara_client.get(reverse("sellers:company")).status_code == 200

    clara_client.post(url, {"latin_address": "深圳市福田区"})
    assert sellers.profile(rival_stall.seller).latin_address == ""
    with pytest.raises(Invalid) as refused:
        latin.write_address(seller=rival_stall.seller, text="Shenzhen 福田", actor=rival_stall.actor, now=rival_stall.now)
    assert (refused.value.code, refused.value.fields[0].field) == ("not_latin", "latin_address")
    clara_client.post(url, {"latin_address": "1  Futian Rd, Shenzhen"})

    services.ship_many(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor,
                       now=rival_stall.now - timedelta(minutes=1))
    services.hand_over(seller=rival_stall.seller, numbers=[number], actor=rival_stall.actor, now=rival_stall.now)
    file = handover.declaration_file(seller=rival_stall.seller, number=number)
    assert "1 Futian Rd, Shenzhen" in "".join(one.extract_text() for one in PdfReader(io.BytesIO(file.data)).pages)
