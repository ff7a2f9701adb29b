"""Buyers' requests to cancel, as programs answer them."""

from __future__ import annotations

import pytest

from sellerdesk.core.actor import Actor
from sellerdesk.orders import queries as orders
from sellerdesk.orders import services
from sellerdesk.orders.models import Posting
from sellerdesk.orders.types import CancelWish

LIST = "/v2/conditional-cancellation/list"


@pytest.fixture
def asked(program, shelf, order_of, now):
    """A posting that the shop delivers itself, which Dmitri wants to cancel: its number and the request's id."""
    number = order_of(program.seller, (shelf.ids["A-1"], 1))
    Posting.objects.filter(number=number).update(scheme="rfbs", integration="non_integrated")
    [answer] = services.ask_to_cancel(seller=program.seller, actor=Actor.buyer("Dmitri"), wishes=[
        CancelWish(number, 505, "Found it at home", now)])
    return number, answer.request_id


def test_requests_are_listed_filtered_and_counted(program, rival, asked):
    number, request_id = asked

    answer = program.call(LIST, {"limit": 10, "filters": {"state": "ON_APPROVAL", "posting_number": [number]},
                                 "with": {"counter": True}})

    [row] = answer["result"]
    assert (row["cancellation_id"], row["posting_number"], row["cancellation_initiator"]) == (
        request_id, number, "CLIENT")
    assert (row["state"]["state"], row["cancellation_reason"]["id"], row["cancellation_reason_message"]) == (
        "ON_APPROVAL", 505, "Found it at home")
    assert (row["tpl_integration_type"], answer["counter"], answer["last_id"]) == ("non_integrated", 1, request_id)
    for nothing in ({"state": "APPROVED"}, {"cancellation_initiator": ["SELLER"]}, {"posting_number": ["1-1-1"]}):
        assert program.call(LIST, {"limit": 10, "filters": nothing})["result"] == []
    assert rival.call(LIST, {"limit": 10})["result"] == []
    assert program.refusal(LIST, {"limit": 501})[:2] == (400, 3)


def test_a_request_is_approved_once(program, rival, asked):
    number, request_id = asked
    body = {"cancellation_id": request_id, "comment": "Fine"}
    approve = "/v2/conditional-cancellation/approve"

    assert rival.refusal(approve, body) == (404, 5, "CANCELLATION_NOT_FOUND")
    assert program.call(approve, body) == {}

    assert orders.posting(program.seller, number).state == "cancelled"
    assert program.refusal(approve, body) == (400, 9, "CANCELLATION_ALREADY_DECIDED")


def test_a_refusal_needs_a_comment_and_leaves_the_posting(program, asked):
    number, request_id = asked
    reject = "/v2/conditional-cancellation/reject"

    assert program.refusal(reject, {"cancellation_id": request_id}) == (400, 3, "COMMENT_REQUIRED")
    assert program.call(reject, {"cancellation_id": request_id, "comment": "On its way"}) == {}

    assert orders.posting(program.seller, number).state == "awaiting_packaging"
    [row] = program.call(LIST, {"limit": 10})["result"]
    assert (row["state"]["state"], row["approve_comment"]) == ("REJECTED", "On its way")
