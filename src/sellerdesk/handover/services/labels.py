"""Labels of packed postings: a few at once, all or nothing; or many in a batch that tells what is not ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import ngettext
from django_tasks import task

from sellerdesk.core import activity, clock, jobs
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.i18n import localized
from sellerdesk.handover import queries, rules
from sellerdesk.handover.errors import NothingToPrint, PostingsNotReady, TooManyLabels
from sellerdesk.handover.models import LabelBatch, PrintChoice
from sellerdesk.handover.services import archive
from sellerdesk.handover.services.drawing import draw
from sellerdesk.handover.types import LABELS, BatchCard, PaperFile, Printing, Unprinted
from sellerdesk.logistics import services as logistics
from sellerdesk.logistics.types import LabelData
from sellerdesk.orders import events as orders_events
from sellerdesk.orders import queries as orders
from sellerdesk.orders.errors import PostingNotFound
from sellerdesk.orders.queries import handing
from sellerdesk.orders.types import PostingCard
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef


def label(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime, language: str = "ru",
          printing: Printing | None = None) -> PaperFile:
    """The labels of at most 20 postings in one file, in the order asked; all or nothing. Each printing is counted.

    Raises TooManyLabels, PostingNotFound, PostingsNotReady (all that have no label now), NoSuchSize, SheetsAreNoZpl.
    """
    wanted = rules.in_order(numbers)
    if not wanted or len(wanted) > rules.MOST_AT_ONCE:
        raise TooManyLabels(rules.MOST_AT_ONCE)
    with atomic():
        ready, unready = _sorted_out(seller, wanted, now)
        for one in unready:
            if one.code == "not_found":
                raise PostingNotFound(one.number)
        if unready:
            raise PostingsNotReady([one.number for one in unready],
                                   max((one.ready_at for one in unready if one.ready_at), default=None))
        return _print(seller, ready, printing or queries.printing(seller), actor, now, language).file


@task(queue_name="fast")
def print_batch(batch_id: int) -> None:
    """The job of a long batch."""
    run_batch(batch_id=batch_id, now=clock.now())


def start_batch(*, seller: SellerRef, numbers: Sequence[str], actor: Actor, now: datetime, language: str,
                printing: Printing | None = None, at_once: bool = False) -> int:
    """Ask for the labels of up to 1,000 postings; returns the batch's id.

    With `at_once` a short batch is printed before this returns; a longer one is a job in any case. Raises
    NothingToPrint, TooManyLabels, NoSuchSize, SheetsAreNoZpl.
    """
    wanted = rules.in_order(numbers)
    how = printing or queries.printing(seller)
    if not wanted:
        raise NothingToPrint()
    if len(wanted) > rules.MOST_IN_A_BATCH:
        raise TooManyLabels(rules.MOST_IN_A_BATCH)
    logistics.check_size(how.size, how.kind)
    with atomic():
        batch = LabelBatch.objects.create(
            seller_id=seller.id, size=how.size, kind=how.kind, first_cell=how.first_cell, language=language,
            numbers=wanted, total=len(wanted), created_at=now, actor=asdict(actor), maker_id=archive.maker(actor),
            warehouse_id=orders.common_warehouse(seller, wanted))
        if not at_once or len(wanted) > rules.MOST_WHILE_WAITING:
            job_id = jobs.enqueue(print_batch, batch.pk, seller_id=seller.id, unique_key=f"handover.labels:{batch.pk}")
            LabelBatch.objects.filter(pk=batch.pk).update(job_id=job_id)
            return batch.pk
    run_batch(batch_id=batch.pk, now=now)
    return batch.pk


def run_batch(*, batch_id: int, now: datetime) -> None:
    """Print what is ready of a batch and name the rest. A finished batch stays as it is."""
    batch = LabelBatch.objects.get(pk=batch_id)
    if batch.state in ("completed", "error"):
        return
    seller, actor = sellers.seller_ref(batch.seller_id), Actor(**batch.actor)
    LabelBatch.objects.filter(pk=batch_id).update(state="in_progress")
    jobs.progress(0, batch.total)
    with atomic():
        ready, unready = _sorted_out(seller, batch.numbers, now)
        how = Printing(batch.size, batch.kind, batch.first_cell)
        paper = _print(seller, ready, how, actor, now, batch.language) if ready else None
        LabelBatch.objects.filter(pk=batch_id, state="in_progress").update(
            state="completed", printed=len(ready), paper_id=paper.id if paper else None, done_at=now,
            unprinted=[[one.number, one.code, one.ready_at.isoformat() if one.ready_at else None] for one in unready])
    jobs.progress(batch.total, batch.total)


def print_rest(*, seller: SellerRef, batch: BatchCard, actor: Actor, now: datetime, language: str) -> int:
    """A new batch of what an earlier one could not print, in the same size; returns its id. Raises NothingToPrint."""
    rest = [one.number for one in batch.unprinted if one.code != "not_found"]
    return start_batch(seller=seller, numbers=rest, actor=actor, now=now, language=language, at_once=True,
                       printing=Printing(batch.size, batch.kind, 1))


def choose_printing(*, seller: SellerRef, printing: Printing) -> None:
    """Remember how this shop prints. Raises NoSuchSize, SheetsAreNoZpl."""
    logistics.check_size(printing.size, printing.kind)
    PrintChoice.objects.update_or_create(seller_id=seller.id, defaults={
        "size": printing.size, "kind": printing.kind, "first_cell": max(1, min(printing.first_cell, 100))})


def _sorted_out(seller: SellerRef, numbers: Sequence[str],
                now: datetime) -> tuple[list[PostingCard], list[Unprinted]]:
    """What can be printed now and what cannot, each in the order asked."""
    cards = {card.number: card for card in orders.cards(seller, numbers)}
    ready, unready = [], []
    for number in numbers:
        card = cards.get(number)
        reason = rules.judge(
            number, known=card is not None, actions=card.available_actions if card else (),
            packed_at=card.packed_at if card else None, delay_seconds=_delay(card, now), now=now)
        if reason:
            unready.append(reason)
        elif card:
            ready.append(card)
    return ready, unready


def _delay(card: PostingCard | None, now: datetime) -> int:
    """By the rule in force when the parcel was packed."""
    at = card.packed_at if card and card.packed_at else now
    return int(dated.get("handover.label_delay", "", at).value["seconds"])


def _print(seller: SellerRef, cards: Sequence[PostingCard], how: Printing, actor: Actor, now: datetime,
           language: str) -> archive.Kept:
    """Draw, keep, count, tell."""
    numbers = [card.number for card in cards]
    data = draw([_data(seller, card, language) for card in cards], how, language)
    logistics.note_labels(seller=seller, numbers=numbers)
    activity.record_many([
        Entry(orders_events.LABEL_PRINTED, now, actor, seller.id, "posting", number, number) for number in numbers])
    with translation.override(language):
        count = ngettext("%(count)s label", "%(count)s labels", len(numbers)) % {"count": len(numbers)}
    places = {card.warehouse_id for card in cards}
    return archive.keep(
        seller=seller, kind=LABELS, form=how.kind, name=numbers[0] if len(numbers) == 1 else f"{count} {numbers[0]}",
        data=data.content, numbers=numbers, pages=data.pages, actor=actor, now=now,
        warehouse_id=places.pop() if len(places) == 1 else 0, search=[card.tracking_number for card in cards])


def _data(seller: SellerRef, card: PostingCard, language: str) -> LabelData:
    contents = ", ".join(f"{line.offer_id} ×{line.quantity}" for line in card.lines)
    local = card.in_process_at.astimezone(ZoneInfo(seller.time_zone))
    # What goes abroad is read there: in Latin letters, as far as anybody can tell how.
    abroad = handing.crosses_customs(card.warehouse_country or seller.country, card.country, card.in_process_at)
    name, address = (card.name_in_latin, card.address_in_latin) if abroad else ("", "")
    return LabelData(
        posting_number=card.number, tracking_number=card.tracking_number,
        carrier=localized(card.carrier_names, language), shop=seller.name, sender=card.warehouse_city,
        city=card.city, recipient=name or card.buyer_name, contents=contents, sort_code=logistics.sort_code(card.city),
        weight_g=card.weight_g, date=f"{local:%d.%m.%Y}", service=card.delivery_method_name, region=card.region,
        address=address or card.address, order_number=card.order_number, units=card.units)
