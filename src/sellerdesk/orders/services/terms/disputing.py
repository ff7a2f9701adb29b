"""Objections to errors: opened by the shop, decided by an operator or by the term, with what a decision changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sellerdesk.core import activity, attachments, clock, storage
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.db import atomic, locked
from sellerdesk.finance import services as finance
from sellerdesk.finance.types import Charge
from sellerdesk.orders import events
from sellerdesk.orders.errors_terms import (
    DisputeClosed,
    DisputeFileRefused,
    DisputeFileTooLarge,
    DisputeTextRequired,
    DisputeTooLate,
    FaultNotFound,
    NothingToDispute,
    TooManyDisputeFiles,
)
from sellerdesk.orders.models import Dispute, DisputeFile, Fault
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services.terms import judging
from sellerdesk.sellers.types import SellerRef

#: Where files of objections lie in storage.
FILES = "disputes"
_DAY = timedelta(days=1)
_MEBI = 1024 * 1024


def disputable_until(at: datetime) -> datetime:
    """Until when an error of this moment may be disputed, by `orders.dispute`."""
    return at + timedelta(days=dated.get("orders.dispute", "", at).value["open_days"])


def file_limits(now: datetime) -> tuple[int, int]:
    """How large a file of an objection may be, in bytes, and how many there may be, by `orders.dispute_files`."""
    value = dated.get("orders.dispute_files", "", now).value
    return value["bytes"], value["most"]


def _checked(files: Sequence[Upload], now: datetime) -> list[tuple[Upload, str, str]]:
    """Files with content type and extension, by their bytes; nothing is kept yet.

    Raises TooManyDisputeFiles, DisputeFileTooLarge, DisputeFileRefused.
    """
    largest, most = file_limits(now)
    if len(files) > most:
        raise TooManyDisputeFiles(most)
    found = []
    for file in files:
        name = attachments.file_name(file.name)
        if len(file.data) > largest:
            raise DisputeFileTooLarge(name, largest // _MEBI)
        kind = attachments.sniff(file.data)
        if kind is None:
            raise DisputeFileRefused(name)
        found.append((Upload(name, file.data), *kind))
    return found


def open_dispute(*, seller: SellerRef, fault_id: int, text: str, actor: Actor, now: datetime,
                 files: Sequence[Upload] = ()) -> int:
    """Object to an error, with files that prove it; returns the dispute's id. Each error is disputed once.

    Raises FaultNotFound, NothingToDispute (it neither counts nor costs), DisputeTextRequired, DisputeTooLate,
    DisputeClosed (there is one already), TooManyDisputeFiles, DisputeFileTooLarge, DisputeFileRefused.
    """
    said = text.strip()[:2000]
    checked = _checked(files, now)
    with atomic():
        fault = Fault.objects.filter(seller_id=seller.id, pk=fault_id).first()
        if fault is None:
            raise FaultNotFound()
        # A delay does not count and has its price all the same, from its day's end on.
        if not fault.counts and fault.judged_at and not fault.amount_minor:
            raise NothingToDispute()
        if len(said) < 10:
            raise DisputeTextRequired()
        if now > disputable_until(fault.at):
            raise DisputeTooLate()
        days = dated.get("orders.dispute", "", now).value["answer_days"]
        dispute, made = Dispute.objects.get_or_create(fault_id=fault.pk, defaults={
            "seller_id": seller.id, "text": said, "opened_at": now, "opened_by": actor.label,
            "answer_by": now + timedelta(days=days)})
        if not made:
            raise DisputeClosed()
        DisputeFile.objects.bulk_create([
            DisputeFile(seller_id=seller.id, dispute_id=dispute.pk, name=file.name, kind=kind,
                        size_bytes=len(file.data), storage_key=storage.save_bytes(FILES, file.data, extension))
            for file, kind, extension in checked])
        activity.record(events.DISPUTE_OPENED, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=fault.number, target_label=fault.number,
                        data={"fault_id": fault.pk, "kind": fault.kind, "files": len(checked)})
        return dispute.pk


def withdraw(*, seller: SellerRef, fault_id: int, actor: Actor, now: datetime) -> None:
    """Take an open objection back. Raises FaultNotFound, DisputeClosed."""
    with atomic():
        dispute = Dispute.objects.filter(seller_id=seller.id, fault_id=fault_id).select_related("fault").first()
        if dispute is None:
            raise FaultNotFound()
        if not Dispute.objects.filter(pk=dispute.pk, state="open").update(state="withdrawn", decided_at=now):
            raise DisputeClosed()
        activity.record(events.DISPUTE_WITHDRAWN, now=now, actor=actor, seller_id=seller.id, target_type="posting",
                        target_id=dispute.fault.number, target_label=dispute.fault.number,
                        data={"fault_id": fault_id})


def decide(*, dispute_id: int, won: bool, answer: str, actor: Actor, now: datetime) -> int:
    """Decide an open dispute; returns what is given back, minor units.

    Won, the error leaves the index and its fee is given back; errors of the days after it whose index falls into a
    cheaper zone get the difference back. Raises FaultNotFound, DisputeTextRequired (an operator says why),
    DisputeClosed.
    """
    said = answer.strip()[:2000]
    if actor.kind != "system" and len(said) < 3:
        raise DisputeTextRequired(field="answer")
    with atomic():
        locked(judging.LOCK)
        dispute = Dispute.objects.filter(pk=dispute_id).select_related("fault").first()
        if dispute is None:
            raise FaultNotFound()
        if not Dispute.objects.filter(pk=dispute_id, state="open").update(
                state="won" if won else "lost", decided_at=now, answer=said,
                decided_by="" if actor.kind == "system" else actor.label):
            raise DisputeClosed()
        returned = _strike_out(dispute, now) if won else 0
        Dispute.objects.filter(pk=dispute_id).update(returned_minor=returned)
        activity.record(events.DISPUTE_WON if won else events.DISPUTE_LOST, now=now, actor=actor,
                        seller_id=dispute.seller_id, target_type="posting", target_id=dispute.fault.number,
                        target_label=dispute.fault.number,
                        data={"fault_id": dispute.fault_id, "returned_minor": returned,
                              "currency": dispute.fault.currency})
        return returned


def _strike_out(dispute: Dispute, now: datetime) -> int:
    """Take the error out of the counts, and judge anew what the counts made dear."""
    Fault.objects.filter(pk=dispute.fault_id).update(counts=False, excluded="dispute")
    first = dispute.fault.day
    last = first + reading.day_rule(first).window_days * _DAY
    rows = [judging.Open(*row) for row in Fault.objects.filter(
        seller_id=dispute.seller_id, judged_at__isnull=False, day__gte=first, day__lte=last).order_by(
            "id").values_list(*judging.COLUMNS)]
    fees = judging.fees_of(rows)
    changed = [(row, fees[row.id]) for row in rows
               if row.id == dispute.fault_id or (row.kind != "delay" and row.day > first)]
    # The window of the error's own day does not hold it; nobody pays more because a colleague was right.
    cheaper = [(row, fee) for row, fee in changed if fee.amount_minor < row.amount_minor]
    finance.book_charges(charges=[
        Charge(row.seller_id, f"{row.number}:{row.kind}:{dispute.pk}", "penalty_back", row.number, row.currency, now,
               row.amount_minor - fee.amount_minor, fee.rule_id) for row, fee in cheaper])
    judging.keep_corrected([(row.id, fee) for row, fee in changed if fee.amount_minor <= row.amount_minor])
    touched = [first + at * _DAY for at in range((last - first).days + 1)]
    today = reading.today_of(now)
    judging.close_days(today)
    judging.write_days({(dispute.seller_id, day) for day in touched if day < today})
    return sum(row.amount_minor - fee.amount_minor for row, fee in cheaper)


def settle_unanswered(*, now: datetime) -> int:
    """Decide disputes whose term for an answer has run out, by `orders.dispute`, each at its own moment."""
    system = Actor.system("terms")
    waiting = list(Dispute.objects.filter(clock.shops(), state="open", answer_by__lte=now).order_by(
        "answer_by", "id").values_list("id", "answer_by"))
    for dispute_id, answer_by in waiting:
        try:
            decide(dispute_id=dispute_id, won=dated.get("orders.dispute", "", answer_by).value["unanswered"] == "won",
                   answer="", actor=system, now=answer_by)
        except DisputeClosed:
            # An operator was faster.
            continue
    return len(waiting)
