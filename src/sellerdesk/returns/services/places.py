"""Return points, and what waiting there costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sellerdesk.core import rules as dated
from sellerdesk.core.db import execute, json_param, json_rows
from sellerdesk.returns import rules
from sellerdesk.returns.models import DisposalSetting, Return, ReturnPlace

# Of a shop: the bounds below which it does not want goods back, for sound and for faulty ones.
Bounds = Mapping[int, tuple[int | None, int | None]]


def ids_of(cities: Iterable[str]) -> dict[str, int]:
    """The return point of each city; a point that nobody needed yet opens. Two statements."""
    wanted = sorted(set(cities))
    if not wanted:
        return {}
    execute(f"INSERT INTO returns_returnplace (city) SELECT v.city FROM {json_rows('v', city='text')} WHERE true"
            " ON CONFLICT (city) DO NOTHING", [json_param([[city] for city in wanted])])
    return dict(ReturnPlace.objects.filter(city__in=wanted).values_list("city", "id"))


def settings_of(seller_ids: Iterable[int]) -> Bounds:
    """What shops have set about disposal. One query."""
    return {row[0]: (row[1], row[2]) for row in DisposalSetting.objects.filter(
        seller_id__in=set(seller_ids)).values_list("seller_id", "price_minor", "faulty_minor")}


def arrive(rows: Sequence[Return], at: datetime, bounds: Bounds) -> None:
    """Let goods stand at their point: storing counts from now by the rule of this moment. Not saved here."""
    for row in rows:
        if row.scheme in ("rfbs", "fbo"):
            # The shop's own people bring it to its own door, and the marketplace to its own: no point, nothing to pay.
            row.state, row.changed_at, row.arrived_at = "arrived", at, at
            continue
        rule = dated.get("returns.storage", row.currency, at)
        row.state, row.changed_at, row.arrived_at = "arrived", at, at
        row.storage_rule_id = rule.id
        row.storage_starts_at = at + timedelta(days=rule.value["free_days"])
        row.dispose_at = rules.dispose_at(at, row.amount_minor, row.quantity, row.reason, rule.value,
                                          bounds.get(row.seller_id, (None, None)))
