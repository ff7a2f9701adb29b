"""Products are written by one engine, for the form, the spreadsheet and the API alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import ProductChanged, ProductUnknown
from sellerdesk.catalog.models import Product
from sellerdesk.catalog.services import products, shelving
from sellerdesk.catalog.types import AttributeInput, ProductFilter, ValueInput
from sellerdesk.core import activity
from sellerdesk.core.db import fetch_all
from sellerdesk.core.errors import Invalid
from sellerdesk.core.models import Activity
from sellerdesk.inventory import queries as inventory
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db


def test_a_sound_draft_becomes_a_priced_card_with_stock(shop, depot, draft, actor, now):
    outcome = products.apply_drafts(seller=shop, drafts=[draft(stock="25")], actor=actor, now=now)[0]

    assert (outcome.outcome, outcome.errors) == ("created", ())
    card = queries.product(shop, outcome.product_id)
    assert (card.offer_id, card.status, card.version, card.type_name) == ("HP-1", "price_sent", 1, "Over-ear headphones")
    assert (card.category_id, card.vat, card.weight_g) == (17000101, "0.2", 350)
    assert pricing.prices(shop, [card.id])[card.id].price_minor == 199900
    assert inventory.free(shop, [card.id]) == {card.id: 25}
    assert queries.counts(shop) == {"": 1, "selling": 1, "ready": 0, "errors": 0, "improve": 1, "hidden": 0,
                                    "quarantine": 0, "archived": 0}


def test_a_card_without_a_price_waits_for_one_and_then_may_be_sold(shop, depot, draft, actor, now):
    outcome = products.apply_drafts(seller=shop, drafts=[draft(price=None)], actor=actor, now=now)[0]
    assert queries.refs(shop, product_ids=[outcome.product_id])[0].status == "processed"

    products.set_part(seller=shop, product_id=outcome.product_id, part="price", values={"price": "500"}, actor=actor,
                      now=now)

    assert queries.refs(shop, product_ids=[outcome.product_id])[0].status == "price_sent"


def test_bad_rows_are_told_and_spoil_no_others(shop, depot, draft, actor, now):
    rows = [
        draft("OK-1"), draft("", name=""), draft("D-1", weight_g=900_000), draft("P-1", price="-5"),
        draft("A-1", attributes={10096: [ValueInput(0, "blakc")], 9048: []}), draft("OK-1"),
        draft("T-1", type_id=5), draft("V-1", vat="0.13", depth_mm=0), draft("OK-2"),
    ]

    outcomes = products.apply_drafts(seller=shop, drafts=rows, actor=actor, now=now)

    assert [each.outcome for each in outcomes] == ["created", "failed", "failed", "failed", "failed", "failed",
                                                   "failed", "failed", "created"]
    assert [(error.field, error.code) for error in outcomes[1].errors] == [
        ("offer_id", "offer_id_empty"), ("name", "name_empty")]
    assert outcomes[2].errors[0].code == "Incorrect_density"
    assert [(error.field, error.code) for error in outcomes[3].errors] == [("parts.price.price", "price_negative")]
    assert {error.code: error.text for error in outcomes[4].errors} == {
        "EMPTY_REQUIRED": "“Model name” is required. Fill it in.",
        "error_attribute_values_out_of_range":
            "“blakc” is not in the list of values for “Product colour”. Choose one from the list."}
    assert outcomes[4].errors[1].data["suggestions"][0] == "Black"
    assert [error.code for error in outcomes[5].errors] == ["offer_id_repeated"]
    assert [error.code for error in outcomes[6].errors] == ["description_category_invalid"]
    assert [(error.field, error.code) for error in outcomes[7].errors] == [
        ("depth_mm", "missing_dimension"), ("vat", "vat_invalid")]
    assert sorted(Product.objects.values_list("offer_id", flat=True)) == ["OK-1", "OK-2"]


def test_reasons_and_closest_values_come_in_the_readers_language(shop, draft, actor, now):
    with override("ru"):
        outcome = products.apply_drafts(
            seller=shop, drafts=[draft(attributes={10096: [ValueInput(0, "чорный")]})], actor=actor, now=now)[0]

        assert outcome.errors[0].text == "«чорный» нет в списке значений «Цвет товара». Выберите значение из списка."
    assert outcome.errors[0].data["suggestions"][0] == "Чёрный"


def test_saving_the_same_again_changes_nothing(shop, depot, draft, actor, now):
    products.apply_drafts(seller=shop, drafts=[draft(stock="5")], actor=actor, now=now)
    told = Activity.objects.count()

    outcome = products.apply_drafts(seller=shop, drafts=[draft(price="1 999,0", stock="5")], actor=actor, now=now)[0]

    assert outcome.outcome == "unchanged"
    assert queries.product(shop, outcome.product_id).version == 1
    assert Activity.objects.count() == told


def test_an_update_keeps_the_ids_and_tells_what_changed(shop, depot, draft, actor, now):
    made = products.apply_drafts(seller=shop, drafts=[draft()], actor=actor, now=now)[0]
    before = queries.refs(shop, product_ids=[made.product_id])[0]

    outcome = products.apply_drafts(seller=shop, drafts=[draft(name="Aria 6")], actor=actor, now=now)[0]

    after = queries.refs(shop, product_ids=[made.product_id])[0]
    assert outcome.outcome == "updated"
    assert (after.id, after.sku, after.name, after.version) == (before.id, before.sku, "Aria 6", 2)
    entry = activity.history(shop.id, "product", made.product_id)[0]
    assert entry.event == "catalog.product.updated"
    assert entry.before == {str(made.product_id): {"name": "Aria 5 over-ear headphones"}}
    assert entry.sentence == "Product HP-1 changed"


def test_the_number_of_statements_does_not_grow_with_the_batch(shop, depot, draft, actor, now):
    def statements(count: int, prefix: str) -> int:
        rows = [draft(f"{prefix}{at}", stock="3") for at in range(count)]
        with CaptureQueriesContext(connection, ) as seen:
            outcomes = products.apply_drafts(seller=shop, drafts=rows, actor=actor, now=now)
        assert {each.outcome for each in outcomes} == {"created"}
        return len(seen)

    statements(1, "warm")

    assert statements(300, "many") <= statements(2, "few")


def test_saving_from_the_form_guards_the_version_and_the_offer_id(shop, rival_shop, depot, draft, actor, now):
    first = products.save(seller=shop, draft=draft("A"), actor=actor, now=now)
    second = products.save(seller=shop, draft=draft("B"), actor=actor, now=now)

    with pytest.raises(ProductChanged):
        products.save(seller=shop, draft=draft("A", name="x"), product_id=first.id, expected_version=9, actor=actor,
                      now=now)
    for wish, product_id in ((draft("A"), None), (draft("A"), second.id)):
        with pytest.raises(Invalid) as refused:
            products.save(seller=shop, draft=wish, product_id=product_id, actor=actor, now=now)
        assert [error.code for error in refused.value.fields] == ["offer_id_taken"]
    with pytest.raises(ProductUnknown):
        products.save(seller=rival_shop, draft=draft("A"), product_id=first.id, actor=actor, now=now)
    renamed = products.save(seller=shop, draft=draft("C"), product_id=second.id, expected_version=1, actor=actor,
                            now=now)
    assert (renamed.id, renamed.offer_id, renamed.version) == (second.id, "C", 2)


def test_lists_are_narrowed_paged_and_kept_apart_by_shop(shop, rival_shop, depot, draft, actor, now):
    rows = [draft(f"N-{at:02}", stock="1" if at % 2 else None) for at in range(7)]
    ids = [each.product_id for each in products.apply_drafts(seller=shop, drafts=rows, actor=actor, now=now)]
    shelving.archive(seller=shop, product_ids=ids[:1], actor=actor, now=now)

    first = queries.products_page(shop, filter=ProductFilter(sort="id"), limit=4)
    second = queries.products_page(shop, filter=ProductFilter(sort="id"), cursor=first.next_cursor, limit=4)
    back = queries.products_page(shop, filter=ProductFilter(sort="id"), cursor=second.prev_cursor, limit=4)

    assert [row.id for row in first.rows + second.rows] == ids[1:]
    assert ([row.id for row in back.rows], second.next_cursor, first.prev_cursor) == (ids[1:5], "", "")
    assert queries.counts(shop) == {
        "": 6, "selling": 3, "ready": 3, "errors": 0, "improve": 6, "hidden": 0, "quarantine": 0, "archived": 1}
    for where, count in ((ProductFilter(tab="selling"), 3), (ProductFilter(search="ARIA n-03"), 1),
                         (ProductFilter(category_id=17000100), 6), (ProductFilter(visibility="ARCHIVED"), 1),
                         (ProductFilter(visibility="EMPTY_STOCK"), 3), (ProductFilter(visibility="BANNED"), 0),
                         (ProductFilter(offer_ids=["N-04", "N-05"]), 2)):
        assert queries.products_total(shop, where) == count, where
    assert queries.products_page(rival_shop, filter=ProductFilter()).rows == []
    assert queries.refs(rival_shop, product_ids=ids) == []
    with pytest.raises(ProductUnknown):
        queries.product(rival_shop, ids[0])


def test_archiving_is_one_act_and_names_foreign_products_as_unknown(shop, rival_shop, depot, draft, actor, now):
    mine = products.apply_drafts(seller=shop, drafts=[draft("A"), draft("B")], actor=actor, now=now)
    foreign = products.apply_drafts(seller=rival_shop, drafts=[draft("C", price=None)], actor=actor, now=now)
    ids = [mine[0].product_id, foreign[0].product_id]

    outcomes = shelving.archive(seller=shop, product_ids=ids, actor=actor, now=now)

    assert [each.outcome for each in outcomes] == ["updated", "failed"]
    assert outcomes[1].errors[0].code == "product_unknown"
    assert not queries.refs(rival_shop, product_ids=ids)[0].archived
    back = shelving.unarchive(seller=shop, product_ids=[each.product_id for each in mine], actor=actor, now=now)
    assert [each.outcome for each in back] == ["updated", "unchanged"]


def test_values_are_spelled_one_way_and_shown_in_the_readers_language(shop, draft, actor, now):
    wish = draft(price=None, names={"ru": " Наушники "}, barcodes=("4601234567893", "4601234567893"))
    wish = replace(wish, attributes=(*wish.attributes, AttributeInput(4385, (ValueInput(0, "12,0"),)),
                                     AttributeInput(4191, (ValueInput(0, "Soft."),))))

    made = products.save(seller=shop, draft=wish, actor=actor, now=now)

    card = queries.product(shop, made.id, "ru")
    said = {each.id: [value.value for value in each.values] for each in card.attributes}
    assert (said[85], said[10096], said[4385]) == (["Нет бренда"], ["Чёрный"], ["12"])
    assert (card.description, card.barcodes, card.title("ru"), card.title("en")) == (
        "Soft.", ("4601234567893",), "Наушники", "Aria 5 over-ear headphones")


@pytest.mark.parametrize("way", ["product_ids", "offer_ids", "skus"])
def test_products_are_looked_up_one_by_one_and_the_rest_of_the_shop_is_not_read(shop, way):
    values = ["HP-1", "HP-2"] if way == "offer_ids" else [1, 2]
    with CaptureQueriesContext(connection) as asked:
        assert queries.refs(shop, **{way: values}) == []
    if connection.vendor != "sqlite":
        return

    plan = " ".join(row[3] for row in fetch_all("EXPLAIN QUERY PLAN " + asked[0]["sql"].replace("%", "%%")))

    column = {"product_ids": "id", "offer_ids": "offer_id", "skus": "sku"}[way]
    assert f"{column}=?" in plan
