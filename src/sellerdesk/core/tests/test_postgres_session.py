"""What a connection to PostgreSQL begins with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from sellerdesk.core.db import fetch_all, is_postgres

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    if not is_postgres():
        pytest.skip("settings of PostgreSQL")
    options = dict(connection.settings_dict["OPTIONS"])
    yield
    connection.settings_dict["OPTIONS"] = options
    connection.close()


def _shown(name: str) -> str:
    return str(fetch_all(f"SHOW {name}")[0][0])


def test_it_neither_compiles_questions_nor_sums_on_disk() -> None:
    connection.close()

    assert (_shown("jit"), _shown("work_mem")) == ("off", "32MB")


def test_the_address_has_the_last_word() -> None:
    connection.close()
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict["OPTIONS"], "options": "-c work_mem=7MB"}

    assert (_shown("jit"), _shown("work_mem")) == ("off", "7MB")


def test_a_statement_that_is_prepared_is_planned_for_the_shop_that_asks() -> None:
    connection.close()

    for _ in range(12):
        fetch_all("SELECT COUNT(*) FROM sellers_seller WHERE id = %s", [1])

    assert _shown("plan_cache_mode") == "force_custom_plan"
    [(generic, custom)] = fetch_all("SELECT generic_plans, custom_plans FROM pg_prepared_statements"
                                    " WHERE statement LIKE 'SELECT COUNT(*) FROM sellers_seller WHERE%%'")
    assert (generic, custom > 5) == (0, True)
