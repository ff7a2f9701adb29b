"""Reading prices. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from sellerdesk.core import clock
from sellerdesk.core.db import cursor_decode, cursor_encode, db_time, fetch_all, json_param, json_rows, utc
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.pricing.errors import RunUnknown
from sellerdesk.pricing.models import Price, PriceChange, PriceRun, QuarantinedPrice
from sellerdesk.pricing.types import ChangeRow, PriceRow, RunCounts, RunInfo, RunSample, WaitingRow
from sellerdesk.sellers.types import SellerRef

_COLUMNS = ("product_id", "price_minor", "old_price_minor", "min_price_minor", "cost_minor", "currency", "updated_at",
            "auto_action", "strategy")


def prices(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, PriceRow]:
    """Prices by product; products without one are left out. One query, one parameter for any number of ids."""
    ids = list(product_ids)
    if not ids:
        return {}
    rows = fetch_all(
        "SELECT p.product_id, p.price_minor, p.old_price_minor, p.min_price_minor, p.cost_minor, p.currency,"
        f" p.updated_at, p.auto_action, p.strategy FROM pricing_price p JOIN {json_rows('v', id='int')}"
        " ON p.product_id = v.id WHERE p.seller_id = %s",
        [json_param([[id_] for id_ in ids]), seller.id])
    return {row[0]: PriceRow(row[0], row[1], row[2], row[3], row[4], row[5], utc(row[6]) or row[6],
                             None if row[7] is None else bool(row[7]), bool(row[8])) for row in rows}


def auto_action_shops() -> list[int]:
    """Shops with a product that joins actions of the marketplace by itself, for the timetable. One query."""
    return list(Price.objects.filter(clock.shops(), auto_action=True).order_by("seller_id").values_list(
        "seller_id", flat=True).distinct())


def first_prices(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, int]:
    """What buyers first saw each product for, minor units; products without a history are left out. One query."""
    ids = list(product_ids)
    if not ids:
        return {}
    # One probe of the index on the product's history each.
    return {row[0]: int(row[1]) for row in fetch_all(
        f"""SELECT v.id, (SELECT c.price_minor FROM pricing_pricechange c WHERE c.product_id = v.id AND c.seller_id = %s
                          ORDER BY c.real_at, c.id LIMIT 1)
            FROM {json_rows('v', id='int')}""", [seller.id, json_param([[id_] for id_ in ids])]) if row[1]}


def prices_page(seller: SellerRef, *, product_ids: Sequence[int] = (), offer_ids: Sequence[str] = (),
                cursor: str | None = None, limit: int = 100) -> Page[PriceRow]:
    """Prices in product order; ids or offer ids narrow the list (either is enough). One query.

    Raises Invalid `cursor_invalid`.
    """
    rows = Price.objects.filter(product__seller_id=seller.id)
    if product_ids and offer_ids:
        rows = rows.filter(product_id__in=product_ids) | rows.filter(product__offer_id__in=offer_ids)
    elif product_ids:
        rows = rows.filter(product_id__in=product_ids)
    elif offer_ids:
        rows = rows.filter(product__offer_id__in=offer_ids)
    if cursor:
        rows = rows.filter(product_id__gt=cursor_decode(cursor, 1)[0])
    found = [PriceRow(*row) for row in rows.order_by("product_id").values_list(*_COLUMNS)[: limit + 1]]
    shown = found[:limit]
    return Page(shown, cursor_encode(shown[-1].product_id) if len(found) > limit else "")


def recent_changes(seller: SellerRef, product_ids: Iterable[int], *, since: datetime
                   ) -> dict[int, tuple[int, datetime]]:
    """By product: how many changes buyers saw after a moment of real time, and when the first of them was."""
    # Asked product by product: joined, a planner without fresh statistics reads the whole history for each of them.
    of_one = "FROM pricing_pricechange c WHERE c.product_id = v.id AND c.seller_id = %s AND c.real_at > %s"
    named = [seller.id, db_time(since)]
    rows = fetch_all(
        f"SELECT v.id, (SELECT COUNT(*) {of_one}), (SELECT MIN(c.real_at) {of_one}) FROM {json_rows('v', id='int')}",
        [*named, *named, json_param([[id_] for id_ in product_ids])])
    return {product_id: (count, utc(first)) for product_id, count, first in rows if count}  # type: ignore[misc]


def history(seller: SellerRef, product_id: int, limit: int = 100) -> list[ChangeRow]:
    """What the product cost lately, newest first. One query; empty for another shop's product."""
    return history_page(seller, product_id, limit=limit).rows


