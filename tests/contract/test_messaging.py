"""Chats, reviews and questions over the API: the same services as the pages, in the contract's shapes."""

from __future__ import annotations

import base64
import io
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from sellerdesk.core.actor import Actor
from sellerdesk.messaging import services
from sellerdesk.messaging.types import QuestionInput, ReviewInput, Said
from sellerdesk.orders import queries as orders
from sellerdesk.orders.models import Posting

DMITRI = Actor.buyer("Dmitri")
NEVER = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def number(program, shelf, order_of):
    return order_of(program.seller, (shelf.ids["A-1"], 1))


@pytest.fixture
def chat(program, number, now):
    """A chat in which Dmitri has asked twice: its id."""
    services.buyers_say(seller=program.seller, actor=DMITRI, said=[
        Said(number, "Where is it?", now), Said(number, "Hello?", now)])
    return program.call("/v3/chat/list", {"limit": 10})["chats"][0]["chat"]["chat_id"]


def test_a_buyers_word_is_answered_by_program_and_marked_as_read(program, rival, number, chat, now):
    listed = program.call("/v3/chat/list", {"limit": 1, "filter": {"unread_only": True, "chat_status": "OPENED"}})
    history = program.call("/v3/chat/history", {"chat_id": chat})
    first = listed["chats"][0]["first_unread_message_id"]

    assert (listed["total_unread_count"], listed["chats"][0]["unread_count"], listed["has_next"]) == (2, 2, False)
    assert [one["data"] for one in history["messages"]] == [["Hello?"], ["Where is it?"]]
    assert history["messages"][1]["message_id"] == first
    assert int(first) > 2**53
    assert (history["messages"][0]["user"]["type"], history["messages"][0]["is_read"]) == ("Customer", False)
    assert program.call("/v2/chat/read", {"chat_id": chat, "from_message_id": first}) == {"unread_count": 1}
    assert program.call("/v1/chat/send/message", {"chat_id": chat, "text": "Today"}) == {"result": "success"}
    onwards = program.call("/v3/chat/history", {"chat_id": chat, "direction": "Forward", "from_message_id": first,
                                                "limit": 2})
    assert (len(onwards["messages"]), onwards["has_next"]) == (2, True)
    only = program.call("/v3/chat/history", {"chat_id": chat, "filter": {"message_ids": [first]}})
    assert [one["data"] for one in only["messages"]] == [["Where is it?"]]
    services.buyers_read(seller=program.seller, posting_numbers=[number], at=now, actor=DMITRI)
    answer = program.call("/v3/chat/history", {"chat_id": chat, "limit": 1})["messages"][0]
    assert (answer["user"]["type"], answer["is_read"], answer["context"]["order_number"]) == (
        "Seller", True, number.rpartition("-")[0])
    assert rival.call("/v3/chat/list", {})["chats"] == []
    for path, body in (("/v3/chat/history", {}), ("/v2/chat/read", {}), ("/v1/chat/send/message", {"text": "x"})):
        assert rival.refusal(path, {"chat_id": chat, **body}) == (404, 5, "CHAT_NOT_FOUND")
        assert program.refusal(path, {"chat_id": NEVER, **body}) == (404, 5, "CHAT_NOT_FOUND")


def test_a_chat_that_nobody_has_written_in_yet_is_listed_too(program, chat, shelf, order_of):
    silent = program.call("/v1/chat/start", {"posting_number": order_of(program.seller, (shelf.ids["A-1"], 1))})["result"]["chat_id"]

    first = program.call("/v3/chat/list", {"limit": 1})
    second = program.call("/v3/chat/list", {"limit": 1, "cursor": first["cursor"]})

    assert (first["has_next"], second["has_next"], second["cursor"]) == (True, False, "")
    listed = {one["chat"]["chat_id"]: one for one in first["chats"] + second["chats"]}
    assert set(listed) == {silent, chat}
    assert (listed[silent]["last_message_id"], listed[silent]["first_unread_message_id"], listed[silent]["unread_count"]) == (
        "0", "0", 0)
    assert program.refusal("/v3/chat/list", {"cursor": "nonsense"})[:2] == (400, 3)


