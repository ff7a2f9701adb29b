from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.accounts.models import User
from sellerdesk.catalog import defaults, queries, states, subscribers
from sellerdesk.catalog.errors import (
    AppealClosed,
    CaseDecided,
    CaseDropped,
    CaseTaken,
    CaseUnknown,
    OwnDecision,
    SecondOpinion,
)
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Decision, ModerationCase, PaperFile
from sellerdesk.catalog.moderation_types import Remark
from sellerdesk.catalog.queries import moderation
from sellerdesk.catalog.services import deciding, products, shelving
from sellerdesk.core import activity, rules, tally
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tree", "dated_rules")]
BAD = Remark("name_misleading", "", "“Aria” is a brand of somebody else.")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Page>>endobj\n%%EOF\n"


@pytest.fixture
def olga() -> User:
    return User.objects.create_user("olga@example.com", "x" * 20, name="Olga", is_operator=True)


@pytest.fixture
def pavel() -> User:
    return User.objects.create_user("pavel@example.com", "x" * 20, name="Pavel", is_operator=True)


def operator(user: User) -> dict:
    return {"operator_id": user.pk, "actor": Actor.operator(user.pk, user.name)}


@pytest.fixture
def put(shop, now):
    """Applies drafts and gives back their outcomes."""

    def make(*drafts, at=now):
        return products.apply_drafts(seller=shop, drafts=drafts, actor=Actor.system("test"), now=at)

    return make


def product(shop, offer_id="HP-1") -> Product:
    return Product.objects.get(seller_id=shop.id, offer_id=offer_id)


def rule(now, **changed) -> None:
    value = {**defaults.starter("rules")["review"]["value"], **changed}
    rules.put(defaults.SCREENING, "review", value, valid_from=now, source="test")


# --- on the way in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fields", "field", "code"), [
    ({"name": "Replica headphones"}, "name", "stop_word"),
    ({"description": "Звоните 8 916 123-45-67"}, "description", "contact_in_text"),
    ({"names": {"zh-hans": "高仿耳机"}}, "names.zh-hans", "stop_word"),
    ({"attributes": {9048: []}, "description": "t.me/shop"}, "description", "contact_in_text")])
def test_what_the_engine_blocks_is_refused_with_field_and_code(put, draft, shop, fields, field, code):
    [outcome] = put(draft(**fields))

    assert outcome.outcome == "failed"
    assert (field, code) in [(error.field, error.code) for error in outcome.errors]
    assert not Product.objects.filter(seller_id=shop.id).exists()


def test_a_sound_card_is_sold_at_once_and_nobody_looks(put, draft, shop):
    [outcome] = put(draft())

    assert outcome.errors == ()
    assert product(shop).status == "price_sent"
    assert not ModerationCase.objects.exists()


def test_a_flagged_word_sends_a_new_card_to_a_person(put, draft, shop, now):
    [outcome] = put(draft(description="Clinically proven comfort"))

    assert outcome.outcome == "created"
    assert [error.code for error in outcome.errors] == ["word_to_look_at"]
    assert product(shop).status == "moderating"
    case = ModerationCase.objects.get()
    assert (case.kind, case.reasons, case.sells) == ("new", ["flagged"], False)
    assert case.findings[0]["value"] == "Clinically proven"
    assert case.findings[0]["rule_id"] in case.rule_ids
    assert case.due_at.date() == (now + timedelta(days=3)).date()
    assert Activity.objects.filter(event="catalog.case.opened", target_id=str(case.product_id)).count() == 1


def test_a_change_of_price_or_size_is_never_looked_at_again(put, draft, shop, now):
    put(draft())
    rule(now, change_percent=100)

    put(draft(price="2500.00", weight_g=360))

    assert product(shop).status == "price_sent"
    assert not ModerationCase.objects.exists()


def test_a_card_from_before_a_new_rule_keeps_its_place_until_a_listed_field_changes(put, draft, shop, now):
    put(draft(name="Aria 5 rarity"))
    rules.put(defaults.SCREENING, "words.en", {"block": ["rarity"]}, valid_from=now, source="test")

    [priced] = put(draft(name="Aria 5 rarity", price="2100.00"))
    [renamed] = put(draft(name="Aria 6 rarity"))

    assert priced.outcome == "updated"
    assert (renamed.outcome, renamed.errors[0].code) == ("failed", "stop_word")
    assert product(shop).name == "Aria 5 rarity"


