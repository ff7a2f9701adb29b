"""An import on its way: dry run, yes or no, pause, stop, columns named once, rows corrected in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sellerdesk.catalog import queries
from sellerdesk.catalog.errors import ImportMoved, ImportUnknown
from sellerdesk.catalog.models import Batch, Change, ColumnName, ImportTask, Product
from sellerdesk.catalog.queries.nearest import MOST_ASKED
from sellerdesk.catalog.services import import_run, importing, products, workbooks
from sellerdesk.catalog.services.undoing import undo
from sellerdesk.core import clock, rules, worker
from sellerdesk.core.errors import Invalid
from sellerdesk.core.jobs import queue
from sellerdesk.core.models import Activity, Job
from sellerdesk.pricing import queries as pricing

pytestmark = pytest.mark.django_db
ALL = frozenset({"price", "stock"})
SINCE = datetime(2021, 1, 1, tzinfo=UTC)
PRICES = "Offer ID;Price\nA;1500\nB;2000\nX;100\nB;2100\n"


@pytest.fixture
def goods(shop, depot, draft, actor, now) -> None:
    products.apply_drafts(seller=shop, drafts=[draft(name) for name in "ABC"], actor=actor, now=now)


@pytest.fixture
def send(shop, actor, now) -> Callable[..., int]:
    def make(text: str, *, ask: bool = True, name: str = "prices.csv", work: bool = True) -> int:
        task_id = importing.upload_file(seller=shop, file_name=name, data=text.encode(), language="en", actor=actor,
                                        now=now, ask=ask)
        if work:
            worker.run_until_idle()
        return task_id

    return make


def price_of(shop, offer_id: str) -> int:
    ref = queries.refs(shop, offer_ids=[offer_id])[0]
    return pricing.prices(shop, [ref.id])[ref.id].price_minor


def test_the_dry_run_tells_everything_and_writes_nothing(shop, goods, send, actor, now):
    before = (Change.objects.count(), Activity.objects.count())

    task_id = send(PRICES)

    task = queries.import_task(shop, task_id)
    assert (task.state, task.kind, task.total) == ("ready", "price", 4)
    assert task.forecast == {"updated": 2, "failed": 2, "moderated": 0, "quarantine": 0}
    assert (Change.objects.count(), Activity.objects.count()) == before
    assert price_of(shop, "A") == 199900
    rows = importing.differences(seller=shop, task_id=task_id, actor=actor, now=now, outcome="updated")
    assert [(number, each.differences) for number, each in rows] == [
        (2, (("price.price", "1999.00", "1500"),)), (3, (("price.price", "1999.00", "2000"),))]
    wrong = queries.import_items(shop, task_id, outcome="failed")
    assert [(item.row_number, item.errors[0].code, item.errors[0].cell) for item in wrong] == [
        (4, "offer_id_not_found", "A4"), (5, "offer_id_repeated", "A5")]


@pytest.mark.parametrize(("kind", "text"), [
    ("price", "Offer ID;Price\nWHITE-41O7;1500\nNONE;1\n"),
    ("images", "Offer ID;Picture addresses\nwhite-4107;https://example.com/a.jpg\nNONE;https://example.com/a.jpg\n")])
def test_an_unknown_offer_is_met_with_those_that_read_like_it(shop, goods, draft, send, actor, now, kind, text,
                                                              django_assert_num_queries):
    products.apply_drafts(seller=shop, drafts=[draft("WHITE-4107"), draft("WHITE-4108")], actor=actor, now=now)

    task_id = send(text)

    found = queries.import_items(shop, task_id, outcome="failed")
    said = {item.row_number: {error.code: error.suggestions for error in item.errors} for item in found}
    assert said[2]["offer_id_not_found"][0] == "WHITE-4107"
    assert said[3]["offer_id_not_found"] == ()
    with django_assert_num_queries(1):
        assert len(queries.nearest_offers(shop, [f"WHITE-{at}" for at in range(4000, 4100)])) == MOST_ASKED
    with django_assert_num_queries(0):
        assert queries.nearest_offers(shop, [""]) == {}


def test_the_dry_run_counts_prices_that_would_be_held_back(shop, goods, send):
    task_id = send("Offer ID;Price\nA;500\nB;1900\n")

    assert queries.import_task(shop, task_id).forecast == {"updated": 2, "moderated": 0, "quarantine": 1}


def test_a_yes_saves_what_was_shown_and_a_no_saves_nothing(shop, goods, send, now):
    task_id = send(PRICES)
    importing.confirm(seller=shop, task_id=task_id)
    worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert (task.state, task.updated, task.failed, task.done) == ("done", 2, 2, 4)
    assert (price_of(shop, "A"), price_of(shop, "B")) == (150000, 200000)
    with pytest.raises(ImportMoved):
        importing.confirm(seller=shop, task_id=task_id)

    second = send("Offer ID;Price\nA;1\n")
    importing.stop(seller=shop, task_id=second, now=now)
    worker.run_until_idle()
    assert (queries.import_task(shop, second).state, price_of(shop, "A")) == ("stopped", 150000)


def test_a_pause_holds_after_the_rows_at_hand_and_going_on_ends_it(shop, goods, send, monkeypatch, actor, now):
    monkeypatch.setattr(import_run, "CHUNK", 1)
    task_id = send("Offer ID;Price\nA;1500\nB;2000\nC;2500\n", ask=False, work=False)
    finish = import_run.import_rows.finish

    def paused(*args) -> None:
        finish(*args)
        importing.pause(seller=shop, task_id=task_id)

    monkeypatch.setattr(import_run.import_rows, "finish", paused)
    worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert (task.state, task.updated) == ("paused", 1)
    monkeypatch.setattr(import_run.import_rows, "finish", finish)
    importing.resume(seller=shop, task_id=task_id)
    worker.run_until_idle()
    assert queries.import_task(shop, task_id).updated == 3
    assert (Batch.objects.filter(import_task_id=task_id).count(), price_of(shop, "C")) == (1, 250000)


def test_a_stop_in_the_middle_keeps_what_is_saved_and_it_can_be_undone(shop, goods, send, monkeypatch, actor, now):
    monkeypatch.setattr(import_run, "CHUNK", 1)
    task_id = send("Offer ID;Price\nA;1500\nB;2000\nC;2500\n", ask=False, work=False)
    finish = import_run.import_rows.finish

    def stopped(*args) -> None:
        finish(*args)
        importing.stop(seller=shop, task_id=task_id, now=now)

    monkeypatch.setattr(import_run.import_rows, "finish", stopped)
    worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert (task.state, task.updated, task.pending) == ("stopped", 1, 2)
    undo(seller=shop, batch_id=queries.changes.batch_of_import(shop, task_id).id, actor=actor, now=now)
    assert price_of(shop, "A") == 199900


def test_columns_nobody_knows_are_named_once_and_remembered(shop, goods, send):
    task_id = send("Mein Code;Betrag;Notiz\nA;1500;x\n#B;1;y\n")
    assert queries.import_task(shop, task_id).state == "mapping"
    with pytest.raises(Invalid) as refused:
        importing.map_columns(seller=shop, task_id=task_id, keys={1: "parts.price.price", 2: "nonsense"})
    assert [error.code for error in refused.value.fields] == ["column_unknown", "offer_column_missing"]
    assert not ColumnName.objects.exists()

    importing.map_columns(seller=shop, task_id=task_id, keys={0: "offer_id", 1: "parts.price.price", 2: ""})
    worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert (task.state, task.total, task.forecast["updated"], task.kind) == ("ready", 1, 1, "price")
    again = queries.import_task(shop, send("Betrag;mein code\n1600;B\n"))
    assert (again.state, [each.key for each in again.columns]) == ("ready", ["parts.price.price", "offer_id"])


def test_failed_rows_are_corrected_in_the_browser_and_only_those_are_done_again(shop, goods, send):
    task_id = send("Offer ID;Price\nA;1500\nB;free\nC;-1\n", ask=False)
    assert queries.import_task(shop, task_id).failed == 2

    count = importing.rerun(seller=shop, task_id=task_id, parts=ALL, edits={
        3: {"parts.price.price": "2000", "nonsense": "1"}, 2: {"parts.price.price": "9"}})
    worker.run_until_idle()

    task = queries.import_task(shop, task_id)
    assert (count, task.state, task.updated, task.failed) == (1, "done", 2, 1)
    assert (price_of(shop, "A"), price_of(shop, "B")) == (150000, 200000)
    assert Batch.objects.filter(import_task_id=task_id).get().changed == 2
    importing.rerun(seller=shop, task_id=task_id, parts=frozenset(), edits={4: {"parts.price.price": "5"}})
    worker.run_until_idle()
    assert queries.import_task(shop, task_id).failed == 1


def test_failed_rows_of_a_text_file_come_back_as_one_with_reasons_that_an_upload_leaves_out(shop, goods, send, now):
    task_id = send("Offer ID,Price\nA,1500\nB,free\n", ask=False)

    data, kind = workbooks.failed_rows(seller=shop, task_id=task_id, language="en", now=now)

    lines = data.decode("utf-8-sig").splitlines()
    assert (kind, lines[0]) == ("csv", '"Offer ID";"Price";"# !"')
    assert lines[1].startswith('"B";"free";"Price: ')
    again = queries.import_task(shop, send(data.decode().replace("free", "2000"), ask=False))
    assert (again.updated, again.notes) == (1, ())


def test_the_same_file_is_recognised(shop, goods, send, rival_shop):
    first = send(PRICES)
    second = send(PRICES, name="other.csv")

    assert queries.same_file(shop, second).id == first
    assert queries.same_file(shop, first) is None
    assert queries.same_file(rival_shop, second) is None


def test_clear_empties_a_value_and_an_empty_cell_leaves_it(shop, goods, send):
    send("Offer ID;Description;Price before discount;Barcodes\nA;Good;2500;4601234567890\n", ask=False)
    send("Offer ID;Description;Price before discount;Barcodes\nA;;;\n", ask=False)
    ref = queries.refs(shop, offer_ids=["A"])[0]
    card = queries.product(shop, ref.id)
    assert (card.description, card.barcodes) == ("Good", ("4601234567890",))
    assert pricing.prices(shop, [ref.id])[ref.id].old_price_minor == 250000

    send("Offer ID;Description;Price before discount;Barcodes\nA;#CLEAR;#clear;-\n", ask=False)

    card = queries.product(shop, ref.id)
    assert (card.description, card.barcodes) == ("", ())
    assert pricing.prices(shop, [ref.id])[ref.id].old_price_minor == 0


def test_steering_somebody_elses_import_is_unknown(rival_shop, goods, send, now):
    task_id = send(PRICES)

    for act in (lambda: importing.confirm(seller=rival_shop, task_id=task_id),
                lambda: importing.pause(seller=rival_shop, task_id=task_id),
                lambda: importing.resume(seller=rival_shop, task_id=task_id),
                lambda: importing.stop(seller=rival_shop, task_id=task_id, now=now),
                lambda: importing.map_columns(seller=rival_shop, task_id=task_id, keys={}),
                lambda: importing.rerun(seller=rival_shop, task_id=task_id, edits={}, parts=ALL)):
        with pytest.raises(ImportUnknown):
            act()
    assert ImportTask.objects.get(pk=task_id).state == "ready"


def test_pages_lead_from_upload_to_undo(anna_client, shop, goods):
    sent = SimpleUploadedFile("prices.csv", PRICES.encode())
    anna_client.post("/imports/", {"file": sent})
    worker.run_until_idle()
    task_id = ImportTask.objects.latest("id").pk
    ready = anna_client.get(f"/imports/{task_id}/").content.decode()
    failed = anna_client.get(f"/imports/{task_id}/?show=failed").content.decode()
    anna_client.post(f"/imports/{task_id}/steer", {"act": "confirm"})
    worker.run_until_idle()
    report = anna_client.get(f"/imports/{task_id}/").content.decode()
    batch_id = queries.changes.batch_of_import(shop, task_id).id
    change = anna_client.get(f"/changes/{batch_id}/").content.decode()
    undone = anna_client.post(f"/changes/{batch_id}/undo", follow=True).content.decode()
    listed = anna_client.get("/changes/?source=file").content.decode()

    for text, page in (("Nothing is saved yet", ready), ("Save 2 products", ready), ("1999.00", ready),
                       ("no product with this offer ID", failed), ("You can undo this import until", report),
                       ("Save the corrections", report), ("1,500", change), ("Do it again", undone),
                       ("prices.csv", listed)):
        assert text in page, text
    assert (price_of(shop, "A"), Product.objects.count()) == (199900, 3)


def test_a_dry_run_of_a_page_needs_the_same_queries_for_many_rows(shop, goods, send, actor, now, draft, statements):
    products.apply_drafts(seller=shop, drafts=[draft(f"M-{at}") for at in range(30)], actor=actor, now=now)
    few = send("Offer ID;Price\nA;1500\n")
    many = send("Offer ID;Price\n" + "".join(f"M-{at};1500\n" for at in range(25)))

    counts = [statements(lambda task_id=task_id: importing.differences(
        seller=shop, task_id=task_id, actor=actor, now=now, limit=25)) for task_id in (few, few, many)]

    assert counts[1] == counts[2] <= 14


def test_H03_a_worker_that_wakes_up_after_its_lease_writes_nothing(shop, goods, send, monkeypatch):
    monkeypatch.setattr(import_run, "CHUNK", 1)
    task_id = send("Offer ID;Price\nA;1500\nB;2000\nC;2500\n", ask=False, work=False)
    finish = import_run.import_rows.finish
    old = queue.claim(["default"], 1)[0]

    def overtaken(*args) -> None:
        """While this chunk was at work the lease ran out, and another worker claims the job when it is saved."""
        finish(*args)
        Job.objects.filter(pk=old.id).update(lease_until="2000-01-01T00:00:00Z")
        new.append(queue.claim(["default"], 1)[0])

    new: list[queue.Lease] = []
    monkeypatch.setattr(import_run.import_rows, "finish", overtaken)

    assert queue.run(old) is False
    assert queries.import_task(shop, task_id).updated == 1
    assert (price_of(shop, "B"), Job.objects.get(pk=old.id).token) == (199900, new[0].token)

    monkeypatch.setattr(import_run.import_rows, "finish", finish)
    assert queue.run(new[0]) is True
    assert queries.import_task(shop, task_id).updated == 3


def test_the_dry_run_says_what_the_limits_leave(shop, goods, draft, send, actor, now, anna_client):
    rules.put("catalog.assortment", str(shop.id), {"live": 5}, valid_from=SINCE, source="test")
    found = products.apply_drafts(seller=shop, drafts=[draft(name) for name in ("D", "E", "F")], actor=actor, now=now)
    assert [outcome.outcome for outcome in found] == ["created", "created", "failed"]
    assert [(error.field, error.code, error.data["limit"]) for error in found[2].errors] == [
        ("offer_id", "item_limit_exceeded", 5)]
    assert queries.room(shop, now) == (0, 5)

    rules.put("catalog.assortment", str(shop.id), {"live": 7}, valid_from=SINCE + timedelta(days=1),
              source="test")
    task_id = send("\n".join([
        "offer_id;name;type;price;depth_mm;width_mm;height_mm;weight_g;vat;Brand;Model name;Product colour;Connection",
        *(f"{name};Aria 5;91101;1000;200;90;220;350;20%;No brand;Aria 5;Black;Bluetooth" for name in "GHJ")]))

    forecast = queries.import_task(shop, task_id).forecast
    assert (forecast["created"], forecast["failed"]) == (2, 1)
    text = anna_client.get(f"/imports/{task_id}/").content.decode()
    assert "Products at present: 5 of 7. After saving there is no room left" in text
    shown = importing.differences(seller=shop, task_id=task_id, actor=actor, now=now, outcome="failed")
    assert [[error.code for error in each.outcome.errors] for _number, each in shown] == [["item_limit_exceeded"]]


def test_the_dry_run_says_when_prices_may_change_again(shop, goods, send, actor, now, anna_client):
    rules.put("pricing.changes_per_hour", "", {"changes": 2}, valid_from=SINCE, source="test")
    importing.confirm(seller=shop, task_id=send("Offer ID;Price\nA;1900\n"))
    worker.run_until_idle()

    task_id = send("Offer ID;Price\nA;1800\nB;1800\n")

    task = queries.import_task(shop, task_id)
    assert (task.forecast["updated"], task.forecast["failed"], task.forecast["limited"]) == (1, 1, 1)
    assert 59 * 60 <= task.forecast["again_at"] - clock.real_now().timestamp() <= 61 * 60
    text = anna_client.get(f"/imports/{task_id}/").content.decode()
    assert "1 price has changed as often within the hour as is allowed." in text
    assert "All can be saved in" in text
