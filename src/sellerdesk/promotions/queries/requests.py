"""Buyers' requests for a discount."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Count, Min

from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.promotions import states
from sellerdesk.promotions.models import DiscountRequest
from sellerdesk.sellers.types import SellerRef


def requests_after(seller: SellerRef, *, states_in: Collection[str] = (), before: int = 0, limit: int = 50
                   ) -> list[DiscountRequest]:
    """Requests, newest first, with ids below `before`. One query."""
    rows = DiscountRequest.objects.filter(seller_id=seller.id)
    if states_in:
        rows = rows.filter(state__in=states_in)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def requests_page(seller: SellerRef, *, states_in: Collection[str], cursor: str | None, limit: int
                  ) -> Page[DiscountRequest]:
    """Requests in some states, newest first. One query."""
    return keyset(DiscountRequest.objects.filter(seller_id=seller.id, state__in=states_in), "-pk", cursor=cursor,
                  limit=limit)


def requests_page_of(seller: SellerRef, state: str, page: int, limit: int) -> list[DiscountRequest]:
    """One numbered page of a state, newest first. One query."""
    rows = DiscountRequest.objects.filter(seller_id=seller.id, state=state).order_by("-pk")
    return list(rows[(page - 1) * limit:page * limit])


def request_counts(seller: SellerRef) -> dict[str, int]:
    """How many in each state. One query."""
    return dict(DiscountRequest.objects.filter(seller_id=seller.id).values("state").annotate(n=Count("id")).order_by(
        ).values_list("state", "n"))


def requests_waiting(seller: SellerRef) -> int:
    """How many wait for the shop. One query."""
    return DiscountRequest.objects.filter(seller_id=seller.id, state__in=states.OPEN).count()


def requests_due(seller: SellerRef) -> tuple[int, datetime | None]:
    """How many wait for the shop, and by when the first wants an answer. One query."""
    found = DiscountRequest.objects.filter(seller_id=seller.id, state__in=states.OPEN).aggregate(
        count=Count("id"), end=Min("answer_by"))
    return found["count"], found["end"]


def approved(seller_ids: Sequence[int], since: datetime, until: datetime) -> list[tuple[int, int, int, int, str]]:
    """(shop, request, product, least units, buyer's name) approved in a stretch of time, for the simulated market."""
    return list(DiscountRequest.objects.filter(
        seller_id__in=seller_ids, state=states.APPROVED, decided_at__gt=since, decided_at__lte=until).order_by(
        "pk").values_list("seller_id", "pk", "product_id", "approved_least", "buyer_name"))
