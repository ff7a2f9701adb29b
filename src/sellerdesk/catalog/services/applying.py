"""The engine behind every write of products: load once, judge in memory, write once, tell once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sellerdesk.catalog import events, offer_parts, queries, rules, scoring, states, stored
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.models import Picture, Product, ProductBarcode
from sellerdesk.catalog.moderation_types import Submitted, Verdict
from sellerdesk.catalog.services import changes, fetching, filefetching, judging, productfiles, wording
from sellerdesk.catalog.types import ImageInput, ItemOutcome, OfferPart, Outcome, ProductDraft
from sellerdesk.core import activity, ids
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

CONTENT = {"offer_id": "text", "name": "text", "names": "json", "description": "text", "descriptions": "json",
            "category_id": "int", "type_id": "int", "barcodes": "json", "depth_mm": "int", "width_mm": "int",
            "height_mm": "int", "weight_g": "int", "vat": "text", "attributes": "json", "images": "json",
            "complexes": "json", "documents": "json"}
_DERIVED = {"score": "int", "model_key": "text", "search_text": "text"}
_KEPT = ("id", "sku", "status", "version", "hidden_because", "in_review", "errors", *CONTENT)
_MODERATED = {"hidden_because": "text", "in_review": "bool", "errors": "json", "problem_count": "int"}
# Our own address of a stored picture: clients send back what the API gave them.
_OWN_MEDIA = re.compile(r"/media/(pictures/[\w./-]+)$")
_LABELS_SHOWN = 3
#: The code by which a part says: it would be taken, but held back until it is confirmed.
QUARANTINE = "quarantine"
ALT_LENGTH = 250


@dataclass(frozen=True, slots=True)
class Wish:
    """A draft to apply. `product_id` names the card where the offer id itself may change.

    `errors` were found on the way here (a cell that is no number): the row is judged for the rest and refused.
    `reborn` are the numbers (id, SKU) of a product that was taken back and is brought back under them.
    """

    draft: ProductDraft
    product_id: int | None = None
    errors: tuple[FieldError, ...] = ()
    reborn: tuple[int, int] | None = None


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
    score: int = 0
    product_id: int = 0
    sku: int = 0
    reborn: tuple[int, int] | None = None
    verdict: Verdict | None = None
    known_parts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    # Only parts are looked at: the card is not even loaded.
    bare: bool = False

    @property
    def card_changed(self) -> bool:
        return not self.bare and self._differs()

    def _differs(self) -> bool:
        return self.existing is None or any(self.existing[name] != self.content[name] for name in CONTENT)

    @property
    def status(self) -> str:
        return self.verdict.status if self.verdict else states.after_check(priced=self.priced)

    @property
    def moderated(self) -> list[Any]:
        """What moderation says of the card, as _MODERATED stores it."""
        verdict = self.verdict or Verdict(self.status)
        return [verdict.hidden_because, verdict.in_review, list(verdict.remarks), len(verdict.remarks)]

    @property
    def outcome(self) -> Outcome:
        if self.failed:
            return "failed"
        if self.bare:
            return "updated" if self.parts else "unchanged"
        if self.existing is None:
            return "created"
        moved = self.existing["status"] != self.status
        return "updated" if self.parts or moved or self.card_changed else "unchanged"


class _Refused(Exception):
    """A higher domain refused its part after all; the batch is rolled back and tried without those rows."""

    def __init__(self, errors: dict[int, list[FieldError]]) -> None:
        self.errors = errors


def apply_wishes(seller: SellerRef, wishes: Sequence[Wish], actor: Actor, now: datetime, *, source: str = "",
                 title: str = "", batch_id: int = 0, only_parts: bool = False) -> list[ItemOutcome]:
    """One outcome per wish. Rows refused late, by a part's own domain, roll back alone.

    Card, price and stock of all rows are one batch of the journal: the one named, or a new one with this source. With
    `only_parts` cards are neither loaded nor judged: a sheet of prices touches nothing but prices.
    """
    late: dict[int, list[FieldError]] = {}
    while True:
        try:
            with atomic(), changes.gathering(seller=seller, source=source, title=title, actor=actor, now=now,
                                             batch_id=batch_id) as gathered:
                locked(f"catalog:{seller.id}")
                rows = (_judge_parts(seller, wishes, late, now) if only_parts
                        else _judge(seller, wishes, late, now))
                _write(seller, [row for row in rows if not row.failed], actor, now, gathered)
                gathered.unchanged += sum(row.outcome == "unchanged" for row in rows)
                break
        except _Refused as refusal:
            late |= refusal.errors
    return [ItemOutcome(row.at, row.draft.offer_id, row.product_id if not row.failed or row.existing else 0,
                        row.outcome, tuple(row.errors)) for row in rows]


@dataclass(frozen=True, slots=True)
class Preview:
    """What applying a wish would do: its outcome with errors, and the keys that would differ, as (key, before, after).

    Values of the card are as stored, those of parts as people write them. `moderated`: a person would look at the
    card; `quarantine`: the old price would stay until the new one is confirmed; `minutes`: a limit refuses a part now
    and lets it pass after so long.
    """

    outcome: ItemOutcome
    differences: tuple[tuple[str, Any, Any], ...] = ()
    moderated: bool = False
    quarantine: bool = False
    minutes: int = 0


def preview_wishes(seller: SellerRef, wishes: Sequence[Wish], actor: Actor, now: datetime, *,
                   only_parts: bool = False, taken: int = 0) -> list[Preview]:
    """Judge as `apply_wishes` does and write nothing. One preview per wish.

    `taken` new products were foreseen before and take up room.
    """
    rows = _judge_parts(seller, wishes, {}, now) if only_parts else _judge(seller, wishes, {}, now, taken)
    foreseen = _foresee(seller, rows, actor, now)
    made = []
    for row in rows:
        for part, errors in foreseen.get(row.at, {}).items():
            given = row.parts[part.name]
            row.errors += [_of_part(part, error, given) for error in errors if error.code != QUARANTINE]
            row.failed = row.failed or any(error.code != QUARANTINE for error in errors)
        outcome = ItemOutcome(row.at, row.draft.offer_id, row.product_id, row.outcome, tuple(row.errors))
        held = any(error.code == QUARANTINE for errors in foreseen.get(row.at, {}).values() for error in errors)
        minutes = max((int(error.data.get("minutes", 0)) for errors in foreseen.get(row.at, {}).values()
                       for error in errors), default=0)
        made.append(Preview(outcome, _differences(row), bool(row.verdict and row.verdict.reasons), held, minutes))
    return made


def _foresee(seller: SellerRef, rows: Sequence[_Row], actor: Actor,
             now: datetime) -> dict[int, dict[OfferPart, list[FieldError]]]:
    """What the parts' own domains would say of products that exist already."""
    found: dict[int, dict[OfferPart, list[FieldError]]] = {}
    at = {row.product_id: row.at for row in rows if row.existing and not row.failed}
    for part in offer_parts.registered():
        values = {row.product_id: row.parts[part.name] for row in rows
                  if row.product_id in at and part.name in row.parts}
        for product_id, errors in (part.foresee(seller, values, actor, now) if values else {}).items():
            if errors:
                found.setdefault(at[product_id], {})[part] = errors
    return found


