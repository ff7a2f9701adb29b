from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sellerdesk.catalog import defaults, policies, remarks
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct, Decision, ModerationCase
from sellerdesk.catalog.services import certificates, products
from sellerdesk.core import rules
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import DatedRule
from sellerdesk.core.rules import Rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "dated_rules", "clock_at_now")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF\n"


@pytest.fixture
def clock_at_now(now, monkeypatch):
    from sellerdesk.core import clock

    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def case(shop, draft, now) -> ModerationCase:
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[
        draft(description="<p>Clinically proven &amp; soft</p>")])
    return ModerationCase.objects.get()


def act(client: Client, case: ModerationCase, **posted):
    return client.post(reverse("console:case_act", args=[case.pk]), posted)


# --- operators --------------------------------------------------------------------------------------------------


def test_the_queue_shows_the_case_and_counts_it_in_the_menu(operator_client, case):
    page = operator_client.get(reverse("console:cases")).content.decode()

    assert "Aria 5 over-ear headphones" in page
    assert "Found by the rules" in page
    assert operator_client.get(reverse("console:cases"), {"tab": "mine"}).status_code == 200
    narrowed = operator_client.get(reverse("console:cases"), {"risk": "high", "age": "3", "q": "aria"}).content.decode()
    assert "Aria 5 over-ear headphones" not in narrowed


def test_the_queue_needs_a_fixed_number_of_queries(operator_client, shop, draft, now):
    value = {**defaults.starter("rules")["review"]["value"], "new_percent": 100}
    rules.put(defaults.SCREENING, "review", value, valid_from=now, source="test")
    counts = []
    operator_client.get(reverse("console:cases"))
    for start, size in ((0, 5), (100, 40)):
        products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now,
                              drafts=[draft(f"N-{start + at}") for at in range(size)])
        with CaptureQueriesContext(connection) as seen:
            assert operator_client.get(reverse("console:cases")).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_case_marks_what_was_found_without_markup(operator_client, case):
    page = operator_client.get(reverse("console:case", args=[case.pk])).content.decode()

    assert "<mark>Clinically proven</mark> &amp; soft" in page
    assert reverse("catalog:policy", args=["texts"]) in page


def test_approving_leads_to_the_next_case(operator_client, case, shop, draft, now):
    products.apply_drafts(seller=shop, actor=Actor.system("test"), now=now, drafts=[
        draft("HP-2", description="Clinically proven")])
    other = ModerationCase.objects.exclude(pk=case.pk).get()

    answer = act(operator_client, case, action="approved")

    assert answer["Location"] == reverse("console:case", args=[other.pk])
    assert Product.objects.get(offer_id="HP-1").status == "price_sent"


def test_declining_without_a_reason_shows_why_and_keeps_the_note(operator_client, case):
    answer = act(operator_client, case, action="declined", note="typed already")

    assert answer.status_code == 422
    assert "Choose at least one reason" in answer.content.decode()
    assert "typed already" in answer.content.decode()
    assert not Decision.objects.exists()


def test_take_decline_and_change_the_decision(operator_client, case):
    act(operator_client, case, action="take")
    case.refresh_from_db()
    assert case.assignee is not None

    act(operator_client, case, action="declined", code="text_forbidden", note_text_forbidden="“Clinically proven”")
    case.refresh_from_db()
    assert (case.state, case.remarks[0]["note"]) == ("declined", "“Clinically proven”")

    act(operator_client, case, action="reverse", verdict="approved", note="a study is there")
    case.refresh_from_db()
    assert case.state == "approved"
    assert "a study is there" in operator_client.get(reverse("console:case", args=[case.pk])).content.decode()


def test_an_operator_without_the_right_sees_no_case(operator_client, case):
    from sellerdesk.accounts.models import User

    User.objects.filter(is_operator=True).update(operator_role="kyc")

    assert operator_client.get(reverse("console:cases")).status_code == 403
    assert act(operator_client, case, action="approved").status_code == 403
    assert ModerationCase.objects.get().state == "open"


