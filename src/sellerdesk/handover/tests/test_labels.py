from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sellerdesk.core import activity, worker
from sellerdesk.core import rules as dated
from sellerdesk.handover import queries, services
from sellerdesk.handover.errors import BatchUnknown, NothingToPrint, PaperUnknown, PostingsNotReady, TooManyLabels
from sellerdesk.handover.models import Paper
from sellerdesk.handover.types import PaperFilter, Printing
from sellerdesk.inventory import services as inventory
from sellerdesk.inventory.types import StockInput
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders import services as orders
from sellerdesk.orders.errors import PostingNotFound


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def label(stall, *numbers, **more):
    return services.label(seller=stall.seller, numbers=numbers, actor=stall.actor, now=more.pop("now", stall.now),
                          **more)


def start(stall, numbers, **more):
    return services.start_batch(seller=stall.seller, numbers=numbers, actor=stall.actor, now=more.pop("now", stall.now),
                                language="en", **more)


def test_pages_stand_in_the_order_of_the_screen_and_each_printing_is_counted(stall) -> None:
    numbers = stall.packed(stall.request(city="Казань"), stall.request(city="乌鲁木齐", buyer="王小明"))

    file = label(stall, *numbers[::-1], language="zh-hans")
    label(stall, numbers[0])

    pages = texts(file.data)
    assert ["王小明" in pages[0], "Казань" in pages[1], "维洛快递" in pages[1]] == [True] * 3
    assert [logistics.labels_printed(stall.seller, number) for number in numbers] == [2, 1]
    events = [entry.target_id for entry in activity.latest(stall.seller.id) if entry.event == "orders.posting.labelled"]
    assert sorted(events) == sorted([*numbers, numbers[0]])


def test_a_few_labels_come_all_or_none(stall) -> None:
    [ready], [unpacked] = stall.packed(), stall.place()

    with pytest.raises(PostingsNotReady) as waiting:
        label(stall, ready, unpacked)
    with pytest.raises(PostingNotFound):
        label(stall, ready, "1-1-1")
    with pytest.raises(TooManyLabels):
        label(stall, *(f"{index}-1-1" for index in range(21)))

    assert waiting.value.numbers == [unpacked]
    assert logistics.labels_printed(stall.seller, ready) == 0
    assert Paper.objects.count() == 0


def test_a_label_is_ready_when_the_dated_rule_says(stall) -> None:
    [number] = stall.place()
    orders.ship_many(seller=stall.seller, numbers=[number], actor=stall.actor, now=stall.now)

    with pytest.raises(PostingsNotReady) as early:
        label(stall, number, now=stall.now + timedelta(seconds=44))
    dated.put("handover.label_delay", "", {"seconds": 600}, valid_from=stall.now + timedelta(seconds=1), source="test")

    assert early.value.ready_at == stall.now + timedelta(seconds=45)
    # The rule of the moment of packing counts, not a later one.
    assert label(stall, number, now=stall.now + timedelta(seconds=45)).data.startswith(b"%PDF")


def test_a_batch_prints_what_is_ready_and_names_the_rest_with_the_reason(stall) -> None:
    packed, [unpacked], [fresh] = stall.packed(stall.request(), stall.request()), stall.place(), stall.place()
    orders.ship_many(seller=stall.seller, numbers=[fresh], actor=stall.actor, now=stall.now - timedelta(seconds=5))

    card = queries.batch(stall.seller, start(stall, [fresh, packed[1], unpacked, "1-1-1", packed[0]], at_once=True))

    assert (card.state, card.total, card.printed) == ("completed", 5, 2)
    assert [(one.number, one.code, one.ready_at) for one in card.unprinted] == [
        (fresh, "not_ready", stall.now + timedelta(seconds=40)), (unpacked, "wrong_state", None),
        ("1-1-1", "not_found", None)]
    pages = texts(services.open_paper(seller=stall.seller, paper_id=card.paper_id).data)
    assert [packed[1] in pages[0], packed[0] in pages[1], len(pages)] == [True, True, 2]

    rest = services.print_rest(seller=stall.seller, batch=card, actor=stall.actor,
                               now=stall.now + timedelta(minutes=1), language="en")
    again = queries.batch(stall.seller, rest)
    assert (again.total, again.printed, [one.code for one in again.unprinted]) == (2, 1, ["wrong_state"])


