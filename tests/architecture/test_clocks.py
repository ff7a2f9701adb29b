"""What falls due by time alone is done by the right clock: see docs/develop/clocks.md.

Nothing is due in an empty installation, so each function here asks its first questions and no more. Whoever asks about
rows of shops must ask for those of the clock in force.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sellerdesk.core import clock, scope
from sellerdesk.core.jobs import timetable
from sellerdesk.core.postgres import wall
from sellerdesk.simulator.services import clockwork

#: Regular work that goes by real time in every shop, and why.
BY_REAL_TIME = {
    "sellers.key_ends": "keys of test shops end in real time too",
    "sellers.old_calls": "the log of calls is kept for days of real time",
    "sellers.delegations": "people's terms are real",
    "sellers.invitations": "invitations are to real people",
    "notifications.forget_old": "the log of pushes is kept for days of real time",
    "notifications.letters": "letters to people go out in real time",
    "simulator.test_shops": "tells by real time which test shops nobody uses",
}


def tables_of_shops():
    tables = {model._meta.db_table for model in apps.get_models()
              if any(field.column == "seller_id" for field in model._meta.concrete_fields)}
    return {table for table in tables | {"sellers_seller"} if not table.startswith("core_")} & set(wall.conditions())


def asked(call):
    with scope.across_shops(), CaptureQueriesContext(connection) as seen:
        call()
    return [one["sql"] for one in seen]


def blind(statements):
    """Statements about rows of shops that do not say by which clock these shops live. What asks about a list of rows
    found before asks about none here."""
    tables = tables_of_shops()
    return [sql for sql in statements
            if tables & set(re.findall(r'(?:FROM|JOIN|UPDATE)\s+"?(\w+)"?', sql))
            and "core_shopclock" not in sql and "twin_of" not in sql and "('[]'" not in sql]


@pytest.mark.django_db
@pytest.mark.parametrize("due", clockwork._DUE, ids=lambda due: due.__module__)
def test_what_virtual_time_brings_asks_for_the_shops_of_the_clock_in_force(due, dated_rules, now):
    assert blind(asked(lambda: due(now))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("due", clockwork._DUE, ids=lambda due: due.__module__)
def test_the_time_of_a_test_shop_brings_nothing_to_other_shops(due, shop, dated_rules, now):
    """Also not by looking across shops in between, or by a mark that all shops share."""
    clock.give_own(shop.id, now)
    with scope.one_shop(shop.id), CaptureQueriesContext(connection) as seen:
        due(now + timedelta(days=40))

    statements = [one["sql"] for one in seen if "core_clockstate" not in one["sql"]]
    # Whoever leaves the scope of the test shop asks for all shops but those with a clock of their own.
    assert [sql for sql in statements if "core_shopclock" in sql] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(timetable._regular) - set(BY_REAL_TIME)))
def test_regular_work_asks_for_the_shops_of_the_clock_in_force(name, dated_rules, now):
    assert blind(asked(timetable._regular[name].task.func)) == []


def test_the_exceptions_are_known_work():
    assert set(BY_REAL_TIME) <= set(timetable._regular)


@pytest.mark.django_db
def test_a_shop_with_a_clock_of_its_own_lives_by_it_and_the_others_by_the_installations(shop, rival_shop, now):
    clock.give_own(rival_shop.id, now)
    with scope.one_shop(rival_shop.id):
        clock.set_speed(60)
        clock.advance(timedelta(hours=36))
        later, whose = clock.now(), clock.shops("pk")

    with scope.one_shop(shop.id):
        assert clock.now() == now
    assert (later - now).total_seconds() == 36 * 3600
    assert clock.now() == now
    sellers = apps.get_model("sellers", "Seller").objects
    assert list(sellers.filter(whose).values_list("pk", flat=True)) == [rival_shop.id]
    assert list(sellers.filter(clock.shops("pk")).values_list("pk", flat=True)) == [shop.id]
    done = []
    clock.by_each(done.append)
    assert done == [now, later]
