"""Judging wishes: everything is loaded once, then each row is looked at without touching anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sellerdesk.catalog import offer_parts, queries, rules, scoring
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.moderation_types import Submitted
from sellerdesk.catalog.services import judging, productfiles, wording
from sellerdesk.catalog.services.applying.content import content, thumbs_of
from sellerdesk.catalog.services.applying.rows import CONTENT, Row, Wish, of_part, refuse, same
from sellerdesk.catalog.types import OfferPart, ProductDraft
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

KEPT = ("id", "sku", "status", "version", "hidden_because", "in_review", "errors", *CONTENT)
_NOTHING_ASKED: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


def judge(seller: SellerRef, wishes: Sequence[Wish], late: Mapping[int, list[FieldError]], now: datetime,
           taken: int = 0) -> list[Row]:
    kinds, dictionaries = queries.check_rules([wish.draft.type_id for wish in wishes])
    checked = [rules.check(wish.draft, kinds.get(wish.draft.type_id), dictionaries) for wish in wishes]
    explained = wording.explain([each.findings for each in checked], dictionaries)
    by_offer, by_id = _existing(seller, wishes, [each.draft.offer_id for each in checked])
    thumbs = thumbs_of(seller, wishes)
    asked = {key: _asked(kind) for key, kind in kinds.items()}
    files = productfiles.known(seller, [wish.draft.documents for wish in wishes])
    rows: list[Row] = []
    seen: set[str] = set()
    for at, (wish, each, errors) in enumerate(zip(wishes, checked, explained, strict=True)):
        draft = each.draft
        existing = by_id.get(wish.product_id) if wish.product_id else by_offer.get(draft.offer_id)
        known = {error.field for error in wish.errors}
        row = Row(at, draft, existing, [*wish.errors, *(error for error in errors if error.field not in known)],
                   each.refused or bool(wish.errors), reborn=wish.reborn)
        if draft.offer_id and draft.offer_id in seen and "offer_id" not in known:
            refuse(row, "offer_id", "offer_id_repeated", draft.offer_id)
        elif wish.product_id and by_offer.get(draft.offer_id, existing) is not existing:
            refuse(row, "offer_id", "offer_id_taken", draft.offer_id)
        seen.add(draft.offer_id)
        row.product_id = existing["id"] if existing else 0
        row.content = content(row, thumbs)
        row.content["documents"], wrong = productfiles.rows_of(
            row.draft.documents, existing["documents"] if existing else (), files, now)
        row.errors += wrong
        row.failed = row.failed or bool(wrong)
        row.score = _score(row.draft, *asked.get(row.draft.type_id, _NOTHING_ASKED))
        if at in late:
            row.errors += late[at]
            row.failed = True
        rows.append(row)
    _hold_aspects(seller, rows, kinds)
    for part in offer_parts.registered():
        _judge_part(seller, part, rows)
    _moderate(seller, rows, now)
    _keep_to_limit(seller, rows, now, taken)
    return rows


def judge_parts(seller: SellerRef, wishes: Sequence[Wish], late: Mapping[int, list[FieldError]],
                 now: datetime) -> list[Row]:
    """Rows that speak of parts of known products alone. One query for the products, and those of the parts.

    One more where some are unknown.
    """
    refs = {ref.offer_id: ref for ref in queries.refs(seller, offer_ids=[wish.draft.offer_id for wish in wishes])}
    rows: list[Row] = []
    seen: set[str] = set()
    for at, wish in enumerate(wishes):
        ref = refs.get(wish.draft.offer_id)
        row = Row(at, wish.draft, {"id": ref.id, "status": ref.status} if ref else None, [*wish.errors],
                   bool(wish.errors), product_id=ref.id if ref else 0, bare=True)
        known = {error.field for error in wish.errors}
        if ref is None and "offer_id" not in known:
            code = "offer_id_not_found" if wish.draft.offer_id else "offer_id_empty"
            refuse(row, "offer_id", code, wish.draft.offer_id)
        elif wish.draft.offer_id in seen and "offer_id" not in known:
            refuse(row, "offer_id", "offer_id_repeated", wish.draft.offer_id)
        seen.add(wish.draft.offer_id)
        if at in late:
            row.errors += late[at]
            row.failed = True
        rows.append(row)
    hint_at_offers(seller, [row.errors for row in rows])
    for part in offer_parts.registered():
        if any(part.name in row.draft.parts for row in rows):
            _judge_part(seller, part, rows)
    return rows


def hint_at_offers(seller: SellerRef, errors: Sequence[list[FieldError]]) -> None:
    """Put the closest offer ids to those that the shop does not have. At most one query."""
    near = queries.nearest_offers(seller, [error.value for row in errors for error in row
                                           if error.code == "offer_id_not_found"])
    if not near:
        return
    for row in errors:
        row[:] = [replace(error, data={**error.data, "suggestions": near[error.value]})
                  if error.code == "offer_id_not_found" and error.value in near else error for error in row]


def _existing(seller: SellerRef, wishes: Sequence[Wish],
              offer_ids: Iterable[str]) -> tuple[dict[str, dict[str, Any]], dict[int, dict[str, Any]]]:
    """Cards that the wishes meet, by offer id and by id. One query; two where a wish names its card by id."""
    rows = Product.objects.filter(seller_id=seller.id)
    found = list(rows.filter(offer_id__in=set(offer_ids)).values(*KEPT))
    named = {wish.product_id for wish in wishes if wish.product_id} - {row["id"] for row in found}
    if named:
        found += rows.filter(id__in=named).values(*KEPT)
    return {row["offer_id"]: row for row in found}, {row["id"]: row for row in found}


def _asked(kind: rules.TypeRule) -> tuple[frozenset[int], frozenset[int]]:
    """The attributes that count for the score of a type's cards: required ones and the others."""
    counted = [each for each in kind.attributes.values()
               if each.id not in (rules.TYPE_ATTRIBUTE, rules.DESCRIPTION_ATTRIBUTE) and not each.complex_id]
    return (frozenset(each.id for each in counted if each.required),
            frozenset(each.id for each in counted if not each.required))


