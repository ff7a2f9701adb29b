"""The fixed cast of all tests.

Anna owns the shop, Boris packs there, Clara owns a rival shop and must never see Anna's data, Dmitri buys.
The operator runs the marketplace. Time stands still at `now` for tests that ask for it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis.internal.conjecture import providers as hypothesis_providers
from whitenoise.middleware import WhiteNoiseMiddleware

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.announcements import recent
from sellerdesk.core import clock, rules, scope, trouble
from sellerdesk.core.actor import Actor
from sellerdesk.core.http import pulse
from sellerdesk.finance import queries as finance
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.types import SellerRef
from tests import cookies, reach, starting, templates
from tests.browsers import browser  # noqa: F401 - one for every browser test
from tests.stall import labels_at_once, rival_stall, stall, statements  # noqa: F401 - fixtures for every test

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "correct-horse-battery-staple"
cookies.install()
templates.install()
# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("any-machine", deadline=None,
                                     suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("any-machine")
# Hypothesis reads every module of ours for constants to try, for longer than most tests run; strategies name their own.
hypothesis_providers.is_local_module_file = lambda path: False  # type: ignore[attr-defined]
# Django refuses database work inside Playwright's event loop without this; browser tests use both on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true",
                     help="leave out tests that cannot reach a database: a second one has nothing to say about them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first: begun last, it would keep one processor busy for minutes while the other has nothing to do."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/week/"))
    if config.getoption("--only-database"):
        left_out = [item for item in items if not reach.may_reach_a_database(item)]
        if left_out:
            config.hook.pytest_deselected(items=left_out)
            items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish() -> None:
    """Half a million objects stay until the end: looking for garbage among them, again and again, finds none."""
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> None:
    """Tables come from the models, in a third of the time of all migrations; `--migrations` takes the long way.

    What only a migration makes is made here: the guards over the security history and the ledger.
    """
    if not request.config.getoption("nomigrations"):
        return
    with django_db_blocker.unblock():
        starting.make_guards()


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """What a process keeps between requests must not leak from one test into the next, nor go stale in a slow one."""
    monkeypatch.setattr(rules, "_FRESH_SECONDS", 3600.0)
    if "browser" not in request.keywords:
        monkeypatch.setattr(clock, "_FRESH_SECONDS", 3600.0)
        monkeypatch.setattr(trouble, "_FRESH_SECONDS", 3600.0)
    for forget in (clock.forget, rules.forget, finance.forget, trouble.forget, pulse.forget):
        forget()
    # As in a process that has asked a moment ago; publishing makes it ask again.
    monkeypatch.setattr(recent, "_FRESH_SECONDS", 3600.0)
    recent.keep(())
    with scope.across_shops():
        yield
    for forget in (clock.forget, rules.forget, finance.forget, trouble.forget, pulse.forget):
        forget()


@pytest.fixture(autouse=True, scope="session")
def _tests_look_across_shops() -> Iterator[None]:
    """Tests ask about all shops; the requests they make begin with a scope of their own."""
    with scope.across_shops():
        yield


@pytest.fixture(autouse=True, scope="session")
def _history_may_be_emptied_between_tests() -> Iterator[None]:
    """Security history and ledger refuse to be deleted from; emptying a SQLite test database deletes row by row."""
    if connection.vendor != "sqlite":
        yield
        return
    # On the class: inside a browser's event loop Django makes another connection object.
    operations: Any = type(connection.ops)
    flush = operations.sql_flush

    def lifted(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master"
                           " WHERE type = 'trigger' AND (name LIKE 'accounts_history%' OR name LIKE 'finance_ledger%')")
            triggers = cursor.fetchall()
        return [*(f"DROP TRIGGER {name}" for name, _sql in triggers), *flush(self, style, tables, **options),
                *(sql for _name, sql in triggers)]

    operations.sql_flush = lifted
    yield
    operations.sql_flush = flush


@pytest.fixture(autouse=True, scope="session")
def _only_what_was_written_is_emptied_between_tests() -> Iterator[None]:
    """PostgreSQL truncates each of its many tables anew, in half a second; most of them are empty after a test."""
    # On the class, as above.
    operations: Any = type(connection.ops)
    if connection.vendor != "postgresql":
        yield
        return
    flush = operations.sql_flush

    def lifted(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        if not tables or options.get("reset_sequences"):
            return list(flush(self, style, tables, **options))
        each = ", ".join("'" + self.quote_name(table) + "'" for table in tables)
        # As a replica: without foreign keys, kept counters and the seal of the history.
        return [f"""DO $$ DECLARE one text; filled boolean; BEGIN
            PERFORM set_config('session_replication_role', 'replica', true);
            FOREACH one IN ARRAY ARRAY[{each}] LOOP
                EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || one || ')' INTO filled;
                IF filled THEN EXECUTE 'DELETE FROM ' || one; END IF;
            END LOOP;
            PERFORM set_config('session_replication_role', 'origin', true);
        END $$"""]

    operations.sql_flush = lifted
    yield
    operations.sql_flush = flush


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once() -> Iterator[None]:
    """Each client of a test begins with all middleware anew, and WhiteNoise with a look at every static file."""
    listed: dict[tuple[Any, ...], dict[str, Any]] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def remembered(self: Any) -> None:
        kind = (self.static_prefix, self.max_age, self.allow_all_origins, self.charset)
        if kind not in listed:
            look(self)
            listed[kind] = dict(self.files)
        self.files.update(listed[kind])

    WhiteNoiseMiddleware.add_files_from_finders = remembered
    yield
    WhiteNoiseMiddleware.add_files_from_finders = look


@pytest.fixture
def now() -> Iterator[datetime]:
    """A Monday noon in Moscow, for the market and for real time alike."""
    with time_machine.travel(NOW, tick=False):
        clock.forget()
        yield NOW


@pytest.fixture
def dated_rules(db: None) -> None:
    """The figures every installation starts with."""
    starting.write_rules()


@pytest.fixture
def reviewed(dated_rules: None) -> None:
    """A marketplace as outside the demo: an operator looks at each new shop."""
    rules.put("sellers.auto_approve", "", {"enabled": False}, valid_from=datetime(2021, 1, 1, tzinfo=UTC),
              source="test")


@pytest.fixture
def password() -> str:
    return PASSWORD


def _person(email: str, name: str, **extra: Any) -> User:
    return User.objects.get(pk=create_user(email=email, password=PASSWORD, name=name, **extra))


@pytest.fixture
def anna(db: None) -> User:
    return _person("anna@example.com", "Anna")


@pytest.fixture
def boris(db: None) -> User:
    return _person("boris@example.com", "Boris", language="ru")


@pytest.fixture
def clara(db: None) -> User:
    return _person("clara@example.com", "Clara", language="zh-hans")


@pytest.fixture
def operators_by_password(db: None) -> None:
    """The marketplace asks its operators for no second step, as in the demo."""
    rules.put("accounts.operator_second_factor", "", {"enabled": False}, valid_from=datetime(2021, 1, 1, tzinfo=UTC),
              source="test")


@pytest.fixture
def operator(operators_by_password: None) -> User:
    return _person("operator@example.com", "Olga", operator=True)


@pytest.fixture
def actor(anna: User) -> Actor:
    """Anna at her desk."""
    return Actor.user(anna.pk, str(anna), session="session1", request_id="request1")


@pytest.fixture
def shop(anna: User, actor: Actor, dated_rules: None, now: datetime) -> SellerRef:
    """Anna's shop in Moscow, paid in roubles."""
    return sellers.register_shop(
        user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893",
        shop_name="Anna's Shop", currency="RUB", time_zone="Europe/Moscow", language="en", actor=actor, now=now)


