"""Django's PostgreSQL backend that acts under a role without rights of its own and tells the database its scope.

The scope goes ahead of a statement in the same round trip and ends with the transaction (`set_config(…, true)`, which
is SET LOCAL): with the first statement of a transaction, and again when the scope changes within it. A statement
outside a transaction is one of its own: what is sent in one pipeline is one transaction to the server.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import DatabaseError, OperationalError
from psycopg.pq import TransactionStatus

from sellerdesk.core import scope
from sellerdesk.core.postgres.creation import DatabaseCreation, DatabaseOperations
from sellerdesk.core.postgres.names import SETTING, role_name

#: These read no rows. Besides, psycopg forgets its prepared statements after a ROLLBACK, and does so too late in a
#: pipeline: the server would lose the next one that is prepared.
_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET TRANSACTION")
#: Compiling a question of a page takes longer than answering it, and sums over a month of a large shop's goods do not
#: fit into the 4 MB that servers give by default (measured in benchmarks/README.md).
#:
#: A prepared statement that has run a few times is planned for a shop of middle size from then on, whatever shop asks.
#: For the largest shop such plans took ten times as long and more; planning anew takes a fraction of a millisecond.
_TUNED = {"jit": "off", "work_mem": "32MB", "plan_cache_mode": "force_custom_plan"}
_TELL = f"SELECT set_config('{SETTING}', %s, true)"


class ScopedCursor(base.ServerBindingCursor):
    """Sends the scope ahead where the database does not know it yet. `wall` is set by the connection."""

    wall: DatabaseWrapper | None = None
    connection: psycopg.Connection

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        with self._scoped(query):
            return super().execute(query, params, **options)  # type: ignore[misc]

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> Any:
        with self._scoped(query):
            return super().executemany(query, params_seq, **options)  # type: ignore[misc]

    @contextmanager
    def _scoped(self, query: Any) -> Iterator[None]:
        wanted = self.wall.scope_to_tell() if self.wall else None
        if wanted is None or (isinstance(query, str) and query.startswith(_CONTROL)):
            yield
            return
        with self.connection.pipeline():
            psycopg.Cursor(self.connection).execute(_TELL, [wanted], prepare=True)
            yield
        self.wall.told = wanted  # type: ignore[union-attr]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection under the role of the application, unless the settings do without it or `as_owner` lifts it."""

    creation_class = DatabaseCreation
    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lifted = 0
        #: What the transaction that runs has been told.
        self.told = ""

    @property
    def role(self) -> str | None:
        """The role of the application; None without the wall, and on the way to making a database."""
        database = self.settings_dict["NAME"]
        return role_name(self.settings_dict) if database and self.settings_dict.get("WALL") else None

    @property
    def walled(self) -> bool:
        return not self.lifted and self.role is not None

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Act as who has logged in: to migrate, to build the wall, to empty a test database."""
        self.lifted += 1
        self._take_role()
        try:
            yield
        except BaseException:
            self.lifted -= 1
            try:
                self._take_role()
            except DatabaseError:
                # What went wrong is told, not what follows from it; and nobody goes on as the owner.
                self.close()
            raise
        self.lifted -= 1
        self._take_role()

    def scope_to_tell(self) -> str | None:
        """The scope that the database must hear before the next statement; None when it knows."""
        status = self._status()
        if not self.walled or status == TransactionStatus.INERROR:
            return None
        wanted = scope.spelled()
        return None if wanted == self.told else wanted

    def _status(self) -> TransactionStatus:
        status = self.connection.info.transaction_status
        if status == TransactionStatus.IDLE:
            # What the last transaction knew went with it.
            self.told = ""
        return status

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": ScopedCursor}

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self._tune()
        self._take_role()

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = super().create_cursor(name)
        cursor.wall = self
        return cursor

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        # The database has gone back to what it knew at the savepoint, whatever that was.
        self.told = "?"

    def _tune(self) -> None:
        """Set what suits the product, save for what the address sets itself (`?options=-c work_mem=64MB`)."""
        own = str(self.settings_dict["OPTIONS"].get("options", ""))
        wanted = {name: value for name, value in _TUNED.items() if name not in own}
        if wanted:
            told = ", ".join(["set_config(%s, %s, false)"] * len(wanted))
            with psycopg.Cursor(self.connection) as cursor:
                cursor.execute(f"SELECT {told}", [part for pair in wanted.items() for part in pair])

    def _take_role(self) -> None:
        if self.connection is None or self.role is None:
            return
        self._status()
        try:
            with psycopg.Cursor(self.connection) as cursor:
                cursor.execute(psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(self.role))
                               if self.walled else "RESET ROLE")
        except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege) as error:
            raise OperationalError(
                f"{error.diag.message_primary}. `sellerdesk migrate` makes the role {self.role!r}; "
                "without one, set DATABASE_WALL=false (docs/operate/settings.md)") from error
