"""Archive, return, deletion, and the exact sets behind the API's words of visibility."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import TooManyItems
from sellerdesk.catalog.models import Change, Product
from sellerdesk.catalog.services import products, shelving, undoing
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import rules
from sellerdesk.seller_api.schemas import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(shop, depot, draft, actor, now) -> dict[str, int]:
    """STOCKED with five units, EMPTY without, UNPRICED without a price."""
    made = products.apply_drafts(seller=shop, drafts=[
        draft("STOCKED", stock="5"), draft("EMPTY", barcodes=("4600000000001",)), draft("UNPRICED", price=None)],
        actor=actor, now=now)
    return {each.offer_id: each.product_id for each in made}


def test_what_still_has_stock_is_not_archived(shop, goods, actor, now):
    outcomes = shelving.archive(seller=shop, product_ids=[goods["STOCKED"], goods["EMPTY"]], actor=actor, now=now)

    assert [(one.outcome, [error.code for error in one.errors]) for one in outcomes] == [
        ("failed", ["archive_with_stock"]), ("updated", [])]
    assert "“STOCKED” still has units for sale." in outcomes[0].errors[0].text
    rows = {row.offer_id: (row.archived, row.archived_how) for row in Product.objects.all()}
    assert rows == {"STOCKED": (False, ""), "EMPTY": (True, "manual"), "UNPRICED": (False, "")}


def test_a_call_takes_a_hundred_and_no_more(shop, goods, actor, now):
    for act in (shelving.archive, shelving.unarchive):
        with pytest.raises(TooManyItems):
            act(seller=shop, product_ids=list(range(101)), actor=actor, now=now)
    with pytest.raises(TooManyItems):
        shelving.delete(seller=shop, offer_ids=[str(at) for at in range(501)], actor=actor, now=now)
    assert not Product.objects.filter(archived=True).exists()


def test_of_what_went_to_the_archive_by_itself_only_so_much_comes_back_a_day(shop, goods, actor, now):
    rules.put("catalog.archive", "", {"archive_a_call": 100, "delete_a_call": 500, "restored_a_day": 1,
                                      "day_begins_hour": 3}, valid_from=datetime(2021, 1, 1, tzinfo=UTC), source="test")
    ids = [goods["EMPTY"], goods["UNPRICED"]]
    late = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)  # 02:59 in Moscow
    shelving.archive(seller=shop, product_ids=ids, actor=actor, now=now, how=shelving.AUTO)

    first = shelving.unarchive(seller=shop, product_ids=ids, actor=actor, now=late)
    again = shelving.unarchive(seller=shop, product_ids=ids[1:], actor=actor, now=late)
    next_day = shelving.unarchive(seller=shop, product_ids=ids[1:], actor=actor, now=late + timedelta(minutes=1))

    assert [one.outcome for one in first] == ["updated", "failed"]
    assert first[1].errors[0].code == again[0].errors[0].code == "restore_limit"
    assert [one.outcome for one in next_day] == ["updated"]
    assert queries.archive_limits(shop, late + timedelta(minutes=1)).restored == 1


def test_a_full_shelf_takes_nothing_back(shop, goods, actor, now):
    shelving.archive(seller=shop, product_ids=[goods["EMPTY"]], actor=actor, now=now)
    rules.put("catalog.assortment", str(shop.id), {"live": 2}, valid_from=datetime(2021, 1, 1, tzinfo=UTC),
              source="test")

    outcome = shelving.unarchive(seller=shop, product_ids=[goods["EMPTY"]], actor=actor, now=now)[0]

    assert outcome.errors[0].code == "item_limit_exceeded"
    assert Product.objects.get(pk=goods["EMPTY"]).archived


def test_only_what_was_never_offered_is_deleted_and_an_undo_brings_it_back(shop, rival_shop, goods, actor, now):
    shelving.archive(seller=shop, product_ids=[goods["EMPTY"], goods["UNPRICED"]], actor=actor, now=now)

    outcomes = shelving.delete(seller=shop, offer_ids=["UNPRICED", "EMPTY", "STOCKED", "NOWHERE"], actor=actor, now=now)
    foreign = shelving.delete(seller=rival_shop, offer_ids=["EMPTY"], actor=actor, now=now)

    assert [(one.outcome, *(error.code for error in one.errors)) for one in [*outcomes, *foreign]] == [
        ("updated",), ("failed", "delete_was_sold"), ("failed", "delete_not_archived"), ("failed", "product_unknown"),
        ("failed", "product_unknown")]
    assert set(Product.objects.values_list("offer_id", flat=True)) == {"EMPTY", "STOCKED"}

    batch_id = Change.objects.filter(deleted=True).get().batch_id
    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)

    assert Product.objects.get(offer_id="UNPRICED").pk == goods["UNPRICED"]


def test_the_page_says_what_stayed_and_why(anna_client, shop, goods):
    answer = anna_client.post(reverse("catalog:products_bulk"), {
        "ids": [goods["STOCKED"], goods["EMPTY"]], "action": "archive"}, follow=True)
    deleted = anna_client.post(reverse("catalog:products_bulk"), {"ids": [goods["EMPTY"]], "action": "delete"},
                               follow=True)

    assert "1 product moved to the archive." in answer.content.decode()
    assert "“STOCKED” still has units for sale. Set its stock to 0 first." in answer.content.decode()
    assert "has been offered to buyers" in deleted.content.decode()
    assert Product.objects.filter(archived=True).count() == 1


# --- visibility ---------------------------------------------------------------------------------------------------


@pytest.fixture
def every_kind(shop, goods, draft, actor, now, photo) -> None:
    """One product in each place a product can be, besides STOCKED, EMPTY and UNPRICED."""
    names = ("draft", "pending", "failed", "moderating", "declined", "hidden")
    products.apply_drafts(seller=shop, drafts=[draft(name) for name in (*names, "by-hand", "by-itself", "season")],
                          actor=actor, now=now)
    for name in names:
        Product.objects.filter(offer_id=name).update(status=name)
    for name, how in (("by-hand", "manual"), ("by-itself", "auto"), ("season", "seasonal")):
        Product.objects.filter(offer_id=name).update(archived=True, archived_how=how)
    Product.objects.exclude(offer_id="STOCKED").update(score=90)


SETS = {
    "VISIBLE": {"STOCKED"}, "IN_SALE": {"STOCKED"}, "EMPTY_STOCK": {"EMPTY", "UNPRICED", "draft", "pending", "failed",
                                                                    "moderating", "declined", "hidden"},
    "INVISIBLE": {"EMPTY", "UNPRICED", "draft", "pending", "failed", "moderating", "declined", "hidden"},
    "READY_TO_SUPPLY": {"EMPTY"}, "TO_SUPPLY": {"EMPTY"}, "STATE_FAILED": {"failed"}, "VALIDATION_STATE_FAIL": {"failed"},
    "VALIDATION_STATE_PENDING": {"draft", "pending"},
    "VALIDATION_STATE_SUCCESS": {"STOCKED", "EMPTY", "UNPRICED", "moderating", "declined", "hidden"},
    "MODERATED": {"STOCKED", "EMPTY", "UNPRICED", "hidden"}, "NOT_MODERATED": {"declined"},
    "REMOVED_FROM_SALE": {"hidden"}, "BANNED": {"hidden"}, "PARTIAL_APPROVED": {"STOCKED"},
    "BARCODE_EXISTS": {"EMPTY"}, "ARCHIVED": {"by-hand", "by-itself", "season"}, "MANUAL_ARCHIVED": {"by-hand"},
    "AUTO_ARCHIVED": {"by-itself"}, "SEASONAL_AUTO_ARCHIVED": {"season"}, "QUARANTINE": set(), "DISABLED": set(),
    "OVERPRICED": set(), "CRITICALLY_OVERPRICED": set(), "OVERPRICED_WITH_STOCK": set(),
    "VISIBLE_WITH_FBO_STOCK": set(), "SHOWCASE_SELECT_ACTIVE": set(),
}


def _found(shop, **where) -> set[str]:
    return {row.offer_id for row in queries.products_page(shop, filter=ProductFilter(**where), limit=100).rows}


def test_each_word_of_visibility_is_an_exact_set(shop, every_kind):
    live = {"STOCKED", "EMPTY", "UNPRICED", "draft", "pending", "failed", "moderating", "declined", "hidden"}
    expected = {**SETS, "ALL": live, "EMPTY_BARCODE": live - {"EMPTY"}}

    assert {word: _found(shop, visibility=word) for word in expected} == expected
    assert set(expected) == set(base.Visibility.__args__)


def test_tabs_count_what_they_show_in_one_query(shop, every_kind, django_assert_num_queries):
    queries.improve_below()  # rules are read once in a while
    with django_assert_num_queries(1):
        counts = queries.counts(shop)

    assert counts == {"": 9, "selling": 1, "ready": 1, "errors": 3, "improve": 1, "hidden": 1, "quarantine": 0,
                      "archived": 3}
    assert counts == {tab: len(_found(shop, tab=tab)) for tab in queries.TABS}


def test_lists_are_sorted_by_the_score(shop, every_kind):
    page = queries.products_page(shop, filter=ProductFilter(sort="score"), limit=2)
    second = queries.products_page(shop, filter=ProductFilter(sort="score"), cursor=page.next_cursor, limit=20)

    assert page.rows[0].offer_id == "STOCKED"
    assert page.rows[0].score < 60
    assert len({row.id for row in page.rows + second.rows}) == 9


@pytest.mark.parametrize("text", ["%", "_", "\\", "STOCK%", "E_PTY", "'; --"])
def test_signs_of_search_patterns_find_nothing_by_themselves(shop, goods, text):
    assert _found(shop, search=text) == set()
    assert _found(shop, search="STOCK") == {"STOCKED"}
