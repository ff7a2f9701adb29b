"""Parcels that nobody has seen for too long, and parcels that go with another carrier than they should."""

from __future__ import annotations

from datetime import datetime, timedelta

from sellerdesk.core import activity, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, fetch_all, json_param, json_rows, locked, utc
from sellerdesk.logistics import rules
from sellerdesk.logistics.events import PARCEL_MISDIRECTED, PARCEL_STALE

SILENCE = "logistics.silence"
_BATCH = 5_000
_ACTOR = Actor.system("logistics")


def run_due(now: datetime) -> int:
    """Raise every alarm that is due by now, in all shops: parcels without a scan for longer than the dated rule
    logistics.silence allows, each at the moment its time ran out, and tracking numbers that belong to another carrier.

    The same whatever the size of the steps in which time passes. Returns how many alarms were raised. A fixed number
    of statements for each 5,000 parcels.
    """
    raised = 0
    while True:
        with atomic():
            locked("logistics.watching")
            count = _silent(now)
        raised += count
        if count < _BATCH:
            break
    with atomic():
        return raised + _elsewhere(now)


def _silent(now: datetime) -> int:
    """Parcels whose latest scan is too old, in the order in which their time ran out."""
    limits = [(carrier, status, now - timedelta(days=days), days)
              for carrier in rules.CARRIERS
              for status, days in rules.silences(dated.get(SILENCE, carrier, now).value)]
    allowed = {(carrier, status): timedelta(days=days) for carrier, status, _, days in limits}
    rows = fetch_all(
        f"""SELECT p.id, p.seller_id, p.posting_number, p.tracking_number, p.carrier_id, p.status, p.updated_at
            FROM {json_rows("v", carrier="text", status="text", before="time")}
            JOIN logistics_parcel p ON p.status = v.status AND p.carrier_id = v.carrier AND p.updated_at <= v.before
            WHERE p.stale_since IS NULL AND {clock.shops_sql('p.seller_id')}
            ORDER BY p.updated_at, p.id LIMIT {_BATCH}""",
        [json_param([[carrier, status, before] for carrier, status, before, _ in limits])])
    alarms = [(id_, seller, posting, tracking, carrier, status, (utc(at) or now) + allowed[(carrier, status)])
              for id_, seller, posting, tracking, carrier, status, at in rows]
    alarms.sort(key=lambda alarm: (alarm[6], alarm[0]))
    if alarms:
        execute(
            f"""UPDATE logistics_parcel SET stale_since = v.at FROM {json_rows("v", id="int", at="time")}
                WHERE logistics_parcel.id = v.id AND logistics_parcel.stale_since IS NULL""",
            [json_param([[alarm[0], alarm[6]] for alarm in alarms])])
        activity.record_many([
            Entry(PARCEL_STALE, at, _ACTOR, seller, "parcel", tracking, tracking,
                  data={"posting_number": posting, "tracking": tracking, "carrier": carrier, "code": status,
                        "count": allowed[(carrier, status)].days})
            for _, seller, posting, tracking, carrier, status, at in alarms])
    return len(alarms)


def _elsewhere(now: datetime) -> int:
    """Numbers that another carrier of ours prints, among those that shops give. Each parcel is told once."""
    unfollowed = [code for code in rules.CARRIERS if rules.noted_by_hand(code)]
    rows = fetch_all(
        f"""SELECT p.id, p.seller_id, p.posting_number, p.tracking_number, p.carrier_id, p.updated_at
            FROM {json_rows("v", prefix="text", carrier="text")}
            JOIN logistics_parcel p ON p.tracking_number LIKE v.prefix AND p.carrier_id <> v.carrier
            WHERE p.carrier_id IN ({", ".join(f"'{code}'" for code in unfollowed)})
                AND {clock.shops_sql('p.seller_id')}
                AND p.other_carrier = '' AND p.status NOT IN ({", ".join(f"'{code}'" for code in rules.ENDS)})
            ORDER BY p.id LIMIT {_BATCH}""",
        [json_param([[f"{facts.prefix}%", code] for code, facts in rules.CARRIERS.items()])])
    wrong = [(*row, other) for row in rows if (other := rules.carrier_of(row[3])) and other != row[4]]
    if wrong:
        execute(
            f"""UPDATE logistics_parcel SET other_carrier = v.other FROM {json_rows("v", id="int", other="text")}
                WHERE logistics_parcel.id = v.id AND logistics_parcel.other_carrier = ''""",
            [json_param([[row[0], row[6]] for row in wrong])])
        activity.record_many([
            Entry(PARCEL_MISDIRECTED, now, _ACTOR, seller, "parcel", tracking, tracking,
                  data={"posting_number": posting, "tracking": tracking, "carrier": carrier, "other": other})
            for _, seller, posting, tracking, carrier, _, other in wrong])
    return len(wrong)