def test_a_sampled_change_is_looked_at_while_the_product_sells_on(put, draft, shop, now):
    put(draft())
    rule(now, change_percent=100)

    put(draft(name="Aria 5 new"))

    assert (product(shop).status, product(shop).in_review) == ("price_sent", True)
    case = ModerationCase.objects.get()
    assert (case.kind, case.reasons, case.sells) == ("change", ["sample"], True)
    assert (case.before["name"], case.after["name"]) == ("Aria 5 over-ear headphones", "Aria 5 new")


def test_a_second_change_meets_the_open_case(put, draft, shop, now):
    put(draft())
    rule(now, change_percent=100)
    put(draft(name="Aria 5 new"))

    put(draft(name="Aria 5 newer"))

    case = ModerationCase.objects.get()
    assert (case.before["name"], case.after["name"]) == ("Aria 5 over-ear headphones", "Aria 5 newer")


def test_the_number_of_statements_does_not_grow_with_the_cases(put, draft, shop, now):
    rule(now, new_percent=100)
    put(draft("WARM"))
    counts = []
    for start, size in ((0, 10), (100, 60)):
        with CaptureQueriesContext(connection) as seen:
            put(*(draft(f"N-{start + at}") for at in range(size)))
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert ModerationCase.objects.count() == 71


# --- deciding ---------------------------------------------------------------------------------------------------


@pytest.fixture
def case(put, draft) -> int:
    put(draft(description="Clinically proven comfort"))
    return ModerationCase.objects.get().pk


def test_approving_puts_a_priced_card_on_the_shelf(case, olga, shop, now):
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(olga))

    assert (product(shop).status, product(shop).problem_count) == ("price_sent", 0)
    assert ModerationCase.objects.get().state == "approved"
    assert Decision.objects.get().operator_id == olga.pk


def test_an_approved_card_without_a_price_waits_for_one(put, draft, olga, shop, now):
    put(draft(price=None, description="Clinically proven"))

    deciding.decide(case_id=ModerationCase.objects.get().pk, verdict="approved", now=now, **operator(olga))

    assert product(shop).status == "processed"


def test_declining_tells_the_seller_field_reason_and_policy(case, olga, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], note="for us", now=now, **operator(olga))

    card = queries.product(shop, product(shop).id)
    assert card.status == "declined"
    assert [(one.field, one.code, one.value, one.data["policy"]) for one in card.errors] == [
        ("name", "moderation_name_misleading", BAD.note, "texts")]
    seen = moderation.last_case(shop, card.id)
    assert (seen.state, seen.remarks, seen.may_appeal) == ("declined", (replace(BAD, field="name"),), True)
    assert "for us" not in repr(seen)


@pytest.mark.parametrize("given", [(), (Remark("nonsense"),), (Remark("other"),)])
def test_declining_needs_a_reason_and_changes_nothing_without(case, olga, shop, now, given):
    with pytest.raises(Invalid):
        deciding.decide(case_id=case, verdict="declined", given=given, now=now, **operator(olga))

    assert product(shop).status == "moderating"
    assert not Decision.objects.exists()


def test_two_operators_never_decide_the_same_case(case, olga, pavel, shop, now):
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(olga))

    with pytest.raises(CaseDecided):
        deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(pavel))
    assert product(shop).status == "price_sent"
    assert Decision.objects.count() == 1


def test_a_case_in_a_colleagues_hands_is_left_alone_unless_taken_over(case, olga, pavel, now):
    deciding.take(case_id=case, operator_id=olga.pk, now=now)

    with pytest.raises(CaseTaken) as refused:
        deciding.take(case_id=case, operator_id=pavel.pk, now=now)
    assert "Olga" in refused.value.text
    with pytest.raises(CaseTaken):
        deciding.decide(case_id=case, verdict="approved", now=now, **operator(pavel))

    deciding.take(case_id=case, operator_id=pavel.pk, over=True, now=now)
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(pavel))
    assert Decision.objects.get().operator_id == pavel.pk


def test_released_cases_are_anybodys(case, olga, pavel, now):
    deciding.take(case_id=case, operator_id=olga.pk, now=now)
    deciding.release(case_id=case, operator_id=olga.pk)

    deciding.take(case_id=case, operator_id=pavel.pk, now=now)
    assert ModerationCase.objects.get().assignee_id == pavel.pk


