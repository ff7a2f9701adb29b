"""D03: on PostgreSQL the database itself keeps shops apart, whatever a query forgets to ask for."""

from __future__ import annotations

import contextvars
import threading
from collections import Counter
from html import unescape
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from sellerdesk.core import outbox, scope, worker
from sellerdesk.core.db import as_owner, atomic, execute, fetch_all, fetch_one
from sellerdesk.core.jobs import queue
from sellerdesk.core.models import Activity, Job, Subscription
from sellerdesk.core.postgres import wall
from sellerdesk.core.postgres.names import SETTING
from sellerdesk.orders.models import Posting
from sellerdesk.sellers.models import Company, Membership, Seller

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no policies; D02 holds there alone"),
]
#: Every table that says whose its rows are, or whose rows hang on such a table.
GUARDED = """
    WITH RECURSIVE owned AS (
        SELECT attrelid AS id FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE attname = 'seller_id' AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
        UNION
        SELECT conrelid FROM pg_constraint JOIN owned ON confrelid = owned.id
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND attnotnull
    )
    SELECT relname, relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = owned.id), EXISTS (
        SELECT 1 FROM pg_attribute WHERE attrelid = owned.id AND attname = 'seller_id')
    FROM owned JOIN pg_class ON pg_class.oid = owned.id ORDER BY relname"""
WHAT_TO_DO = ("these tables hold rows of shops and have no policy. A model gets one by itself from its seller_id or from "
              "a foreign key that is never empty; for any other table put its condition into core/postgres/wall.py")


def guarded() -> list[tuple[str, bool, bool]]:
    return fetch_all(GUARDED)


def count(table: str) -> int:
    return fetch_all(f'SELECT count(*) FROM "{table}"')[0][0]


