"""Pages of registering, the way to selling, the offer and the legal data."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sellerdesk.accounts.models import User
from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Message
from sellerdesk.sellers import queries
from sellerdesk.sellers.models import Company, Document, LegalChange, Seller
from sellerdesk.sellers.services import offers, review, seeding

pytestmark = pytest.mark.django_db
OLGA = Actor.operator(1, "Olga")
PDF = b"%PDF-1.4\n1 0 obj<</Type /Page>>endobj\n%%EOF\n"
FORM = {"country": "CN", "local_name": "北风贸易有限公司", "legal_name": "North Wind Trading Co., Ltd.",
        "registration_number": "91440300708461136T", "shop_name": "北风小铺", "currency": "CNY",
        "accepts_offer": "on"}


def paper(name="licence.pdf", data=PDF):
    return SimpleUploadedFile(name, data, content_type="application/pdf")


@pytest.fixture
def market(reviewed, now):
    seeding.write_starter(now=now)
    rules.put("sellers.phone_required", "", {"policy": "required"}, valid_from=now, source="test")


@pytest.fixture
def newcomer(client, clara, now):
    """Clara, just signed up, reading Chinese."""
    client.force_login(clara)
    return client


@pytest.fixture
def applicant(newcomer, clara, market, now):
    User.objects.filter(pk=clara.pk).update(phone="+8613812345678", phone_verified_at=now)
    newcomer.post(reverse("sellers:register"), FORM)
    return newcomer


def text(answer):
    return unescape(answer.content.decode())


def test_chinese_company_registers_country_phone_company(newcomer, clara, market, now, fresh_limits):
    first = newcomer.get(reverse("sellers:register"))
    assert "永远无法更改" in text(first)
    to_phone = newcomer.get(reverse("sellers:register"), {"country": "CN"})
    assert to_phone["Location"] == "/shop/register/phone/?country=CN"
    newcomer.post(to_phone["Location"], {"new": "+86 138 1234 5678"})
    code = re.search(r"\d{6}", Message.objects.filter(channel="sms").get().text)[0]
    wrong = newcomer.post(to_phone["Location"], {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422
    onward = newcomer.post(to_phone["Location"], {"code": code})
    assert onward["Location"] == "/shop/register/?country=CN"
    page = text(newcomer.get(onward["Location"]))
    assert "跨境卖家" in page
    assert "营业执照（载有统一社会信用代码）" in page

    done = newcomer.post(reverse("sellers:register"), FORM)

    assert done["Location"] == reverse("sellers:onboarding")
    shop = Seller.objects.select_related("company").get()
    assert (shop.state, shop.cross_border, shop.company.local_name) == ("draft", True, "北风贸易有限公司")


def test_skipping_the_phone_works_only_where_the_rule_allows(newcomer, market, now):
    assert newcomer.post(reverse("sellers:phone_later"), {"country": "CN"})["Location"] == reverse(
        "sellers:register_phone")

    refused = newcomer.post(reverse("sellers:register"), FORM)

    assert refused.status_code == 422
    assert Seller.objects.count() == 0


def test_blocked_country_is_told_at_the_first_step(newcomer, market, now):
    answer = newcomer.get(reverse("sellers:register"), {"country": "KP"})

    assert answer.status_code == 422
    assert "受制裁限制" in text(answer)


@pytest.mark.parametrize("language", ["en", "ru", "zh-hans"])
def test_the_checklist_page_shows_what_is_left_in_every_language(applicant, clara, language):
    User.objects.filter(pk=clara.pk).update(language=language)

    page = applicant.get(reverse("sellers:onboarding"))

    assert page.context["progress"].total == 12
    assert page.context["left"] == 6
    assert "disabled" in text(page)
    assert applicant.get("/").status_code == 200
    assert reverse("sellers:onboarding") in text(applicant.get("/"))


def test_papers_are_handed_in_and_a_refusal_stands_beside_its_item(applicant):
    address = reverse("sellers:document_upload", args=["bank_letter"])

    bad = applicant.post(address, {"file": paper(data=b"a program")})
    good = applicant.post(address, {"file": paper()})
    none = applicant.post(address, {})

    assert bad.status_code == none.status_code == 422
    assert "仅接受 PDF" in text(bad)
    assert good["Location"] == reverse("sellers:onboarding")
    assert [row.item_key for row in Document.objects.all()] == ["bank_letter"]
    assert applicant.post(reverse("sellers:document_upload", args=["phone"]), {"file": paper()}).status_code == 404


def test_the_way_through_the_pages_until_sent_for_review(applicant):
    applicant.post(reverse("sellers:company_edit"), {
        **{name: FORM[name] for name in ("local_name", "legal_name", "registration_number")},
        "address": "518000 Shenzhen, Keji Rd 1", "director": "Li Na"})
    for key in ("goods_lawful", "export_duties"):
        applicant.post(reverse("sellers:item_confirm", args=[key]))
    applicant.post(reverse("sellers:submit"))
    assert Seller.objects.get().state == "draft"
    for key in ("registration_certificate", "director_identity", "bank_letter"):
        applicant.post(reverse("sellers:document_upload", args=[key]), {"file": paper()})
    applicant.post(reverse("sellers:submit"))

    assert Seller.objects.get().state == "in_review"
    assert applicant.get(reverse("sellers:company_edit"))["Location"] == reverse("sellers:company")


def test_remarks_of_the_reviewer_stand_at_their_fields(applicant):
    Seller.objects.update(state="in_review")
    review.ask_changes(seller_id=Seller.objects.get().pk, remarks={"legal_name": "@misspelt see line 2"}, actor=OLGA,
                       now=Seller.objects.get().created_at)

    assert "此处有录入错误。 see line 2" in text(applicant.get(reverse("sellers:onboarding")))
    assert "此处有录入错误。 see line 2" in text(applicant.get(reverse("sellers:company_edit")))


def test_a_refused_shop_leads_to_its_reason_from_every_page(applicant):
    shop = Seller.objects.get()
    Seller.objects.update(state="in_review")
    review.reject_shop(seller_id=shop.pk, reason="forged", note="", actor=OLGA, now=shop.created_at)

    assert applicant.get(reverse("sellers:keys"))["Location"] == reverse("sellers:onboarding")
    assert "文件被认定为伪造" in text(applicant.get(reverse("sellers:onboarding")))


def test_a_second_shop_takes_the_company_over(applicant, clara):
    company = Company.objects.get()
    assert f"?company={company.pk}" in text(applicant.get(reverse("sellers:register")))
    page = applicant.get(reverse("sellers:register"), {"company": company.pk})
    assert 'name="registration_number"' not in text(page)

    applicant.post(reverse("sellers:register"), {
        "company": company.pk, "country": "RU", "shop_name": "第二家店", "currency": "USD", "accepts_offer": "on"})

    assert sorted(Seller.objects.values_list("name", "company_id", "currency")) == [
        ("北风小铺", company.pk, "CNY"), ("第二家店", company.pk, "USD")]
    assert "第二家店" in text(applicant.get(reverse("sellers:shops")))


def test_somebody_elses_company_cannot_be_taken_over(applicant, anna, client, now):
    company = Company.objects.get()
    User.objects.filter(pk=anna.pk).update(phone="+79161234567", phone_verified_at=now)
    client.force_login(anna)

    client.post(reverse("sellers:register"), {"company": company.pk, "shop_name": "Mine now", "currency": "USD",
                                              "accepts_offer": "on"})

    assert Seller.objects.count() == 1


def test_the_gate_closes_acts_until_somebody_who_may_accepts_and_leaves_looking_open(anna_client, boris_client, shop, now):
    assert anna_client.get(reverse("sellers:keys")).status_code == 200
    offer = offers.publish_offer(version="2", texts={"en": "E", "ru": "R", "zh": "Z"}, valid_from=now, actor=OLGA, now=now)
    assert anna_client.get(reverse("sellers:keys")).status_code == 200
    rules.put("sellers.offer_grace_days", "", 0, valid_from=now, source="test")

    assert anna_client.get(reverse("sellers:keys")).status_code == 200
    assert "new-offer" in anna_client.get("/").content.decode()
    assert anna_client.post(reverse("sellers:key_new"), {"name": "x"})["Location"] == reverse("sellers:offer")
    assert boris_client.post(reverse("orders:bulk"), {})["Location"] == reverse("sellers:offer")
    assert boris_client.post(reverse("support:ask")).status_code == 405
    assert boris_client.post(reverse("sellers:offer"), {"offer": offer}).status_code == 403
    assert anna_client.post(reverse("sellers:offer"), {"offer": offer + 1})["Location"] == reverse("sellers:offer")
    anna_client.post(reverse("sellers:offer"), {"offer": offer})

    assert boris_client.post(reverse("orders:bulk"), {}).headers.get("Location") != reverse("sellers:offer")


def test_legal_data_change_by_request_with_a_paper(anna_client, clara_client, shop):
    page = anna_client.get(reverse("sellers:company"))
    assert reverse("sellers:company_change") in text(page)

    anna_client.post(reverse("sellers:company_change"), {"legal_name": "Anna and Sons LLC", "file": paper()})

    row = LegalChange.objects.get()
    assert (row.state, row.changes) == ("in_review", {"legal_name": "Anna and Sons LLC"})
    assert queries.profile(shop).legal_name == "Anna LLC"
    withdraw = reverse("sellers:company_withdraw", args=[row.pk])
    assert clara_client.post(withdraw).status_code == 404
    anna_client.post(withdraw)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_a_packer_looks_at_no_papers_and_changes_no_legal_data(boris_client, shop):
    for name, args in (("sellers:document_upload", ["charter"]), ("sellers:submit", []),
                       ("sellers:item_confirm", ["goods_lawful"])):
        assert boris_client.post(reverse(name, args=args)).status_code == 403
    assert boris_client.get(reverse("sellers:company_change")).status_code == 403


def test_a_shop_of_the_demo_sells_at_once_and_hides_the_banner(anna_client, shop):
    assert 'id="onboarding"' not in text(anna_client.get("/"))


def test_mail_domains_on_the_list_are_refused_at_sign_up(client, dated_rules, now, fresh_limits):
    for email in ("x@mailinator.com", "x@sub.yopmail.com"):
        answer = client.post("/accounts/signup/", {"email": email, "password1": "five walruses juggle copper",
                                                   "name": "X"})
        assert "domain" in text(answer)
    assert User.objects.count() == 0