@pytest.mark.parametrize(("kind", "size"), [("pdf", "58x40"), ("pdf", "a4x21"), ("zpl", "75x120")])
def test_two_hundred_labels_are_one_job_and_one_file(stall, kind, size) -> None:
    inventory.set_stocks(seller=stall.seller, actor=stall.actor, now=stall.now, changes=[
        StockInput(warehouse_id=stall.warehouse_id, stock=200, product_id=stall.mug)])
    numbers = stall.packed(*(stall.request() for _ in range(200)))
    [unpacked] = stall.place(stall.request((stall.pan, 1)))

    batch_id = start(stall, [*numbers[:100], unpacked, *numbers[100:]], printing=Printing(size, kind))
    before = queries.batch(stall.seller, batch_id)
    services.run_batch(batch_id=batch_id, now=stall.now)
    services.run_batch(batch_id=batch_id, now=stall.now)

    card = queries.batch(stall.seller, batch_id)
    assert (before.state, before.job_id is not None) == ("pending", True)
    assert (card.state, card.total, card.printed) == ("completed", 201, 200)
    assert [one.number for one in card.unprinted] == [unpacked]
    data = services.open_paper(seller=stall.seller, paper_id=card.paper_id).data
    if kind == "zpl":
        assert re.findall(r"\^BCN[^\^]*\^FH_\^FD([^^]*)\^FS", data.decode())[::2] == numbers
    else:
        pages = texts(data)
        assert len(pages) == (200 if size == "58x40" else 10)
        assert re.findall(r"\d{8}-\d{4}-1", "".join(pages)) == numbers
    # Run twice, as a worker may: printed once.
    assert logistics.labels_printed(stall.seller, numbers[0]) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_prints_a_long_batch(stall) -> None:
    numbers = stall.packed(stall.request(), stall.request())

    batch_id = start(stall, numbers)
    worker.run_until_idle()

    card = queries.batch(stall.seller, batch_id)
    assert (card.state, card.printed) == ("completed", 2)


def test_what_cannot_be_a_batch_is_refused(stall, rival_shop) -> None:
    with pytest.raises(NothingToPrint):
        start(stall, [])
    with pytest.raises(TooManyLabels):
        start(stall, [f"{index}-1-1" for index in range(1001)])
    made = start(stall, stall.packed(), at_once=True)
    for unknown in (made + 1, 0, 2**64):
        with pytest.raises(BatchUnknown):
            queries.batch(stall.seller, unknown)
    with pytest.raises(BatchUnknown):
        queries.batch(rival_shop, made)


def test_a_batch_costs_the_same_for_two_and_for_twenty(stall, statements) -> None:
    numbers = stall.packed(*(stall.request() for _ in range(20)))
    start(stall, numbers[:1], at_once=True)

    few = statements(lambda: start(stall, numbers[:2], at_once=True))

    assert statements(lambda: start(stall, numbers, at_once=True)) == few <= 30


def test_the_archive_finds_a_paper_by_any_number_on_it(stall, rival_shop) -> None:
    numbers = stall.packed(stall.request(), stall.request(), stall.request())
    first, second = label(stall, *numbers[:2]), label(stall, numbers[2])

    def found(search: str, **more: object) -> list[str]:
        return [row.name for row in queries.papers_page(stall.seller, filter=PaperFilter(search=search, **more)).rows]

    assert found("") == [second.name.removesuffix(".pdf"), first.name.removesuffix(".pdf")]
    assert found(numbers[1].upper()) == [first.name.removesuffix(".pdf")]
    assert found(numbers[2]) == [second.name.removesuffix(".pdf")]
    assert found("no such thing") == []
    assert found("", kinds=("act",)) == []
    assert queries.papers_page(rival_shop, filter=PaperFilter()).rows == []
    assert [row.postings for row in queries.papers_of(stall.seller, numbers[0])] == [2]


