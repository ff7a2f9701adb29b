"""The wall itself: one role, its rights, and one policy for every table with rows of shops.

Which tables these are is read from the models, so a new one is covered without a word:
- a column `seller_id` says whose the row is; no value, or 0, where the column is no reference, is nobody's and shown
  to every scope;
- the table that `seller_id` refers to is walled by its own key;
- a table without it whose rows cannot be without a walled parent (a foreign key that is never empty) is seen as the
  parent is, unless the model says otherwise;
- `wall = "SQL"` on a model is its own condition, for what can not be read from the columns.
"""

from __future__ import annotations

import hashlib
from typing import Any

import structlog
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from sellerdesk.core.db import atomic, fetch_all, fetch_one, is_postgres
from sellerdesk.core.postgres.names import POLICY, SETTING

_SAID = f"(SELECT current_setting('{SETTING}', true))"
_ALL = f"{_SAID} = 'all'"
_SHOP = f"(SELECT NULLIF(NULLIF(current_setting('{SETTING}', true), ''), 'all')::bigint)"


log = structlog.get_logger(__name__)


def _connection() -> Any:
    """Only asked where the database is PostgreSQL: then it is our own backend's (`base.DatabaseWrapper`)."""
    return connection


class WallMissing(Exception):
    """The wall cannot be built with the rights at hand; the text says what to do."""


def conditions() -> dict[str, str]:
    """For every table with rows of shops: which of them a transaction sees and may write, as SQL."""
    models = list(apps.get_models(include_auto_created=True))
    found: dict[str, str] = {}
    for model in models:
        own = getattr(model, "wall", None)
        column = _seller_column(model)
        if own is not None:
            found[_table(model)] = f"{_ALL} OR {own}"
        elif column is not None:
            found[_table(model)] = _direct(column)
            if isinstance(column, ForeignKey):
                found.setdefault(_table(column.related_model), f"{_ALL} OR id = {_SHOP}")
    growing = True
    while growing:
        growing = False
        for model in models:
            parent = _walled_parent(model, found) if _table(model) not in found else None
            if parent is not None:
                found[_table(model)] = _through(model, parent)
                growing = True
    return {table: _opaque(condition) for table, condition in found.items()}


def _opaque(condition: str) -> str:
    """The condition in a form about which the planner guesses nothing.

    Queries name their shop themselves. A second equality on the same column looks to a planner without fresh statistics
    as if next to no row were left, and it then reads whole tables once for each row of a batch.
    """
    return f"CASE WHEN {condition} THEN true ELSE false END"


def build() -> int:
    """Make the role, its rights and what policies are missing or outdated; called as the owner, after migrations.

    Returns how many policies were written. Raises WallMissing where the database user may not create roles and nobody
    has made the role for it.
    """
    role = _connection().role if is_postgres() else None
    if role is None:
        return 0
    quoted = connection.ops.quote_name(role)
    with _connection().as_owner():
        _make_role(role, quoted)
        with atomic(), connection.cursor() as cursor:
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
            return sum(_write_policy(cursor, table, condition) for table, condition in _outdated())


def state() -> str:
    """One line for operators: does the wall stand?"""
    if not is_postgres():
        return "none (SQLite has no policies; the queries keep shops apart)"
    if _connection().role is None:
        return "off (DATABASE_WALL=false; the queries keep shops apart)"
    return f"on (role {_connection().role})"


def announce() -> None:
    """Into the log at the start of a process; a wall that could stand and does not is a warning."""
    tell = log.warning if is_postgres() and _connection().role is None else log.info
    tell("wall_between_shops", state=state())


def _make_role(role: str, quoted: str) -> None:
    known = fetch_one("SELECT rolsuper OR rolbypassrls, pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles"
                      " WHERE rolname = %s", [role])
    with connection.cursor() as cursor:
        if known is None:
            if not _may_create_roles():
                raise WallMissing(
                    f"the database user may not create roles. As a superuser run: CREATE ROLE {quoted} NOLOGIN; "
                    f"GRANT {quoted} TO {_me()}; or set DATABASE_WALL=false to do without the second wall")
            cursor.execute(f"CREATE ROLE {quoted} NOLOGIN NOINHERIT")
            known = (False, False)
        if known[0]:
            raise WallMissing(f"the role {quoted} is a superuser or has BYPASSRLS, so no policy binds it; "
                              f"run as a superuser: ALTER ROLE {quoted} NOSUPERUSER NOBYPASSRLS")
        if not known[1]:
            cursor.execute(f"GRANT {quoted} TO CURRENT_USER")


def _may_create_roles() -> bool:
    found = fetch_one("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    return bool(found and found[0])


def _me() -> str:
    return connection.ops.quote_name(fetch_all("SELECT current_user")[0][0])


def _outdated() -> list[tuple[str, str]]:
    standing = {table: (enabled, comment) for table, enabled, comment in fetch_all(
        "SELECT c.relname, c.relrowsecurity, obj_description(p.oid, 'pg_policy') FROM pg_policy p"
        " JOIN pg_class c ON c.oid = p.polrelid WHERE p.polname = %s AND c.relnamespace = 'public'::regnamespace",
        [POLICY])}
    return [(table, condition) for table, condition in sorted(conditions().items())
            if standing.get(table) != (True, _mark(condition))]


def _write_policy(cursor: Any, table: str, condition: str) -> int:
    """To everybody, not to the role alone: whoever is neither owner nor bypassing is under it."""
    quoted = connection.ops.quote_name(table)
    cursor.execute(f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {quoted}")
    cursor.execute(f"CREATE POLICY {POLICY} ON {quoted} USING ({condition})")
    cursor.execute(f"COMMENT ON POLICY {POLICY} ON {quoted} IS '{_mark(condition)}'")
    return 1


def _mark(condition: str) -> str:
    """How the policy was spelled; the database gives back a spelling of its own."""
    return hashlib.sha256(condition.encode()).hexdigest()[:16]


def _table(model: type[Model]) -> str:
    return model._meta.db_table


def _seller_column(model: type[Model]) -> Any:
    return next((field for field in model._meta.concrete_fields if field.column == "seller_id"), None)


def _direct(column: Any) -> str:
    mine = f"{_ALL} OR seller_id = {_SHOP}"
    if isinstance(column, ForeignKey) and not column.null:
        return mine
    return f"{mine} OR (COALESCE(seller_id, 0) = 0 AND {_SAID} <> '')"


def _walled_parent(model: type[Model], found: dict[str, str]) -> ForeignKey | None:
    return next((field for field in model._meta.concrete_fields
                 if isinstance(field, ForeignKey) and not field.null and _table(field.related_model) in found), None)


def _through(model: type[Model], parent: ForeignKey) -> str:
    other = connection.ops.quote_name(_table(parent.related_model))
    mine = connection.ops.quote_name(_table(model))
    return (f"{_ALL} OR EXISTS (SELECT 1 FROM {other} parent"
            f" WHERE parent.{parent.target_field.column} = {mine}.{parent.column})")
