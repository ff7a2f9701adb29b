"""Keeping pushes: from the news of a shop to one row and one delivery for each address that wants it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from uuid_utils import uuid7

from sellerdesk.core import trouble
from sellerdesk.core.activity import Entry
from sellerdesk.core.db import atomic
from sellerdesk.notifications import rules
from sellerdesk.notifications.models import Delivery, Endpoint, Push
from sellerdesk.notifications.services import payloads
from sellerdesk.notifications.types import Fact


def collect(*, entries: Sequence[Entry], real_now: datetime) -> int:
    """Keep what addresses of the shops concerned want to hear. Returns how many deliveries were put in line.

    Called with the transaction that moves the reader's place in the line of news: what is kept and how far the news
    is read can never disagree. Paused addresses are kept for, switched off ones are not.
    """
    rows = Endpoint.objects.filter(state__in=("active", "paused"))
    if all(entry.seller_id for entry in entries):
        rows = rows.filter(seller_id__in={entry.seller_id for entry in entries if entry.seller_id})
    listening: dict[int, list[Endpoint]] = defaultdict(list)
    for row in rows.only("id", "seller_id", "types").order_by("id"):
        listening[row.seller_id].append(row)
    if not listening:
        return 0
    wanted = {seller_id: frozenset(name for one in own for name in one.types) for seller_id, own in listening.items()}
    return keep(facts=payloads.facts(entries, wanted), listening=listening, real_now=real_now)


def keep(*, facts: Sequence[Fact], listening: dict[int, list[Endpoint]], real_now: datetime) -> int:
    """Write pushes and their deliveries. Three statements, and more only for shops with trouble in force."""
    with atomic():
        pushes = [_push(fact, real_now) for fact in facts]
        told = set(Push.objects.filter(uid__in=[push.uid for push, fact in zip(pushes, facts, strict=True) if fact.once]
                                       ).values_list("uid", flat=True)) if any(fact.once for fact in facts) else set()
        fresh = {push.uid: push for push in pushes if push.uid not in told}
        Push.objects.bulk_create(fresh.values(), batch_size=500)
        deliveries = [_delivery(push, endpoint, real_now) for push in fresh.values()
                      for endpoint in listening[push.seller_id] if push.type in endpoint.types]
        Delivery.objects.bulk_create(deliveries, batch_size=500)
        return len(deliveries)


def _push(fact: Fact, real_now: datetime) -> Push:
    id_ = uuid5(NAMESPACE_OID, f"{fact.seller_id}:{fact.type}:{fact.once}") if fact.once else UUID(str(uuid7()))
    body: dict[str, Any] = {"message_type": fact.type, **fact.body}
    if fact.type in rules.WITH_UUID:
        body["uuid"] = str(id_)
    return Push(seller_id=fact.seller_id, uid=f"msg_{id_.hex}", type=fact.type, key=fact.key, body=body,
                happened_at=fact.at, created_at=real_now)


def _delivery(push: Push, endpoint: Endpoint, real_now: datetime) -> Delivery:
    hit = trouble.strike(push.seller_id, push.type, real_now, kinds=trouble.PUSH_KINDS)
    late = hit.seconds if hit else 0
    return Delivery(seller_id=push.seller_id, endpoint_id=endpoint.pk, push_id=push.pk, key=push.key, type=push.type,
                    next_at=real_now + timedelta(seconds=late), created_at=real_now,
                    again=1 if hit and hit.kind == "push_duplicate" else 0)


def ping(*, seller_id: int, endpoint: Endpoint, now: datetime, real_now: datetime) -> int:
    """Put a test push in line for one address; the id of its delivery."""
    fact = Fact(seller_id, rules.PING, "ping", now, {"time": rules.stamp(real_now)})
    with atomic():
        push = _push(fact, real_now)
        push.save()
        row = Delivery.objects.create(seller_id=seller_id, endpoint_id=endpoint.pk, push_id=push.pk, key=push.key,
                                      type=push.type, next_at=real_now, created_at=real_now)
    return row.pk
