"""Changing one thing of many cards: barcodes, offer ids, named attributes. The engine judges each card as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.catalog.services import importing
from sellerdesk.catalog.services.applying import Wish, apply_wishes
from sellerdesk.catalog.types import AttributeInput, ProductDraft
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, locked
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers.types import SellerRef

#: What generated barcodes begin with, so that a scanner tells them from a maker's own (as the contract has it).
GENERATED = "OZN"
Errors = tuple[FieldError, ...]


def add_barcodes(*, seller: SellerRef, asked: Sequence[tuple[int, str]], actor: Actor, now: datetime) -> list[Errors]:
    """Give products further barcodes, (SKU, barcode) each. What was wrong with each, in the order asked.

    Codes of one product are judged together: one bad code leaves the card as it is.
    """
    return _by_sku(seller, asked, _added, actor, now)


def remove_barcodes(*, seller: SellerRef, asked: Sequence[tuple[int, str]], actor: Actor,
                    now: datetime) -> list[Errors]:
    """Take barcodes from products, (SKU, barcode) each. What was wrong with each, in the order asked."""
    return _by_sku(seller, asked, _removed, actor, now)


def generate_barcodes(*, seller: SellerRef, product_ids: Sequence[int], actor: Actor, now: datetime) -> list[Errors]:
    """Give products a barcode of the marketplace, made from the SKU. One answer each, in the order asked.

    A product that has a barcode already keeps it and is refused, so that nobody prints a second label unawares.
    """
    skus = {ref.id: ref.sku for ref in queries.refs(seller, product_ids=list(set(product_ids)))}
    found = _by_sku(seller, [(skus[id_], f"{GENERATED}{skus[id_]}") for id_ in product_ids if id_ in skus], _generated,
                    actor, now)
    answers = dict(zip([id_ for id_ in product_ids if id_ in skus], found, strict=True))
    return [answers.get(id_, (_error("product_id", "product_unknown", str(id_)),)) for id_ in product_ids]


def rename_offers(*, seller: SellerRef, pairs: Sequence[tuple[str, str]], actor: Actor, now: datetime) -> list[Errors]:
    """Give products other offer ids, (old, new) each. What was wrong with each, in the order asked."""
    with atomic():
        locked(f"catalog:{seller.id}")
        known = queries.drafts(seller, offer_ids=[old for old, _new in pairs])
        wishes = {at: Wish(replace(known[old][1], offer_id=new), known[old][0])
                  for at, (old, new) in enumerate(pairs) if old in known}
        outcomes = apply_wishes(seller, list(wishes.values()), actor, now) if wishes else []
    errors = {at: outcome.errors for at, outcome in zip(wishes, outcomes, strict=True) if outcome.outcome == "failed"}
    return [errors.get(at, ()) if at in wishes else (_error("offer_id", "offer_id_not_found", old),)
            for at, (old, _new) in enumerate(pairs)]


def change_attributes(*, seller: SellerRef, asked: Sequence[tuple[str, Sequence[AttributeInput]]], actor: Actor,
                      now: datetime) -> int:
    """Change named attributes of cards by offer id, and leave the others; returns the task that tells the outcome.

    An attribute named without values stays as it is: what is filled in cannot be removed this way. A card that does
    not exist is refused by the task as one without name and type. Raises TooManyItems.
    """
    known = queries.drafts(seller, offer_ids=[offer_id for offer_id, _values in asked])
    drafts = [_with(known[offer_id][1], values) if offer_id in known else ProductDraft(offer_id, "", 0)
              for offer_id, values in asked]
    return importing.submit_items(seller=seller, items=drafts, actor=actor, now=now)


def _with(draft: ProductDraft, values: Iterable[AttributeInput]) -> ProductDraft:
    named = {each.id: each for each in values if each.values}
    kept = [named.pop(each.id, each) for each in draft.attributes]
    return replace(draft, attributes=(*kept, *named.values()))


def _by_sku(seller: SellerRef, asked: Sequence[tuple[int, str]],
            change: Callable[[tuple[str, ...], str], tuple[str, ...] | FieldError], actor: Actor,
            now: datetime) -> list[Errors]:
    """One wish for each product, however many of its codes are asked about."""
    answers: list[Errors] = [()] * len(asked)
    with atomic():
        locked(f"catalog:{seller.id}")
        refs = {ref.sku: ref for ref in queries.refs(seller, skus=list({sku for sku, _code in asked}))}
        drafts: Mapping[int, ProductDraft] = dict(queries.drafts(
            seller, product_ids=[ref.id for ref in refs.values()]).values()) if refs else {}
        codes: dict[int, tuple[str, ...]] = {}
        for at, (sku, code) in enumerate(asked):
            if sku not in refs:
                answers[at] = (_error("sku", "product_unknown", str(sku)),)
                continue
            before = codes.get(sku, drafts[refs[sku].id].barcodes)
            after = change(before, code.strip())
            if isinstance(after, FieldError):
                answers[at] = (after,)
            else:
                codes[sku] = after
        wishes = [Wish(replace(drafts[refs[sku].id], barcodes=after), refs[sku].id) for sku, after in codes.items()]
        outcomes = apply_wishes(seller, wishes, actor, now) if wishes else []
    refused = {sku: outcome.errors for sku, outcome in zip(codes, outcomes, strict=True)
               if outcome.outcome == "failed"}
    return [answer or refused.get(sku, ()) for answer, (sku, _code) in zip(answers, asked, strict=True)]


def _added(before: tuple[str, ...], code: str) -> tuple[str, ...] | FieldError:
    return _error("barcode", "barcode_exists", code) if code in before else (*before, code)


def _removed(before: tuple[str, ...], code: str) -> tuple[str, ...] | FieldError:
    if code not in before:
        return _error("barcode", "barcode_not_found", code)
    return tuple(each for each in before if each != code)


def _generated(before: tuple[str, ...], code: str) -> tuple[str, ...] | FieldError:
    return _error("barcode", "barcode_exists", before[0]) if before else (code,)


def _error(field: str, code: str, value: str) -> FieldError:
    return FieldError(field, code, MESSAGES[code], value[:80])