def test_how_useful_buyers_found_a_review_is_told(program, rival, shelf, number, now):
    from sellerdesk.messaging.types import Vote

    Posting.objects.filter(number=number).update(state="delivered", delivered_at=now)
    [review_id] = services.write_reviews(seller=program.seller, actor=DMITRI, reviews=[
        ReviewInput(number, orders.posting(program.seller, number).lines[0].sku, 4, "Fine", now)])
    services.vote_on_reviews(seller=program.seller, votes=[Vote(review_id, True), Vote(review_id, True), Vote(review_id, False)])
    assert services.vote_on_reviews(seller=rival.seller, votes=[Vote(review_id, True)]) == 0

    key = program.call("/v2/review/list", {"limit": 20})["reviews"][0]["id"]
    for method in ("/v1/review/info", "/v2/review/info"):
        told = program.call(method, {"review_id": key})
        assert (told["likes_amount"], told["dislikes_amount"]) == (2, 1)


def test_a_file_travels_both_ways_and_its_link_needs_no_key(program, chat):
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "teal").save(out, "PNG")
    body = {"chat_id": chat, "name": "mug.png", "base64_content": base64.b64encode(out.getvalue()).decode()}

    assert program.call("/v1/chat/send/file", body) == {"result": "success"}

    message = program.call("/v3/chat/history", {"chat_id": chat, "limit": 1})["messages"][0]
    assert message["is_image"]
    [data] = message["data"]
    assert data.startswith("![mug.png](http")
    address = data[data.index("(") + 1:-1].removeprefix("http://testserver")
    assert Image.open(io.BytesIO(Client().get(address).content)).format == "WEBP"
    assert Client().get(address[:-3] + "xxx").status_code == 404
    assert program.refusal("/v1/chat/send/file", {**body, "base64_content": "%%%"})[:2] == (400, 3)
    assert program.refusal("/v1/chat/send/file", {**body, "base64_content": "aGVsbG8="})[:2] == (400, 3)


def test_a_program_begins_a_chat_within_the_window_only(program, rival, number, now):
    start = {"posting_number": number}
    begun = program.call("/v1/chat/start", start)["result"]["chat_id"]

    assert program.call("/v1/chat/start", start)["result"]["chat_id"] == begun
    assert rival.refusal("/v1/chat/start", start)[:2] == (404, 5)
    services.postings_ended([(program.seller.id, number, now - timedelta(hours=73))])
    assert program.refusal("/v1/chat/send/message", {"chat_id": begun, "text": "Hi"}) == (400, 9, "CHAT_CLOSED")
    assert program.refusal("/v1/chat/send/message", {"chat_id": begun, "text": "x" * 1001})[:2] == (400, 3)


@pytest.fixture
def review(program, number, now):
    """A review of a delivered order: its id."""
    Posting.objects.filter(number=number).update(state="delivered", delivered_at=now)
    line = orders.posting(program.seller, number).lines[0]
    services.write_reviews(seller=program.seller, actor=DMITRI, reviews=[
        ReviewInput(number, line.sku, 2, "Smaller than shown", now, "Dmitri")])
    [row] = program.call("/v2/review/list", {"limit": 20})["reviews"]
    return row["id"], line.sku


