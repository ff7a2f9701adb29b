from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sellerdesk.orders import queries, services

LIST = "/orders/"
LIVE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "section#list-orders-postings-region"}


def page(number: str) -> str:
    return reverse("orders:posting", args=[number])


def test_the_list_puts_what_is_due_first_and_counts_the_tabs(stall, anna_client) -> None:
    from datetime import timedelta

    [late, soon] = stall.place(stall.request(at=stall.now), stall.request(at=stall.now - timedelta(days=2)))
    stall.packed(stall.request((stall.pan, 2)))

    html = anna_client.get(LIST).content.decode()

    assert html.index(soon) < html.index(late)
    assert "Mug «Ёлка»" in html
    assert "late by" in html
    assert "Pan «Ёлка»" not in html
    assert "Pan «Ёлка»" in anna_client.get(f"{LIST}?tab=to_hand_over").content.decode()


def test_the_overdue_are_those_the_board_counts(stall, anna_client) -> None:
    from datetime import timedelta

    long_ago = stall.now - timedelta(days=3)
    [late] = stall.place(stall.request(at=long_ago))
    [gone] = stall.handed_over(stall.request(at=long_ago))
    [fresh] = stall.place()

    html = anna_client.get(f"{LIST}?tab=all&late=1").content.decode()

    assert [number in html for number in (late, gone, fresh)] == [True, False, False]
    assert queries.due(stall.seller, stall.now).overdue == 1


def test_a_new_posting_comes_in_without_reload(stall, anna_client) -> None:
    stall.place()
    html = anna_client.get(LIST).content.decode()
    poll = html.split('data-poll="/orders/', 1)[1].split('"', 1)[0].replace("&amp;", "&")

    assert anna_client.get(f"/orders/{poll}", **LIVE).status_code == 204
    [number] = stall.place()

    assert number in anna_client.get(f"/orders/{poll}", **LIVE).content.decode()


@pytest.mark.parametrize(("path", "few", "many", "most"), [("list", 2, 12, 14), ("page", 1, 1, 25)])
def test_pages_need_the_same_queries_for_few_and_many(stall, anna_client, statements, path, few, many, most) -> None:
    stall.place(*(stall.request() for _ in range(few)))
    [number] = stall.packed(stall.request((stall.mug, 1), (stall.pan, 1)))
    address = LIST if path == "list" else page(number)
    anna_client.get(address)

    before = statements(lambda: anna_client.get(address))
    stall.place(*(stall.request((stall.pan, 1)) for _ in range(many)))

    assert statements(lambda: anna_client.get(address)) == before <= most


def test_from_the_page_a_posting_is_packed_labelled_and_handed_over(stall, labels_at_once, anna_client) -> None:
    [number] = stall.place(stall.request((stall.mug, 2)))
    assert "Pack the goods and print the label." in anna_client.get(page(number)).content.decode()

    packed = anna_client.post(reverse("orders:pack", args=[number]), follow=True)
    pdf = anna_client.post(reverse("handover:label", args=[number]), follow=True)
    handed = anna_client.post(reverse("orders:hand_over", args=[number]), follow=True)

    assert packed.redirect_chain == [(page(number), 302)]
    assert f"{number} is packed." in packed.content.decode()
    assert (pdf["Content-Type"], len(PdfReader(io.BytesIO(pdf.content)).pages)) == ("application/pdf", 1)
    html = handed.content.decode()
    assert "Handed over. The carrier will scan the parcel at the sorting centre." in html
    assert "Label printed" in html
    assert "+79 ••• ••• •• 67" in html
    assert "+79031234567" not in html
    again = anna_client.post(reverse("orders:pack", args=[number]), follow=True)
    assert f"Posting {number} is packed already." in again.content.decode()


def test_several_parcels_by_a_grid_that_must_add_up(stall, anna_client) -> None:
    [number] = stall.place(stall.request((stall.mug, 3)))
    sku = stall.sku(stall.mug)
    address = reverse("orders:packages", args=[number])

    wrong = anna_client.post(address, {"parcels": "2", f"q-{sku}-0": "2", f"q-{sku}-1": "2"})
    resized = anna_client.post(address, {"parcels": "3", "resize": "1", f"q-{sku}-0": "2", f"q-{sku}-1": "1"})
    right = anna_client.post(address, {"parcels": "2", f"q-{sku}-0": "2", f"q-{sku}-1": "1"}, follow=True)

    assert wrong.status_code == 422
    assert "MUG-1: ordered 3, packed 4" in wrong.content.decode()
    assert "Parcel 3" in resized.content.decode()
    assert "2 parcels packed." in right.content.decode()
    assert [card.units for card in queries.cards(stall.seller, [number, f"{number[:-1]}2"])] == [2, 1]


def test_cancelling_asks_for_a_reason_of_the_catalogue(stall, anna_client) -> None:
    [number] = stall.place()
    address = reverse("orders:cancel", args=[number])

    form = anna_client.get(address).content.decode()
    silent = anna_client.post(address, {"reason_id": "402", "message": ""})
    foreign = anna_client.post(address, {"reason_id": "401"})
    done = anna_client.post(address, {"reason_id": "402", "message": "The mug broke"}, follow=True)

    assert "Out of stock at the seller’s warehouse" in form
    assert "The seller lost the dispute" not in form
    assert "Lost by the carrier" not in form
    assert (silent.status_code, foreign.status_code) == (422, 422)
    assert "this reason needs an explanation" in silent.content.decode()
    assert "Another reason, the seller’s fault" in done.content.decode()
    assert "The mug broke" in done.content.decode()
    assert stall.shelf(stall.mug) == (20, 0)


