"""Reading cases: the operator's queue, one case with its history, and the decision its seller reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from sellerdesk.catalog.errors import CaseUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.models_moderation import Decision, ModerationCase
from sellerdesk.catalog.moderation_types import Case, CaseRow, DecisionInfo, Remark, SellerCase, Stop
from sellerdesk.catalog.queries import papers
from sellerdesk.core import activity, clock
from sellerdesk.core.db import cursor_decode, cursor_encode, db_time, fetch_one
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

STOPPED = "catalog.product.stopped"
TABS = ("waiting", "mine", "late", "second", "appeals", "decided")
_ROW = ("id", "seller_id", "seller__name", "product_id", "product__name", "product__offer_id", "thumb", "kind", "state",
        "reasons", "risk", "sells", "opened_at", "due_at", "assignee__name", "assignee_id", "second_opinion")
HIGH_RISK = 50


def _of_tab(tab: str, me: int, now: datetime) -> Q:
    opened = Q(state="open")
    return {"waiting": opened, "mine": opened & Q(assignee_id=me), "late": opened & Q(due_at__lt=now),
            "second": opened & Q(second_opinion="asked"), "appeals": opened & Q(kind="appeal"),
            "decided": ~opened}.get(tab, opened)


def cases_page(*, tab: str, me: int, now: datetime, seller_id: int = 0, risky: bool = False,
               older_than: datetime | None = None, search: str = "", cursor: str | None = None,
               limit: int = 50) -> Page[CaseRow]:
    """A page of the queue: what is most urgent first, then what waits longest; decided ones newest first. One query."""
    rows = ModerationCase.objects.filter(clock.shops(), _of_tab(tab, me, now))
    if seller_id:
        rows = rows.filter(seller_id=seller_id)
    if risky:
        rows = rows.filter(risk__gte=HIGH_RISK)
    if older_than:
        rows = rows.filter(opened_at__lt=older_than)
    for word in search.split()[:4]:
        rows = rows.filter(Q(product__search_text__contains=word.casefold()))
    if tab == "decided":
        if cursor:
            rows = rows.filter(id__lt=cursor_decode(cursor, 2)[1])
        rows = rows.order_by("-id")
    else:
        if cursor:
            last_risk, last_id = cursor_decode(cursor, 2)
            rows = rows.filter(Q(risk__lt=last_risk) | Q(risk=last_risk, id__gt=last_id))
        rows = rows.order_by("-risk", "id")
    found = [_row(each) for each in _values(rows)[:limit + 1]]
    more = len(found) > limit
    found = found[:limit]
    return Page(found, cursor_encode(found[-1].risk, found[-1].id) if more else "", "")


def _values(rows: Any) -> Any:
    return rows.annotate(thumb=KeyTextTransform("thumb", KeyTransform("0", "product__images"))).values_list(*_ROW)


def _row(each: Sequence[Any]) -> CaseRow:
    return CaseRow(each[0], each[1], each[2], each[3], each[4], each[5], f"/media/{each[6]}" if each[6] else "",
                   each[7], each[8], tuple(each[9]), each[10], each[11], each[12], each[13], each[14] or "",
                   each[15], each[16])


def case_counts(*, me: int, now: datetime) -> dict[str, int]:
    """How many cases each tab holds, decided ones left out. One query."""
    found = fetch_one(
        "SELECT count(*), count(*) FILTER (WHERE assignee_id = %s), count(*) FILTER (WHERE due_at < %s),"
        " count(*) FILTER (WHERE second_opinion = 'asked'), count(*) FILTER (WHERE kind = 'appeal')"
        " FROM catalog_moderationcase WHERE state = 'open'", [me, db_time(now)]) or (0,) * 5
    return dict(zip(TABS, found, strict=False))


def waiting() -> tuple[Tally, Tally]:
    """How many cases and how many papers wait for an operator, for the menu."""
    return (Tally("SELECT COUNT(*) FROM catalog_moderationcase WHERE state = 'open'"),
            Tally("SELECT COUNT(*) FROM catalog_certificate WHERE state = 'review'"))


def case(case_id: int) -> Case:
    """One case with its history and files. Four queries. Raises CaseUnknown."""
    found = _values(ModerationCase.objects.filter(pk=case_id)).annotate(extra=F("pk")).values_list(
        *_ROW, "before", "after", "findings", "comment", "appeal_of_id", "remarks", "decided_at").first()
    if found is None:
        raise CaseUnknown()
    before, after, findings, comment, appeal_of, remarks, decided_at = found[len(_ROW):]
    decisions = Decision.objects.filter(Q(case_id=case_id) | Q(case_id=appeal_of)).order_by("-id").values_list(
        "at", "operator_label", "operator_id", "verdict", "remarks", "note", "case_id")
    barred = {row[2]: row[1] for row in decisions if row[6] == appeal_of and row[3] != "opinion" and row[2]}
    return Case(_row(found), before, after, tuple(findings), comment, appeal_of, _remarks(remarks), decided_at,
                tuple(DecisionInfo(row[0], row[1], row[2], row[3], _remarks(row[4]), row[5]) for row in decisions),
                papers.paper_files(case_id=case_id), barred)


def _own_decision(me: int) -> Q:
    """Appeals against what this operator has decided: they are a colleague's to decide."""
    return Q(Exists(Decision.objects.filter(case_id=OuterRef("appeal_of_id"), operator_id=me).exclude(
        verdict="opinion")))


def next_case(*, after_id: int, me: int) -> int | None:
    """The case an operator turns to next: the most urgent that is free or theirs, and theirs to decide. One query."""
    rows = ModerationCase.objects.filter(Q(assignee=None) | Q(assignee_id=me), state="open").exclude(
        pk=after_id).exclude(_own_decision(me))
    return rows.order_by("-risk", "id").values_list("id", flat=True).first()


def _remarks(rows: Sequence[Mapping[str, str]]) -> tuple[Remark, ...]:
    return tuple(Remark(row["code"], row.get("field", ""), row.get("note", "")) for row in rows)


def last_case(seller: SellerRef, product_id: int) -> SellerCase | None:
    """The latest case of a product, as its seller may see it: nothing of what operators wrote to each other."""
    row = ModerationCase.objects.filter(seller_id=seller.id, product_id=product_id).order_by("-id").values_list(
        "id", "kind", "state", "reasons", "remarks", "opened_at", "due_at", "decided_at", "comment").first()
    if row is None:
        return None
    return SellerCase(row[0], row[1], row[2], tuple(row[3]), _remarks(row[4]), row[5], row[6], row[7],
                      row[2] in ("declined", "revision") and row[1] != "appeal", row[8])


def stop_of(seller: SellerRef, product_id: int) -> Stop | None:
    """Why an operator stopped a product, and when: the latest stop in its history. One query."""
    for entry in activity.history(seller.id, "product", product_id, limit=200):
        if entry.event == STOPPED and entry.data:
            return Stop(entry.at, Remark(entry.data["code"], entry.data["field"], entry.data["note"]))
    return None


def pictures_now(product_id: int) -> list[dict[str, str]]:
    """The pictures of a card as they are, for an operator. One query."""
    return Product.objects.filter(pk=product_id).values_list("images", flat=True).first() or []


def newest_of_product(product_id: int) -> int:
    """The latest case of a product: only its decision can be turned round. One query."""
    return ModerationCase.objects.filter(product_id=product_id).order_by("-id").values_list("id", flat=True)[0]
