"""What the shop itself reports of a parcel that no carrier of the marketplace follows."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.logistics import rules
from sellerdesk.logistics.errors import NotePlaceless, NoteRefused, NoteUntimely, ParcelUnknown, UnknownScan
from sellerdesk.logistics.models import Parcel
from sellerdesk.logistics.services.parcels import record_scans
from sellerdesk.logistics.types import ScanInput
from sellerdesk.sellers.types import SellerRef


def note_event(*, seller: SellerRef, posting_number: str, code: str, place: str, at: datetime, actor: Actor,
               now: datetime) -> None:
    """Write a step of a parcel into its history by hand; the same step twice is one.

    It tells where the parcel is and ends the silence about it. It moves no posting: that it left, arrived or was
    received is told by the acts of the posting. Only for parcels that the shop or its own contractor brings. Raises
    ParcelUnknown, NoteRefused, UnknownScan, NotePlaceless, NoteUntimely (in the future, or before the parcel).
    """
    place = " ".join(place.split())
    with atomic():
        parcel = Parcel.objects.filter(seller_id=seller.id, posting_number=posting_number).first()
        if parcel is None:
            raise ParcelUnknown()
        if not rules.noted_by_hand(parcel.carrier_id) or parcel.status in rules.ENDS:
            raise NoteRefused()
        if code not in rules.NOTES:
            raise UnknownScan(code)
        if not place:
            raise NotePlaceless()
        if not parcel.created_at <= at <= now:
            raise NoteUntimely(parcel.created_at)
        record_scans(scans=[ScanInput(parcel.tracking_number, code, place[:120], at, "seller")], actor=actor)
