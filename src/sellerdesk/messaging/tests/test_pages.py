"""The pages of chats, reviews and questions."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sellerdesk.core.actor import Actor
from sellerdesk.messaging import queries, services
from sellerdesk.messaging.types import QuestionInput, ReviewInput, Said

pytestmark = pytest.mark.django_db
DMITRI = Actor.buyer("Dmitri")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def chat_id(stall):
    [number] = stall.place()
    return services.buyers_say(seller=stall.seller, actor=DMITRI, said=[Said(number, "Where is my mug?", stall.now)])[0]


@pytest.fixture
def review_id(stall):
    [number] = stall.handed_over()
    stall.scan(number, "accepted", "delivered")
    return services.write_reviews(seller=stall.seller, actor=DMITRI, reviews=[
        ReviewInput(number, stall.sku(stall.mug), 2, "<script>alert(1)</script> too small", stall.now)])[0]


def text(response) -> str:
    return response.content.decode()


def test_a_chat_is_found_read_and_answered_without_reload(stall, chat_id, anna_client):
    listed = text(anna_client.get(reverse("messaging:chats")))
    page = text(anna_client.get(reverse("messaging:chat", args=[chat_id])))
    version = queries.chat(stall.seller, chat_id).version
    thread = reverse("messaging:thread", args=[chat_id])

    assert "Where is my mug?" in listed
    assert "Answer by" in page
    assert f"after={version}" in page
    assert anna_client.get(f"{thread}?after={version}").status_code == 204
    anna_client.post(reverse("messaging:read", args=[chat_id]), {"upto": "0"}, headers=HTMX)
    answered = text(anna_client.post(reverse("messaging:send", args=[chat_id]), {"text": "It leaves <b>today</b>"},
                                     headers=HTMX))
    assert "It leaves &lt;b&gt;today&lt;/b&gt;" in answered
    assert "<html" not in answered
    assert queries.chat(stall.seller, chat_id).unread == 0
    fresh = anna_client.get(f"{thread}?after={version}")
    assert (fresh.status_code, "It leaves" in text(fresh)) == (200, True)


def test_what_cannot_be_sent_stays_typed_and_says_why(stall, chat_id, anna_client):
    send = reverse("messaging:send", args=[chat_id])

    empty = anna_client.post(send, {"text": " "})
    wrong = anna_client.post(send, {"text": "See", "file": SimpleUploadedFile("a.exe", b"MZ", "image/png")},
                             headers=HTMX)

    assert (empty.status_code, "Write something first." in text(empty)) == (422, True)
    assert (wrong.status_code, wrong["HX-Reswap"]) == (422, "none")
    assert len(queries.messages(stall.seller, chat_id)[0]) == 1


def test_notes_names_templates_and_reports_have_their_forms(stall, chat_id, anna, anna_client):
    for name, data in (("note", {"note": "Ask the courier"}), ("assign", {"assignee": anna.pk}),
                       ("report_chat", {"reason": "spam", "comment": "Again"})):
        assert anna_client.post(reverse(f"messaging:{name}", args=[chat_id]), data).status_code == 302
    anna_client.post(reverse("messaging:templates"), {"name": "Hello", "text": "Hello {buyer}"})

    page = text(anna_client.get(reverse("messaging:chat", args=[chat_id])))

    assert all(words in page for words in ("Ask the courier", "Anna", "Spam", "Hello Dmitri"))
    wrong = anna_client.post(reverse("messaging:templates"), {"name": "X", "text": "{nothing}"})
    assert (wrong.status_code, "There is no variable {nothing}" in text(wrong)) == (422, True)


def test_a_chat_begins_on_the_page_of_the_order(stall, anna_client):
    [number] = stall.place()

    page = text(anna_client.get(reverse("orders:posting", args=[number])))
    begun = anna_client.post(reverse("messaging:start", args=[number]), follow=True)

    assert reverse("messaging:start", args=[number]) in page
    assert "Nothing has been written yet." in text(begun)
    chat = queries.chat_of_posting(stall.seller, number)
    assert reverse("messaging:chat", args=[chat.id]) in text(anna_client.get(reverse("orders:posting", args=[number])))


def test_a_review_is_answered_reported_and_leads_to_its_card(stall, review_id, anna_client):
    address = reverse("messaging:review", args=[review_id])
    listed = text(anna_client.get(reverse("messaging:reviews")))
    page = text(anna_client.get(address))

    assert "&lt;script&gt;" in listed
    assert "<script>alert" not in page
    assert reverse("catalog:product_edit", args=[stall.mug]) in page
    assert "1 review counts" in listed
    done = text(anna_client.post(address, {"text": "Sorry, the size is 8 cm."}, follow=True))
    assert "Being looked at" in done
    [reply] = queries.replies(stall.seller, review_id=review_id)
    anna_client.post(reverse("messaging:reply_edit", args=[reply.id]), {"text": "Call +7 903 123-45-67"})
    services.run_due(stall.now.replace(hour=20))
    assert "It holds a telephone" in text(anna_client.get(address))
    reported = anna_client.post(reverse("messaging:report_review", args=[review_id]), {"reason": "not_bought"},
                                follow=True)
    assert "The marketplace is looking at it" in text(reported)
    anna_client.post(reverse("messaging:reply_delete", args=[reply.id]))
    assert queries.replies(stall.seller, review_id=review_id) == []


def test_questions_say_what_a_card_lacks(stall, anna_client):
    ids = services.ask_questions(seller=stall.seller, actor=DMITRI, questions=[
        QuestionInput(stall.mug, words, stall.now, "Olga") for words in ("What size is it?", "Какой размер?", "多大尺寸？")])

    listed = text(anna_client.get(reverse("messaging:questions")))
    address = reverse("messaging:question", args=[ids[0]])

    assert "3 people asked about size" in listed
    assert reverse("catalog:product_edit", args=[stall.mug]) in listed
    assert anna_client.post(address, {"text": "8 cm"}).status_code == 302
    assert "8 cm" in text(anna_client.get(address))
    anna_client.post(reverse("messaging:questions_bulk"), {"action": "PROCESSED", "ids": ids})
    assert queries.questions_waiting(stall.seller) == 0


def test_an_operator_decides_about_a_fake(stall, review_id, operator_client):
    report = services.report_review(seller=stall.seller, review_id=review_id, reason="not_bought", comment="No such buyer",
                                    actor=stall.actor, now=stall.now)

    page = text(operator_client.get(reverse("console:reports")))
    operator_client.post(reverse("console:report_decide", args=[report]), {"decision": "upheld", "answer": "Right"})

    assert "No such buyer" in page
    row = queries.review(stall.seller, review_id)
    assert (row.removed, row.counts, queries.ratings(stall.seller, [stall.mug], stall.now)) == (True, False, {})


def test_a_product_shows_its_rating(stall, review_id, anna_client):
    page = text(anna_client.get(reverse("catalog:product", args=[stall.mug])))

    assert "2 ★" in page
    assert "1 review" in page


class _Translator(BaseHTTPRequestHandler):
    asked: list = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(body)
        said = json.dumps({"translatedText": f"[{body['target']}] {body['q']}"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_said):
        pass


def test_a_translation_stands_beside_the_original_where_there_is_a_translator(stall, chat_id, anna_client, settings):
    address = reverse("messaging:chat", args=[chat_id])
    message = queries.messages(stall.seller, chat_id)[0][0].id
    translate = reverse("messaging:translate", args=[chat_id, message])

    assert translate not in text(anna_client.get(address))
    server = HTTPServer(("127.0.0.1", 0), _Translator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRANSLATOR_URL = f"http://127.0.0.1:{server.server_port}"
    _Translator.asked.clear()
    try:
        assert translate in text(anna_client.get(address))
        for _ in range(2):
            shown = text(anna_client.post(translate, headers=HTMX))
    finally:
        server.shutdown()
        server.server_close()
    assert "Where is my mug?" in shown
    assert "[en] Where is my mug?" in shown
    assert _Translator.asked == [{"q": "Where is my mug?", "source": "auto", "target": "en", "format": "text"}]
    services.write_note(seller=stall.seller, chat_id=chat_id, text="x", actor=stall.actor, now=stall.now)
    settings.TRANSLATOR_URL = "http://127.0.0.1:9"
    other = services.send(seller=stall.seller, chat_id=chat_id, text="Hi", actor=stall.actor, now=stall.now)
    refused = anna_client.post(reverse("messaging:translate", args=[chat_id, other]), headers=HTMX)
    assert refused.status_code == 422
