"""Writing rows that were judged: cards, barcodes, journal, parts, news and cases, a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sellerdesk.catalog import events, offer_parts, rules
from sellerdesk.catalog.models import ProductBarcode
from sellerdesk.catalog.services import changes, fetching, filefetching, judging
from sellerdesk.catalog.services.applying.rows import CONTENT, Refused, Row, of_part
from sellerdesk.core import activity, ids
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.sellers.types import SellerRef

_DERIVED = {"score": "int", "model_key": "text", "brand_id": "int", "brand": "text", "search_text": "text"}
_MODERATED = {"hidden_because": "text", "in_review": "bool", "errors": "json", "problem_count": "int"}
_LABELS_SHOWN = 3


def write(seller: SellerRef, rows: Sequence[Row], actor: Actor, now: datetime, gathered: changes.Gathered) -> None:
    new = [row for row in rows if row.existing is None and not row.bare]
    if new:
        fresh = [row for row in new if row.reborn is None]
        taken = zip(ids.allocate("catalog.product", len(fresh), seller.id), ids.allocate("catalog.sku", len(fresh)),
                    strict=True)
        for row in new:
            row.product_id, row.sku = row.reborn or next(taken)
        _insert(seller, new, now)
    changed = [row for row in rows if row.existing and not row.bare
               and (row.card_changed or row.existing["status"] != row.status)]
    if changed:
        _update(changed, now)
    _keep_barcodes(seller, rows)
    touched = [row for row in rows if not row.bare and row.outcome in ("created", "updated")]
    for row in touched:
        if row.existing is None:
            gathered.note(row.product_id, row.content["offer_id"], {}, {"sku": row.sku, **row.content}, created=True)
        elif row.card_changed:
            gathered.note(row.product_id, row.existing["offer_id"], _difference(row, row.existing),
                          _difference(row, row.content))
    for part in offer_parts.registered():
        values = {row.product_id: row.parts[part.name] for row in rows if part.name in row.parts}
        refused = part.apply(seller, values, actor, now) if values else {}
        if refused:
            at = {row.product_id: row.at for row in rows}
            raise Refused({at[key]: [of_part(part, error, values[key]) for error in errors]
                            for key, errors in refused.items()})
    if touched:
        _tell(seller, touched, actor, now)
    judging.open_cases(seller, [(row.product_id, row.content["offer_id"], row.verdict) for row in rows if row.verdict],
                       new=frozenset(row.product_id for row in new), now=now)
    waiting = [row.product_id for row in rows if row.card_changed
               and any(image["state"] == "waiting" for image in row.content["images"])]
    if waiting:
        fetching.enqueue_waiting(seller.id, waiting)
    papers = [row.product_id for row in rows if row.card_changed
              and any(each["state"] == "waiting" for each in row.content["documents"])]
    if papers:
        filefetching.enqueue_waiting(seller.id, papers)


def _keep_barcodes(seller: SellerRef, rows: Sequence[Row]) -> None:
    """Barcodes one by one, for finding. No statement where none changed, at most two else."""
    changed = [row for row in rows
               if not row.bare and row.content["barcodes"] != (row.existing or {}).get("barcodes", [])]
    had = [row.product_id for row in changed if row.existing]
    if had:
        ProductBarcode.objects.filter(product_id__in=had).delete()
    codes = [[row.product_id, code] for row in changed for code in row.content["barcodes"]]
    if codes:
        execute(f"INSERT INTO catalog_productbarcode (seller_id, product_id, code) SELECT %s, v.id, v.code"
                f" FROM {json_rows('v', id='int', code='text')}", [seller.id, json_param(codes)])


def _derived(row: Row, sku: int) -> tuple[int, str, int, str, str]:
    """What is worked out from the card for lists: score, which products make one card, brand, words to search."""
    words = (row.content["name"], *row.content["names"].values(), row.content["offer_id"], str(sku),
             *row.content["barcodes"])
    return (row.score, rules.model_key(row.draft), *rules.brand(row.content["attributes"]),
            rules.fold(" ".join(words)))


def _insert(seller: SellerRef, rows: Sequence[Row], now: datetime) -> None:
    columns = {"id": "int", "sku": "int", "status": "text", **_DERIVED, **CONTENT, **_MODERATED}
    param = json_param([[row.product_id, row.sku, row.status, *_derived(row, row.sku),
                         *(row.content[name] for name in CONTENT), *row.moderated] for row in rows])
    execute(f"INSERT INTO catalog_product (seller_id, {', '.join(columns)}, archived, version,"
            f" created_at, updated_at) SELECT %s, {', '.join(f'v.{name}' for name in columns)}, false, 1,"
            f" %s, %s FROM {json_rows('v', **columns)}", [seller.id, now, now, param])


def _update(rows: Sequence[Row], now: datetime) -> None:
    columns = {"id": "int", "status": "text", **_DERIVED, **CONTENT, **_MODERATED}
    param = json_param([[row.product_id, row.status, *_derived(row, row.existing["sku"]),
                         *(row.content[name] for name in CONTENT), *row.moderated] for row in rows if row.existing])
    sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "id")
    execute(f"UPDATE catalog_product SET {sets},"
            f" version = catalog_product.version + 1, updated_at = %s FROM {json_rows('v', **columns)}"
            f" WHERE catalog_product.id = v.id", [now, param])


def _tell(seller: SellerRef, rows: Sequence[Row], actor: Actor, now: datetime) -> None:
    """One act, however many cards. `before` and `after` hold what changed in each, for history and undo."""
    created = [row for row in rows if row.existing is None]
    before = {str(row.product_id): _difference(row, row.existing) for row in rows if row.existing and row.card_changed}
    after = {str(row.product_id): _difference(row, row.content) for row in rows if row.existing and row.card_changed}
    labels = ", ".join(row.content["offer_id"] for row in rows[:_LABELS_SHOWN])
    one = rows[0] if len(rows) == 1 else None
    event = (events.PRODUCTS_SAVED if one is None
             else events.PRODUCT_CREATED if one.existing is None else events.PRODUCT_UPDATED)
    if one and not one.card_changed:
        return  # only a part changed, and its own domain has told that
    activity.record(
        event.name, now=now, actor=actor, seller_id=seller.id, target_type="product" if one else "products",
        target_id=one.product_id if one else "",
        target_label=labels + ("…" if len(rows) > _LABELS_SHOWN else ""), before=before or None, after=after or None,
        data={"count": len(rows), "created": len(created), "updated": len(rows) - len(created),
              "product_ids": [row.product_id for row in rows], "created_ids": [row.product_id for row in created]})


def _difference(row: Row, side: Mapping[str, Any]) -> dict[str, Any]:
    return {name: side[name] for name in CONTENT if row.existing and row.existing[name] != row.content[name]}