def _score(draft: ProductDraft, required: frozenset[int], optional: frozenset[int]) -> int:
    return scoring.total(name=draft.name, description=draft.description, names=draft.names, images=len(draft.images),
                         filled=[each.id for each in draft.attributes if each.values], required=required,
                         optional=optional)


def _hold_aspects(seller: SellerRef, rows: Sequence[Row], kinds: Mapping[int, rules.TypeRule]) -> None:
    """What makes the variant stays once somebody has ordered it. No query where no such attribute changes."""
    moved: list[tuple[Row, list[int]]] = []
    for row in rows:
        kind = kinds.get(row.draft.type_id)
        if row.existing and kind and row.existing["type_id"] == row.draft.type_id:
            was, now = ({each["id"]: each["values"] for each in side} for side in
                        (row.existing["attributes"], row.content["attributes"]))
            changed = [key for key, each in kind.attributes.items() if each.aspect and was.get(key) != now.get(key)]
            if changed:
                moved.append((row, changed))
    sold = queries.sold(seller, [row.product_id for row, _changed in moved])
    for row, changed in moved:
        if row.product_id in sold:
            for key in changed:
                refuse(row, f"attribute.{key}", "aspect_locked", "")


def _judge_part(seller: SellerRef, part: OfferPart, rows: Sequence[Row]) -> None:
    """Let the part's own domain look at its values, and leave out those that are as they were."""
    asked: list[tuple[Row, dict[str, Any]]] = []
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
            row.errors += [of_part(part, error, given) for error in errors]
            row.failed = True
            continue
        known = current.get(row.product_id, {})
        if any(not same(value, known.get(key, "")) for key, value in given.items()):
            row.parts[part.name] = given
            row.known_parts[part.name] = known
        if part.name == "price" and given.get("price"):
            row.priced = True


def _moderate(seller: SellerRef, rows: Sequence[Row], now: datetime) -> None:
    """Let the rule engine look at the cards: words, contacts, goods, papers; and whether a person must look."""
    submitted = [Submitted(row.draft, row.content, row.existing, row.priced) for row in rows]
    for row, verdict in zip(rows, judging.judge(seller, submitted, now), strict=True):
        row.verdict = verdict
        row.errors += verdict.errors
        row.failed = row.failed or verdict.blocked


def _keep_to_limit(seller: SellerRef, rows: Sequence[Row], now: datetime, taken: int) -> None:
    """Refuse new products for which the shop has no room. One query, none without new products."""
    new = [row for row in rows if row.existing is None and not row.failed and row.reborn is None]
    if not new:
        return
    room, limit = queries.room(seller, now)
    for row in new[max(0, room - taken):]:
        row.errors.append(FieldError("offer_id", "item_limit_exceeded", MESSAGES["item_limit_exceeded"],
                                     row.draft.offer_id, {"offer": row.draft.offer_id, "limit": limit}))
        row.failed = True
