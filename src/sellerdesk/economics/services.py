"""Writing what a shop calculates with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, db_time, execute, json_param, json_rows
from sellerdesk.core.errors import Invalid
from sellerdesk.economics import queries
from sellerdesk.economics.events import SETTINGS_CHANGED
from sellerdesk.economics.models import EconomySettings
from sellerdesk.economics.types import RETURN_SOURCES, TAX_SCHEMES, ReturnCount, Settings
from sellerdesk.sellers.types import SellerRef

MOST_RETURNS_BP, MOST_FX_BP = 9_000, 5_000


def set_settings(*, seller: SellerRef, settings: Settings, actor: Actor, now: datetime) -> bool:
    """Keep what a shop says about its costs; every margin follows at once. False where it said so before.

    Raises Invalid, naming the field.
    """
    for field, ok in (("tax", settings.tax in TAX_SCHEMES), ("returns", settings.returns in RETURN_SOURCES),
                      ("fixed_returns_bp", 0 <= settings.fixed_returns_bp <= MOST_RETURNS_BP),
                      ("fx_bp", 0 <= settings.fx_bp <= MOST_FX_BP), ("packing_minor", settings.packing_minor >= 0),
                      ("storage_minor", settings.storage_minor >= 0),
                      ("cost_vat", settings.cost_vat in ("", *catalog.VAT_RATES))):
        if not ok:
            raise Invalid("invalid", field=field)
    with atomic():
        before, after = asdict(queries.settings(seller)), asdict(settings)
        changed = {key for key, value in after.items() if before[key] != value}
        if not changed:
            return False
        EconomySettings.objects.update_or_create(seller_id=seller.id, defaults={**after, "updated_at": now})
        activity.record(SETTINGS_CHANGED, now=now, actor=actor, seller_id=seller.id, target_type="shop",
                        target_id=seller.id, target_label=seller.name,
                        before={key: before[key] for key in sorted(changed)},
                        after={key: after[key] for key in sorted(changed)})
    return True


def keep_return_counts(*, counts: Sequence[ReturnCount], now: datetime) -> int:
    """Keep how many units came back, counted by who knows returns. One statement. Returns how many products."""
    if not counts:
        return 0
    execute(
        "INSERT INTO economics_returnshare (product_id, seller_id, delivered, returned, counted_at)"
        " SELECT v.product, v.seller, v.delivered, v.returned, %s FROM"
        f" {json_rows('v', product='int', seller='int', delivered='int', returned='int')} WHERE true"
        " ON CONFLICT (product_id) DO UPDATE SET delivered = excluded.delivered, returned = excluded.returned,"
        " counted_at = excluded.counted_at",
        [db_time(now), json_param([[one.product_id, one.seller_id, one.delivered, one.returned] for one in counts])])
    return len(counts)
