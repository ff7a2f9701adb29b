"""What operators do with a case: take, decide, ask a colleague, turn a decision round; and the seller's appeal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog import queries, remarks, states, stored
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
from sellerdesk.catalog.models_moderation import Decision, ModerationCase
from sellerdesk.catalog.moderation_types import REASONS, Remark
from sellerdesk.catalog.services import certificates, judging, letters, paperfiles, placing
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

VERDICTS = ("approved", "declined", "revision")
MAX_NOTE = 1000
MAX_COMMENT = 3000
_EVENTS = {"approved": events.CASE_APPROVED, "declined": events.CASE_DECLINED, "revision": events.CASE_REVISION}


def take(*, case_id: int, operator_id: int, over: bool = False, now: datetime) -> None:
    """“I take it”. `over`: also from a colleague.

    Raises CaseUnknown, CaseDecided, CaseTaken naming who has it, OwnDecision for an appeal against one's own decision.
    """
    case = _case(case_id)
    _not_own(case, operator_id)
    free = Q() if over else Q(assignee=None) | Q(assignee_id=operator_id)
    if not ModerationCase.objects.filter(free, pk=case_id, state="open").update(
            assignee_id=operator_id, assigned_at=now):
        raise _why_not(case)


def release(*, case_id: int, operator_id: int) -> None:
    """Put a case back that one has taken; nothing happens where one has not."""
    ModerationCase.objects.filter(pk=case_id, state="open", assignee_id=operator_id).update(
        assignee=None, assigned_at=None)


def decide(*, case_id: int, verdict: str, given: Sequence[Remark] = (), note: str = "", operator_id: int, actor: Actor,
           now: datetime) -> None:
    """Approve, decline, or ask for a revision. Two operators never decide the same case: the first one's holds.

    A declined card leaves the shelf until its seller has corrected it. Raises CaseUnknown, CaseDecided, CaseTaken
    while a colleague has it, SecondOpinion, OwnDecision for an appeal against one's own decision, Invalid without a
    remark where the seller must read why.
    """
    if verdict not in VERDICTS:
        raise Invalid("verdict_unknown", field="verdict", data={"value": verdict[:20]})
    given = _checked(given, verdict)
    case = _case(case_id)
    if case.second_opinion and Decision.objects.filter(
            case_id=case_id, verdict="opinion", operator_id=operator_id).exists():
        raise SecondOpinion()
    _not_own(case, operator_id)
    with atomic():
        moved = ModerationCase.objects.filter(
            Q(assignee=None) | Q(assignee_id=operator_id), pk=case_id, state="open").update(
            state=verdict, remarks=_rows(given), decided_at=now, assignee_id=operator_id)
        if not moved:
            raise _why_not(ModerationCase.objects.get(pk=case_id))
        _write_down(case, verdict, given, note, operator_id, actor, now)
        _carry_out(case, verdict, given, now)
        _tell(_EVENTS[verdict], case, actor, now, remarks=_rows(given))
        if verdict != "approved" or case.kind == "appeal":
            letters.announce(case.seller_id)


def ask_second(*, case_id: int, opinion: str, operator_id: int, actor: Actor, now: datetime) -> None:
    """Leave a case to a colleague, with what one thinks oneself. Raises Invalid without words, as `decide` does."""
    if not opinion.strip():
        raise Invalid("opinion_missing", _("Write what you think: your colleague starts from it."), field="note")
    case = _case(case_id)
    with atomic():
        moved = ModerationCase.objects.filter(
            Q(assignee=None) | Q(assignee_id=operator_id), pk=case_id, state="open").update(
            second_opinion="asked", assignee=None, assigned_at=None)
        if not moved:
            raise _why_not(ModerationCase.objects.get(pk=case_id))
        _write_down(case, "opinion", (), opinion, operator_id, actor, now)


def reverse(*, case_id: int, verdict: str, given: Sequence[Remark] = (), note: str, operator_id: int, actor: Actor,
            now: datetime) -> None:
    """Turn a decision round. Both stay in the history. Raises Invalid without a note, CaseDecided where the case has
    another decision by now or a newer case of the product is there."""
    if verdict not in VERDICTS:
        raise Invalid("verdict_unknown", field="verdict", data={"value": verdict[:20]})
    if not note.strip():
        raise Invalid("note_missing", _("Write why the decision is changed."), field="note")
    given = _checked(given, verdict)
    case = _case(case_id)
    if ModerationCase.objects.filter(product_id=case.product_id, pk__gt=case_id).exists():
        raise CaseDecided()
    _not_own(case, operator_id)
    with atomic():
        moved = ModerationCase.objects.filter(pk=case_id, state__in=[one for one in VERDICTS if one != verdict]).update(
            state=verdict, remarks=_rows(given), decided_at=now, told_at=None)
        if not moved:
            raise CaseDecided()
        _write_down(case, "reversed", given, note, operator_id, actor, now)
        _carry_out(case, verdict, given, now)
        _tell(events.CASE_REVERSED, case, actor, now, verdict=verdict, remarks=_rows(given))
        letters.announce(case.seller_id)


def appeal(*, seller: SellerRef, product_id: int, comment: str, files: Sequence[tuple[str, bytes]], actor: Actor,
           now: datetime) -> int:
    """Ask for another look at a declined card, once. Returns the new case. Raises AppealClosed, Invalid."""
    if not comment.strip():
        raise Invalid("comment_missing", _("Write why the decision is wrong."), field="comment")
    if len(comment) > MAX_COMMENT:
        raise Invalid("comment_too_long", _("The comment is longer than %(limit)s characters."), field="comment",
                      data={"limit": MAX_COMMENT})
    last = ModerationCase.objects.filter(seller_id=seller.id, product_id=product_id).order_by("-id").first()
    if last is None or last.state not in ("declined", "revision") or last.kind == "appeal":
        raise AppealClosed()
    with atomic():
        case = ModerationCase.objects.create(
            seller_id=seller.id, product_id=product_id, kind="appeal", reasons=["appeal"], before=last.before,
            after=last.after, findings=last.findings, rule_ids=last.rule_ids, risk=REASONS["appeal"],
            comment=comment.strip(), appeal_of=last, opened_at=now, due_at=judging.due_from(now))
        paperfiles.keep(seller_id=seller.id, files=files, now=now, case_id=case.pk)
        _tell(events.CASE_APPEALED, case, actor, now)
    return case.pk


def drop(*, seller: SellerRef, product_ids: Collection[int] | None = None) -> int:
    """Take open cases out of the queue: of products put away, or of a whole shop. Returns how many."""
    return ModerationCase.objects.filter(seller_id=seller.id, state="open", **_of(product_ids)).update(state="dropped")


def pick_up(*, seller: SellerRef, product_ids: Collection[int], now: datetime) -> int:
    """Put the cases of products that came back into the queue again, with a new term. Returns how many.

    Only the latest case of a product counts, and only where it was dropped before anybody decided.
    """
    newer = ModerationCase.objects.filter(product_id=OuterRef("product_id"), pk__gt=OuterRef("pk"))
    return ModerationCase.objects.filter(~Exists(newer), seller_id=seller.id, state="dropped",
                                         **_of(product_ids)).update(
        state="open", assignee=None, assigned_at=None, opened_at=now, due_at=judging.due_from(now))


def _of(product_ids: Collection[int] | None) -> dict[str, Any]:
    return {} if product_ids is None else {"product_id__in": list(product_ids)}


def _case(case_id: int) -> ModerationCase:
    case = ModerationCase.objects.filter(pk=case_id).first()
    if case is None:
        raise CaseUnknown()
    return case


def _not_own(case: ModerationCase, operator_id: int) -> None:
    """An appeal asks for other eyes. The decisions it is about stand still: a newer case of the product is there."""
    if case.appeal_of_id and Decision.objects.filter(
            case_id=case.appeal_of_id, operator_id=operator_id).exclude(verdict="opinion").exists():
        raise OwnDecision()


def _why_not(case: ModerationCase) -> CaseDecided | CaseDropped | CaseTaken:
    """Why a guarded update met nothing: decided, dropped, or in a colleague's hands."""
    if case.state == "dropped":
        return CaseDropped()
    if case.state != "open" or case.assignee is None:
        return CaseDecided()
    return CaseTaken(data={"who": str(case.assignee)})


