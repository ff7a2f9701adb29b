"""Is the process alive, and can it do its work?"""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse, JsonResponse

from sellerdesk.core.http.request import WebRequest


def healthz(request: WebRequest) -> HttpResponse:
    """Alive. Touches nothing, so that a restart is never caused by a slow database."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: WebRequest) -> JsonResponse:
    """Ready for traffic: the database answers, its tables are up to date, and the cache keeps a value."""
    checks = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    return JsonResponse(checks, status=200 if all(value == "ok" for value in checks.values()) else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok"
    except Exception as error:  # any failure means not ready; the kind is for the reader
        return type(error).__name__


def _migrations() -> str:
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return "ok" if not pending else f"{len(pending)} pending"
    except Exception as error:
        return type(error).__name__


def _cache() -> str:
    try:
        cache.set("readyz", "1", 10)
        return "ok" if cache.get("readyz") == "1" else "no value"
    except Exception as error:
        return type(error).__name__