@pytest.mark.parametrize("view", ["packages", "units"])
def test_a_posting_that_is_not_to_be_packed_is_not_laid_out_into_parcels(stall, anna_client, view) -> None:
    [number] = stall.packed()

    answer = anna_client.get(reverse(f"orders:{view}", args=[number]), follow=True)

    assert answer.redirect_chain == [(page(number), 302)]
    assert f"{number} is not waiting to be packed." in answer.content.decode()


def test_what_happened_names_the_reason_in_the_reader_s_language(stall, anna, anna_client) -> None:
    [number] = stall.place()
    services.cancel_posting(seller=stall.seller, number=number, reason_id=352, message="", by="seller", actor=stall.actor,
                            now=stall.now)
    reason = next(one for one in queries.cancel_reasons(stall.now) if one.id == 352)
    anna.language = "zh-hans"
    anna.save()

    html = anna_client.get(page(number)).content.decode()

    assert reason.names["zh-hans"] in html.partition("timeline-list")[2]
    assert reason.names["en"] not in html


def test_no_payout_is_expected_of_what_is_cancelled(stall, anna_client) -> None:
    [number] = stall.place()
    assert "Expected payout" in anna_client.get(page(number)).content.decode()
    anna_client.post(reverse("orders:cancel", args=[number]), {"reason_id": "352", "message": "Broken"})

    html = anna_client.get(page(number)).content.decode()

    assert "Cancelled before anything was booked." in html
    assert "Expected payout" not in html


def test_the_preview_changes_nothing_and_single_units_can_be_cancelled(stall, anna_client) -> None:
    [number] = stall.place(stall.request((stall.mug, 3)))
    units = {f"units-{stall.sku(stall.mug)}": "2", "reason_id": "352", "stock": "write_off"}
    address = reverse("orders:cancel", args=[number])

    seen = anna_client.post(reverse("orders:cancel_preview", args=[number]), units).content.decode()
    silent = anna_client.post(address, {**units, "message": ""})
    none = anna_client.post(reverse("orders:cancel_preview", args=[number]), {f"units-{stall.sku(stall.mug)}": "0"})

    assert "2,000" in seen
    assert "1 unit stays in the posting" in seen
    assert "this is a cancellation by the seller" in seen
    assert silent.status_code == 422
    assert "field-error" in none.content.decode()
    assert queries.posting(stall.seller, number).units == 3
    done = anna_client.post(address, {**units, "message": "Two are broken"}, follow=True).content.decode()
    assert f"{number[:-1]}2 is cancelled." in done
    assert stall.shelf(stall.mug) == (18, 1)


def test_bulk_acts_do_what_they_can_and_name_the_rest(stall, labels_at_once, anna_client) -> None:
    fresh, [packed] = stall.place(stall.request(), stall.request()), stall.packed()

    done = anna_client.post(reverse("orders:bulk"), {"action": "pack", "ids": [*fresh, packed]}, follow=True)
    labels = anna_client.post(reverse("handover:labels"), {"ids": [*fresh, packed]}, follow=True)
    handed = anna_client.post(reverse("orders:bulk"), {"action": "hand_over", "ids": [*fresh, packed]}, follow=True)

    assert "2 postings packed." in done.content.decode()
    assert f"Posting {packed} is packed already." in done.content.decode()
    assert len(PdfReader(io.BytesIO(labels.content)).pages) == 3
    assert "3 parcels handed over." in handed.content.decode()


def test_a_rival_and_a_wrong_number_meet_the_same_wall(stall, clara_client, anna_client) -> None:
    [number] = stall.place()

    for address in (page(number), reverse("orders:cancel", args=[number]), reverse("orders:packages", args=[number])):
        assert clara_client.get(address).status_code == 404
    assert anna_client.get(page("1-1-1")).status_code == 404
    clara_client.post(reverse("orders:pack", args=[number]))
    assert stall.place_of(number) == ("awaiting_packaging", "posting_created")


@pytest.mark.parametrize(("language", "words"), [
    ("ru", ("Упакуйте товар", "Ожидаемая выплата", "Отгрузить до")), ("zh-hans", ("请打包商品", "预计结算", "发货截止"))])
def test_the_page_speaks_the_reader_s_language(stall, anna, anna_client, language, words) -> None:
    [number] = stall.place()
    anna.language = language
    anna.save()

    html = anna_client.get(page(number)).content.decode()

    assert [word for word in words if word not in html] == []


def test_a_delivered_posting_shows_what_was_booked(stall, anna_client) -> None:
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "at_pickup_point", "delivered")

    html = anna_client.get(page(number)).content.decode()

    assert "Booked for you" in html
    assert "Payment processing" in html
    assert "Received by the buyer" in html
    assert services.hand_over(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)[0].error
