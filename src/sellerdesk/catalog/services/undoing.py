"""Undo: setting back what a batch did, product by product, without treading on what others did since.

A product is set back when its values are still those that the batch left; else it stays as it is and is named as a
conflict, with who changed it. Products that the batch created are deleted, or archived where orders hang on them. The
undo is itself a batch of the journal, so undoing the undo is the redo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from sellerdesk.catalog import events, offer_parts, queries, stored
from sellerdesk.catalog.errors import NotUndoable
from sellerdesk.catalog.models import Batch, Change, Product
from sellerdesk.catalog.services import changes, shelving
from sellerdesk.catalog.services.applying import CONTENT, Wish, apply_wishes
from sellerdesk.core import activity, clock, faults, garbage, jobs
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, locked, of_shop
from sellerdesk.core.errors import FieldError
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

CHUNK = 1000
# Up to this many products are set back while the person waits.
AT_ONCE = 100
_RIGHT_MISSING = _("Your role does not let you change this part of the product.")


def undo(*, seller: SellerRef, batch_id: int, actor: Actor, now: datetime, overwrite: bool = False,
         parts: frozenset[str] | None = None) -> int:
    """Set back what a batch did; returns the id of the batch that does it.

    Small batches are set back at once, large ones by a job. Products that somebody changed since are left as they are
    unless `overwrite`; called again on a batch that is partly undone it tries those once more. `parts` are those the
    person may write; None means all. Raises BatchUnknown, NotUndoable.
    """
    batch = queries.changes.batch(seller, batch_id)
    if not batch.may_undo(now):
        raise NotUndoable()
    with atomic():
        moved = Batch.objects.filter(pk=batch_id, seller_id=seller.id, state=batch.state).update(
            state=Batch.State.UNDOING)
        if not moved:
            raise NotUndoable()
        undo_id = changes.open_batch(seller=seller, source="undo", title=batch.title, actor=actor, now=now,
                                     undo_of=batch_id)
        allowed = None if parts is None else sorted(parts)
        if batch.count > AT_ONCE:
            job_id = jobs.enqueue(run_undo, undo_id, overwrite, allowed, seller_id=seller.id,
                                  unique_key=f"catalog.undo:{undo_id}")
            Batch.objects.filter(pk__in=(batch_id, undo_id)).update(job_id=job_id)
        else:
            run(undo_id=undo_id, now=now, overwrite=overwrite, parts=parts)
    return undo_id


# A task lives beside the service that puts it in: tasks.py would be above it.
@task(queue_name="default")
def run_undo(undo_id: int, overwrite: bool, parts: list[str] | None) -> None:
    """Set back a large batch. May run twice: what is set back already is not looked at again."""
    run(undo_id=undo_id, now=clock.now(), overwrite=overwrite, parts=None if parts is None else frozenset(parts))


def run(*, undo_id: int, now: datetime, overwrite: bool, parts: frozenset[str] | None) -> None:
    """Do all that is left of an undo, chunk by chunk; each chunk is one transaction."""
    undoing = Batch.objects.get(pk=undo_id)
    original = Batch.objects.filter(pk=undoing.undo_of_id or 0, state=Batch.State.UNDOING).first()
    if original is None:
        return
    seller = sellers.seller_ref(undoing.seller_id)
    actor = Actor(**undoing.actor)
    total = original.created + original.changed
    last = done = 0
    while True:
        with atomic():
            # First of all: is this still our job? In the transaction that writes, so that nobody else may answer.
            jobs.progress(min(done, total), total)
            locked(f"catalog:{seller.id}")
            rows = [_Line(*row) for row in Change.objects.filter(batch_id=original.pk, id__gt=last).exclude(
                undo=Change.Undo.DONE).order_by("id").values_list(*_Line._fields)[:CHUNK]]
            if not rows:
                _finish(seller, original, undoing, actor, now)
                return
            _chunk(seller, original, undoing, rows, actor, now, overwrite, parts)
        faults.point("catalog.undo.chunk")
        last, done = rows[-1].id, done + len(rows)


def _finish(seller: SellerRef, original: Batch, undoing: Batch, actor: Actor, now: datetime) -> None:
    """Say how it ended. An undo that found nothing to set back leaves no batch of its own."""
    rows = Change.objects.filter(batch_id=original.pk)
    conflicts = rows.filter(undo=Change.Undo.CONFLICT).count()
    Batch.objects.filter(pk=original.pk, state=Batch.State.UNDOING).update(
        state=Batch.State.PARTLY_UNDONE if conflicts else Batch.State.UNDONE)
    count = Change.objects.filter(batch_id=undoing.pk).count()
    if original.undo_of_id:
        left = Change.objects.filter(batch_id=original.undo_of_id, undo=Change.Undo.DONE).exists()
        Batch.objects.filter(pk=original.undo_of_id).update(
            state=Batch.State.PARTLY_UNDONE if left else Batch.State.APPLIED)
    if count:
        activity.record(events.BATCH_UNDONE.name, now=now, actor=actor, seller_id=seller.id, target_type="batch",
                        target_id=original.pk, target_label=original.title or f"#{original.pk}",
                        data={"count": count, "conflicts": conflicts, "source": original.source})
    else:
        Batch.objects.filter(pk=undoing.pk).delete()


# --- one chunk --------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A row of the journal, without the weight of a model: an undo reads a hundred thousand of them."""

    id: int
    product_id: int
    offer_id: str
    created: bool
    deleted: bool
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(slots=True)
class _Step:
    """One product on its way back: the journal's row, the product as it is, and what stands in the way."""

    change: _Line
    current: dict[str, Any] | None
    keys: list[str] = field(default_factory=list)
    reason: str = ""
    by: str = ""
    at: datetime | None = None

    @property
    def blocked(self) -> bool:
        return bool(self.keys or self.reason)

    def refuse(self, errors: Iterable[FieldError]) -> None:
        self.reason = " ".join(dict.fromkeys(error.text for error in errors))


