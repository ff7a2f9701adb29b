"""Counters that the database keeps while it writes postings.

Triggers, not services: a counter that every writer has to remember is wrong one day. Counting a shop with a million
postings takes a tenth of a second, and the list asks for its tabs every two seconds.
"""

from __future__ import annotations

from sellerdesk.core.db import as_owner, atomic, execute, fetch_one, is_postgres

_PLACE = ("seller_id", "warehouse_id", "scheme", "state", "substate")
_COLUMNS = ", ".join(_PLACE)
# Folding costs as much as a reader saves in dozens of readings.
_FOLDED_ONE_IN = 64

_FUNCTION = f"""
CREATE OR REPLACE FUNCTION orders_count_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO orders_postingcount ({_COLUMNS}, postings)
            SELECT {_COLUMNS}, COUNT(*) FROM came GROUP BY {_COLUMNS};
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO orders_postingcount ({_COLUMNS}, postings)
            SELECT {_COLUMNS}, SUM(units) FROM (
                SELECT {_COLUMNS}, 1 AS units FROM came UNION ALL SELECT {_COLUMNS}, -1 FROM went) AS moved
            GROUP BY {_COLUMNS} HAVING SUM(units) <> 0;
    ELSE
        INSERT INTO orders_postingcount ({_COLUMNS}, postings)
            SELECT {_COLUMNS}, -COUNT(*) FROM went GROUP BY {_COLUMNS};
        RETURN NULL;
    END IF;
    IF random() * {_FOLDED_ONE_IN} < 1 THEN
        -- Rows that somebody else folds just now are left to them: nobody waits, so nobody waits in a circle.
        WITH picked AS (
            SELECT id FROM orders_postingcount WHERE seller_id IN (SELECT seller_id FROM came)
            ORDER BY id LIMIT 5000 FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM orders_postingcount c USING picked WHERE c.id = picked.id RETURNING c.*
        )
        INSERT INTO orders_postingcount ({_COLUMNS}, postings)
            SELECT {_COLUMNS}, SUM(postings) FROM gone GROUP BY {_COLUMNS} HAVING SUM(postings) <> 0;
    END IF;
    RETURN NULL;
END $$"""
_TRIGGERS = {
    "insert": "REFERENCING NEW TABLE AS came", "delete": "REFERENCING OLD TABLE AS went",
    "update": "REFERENCING OLD TABLE AS went NEW TABLE AS came"}


def _same(side: str) -> str:
    return " AND ".join(f"{column} = {side}.{column}" for column in _PLACE)


def _more() -> str:
    """SQLite: one more at the new place. `changes()` speaks of the statement before, within the trigger."""
    new = ", ".join(f"NEW.{column}" for column in _PLACE)
    return (f"UPDATE orders_postingcount SET postings = postings + 1 WHERE {_same('NEW')};"
            f" INSERT INTO orders_postingcount ({_COLUMNS}, postings) SELECT {new}, 1 WHERE changes() = 0;")


_LESS = f"UPDATE orders_postingcount SET postings = postings - 1 WHERE {_same('OLD')};"
_MOVED = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in _PLACE)
_SQLITE = {
    "insert": f"AFTER INSERT ON orders_posting BEGIN {_more()} END",
    "update": f"AFTER UPDATE OF {_COLUMNS} ON orders_posting WHEN {_MOVED} BEGIN {_LESS} {_more()} END",
    "delete": f"AFTER DELETE ON orders_posting BEGIN {_LESS} END",
}


def keep_counts() -> bool:
    """Make the triggers where they are missing, and count anew then. After every migration: SQLite loses a table's
    triggers when a migration makes the table anew. Returns whether something was missing.
    """
    with as_owner(), atomic():
        if _stands():
            return False
        if is_postgres():
            execute(_FUNCTION)
            for name, tables in _TRIGGERS.items():
                execute(f"DROP TRIGGER IF EXISTS orders_count_{name} ON orders_posting")
                execute(f"CREATE TRIGGER orders_count_{name} AFTER {name.upper()} ON orders_posting {tables}"
                        " FOR EACH STATEMENT EXECUTE FUNCTION orders_count_postings()")
        else:
            for name, body in _SQLITE.items():
                execute(f"DROP TRIGGER IF EXISTS orders_count_{name}")
                execute(f"CREATE TRIGGER orders_count_{name} {body}")
        recount()
        return True


def _stands() -> bool:
    found = fetch_one(
        "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = 'orders_posting'::regclass AND tgname LIKE 'orders_count_%%'"
        if is_postgres() else
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'orders_count_%%'", [])
    return found is not None and found[0] == len(_TRIGGERS)


def recount() -> None:
    """Count all postings of all shops and put the counters right. Nobody writes postings meanwhile."""
    with atomic():
        if is_postgres():
            execute("LOCK TABLE orders_posting IN SHARE MODE")
        execute("DELETE FROM orders_postingcount")
        execute(f"INSERT INTO orders_postingcount ({_COLUMNS}, postings) SELECT {_COLUMNS}, COUNT(*)"
                f" FROM orders_posting GROUP BY {_COLUMNS}")
