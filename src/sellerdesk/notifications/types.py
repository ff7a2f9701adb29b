"""What crosses the border of the notifications domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Literal

from sellerdesk.core.waiting import Waiting

#: `contract`: the bodies and answers of the Seller API's own pushes. `standard`: the same facts in an envelope as the
#: Standard Webhooks specification has it, any 2xx answer counts. Both are signed.
Form = Literal["contract", "standard"]
FORMS: tuple[Form, ...] = ("contract", "standard")
#: `paused`: failed for too long, what happens is kept for it. `off`: switched off by the shop. `gone`: the receiver
#: said 410. For the last two nothing is kept.
EndpointState = Literal["active", "paused", "off", "gone"]
#: `dropped`: the timetable of tries has ended. `stopped`: the receiver said 410, or was switched off.
DeliveryState = Literal["waiting", "done", "dropped", "stopped"]
#: What a browser's push service said: taken, the browser is gone, not to be tried again, or to be tried again.
RingVerdict = Literal["done", "gone", "refused", "again"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One push before it is kept. `key` names the object it is about: pushes of one key arrive in order.

    `body` is the contract's body without its type and id. A fact with `once` is kept a single time for a shop.
    """

    seller_id: int
    type: str
    key: str
    at: datetime
    body: Mapping[str, Any]
    once: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer counts as taken. `code`: the contract's word for what is wrong; `detail`: what came."""

    ok: bool
    code: str = ""
    detail: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One try: what was sent and what came back, in at most so many characters as the log keeps."""

    at: datetime
    milliseconds: int
    request_headers: Mapping[str, str]
    verdict: Verdict
    status: int | None = None
    response_headers: Mapping[str, str] = field(default_factory=dict)
    response_body: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery whose turn it is, with all that sending needs. Secrets are plain here and nowhere else."""

    delivery_id: int
    endpoint_id: int
    seller_id: int
    url: str
    form: str
    secrets: tuple[str, ...]
    uid: str
    key: str
    version: int
    body: bytes
    type: str
    tries: int
    token: str
    again: int = 0


@dataclass(frozen=True, slots=True)
class EndpointRow:
    id: int
    url: str
    form: str
    types: tuple[str, ...]
    state: str
    created_at: datetime
    failing_since: datetime | None
    paused_at: datetime | None
    last_ok_at: datetime | None
    rolled_until: datetime | None
    pause_code: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One push to one address, as the log lists it."""

    id: int
    endpoint_id: int
    url: str
    type: str
    key: str
    version: int
    uid: str
    state: str
    tries: int
    created_at: datetime
    next_at: datetime | None
    done_at: datetime | None
    code: str
    status: int | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    at: datetime
    milliseconds: int
    status: int | None
    code: str
    detail: str
    request_headers: Mapping[str, str]
    response_headers: Mapping[str, str]
    response_body: str


@dataclass(frozen=True, slots=True)
class DeliveryCard:
    row: DeliveryRow
    form: str
    body: str
    attempts: tuple[AttemptRow, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """How an address answered in the last day: GREEN, YELLOW or RED, by the slowest type; empty without answers."""

    status: str = ""
    at: datetime | None = None
    worst_type: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Secret:
    """Shown once, when an endpoint is made or its secret rolled."""

    endpoint_id: int
    secret: str
    #: Until when the one before still signs too.
    old_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One thing that waits, as the inbox ranks it. `risk_minor` is 0 where money cannot be named."""

    source: str
    label: Any
    icon: str
    what: Waiting
    overdue: bool
    urgency: float

    @property
    def id(self) -> str:
        return f"{self.source}/{self.what.key}"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants to hear and how; `channels` has every kind."""

    channels: Mapping[str, frozenset[str]]
    quiet_from: time | None = None
    quiet_to: time | None = None
    digest: str = "daily"
    digest_hour: int = 9


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    kind: str
    text: str
    link: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A browser that a person is told in. `usable` is false when it was given another key than is in force."""

    id: int
    digest: str
    label: str
    host: str
    created_at: datetime
    last_ok_at: datetime | None
    failed_at: datetime | None
    code: str
    usable: bool
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class RingLetter:
    """A note whose turn it is at one device, with all that sending needs: sealed already, so no secret but the way."""

    ring_id: int
    seller_id: int
    device_id: int
    url: str
    body: bytes
    headers: Mapping[str, str]
    tries: int
    token: str


@dataclass(frozen=True, slots=True)
class RingAnswer:
    """`status` is None where nobody answered; `code` says why then. `wait`: the service's own wish, in seconds."""

    verdict: RingVerdict
    status: int | None = None
    code: str = ""
    wait: str = ""
