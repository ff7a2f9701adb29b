"""The engine behind every write of products: load once, judge in memory, write once, tell once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sellerdesk.catalog import events, offer_parts, queries, rules, stored
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.models import Picture, Product
from sellerdesk.catalog.services import pictures, wording
from sellerdesk.catalog.types import ImageInfo, ImageInput, ItemOutcome, OfferPart, Outcome, ProductDraft
from sellerdesk.core import activity, ids
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

_CONTENT = {"offer_id": "text", "name": "text", "names": "json", "description": "text", "descriptions": "json",
            "category_id": "int", "type_id": "int", "barcodes": "json", "depth_mm": "int", "width_mm": "int",
            "height_mm": "int", "weight_g": "int", "vat": "text", "attributes": "json", "images": "json"}
_KEPT = ("id", "sku", "status", "version", *_CONTENT)
# Our own address of a stored picture: clients send back what the API gave them.
_OWN_MEDIA = re.compile(r"/media/(pictures/[\w./-]+)$")
_LABELS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft to apply. `product_id` names the card where the offer id itself may change.

    `errors` were found on the way here (a cell that is no number): the row is judged for the rest and refused.
    """

    draft: ProductDraft
    product_id: int | None = None
    errors: tuple[FieldError, ...] = ()


@dataclass(slots=True)
class _Row:
    """One wish on its way: what was found wrong, what it meets, what will be written."""

    at: int
    draft: ProductDraft
    existing: dict[str, Any] | None
    errors: list[FieldError] = field(default_factory=list)
    failed: bool = False
    content: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    priced: bool = False
    product_id: int = 0
    sku: int = 0

    @property
    def card_changed(self) -> bool:
        return self.existing is None or any(self.existing[name] != self.content[name] for name in _CONTENT)

    @property
    def status(self) -> str:
        return Product.Status.PRICE_SENT if self.priced else Product.Status.PROCESSED

    @property
    def outcome(self) -> Outcome:
        if self.failed:
            return "failed"
        if self.existing is None:
            return "created"
        moved = self.existing["status"] != self.status
        return "updated" if self.parts or moved or self.card_changed else "unchanged"


class _Refused(Exception):
    """A higher domain refused its part after all; the batch is rolled back and tried without those rows."""

    def __init__(self, errors: dict[int, list[FieldError]]) -> None:
        self.errors = errors


def apply_wishes(seller: SellerRef, wishes: Sequence[Wish], actor: Actor, now: datetime) -> list[ItemOutcome]:
    """One outcome per wish. Rows refused late, by a part's own domain, roll back alone."""
    late: dict[int, list[FieldError]] = {}
    while True:
        try:
            with atomic():
                locked(f"catalog:{seller.id}")
                rows = _judge(seller, wishes, late)
                _write(seller, [row for row in rows if not row.failed], actor, now)
                break
        except _Refused as refusal:
            late |= refusal.errors
    return [ItemOutcome(row.at, row.draft.offer_id, row.product_id if not row.failed or row.existing else 0,
                        row.outcome, tuple(row.errors)) for row in rows]


# --- judging ----------------------------------------------------------------------------------------------------


def _judge(seller: SellerRef, wishes: Sequence[Wish], late: Mapping[int, list[FieldError]]) -> list[_Row]:
    kinds, dictionaries = queries.check_rules([wish.draft.type_id for wish in wishes])
    checked = [rules.check(wish.draft, kinds.get(wish.draft.type_id), dictionaries) for wish in wishes]
    explained = wording.explain([each.findings for each in checked], dictionaries)
    by_offer, by_id = _existing(seller, wishes, [each.draft.offer_id for each in checked])
    thumbs = _thumbs(seller, wishes)
    rows: list[_Row] = []
    seen: set[str] = set()
    for at, (wish, each, errors) in enumerate(zip(wishes, checked, explained, strict=True)):
        draft = each.draft
        existing = by_id.get(wish.product_id) if wish.product_id else by_offer.get(draft.offer_id)
        known = {error.field for error in wish.errors}
        row = _Row(at, draft, existing, [*wish.errors, *(error for error in errors if error.field not in known)],
                   each.refused or bool(wish.errors))
        if draft.offer_id in seen and "offer_id" not in known:
            _refuse(row, "offer_id", "offer_id_repeated", draft.offer_id)
        elif wish.product_id and by_offer.get(draft.offer_id, existing) is not existing:
            _refuse(row, "offer_id", "offer_id_taken", draft.offer_id)
        seen.add(draft.offer_id)
        row.product_id = existing["id"] if existing else 0
        row.content = _content(row, thumbs)
        if at in late:
            row.errors += late[at]
            row.failed = True
        rows.append(row)
    for part in offer_parts.registered():
        _judge_part(seller, part, rows)
    return rows