def test_a_rule_gets_a_new_version_and_keeps_the_old_one(operator_client, now):
    old = Rule(*DatedRule.objects.filter(kind=defaults.SCREENING, key="words.en").values_list(
        "id", "kind", "key", "value", "valid_from", "valid_to", "source").get())
    page = reverse("console:rule", args=["words.en"])

    assert operator_client.get(page).status_code == 200
    answer = operator_client.post(page, {"value": '{"block": ["snake oil"]}', "source": "decision 12"})

    assert answer.status_code == 302
    kept = DatedRule.objects.filter(kind=defaults.SCREENING, key="words.en").order_by("valid_from")
    assert [(row.value == old.value, row.valid_to) for row in kept] == [(True, now), (False, None)]


@pytest.mark.parametrize(("posted", "text"), [
    ({"value": "{", "source": "x"}, "This cannot be read"), ({"value": '{"block": 1}', "source": "x"}, "block: "),
    ({"value": "{}", "source": ""}, "required"), ({"value": "{}", "source": "x", "valid_from": "2020-01-01T00:00"},
                                                "from now or later")])
def test_a_bad_rule_is_refused_with_the_reason(operator_client, posted, text):
    answer = operator_client.post(reverse("console:rule", args=["words.en"]), posted)

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert DatedRule.objects.filter(kind=defaults.SCREENING, key="words.en").count() == 1


def test_a_rule_that_never_was_is_not_found(operator_client):
    assert operator_client.get(reverse("console:rule", args=["goods.nonsense"])).status_code == 404


def test_operators_decide_about_papers(operator_client, shop, now):
    made = certificates.create(seller=shop, paper=certificates.Paper("declaration", "D-1", "Tea", now.date()),
                               files=[("d.pdf", PDF)], actor=Actor.system("test"), now=now)
    page = reverse("console:certificate", args=[made])

    assert "D-1" in operator_client.get(reverse("console:certificates")).content.decode()
    opened = operator_client.get(page)
    assert "d.pdf" in opened.content.decode()
    refused = operator_client.post(reverse("console:certificate_decide", args=[made]), {"decision": "decline"})
    assert refused.status_code == 422
    operator_client.post(reverse("console:certificate_decide", args=[made]), {"decision": "accept"})
    assert Certificate.objects.get().state == "accepted"


# --- sellers ----------------------------------------------------------------------------------------------------


@pytest.fixture
def declined(operator_client, case) -> ModerationCase:
    act(operator_client, case, action="declined", code="text_forbidden", note_text_forbidden="these words")
    return case


def test_the_seller_reads_field_reason_fix_and_policy(anna_client, declined):
    page = anna_client.get(reverse("catalog:product", args=[declined.product_id])).content.decode()

    assert "Moderation declined this card" in page
    assert "these words" in page
    assert f"{reverse('catalog:product_edit', args=[declined.product_id])}#id_description" in page
    assert reverse("catalog:policy", args=["texts"]) in page


def test_a_seller_reads_a_decision_in_their_own_language(anna_client, declined, anna):
    anna.language = "zh-hans"
    anna.save()

    page = anna_client.get(reverse("catalog:product", args=[declined.product_id]), HTTP_ACCEPT_LANGUAGE="zh-hans"
                           ).content.decode()
    assert "违禁词" in page


def test_the_seller_appeals_once_with_a_file(anna_client, declined):
    page = reverse("catalog:appeal", args=[declined.product_id])

    assert anna_client.get(page).status_code == 200
    empty = anna_client.post(page, {"comment": " "})
    assert (empty.status_code, ModerationCase.objects.count()) == (422, 1)
    sent = anna_client.post(page, {"comment": "We have a study.", "files": SimpleUploadedFile("s.pdf", PDF)})
    assert sent.status_code == 302
    appeal = ModerationCase.objects.get(kind="appeal")
    shown = anna_client.get(reverse("catalog:product", args=[declined.product_id])).content.decode()
    assert "Your appeal is being looked at" in shown
    assert "data-countdown" in shown
    assert appeal.due_at - appeal.opened_at > timedelta(days=2)
    again = anna_client.post(page, {"comment": "once more"})
    assert (again.status_code, ModerationCase.objects.count()) == (302, 2)