def test_a_review_is_listed_answered_and_its_reply_published(program, rival, review, now):
    key, sku = review
    row = program.call("/v2/review/info", {"review_id": key})
    old = program.call("/v1/review/list", {"limit": 20, "status": "UNPROCESSED"})["reviews"]

    assert (row["rating"], row["status"], row["order_status"], row["is_rating_participant"]) == (
        2, "NEW", "DELIVERED", True)
    assert [one["status"] for one in old] == ["UNPROCESSED"]
    made = program.call("/v1/review/comment/create", {"review_id": key, "text": "Sorry! Size is 8 cm.",
                                                      "mark_review_as_processed": True})["comment_id"]
    waiting = program.call("/v1/review/comment/list", {"review_id": key, "limit": 20})["comments"][0]
    services.run_due(now + timedelta(minutes=10))
    shown = program.call("/v1/review/comment/list", {"review_id": key, "limit": 20})["comments"][0]
    assert (waiting["is_published"], shown["is_published"], shown["id"], shown["is_owner"]) == (False, True, made, True)
    assert program.call("/v2/review/count") == {"new": 0, "viewed": 0, "processed": 1, "total": 1}
    assert program.call("/v2/review/list", {"limit": 20, "filters": {"status": "NEW"}})["reviews"] == []
    assert program.refusal("/v2/review/comment/delete", {"comment_id": made, "sku": sku + 1})[:2] == (400, 3)
    assert rival.refusal("/v2/review/comment/delete", {"comment_id": made, "sku": sku})[:2] == (404, 5)
    assert program.call("/v2/review/comment/delete", {"comment_id": made, "sku": sku}) == {}
    assert program.call("/v2/review/change-status", {"review_ids": [key], "status": "VIEWED"}) == {}
    assert program.call("/v1/review/count") == {"processed": 0, "unprocessed": 1, "total": 1}
    assert rival.refusal("/v2/review/change-status", {"review_ids": [key], "status": "VIEWED"})[:2] == (404, 5)
    assert program.refusal("/v2/review/list", {"limit": 19}) == (
        400, 3, "Request validation error: invalid ReviewListRequest.Limit: value must be inside range [20, 100]")


def test_a_question_is_answered_and_the_sku_asked_about_most_named(program, rival, shelf, now):
    product = shelf.ids["A-1"]
    services.ask_questions(seller=program.seller, actor=DMITRI, questions=[
        QuestionInput(product, text, now, "Dmitri") for text in ("What size is it?", "How tall?")])
    page = program.call("/v1/question/list", {"limit": 1, "sort_dir": "ASC"})
    [row], key = page["questions"], page["last_id"]

    assert (row["text"], row["status"], row["author_name"], page["has_next"]) == (
        "What size is it?", "NEW", "Dmitri", True)
    assert [one["text"] for one in program.call("/v1/question/list", {
        "last_id": key, "sort_dir": "ASC"})["questions"]] == ["How tall?"]
    made = program.call("/v1/question/answer/create", {"question_id": key, "sku": row["sku"], "text": "8 cm"})
    [answer] = program.call("/v1/question/answer/list", {"question_id": key, "sku": row["sku"]})["answers"]
    assert (answer["id"], answer["text"], answer["status_publication"]) == (
        made["answer_id"], "8 cm", "AWAITING_MODERATION")
    assert program.call("/v1/question/count") == {"all": 2, "new": 1, "viewed": 0, "processed": 1, "unprocessed": 1}
    assert program.call("/v1/question/top-sku", {"limit": 5}) == {"sku": [str(row["sku"])]}
    assert program.call("/v1/question/change-status", {"question_ids": [key], "status": "NEW"}) == {}
    assert rival.refusal("/v1/question/info", {"question_id": key}) == (404, 5, "QUESTION_NOT_FOUND")
    assert rival.refusal("/v1/question/answer/delete", {"answer_id": made["answer_id"], "sku": row["sku"]})[:2] == (
        404, 5)
    assert program.call("/v1/question/answer/delete", {"answer_id": made["answer_id"], "sku": row["sku"]}) == {}
    assert program.call("/v1/question/info", {"question_id": key})["answers_count"] == 0
    assert program.refusal("/v1/question/answer/create", {"question_id": key, "sku": row["sku"], "text": "x"})[:2] == (
        400, 3)
