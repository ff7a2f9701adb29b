"""Editing the tables of the rule engine: a new version each time, from a moment on; what was decided stays decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog import defaults, screening, states
from sellerdesk.catalog import events_moderation as events
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.moderation_types import Effect, TouchedCard
from sellerdesk.catalog.queries import reference
from sellerdesk.catalog.queries import ruling as reading
from sellerdesk.catalog.services import judging, placing
from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound

MAX_CHARACTERS = 200_000
#: The newest cards that an effect is counted on: a second or two of work, so nobody waits for a job.
MAX_LOOKED_AT = 2_000
_BATCH = 500
_EXAMPLES = 5
_FAULTS = {
    "not_an_object": _("The table must be one object in braces."),
    "list_expected": _("A list of the right kind is expected."),
    "unknown_word": _("One of the words is not known here."), "number_expected": _("A whole number is expected."),
    "day_expected": _("Write days as 2026-12-31, and days of every year as 12-31."),
    "needed": _("Name at least one kind of paper."),
    "nothing_meant": _("Say which goods are meant: categories, types, brands or words."),
}


def change(*, key: str, text: str, valid_from: datetime, source: str, actor: Actor, now: datetime,
           source_names: Mapping[str, str] | None = None) -> int:
    """Put a new version of a table into force at a moment not before now. Returns its id.

    Raises NotFound for a table that is not there, Invalid naming what is wrong.
    """
    if not known(key, now):
        raise NotFound("rule_unknown")
    value, wrong = _read(key, text)
    if valid_from < now:
        wrong.append(FieldError("valid_from", "past",
                                _("A rule holds from now or later: what was decided stays decided.")))
    if not source.strip():
        wrong.append(FieldError("source", "source_missing", _("Write where the rule comes from: a law, a decision.")))
    if wrong:
        raise Invalid.many(wrong)
    with atomic():
        rule_id = dated.put(defaults.SCREENING, key, value, valid_from=valid_from, source=source.strip()[:300],
                            source_names=source_names)
        activity.record(events.RULE_CHANGED.name, now=now, actor=actor, target_type="rule", target_id=key,
                        target_label=key, data={"rule_id": rule_id, "valid_from": valid_from.isoformat()})
    return rule_id


def effect(*, key: str, text: str, now: datetime) -> Effect:
    """How many cards on sale a new version of a table would touch, were it in force. Writes nothing.

    Looked at are the newest cards of all shops, MAX_LOOKED_AT at most; a card counts where this table alone finds
    something on it, whatever papers it has. Raises NotFound, Invalid as `change` does.
    """
    if not known(key, now):
        raise NotFound("rule_unknown")
    value, wrong = _read(key, text)
    if wrong:
        raise Invalid.many(wrong)
    fresh = screening.compile_screen({key: (0, value)})
    present = screening.compile_screen({key: (0, dated.all_of(defaults.SCREENING, now)[key].value)})
    looked_at = touched = blocked = touched_now = 0
    examples: list[TouchedCard] = []
    last_id = None
    while looked_at < MAX_LOOKED_AT:
        rows = Product.objects.filter(status__in=states.SOLD, archived=False)
        if last_id is not None:
            rows = rows.filter(id__lt=last_id)
        batch = list(rows.order_by("-id").values("seller_id", "seller__company__country", "offer_id", *placing.CONTENT)[
            :min(_BATCH, MAX_LOOKED_AT - looked_at)])
        if not batch:
            break
        last_id = batch[-1]["id"]
        lines = reference.category_lines({row["category_id"] for row in batch})
        for row in batch:
            goods = judging.goods_of(row, lines, reading.route(row["seller__company__country"]))
            found = fresh.judge(goods)
            looked_at += 1
            touched += bool(found)
            blocked += any(one.level == "block" for one in found)
            touched_now += bool(present.judge(goods))
            if found and len(examples) < _EXAMPLES:
                examples.append(TouchedCard(row["id"], row["seller_id"], row["offer_id"], row["name"],
                                            found[0].value))
    return Effect(looked_at, touched, blocked, touched_now, looked_at >= MAX_LOOKED_AT, tuple(examples))


def _read(key: str, text: str) -> tuple[Any, list[FieldError]]:
    """A table from its text, and what is wrong with it."""
    wrong: list[FieldError] = []
    value: Any = None
    if len(text) > MAX_CHARACTERS:
        wrong.append(FieldError("value", "too_long", _("The table is too long.")))
    else:
        try:
            value = json.loads(text)
        except ValueError as error:
            wrong.append(FieldError("value", "not_json", _("This cannot be read: %(fault)s"), "",
                                    {"fault": str(error)}))
    if value is not None:
        wrong += [FieldError("value", code, f"{name}: {_FAULTS[code]}", name)
                  for name, code in screening.faults(key, value)]
    return value, wrong


def known(key: str, now: datetime) -> bool:
    return key in dated.all_of(defaults.SCREENING, now)
