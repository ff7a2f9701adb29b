"""Test databases are made as real ones are: by the owner, and with the wall."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import creation, operations
from django.db.migrations.recorder import MigrationRecorder


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        from sellerdesk.core.postgres import wall

        with self.connection.as_owner():  # type: ignore[attr-defined]
            name = super().create_test_db(*args, **kwargs)
            # Tables made from the models come without it, and the wall names it.
            MigrationRecorder(self.connection).ensure_schema()
            wall.build()
        return name


class DatabaseOperations(operations.DatabaseOperations):
    def execute_sql_flush(self, sql_list: Any) -> None:
        """Emptying tables is the owner's right."""
        with self.connection.as_owner():  # type: ignore[attr-defined]
            super().execute_sql_flush(sql_list)
