"""Pure decisions about papers and carriages: no database, no clock, no Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sellerdesk.handover.types import LABELS, PACKING_SLIP, PAPER_KINDS, Unprinted

MOST_AT_ONCE = 20
MOST_IN_A_BATCH = 1000
# Up to so many labels are drawn while the person waits; more are a job with a page that tells how far it is.
MOST_WHILE_WAITING = 50

# The dated rule handover.label_delay: the Seller API has labels 45 to 60 seconds after packing.
DEFAULT_DELAY: dict[str, dict[str, int]] = {"": {"seconds": 45}}
# The dated rule handover.kept: how many days the file of a paper is kept. Labels and slips name buyers and are soon of
# no use; what proves a hand-over is kept as long as it can be disputed.
DEFAULT_KEPT: dict[str, dict[str, int]] = {
    kind: {"days": 30 if kind in (LABELS, PACKING_SLIP) else 1826} for kind in PAPER_KINDS}


def ready_at(packed_at: datetime, delay_seconds: int) -> datetime:
    """From when on the label of a parcel can be printed."""
    return packed_at + timedelta(seconds=delay_seconds)


def declaration_number(posting_id: int, day: date) -> str:
    """The number of a parcel's customs declaration, the same whenever it is asked for: its day and the posting's.

    Posting 41 of 23 November 2026: 231126/0000041.
    """
    return f"{day:%d%m%y}/{posting_id:07d}"


def judge(number: str, *, known: bool, actions: Collection[str], packed_at: datetime | None, delay_seconds: int,
          now: datetime) -> Unprinted | None:
    """Why a posting has no label now; None where it has one."""
    if not known:
        return Unprinted(number, "not_found")
    if "label" not in actions:
        return Unprinted(number, "wrong_state")
    from_then = ready_at(packed_at, delay_seconds) if packed_at else now
    return Unprinted(number, "not_ready", from_then) if from_then > now else None


def in_order(numbers: Sequence[str]) -> list[str]:
    """As asked, each once."""
    return list(dict.fromkeys(numbers))


# The dated rule handover.acceptance: hours after the hand-over in which the carrier has to scan what it took. Then the
# carriage is closed, and what was not scanned stands in the discrepancy act.
DEFAULT_ACCEPTANCE: dict[str, dict[str, int]] = {"": {"hours": 72}}
MOST_CONTAINERS = 300
MOST_IN_A_CARRIAGE = 10_000
# The words that say a carrier holds the parcel, and the one that says it never got it.
_ACCEPTED = frozenset({"accepted", "sorted", "in_transit", "arrived_in_city", "with_courier", "to_pickup_point",
                       "at_pickup_point", "delivered", "returning", "returned", "lost"})


def sight(code: str) -> str:
    """What a scan says about the hand-over: accepted, missed, or nothing."""
    return "accepted" if code in _ACCEPTED else "missed" if code == "not_accepted" else ""


def barcode(carriage_id: int) -> str:
    """What stands in bars on the act: the driver scans one code for the whole carriage."""
    return f"%303%{carriage_id}"


MOST_PASSES = 20
_PHONE_DIGITS = range(7, 16)
_PASS_LENGTHS = {"driver": 120, "phone": 30, "model": 60, "plate": 20}


def pass_faults(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a car and its driver, as (field, code) pairs; codes are missing, long and phone."""
    found = []
    for name, most in _PASS_LENGTHS.items():
        value = said[name].strip()
        if not value:
            found.append((name, "missing"))
        elif len(value) > most:
            found.append((name, "long"))
        elif name == "phone" and sum(sign.isdigit() for sign in value) not in _PHONE_DIGITS:
            found.append((name, "phone"))
    return found
