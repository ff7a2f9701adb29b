"""The fixed cast of all tests.

Anna owns the shop, Boris packs there, Clara owns a rival shop and must never see Anna's data, Dmitri buys.
The operator runs the marketplace. Time stands still at `now` for tests that ask for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from sellerdesk.accounts.models import User
from sellerdesk.accounts.services import create_user
from sellerdesk.core import clock, rules
from sellerdesk.core.actor import Actor
from sellerdesk.sellers import services as sellers
from sellerdesk.sellers.types import SellerRef
from tests import cookies
from tests.stall import rival_stall, stall, statements  # noqa: F401 - fixtures for every test

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "correct-horse-battery-staple"
cookies.install()
# Django refuses database work inside Playwright's event loop without this; browser tests use both on purpose.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a process keeps between requests must not leak from one test into the next, nor go stale in a slow one."""
    monkeypatch.setattr(rules, "_FRESH_SECONDS", 3600.0)
    clock.forget()
    rules.forget()
    yield
    clock.forget()
    rules.forget()


@pytest.fixture(autouse=True, scope="session")
def _history_may_be_emptied_between_tests() -> Iterator[None]:
    """The security history refuses to be deleted from; emptying a SQLite test database deletes row by row."""
    if connection.vendor != "sqlite":
        yield
        return
    # On the class: inside a browser's event loop Django makes another connection object.
    operations: Any = type(connection.ops)
    flush = operations.sql_flush

    def lifted(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master"
                           " WHERE type = 'trigger' AND name LIKE 'accounts_history%'")
            triggers = cursor.fetchall()
        return [*(f"DROP TRIGGER {name}" for name, _sql in triggers), *flush(self, style, tables, **options),
                *(sql for _name, sql in triggers)]

    operations.sql_flush = lifted
    yield
    operations.sql_flush = flush


@pytest.fixture
def now() -> Iterator[datetime]:
    """A Monday noon in Moscow, for the market and for real time alike."""
    with time_machine.travel(NOW, tick=False):
        clock.forget()
        yield NOW


@pytest.fixture
def dated_rules(db: None) -> None:
    """The figures every installation starts with."""
    rules.write_defaults()


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
def operator(db: None) -> User:
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