def _differences(row: _Row) -> tuple[tuple[str, Any, Any], ...]:
    known = row.existing or {}
    made = [] if row.bare else [(name, known.get(name), row.content[name]) for name in CONTENT
            if (known.get(name) != row.content[name] if row.existing else row.content[name])]
    for part, given in row.parts.items():
        before = row.known_parts.get(part, {})
        made += [(f"{part}.{key}", before.get(key, ""), value) for key, value in given.items()
                 if not _same(value, before.get(key, ""))]
    return tuple(made)


# --- judging ----------------------------------------------------------------------------------------------------


def _judge(seller: SellerRef, wishes: Sequence[Wish], late: Mapping[int, list[FieldError]], now: datetime,
           taken: int = 0) -> list[_Row]:
    kinds, dictionaries = queries.check_rules([wish.draft.type_id for wish in wishes])
    checked = [rules.check(wish.draft, kinds.get(wish.draft.type_id), dictionaries) for wish in wishes]
    explained = wording.explain([each.findings for each in checked], dictionaries)
    by_offer, by_id = _existing(seller, wishes, [each.draft.offer_id for each in checked])
    thumbs = _thumbs(seller, wishes)
    asked = {key: _asked(kind) for key, kind in kinds.items()}
    files = productfiles.known(seller, [wish.draft.documents for wish in wishes])
    rows: list[_Row] = []
    seen: set[str] = set()
    for at, (wish, each, errors) in enumerate(zip(wishes, checked, explained, strict=True)):
        draft = each.draft
        existing = by_id.get(wish.product_id) if wish.product_id else by_offer.get(draft.offer_id)
        known = {error.field for error in wish.errors}
        row = _Row(at, draft, existing, [*wish.errors, *(error for error in errors if error.field not in known)],
                   each.refused or bool(wish.errors), reborn=wish.reborn)
        if draft.offer_id and draft.offer_id in seen and "offer_id" not in known:
            _refuse(row, "offer_id", "offer_id_repeated", draft.offer_id)
        elif wish.product_id and by_offer.get(draft.offer_id, existing) is not existing:
            _refuse(row, "offer_id", "offer_id_taken", draft.offer_id)
        seen.add(draft.offer_id)
        row.product_id = existing["id"] if existing else 0
        row.content = _content(row, thumbs)
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


