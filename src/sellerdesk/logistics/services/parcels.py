"""Parcels and what carriers report of them. All set-based: a fixed number of statements for any number of parcels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError

from sellerdesk.core import activity, ids
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows, locked, of_shop, utc
from sellerdesk.logistics import rules
from sellerdesk.logistics.errors import UnknownScan
from sellerdesk.logistics.events import PARCEL_MISDIRECTED, PARCEL_SCANNED
from sellerdesk.logistics.models import DeliveryMethod
from sellerdesk.logistics.types import SCAN_CODES, ParcelInput, ScanInput
from sellerdesk.sellers.types import SellerRef


def register_parcels(*, seller: SellerRef, parcels: Sequence[ParcelInput]) -> dict[str, str]:
    """Announce packed parcels to their carriers. Returns the tracking number of each posting number.

    A posting that has a parcel already keeps it.
    """
    if not parcels:
        return {}
    with atomic():
        carriers = dict(DeliveryMethod.objects.filter(
            of_shop(seller.id), id__in={parcel.method_id for parcel in parcels}).values_list("id", "carrier_id"))
        numbers = ids.allocate("logistics.parcel", len(parcels))
        rows = [
            (parcel.posting_number, rules.tracking_number(rules.CARRIERS[carriers[parcel.method_id]].prefix, number),
             carriers[parcel.method_id], parcel.weight_g, parcel.city, parcel.at)
            for parcel, number in zip(parcels, numbers, strict=True)
        ]
        execute(
            f"""INSERT INTO logistics_parcel (seller_id, posting_number, tracking_number, carrier_id, weight_g, city,
                    labels_printed, created_at, status, updated_at)
                SELECT %s, v.posting, v.tracking, v.carrier, v.weight, v.city, 0, v.at, 'registered', v.at
                FROM {json_rows("v", posting="text", tracking="text", carrier="text", weight="int", city="text",
                                at="time")}
                WHERE TRUE ON CONFLICT (posting_number) DO NOTHING""", [seller.id, json_param(rows)])
        kept = fetch_all(
            f"""SELECT p.id, p.posting_number, p.tracking_number, p.created_at FROM logistics_parcel p
                JOIN {json_rows("v", posting="text")} ON v.posting = p.posting_number WHERE p.seller_id = %s""",
            [json_param([[parcel.posting_number] for parcel in parcels]), seller.id])
        execute(
            f"""INSERT INTO logistics_scan (parcel_id, at, code, place, source)
                SELECT v.parcel, v.at, 'registered', '', 'seller' FROM {json_rows("v", parcel="int", at="time")}
                WHERE TRUE ON CONFLICT (parcel_id, at, code) DO NOTHING""",
            [json_param([[row[0], utc(row[3])] for row in kept])])
        return {posting: tracking for _, posting, tracking, _ in kept}


def follow_parcels(*, seller: SellerRef, parcels: Sequence[tuple[ParcelInput, str]]) -> set[str]:
    """Follow parcels under the tracking numbers that their shop gives; a corrected number replaces the earlier one.

    Returns the postings whose number another parcel has, perhaps one of a shop that this one may not see. Two
    statements and a query, unless one is refused: then each parcel is tried by itself.
    """
    if not parcels:
        return set()
    with atomic():
        carriers = dict(DeliveryMethod.objects.filter(
            of_shop(seller.id), id__in={parcel.method_id for parcel, _ in parcels}).values_list("id", "carrier_id"))
        if _follow(seller, parcels, carriers):
            return set()
        return {parcel.posting_number for parcel, tracking in parcels
                if not _follow(seller, [(parcel, tracking)], carriers)}


def _follow(seller: SellerRef, parcels: Sequence[tuple[ParcelInput, str]], carriers: Mapping[int, str]) -> bool:
    """Whether all these numbers were free. Nothing is written where one was not."""
    try:
        with atomic():
            kept = fetch_all(
                f"""INSERT INTO logistics_parcel (seller_id, posting_number, tracking_number, carrier_id, weight_g,
                        city, labels_printed, created_at, status, updated_at)
                    SELECT %s, v.posting, v.tracking, v.carrier, v.weight, v.city, 0, v.at, 'registered', v.at
                    FROM {json_rows("v", posting="text", tracking="text", carrier="text", weight="int", city="text",
                                    at="time")}
                    WHERE TRUE ON CONFLICT (posting_number) DO UPDATE SET tracking_number = excluded.tracking_number
                    RETURNING id, created_at""",
                [seller.id, json_param([
                    (parcel.posting_number, tracking, carriers[parcel.method_id], parcel.weight_g, parcel.city,
                     parcel.at) for parcel, tracking in parcels])])
            execute(
                f"""INSERT INTO logistics_scan (parcel_id, at, code, place, source)
                    SELECT v.parcel, v.at, 'registered', '', 'seller' FROM {json_rows("v", parcel="int", at="time")}
                    WHERE TRUE ON CONFLICT (parcel_id, at, code) DO NOTHING""",
                [json_param([[id_, utc(at)] for id_, at in kept])])
    except IntegrityError:
        return False
    return True


def record_scans(*, scans: Sequence[ScanInput], actor: Actor) -> list[str]:
    """Write down what carriers saw and tell everybody (event logistics.parcel.scanned, one per new scan).

    The same report twice is one scan. Returns the tracking numbers nobody knows. Raises UnknownScan.
    """
    for scan in scans:
        if scan.code not in SCAN_CODES:
            raise UnknownScan(scan.code)
    if not scans:
        return []
    with atomic():
        locked("logistics.scans")
        parcels = {
            row[1]: row for row in fetch_all(
                f"""SELECT p.id, p.tracking_number, p.seller_id, p.posting_number, p.carrier_id,
                        p.other_carrier FROM {json_rows("v", tracking="text")}
                    JOIN logistics_parcel p ON p.tracking_number = v.tracking""",
                [json_param([[tracking] for tracking in sorted({scan.tracking_number for scan in scans})])])}
        known = [scan for scan in scans if scan.tracking_number in parcels]
        fresh = {
            (parcel_id, code, utc(at)) for parcel_id, code, at in fetch_all(
                f"""INSERT INTO logistics_scan (parcel_id, at, code, place, source)
                    SELECT v.parcel, v.at, v.code, v.place, v.source
                    FROM {json_rows("v", parcel="int", at="time", code="text", place="text", source="text")}
                    WHERE TRUE ON CONFLICT (parcel_id, at, code) DO NOTHING RETURNING parcel_id, code, at""",
                [json_param([[parcels[s.tracking_number][0], s.at, s.code, s.place[:120], s.source] for s in known])])}
        new: list[ScanInput] = []
        for scan in known:
            key = (parcels[scan.tracking_number][0], scan.code, scan.at)
            if key in fresh:
                # Told twice within this batch: still one piece of news.
                fresh.discard(key)
                new.append(scan)
        latest: dict[int, ScanInput] = {}
        for scan in sorted(new, key=lambda one: one.at):
            latest[parcels[scan.tracking_number][0]] = scan
        own = {row[0]: row for row in parcels.values()}
        others = {id_: scan.carrier for id_, scan in latest.items() if scan.carrier not in ("", own[id_][4])}
        execute(
            f"""UPDATE logistics_parcel SET status = v.code, updated_at = v.at, stale_since = NULL,
                    other_carrier = CASE WHEN v.other <> '' THEN v.other ELSE logistics_parcel.other_carrier END
                FROM {json_rows("v", id="int", code="text", at="time", other="text")}
                WHERE logistics_parcel.id = v.id AND logistics_parcel.updated_at <= v.at""",
            [json_param([[id_, scan.code, scan.at, others.get(id_, "")] for id_, scan in latest.items()])])
        activity.record_many([
            Entry(PARCEL_SCANNED, scan.at, actor, seller_id, "parcel", scan.tracking_number, scan.tracking_number,
                  data={"posting_number": posting, "tracking": scan.tracking_number, "code": scan.code,
                        "place": scan.place[:120], "source": scan.source, "carrier": carrier})
            for scan in new
            for _, _, seller_id, posting, carrier, _ in [parcels[scan.tracking_number]]] + [
            Entry(PARCEL_MISDIRECTED, latest[id_].at, actor, seller_id, "parcel", tracking, tracking,
                  data={"posting_number": posting, "tracking": tracking, "carrier": carrier, "other": others[id_]})
            for id_, tracking, seller_id, posting, carrier, other in parcels.values()
            if id_ in others and others[id_] != other])
        return sorted({scan.tracking_number for scan in scans if scan.tracking_number not in parcels})
