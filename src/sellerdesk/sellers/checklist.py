"""What a shop must have done before it may sell: the items of its country, judged against what is known of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

KINDS = ("accept_offer", "phone", "document", "profile_complete", "attestation", "warehouse", "min_products",
         "operator_review")
#: What must be there before an operator looks at the shop; the other kinds may follow later.
BEFORE_REVIEW = frozenset({"accept_offer", "phone", "document", "profile_complete", "attestation"})
#: Kinds of which one shop has any number; of the others there is one per list.
MANY = frozenset({"document", "attestation"})
GENERAL = ("domestic", "cross_border")

Outcome = Literal["done", "waiting", "wrong", "todo"]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist as the operator composed it."""

    id: int
    audience: str
    kind: str
    key: str
    names: Mapping[str, str]
    required: bool
    amount: int
    position: int
    active: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """The newest document handed in for an item."""

    id: int
    file_name: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a shop. `counts` is filled by the domains that own the things counted."""

    state: str
    offer_signed: bool
    phone: bool
    missing: tuple[str, ...]
    remarks: Mapping[str, str]
    papers: Mapping[str, Paper]
    confirmed: frozenset[str]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and how it stands. `count` of `item.amount`, where the kind counts something."""

    item: Item
    outcome: Outcome
    paper: Paper | None = None
    count: int = 0

    @property
    def done(self) -> bool:
        return self.outcome == "done"


_REVIEWED: Mapping[str, Outcome] = {
    "in_review": "waiting", "rejected": "wrong", "approved": "done", "active": "done", "suspended": "done",
    "closing": "done"}
_PAPERS: Mapping[str, Outcome] = {"approved": "done", "rejected": "wrong"}


def of_country(items: Iterable[Item], *, country: str, cross_border: bool) -> list[Item]:
    """The list of one shop: the general items of its audience, over which those of its country win by key.

    A country's item that is switched off thereby takes a general one away.
    """
    general = GENERAL[cross_border]
    chosen: dict[str, Item] = {}
    for item in sorted(items, key=lambda one: one.audience not in GENERAL):
        if item.audience in (general, country):
            chosen[item.key] = item
    return sorted((item for item in chosen.values() if item.active), key=lambda one: (one.position, one.id))


def judge(items: Iterable[Item], facts: Facts) -> list[Judged]:
    return [_one(item, facts) for item in items]


def _one(item: Item, facts: Facts) -> Judged:
    kind = item.kind
    if kind == "document":
        paper = facts.papers.get(item.key)
        return Judged(item, _PAPERS.get(paper.state, "waiting") if paper else "todo", paper)
    if kind in ("warehouse", "min_products"):
        count = facts.counts.get(kind, 0)
        return Judged(item, "done" if count >= item.amount else "todo", count=count)
    if kind == "profile_complete":
        if facts.remarks:
            return Judged(item, "wrong")
        return Judged(item, "todo" if facts.missing else "done")
    if kind == "operator_review":
        return Judged(item, _REVIEWED.get(facts.state, "todo"))
    holds = {"accept_offer": facts.offer_signed, "phone": facts.phone, "attestation": item.key in facts.confirmed}[kind]
    return Judged(item, "done" if holds else "todo")


def open_before_review(judged: Iterable[Judged]) -> list[Judged]:
    """Required items that keep a shop from being sent for review: not handed in, or handed in and refused."""
    return [one for one in judged if one.item.required and one.item.kind in BEFORE_REVIEW
            and one.outcome in ("todo", "wrong")]


def open_before_selling(judged: Iterable[Judged]) -> list[Judged]:
    """Required items that keep an approved shop from selling."""
    return [one for one in judged if one.item.required and not one.done]
