"""One rule for all products of a filter, as a job: count, show the totals, apply, undo by the journal.

Both passes go through the products in the order of their ids, a thousand at a time; each chunk is one transaction
that also moves the cursor, so that a killed worker is followed by another with nothing lost or done twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django_tasks import task

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.services import changes as journal
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock, garbage, jobs
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money, minor_digits
from sellerdesk.economics import queries as economics
from sellerdesk.pricing import calculating, formula, judging, queries
from sellerdesk.pricing.calculating import Calculation
from sellerdesk.pricing.errors import RunMoved, formula_invalid
from sellerdesk.pricing.formula import FormulaError
from sellerdesk.pricing.models import PriceRun
from sellerdesk.pricing.services.setting import preview_prices, set_prices
from sellerdesk.pricing.types import PriceInput, PriceRow, RunCounts, RunSample
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

State = PriceRun.State
CHUNK = 1000
_SAMPLES = 40
_FEES = frozenset({"fee", "commission", "acquiring", "delivery"})


def start(*, seller: SellerRef, search: str, category_id: int, rule: Mapping[str, Any], title: str, actor: Actor,
          now: datetime) -> int:
    """Begin to count what a rule would do; returns the run's id.

    `rule`: field, percent_bp or formula, rounding, with_old (a crossed-out price moves by the same percentage).
    Raises Invalid.
    """
    _read(rule)
    with atomic():
        run = PriceRun.objects.create(
            seller_id=seller.id, where={"search": search, "category_id": category_id}, rule=dict(rule),
            title=title[:255], actor=asdict(actor), actor_label=actor.label[:200], created_at=now,
            total=catalog.products_total(seller, _filter(search, category_id)))
        jobs.enqueue(work_on, run.pk, seller_id=seller.id, unique_key=f"pricing.run:{run.pk}:count")
    return run.pk


def agree(*, seller: SellerRef, run_id: int, actor: Actor, now: datetime) -> None:
    """Apply a run whose totals somebody has seen. Raises RunUnknown, RunMoved."""
    title = queries.run(seller, run_id).title
    with atomic():
        batch_id = journal.open_batch(seller=seller, source="rule", title=title, actor=actor, now=now)
        moved = PriceRun.objects.filter(pk=run_id, seller_id=seller.id, state=State.READY).update(
            state=State.APPLYING, cursor=0, done=0, batch_id=batch_id, actor=asdict(actor),
            actor_label=actor.label[:200])
        if not moved:
            raise RunMoved()
        jobs.enqueue(work_on, run_id, seller_id=seller.id, unique_key=f"pricing.run:{run_id}:apply")


def drop(*, seller: SellerRef, run_id: int, now: datetime) -> None:
    """Forget a run that was not applied. Raises RunUnknown, RunMoved."""
    queries.run(seller, run_id)
    if not PriceRun.objects.filter(pk=run_id, seller_id=seller.id, state__in=[State.COUNTING, State.READY]).update(
            state=State.DROPPED, finished_at=now):
        raise RunMoved()


# A task lives beside the service that puts it in: tasks.py would be above it.
@task(queue_name="default")
def work_on(run_id: int) -> None:
    """Count or apply until the end. May run twice: the cursor tells where to go on."""
    while True:
        run = PriceRun.objects.filter(pk=run_id, state__in=[State.COUNTING, State.APPLYING]).first()
        if run is None or not _chunk(run):
            return
        jobs.progress(run.done, run.total)


@garbage.paused()
def _chunk(run: PriceRun) -> bool:
    """One step; False when it was the last."""
    seller, now, actor = sellers.seller_ref(run.seller_id), clock.now(), Actor(**run.actor)
    counting = run.state == State.COUNTING
    with atomic():
        ids = catalog.product_ids(seller, filter=_filter(**run.where), after=run.cursor, limit=CHUNK)
        if not ids:
            _rows(run).update(state=State.READY if counting else State.DONE, done=run.total,
                              **({"counted_at": now} if counting else {"finished_at": now}))
            return False
        before = RunCounts(**(run.foreseen if counting else run.result))
        current = queries.prices(seller, ids)
        # What changed since somebody agreed to the totals is left to whoever changed it.
        seen = {id_: row for id_, row in current.items()
                if counting or run.counted_at is None or row.updated_at <= run.counted_at}
        asked = _wishes(seller, seen, run.rule, now)
        samples: list[RunSample] = []
        counts = replace(before, skipped=before.skipped + len(ids) - len(asked))
        if counting:
            counts, samples = _foresee(seller, asked, counts, now)
            samples = [RunSample(**one) for one in run.samples] + samples
        else:
            counts = _apply(seller, asked, current, counts, actor, now, run.batch_id)
        moved = _rows(run).filter(cursor=run.cursor).update(
            cursor=ids[-1], done=run.done + len(ids), **({
                "foreseen": asdict(counts), "samples": [asdict(one) for one in _chosen(samples)]} if counting else {
                "result": asdict(counts)}))
        if not moved:
            # Another worker was faster, or somebody dropped the run: nothing of this chunk may stay.
            raise RunMoved()
    return True


def _rows(run: PriceRun) -> Any:
    return PriceRun.objects.filter(pk=run.pk, state=run.state)


def _filter(search: str, category_id: int) -> ProductFilter:
    return ProductFilter(search=search, category_id=category_id, sort="id")


def _read(rule: Mapping[str, Any]) -> Calculation:
    if rule.get("formula"):
        try:
            return Calculation(rule["field"], formula.read(rule["formula"]), rule["rounding"])
        except FormulaError as error:
            raise formula_invalid(error) from None
    if not rule.get("percent_bp"):
        raise Invalid("invalid", field="percent")
    return Calculation(rule["field"], calculating.percent(rule["field"], rule["percent_bp"]), rule["rounding"])


def _wishes(seller: SellerRef, current: Mapping[int, PriceRow], rule: Mapping[str, Any], now: datetime
            ) -> list[PriceInput]:
    """What the rule asks for each product; those without the amounts it needs are left out."""
    made, known = [], _read(rule)
    amounts_of = {id_: (row.price_minor, row.cost_minor) for id_, row in current.items()}
    margins = economics.units(seller, amounts_of, now) if known.expression.names & _FEES else {}
    unit = 10 ** minor_digits(seller.currency)
    along = None
    if rule.get("with_old") and rule["field"] == "price" and rule.get("percent_bp"):
        along = replace(known, field="old_price", expression=calculating.percent("old_price", rule["percent_bp"]))
    for id_, row in current.items():
        amounts = judging.amounts_of(row)
        try:
            values = {known.field: calculating.calculated(
                known, amounts, margins[id_].named if id_ in margins else {}, unit)}
            if along and amounts.old:
                values["old_price"] = calculating.calculated(along, amounts, {}, unit)
        except FormulaError:
            continue
        texts: dict[str, Any] = {key: Money(value, seller.currency).decimal_text() for key, value in values.items()}
        made.append(PriceInput(product_id=id_, **texts))
    return made


def _foresee(seller: SellerRef, asked: Sequence[PriceInput], counts: RunCounts, now: datetime
             ) -> tuple[RunCounts, list[RunSample]]:
    samples: list[RunSample] = []
    refused = Counter(counts.refused)
    for row in preview_prices(seller=seller, changes=asked, now=now):
        old = row.before.price_minor if row.before else 0
        new = row.after.price if row.after else old
        unchanged = row.after is not None and row.before is not None and row.after == judging.amounts_of(row.before)
        outcome = ("refused" if row.errors else "held" if row.quarantined else "unchanged" if unchanged else "changed")
        if row.errors:
            refused[row.errors[0].code] += 1
        counts = _counted(counts, outcome, old, new)
        first = row.errors[0] if row.errors else None
        samples.append(RunSample(row.product_id, row.offer_id, old, new, outcome, first.code if first else "",
                                 dict(first.data) if first else {}))
    return replace(counts, refused=dict(refused)), samples


def _apply(seller: SellerRef, asked: Sequence[PriceInput], current: Mapping[int, PriceRow], counts: RunCounts,
           actor: Actor, now: datetime, batch_id: int) -> RunCounts:
    with journal.gathering(seller=seller, source="rule", actor=actor, now=now, batch_id=batch_id):
        outcomes = set_prices(seller=seller, changes=asked, actor=actor, now=now, source="rule")
    after = queries.prices(seller, [row.product_id for row in asked])
    refused = Counter(counts.refused)
    for one in outcomes:
        was, became = current[one.product_id], after[one.product_id]
        unchanged = judging.amounts_of(was) == judging.amounts_of(became)
        outcome = "refused" if one.errors else "held" if one.quarantined else "unchanged" if unchanged else "changed"
        if one.errors:
            refused[one.errors[0].code] += 1
        counts = _counted(counts, outcome, was.price_minor, became.price_minor)
    return replace(counts, refused=dict(refused))


def _counted(counts: RunCounts, outcome: str, old: int, new: int) -> RunCounts:
    if outcome == "refused":
        return counts
    if outcome != "changed":
        return replace(counts, **{outcome: getattr(counts, outcome) + 1})
    return replace(counts, changed=counts.changed + 1, raised=counts.raised + (new > old),
                   lowered=counts.lowered + (new < old), before_minor=counts.before_minor + old,
                   after_minor=counts.after_minor + new)


def _chosen(samples: Sequence[RunSample]) -> list[RunSample]:
    """A few of each outcome, what needs a look first."""
    found: list[RunSample] = []
    for outcome in ("refused", "held", "changed"):
        found += [one for one in samples if one.outcome == outcome][:_SAMPLES // 3 + 1]
    return found[:_SAMPLES]
