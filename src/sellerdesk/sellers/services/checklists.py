"""What the operator asks of new shops: composing the checklists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid, NotFound
from sellerdesk.sellers import checklist, countries
from sellerdesk.sellers import events_onboarding as events
from sellerdesk.sellers.models import ChecklistItem

_KEY = re.compile(r"[a-z][a-z0-9_]{1,38}")


def save_item(*, item_id: int | None, audience: str, kind: str, key: str, names: Mapping[str, str], required: bool,
              amount: int, active: bool, actor: Actor, now: datetime) -> int:
    """Add an item, or change one: audience, kind and key stay as they were. Returns its id.

    Shops that sell already keep selling; the change counts for those on their way. Raises Invalid, NotFound.
    """
    names = {code: " ".join(names.get(code, "").split()) for code in ("en", "ru", "zh")}
    wrong = [FieldError(f"name_{code}", "length", _("Write the item in all three languages, up to 200 characters."),
                        text[:60]) for code, text in names.items() if not 2 <= len(text) <= 200]
    if not 1 <= amount <= 10_000:
        wrong.append(FieldError("amount", "out_of_range", _("Choose a number from 1 to 10,000."), str(amount)))
    if item_id is None:
        if audience not in checklist.GENERAL and audience not in countries.COUNTRIES:
            wrong.append(FieldError("audience", "unknown", _("Choose whom the item is for."), audience[:12]))
        if kind not in checklist.KINDS:
            wrong.append(FieldError("kind", "unknown", _("Choose a kind from the list."), kind[:16]))
        key = key if kind in checklist.MANY else kind
        if not _KEY.fullmatch(key):
            wrong.append(FieldError("key", "pattern", _(
                "A short name of small Latin letters, digits and _."), key[:40]))
        elif ChecklistItem.objects.filter(audience=audience, key=key).exists():
            wrong.append(FieldError("key", "taken", _("This list has such an item already."), key))
    if wrong:
        raise Invalid.many(wrong)
    values = {**{f"name_{code}": text for code, text in names.items()}, "required": required, "amount": amount,
              "active": active}
    with atomic():
        if item_id is None:
            last = ChecklistItem.objects.aggregate(last=Max("position"))["last"] or 0
            row = ChecklistItem.objects.create(audience=audience, kind=kind, key=key, position=last + 10, **values)
            item_id, before = row.pk, None
        else:
            before = ChecklistItem.objects.filter(pk=item_id).values(*values).first()
            if before is None:
                raise NotFound()
            ChecklistItem.objects.filter(pk=item_id).update(**values)
        activity.record(events.CHECKLIST_CHANGED, now=now, actor=actor, target_type="item", target_id=item_id,
                        target_label=names["en"], before=before, after=values)
    return item_id


def reorder_items(*, order: Sequence[int], actor: Actor, now: datetime) -> None:
    """Put items into an order; those left out keep their places. Raises NotFound for an id we do not have."""
    with atomic():
        rows = dict(ChecklistItem.objects.filter(pk__in=order).values_list("pk", "position"))
        if len(rows) != len(set(order)):
            raise NotFound()
        places = sorted(rows.values())
        # Places may repeat across lists, so they are spread anew.
        places = [place + number for number, place in enumerate(places)] if len(set(places)) != len(places) else places
        ChecklistItem.objects.bulk_update(
            [ChecklistItem(pk=pk, position=place) for pk, place in zip(order, places, strict=True)], ["position"])
        activity.record(events.CHECKLIST_CHANGED, now=now, actor=actor, target_type="checklist", target_id="order",
                        target_label="↕", after={"order": list(order)})