def test_a_seller_hands_in_a_paper_names_its_products_and_renews_it(anna_client, shop, draft, now):
    products.apply_drafts(seller=shop, drafts=[draft()], actor=Actor.system("test"), now=now)
    form = {"type": "declaration", "number": "D-7", "name": "Tea", "issued_on": "2026-11-01", "products": "HP-1",
            "files": SimpleUploadedFile("d.pdf", PDF)}

    wrong = anna_client.post(reverse("catalog:certificate_new"), {**form, "products": "HP-1, NOPE", "files": []})
    assert wrong.status_code == 422
    assert "NOPE" in wrong.content.decode()
    assert not Certificate.objects.exists()

    made = anna_client.post(reverse("catalog:certificate_new"), form)
    row = Certificate.objects.get()
    assert made["Location"] == reverse("catalog:certificate", args=[row.pk])
    assert (row.state, CertificateProduct.objects.count()) == ("review", 1)
    renewed = anna_client.post(f"{reverse('catalog:certificate_new')}?replaces={row.pk}", {
        **form, "number": "D-8", "products": "", "files": SimpleUploadedFile("e.pdf", PDF)})
    assert renewed.status_code == 302
    assert CertificateProduct.objects.count() == 2
    listed = anna_client.get(reverse("catalog:certificates")).content.decode()
    assert "D-7" in listed
    assert "D-8" in listed


def test_products_are_added_to_and_taken_off_a_paper(anna_client, shop, draft, now):
    [outcome] = products.apply_drafts(seller=shop, drafts=[draft()], actor=Actor.system("test"), now=now)
    made = certificates.create(seller=shop, paper=certificates.Paper("quality", "Q-1", "All", now.date()), files=[],
                               actor=Actor.system("test"), now=now)
    page = reverse("catalog:certificate_bind", args=[made])

    anna_client.post(page, {"products": "HP-1"})
    assert CertificateProduct.objects.count() == 1
    anna_client.post(page, {"unbind": outcome.product_id})
    assert not CertificateProduct.objects.exists()
    assert anna_client.post(page, {"products": "NOPE"}).status_code == 422
    assert anna_client.post(reverse("catalog:certificate_send", args=[made])).status_code == 422
    anna_client.post(reverse("catalog:certificate_send", args=[made]), {"files": SimpleUploadedFile("d.pdf", PDF)})
    assert Certificate.objects.get().state == "review"


def test_the_home_page_warns_of_papers_that_end(anna_client, shop, now):
    made = certificates.create(seller=shop, actor=Actor.system("test"), now=now, files=[("d.pdf", PDF)],
                               paper=certificates.Paper("quality", "Q-1", "All", now.date(),
                                                        now.date() + timedelta(days=9)))
    certificates.decide(certificate_id=made, accepted=True, actor=Actor.operator(1, "Olga"), now=now)

    assert "1 certificate ends within 30 days." in anna_client.get("/").content.decode()


def test_every_policy_that_rules_and_remarks_name_is_there_in_three_languages(anna_client):
    keys = {row["value"]["policy"] for row in defaults.starter("rules").values() if "policy" in row["value"]}
    keys |= {one.policy for one in remarks.TEMPLATES.values()}

    assert keys <= {one.key for one in policies.all_of("en")}
    for key in keys:
        texts = [policies.get(key, language) for language in ("en", "ru", "zh-hans")]
        assert len({one.title for one in texts}) == 3
        assert anna_client.get(reverse("catalog:policy", args=[key])).status_code == 200
    assert anna_client.get(reverse("catalog:policies")).status_code == 200
    assert anna_client.get(reverse("catalog:policy", args=["nonsense"])).status_code == 404


def test_every_starter_table_can_be_read_by_the_engine():
    from sellerdesk.catalog.screening import faults

    assert {key: faults(key, row["value"]) for key, row in defaults.starter("rules").items()
            if faults(key, row["value"]) and not key.startswith(("goods.medicines", "goods.weapons"))} == {}
