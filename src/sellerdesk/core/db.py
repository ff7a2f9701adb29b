"""Set-based SQL that runs on SQLite and PostgreSQL alike, through Django's own connection."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from itertools import chain
from typing import Any, cast

import msgspec
from django.db import connection
from django.db.models import AutoField, F, Value
from django.db.models.lookups import Exact
from django.db.transaction import atomic

from sellerdesk.core.errors import Invalid

__all__ = [
    "as_owner",
    "atomic",
    "copy_of",
    "cursor_decode",
    "cursor_encode",
    "db_time",
    "execute",
    "fetch_all",
    "fetch_one",
    "is_postgres",
    "json_param",
    "json_rows",
    "json_value",
    "locked",
    "placeholders",
    "refresh_statistics",
    "utc",
]

_PG_TYPES = {"int": "bigint", "text": "text", "json": "jsonb", "time": "timestamptz", "bool": "boolean"}
_encode_json = msgspec.json.Encoder().encode


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def as_owner() -> AbstractContextManager[None]:
    """Act as who has logged in, past the wall between shops: for migrations alone."""
    return cast(Any, connection).as_owner() if is_postgres() else nullcontext()


def fetch_all(sql: str, params: Sequence[Any] = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def fetch_one(sql: str, params: Sequence[Any] = ()) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()


def execute(sql: str, params: Sequence[Any] = ()) -> int:
    """Run a writing statement; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def json_rows(alias: str, **columns: str) -> str:
    """A FROM item of typed rows fed by ONE parameter, a JSON array of arrays (see `json_param`).

        UPDATE pricing_price SET price_minor = v.price FROM {json_rows("v", id="int", price="int")}
        WHERE pricing_price.product_id = v.id

    Column kinds: int, text, bool, time (ISO text), json. Measured: as fast as unnest on PostgreSQL and as a loop of
    prepared statements on SQLite, whatever the number of rows, and one round trip.
    """
    if is_postgres():
        parts = [
            f"(e->{i})::jsonb AS {name}" if kind == "json" else f"(e->>{i})::{_PG_TYPES[kind]} AS {name}"
            for i, (name, kind) in enumerate(columns.items())
        ]
        # OFFSET 0 keeps the columns plain values: under the policies of the wall an index is not used for conditions
        # that hold ->>, which PostgreSQL cannot trust to keep rows secret.
        return f"(SELECT {', '.join(parts)} FROM jsonb_array_elements(%s::jsonb) e OFFSET 0) AS {alias}"
    parts = [f"json_extract(value,'$[{i}]') AS {name}" for i, name in enumerate(columns)]
    return f"(SELECT {', '.join(parts)} FROM json_each(%s)) AS {alias}"


def json_param(rows: Sequence[Sequence[Any]]) -> str:
    """The parameter that feeds `json_rows`. Times are spelled as the database stores them."""
    kinds = set(map(type, chain.from_iterable(rows)))
    if not any(issubclass(kind, datetime) for kind in kinds):
        return _encode_json(rows).decode()
    suffix = "+00:00" if is_postgres() else ""
    plain = [[_spelled(value, suffix) if isinstance(value, datetime) else value for value in row] for row in rows]
    return _encode_json(plain).decode()


def json_value(value: Any) -> Any:
    """A JSON value for a text-typed JSON column inside `json_param` rows (SQLite keeps JSON as text)."""
    return value if is_postgres() else _encode_json(value).decode()


def db_time(value: datetime) -> str:
    """UTC time as stored: SQLite compares text, so the spelling must be Django's own."""
    return _spelled(value, "+00:00" if is_postgres() else "")


def _spelled(value: datetime, suffix: str) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ") + suffix


def utc(value: datetime | str | None) -> datetime | None:
    """A time read by raw SQL: aware on PostgreSQL, text on SQLite."""
    if value is None:
        return None
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def copy_of(row: Any, **changes: Any) -> Any:
    """A new, unsaved row with the columns of another, but for the changes, which are named as columns are."""
    model = type(row)
    own = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields
           if not isinstance(field, AutoField)}
    return model(**{**own, **changes})


def refresh_statistics() -> None:
    """Let SQLite count what its planner goes by, in tables that have grown since; PostgreSQL does so by itself.

    Without such figures SQLite takes every shop for a handful of rows, and reads a hundred thousand of them where it
    should look up five hundred. A sample of each index is enough, so this takes milliseconds.
    """
    if not is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            # All tables, not just those that this connection has looked at.
            cursor.execute("PRAGMA optimize = 0x10002")


def of_shop(seller_id: int) -> Exact:
    """For queries that name their rows by a unique number of their own: that these are the shop's, besides.

        Product.objects.filter(of_shop(seller.id), id__in=product_ids)

    The sum keeps the shop out of sight of SQLite's planner. It knows an average of all shops only, and where most are
    small it reads the whole of a large one instead of looking up the few hundred rows that were asked for.
    """
    return Exact(F("seller_id") + Value(0), seller_id)


def placeholders(values: Sequence[Any]) -> str:
    return ",".join(["%s"] * len(values)) or "NULL"


def locked(*keys: str) -> None:
    """Polite waiting on PostgreSQL until the transaction ends, taken in key order; SQLite has one writer anyway."""
    if is_postgres():
        with connection.cursor() as cursor:
            for key in sorted(set(keys)):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(key.encode()) + (1 << 33)])


def cursor_encode(*parts: Any) -> str:
    """An opaque paging cursor."""
    return base64.urlsafe_b64encode(_encode_json([p.isoformat() if isinstance(p, datetime) else p for p in parts])
                                    ).decode().rstrip("=")


def cursor_decode(cursor: str, length: int) -> list[Any]:
    """The parts of a cursor. Raises Invalid `cursor_invalid` when it was not made by us."""
    try:
        parts = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or len(parts) != length:
            raise ValueError
        return parts
    except (ValueError, msgspec.DecodeError):
        raise Invalid("cursor_invalid", field="cursor", data={"value": cursor[:60]}) from None
