"""What most tests begin with, written without being worked out anew each time."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from sellerdesk.core import rules
from sellerdesk.core.models import DatedRule

_declared: dict[tuple[str, str], tuple[Any, str]] = {}
_statements: list[tuple[str, Any]] = []


def make_tables() -> None:
    """Make tables from the models, in a tenth of the time of all migrations, and what only migrations make."""
    settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
    call_command("migrate", verbosity=0, run_syncdb=True)
    make_guards()


def make_guards() -> None:
    """What only a migration makes: the guards over the security history and the ledger."""
    for module in ("accounts.migrations.0003_history_sealed", "finance.migrations.0003_append_only",
                   "finance.migrations.0004_ledgers_of_test_shops"):
        guards = importlib.import_module(f"sellerdesk.{module}")
        owner = connection.as_owner() if connection.vendor == "postgresql" else nullcontext()
        # A database kept from an earlier run has it already.
        with owner, suppress(DatabaseError), connection.schema_editor() as editor:
            guards.guard(None, editor)


def write_rules() -> None:
    """As `rules.write_defaults`: into an empty table by the statements that it used the first time."""
    if DatedRule.objects.exists():
        rules.write_defaults()
        return
    if _declared == rules._declared:
        with connection.cursor() as cursor:
            for sql, params in _statements:
                cursor.execute(sql, params)
        rules.forget()
        return
    _statements.clear()
    with connection.execute_wrapper(_remember):
        rules.write_defaults()
    _declared.clear()
    _declared.update(rules._declared)


def _remember(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.startswith("INSERT"):
        _statements.append((sql, params))
    return execute(sql, params, many, context)