def _refuse(row: _Row, name: str, code: str, value: str) -> None:
    row.errors.append(FieldError(name, code, MESSAGES[code], value[:120]))
    row.failed = True


def _existing(seller: SellerRef, wishes: Sequence[Wish],
              offer_ids: Iterable[str]) -> tuple[dict[str, dict[str, Any]], dict[int, dict[str, Any]]]:
    """Cards that the wishes meet, by offer id and by id. One query; two where a wish names its card by id."""
    rows = Product.objects.filter(seller_id=seller.id)
    found = list(rows.filter(offer_id__in=set(offer_ids)).values(*_KEPT))
    named = {wish.product_id for wish in wishes if wish.product_id} - {row["id"] for row in found}
    if named:
        found += rows.filter(id__in=named).values(*_KEPT)
    return {row["offer_id"]: row for row in found}, {row["id"]: row for row in found}


def _thumbs(seller: SellerRef, wishes: Sequence[Wish]) -> dict[str, str]:
    """Key → thumb of the seller's stored pictures that the wishes name. At most one query."""
    keys = {_key(image) for wish in wishes for image in wish.draft.images} - {""}
    return dict(Picture.objects.filter(seller_id=seller.id, key__in=keys).values_list(
        "key", "thumb_key")) if keys else {}


def _key(image: ImageInput) -> str:
    if image.key:
        return image.key
    match = _OWN_MEDIA.search(image.url)
    return match[1] if match else ""


def _content(row: _Row, thumbs: Mapping[str, str]) -> dict[str, Any]:
    draft = row.draft
    return {"offer_id": draft.offer_id, "name": draft.name, "names": dict(draft.names),
            "description": draft.description, "descriptions": dict(draft.descriptions),
            "category_id": draft.category_id, "type_id": draft.type_id, "barcodes": list(draft.barcodes),
            "depth_mm": draft.depth_mm, "width_mm": draft.width_mm, "height_mm": draft.height_mm,
            "weight_g": draft.weight_g, "vat": draft.vat, "attributes": stored.attribute_rows(draft.attributes),
            "images": _images(row, thumbs)}


def _images(row: _Row, thumbs: Mapping[str, str]) -> list[dict[str, str]]:
    """Stored pictures by key; addresses that were fetched before keep their picture, others wait to be fetched."""
    fetched = {image["source"]: image for image in (row.existing or {}).get("images", ())
               if image.get("source") and image.get("state") != "failed"}
    made: list[dict[str, str]] = []
    for image in row.draft.images:
        key = _key(image)
        if key in thumbs:
            entry = stored.image_row(ImageInfo(key, thumbs[key], image.url if image.key else "", "ready"))
        elif image.key:
            _refuse(row, "images", "image_unknown", image.key)
            continue
        else:
            entry = fetched.get(image.url) or stored.image_row(ImageInfo("", "", image.url, "waiting"))
        if entry not in made:
            made.append(entry)
    return made


def _judge_part(seller: SellerRef, part: OfferPart, rows: Sequence[_Row]) -> None:
    """Let the part's own domain look at its values, and leave out those that are as they were."""
    asked: list[tuple[_Row, dict[str, Any]]] = []
    for row in rows:
        given = {key: value for key, value in row.draft.parts.get(part.name, {}).items()
                 if value is not None and str(value).strip() != ""}
        if given:
            asked.append((row, given))
    met = [row for row in rows if row.existing]
    current = part.current(seller, [row.product_id for row in met]) if met else {}
    if part.name == "price":
        for row in met:
            row.priced = bool(current.get(row.product_id))
    if not asked:
        return
    for (row, given), errors in zip(asked, part.check(seller, [given for _row, given in asked]), strict=True):
        if errors:
            row.errors += [_of_part(part, error, given) for error in errors]
            row.failed = True
            continue
        known = current.get(row.product_id, {})
        if any(not _same(value, known.get(key, "")) for key, value in given.items()):
            row.parts[part.name] = given
        if part.name == "price" and given.get("price"):
            row.priced = True


