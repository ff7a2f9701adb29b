"""Reading the penalty ledger: errors with what they cost and why, disputes, and what did not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sellerdesk.core import clock, tally
from sellerdesk.core.db import cursor_decode, cursor_encode, utc
from sellerdesk.core.errors import Invalid
from sellerdesk.core.paging import keyset
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.orders.errors_terms import DisputeFileNotFound, FaultNotFound
from sellerdesk.orders.models import Dispute, DisputeFile, Fault, Posting
from sellerdesk.orders.queries import cancel_reasons
from sellerdesk.sellers.types import SellerRef

_COLUMNS = ("id", "seller_id", "number", "kind", "at", "day", "price_minor", "currency", "shipped", "counts",
            "excluded", "evidence", "judged_at", "index_errors", "index_shipments", "index_bp", "grace", "fee_bp",
            "cap_minor", "amount_minor", "first_minor", "rule_id", "rate_rule_id", "posting__scheme",
            "posting__warehouse_id")


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One error as the ledger shows it. The index, share and cap are those its fee was found by."""

    id: int
    seller_id: int
    number: str
    kind: str
    at: datetime
    day: date
    price_minor: int
    currency: str
    shipped: bool
    counts: bool
    excluded: str
    evidence: Mapping[str, Any]
    judged_at: datetime | None
    index_errors: int
    index_shipments: int
    index_bp: int
    grace: bool
    fee_bp: int
    cap_minor: int
    amount_minor: int
    first_minor: int
    rule_id: int | None
    rate_rule_id: int | None
    scheme: str
    warehouse_id: int

    @property
    def capped(self) -> bool:
        """Whether the cap made it cheaper."""
        return bool(self.amount_minor) and self.amount_minor == self.cap_minor


@dataclass(frozen=True, slots=True)
class DisputeRow:
    id: int
    seller_id: int
    fault_id: int
    state: str
    text: str
    opened_at: datetime
    opened_by: str
    answer_by: datetime
    decided_at: datetime | None
    decided_by: str
    answer: str
    returned_minor: int


@dataclass(frozen=True, slots=True)
class DisputeFileRow:
    id: int
    dispute_id: int
    name: str
    kind: str
    size_bytes: int
    storage_key: str


_FILE = ("id", "dispute_id", "name", "kind", "size_bytes", "storage_key")
_DISPUTE = ("id", "seller_id", "fault_id", "state", "text", "opened_at", "opened_by", "answer_by", "decided_at",
            "decided_by", "answer", "returned_minor")


@dataclass(frozen=True, slots=True)
class FaultFilter:
    """Which errors. `since` and `to` look at the moment of the error, `to` exclusive."""

    since: datetime | None = None
    to: datetime | None = None
    numbers: tuple[str, ...] = ()
    search: str = ""
    # charged, counted, free (does not count or costs nothing), disputed
    tab: str = ""
    kinds: tuple[str, ...] = ()
    warehouse_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Excused:
    """A posting that ended within a window and is no error of the seller, with the reason."""

    number: str
    at: datetime
    reason_id: int
    names: Mapping[str, str]


def faults_page(seller: SellerRef, *, filter: FaultFilter, cursor: str | None = None, limit: int = 50,
                newest_first: bool = True) -> Page[FaultRow]:
    """Errors by time. One query. Raises Invalid `cursor_invalid`."""
    rows = _filtered(seller, filter)
    backwards = False
    if cursor:
        place, last_id, backwards = _place(cursor)
        beyond = "lt" if newest_first != backwards else "gt"
        rows = rows.filter(Q(**{f"at__{beyond}": place}) | Q(**{"at": place, f"id__{beyond}": last_id}))
    sign = "-" if newest_first != backwards else ""
    found = [FaultRow(*row) for row in rows.order_by(f"{sign}at", f"{sign}id").values_list(*_COLUMNS)[:limit + 1]]
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    return Page(found, cursor_encode(found[-1].at, found[-1].id, False) if more or backwards else "",
                cursor_encode(found[0].at, found[0].id, True) if (more if backwards else bool(cursor)) else "")


def _place(cursor: str) -> tuple[datetime, int, bool]:
    value, last_id, backwards = cursor_decode(cursor, 3)
    try:
        at = utc(str(value))
    except ValueError:
        at = None
    if at is None or not isinstance(last_id, int):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]})
    return at, last_id, bool(backwards)


def _filtered(seller: SellerRef, filter: FaultFilter) -> QuerySet[Fault]:
    rows = Fault.objects.filter(seller_id=seller.id)
    if filter.since:
        rows = rows.filter(at__gte=filter.since)
    if filter.to:
        rows = rows.filter(at__lt=filter.to)
    if filter.numbers:
        rows = rows.filter(number__in=filter.numbers)
    if filter.search:
        rows = rows.filter(number__startswith=filter.search[:28])
    if filter.kinds:
        rows = rows.filter(kind__in=filter.kinds)
    if filter.warehouse_ids:
        rows = rows.filter(posting__warehouse_id__in=filter.warehouse_ids)
    return rows.filter(_TABS[filter.tab]) if filter.tab in _TABS else rows


