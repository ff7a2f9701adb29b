from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sellerdesk.catalog import defaults
from sellerdesk.catalog.errors import CertificateUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct, PaperFile
from sellerdesk.catalog.queries import certificates as reading
from sellerdesk.catalog.services import certificates, paperfiles, products
from sellerdesk.catalog.tasks import warn_of_certificate_ends
from sellerdesk.core import rules, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.core.models import Activity, Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "dated_rules")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF\n"
OLGA = Actor.operator(1, "Olga")
SYSTEM = Actor.system("test")
NO_BRAND = 126745801


@pytest.fixture(autouse=True)
def headphones_need_a_declaration(tree, now) -> None:
    rules.put(defaults.SCREENING, "goods.test", {"level": "needs_document", "types": [91101], "papers": ["declaration"],
                                                 "policy": "cards"}, valid_from=now - timedelta(days=900), source="test")


@pytest.fixture
def put(shop, now):
    def make(*drafts):
        return products.apply_drafts(seller=shop, drafts=drafts, actor=SYSTEM, now=now)

    return make


def paper(now, number="D-1", **fields) -> certificates.Paper:
    return certificates.Paper(**{"type": "declaration", "number": number, "name": "Headphones",
                                 "issued_on": now.date() - timedelta(days=10),
                                 "expires_on": now.date() + timedelta(days=90), **fields})


def hand_in(shop, now, *, products=(), files=(("d.pdf", PDF),), replaces=None, **fields) -> int:
    return certificates.create(seller=shop, paper=paper(now, **fields), files=files, product_ids=products,
                               replaces_id=replaces, actor=SYSTEM, now=now)


def accept(certificate_id, now) -> None:
    certificates.decide(certificate_id=certificate_id, accepted=True, actor=OLGA, now=now)


def state(shop, offer_id="HP-1") -> tuple[str, str]:
    return Product.objects.values_list("status", "hidden_because").get(seller_id=shop.id, offer_id=offer_id)


def test_goods_that_lack_a_paper_are_saved_but_hidden(put, draft, shop):
    [outcome] = put(draft())

    assert outcome.outcome == "created"
    assert [(error.code, error.data["paper"], error.data["level"]) for error in outcome.errors] == [
        ("goods_paper_needed", "declaration", "warning")]
    assert state(shop) == ("hidden", "no_paper")


def test_they_come_back_by_themselves_once_the_paper_is_accepted(put, draft, shop, now):
    [outcome] = put(draft())
    made = hand_in(shop, now, products=[outcome.product_id])
    assert state(shop) == ("hidden", "no_paper")

    accept(made, now)

    assert state(shop) == ("price_sent", "")
    assert Product.objects.get().problem_count == 0
    assert Activity.objects.filter(event="catalog.product.shown").count() == 1


def test_binding_to_an_accepted_paper_is_enough(put, draft, shop, now):
    accept(made := hand_in(shop, now), now)
    [outcome] = put(draft())

    assert certificates.bind(seller=shop, certificate_id=made, product_ids=[outcome.product_id], actor=SYSTEM,
                             now=now) == 1
    assert state(shop) == ("price_sent", "")

    assert certificates.unbind(seller=shop, certificate_id=made, product_ids=[outcome.product_id], actor=SYSTEM,
                               now=now) == 1
    assert state(shop) == ("hidden", "no_paper")


def test_an_edit_of_a_covered_product_keeps_it_on_the_shelf(put, draft, shop, now):
    [outcome] = put(draft())
    accept(hand_in(shop, now, products=[outcome.product_id]), now)

    [edited] = put(draft(name="Aria 5, black"))

    assert edited.errors == ()
    assert state(shop) == ("price_sent", "")


def test_a_paper_without_a_price_leads_to_a_card_that_waits_for_one(put, draft, shop, now):
    [outcome] = put(draft(price=None))

    accept(hand_in(shop, now, products=[outcome.product_id]), now)

    assert state(shop) == ("processed", "")