def text(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def unscoped():
    """As a thread starts: nobody has said anything."""
    return contextvars.Context()


def test_D03_every_table_with_rows_of_shops_has_a_policy():
    tables = guarded()

    assert [name for name, walled, _direct in tables if not walled] == [], WHAT_TO_DO
    assert len(tables) > 30
    assert {"catalog_importitem", "logistics_scan", "orders_postingline"} <= {name for name, *_rest in tables}


def test_D03_a_table_made_without_a_policy_is_found():
    with as_owner():
        execute("CREATE TABLE catalog_forgotten (id bigint, seller_id bigint)")
        execute("CREATE TABLE catalog_forgotten_child (id bigint, posting_id bigint NOT NULL"
                " REFERENCES orders_posting (id))")

    assert [name for name, walled, _direct in guarded() if not walled] == ["catalog_forgotten",
                                                                         "catalog_forgotten_child"]


def test_D03_the_wall_is_built_once_and_mended_where_it_is_broken():
    assert wall.build() == 0

    with as_owner():
        execute("ALTER TABLE orders_posting DISABLE ROW LEVEL SECURITY")
        execute("DROP POLICY shop_wall ON pricing_price")
    assert wall.build() == 2
    assert [name for name, walled, _direct in guarded() if not walled] == []


def test_D03_the_application_is_neither_owner_nor_above_policies():
    role, above, owns, logs_in = fetch_all(
        "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole, EXISTS (SELECT 1 FROM pg_class"
        " WHERE relowner = pg_roles.oid), rolcanlogin FROM pg_roles WHERE rolname = current_user")[0]

    assert (role, above, owns, logs_in) == (connection.role, False, False, False)
    with pytest.raises(DatabaseError), atomic():
        execute("TRUNCATE orders_posting CASCADE")
    with pytest.raises(DatabaseError), atomic():
        execute("ALTER TABLE orders_posting DISABLE ROW LEVEL SECURITY")
    with pytest.raises(DatabaseError), atomic():
        execute("DELETE FROM django_migrations")


def test_D03_without_the_setting_no_table_shows_a_row(world):
    names = [name for name, *_rest in guarded()] + ["sellers_company", "sellers_seller"]
    filled = {name for name in names if count(name)}

    shown = unscoped().run(lambda: {name: count(name) for name in names})

    assert len(filled) > 20
    assert set(shown.values()) == {0}


def test_D03_a_forgotten_where_returns_no_row_of_another_shop(world, rival, shop, rival_shop):
    tables = [name for name, _walled, direct in guarded() if direct]
    both = {name for name in tables if {shop.id, rival_shop.id} <= {
        row[0] for row in fetch_all(f'SELECT DISTINCT seller_id FROM "{name}"')}}

    with scope.one_shop(rival_shop.id):
        seen = {name: {row[0] for row in fetch_all(f'SELECT DISTINCT seller_id FROM "{name}"')} for name in tables}
        sellers = list(Seller.objects.values_list("pk", flat=True))
        companies = list(Company.objects.values_list("pk", flat=True))

    assert len(both) > 15
    assert {name: ids - {rival_shop.id, None, 0} for name, ids in seen.items() if ids - {rival_shop.id, None, 0}} == {}
    assert all(rival_shop.id in seen[name] for name in both)
    assert sellers == [rival_shop.id]
    assert companies == [Seller.objects.get(pk=rival_shop.id).company_id]


def test_D03_a_forgotten_where_writes_no_row_of_another_shop(world, rival, shop, rival_shop):
    before = fetch_all("SELECT * FROM orders_posting ORDER BY id")

    with scope.one_shop(rival_shop.id):
        changed = execute("UPDATE orders_posting SET seller_id = seller_id WHERE seller_id <> %s", [rival_shop.id])
        changed += execute("DELETE FROM orders_postingline WHERE seller_id <> %s", [rival_shop.id])
        changed += Membership.objects.filter(seller_id=shop.id).update(role="owner")
        with pytest.raises(DatabaseError, match="row-level security"), atomic():
            Membership.objects.create(seller_id=shop.id, user_id=Membership.objects.first().user_id, role="owner",
                                      created_at=Seller.objects.get().created_at)
        with pytest.raises(DatabaseError, match="row-level security"), atomic():
            execute("UPDATE sellers_membership SET seller_id = %s", [shop.id])

    assert changed == 0
    assert before
    assert fetch_all("SELECT * FROM orders_posting ORDER BY id") == before


def test_D03_a_page_whose_query_forgot_the_shop_shows_only_ones_own(world, rival, shop, rival_shop, clara_client, monkeypatch):
    """The queries of a real request, with what they ask about the shop taken out."""
    from sellerdesk.orders import queries

    seen = []

    def forgetful(*_args, **_options):
        seen.append(set(Posting.objects.values_list("seller_id", flat=True)))
        return Counter()

    monkeypatch.setattr(queries, "counts", forgetful)
    clara_client.get("/orders/")

    assert Posting.objects.filter(seller_id=shop.id).exists()
    assert seen
    assert all(ids <= {rival_shop.id} for ids in seen)


def test_D03_guests_and_quiet_pages_see_rows_of_nobody(world):
    with scope.no_shop():
        assert not Posting.objects.exists()
        assert not Seller.objects.exists()
        assert set(Activity.objects.values_list("seller_id", flat=True)) <= {None}
    assert Client().get("/accounts/login/").status_code == 200


def test_D03_scopes_nest_also_within_one_transaction_and_over_savepoints(world, rival, shop, rival_shop):
    def seen() -> list[int]:
        return list(Seller.objects.order_by("pk").values_list("pk", flat=True))

    everybody = seen()
    with scope.one_shop(shop.id):
        assert seen() == [shop.id]
        with atomic(), scope.one_shop(rival_shop.id):
            assert seen() == [rival_shop.id]
            transaction.set_rollback(True)
        assert seen() == [shop.id]
        with scope.across_shops():
            assert seen() == everybody
        assert seen() == [shop.id]
    assert {shop.id, rival_shop.id} <= set(everybody)


@pytest.mark.django_db(transaction=True)
def test_D03_the_setting_never_outlives_its_transaction(shop, rival_shop):
    def left() -> str:
        """What the server knows, asked past the wall so that nothing is told first."""
        with connection.connection.cursor() as cursor:
            return cursor.execute(f"SELECT current_setting('{SETTING}', true)").fetchone()[0] or ""

    with scope.one_shop(shop.id):
        assert Seller.objects.count() == 1
        assert left() == ""
        with atomic():
            assert Seller.objects.count() == 1
            assert left() == str(shop.id)
        assert left() == ""
        with atomic():
            assert Seller.objects.count() == 1
            transaction.set_rollback(True)
        assert left() == ""
        with pytest.raises(DatabaseError):
            execute("SELECT 1 / 0 FROM sellers_seller")
        assert left() == ""
    assert unscoped().run(Seller.objects.count) == 0


@pytest.mark.django_db(transaction=True)
def test_D03_one_connection_serves_one_shop_after_the_other(shop, rival_shop, anna_client, clara_client):
    before = fetch_one("SELECT pg_backend_pid()")
    for _ in range(2):
        assert shop.name in text(anna_client, "/")
        assert shop.name not in text(clara_client, "/")
        assert "Clara Trade" not in text(Client(), "/accounts/login/")
        assert scope.spelled() == "all"
        assert unscoped().run(Seller.objects.count) == 0

    assert fetch_one("SELECT pg_backend_pid()") == before


@pytest.mark.django_db(transaction=True)
def test_D03_a_new_thread_begins_with_nothing(shop):
    found = []

    def look() -> None:
        found.append(Seller.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()

    assert found == [0]


def test_D03_operators_pages_see_all_shops_and_sellers_pages_do_not(world, rival, shop, rival_shop, operator_client,
                                                                  anna_client):
    page = text(operator_client, "/console/sellers/")

    assert shop.name in page
    assert "Clara Trade" in page
    assert "Clara Trade" not in text(anna_client, "/")


def test_D03_the_number_of_queries_told_to_people_counts_no_setting(shop, django_assert_num_queries):
    with scope.one_shop(shop.id), django_assert_num_queries(1):
        Seller.objects.count()


def test_D03_news_and_jobs_go_on_under_the_role(world):
    worker.run_until_idle()

    assert outbox.drain() == 0
    assert Subscription.objects.exclude(error="").count() == 0
    assert list(Job.objects.exclude(error="").values_list("task", "error")) == []


def test_D03_a_job_of_a_shop_sees_its_shop_alone(world, rival, shop, monkeypatch):
    seen = []
    monkeypatch.setattr(queue, "import_string", lambda _path: SimpleNamespace(
        func=lambda: seen.append(list(Seller.objects.order_by("pk").values_list("pk", flat=True)))))
    for seller_id in (shop.id, None):
        queue.run(queue.Lease(0, "", [], {}, "", 1, 1, seller_id))

    assert seen[0] == [shop.id]
    assert len(seen[1]) > 1