class _Refused(Exception):
    """Rules refuse some old values; the chunk is rolled back and done again without those products."""


@garbage.paused()
def _chunk(seller: SellerRef, original: Batch, undoing: Batch, rows: Sequence[_Line], actor: Actor, now: datetime,
           overwrite: bool, parts: frozenset[str] | None) -> None:
    current = _current(seller, rows)
    steps = [_Step(row, current.get(row.product_id)) for row in rows]
    taken = set(Product.objects.filter(seller_id=seller.id, offer_id__in=[
        row.offer_id for row in rows if row.deleted]).values_list("offer_id", flat=True))
    for step in steps:
        _look(step, taken, overwrite, parts)
    while True:
        try:
            with atomic(), changes.gathering(seller=seller, actor=actor, now=now, batch_id=undoing.pk):
                _set_back(seller, [step for step in steps if not step.blocked], actor, now)
                break
        except _Refused:
            continue
    _name_others(seller, original.pk, [step for step in steps if step.keys])
    _mark(steps)
    if original.undo_of_id:
        back = [step.change.product_id for step in steps if not step.blocked]
        Change.objects.filter(batch_id=original.undo_of_id, product_id__in=back).update(
            undo=Change.Undo.NONE, conflict=None)


def _current(seller: SellerRef, rows: Sequence[_Line]) -> dict[int, dict[str, Any]]:
    """The products as they are, under the journal's keys. One query, and one or two for each part.

    Where the batch changed prices alone, cards are not read: their attributes are most of the work of an undo.
    """
    touched = {key for row in rows for key in (*row.before, *row.after)}
    whole = any(row.created or row.deleted for row in rows)
    ids = [row.product_id for row in rows]
    found: dict[int, dict[str, Any]]
    if whole or touched.intersection(CONTENT):
        found = {row["id"]: row for row in Product.objects.filter(
            of_shop(seller.id), id__in=ids).values("id", "sku", "archived", *CONTENT)}
    else:
        found = {ref.id: {"id": ref.id, "sku": ref.sku, "archived": ref.archived, "offer_id": ref.offer_id}
                 for ref in queries.refs(seller, product_ids=ids)}
    for part in offer_parts.registered():
        if not whole and not any(key.startswith(f"{part.name}.") for key in touched):
            continue
        for product_id, values in part.kept(seller, list(found)).items():
            found[product_id] |= {f"{part.name}.{key}": value for key, value in values.items()}
    return found


def _look(step: _Step, taken: set[str], overwrite: bool, parts: frozenset[str] | None) -> None:
    """Find out whether the product may be set back."""
    change = step.change
    if parts is not None and any("." in key and key.split(".", 1)[0] not in parts and key.split(".", 1)[0] in _parts()
                                 for key in {*change.before, *change.after}):
        step.reason = str(_RIGHT_MISSING)
    elif change.deleted:
        if step.current is None and change.offer_id in taken:
            step.keys = ["offer_id"]
    elif step.current is None:
        # Somebody deleted it for good. A creation is thereby undone, a change has nothing left to be set back on.
        step.keys = [] if change.created else ["deleted"]
    elif not overwrite:
        step.keys = [key for key, value in change.after.items() if not same(key, step.current.get(key), value)]


def _parts() -> set[str]:
    return {part.name for part in offer_parts.registered()}


def same(key: str, first: Any, second: Any) -> bool:
    """Whether two values of the journal mean the same: pictures and documents do before and after they were fetched."""
    if key == "images":
        return [_shown(each) for each in first or ()] == [_shown(each) for each in second or ()]
    if key == "documents":
        return [_read(each) for each in first or ()] == [_read(each) for each in second or ()]
    if "." in key:
        return (first or 0) == (second or 0)
    return first == second