def test_at_its_end_a_paper_hides_what_needs_it_and_a_renewal_brings_it_back_in_one_click(put, draft, shop, now):
    [outcome] = put(draft())
    old = hand_in(shop, now, products=[outcome.product_id])
    accept(old, now)
    later = now + timedelta(days=91)

    assert certificates.expire_due(now=later) == 1
    assert certificates.expire_due(now=later) == 0
    assert state(shop) == ("hidden", "paper_expired")

    fresh = hand_in(shop, later, number="D-2", replaces=old)
    with pytest.raises(Conflict):
        certificates.restore(seller=shop, certificate_id=fresh, actor=SYSTEM, now=later)
    accept(fresh, later)
    assert state(shop) == ("hidden", "paper_expired")
    assert certificates.restore(seller=shop, certificate_id=fresh, actor=SYSTEM, now=later) == 1
    assert state(shop) == ("price_sent", "")


def test_on_its_last_day_a_paper_still_holds(put, draft, shop, now):
    [outcome] = put(draft())
    accept(hand_in(shop, now, products=[outcome.product_id]), now)

    assert certificates.expire_due(now=now + timedelta(days=90)) == 0
    assert state(shop) == ("price_sent", "")


def test_a_second_valid_paper_keeps_the_product_on_the_shelf(put, draft, shop, now):
    [outcome] = put(draft())
    accept(hand_in(shop, now, products=[outcome.product_id]), now)
    accept(hand_in(shop, now, number="D-2", products=[outcome.product_id], expires_on=None), now)

    certificates.expire_due(now=now + timedelta(days=91))

    assert state(shop) == ("price_sent", "")


def test_notices_go_out_once_at_60_30_and_7_days(put, draft, shop, now):
    made = hand_in(shop, now)
    accept(made, now)

    told = [certificates.notices_due(now=now + timedelta(days=day)) for day in (20, 30, 31, 60, 61, 83, 84, 90)]

    assert told == [[], [(made, 60)], [], [(made, 30)], [], [(made, 7)], [], []]


def test_a_notice_is_mailed_to_the_owners_in_their_language(shop, anna, now):
    made = hand_in(shop, now, expires_on=now.date() + timedelta(days=5))
    accept(made, now)

    warn_of_certificate_ends.func()

    message = Message.objects.get(to=anna.email)
    assert "D-1" in message.subject
    assert f"/certificates/{made}/" in message.text


@pytest.mark.parametrize(("fields", "field", "code"), [
    ({"type": "poem"}, "type", "paper_type_unknown"), ({"number": " "}, "number", "number_empty"),
    ({"name": ""}, "name", "name_empty"), ({"issued_on": None}, "issued_on", "date_missing"),
    ({"issued_on": date(2030, 1, 1)}, "issued_on", "date_ahead"),
    ({"expires_on": date(2020, 1, 1)}, "expires_on", "expired"), ({"accordance": "moon"}, "accordance",
                                                                 "accordance_unknown"),
    ({"type": "brand"}, "brand_id", "brand_missing")])
def test_a_bad_paper_is_refused_by_field_and_nothing_is_kept(shop, now, fields, field, code):
    with pytest.raises(Invalid) as refused:
        hand_in(shop, now, **fields)

    assert [(one.field, one.code) for one in refused.value.fields] == [(field, code)]
    assert not Certificate.objects.exists()


def test_the_same_number_is_not_taken_twice(shop, now):
    hand_in(shop, now)

    with pytest.raises(Invalid) as refused:
        hand_in(shop, now)
    assert refused.value.fields[0].code == "number_taken"


def test_a_bad_file_refuses_the_whole_paper(shop, now):
    with pytest.raises(Invalid) as refused:
        hand_in(shop, now, files=[("good.pdf", PDF), ("x.html", b"<script>")])

    assert refused.value.fields[0].value == "x.html"
    assert not Certificate.objects.exists()
    assert not PaperFile.objects.exists()


def test_files_are_kept_encrypted_and_opened_by_their_own_shop_only(shop, rival_shop, now):
    hand_in(shop, now)
    row = PaperFile.objects.get()

    assert PDF not in storage.open_bytes(row.storage_key)
    assert paperfiles.open_file(file_id=row.pk, seller_id=shop.id) == ("d.pdf", "application/pdf", PDF)
    with pytest.raises(NotFound):
        paperfiles.open_file(file_id=row.pk, seller_id=rival_shop.id)


