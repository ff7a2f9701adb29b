"""Everything that a market has brought about, as text: two runs are the same when their texts are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
from django.apps import apps
from django.db.models import Model

# What belongs to people and machines and not to the market: sign-ins, keys, letters, the queue, real moments.
_APPS_LEFT_OUT = {"accounts", "admin", "auth", "contenttypes", "sessions", "sites", "account", "mfa", "socialaccount",
                  "usersessions", "django_tasks_database"}
_TABLES_LEFT_OUT = {"core.ClockState", "core.Job", "core.Limit", "core.Message", "core.SavedView", "core.Subscription",
                    "core.Timetable", "sellers.ApiKey", "sellers.Membership", "sellers.Invitation"}
# Moments of real time, and names under which files are kept, which nobody must guess.
_COLUMNS_LEFT_OUT = {"inventory.Stock": {"set_at"}, "pricing.PriceChange": {"real_at"},
                     "catalog.PaperFile": {"storage_key"}, "handover.Paper": {"file_key"},
                     "finance.Document": {"code"}, "analytics.Report": {"code"},
                     "messaging.Message": {"file_key"}, "messaging.ReviewPhoto": {"key"}, "returns.ClaimPhoto": {"key"}}
_encode = msgspec.json.Encoder(order="deterministic").encode


def tables() -> list[type[Model]]:
    """The tables that a dump holds, by name."""
    found = [model for model in apps.get_models() if model._meta.app_label not in _APPS_LEFT_OUT
             and model._meta.label not in _TABLES_LEFT_OUT and model._meta.managed]
    return sorted(found, key=lambda model: model._meta.label)


def dump() -> Iterator[bytes]:
    """All rows of all tables of the market, a line of JSON each, in order of table and key."""
    for model in tables():
        label = model._meta.label
        left_out = _COLUMNS_LEFT_OUT.get(label, set())
        columns = [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]
        rows = model._default_manager.order_by("pk")
        if label == "core.Activity":
            # Acts of people on their own accounts happen in real time.
            rows = rows.exclude(event__startswith="accounts.")
        for row in rows.values_list(*columns).iterator(chunk_size=2000):
            yield _encode([label, *row]) + b"\n"


def digest() -> str:
    """SHA-256 of the dump, as hexadecimal text."""
    summed = hashlib.sha256()
    for line in dump():
        summed.update(line)
    return summed.hexdigest()