def _checked(given: Sequence[Remark], verdict: str) -> list[Remark]:
    if verdict == "approved":
        return []
    known = [one for one in given if one.code in remarks.TEMPLATES]
    if not known:
        raise Invalid("reason_missing", _("Choose at least one reason: the seller must know what to correct."),
                      field="remarks")
    bare = [one for one in known if one.code == "other" and not one.note.strip()]
    if bare:
        raise Invalid("note_missing", _("“Something else” needs a note: the seller must know what to correct."),
                      field="note")
    return [Remark(one.code, one.field or remarks.template(one.code).field, one.note.strip()[:MAX_NOTE])
            for one in known]


def _rows(given: Sequence[Remark]) -> list[dict[str, str]]:
    return [{"code": one.code, "field": one.field, "note": one.note, "policy": remarks.template(one.code).policy}
            for one in given]


def _write_down(case: ModerationCase, verdict: str, given: Sequence[Remark], note: str, operator_id: int, actor: Actor,
                now: datetime) -> None:
    Decision.objects.create(case_id=case.pk, at=now, operator_id=operator_id, operator_label=actor.label[:200],
                            verdict=verdict, remarks=_rows(given), note=note.strip()[:MAX_NOTE],
                            rule_ids=case.rule_ids)


def _carry_out(case: ModerationCase, verdict: str, given: Sequence[Remark], now: datetime) -> None:
    """Move the product where the decision says, with the remarks on the card."""
    seller, product_id = sellers.seller_ref(case.seller_id), case.product_id
    if verdict == "approved":
        placing.move("approve", seller=seller, product_ids=[product_id], now=now, errors=[])
        Product.objects.filter(pk=product_id, seller_id=seller.id).update(in_review=False)
        certificates.hide_lacking(seller, [product_id], states.NO_PAPER, now=now)
        return
    errors = [stored.error_row(FieldError(
        one.field or "name", f"moderation_{one.code}", remarks.template(one.code).text, one.note,
        {"level": "error", "policy": remarks.template(one.code).policy})) for one in given]
    placing.move("decline", seller=seller, product_ids=[product_id], now=now, errors=errors)


def _tell(event: Any, case: ModerationCase, actor: Actor, now: datetime, **data: Any) -> None:
    seller = sellers.seller_ref(case.seller_id)
    [ref] = queries.refs(seller, product_ids=[case.product_id])
    activity.record(event.name, now=now, actor=actor, seller_id=seller.id, target_type="product", target_id=ref.id,
                    target_label=ref.offer_id, data={"case": case.pk, **data})
