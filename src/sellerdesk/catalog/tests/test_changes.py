"""Every act is kept as one batch, and can be set back without treading on what others did since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import BatchUnknown, NotUndoable
from sellerdesk.catalog.models import Batch, Change, Product
from sellerdesk.catalog.services import changes, products, shelving, undoing
from sellerdesk.core import worker
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Activity
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory import services as stock
from sellerdesk.inventory.types import StockInput
from sellerdesk.pricing import queries as prices
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput

pytestmark = pytest.mark.django_db
KEY = Actor.key(7, "ERP")


@pytest.fixture
def put(shop, depot, draft, actor, now):
    """Saves cards for Anna and returns the batch of the journal."""

    def make(*drafts, **options) -> int:
        outcomes = products.apply_drafts(seller=shop, drafts=drafts, actor=actor, now=now, **options)
        assert [error.text for outcome in outcomes for error in outcome.errors] == []
        return Batch.objects.latest("id").pk

    return make


def test_card_price_and_stock_of_one_act_are_one_batch_with_one_row_a_product(shop, depot, draft, put):
    batch_id = put(draft("A", stock="5"), draft("B", stock=None))

    batch = queries.changes.batch(shop, batch_id)
    assert (Batch.objects.count(), batch.source, batch.created, batch.changed) == (1, "form", 2, 0)
    first, second = queries.changes.changes(shop, batch_id)
    assert (first.offer_id, first.created, first.before) == ("A", True, {})
    assert (first.after["price.price"], first.after[f"stock.{depot}"], first.after["depth_mm"]) == (199900, 5, 200)
    assert f"stock.{depot}" not in second.after


def test_a_second_save_keeps_only_what_differs_and_an_idle_one_nothing(shop, depot, draft, put, actor, now):
    put(draft("A", stock="5"))

    batch_id = put(draft("A", name="Aria 6", price="2100", stock="5"))
    products.apply_drafts(seller=shop, drafts=[draft("A", name="Aria 6", price="2100", stock="5")], actor=actor, now=now)

    assert Batch.objects.count() == 2
    change = queries.changes.changes(shop, batch_id)[0]
    assert change.before == {"name": "Aria 5 over-ear headphones", "price.price": 199900}
    assert change.after == {"name": "Aria 6", "price.price": 210000}
    history = queries.changes.of_product(shop, change.product_id).rows
    assert [each.change.keys for each in history] == [["name", "price.price"], sorted(
        history[1].change.after, key=lambda key: ("." in key, key))]


def test_prices_and_stock_of_programs_are_batches_of_their_own(shop, depot, draft, put, now):
    put(draft("A"))

    pricing.set_prices(seller=shop, changes=[PriceInput("A", price="1500"), PriceInput("X", price="1")], actor=KEY,
                       now=now)
    stock.set_stocks(seller=shop, changes=[StockInput(depot, 9, "A")], actor=KEY, now=now)

    newest = queries.changes.batches(shop).rows
    assert [(batch.source, batch.changed, batch.actor_label) for batch in newest[:2]] == [("api", 1, "ERP")] * 2
    assert queries.changes.changes(shop, newest[0].id)[0].before == {f"stock.{depot}": None}
    assert queries.changes.changes(shop, newest[1].id)[0].before == {"price.price": 199900}
    assert [batch.id for batch in queries.changes.batches(shop, sources=["form"]).rows] == [newest[2].id]


def test_undo_sets_values_back_and_undo_of_it_puts_them_in_again(shop, depot, draft, put, actor, now):
    put(draft("A", stock="5"))
    batch_id = put(draft("A", name="Aria 6", price="2100", stock="8"))
    product_id = queries.refs(shop, offer_ids=["A"])[0].id

    undo_id = undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)

    assert queries.refs(shop, product_ids=[product_id])[0].name == "Aria 5 over-ear headphones"
    assert prices.prices(shop, [product_id])[product_id].price_minor == 199900
    assert inventory.free(shop) == {product_id: 5}
    assert queries.changes.batch(shop, batch_id).state == "undone"
    assert queries.changes.batch(shop, batch_id).undone_by_id == undo_id
    assert Activity.objects.latest("id").data == {"count": 1, "conflicts": 0, "source": "form"}

    undoing.undo(seller=shop, batch_id=undo_id, actor=actor, now=now)

    assert queries.refs(shop, product_ids=[product_id])[0].name == "Aria 6"
    assert prices.prices(shop, [product_id])[product_id].price_minor == 210000
    assert inventory.free(shop) == {product_id: 8}
    assert queries.changes.batch(shop, batch_id).state == "applied"


def test_undo_deletes_what_was_created_and_redo_brings_it_back_under_its_numbers(shop, depot, draft, put, actor, now):
    batch_id = put(draft("A", stock="5"), draft("B", price=None))
    before = list(Product.objects.order_by("id").values("id", "sku", "offer_id", "name", "attributes", "status"))

    undo_id = undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)
    assert not Product.objects.exists()

    undoing.undo(seller=shop, batch_id=undo_id, actor=actor, now=now)
    assert list(Product.objects.order_by("id").values("id", "sku", "offer_id", "name", "attributes",
                                                      "status")) == before
    assert prices.prices(shop, [before[0]["id"]])[before[0]["id"]].price_minor == 199900
    assert inventory.free(shop) == {before[0]["id"]: 5}


def test_what_somebody_changed_since_stays_and_is_named(shop, depot, draft, put, actor, now):
    put(draft("A"), draft("B"))
    batch_id = put(draft("A", name="New A", price="2100"), draft("B", name="New B"))
    pricing.set_prices(seller=shop, changes=[PriceInput("A", price="1800")], actor=KEY, now=now)

    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)

    names = {ref.offer_id: ref.name for ref in queries.refs(shop, offer_ids=["A", "B"])}
    assert names == {"A": "New A", "B": "Aria 5 over-ear headphones"}
    assert queries.changes.batch(shop, batch_id).state == "partly_undone"
    conflict = queries.changes.changes(shop, batch_id, undo="conflict")[0]
    assert (conflict.offer_id, conflict.conflict.keys, conflict.conflict.by) == ("A", ("price.price",), "ERP")

    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now, overwrite=True)

    ref = queries.refs(shop, offer_ids=["A"])[0]
    assert (ref.name, prices.prices(shop, [ref.id])[ref.id].price_minor) == ("Aria 5 over-ear headphones", 199900)
    assert queries.changes.batch(shop, batch_id).state == "undone"


def test_old_values_that_break_a_rule_by_now_are_not_forced(shop, depot, draft, put, actor, now):
    put(draft("A"))
    batch_id = put(draft("A", name="New A", price="2100"))
    # The tenth change of the hour: an eleventh is refused, whatever for.
    for price in range(2101, 2110):
        pricing.set_prices(seller=shop, changes=[PriceInput("A", price=str(price))], actor=actor, now=now)

    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now, overwrite=True)

    conflict = queries.changes.changes(shop, batch_id, undo="conflict")[0].conflict
    assert conflict.reason.startswith("A price can change 10 times an hour")
    assert queries.refs(shop, offer_ids=["A"])[0].name == "New A"


def test_undo_respects_rights_shops_and_time(shop, rival_shop, depot, draft, put, actor, now):
    put(draft("A"))
    batch_id = put(draft("A", price="2100"))

    with pytest.raises(BatchUnknown):
        undoing.undo(seller=rival_shop, batch_id=batch_id, actor=actor, now=now)
    with pytest.raises(NotUndoable):
        undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now + timedelta(days=30))
    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now, parts=frozenset({"stock"}))
    assert queries.changes.changes(shop, batch_id)[0].conflict.reason.startswith("Your role")
    undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)
    with pytest.raises(NotUndoable):
        undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)


def test_a_taken_back_offer_id_that_is_in_use_again_is_a_conflict_of_the_redo(shop, depot, draft, put, actor, now):
    undo_id = undoing.undo(seller=shop, batch_id=put(draft("A")), actor=actor, now=now)
    put(draft("A", name="Another"))

    undoing.undo(seller=shop, batch_id=undo_id, actor=actor, now=now)

    assert queries.changes.changes(shop, undo_id)[0].conflict.keys == ("offer_id",)
    assert queries.refs(shop, offer_ids=["A"])[0].name == "Another"


def test_archiving_is_undone_too(shop, depot, draft, put, actor, now):
    put(draft("A"))
    product_id = queries.refs(shop, offer_ids=["A"])[0].id
    shelving.archive(seller=shop, product_ids=[product_id], actor=actor, now=now)

    undoing.undo(seller=shop, batch_id=Batch.objects.latest("id").pk, actor=actor, now=now)

    assert not queries.refs(shop, product_ids=[product_id])[0].archived


def test_large_batches_are_set_back_by_a_job(shop, depot, draft, put, actor, now):
    batch_id = put(*[draft(f"L-{at:03}") for at in range(120)])

    undo_id = undoing.undo(seller=shop, batch_id=batch_id, actor=actor, now=now)

    assert queries.changes.batch(shop, batch_id).state == "undoing"
    assert Product.objects.count() == 120
    worker.run_until_idle()
    assert (queries.changes.batch(shop, batch_id).state, Product.objects.count()) == ("undone", 0)
    undoing.undo(seller=shop, batch_id=undo_id, actor=actor, now=now)
    worker.run_until_idle()
    assert Product.objects.count() == 120


def test_a_nested_act_that_fails_leaves_nothing_in_the_journal(shop, now, actor):
    def breaks() -> None:
        with changes.gathering(seller=shop, actor=actor, now=now) as inner:
            inner.note(1, "A", {"name": "a"}, {"name": "b"})
            raise RuntimeError

    with changes.gathering(seller=shop, actor=actor, now=now) as outer:
        with pytest.raises(RuntimeError):
            breaks()
        outer.note(2, "B", {"name": "a"}, {"name": "b"})
        outer.note(2, "B", {"name": "b"}, {"name": "a"})

    assert not Change.objects.exists()
    assert not Batch.objects.exists()