def _judge_parts(seller: SellerRef, wishes: Sequence[Wish], late: Mapping[int, list[FieldError]],
                 now: datetime) -> list[_Row]:
    """Rows that speak of parts of known products alone. One query for the products, and those of the parts.

    One more where some are unknown.
    """
    refs = {ref.offer_id: ref for ref in queries.refs(seller, offer_ids=[wish.draft.offer_id for wish in wishes])}
    rows: list[_Row] = []
    seen: set[str] = set()
    for at, wish in enumerate(wishes):
        ref = refs.get(wish.draft.offer_id)
        row = _Row(at, wish.draft, {"id": ref.id, "status": ref.status} if ref else None, [*wish.errors],
                   bool(wish.errors), product_id=ref.id if ref else 0, bare=True)
        known = {error.field for error in wish.errors}
        if ref is None and "offer_id" not in known:
            code = "offer_id_not_found" if wish.draft.offer_id else "offer_id_empty"
            _refuse(row, "offer_id", code, wish.draft.offer_id)
        elif wish.draft.offer_id in seen and "offer_id" not in known:
            _refuse(row, "offer_id", "offer_id_repeated", wish.draft.offer_id)
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


_NOTHING_ASKED: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())


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


def _moderate(seller: SellerRef, rows: Sequence[_Row], now: datetime) -> None:
    """Let the rule engine look at the cards: words, contacts, goods, papers; and whether a person must look."""
    submitted = [Submitted(row.draft, row.content, row.existing, row.priced) for row in rows]
    for row, verdict in zip(rows, judging.judge(seller, submitted, now), strict=True):
        row.verdict = verdict
        row.errors += verdict.errors
        row.failed = row.failed or verdict.blocked


def _keep_to_limit(seller: SellerRef, rows: Sequence[_Row], now: datetime, taken: int) -> None:
    """Refuse new products for which the shop has no room. One query, none without new products."""
    new = [row for row in rows if row.existing is None and not row.failed and row.reborn is None]
    if not new:
        return
    room, limit = queries.room(seller, now)
    for row in new[max(0, room - taken):]:
        row.errors.append(FieldError("offer_id", "item_limit_exceeded", MESSAGES["item_limit_exceeded"],
                                     row.draft.offer_id, {"offer": row.draft.offer_id, "limit": limit}))
        row.failed = True


