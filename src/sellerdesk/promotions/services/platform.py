"""The marketplace's actions, made by operators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import Invalid
from sellerdesk.promotions import queries, rules, states
from sellerdesk.promotions.errors import ActionMoved
from sellerdesk.promotions.events import ACTION_CANCELLED, ACTION_NAMED, ACTION_PUBLISHED
from sellerdesk.promotions.models import Action
from sellerdesk.promotions.types import Terms

RULE = "promotions.auto_join"


def create_platform(*, terms: Terms, actor: Actor, now: datetime) -> int:
    """A draft that shops do not see yet; named in one language or more. Raises Invalid, naming the field."""
    said = _said(terms.titles or {"": terms.title}, terms.descriptions or {"": terms.description})
    problems = {
        "ends_at": terms.ends_at <= terms.starts_at,
        "discount": not 100 <= terms.discount_bp <= rules.MOST_DISCOUNT_BP, "least_stock": terms.least_stock < 0,
        "freeze_at": terms.freeze_at is not None and terms.freeze_at > terms.starts_at}
    for field, wrong in problems.items():
        if wrong:
            raise Invalid("invalid", field=field)
    made = Action.objects.create(
        seller=None, kind="platform", state=states.DRAFT, **said,
        starts_at=terms.starts_at, ends_at=terms.ends_at, freeze_at=terms.freeze_at, discount_bp=terms.discount_bp,
        category_ids=list(terms.category_ids), least_price_minor=dict(terms.least_price_minor),
        least_stock=terms.least_stock, created_at=now, updated_at=now)
    return made.pk


def name_platform(*, action_id: int, titles: Mapping[str, str], descriptions: Mapping[str, str], actor: Actor,
                  now: datetime) -> None:
    """Give an action other names and terms in words, by language, at any time: they change nothing of what it asks.

    Who reads another language sees the first name given. Raises ActionUnknown, Invalid, naming the field.
    """
    row = queries.platform_action(action_id)
    said = _said(titles, descriptions)
    with atomic():
        Action.objects.filter(pk=row.id, seller=None).update(**said, updated_at=now)
        activity.record(ACTION_NAMED, now=now, actor=actor, target_type="promotion", target_id=row.id,
                        target_label=said["title"], before={"titles": dict(row.terms.titles)},
                        after={"titles": said["titles"]})


def _said(titles: Mapping[str, str], descriptions: Mapping[str, str]) -> dict[str, Any]:
    """The columns of names. An empty language is one that nobody named."""
    named = {language: text.strip() for language, text in titles.items() if text.strip()}
    told = {language: text.strip() for language, text in descriptions.items() if text.strip()}
    if not named or any(len(text) > 256 for text in named.values()):
        raise Invalid("invalid", field="title")
    return {"title": next(iter(named.values())), "description": next(iter(told.values()), ""),
            "titles": {language: text for language, text in named.items() if language},
            "descriptions": {language: text for language, text in told.items() if language}}


def publish(*, action_id: int, actor: Actor, now: datetime) -> None:
    """Show a draft to all shops; they can join at once. Products that want it join by themselves a day before its list
    is closed, so that shops can look at theirs. Raises ActionUnknown, ActionMoved."""
    terms = queries.platform_action(action_id).terms
    at = rules.auto_join_at(terms, now, dated.get(RULE, "", now).value["hours"])
    _move(action_id, states.ACTIVE, ACTION_PUBLISHED, actor, now, auto_join_at=at)


def cancel(*, action_id: int, actor: Actor, now: datetime) -> None:
    """End an action at once, wherever it is; buyers pay the usual prices again. Raises ActionUnknown, ActionMoved."""
    _move(action_id, states.CANCELLED, ACTION_CANCELLED, actor, now)


def _move(action_id: int, state: str, event: str, actor: Actor, now: datetime, **more: datetime) -> None:
    row = queries.platform_action(action_id)
    froms = [one for one, moves in states.PLATFORM_MOVES.items() if state in moves]
    with atomic():
        if row.terms.ends_at <= now or not Action.objects.filter(
                pk=action_id, seller=None, state__in=froms).update(state=state, updated_at=now, **more):
            raise ActionMoved()
        activity.record(event, now=now, actor=actor, target_type="promotion", target_id=action_id,
                        target_label=row.terms.title)
