"""What handing over late costs, as postings of both generations spell it. No query is made here."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.orders.queries import terms
from sellerdesk.orders.types import PostingCard
from sellerdesk.seller_api import wire
from sellerdesk.seller_api.schemas import postings_fbs_parts as parts
from sellerdesk.seller_api.schemas import postings_fbs_v3 as v3
from sellerdesk.seller_api.schemas import postings_fbs_v4 as v4

#: The word for a step that costs something; a step that costs nothing has none.
SURCHARGE = "surcharge"


def _steps(card: PostingCard, now: datetime) -> tuple[terms.Step, ...]:
    """Empty for a posting that does not wait for its hand-over."""
    if card.state not in terms.WAITING or card.handed_over_at is not None:
        return ()
    return terms.tariff_steps(ship_by=card.ship_by, amount_minor=card.amount_minor, currency=card.currency,
                              scheme=card.scheme, now=now)


def _kind(step: terms.Step | None) -> str:
    return SURCHARGE if step and step.bp else ""


def listed(card: PostingCard, now: datetime) -> list[parts.PostingTarifficationStep]:
    """Every step with its end; the last one has none."""
    steps = _steps(card, now)
    return [
        parts.PostingTarifficationStep(
            tariff_deadline_at=steps[at + 1].starts_at if at + 1 < len(steps) else None,
            tariff_rate=wire.percent(step.bp),
            tariff_type=_kind(step),
            tariff_charge=wire.money(step.amount_minor, card.currency),
            min_charge=wire.money(0, card.currency),
        )
        for at, step in enumerate(steps)
    ]


def older(card: PostingCard, now: datetime) -> v3.FbsTariffication:
    steps = _steps(card, now)
    if not steps:
        return v3.FbsTariffication()
    current, following = terms.standing(steps, now)
    return v3.FbsTariffication(
        current_tariff_rate=wire.percent(current.bp),
        current_tariff_type=_kind(current),
        current_tariff_charge=wire.money_text(current.amount_minor, card.currency),
        current_tariff_charge_currency_code=card.currency,
        next_tariff_rate=wire.percent(following.bp) if following else 0.0,
        next_tariff_type=_kind(following),
        next_tariff_charge=wire.money_text(following.amount_minor, card.currency) if following else "",
        next_tariff_starts_at=following.starts_at if following else None,
        next_tariff_charge_currency_code=card.currency if following else "",
    )


def newer(card: PostingCard, now: datetime) -> v4.TarifficationV4:
    steps = _steps(card, now)
    if not steps:
        return v4.TarifficationV4()
    current, following = terms.standing(steps, now)
    nothing = wire.money(0, card.currency)
    return v4.TarifficationV4(
        current_tariff_rate=wire.percent(current.bp),
        current_tariff_type=_kind(current),
        current_tariff_charge=wire.money(current.amount_minor, card.currency),
        current_tariff_min_charge=nothing,
        next_tariff_rate=wire.percent(following.bp) if following else 0.0,
        next_tariff_type=_kind(following),
        next_tariff_charge=wire.money(following.amount_minor, card.currency) if following else None,
        next_tariff_min_charge=nothing if following else None,
        next_tariff_starts_at=following.starts_at if following else None,
    )