@pytest.fixture
def rival_shop(clara: User, dated_rules: None, now: datetime) -> SellerRef:
    """Clara's shop in Shenzhen, paid in yuan."""
    return sellers.register_shop(
        user_id=clara.pk, legal_name="Clara Trading Co.", country="CN", registration_number="91440300708461136T",
        shop_name="Clara Trade", currency="CNY", time_zone="Asia/Shanghai", language="zh-hans",
        actor=Actor.user(clara.pk, str(clara)), now=now)


@pytest.fixture
def staff_boris(boris: User, shop: SellerRef, actor: Actor, now: datetime) -> User:
    """Boris as a packer of Anna's shop."""
    sellers.add_member(seller=shop, user_id=boris.pk, role="warehouse", label=str(boris), actor=actor, now=now)
    return boris


@pytest.fixture
def anna_client(anna: User, shop: SellerRef) -> Client:
    return _signed_in(anna)


@pytest.fixture
def boris_client(staff_boris: User) -> Client:
    return _signed_in(staff_boris)


@pytest.fixture
def clara_client(clara: User, rival_shop: SellerRef) -> Client:
    return _signed_in(clara)


@pytest.fixture
def operator_client(operator: User) -> Client:
    return _signed_in(operator)


def _signed_in(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    cookies.prove_now(client, user)
    return client


@pytest.fixture
def fresh_limits(db: None) -> Iterator[None]:
    """Rate limits start from zero and leave nothing behind."""
    cache.clear()
    yield
    cache.clear()
