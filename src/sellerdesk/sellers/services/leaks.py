"""Keys that were found where everybody can read them."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from sellerdesk.core import activity, scope
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.sellers import events, queries, rules
from sellerdesk.sellers.models import ApiKey
from sellerdesk.sellers.services.telling import tell_owners


@scope.across_shops()  # whose key it is, the text alone tells
def report_leaks(*, found: Sequence[tuple[str, str]], actor: Actor, real_now: datetime) -> list[bool]:
    """Kill every reported text that is a key of ours; its shop's owners get a mail. For each text, whether it was one.

    `found` holds pairs of text and place. Anybody can write a false report, so a text counts only if it verifies:
    checksum, beginning and hash. A second report of a dead key changes nothing.
    """
    return [rules.well_formed(key) and _kill(key, source, actor, real_now) for key, source in found]


def _kill(key: str, source: str, actor: Actor, real_now: datetime) -> bool:
    with atomic():
        row = ApiKey.objects.select_for_update().filter(prefix=rules.key_prefix(key)).first()
        if row is None or not hmac.compare_digest(row.secret_hash, rules.key_hash(key)):
            return False
        if row.leaked_at is None:
            row.leaked_at = real_now
            row.deactivated_at = row.deactivated_at or real_now
            row.save(update_fields=["leaked_at", "deactivated_at"])
            seller = queries.seller_ref(row.seller_id)
            activity.record(events.KEY_LEAKED, now=real_now, actor=actor, seller_id=seller.id, target_type="key",
                            target_id=row.pk, target_label=row.name, data={"source": source[:300]})
            tell_owners("key.leaked", seller=seller, actor=actor, others=[row.created_by_id], name=row.name,
                        prefix=row.prefix, source=source[:300])
    return True