def test_a_second_opinion_is_given_by_somebody_else(case, olga, pavel, shop, now):
    deciding.ask_second(case_id=case, opinion="I would decline", now=now, **operator(olga))

    with pytest.raises(SecondOpinion):
        deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(pavel))

    assert product(shop).status == "price_sent"
    assert [one.verdict for one in moderation.case(case).decisions] == ["approved", "opinion"]


def test_a_decision_is_turned_round_and_both_stay_in_the_history(case, olga, pavel, shop, now):
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(olga))

    deciding.reverse(case_id=case, verdict="declined", given=[BAD], note="seen too late", now=now, **operator(pavel))
    assert product(shop).status == "declined"
    deciding.reverse(case_id=case, verdict="approved", note="no, it is fine", now=now, **operator(olga))

    assert product(shop).status == "price_sent"
    assert [one.verdict for one in moderation.case(case).decisions] == ["reversed", "reversed", "approved"]
    with pytest.raises(CaseDecided):
        deciding.reverse(case_id=case, verdict="approved", note="again", now=now, **operator(olga))


def test_a_corrected_card_goes_to_a_person_again(case, put, draft, olga, shop, now):
    deciding.decide(case_id=case, verdict="revision", given=[BAD], now=now, **operator(olga))
    assert product(shop).status == "declined"

    put(draft(name="Headphones, over-ear, black"))

    assert product(shop).status == "moderating"
    fresh = ModerationCase.objects.get(state="open")
    assert (fresh.kind, fresh.reasons) == ("change", ["corrected"])


def test_a_declined_card_stays_declined_while_only_its_price_changes(case, put, draft, olga, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))

    put(draft(description="Clinically proven comfort", price="2500.00"))

    assert (product(shop).status, product(shop).problem_count) == ("declined", 1)


def test_old_decisions_keep_the_version_of_the_rules_they_were_made_by(case, olga, now):
    known = ModerationCase.objects.get().rule_ids
    deciding.decide(case_id=case, verdict="approved", now=now, **operator(olga))

    rules.put(defaults.SCREENING, "words.en", {"block": ["comfort"]}, valid_from=now, source="test")

    assert Decision.objects.get().rule_ids == known
    assert ModerationCase.objects.get().findings[0]["rule_id"] in known


# --- appeals ----------------------------------------------------------------------------------------------------


def appeal(shop, now, comment="The brand is ours.", files=()):
    return deciding.appeal(seller=shop, product_id=product(shop).id, comment=comment, files=files,
                           actor=Actor.system("test"), now=now)


def test_an_appeal_is_made_once_with_comment_and_files(case, olga, pavel, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))

    second = appeal(shop, now, files=[("letter.pdf", PDF)])

    row = moderation.case(second)
    assert (row.row.kind, row.comment, [one.name for one in row.files]) == (
        "appeal", "The brand is ours.", ["letter.pdf"])
    deciding.decide(case_id=second, verdict="declined", given=[BAD], now=now, **operator(pavel))
    with pytest.raises(AppealClosed):
        appeal(shop, now)
    assert moderation.last_case(shop, product(shop).id).may_appeal is False


def test_a_won_appeal_puts_the_product_back(case, olga, pavel, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))

    deciding.decide(case_id=appeal(shop, now), verdict="approved", now=now, **operator(pavel))

    assert product(shop).status == "price_sent"


def test_nobody_decides_an_appeal_against_their_own_decision(case, olga, pavel, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))
    second = appeal(shop, now)

    for refused in (lambda: deciding.decide(case_id=second, verdict="approved", now=now, **operator(olga)),
                    lambda: deciding.take(case_id=second, operator_id=olga.pk, over=True, now=now)):
        with pytest.raises(OwnDecision):
            refused()
    row = ModerationCase.objects.get(pk=second)
    assert (row.state, row.assignee_id) == ("open", None)
    assert Decision.objects.count() == 1
    assert moderation.case(second).barred == {olga.pk: "Olga"}
    assert moderation.next_case(after_id=0, me=olga.pk) is None
    assert moderation.next_case(after_id=0, me=pavel.pk) == second
    deciding.decide(case_id=second, verdict="declined", given=[BAD], now=now, **operator(pavel))
    with pytest.raises(OwnDecision):
        deciding.reverse(case_id=second, verdict="approved", note="After all", now=now, **operator(olga))
    assert product(shop).status == "declined"


def test_whoever_only_gave_an_opinion_may_decide_the_appeal(case, olga, pavel, shop, now):
    deciding.ask_second(case_id=case, opinion="Looks fine to me", now=now, **operator(pavel))
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))

    deciding.decide(case_id=appeal(shop, now), verdict="approved", now=now, **operator(pavel))

    assert product(shop).status == "price_sent"


