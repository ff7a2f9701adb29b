"""Labels as programs ask for them: a few as one file, many as tasks."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from sellerdesk.core import clock, worker
from sellerdesk.orders import services as orders
from tests.contract.conftest import MARKET

CREATE = {
    "/v1/posting/fbs/package-label/create": lambda numbers: {"posting_number": numbers},
    "/v2/posting/fbs/package-label/create": lambda numbers: {"posting_number": numbers},
    "/v3/posting/fbs/package-label/create": lambda numbers: {"posting_numbers": numbers},
}


@pytest.fixture
def packed(program, shelf, order_of):
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    orders.ship_many(seller=program.seller, numbers=[number], actor=MARKET, now=clock.now() - timedelta(minutes=1))
    return number


@pytest.mark.django_db(transaction=True)
def test_a_task_prints_a_large_and_a_small_label_and_names_what_is_not_ready(program, shelf, packed, order_of, client):
    waiting = order_of(program.seller, (shelf.ids["A-2"], 1))

    tasks = program.call("/v3/posting/fbs/package-label/create", {"posting_numbers": [packed, waiting]})["tasks"]
    before = program.call("/v2/posting/fbs/package-label/get", {"task_id": tasks[0]["task_id"]})
    worker.run_until_idle()
    done = [program.call("/v2/posting/fbs/package-label/get", {"task_id": one["task_id"]}) for one in tasks]

    assert [one["task_type"] for one in tasks] == ["big_label", "small_label"]
    assert (before["status"]["code"], before["file_url"]) == ("pending", "")
    assert [one["error"] for one in done] == [None, None]
    assert done[0]["status"] | {"unprinted_postings": 0} == {
        "code": "completed", "postings_count": 2, "printed_postings_count": 1, "unprinted_postings": 0}
    assert [one["posting_number"] for one in done[0]["status"]["unprinted_postings"]] == [waiting]
    sizes = []
    for one in done:
        [page] = PdfReader(io.BytesIO(client.get(one["file_url"]).content)).pages
        sizes.append([round(float(side) / 72 * 25.4) for side in page.mediabox[2:]])
        assert packed in page.extract_text()
    assert sizes == [[75, 120], [58, 40]]


def test_the_older_methods_start_the_same_tasks(program, packed):
    one = program.call("/v1/posting/fbs/package-label/create", {"posting_number": [packed]})["result"]
    two = program.call("/v2/posting/fbs/package-label/create", {"posting_number": [packed]})["result"]

    assert [task["task_type"] for task in two["tasks"]] == ["big_label", "small_label"]
    told = program.call("/v1/posting/fbs/package-label/get", {"task_id": one["task_id"]})["result"]
    assert told == {"error": "", "file_url": "", "printed_postings_count": 0, "status": "pending",
                    "unprinted_postings": [], "unprinted_postings_count": 0}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", CREATE)
def test_a_rivals_postings_and_tasks_do_not_exist(path, program, rival, packed):
    mine = program.call(path, CREATE[path]([packed]))
    task_id = (mine.get("result") or mine).get("task_id") or (mine.get("result") or mine)["tasks"][0]["task_id"]

    theirs = rival.call(path, CREATE[path]([packed]))
    worker.run_until_idle()
    other = (theirs.get("result") or theirs).get("task_id") or (theirs.get("result") or theirs)["tasks"][0]["task_id"]
    told = rival.call("/v1/posting/fbs/package-label/get", {"task_id": other})["result"]
    assert (told["status"], told["file_url"], told["printed_postings_count"]) == ("completed", "", 0)
    assert [one["posting_number"] for one in told["unprinted_postings"]] == [packed]
    for get in ("/v1/posting/fbs/package-label/get", "/v2/posting/fbs/package-label/get"):
        assert rival.refusal(get, {"task_id": task_id}) == (404, 5, "TASK_NOT_FOUND")
        assert program.refusal(get, {"task_id": task_id + 999}) == (404, 5, "TASK_NOT_FOUND")