def _shown(image: Mapping[str, Any]) -> tuple[str, str, bool]:
    return image.get("source") or image.get("key") or "", image.get("alt", ""), bool(image.get("color"))


def _read(document: Mapping[str, Any]) -> tuple[str | int, str]:
    return document["source"] or document["id"], document["name"]


def _set_back(seller: SellerRef, steps: Sequence[_Step], actor: Actor, now: datetime) -> None:
    """Cards, then the archive, then parts; raises _Refused when a rule stands in the way of some of them."""
    refused = False
    wishes, of_cards = [], []
    for step in steps:
        change = step.change
        if change.deleted and step.current is None:
            wishes.append(Wish(stored.draft_of_content(change.before),
                               reborn=(change.product_id, change.before["sku"])))
            of_cards.append(step)
        elif step.current and not change.created and any(key in CONTENT for key in change.before):
            old = {key: value for key, value in change.before.items() if key in CONTENT}
            wishes.append(Wish(stored.draft_of_content(step.current | old), change.product_id))
            of_cards.append(step)
    if wishes:
        for step, outcome in zip(of_cards, apply_wishes(seller, wishes, actor, now), strict=True):
            if outcome.outcome == "failed":
                step.refuse(outcome.errors)
                refused = True
    if refused:
        raise _Refused()
    _shelves(seller, steps, actor, now)
    by_id = {step.change.product_id: step for step in steps}
    for part in offer_parts.registered():
        values = {step.change.product_id: found for step in steps if not step.change.created
                  and (found := _of_part(part.name, step.change.before))}
        for product_id, errors in (part.restore(seller, values, actor, now) if values else {}).items():
            by_id[product_id].refuse(errors)
            refused = True
    if refused:
        raise _Refused()
    _take_back(seller, [step for step in steps if step.change.created and step.current], actor, now)


def _of_part(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {key.removeprefix(f"{name}."): value for key, value in values.items() if key.startswith(f"{name}.")}


def _shelves(seller: SellerRef, steps: Sequence[_Step], actor: Actor, now: datetime) -> None:
    for archived in (True, False):
        ids = [step.change.product_id for step in steps if step.change.before.get("archived") is archived]
        if ids:
            shelving.move(seller=seller, product_ids=ids, archived=archived, actor=actor, now=now)


def _take_back(seller: SellerRef, steps: Sequence[_Step], actor: Actor, now: datetime) -> None:
    """Delete products that the batch created; those that orders hang on go to the archive."""
    held: set[int] = set()
    ids = {step.change.product_id for step in steps}
    while ids - held:
        try:
            with atomic():
                Product.objects.filter(of_shop(seller.id), id__in=ids - held).delete()
                break
        except ProtectedError as error:
            held |= {each.product_id for each in error.protected_objects if hasattr(each, "product_id")} & ids
    if held:
        shelving.move(seller=seller, product_ids=sorted(held), archived=True, actor=actor, now=now)
    with changes.gathering(seller=seller, actor=actor, now=now) as gathered:
        for step in steps:
            current = step.current
            if current and step.change.product_id not in held:
                gathered.note(step.change.product_id, current["offer_id"],
                              {key: value for key, value in current.items() if key not in ("id", "archived")}, {},
                              deleted=True)


# --- what is told -----------------------------------------------------------------------------------------------


def _name_others(seller: SellerRef, batch_id: int, steps: Sequence[_Step]) -> None:
    """Who changed the products since: the latest act that touched one of the keys in the way. One query."""
    if not steps:
        return
    by_id = {step.change.product_id: step for step in steps}
    rows = Change.objects.filter(
        seller_id=seller.id, product_id__in=list(by_id), id__gt=min(step.change.id for step in steps),
    ).exclude(batch_id=batch_id).order_by("id").values_list("product_id", "id", "after", "before", "batch__actor_label",
                                                            "batch__at")
    for product_id, change_id, after, before, label, at in rows:
        step = by_id[product_id]
        if change_id > step.change.id and ({*after, *before} & set(step.keys) or "deleted" in step.keys):
            step.by, step.at = label, at


def _mark(steps: Sequence[_Step]) -> None:
    """Write down how each product ended. One statement."""
    rows = [[step.change.id, Change.Undo.CONFLICT.value if step.blocked else Change.Undo.DONE.value,
             {"keys": step.keys, "by": step.by, "at": step.at.isoformat() if step.at else "", "reason": step.reason}
             if step.blocked else {}] for step in steps]
    execute(f"UPDATE catalog_change SET undo = v.undo, conflict = v.conflict FROM"
            f" {json_rows('v', id='int', undo='text', conflict='json')} WHERE catalog_change.id = v.id",
            [json_param(rows)])
