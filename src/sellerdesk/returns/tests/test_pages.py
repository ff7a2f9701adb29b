"""The pages of claims, return points and disposal."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from sellerdesk.core.actor import Actor
from sellerdesk.returns import queries, services
from sellerdesk.returns.types import ReturnRequest


@pytest.fixture
def arrived(stall) -> int:
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "delivered")
    made = services.request_returns(seller=stall.seller, actor=Actor.buyer("Dmitri"), requests=[
        ReturnRequest(number, stall.sku(stall.mug), 1, "defective", stall.now)])[0]
    services.advance(return_ids=[made.return_id], to_state="arrived", at=stall.now, actor=Actor.courier("Veloport"))
    return made.return_id


def text(response) -> str:
    return response.content.decode()


def test_a_claim_is_found_read_and_answered(stall, claimed, photo, anna_client) -> None:
    claim_id = claimed(photos=tuple(services.store_photos(seller=stall.seller, files=[photo], now=stall.now)))
    address = reverse("returns:decide", args=[claim_id])

    listed = text(anna_client.get(reverse("returns:claims")))
    page = text(anna_client.get(reverse("returns:claim", args=[claim_id])))
    silent = anna_client.post(address, {"action": "reject", "rejection-reject": "used", "comment": ""})
    none = anna_client.post(address, {})
    done = anna_client.post(address, {
        "action": "reject", "rejection-reject": "used", "comment": "Coffee inside",
        "photos": SimpleUploadedFile("proof.jpg", photo, "image/jpeg")}, follow=True)

    assert "Waits for your answer" in listed
    assert "The handle is broken" in page
    assert "Photo 1 of the buyer" in page
    assert (silent.status_code, none.status_code) == (422, 422)
    assert "Explain the refusal" in text(silent)
    assert "Choose what to do." in text(none)
    assert "Decided. The buyer is told at once." in text(done)
    assert "Photo 2 of the inspection" in text(done)
    assert queries.claim(stall.seller, claim_id).row.state == "Rejected"


def test_an_offer_says_what_is_wrong_beside_the_field(stall, claimed, anna_client) -> None:
    claim_id = claimed()
    address = reverse("returns:decide", args=[claim_id])

    wrong = anna_client.post(address, {"action": "offer", "offer": "2000"})
    unreadable = anna_client.post(address, {"action": "offer", "offer": "much"})
    right = anna_client.post(address, {"action": "offer", "offer": "300,50"}, follow=True)

    assert "less than 2000.00" in text(wrong)
    assert unreadable.status_code == 422
    assert "The buyer decides about your offer" in text(right)
    assert queries.claim(stall.seller, claim_id).row.offer_minor == 300_50


def test_a_rival_finds_no_claim_and_who_may_only_look_cannot_answer(stall, claimed, clara_client) -> None:
    claim_id = claimed()

    for address in (reverse("returns:claim", args=[claim_id]),):
        assert clara_client.get(address).status_code == 404
    assert clara_client.post(reverse("returns:decide", args=[claim_id]), {"action": "refund"}).status_code == 404
    assert queries.claim(stall.seller, claim_id).row.state == "OnSellerApproval"


def test_goods_at_a_point_are_shown_with_their_barcode_and_taken_in(stall, arrived, anna_client) -> None:
    address = reverse("returns:pick_up")
    before = text(anna_client.get(address))
    missing = anna_client.get(reverse("returns:barcode_png"))
    anna_client.post(reverse("returns:reset"))
    shown = text(anna_client.get(address))
    code = queries.giveout_code(stall.seller)

    assert "Make the barcode" in before
    assert missing.status_code == 404
    assert code in shown
    assert "Return point Москва" in shown
    assert Image.open(io.BytesIO(anna_client.get(reverse("returns:barcode_png")).content)).format == "PNG"
    assert anna_client.get(reverse("returns:barcode_pdf")).content.startswith(b"%PDF")
    [point], _more = queries.places(stall.seller)
    done = text(anna_client.post(reverse("returns:take_in", args=[point.id]), follow=True))
    again = text(anna_client.post(reverse("returns:take_in", args=[point.id]), follow=True))
    assert "1 return taken in." in done
    assert "Nothing of yours waits at this point any more." in again
    assert stall.shelf(stall.mug) == (20, 0)


def test_goods_are_disposed_of_from_the_list(stall, arrived, anna_client) -> None:
    listed = text(anna_client.get(reverse("returns:returns")))
    done = text(anna_client.post(reverse("returns:dispose", args=[arrived]), follow=True))

    assert "free so far" in listed
    assert "Disposed of: the goods do not come back." in done
    assert queries.counts(stall.seller)["disposed"] == 1


def test_the_bound_of_disposal_is_saved_with_its_history(stall, anna_client) -> None:
    address = reverse("returns:disposal")

    wrong = anna_client.post(address, {"price_on": "1", "price": "3"})
    saved = text(anna_client.post(address, {"price_on": "1", "price": "300", "faulty": "5"}, follow=True))

    assert wrong.status_code == 422
    assert "at least 50" in text(wrong)
    assert "Saved." in saved
    assert "Cheap goods: kept → up to" in saved
    assert (queries.disposal(stall.seller).price_minor, queries.disposal(stall.seller).faulty_minor) == (300_00, None)


@pytest.mark.parametrize(("language", "words"), [
    ("ru", ("Ждёт вашего ответа", "Ваш ответ")), ("zh-hans", ("等待您答复", "您的答复"))])
def test_the_page_of_a_claim_speaks_the_readers_language(stall, claimed, anna, anna_client, language,
                                                            words) -> None:
    claim_id = claimed()
    anna.language = language
    anna.save()

    page = text(anna_client.get(reverse("returns:claim", args=[claim_id])))

    assert [word for word in words if word not in page] == []
