"""Taking every row of one shop out of all tables, whichever domains there are. For test shops: nothing in them counts.

Which rows are a shop's is read from the models, as the wall between shops does (see core.postgres.wall): by a column
`seller_id` or `clock_of`, or by a parent that a row cannot be without. A new table is emptied without a word.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, QuerySet

from sellerdesk.core.db import atomic

# Numbers are never given out again. Models that say `sealed = True` are histories of people, not of the shop.
_NEVER = frozenset({"core.IdBlock"})
# Whose a row is: a shop's, or of the clock that is a shop's own.
_WHOSE = ("seller_id", "clock_of")
# What triggers count and keep comes back while rows go; after so many rounds nothing may be left.
_ROUNDS = 3


def empty(seller_id: int, *, keep: Collection[str] = ()) -> int:
    """Delete the rows of a shop, but those of the models named, as "sellers.ApiKey". Returns how many.

    One transaction: foreign keys are looked at when it ends. Rows of other shops cannot be reached.
    """
    total = 0
    kept = _NEVER.union(keep)
    with atomic():
        for _ in range(_ROUNDS):
            # What hangs on a row goes before it.
            gone = sum(rows._raw_delete(rows.db) for model, rows in reversed(_belongings(seller_id))
                       if model._meta.label not in kept and not getattr(model, "sealed", False))
            total += gone
            if not gone:
                break
    return total


def _belongings(seller_id: int) -> list[tuple[type[Model], QuerySet[Any]]]:
    """Every model with rows of shops, and the rows of this one; parents first."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    found: dict[type[Model], QuerySet[Any]] = {
        model: model._base_manager.filter(**{field.column: seller_id}) for model in models
        for field in model._meta.concrete_fields if field.column in _WHOSE}
    growing = True
    while growing:
        growing = False
        for model in models:
            parent = next((field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)
                           and not field.null and field.related_model in found), None) if model not in found else None
            if parent is not None:
                found[model] = model._base_manager.filter(**{f"{parent.name}__in": found[parent.related_model]})
                growing = True
    return list(found.items())
