"""Reviewing shops in the console."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.core import activity, rules
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import queries, services
from sellerdesk.sellers.models import ChecklistItem, Document, OfferVersion, Seller
from sellerdesk.sellers.services import documents, legal, seeding

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type /Page>>endobj\nLICENCE\n%%EOF\n"


@pytest.fixture
def applicant(clara, reviewed, now):
    """Clara's shop waits for review with one paper."""
    seeding.write_starter(now=now)
    rules.put("sellers.phone_required", "", {"policy": "off"}, valid_from=now, source="test")
    by = Actor.user(clara.pk, "Clara")
    shop = services.register_shop(
        user_id=clara.pk, legal_name="Clara Trading Co.", country="CN", registration_number="91440300708461136T",
        shop_name="Clara Trade", currency="CNY", language="zh-hans", accepts_offer=True, actor=by, now=now)
    documents.add_document(seller=shop, item_key="bank_letter", name="bank.pdf", data=PDF, user_id=clara.pk, actor=by,
                           now=now)
    Seller.objects.filter(pk=shop.id).update(state="in_review")
    return queries.seller_ref(shop.id)


def text(answer):
    return unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_the_queue_and_the_review_page_show_everything(operator, operator_client, applicant, language):
    operator.language = language
    operator.save()

    queue = text(operator_client.get(reverse("console:reviews")))
    page = text(operator_client.get(reverse("console:review", args=[applicant.id])))

    assert "Clara Trade" in queue
    for seen in ("Clara Trading Co.", "91440300708461136T", "bank.pdf"):
        assert seen in page
    for tab in ("needs_changes", "approved", "suspended", "legal", "nonsense"):
        assert operator_client.get(reverse("console:reviews"), {"tab": tab}).status_code == 200


def test_a_paper_is_opened_by_reviewers_only_and_that_is_recorded(operator_client, clara, client, applicant):
    paper = Document.objects.get()
    address = reverse("console:document_open", args=[applicant.id, paper.pk])

    opened = operator_client.post(address)

    assert (opened.content, opened["Content-Type"], opened["Cache-Control"]) == (PDF, "application/pdf", "no-store")
    assert "sandbox" in opened["Content-Security-Policy"]
    entry = activity.history(applicant.id, "document", paper.pk)[0]
    assert (entry.event, entry.actor.label) == ("sellers.document.opened", "Olga")
    assert operator_client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    client.force_login(clara)
    assert client.post(address).status_code == 404


def test_an_operator_without_the_kyc_right_opens_nothing(operator, operator_client, applicant):
    User.objects.filter(pk=operator.pk).update(operator_role="market")
    paper = Document.objects.get()

    for name, args in (("console:document_open", [applicant.id, paper.pk]),
                       ("console:review_approve", [applicant.id]), ("console:review_reject", [applicant.id])):
        assert operator_client.post(reverse(name, args=args)).status_code == 403
    assert operator_client.get(reverse("console:review", args=[applicant.id])).status_code == 403
    assert operator_client.get(reverse("console:sellers")).status_code == 200
    assert not [entry for entry in activity.latest(applicant.id, 50) if entry.event == "sellers.document.opened"]


def test_a_paper_under_another_shops_address_is_not_there(operator_client, rival_shop, now):
    answer = operator_client.post(reverse("console:document_open", args=[rival_shop.id, 999]))

    assert answer.status_code == 404


def test_refusing_a_paper_needs_a_reason_and_asking_names_it(operator_client, applicant):
    paper = Document.objects.get()
    decide = reverse("console:document_decide", args=[applicant.id, paper.pk])

    operator_client.post(decide, {"decision": "reject"})
    assert Document.objects.get().state == "in_review"
    operator_client.post(decide, {"decision": "reject", "reason": "expired", "note": "since May"})
    operator_client.post(reverse("console:review_changes", args=[applicant.id]),
                         {"reason_address": "incomplete", "note_address": "room?"})

    assert (Document.objects.get().state, Document.objects.get().reason) == ("rejected", "@expired since May")
    assert queries.progress(applicant, Seller.objects.get().created_at).remarks == {"address": "@incomplete room?"}
    assert Seller.objects.get().state == "needs_changes"


def test_approving_waits_for_every_required_paper(operator_client, applicant):
    operator_client.post(reverse("console:review_approve", args=[applicant.id]))

    assert Seller.objects.get().state == "in_review"


def test_suspending_until_a_day_and_ending_it(operator_client, applicant):
    Seller.objects.update(state="active")
    address = reverse("console:review_suspend", args=[applicant.id])

    operator_client.post(address, {"reason": "complaints", "until": "yesterday"})
    assert Seller.objects.get().state == "active"
    operator_client.post(address, {"reason": "complaints", "until": "2026-12-01"})

    assert (Seller.objects.get().state, Seller.objects.get().state_until.isoformat()) == (
        "suspended", "2026-12-02T00:00:00+00:00")
    operator_client.post(reverse("console:review_resume", args=[applicant.id]))
    assert Seller.objects.get().state == "approved"


def test_new_legal_data_come_into_force_from_the_review_page(applicant, operator_client, clara, now):
    Seller.objects.update(state="active")
    shop = queries.seller_ref(applicant.id)
    change = legal.ask_change(seller=shop, values={"address": "Futian 7"}, reason="", file_name="p.pdf", data=PDF,
                              user_id=clara.pk, actor=Actor.user(clara.pk, "Clara"), now=now)

    assert "Futian 7" in text(operator_client.get(reverse("console:review", args=[shop.id])))
    operator_client.post(reverse("console:legal_decide", args=[shop.id, change]), {"decision": "approve"})

    assert queries.profile(shop).address == "Futian 7"


def test_the_operator_composes_checklists(operator_client, applicant):
    names = {"name_en": "Trade mark", "name_ru": "Товарный знак", "name_zh": "商标证书"}
    operator_client.post(reverse("console:checklist_new"), {
        "audience": "CN", "kind": "document", "key": "trade_mark", "amount": "1", "required": "on", "active": "on",
        **names})
    item = ChecklistItem.objects.get(key="trade_mark")
    refused = operator_client.post(reverse("console:checklist_item", args=[item.pk]), {"amount": "0", **names})
    operator_client.post(reverse("console:checklist_item", args=[item.pk]), {"amount": "1", "active": "on", **names})
    order = list(ChecklistItem.objects.filter(audience="CN").order_by("-position", "-pk").values_list("pk", flat=True))
    operator_client.post(reverse("console:checklist_order"), {"order": ",".join(map(str, order))})

    assert refused.status_code == 422
    item.refresh_from_db()
    assert not item.required
    assert list(ChecklistItem.objects.filter(audience="CN").order_by("position").values_list("pk", flat=True)) == order
    assert operator_client.post(reverse("console:checklist_order"), {"order": "1,x"}).status_code == 422


def test_a_new_offer_is_published_in_three_languages(operator_client, applicant):
    sent = {"version": "2.0", "text_en": "New", "text_ru": "Новая", "text_zh": "新"}

    assert operator_client.post(reverse("console:offers"), {**sent, "text_zh": " "}).status_code == 422
    operator_client.post(reverse("console:offers"), sent)
    assert operator_client.post(reverse("console:offers"), sent).status_code == 422

    assert list(OfferVersion.objects.order_by("pk").values_list("version", flat=True)) == ["1.0", "2.0"]