def history_page(seller: SellerRef, product_id: int, *, cursor: str | None = None, limit: int = 100) -> Page[ChangeRow]:
    """What the product cost, newest first. One query; empty for another shop's product."""
    rows = PriceChange.objects.filter(product_id=product_id, seller_id=seller.id)
    return keyset(rows, "-real_at", "-id", cursor=cursor, limit=limit, columns=(
        "at", "currency", "price_before_minor", "price_minor", "old_price_before_minor", "old_price_minor",
        "actor_label", "actor_kind", "source", "asked_by")).map(lambda row: ChangeRow(*row))


def last_authors(seller: SellerRef, product_ids: Iterable[int]) -> dict[int, str]:
    """Who changed each of these prices last. One query."""
    rows = fetch_all(
        "SELECT v.id, (SELECT c.actor_label FROM pricing_pricechange c WHERE c.product_id = v.id AND c.seller_id = %s"
        f" ORDER BY c.real_at DESC, c.id DESC LIMIT 1) FROM {json_rows('v', id='int')}",
        [seller.id, json_param([[id_] for id_ in product_ids])])
    return {product_id: label or "" for product_id, label in rows}


_WAITING = ("id", "product_id", "currency", "price_minor", "old_price_minor", "min_price_minor", "cost_minor",
            "before_minor", "at", "expires_at", "actor_label", "source", "by_two")


def waiting_page(seller: SellerRef, *, cursor: str | None = None, limit: int = 50) -> Page[WaitingRow]:
    """Prices in quarantine, the latest first. One query. Raises Invalid `cursor_invalid`."""
    rows = _waiting(seller)
    if cursor:
        rows = rows.filter(id__lt=cursor_decode(cursor, 1)[0])
    found = [WaitingRow(*row) for row in rows.order_by("-id").values_list(*_WAITING)[: limit + 1]]
    shown = found[:limit]
    return Page(shown, cursor_encode(shown[-1].id) if len(found) > limit else "")


def waiting(seller: SellerRef, *, item_ids: Sequence[int] | None = None, product_ids: Sequence[int] | None = None,
            limit: int = 1000) -> list[WaitingRow]:
    """Prices in quarantine, by their own ids or by those of products; all of them where neither is given. One query."""
    named, params = "", []
    for column, ids in (("id", item_ids), ("product_id", product_ids)):
        if ids is not None:
            named += f" AND {column} IN (SELECT v.it FROM {json_rows('v', it='int')})"
            params.append(json_param([[id_] for id_ in dict.fromkeys(ids)]))
    rows = fetch_all(f"SELECT {', '.join(_WAITING)} FROM pricing_quarantinedprice WHERE seller_id = %s"
                     f" AND state = 'waiting'{named} ORDER BY id LIMIT %s", [seller.id, *params, limit])
    return [WaitingRow(id_, product_id, currency, price, old, low, cost, before, utc(at) or at, utc(ends) or ends, by,
                       source, bool(two))
            for id_, product_id, currency, price, old, low, cost, before, at, ends, by, source, two in rows]


def waiting_count(seller: SellerRef) -> int:
    """How many prices of the shop are in quarantine. One query."""
    return _waiting(seller).count()


def waiting_ends(seller: SellerRef) -> tuple[int, datetime | None]:
    """How many prices are in quarantine and when the first runs out. One query."""
    row = _waiting(seller).aggregate(count=Count("pk"), end=Min("expires_at"))
    return row["count"], row["end"]


def _waiting(seller: SellerRef) -> QuerySet[QuarantinedPrice]:
    return QuarantinedPrice.objects.filter(seller_id=seller.id, state=QuarantinedPrice.State.WAITING)


def run(seller: SellerRef, run_id: int) -> RunInfo:
    """A rule for many products. One query. Raises RunUnknown, for another shop's too."""
    row = PriceRun.objects.filter(pk=run_id, seller_id=seller.id).first()
    if row is None:
        raise RunUnknown()
    return _run(row)


def runs(seller: SellerRef, *, cursor: str | None = None, limit: int = 10) -> Page[RunInfo]:
    """Rules for many products, the newest first. One query."""
    return keyset(PriceRun.objects.filter(seller_id=seller.id), "-id", cursor=cursor, limit=limit).map(_run)


def _run(row: PriceRun) -> RunInfo:
    return RunInfo(row.pk, row.state, row.title, row.actor_label, row.created_at, row.finished_at, row.total, row.done,
                   RunCounts(**row.foreseen), RunCounts(**row.result), tuple(RunSample(**one) for one in row.samples),
                   row.batch_id, row.rule)