# --- leaving the queue ------------------------------------------------------------------------------------------


def test_a_product_in_the_archive_leaves_the_queue_and_comes_back_with_a_new_term(case, olga, shop, now):
    act = {"seller": shop, "product_ids": [product(shop).id], "actor": Actor.system("test")}
    shelving.move(archived=True, now=now, **act)

    assert moderation.cases_page(tab="waiting", me=olga.pk, now=now).rows == []
    with pytest.raises(CaseDropped):
        deciding.decide(case_id=case, verdict="approved", now=now, **operator(olga))
    assert not Decision.objects.exists()
    later = now + timedelta(days=30)
    shelving.move(archived=False, now=later, **act)

    [row] = moderation.cases_page(tab="waiting", me=olga.pk, now=later).rows
    assert (row.id, row.opened_at) == (case, later)
    assert row.due_at > later


def test_what_was_decided_is_not_opened_again_by_the_archive(case, olga, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))
    act = {"seller": shop, "product_ids": [product(shop).id], "actor": Actor.system("test"), "now": now}

    shelving.move(archived=True, **act)
    shelving.move(archived=False, **act)

    assert ModerationCase.objects.get().state == "declined"


def test_a_closed_shop_leaves_the_queue(case, olga, shop, now):
    activity.record("sellers.shop.closed", now=now, actor=Actor.system("test"), seller_id=shop.id, target_type="shop",
                    target_id=shop.id, target_label=shop.name)

    subscribers.on_closed(activity.history(shop.id, "shop", shop.id, limit=1))

    assert ModerationCase.objects.get().state == "dropped"
    assert tally.ask(moderation.waiting()) == [0, 0]


def test_the_term_skips_the_holidays_of_the_calendar(put, draft, now):
    rules.put(defaults.SCREENING, "calendar", {"holidays": [(now + timedelta(days=1)).date().isoformat()]},
              valid_from=now, source="test")

    put(draft(description="Clinically proven comfort"))

    assert ModerationCase.objects.get().due_at.date() == (now + timedelta(days=4)).date()


def test_an_appeal_needs_words_and_a_sound_file(case, olga, shop, now):
    deciding.decide(case_id=case, verdict="declined", given=[BAD], now=now, **operator(olga))

    with pytest.raises(Invalid):
        appeal(shop, now, comment="  ")
    with pytest.raises(Invalid) as refused:
        appeal(shop, now, files=[("a.exe", b"MZ")])
    assert (refused.value.fields[0].field, refused.value.fields[0].value) == ("files", "a.exe")
    assert ModerationCase.objects.count() == 1
    assert not PaperFile.objects.exists()


def test_nothing_but_a_declined_card_can_be_appealed(put, draft, shop, now):
    put(draft())

    with pytest.raises(AppealClosed):
        appeal(shop, now)


# --- reading ----------------------------------------------------------------------------------------------------


def test_the_queue_shows_the_most_urgent_first_and_pages(put, draft, olga, now):
    rule(now, new_percent=100)
    put(*(draft(f"S-{at}") for at in range(4)), draft("F-1", description="Clinically proven"))

    first = moderation.cases_page(tab="waiting", me=olga.pk, now=now, limit=2)
    second = moderation.cases_page(tab="waiting", me=olga.pk, now=now, limit=2, cursor=first.next_cursor)

    assert [row.offer_id for row in (*first.rows, *second.rows)] == ["F-1", "S-0", "S-1", "S-2"]
    assert [row.offer_id for row in moderation.cases_page(
        tab="waiting", me=olga.pk, now=now, risky=True).rows] == ["F-1"]


def test_the_tabs_count_what_they_hold(case, olga, now):
    deciding.take(case_id=case, operator_id=olga.pk, now=now)

    assert moderation.case_counts(me=olga.pk, now=now + timedelta(days=9)) == {
        "waiting": 1, "mine": 1, "late": 1, "second": 0, "appeals": 0}
    assert tally.ask(moderation.waiting()) == [1, 0]


def test_a_case_that_never_was_is_told_so(olga, now):
    with pytest.raises(CaseUnknown):
        moderation.case(4711)
    with pytest.raises(CaseUnknown):
        deciding.decide(case_id=4711, verdict="approved", now=now, **operator(olga))


def test_states_of_moderation_are_those_of_the_table():
    assert {"approve", "decline"} <= states.possible("moderating") | states.possible("price_sent")