_TABS = {"charged": Q(amount_minor__gt=0), "counted": Q(counts=True), "free": Q(counts=False) | Q(amount_minor=0),
         "disputed": Q(id__in=Dispute.objects.values("fault_id"))}


def fault(seller: SellerRef, fault_id: int) -> FaultRow:
    """One error. Raises FaultNotFound, also for another shop's."""
    row = Fault.objects.filter(seller_id=seller.id, pk=fault_id).values_list(*_COLUMNS).first()
    if row is None:
        raise FaultNotFound()
    return FaultRow(*row)


def faults_of(seller: SellerRef, number: str) -> list[FaultRow]:
    """The errors of a posting, in their order. One query."""
    return [FaultRow(*row) for row in
            Fault.objects.filter(seller_id=seller.id, number=number).order_by("at", "id").values_list(*_COLUMNS)]


def disputes_of(seller: SellerRef, fault_ids: Sequence[int]) -> dict[int, DisputeRow]:
    """The dispute of each error that has one. One query."""
    return {row[2]: DisputeRow(*row) for row in Dispute.objects.filter(
        seller_id=seller.id, fault_id__in=list(fault_ids)).values_list(*_DISPUTE)}


def dispute_files(seller: SellerRef, dispute_id: int) -> list[DisputeFileRow]:
    """The files that came with an objection, in their order. One query."""
    return [DisputeFileRow(*row) for row in DisputeFile.objects.filter(
        seller_id=seller.id, dispute_id=dispute_id).order_by("id").values_list(*_FILE)]


def dispute_file(seller: SellerRef, fault_id: int, file_id: int) -> DisputeFileRow:
    """One file of the objection to an error. Raises DisputeFileNotFound, also for another shop's."""
    row = DisputeFile.objects.filter(seller_id=seller.id, dispute__fault_id=fault_id, pk=file_id).values_list(
        *_FILE).first()
    if row is None:
        raise DisputeFileNotFound()
    return DisputeFileRow(*row)


def excused(seller: SellerRef, since: datetime, to: datetime, limit: int = 200) -> list[Excused]:
    """Postings that ended in a stretch of time and are no errors of the seller, the newest first. One query."""
    reasons = {reason.id: reason for reason in cancel_reasons(to)}
    faults = Fault.objects.filter(posting_id=OuterRef("pk"), seller_id=seller.id, kind="cancellation")
    rows = Posting.objects.filter(
        ~Exists(faults), seller_id=seller.id, state="cancelled", cancelled_at__gte=since, cancelled_at__lt=to)
    return [Excused(number, at, reason_id or 0, reasons[reason_id].names if reason_id in reasons else {})
            for number, at, reason_id in rows.order_by("-cancelled_at", "-id").values_list(
                "number", "cancelled_at", "cancel_reason_id")[:limit] if at]


# -- for operators -----------------------------------------------------------------------------------------------


def market_disputes(*, state: str, cursor: str | None = None, limit: int = 50) -> Page[tuple[DisputeRow, FaultRow]]:
    """Disputes of all shops: open ones by their term, decided ones the newest first. Two queries."""
    order = ("answer_by", "id") if state == "open" else ("-decided_at", "-id")
    page = keyset(Dispute.objects.filter(clock.shops(), state=state), *order, cursor=cursor, limit=limit,
                  columns=_DISPUTE).map(lambda row: DisputeRow(*row))
    known = {row[0]: FaultRow(*row) for row in
             Fault.objects.filter(pk__in=[row.fault_id for row in page.rows]).values_list(*_COLUMNS)}
    return page.map(lambda row: (row, known[row.fault_id]))


def market_dispute(dispute_id: int) -> tuple[DisputeRow, FaultRow]:
    """One dispute of any shop. Raises FaultNotFound."""
    row = Dispute.objects.filter(pk=dispute_id).values_list(*_DISPUTE).first()
    if row is None:
        raise FaultNotFound()
    found = DisputeRow(*row)
    return found, FaultRow(*Fault.objects.values_list(*_COLUMNS).get(pk=found.fault_id))


def market_dispute_files(dispute_id: int) -> list[DisputeFileRow]:
    """The files of one dispute of any shop, in their order. One query."""
    return [DisputeFileRow(*row) for row in
            DisputeFile.objects.filter(dispute_id=dispute_id).order_by("id").values_list(*_FILE)]


def open_disputes() -> Tally:
    """How many disputes of all shops wait for an answer."""
    return tally.rows(Dispute.objects.filter(clock.shops(), state="open"))
