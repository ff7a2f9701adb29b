"""Reading claims. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from sellerdesk.core import clock, tally
from sellerdesk.core.db import cursor_decode, cursor_encode, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import DatedRule
from sellerdesk.core.paging import keyset
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.returns import rules, states
from sellerdesk.returns.errors import ClaimNotFound
from sellerdesk.returns.models import Claim, ClaimPhoto
from sellerdesk.returns.types import REASON_FACTS, ClaimCard, ClaimFilter, ClaimRow, Photo
from sellerdesk.sellers.types import SellerRef

_ROW = ("id", "seller_id", "posting_number", "order_number", "product_id", "warehouse_id", "sku", "offer_id", "name",
        "quantity", "amount_minor", "currency", "reason", "comment", "method", "tracking_number", "state", "due_at",
        "rejection", "rejection_comment", "offer_minor", "back_way_minor", "delivered_at", "created_at", "changed_at",
        "closed_at", "version")


def claims_page(seller: SellerRef, *, filter: ClaimFilter, cursor: str | None = None,
                limit: int = 50) -> Page[ClaimRow]:
    """Claims, newest first. One query. Raises Invalid `cursor_invalid`."""
    rows = _filtered(seller, filter)
    backwards = False
    if cursor:
        value, last_id, backwards = cursor_decode(cursor, 3)
        try:
            place, last_id = utc(str(value)), int(last_id)
        except (TypeError, ValueError):
            raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None
        beyond = "gt" if backwards else "lt"
        rows = rows.filter(Q(**{f"created_at__{beyond}": place}) | Q(**{"created_at": place, f"id__{beyond}": last_id}))
    order = ("created_at", "id") if backwards else ("-created_at", "-id")
    found = [ClaimRow(*row) for row in rows.order_by(*order).values_list(*_ROW)[: limit + 1]]
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([])
    return Page(shown, cursor_encode(shown[-1].created_at, shown[-1].id, False) if more or backwards else "",
                cursor_encode(shown[0].created_at, shown[0].id, True) if (more if backwards else cursor) else "")


def claims_after(seller: SellerRef, *, filter: ClaimFilter, last_id: int = 0, limit: int = 1000) -> list[ClaimRow]:
    """Claims with an id above `last_id`, by id: for the API. One query."""
    rows = _filtered(seller, filter).filter(id__gt=last_id)
    return [ClaimRow(*row) for row in rows.order_by("id").values_list(*_ROW)[:limit]]


def claim(seller: SellerRef, claim_id: int, warehouse_ids: Sequence[int] = ()) -> ClaimCard:
    """One claim with its photos, its term and what may be done. Three queries.

    Raises ClaimNotFound, also for one outside the warehouses given.
    """
    rows = Claim.objects.filter(seller_id=seller.id, pk=claim_id)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    found = rows.values_list(*_ROW, "term_rule_id").first()
    if found is None:
        raise ClaimNotFound(rules.claim_number(claim_id))
    row = ClaimRow(*found[:-1])
    term = DatedRule.objects.get(pk=found[-1]).value
    return ClaimCard(
        row, states.available_actions(row.state), tuple(Photo(key, by) for key, by in ClaimPhoto.objects.filter(
            claim_id=claim_id, seller_id=seller.id).order_by("id").values_list("key", "by")),
        term["faulty_days" if REASON_FACTS[row.reason].faulty else "good_days"], found[-1])


def claims_of_posting(seller: SellerRef, posting_number: str) -> list[ClaimRow]:
    """Claims on one posting, oldest first. One query."""
    return [ClaimRow(*row) for row in Claim.objects.filter(
        seller_id=seller.id, posting_number=posting_number).order_by("id").values_list(*_ROW)]


def claim_counts(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> dict[str, int]:
    """Claims by group, and `all`; in these warehouses only where some are named. One query over an index."""
    found: dict[str, int] = dict.fromkeys([*states.GROUPS, "all"], 0)
    rows = Claim.objects.filter(seller_id=seller.id)
    if warehouse_ids:
        rows = rows.filter(warehouse_id__in=warehouse_ids)
    for state, number in rows.values_list("state").annotate(n=Count("id")).order_by():
        found[states.GROUP_OF[state]] += number
        found["all"] += number
    return found


def claims_to_answer(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> int:
    """How many claims wait for the shop. One query over an index."""
    return tally.ask([claims_tally(seller, warehouse_ids)])[0]


def claims_tally(seller: SellerRef, warehouse_ids: Sequence[int] = ()) -> Tally:
    """The same for the menu, which asks together with others."""
    rows = Claim.objects.filter(seller_id=seller.id, state__in=states.SELLERS_TURN)
    return tally.rows(rows.filter(warehouse_id__in=warehouse_ids) if warehouse_ids else rows)


def disputed_total() -> Tally:
    """How many claims of all shops are in dispute, for the menu."""
    return tally.rows(Claim.objects.filter(clock.shops(), state=states.DISPUTED))


def disputed_claims(*, cursor: str | None = None, limit: int = 50) -> Page[ClaimRow]:
    """Disputes of all shops, those whose term ends first on top: operators' work. One query."""
    rows = Claim.objects.filter(clock.shops(), state=states.DISPUTED).annotate(due=Coalesce("due_at", "changed_at"))
    return keyset(rows, "due", "id", cursor=cursor, limit=limit, columns=_ROW).map(lambda row: ClaimRow(*row))


def photos_of(claim_ids: Sequence[int]) -> dict[int, list[Photo]]:
    """The photos of these claims of any shops: operators' work. One query."""
    found: dict[int, list[Photo]] = defaultdict(list)
    for claim_id, key, by in ClaimPhoto.objects.filter(claim_id__in=claim_ids).order_by("id").values_list(
            "claim_id", "key", "by"):
        found[claim_id].append(Photo(key, by))
    return found


def open_claims(before: datetime, limit: int = 500) -> list[ClaimRow]:
    """Claims of all shops that are not closed and came into their state before a moment: the market's work."""
    rows = Claim.objects.exclude(state__in=states.FINAL).filter(clock.shops(), changed_at__lt=before)
    return [ClaimRow(*row) for row in rows.order_by("id").values_list(*_ROW)[:limit]]


def open_claim_count(seller: SellerRef) -> int:
    return Claim.objects.filter(seller_id=seller.id).exclude(state__in=states.FINAL).count()


def _filtered(seller: SellerRef, where: ClaimFilter) -> QuerySet[Claim, Any]:
    rows = Claim.objects.filter(seller_id=seller.id)
    if where.groups:
        rows = rows.filter(state__in=[state for state, group in states.GROUP_OF.items() if group in where.groups])
    for column, value in (("posting_number", where.posting_number), ("offer_id", where.offer_id),
                          ("reason", where.reason)):
        if value:
            rows = rows.filter(**{column: value})
    if where.warehouse_ids:
        rows = rows.filter(warehouse_id__in=where.warehouse_ids)
    if where.since:
        rows = rows.filter(created_at__gte=where.since)
    if where.to:
        rows = rows.filter(created_at__lt=where.to)
    for word in rules.fold(where.search[:200]).split():
        number = word.removeprefix("ret-").lstrip("0")
        match = Q(search_text__contains=word)
        rows = rows.filter(match | Q(pk=int(number)) if number.isdecimal() and len(number) < 18 else match)
    return rows