def test_a_declined_paper_names_its_reason_and_goes_to_review_again_with_a_new_file(shop, now):
    made = hand_in(shop, now)
    with pytest.raises(Invalid):
        certificates.decide(certificate_id=made, accepted=False, actor=OLGA, now=now)

    certificates.decide(certificate_id=made, accepted=False, reason="unreadable", note="page 2", actor=OLGA, now=now)
    row = reading.certificate(made, shop)
    assert (row.state, row.reason, row.note) == ("declined", "unreadable", "page 2")

    certificates.send(seller=shop, certificate_id=made, files=[("b.pdf", PDF)], actor=SYSTEM, now=now)
    row = reading.certificate(made, shop)
    assert (row.state, row.reason, len(row.files)) == ("review", "", 2)


def test_a_paper_is_decided_once(shop, now):
    made = hand_in(shop, now)
    accept(made, now)

    with pytest.raises(Conflict):
        certificates.decide(certificate_id=made, accepted=False, reason="unreadable", actor=OLGA, now=now)
    assert reading.certificate(made).state == "accepted"


def test_papers_and_products_of_a_rival_do_not_exist(put, draft, shop, rival_shop, now):
    [outcome] = put(draft())
    made = hand_in(shop, now)

    with pytest.raises(CertificateUnknown):
        certificates.bind(seller=rival_shop, certificate_id=made, product_ids=[], actor=SYSTEM, now=now)
    with pytest.raises(Invalid):
        hand_in(rival_shop, now, products=[outcome.product_id])
    assert not CertificateProduct.objects.exists()


def test_a_paper_of_a_brand_covers_all_goods_of_the_brand(put, draft, shop, now):
    rules.put(defaults.SCREENING, "goods.test", {"level": "needs_document", "brands": [NO_BRAND], "papers": ["brand"]},
              valid_from=now, source="test")
    put(draft("A"), draft("B"))
    assert state(shop, "A") == ("hidden", "no_paper")

    accept(hand_in(shop, now, type="brand", brand_id=NO_BRAND), now)

    assert (state(shop, "A"), state(shop, "B")) == (("price_sent", ""), ("price_sent", ""))
    [new] = put(draft("C"))
    assert new.errors == ()


def test_reading_tells_what_ends_soon_and_what_is_hidden(put, draft, shop, now):
    [outcome] = put(draft())
    made = hand_in(shop, now, products=[outcome.product_id], expires_on=now.date() + timedelta(days=20))
    accept(made, now)

    assert reading.ending(shop, now.date(), 30) == (1, 0)
    certificates.expire_due(now=now + timedelta(days=21))
    assert reading.ending(shop, now.date() + timedelta(days=21), 30) == (0, 1)
    assert reading.state_counts(shop)["expired"] == 1
    assert [row.number for row in reading.of_product(shop, outcome.product_id)] == ["D-1"]


def test_a_deleted_paper_leaves_its_line_in_the_history_and_no_file(put, draft, shop, now,
                                                                    django_capture_on_commit_callbacks):
    [outcome] = put(draft())
    made = hand_in(shop, now, products=[outcome.product_id])
    accept(made, now)
    key = PaperFile.objects.get().storage_key

    with django_capture_on_commit_callbacks(execute=True):
        hidden = certificates.remove(seller=shop, certificate_id=made, actor=SYSTEM, now=now)

    assert (hidden, state(shop)) == (1, ("hidden", "no_paper"))
    assert not Certificate.objects.exists()
    with pytest.raises(NotFound):
        storage.open_bytes(key)
    line = Activity.objects.get(event="catalog.certificate.removed")
    assert (line.target_label, line.data["count"]) == ("D-1", 1)


def test_a_rival_deletes_no_paper(put, draft, shop, rival_shop, now):
    made = hand_in(shop, now)

    with pytest.raises(CertificateUnknown):
        certificates.remove(seller=rival_shop, certificate_id=made, actor=SYSTEM, now=now)

    assert Certificate.objects.filter(pk=made).exists()


def test_the_page_of_a_paper_deletes_it(anna_client, shop, now):
    made = hand_in(shop, now)
    page = anna_client.get(reverse("catalog:certificate", args=[made])).content.decode()
    address = reverse("catalog:certificate_remove", args=[made])

    assert address in page
    assert anna_client.post(address).url == reverse("catalog:certificates")
    assert not Certificate.objects.exists()
    assert anna_client.post(address).status_code == 404
