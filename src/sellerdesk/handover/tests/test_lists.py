from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from sellerdesk.handover import queries, services
from sellerdesk.handover.errors import NothingToPrint
from sellerdesk.handover.types import PaperFilter
from sellerdesk.inventory import queries as inventory
from sellerdesk.inventory import services as inventory_services
from sellerdesk.orders.errors import PostingNotFound


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def act(stall, **more):
    return {"seller": stall.seller, "actor": stall.actor, "now": stall.now, "language": "en", **more}


def test_a_pick_list_adds_up_what_to_take_in_the_order_of_the_shelves(stall) -> None:
    numbers = stall.place(stall.request((stall.mug, 2), (stall.pan, 1)), stall.request((stall.mug, 3)))
    inventory_services.set_shelves(seller=stall.seller, warehouse_id=stall.warehouse_id, actor=stall.actor,
                                   now=stall.now, shelves={stall.mug: "B-02", stall.pan: "A-17"})

    [page] = pages(services.pick_list(numbers=numbers, **act(stall)).file.data)

    assert page.index("A-17") < page.index("PAN-1") < page.index("B-02") < page.index("MUG-1")
    lines = page.split("\n")
    assert lines[lines.index("MUG-1") + 2] == "5"
    assert f"{numbers[0]} × 2" in page.replace("\n", " ")
    assert "2 postings" in page


def test_a_slip_for_each_parcel_in_the_order_asked_in_three_scripts(stall) -> None:
    numbers = stall.place(stall.request(buyer="王小明", city="乌鲁木齐"), stall.request(buyer="Дмитрий К."))

    found = pages(services.packing_slips(numbers=numbers[::-1], **act(stall, language="zh-hans")).file.data)

    assert len(found) == 2
    assert ["Дмитрий К." in found[0], "王小明" in found[1], "装箱单" in found[0]] == [True] * 3
    [row] = queries.papers_page(stall.seller, filter=PaperFilter(search=numbers[1])).rows
    assert (row.kind, row.postings, row.pages) == ("packing_slip", 2, 2)


def test_a_long_list_goes_on_under_its_head(stall) -> None:
    numbers = stall.place(*(stall.request() for _ in range(20)), *(stall.request((stall.pan, 1)) for _ in range(20)))

    found = pages(services.packing_slips(numbers=numbers, **act(stall)).file.data)

    assert len(found) == 40
    assert "Page 40 of 40" in found[-1]


@pytest.mark.parametrize("make", [services.pick_list, services.packing_slips])
def test_unknown_postings_make_no_paper(stall, rival_stall, make) -> None:
    [theirs] = rival_stall.place()

    with pytest.raises(NothingToPrint):
        make(numbers=[], **act(stall))
    with pytest.raises(PostingNotFound):
        make(numbers=[theirs], **act(stall))


def test_shelves_are_named_on_a_page(stall, anna_client) -> None:
    stall.place()
    page = reverse("handover:shelves")

    saved = anna_client.post(f"{page}?warehouse={stall.warehouse_id}", {
        f"s-{stall.mug}": "  C-01   2 ", f"s-{stall.pan}": "", "s-999": "X"}, follow=True).content.decode()

    assert "1 shelf saved." in saved
    assert 'value="C-01 2"' in saved
    assert inventory.shelves(stall.seller, [stall.mug, stall.pan]) == {(stall.warehouse_id, stall.mug): "C-01 2"}


def test_lists_open_from_the_list_of_orders(stall, anna_client) -> None:
    numbers = stall.place(stall.request(), stall.request())

    for name in ("handover:pick_list", "handover:packing_slips"):
        assert anna_client.post(reverse(name), {"ids": numbers}, follow=True)["Content-Type"] == "application/pdf"
    nothing = anna_client.post(reverse("handover:pick_list"), {"ids": ["1-1-1"]}, follow=True)
    assert "Choose at least one posting." in nothing.content.decode()