def test_a_paper_stays_as_it_was_until_its_term_is_over(stall) -> None:
    [number] = stall.packed()
    printed = label(stall, number)
    [row] = queries.papers_page(stall.seller, filter=PaperFilter()).rows

    services.reprint(seller=stall.seller, paper_id=row.id)
    assert services.open_paper(seller=stall.seller, paper_id=row.id) == printed
    assert (row.keep_until - stall.now).days == 30
    assert services.end_terms(now=row.keep_until - timedelta(seconds=1)) == 0
    assert [services.end_terms(now=row.keep_until) for _ in range(2)] == [1, 0]

    [kept] = queries.papers_page(stall.seller, filter=PaperFilter()).rows
    assert (kept.file_kept, kept.reprints) == (False, 1)
    assert logistics.labels_printed(stall.seller, number) == 2
    with pytest.raises(PaperUnknown):
        services.open_paper(seller=stall.seller, paper_id=row.id)


def test_a_closed_shop_keeps_no_names_of_buyers(stall) -> None:
    label(stall, *stall.packed())

    assert [services.forget_shop(seller_id=stall.seller.id) for _ in range(2)] == [1, 0]
    assert Paper.objects.get().search_text == ""


def test_from_the_list_labels_open_at_once_or_the_page_tells_what_is_missing(stall, anna_client) -> None:
    packed, [unpacked] = stall.packed(stall.request(), stall.request()), stall.place()

    ready = anna_client.post(reverse("handover:labels"), {"ids": packed}, follow=True)
    partly = anna_client.post(reverse("handover:labels"), {"ids": [*packed, unpacked]}, follow=True)
    nothing = anna_client.post(reverse("handover:labels"), {"ids": ["1-1-1"]}, follow=True)

    assert (ready["Content-Type"], ready["Content-Disposition"].startswith("inline")) == ("application/pdf", True)
    html = partly.content.decode()
    assert "2 labels of 3 are in the file" in html
    assert unpacked in html
    assert "Choose at least one posting." in nothing.content.decode()


def test_the_shop_chooses_its_size_once(stall, anna_client) -> None:
    [number] = stall.packed()
    page = reverse("handover:printing")

    wrong = anna_client.post(page, {"size": "a4x21", "kind": "zpl", "first_cell": "1"})
    right = anna_client.post(page, {"size": "100x150", "kind": "zpl", "first_cell": ""}, follow=True)
    file = anna_client.post(reverse("handover:label", args=[number]), follow=True)

    assert wrong.status_code == 422
    assert "label printers have rolls" in wrong.content.decode()
    assert "Saved." in right.content.decode()
    assert queries.printing(stall.seller) == Printing("100x150", "zpl", 1)
    assert file["Content-Type"] == "application/zpl"
    assert file["Content-Disposition"].startswith("attachment")
    assert file.content.startswith(b"^XA")


def test_a_link_of_the_api_opens_without_a_session_and_not_for_ever(stall, client, monkeypatch) -> None:
    label(stall, *stall.packed())
    [row] = queries.papers_page(stall.seller, filter=PaperFilter()).rows
    path = queries.file_path(stall.seller, row.id)

    fresh, forged = client.get(path), client.get(path[:-1] + ("A" if path[-1] != "A" else "B"))
    monkeypatch.setattr(queries, "LINK_SECONDS", -1)

    assert fresh.content.startswith(b"%PDF")
    assert forged.status_code == 404
    assert client.get(path).status_code == 404