def _hold_aspects(seller: SellerRef, rows: Sequence[_Row], kinds: Mapping[int, rules.TypeRule]) -> None:
    """What makes the variant stays once somebody has ordered it. No query where no such attribute changes."""
    moved: list[tuple[_Row, list[int]]] = []
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
                _refuse(row, f"attribute.{key}", "aspect_locked", "")


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
            "complexes": stored.complex_rows(draft.complexes), "images": _images(row, thumbs)}


def _images(row: _Row, thumbs: Mapping[str, str]) -> list[dict[str, Any]]:
    """Stored pictures by key; addresses that were fetched before keep their picture, others wait to be fetched.

    The swatch of the colour stands last, so that the first is always the main picture.
    """
    before = (row.existing or {}).get("images", ())
    fetched = {image["source"]: image for image in before if image.get("source") and image.get("state") != "failed"}
    said = {name: image for image in before for name in (image.get("source"), image.get("key")) if name}
    made: list[dict[str, Any]] = []
    for image in row.draft.images:
        key = _key(image)
        if key in thumbs:
            entry = stored.image_row(key, thumbs[key], image.url if image.key else "", "ready")
        elif image.key:
            _refuse(row, "images", "image_unknown", image.key)
            continue
        else:
            entry = fetched.get(image.url) or stored.image_row(source=image.url)
        known = said.get(key or image.url, {})
        entry = stored.marked(entry, alt=(known.get("alt", "") if image.alt is None else image.alt)[:ALT_LENGTH],
                              color=bool(known.get("color")) if image.color is None else image.color)
        same = (entry["key"], entry["source"] if not entry["key"] else "")
        if all((each["key"], each["source"] if not each["key"] else "") != same for each in made):
            made.append(entry)
    return sorted(made, key=lambda entry: bool(entry.get("color")))


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
            row.known_parts[part.name] = known
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


def _write(seller: SellerRef, rows: Sequence[_Row], actor: Actor, now: datetime, gathered: changes.Gathered) -> None:
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
            raise _Refused({at[key]: [_of_part(part, error, values[key]) for error in errors]
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


def _keep_barcodes(seller: SellerRef, rows: Sequence[_Row]) -> None:
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


def _derived(row: _Row, sku: int) -> tuple[int, str, str]:
    """What is worked out from the card for lists: score, which products make one card, words to search."""
    words = (row.content["name"], *row.content["names"].values(), row.content["offer_id"], str(sku),
             *row.content["barcodes"])
    return row.score, rules.model_key(row.draft), rules.fold(" ".join(words))


def _insert(seller: SellerRef, rows: Sequence[_Row], now: datetime) -> None:
    columns = {"id": "int", "sku": "int", "status": "text", **_DERIVED, **CONTENT, **_MODERATED}
    param = json_param([[row.product_id, row.sku, row.status, *_derived(row, row.sku),
                         *(row.content[name] for name in CONTENT), *row.moderated] for row in rows])
    execute(f"INSERT INTO catalog_product (seller_id, {', '.join(columns)}, archived, version,"
            f" created_at, updated_at) SELECT %s, {', '.join(f'v.{name}' for name in columns)}, false, 1,"
            f" %s, %s FROM {json_rows('v', **columns)}", [seller.id, now, now, param])


def _update(rows: Sequence[_Row], now: datetime) -> None:
    columns = {"id": "int", "status": "text", **_DERIVED, **CONTENT, **_MODERATED}
    param = json_param([[row.product_id, row.status, *_derived(row, row.existing["sku"]),
                         *(row.content[name] for name in CONTENT), *row.moderated] for row in rows if row.existing])
    sets = ", ".join(f"{name} = v.{name}" for name in columns if name != "id")
    execute(f"UPDATE catalog_product SET {sets},"
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
    return {name: side[name] for name in CONTENT if row.existing and row.existing[name] != row.content[name]}
