"""Mails about moderation: what was decided, and what left the shelf. To owners and to those who may change cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django_tasks import task

from sellerdesk.accounts import queries as accounts
from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog import queries, remarks
from sellerdesk.catalog.models_moderation import Decision, ModerationCase
from sellerdesk.catalog.permissions import PRODUCT_EDIT
from sellerdesk.catalog.queries import states as wording
from sellerdesk.catalog.queries import wording as words
from sellerdesk.core import clock, jobs, mail
from sellerdesk.core.activity import Entry
from sellerdesk.core.db import atomic
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

#: A mail names so many products; the rest is told by their number.
SHOWN = 20
_MINUTE = 60


def announce(seller_id: int) -> None:
    """Have the shop told of what is decided in this minute, in one mail when the minute is over."""
    minute = int(clock.real_now().timestamp()) // _MINUTE
    jobs.enqueue(tell_decisions, seller_id, seller_id=seller_id, unique_key=f"moderation.letter:{seller_id}:{minute}",
                 run_at=datetime.fromtimestamp((minute + 1) * _MINUTE, UTC) + timedelta(seconds=1))


@task(queue_name="default")
def tell_decisions(seller_id: int) -> int:
    """One mail to each person about the decisions not told of yet; returns how many decisions it told of.

    They are marked in the same transaction: run twice, it writes once.
    """
    seller = sellers.seller_ref(seller_id)
    turned = Decision.objects.filter(case_id=OuterRef("pk"), verdict="reversed")
    with atomic():
        untold = ModerationCase.objects.filter(
            Q(state__in=["declined", "revision"]) | Q(state="approved") & (Q(kind="appeal") | Exists(turned)),
            seller_id=seller_id, told_at=None)
        rows = list(untold.order_by("pk").values("pk", "product_id", "kind", "state", "remarks"))
        if not rows or not ModerationCase.objects.filter(pk__in=[row["pk"] for row in rows], told_at=None).update(
                told_at=clock.real_now()):
            return 0
        shown = _known(seller, rows)
        for email, language in _readers(seller):
            with translation.override(language or "en"):
                lines = [{**_named(ref), "verdict": str(words.verdict(row["kind"], row["state"])),
                          "remarks": [_remark(one) for one in row["remarks"]]} for row, ref in shown]
            mail.send(email, "catalog/mail/decisions", {
                "shop": seller.name, "count": len(rows), "lines": lines, "more": len(rows) - len(lines)},
                language or "en")
    return len(rows)


def tell_hidden(entries: Sequence[Entry]) -> None:
    """One mail per shop about products that were hidden or stopped together."""
    by_shop: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.seller_id:
            by_shop.setdefault(entry.seller_id, []).append(entry)
    for seller_id, those in by_shop.items():
        seller = sellers.seller_ref(seller_id)
        shown = _known(seller, [{"product_id": int(entry.target_id), "data": entry.data or {},
                                 "stopped": entry.event == events.PRODUCT_STOPPED.name} for entry in those])
        for email, language in _readers(seller):
            with translation.override(language or "en"):
                lines = [{**_named(ref), "why": str(wording.hidden_sentence(
                    "stopped" if row["stopped"] else row["data"].get("because", ""))),
                    "remarks": [_remark(row["data"])] if row["stopped"] else []} for row, ref in shown]
            mail.send(email, "catalog/mail/hidden", {
                "shop": seller.name, "count": len(those), "lines": lines, "more": len(those) - len(lines)},
                language or "en")


def _readers(seller: SellerRef) -> list[tuple[str, str]]:
    return accounts.contacts(sellers.holders(seller, PRODUCT_EDIT))


def _known(seller: SellerRef, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], Any]]:
    """The first rows with their products; products deleted meanwhile are left out."""
    refs = {ref.id: ref for ref in queries.refs(seller, product_ids=[row["product_id"] for row in rows[:SHOWN]])}
    return [(row, refs[row["product_id"]]) for row in rows[:SHOWN] if row["product_id"] in refs]


def _named(ref: Any) -> dict[str, Any]:
    return {"product_id": ref.id, "offer_id": ref.offer_id, "name": ref.name}


def _remark(row: Mapping[str, str]) -> dict[str, str]:
    """A reason in the active language: field, what is wrong, how to mend it, what was written, the policy."""
    template = remarks.template(row["code"])
    return {"field": words.field_name(row["field"]) if row.get("field") else "", "title": str(template.title),
            "text": str(template.text), "note": row.get("note", ""), "policy": row.get("policy") or template.policy}
