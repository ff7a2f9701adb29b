"""Finding rows by any part of their text among a million, and by words typed wrong.

    WORDS = TextIndex("orders_posting", "search_text")       # columns id, seller_id and a folded text
    WORDS.keep()                                             # after migrations
    ids = WORDS.find(seller.id, ["елкин", "4417"], most=2000)

The index is of trigrams, kept by triggers of the database: FTS5 on SQLite, pg_trgm in a table of its own on PostgreSQL,
so that a posting that only moves on does not write its text again. Words of less than three signs are not indexed. See
decision 0017.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from django.db import DatabaseError
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sellerdesk.core.db import as_owner, atomic, execute, fetch_all, fetch_one, is_postgres

log = structlog.get_logger(__name__)
SHORTEST = 3
#: Words shorter than this are too near to too many others to be corrected.
CORRECTED_FROM = 5
# How many texts are looked through for words that resemble the typed one.
_SAMPLE = 400
_LONGEST_TEXT = 4000
_standing: set[str] = set()


@dataclass(frozen=True, slots=True)
class TextIndex:
    """An index over one text column of a table with `id` and `seller_id`."""

    table: str
    column: str

    @property
    def words(self) -> str:
        return f"{self.table}_words"

    # -- keeping -------------------------------------------------------------------------------------------------

    def keep(self) -> bool:
        """Make index and triggers where they are missing, and fill the index then. Returns whether they were.

        A PostgreSQL whose user may not add pg_trgm goes without, which is slow for large shops; the log says so.
        """
        with as_owner():
            if self._triggers() == 3:
                return False
            if not is_postgres():
                with atomic():
                    self._make_sqlite()
                return True
            try:
                with atomic():
                    execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            except DatabaseError as refused:
                log.warning("search_without_index", table=self.table, reason=str(refused).strip(),
                            remedy="as a superuser run: CREATE EXTENSION pg_trgm; then migrate again")
                return False
            with atomic():
                self._make_postgres()
            return True

    def _triggers(self) -> int:
        row = fetch_one(
            "SELECT COUNT(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgname LIKE %s" if is_postgres() else
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s",
            [self.table, f"{self.words}_%"])
        return int(row[0]) if row else 0

    def _make_sqlite(self) -> None:
        words, table, column = self.words, self.table, self.column
        execute(f"DROP TABLE IF EXISTS {words}")
        execute(f"CREATE VIRTUAL TABLE {words} USING fts5({column}, content='{table}', content_rowid='id',"
                " tokenize='trigram', detail='none', columnsize=0)")
        gone = f"INSERT INTO {words} ({words}, rowid, {column}) VALUES ('delete', OLD.id, OLD.{column});"
        come = f"INSERT INTO {words} (rowid, {column}) VALUES (NEW.id, NEW.{column});"
        for name, body in {
                "insert": f"AFTER INSERT ON {table} BEGIN {come} END",
                "update": f"AFTER UPDATE OF {column} ON {table} WHEN OLD.{column} <> NEW.{column}"
                          f" BEGIN {gone} {come} END",
                "delete": f"AFTER DELETE ON {table} BEGIN {gone} END"}.items():
            execute(f"DROP TRIGGER IF EXISTS {words}_{name}")
            execute(f"CREATE TRIGGER {words}_{name} {body}")
        execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")

    def _make_postgres(self) -> None:
        words, table = self.words, self.table
        body = f"'|' || {{0}}.seller_id || '|' || left({{0}}.{self.column}, {_LONGEST_TEXT})"
        execute(f"CREATE TABLE IF NOT EXISTS {words} (id bigint PRIMARY KEY, body text NOT NULL)")
        execute(f"CREATE INDEX IF NOT EXISTS {words}_trgm ON {words} USING gin (body gin_trgm_ops)")
        # No policy: past the functions below, which ask whose rows may be seen, nobody but the owner sees any.
        execute(f"ALTER TABLE {words} ENABLE ROW LEVEL SECURITY")
        execute(f"""CREATE OR REPLACE FUNCTION {words}_keep() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    INSERT INTO {words} SELECT n.id, {body.format('n')} FROM came n
                        ON CONFLICT (id) DO UPDATE SET body = excluded.body;
                ELSIF TG_OP = 'UPDATE' THEN
                    UPDATE {words} w SET body = {body.format('n')} FROM came n JOIN went o ON o.id = n.id
                        WHERE w.id = n.id AND n.{self.column} <> o.{self.column};
                ELSE
                    DELETE FROM {words} w USING went o WHERE w.id = o.id;
                END IF;
                RETURN NULL;
            END $$""")
        # The condition of the wall in words of its own, since an index on text is not used under a policy.
        execute(f"""CREATE OR REPLACE FUNCTION {words}_find(shop bigint, parts text[], most int) RETURNS SETOF bigint
            LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
            DECLARE said text := current_setting('sellerdesk.shop', true); wanted text := '';
            BEGIN
                IF said IS NOT NULL AND said NOT IN ('all', shop::text) THEN RETURN; END IF;
                SELECT string_agg(format(' AND body LIKE %%L', '%%' || part || '%%'), '') INTO wanted
                    FROM unnest(parts) AS part;
                RETURN QUERY EXECUTE format('SELECT id FROM {words} WHERE body LIKE %%L', '%%|' || shop || '|%%')
                    || COALESCE(wanted, '') || format(' LIMIT %%s', most);
            END $$""")
        for event, tables in (("insert", "NEW TABLE AS came"), ("update", "OLD TABLE AS went NEW TABLE AS came"),
                              ("delete", "OLD TABLE AS went")):
            execute(f"DROP TRIGGER IF EXISTS {words}_{event} ON {table}")
            execute(f"CREATE TRIGGER {words}_{event} AFTER {event.upper()} ON {table} REFERENCING {tables}"
                    f" FOR EACH STATEMENT EXECUTE FUNCTION {words}_keep()")
        execute(f"DELETE FROM {words}")
        execute(f"INSERT INTO {words} SELECT n.id, {body.format('n')} FROM {table} n")

    # -- finding -------------------------------------------------------------------------------------------------

    def find(self, seller_id: int, words: Iterable[str], most: int) -> list[int] | None:
        """Ids of a shop's rows whose text holds each of the folded words, as part of a word too. One statement.

        None where the index is of no help: every word is short, or so many rows match that walking the list in its own
        order finds a page of them sooner.
        """
        parts = [word for word in words if len(word) >= SHORTEST]
        if not parts:
            return None
        found = self._find(seller_id, parts, most + 1)
        return None if found is None or len(found) > most else found

    def _find(self, seller_id: int, parts: Sequence[str], most: int) -> list[int] | None:
        if is_postgres():
            if not self._stands():
                return None
            return [row[0] for row in fetch_all(f"SELECT {self.words}_find(%s, %s, %s)",
                                                [seller_id, [like(part) for part in parts], most])]
        trigrams = dict.fromkeys(part[at:at + 3] for part in parts for at in range(len(part) - 2))
        query = " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        # The trigrams of a word may stand apart, so the text itself has the last word.
        exact = " AND ".join([f"instr(t.{self.column}, %s) > 0"] * len(parts))
        return [row[0] for row in fetch_all(
            f"SELECT t.id FROM {self.words} w CROSS JOIN {self.table} t ON t.id = w.rowid"
            f" WHERE w.{self.words} MATCH %s AND t.seller_id = %s AND {exact} LIMIT %s",
            [query, seller_id, *parts, most])]

    def _stands(self) -> bool:
        """Whether PostgreSQL has the function; asked until it has."""
        if self.words not in _standing:
            row = fetch_one("SELECT to_regproc(%s) IS NOT NULL", [f"{self.words}_find"])
            if row and row[0]:
                _standing.add(self.words)
        return self.words in _standing

    def texts(self, ids: Sequence[int]) -> list[str]:
        """The texts of these rows. One statement."""
        marks = ",".join(["%s"] * len(ids)) or "NULL"
        return [row[0] for row in fetch_all(f"SELECT {self.column} FROM {self.table} WHERE id IN ({marks})", list(ids))]

    def correct(self, seller_id: int, words: Sequence[str]) -> list[str] | None:
        """The words with those that nothing is called put right, or None where nothing near enough is there.

        One wrong, missing or doubled letter leaves one half of a word as it was; texts that hold either half are looked
        through for the nearest word. Two statements a word.
        """
        made = [word if self._known(seller_id, word) else self._nearest(seller_id, word) for word in words]
        right = [word for word in made if word]
        return right if len(right) == len(words) and right != list(words) else None

    def _known(self, seller_id: int, word: str) -> bool:
        return len(word) < CORRECTED_FROM or bool(self._find(seller_id, [word], 1))

    def _nearest(self, seller_id: int, word: str) -> str:
        """The nearest word of the shop within one error, two in long words; of equals the most frequent."""
        middle = len(word) // 2
        halves = {word[:max(middle, SHORTEST)], word[-max(len(word) - middle, SHORTEST):]}
        rows: set[int] = set()
        for half in sorted(halves):
            rows.update(self._find(seller_id, [half], _SAMPLE) or ())
        if not rows:
            return ""
        known: dict[str, int] = {}
        for text in self.texts(sorted(rows)):
            for other in text.split():
                known[other] = known.get(other, 0) + 1
        errors = 1 if len(word) < 8 else 2
        near = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=errors, limit=20)
        return min(near, key=lambda one: (one[1], -known[one[0]], one[0]))[0] if near else ""


def like(part: str) -> str:
    """A part as LIKE reads it literally."""
    return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