def _of_part(part: OfferPart, error: FieldError, given: Mapping[str, Any]) -> FieldError:
    """A part's error under the draft's field name, with the value as it was written."""
    return FieldError(f"parts.{part.name}.{error.field}", error.code, error.message,
                      str(given.get(error.field, error.value)), error.data)


def _same(first: Any, second: Any) -> bool:
    """Whether two spellings mean the same amount; an absent amount and zero do."""
    left, right = (rules.number(str(value), whole=False) or str(value).strip() for value in (first, second))
    return (left or "0") == (right or "0")


# --- writing ----------------------------------------------------------------------------------------------------


def _write(seller: SellerRef, rows: Sequence[_Row], actor: Actor, now: datetime) -> None:
    new = [row for row in rows if row.existing is None]
    if new:
        taken = zip(ids.allocate("catalog.product", len(new), seller.id), ids.allocate("catalog.sku", len(new)),
                    strict=True)
        for row, (product_id, sku) in zip(new, taken, strict=True):
            row.product_id, row.sku = product_id, sku
        _insert(seller, new, now)
    changed = [row for row in rows if row.existing and (row.card_changed or row.existing["status"] != row.status)]
    if changed:
        _update(changed, now)
    touched = [row for row in rows if row.outcome in ("created", "updated")]
    for part in offer_parts.registered():
        values = {row.product_id: row.parts[part.name] for row in rows if part.name in row.parts}
        refused = part.apply(seller, values, actor, now) if values else {}
        if refused:
            at = {row.product_id: row.at for row in rows}
            raise _Refused({at[key]: [_of_part(part, error, values[key]) for error in errors]
                            for key, errors in refused.items()})
    if touched:
        _tell(seller, touched, actor, now)
    waiting = [row.product_id for row in rows if row.card_changed
               and any(image["state"] == "waiting" for image in row.content["images"])]
    if waiting:
        pictures.enqueue_waiting(seller.id, waiting)


def _search_text(row: _Row, sku: int) -> str:
    words = (row.content["name"], *row.content["names"].values(), row.content["offer_id"], str(sku),
             *row.content["barcodes"])
    return rules.fold(" ".join(words))


def _insert(seller: SellerRef, rows: Sequence[_Row], now: datetime) -> None:
    columns = {"id": "int", "sku": "int", "status": "text", "search_text": "text", **_CONTENT}
    param = json_param([[row.product_id, row.sku, row.status, _search_text(row, row.sku),
                         *(row.content[name] for name in _CONTENT)] for row in rows])
    execute(f"INSERT INTO catalog_product (seller_id, {', '.join(columns)}, errors, problem_count, archived, version,"
            f" created_at, updated_at) SELECT %s, {', '.join(f'v.{name}' for name in columns)}, '[]', 0, false, 1,"
            f" %s, %s FROM {json_rows('v', **columns)}", [seller.id, now, now, param])


def _update(rows: Sequence[_Row], now: datetime) -> None:
    columns = {"id": "int", "status": "text", "search_text": "text", **_CONTENT}
    param = json_param([[row.product_id, row.status, _search_text(row, row.existing["sku"]),
                         *(row.content[name] for name in _CONTENT)] for row in rows if row.existing])
    sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "id")
    execute(f"UPDATE catalog_product SET {sets}, errors = '[]', problem_count = 0,"
            f" version = catalog_product.version + 1, updated_at = %s FROM {json_rows('v', **columns)}"
            f" WHERE catalog_product.id = v.id", [now, param])


def _tell(seller: SellerRef, rows: Sequence[_Row], actor: Actor, now: datetime) -> None:
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


def _difference(row: _Row, side: Mapping[str, Any]) -> dict[str, Any]:
    return {name: side[name] for name in _CONTENT if row.existing and row.existing[name] != row.content[name]}
