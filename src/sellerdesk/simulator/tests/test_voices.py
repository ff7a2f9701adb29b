"""Buyers ask, review and write; what cards say and when parcels come really changes what they think."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from sellerdesk.catalog.services import loading
from sellerdesk.core import outbox
from sellerdesk.messaging import queries as said
from sellerdesk.messaging import services as messaging
from sellerdesk.messaging.models import Chat, Message, Question, Review
from sellerdesk.messaging.types import ChatFilter
from sellerdesk.simulator import buyers, voices
from sellerdesk.simulator.models import Errand
from sellerdesk.simulator.services import controls, rehearsing
from sellerdesk.simulator.services.buying import Shelves
from sellerdesk.simulator.services.market import tick

STORY = """
name: talk
seed: {seed}
lasts: 1 day
settles: 12 days
shop: {{products: 8, stock: 60, delivers: {delivers}}}
buyers: {{orders: 12, review: 50 %, ask: 6, chat: 4, ask_to_cancel: {asking}, return: {returning}}}
"""
POOR, USUAL, RICH = voices.Card(20, 20, 20, 20), voices.Card(), voices.Card(100, 100, 100, 100)


def stars(card, late, quality=4.6):
    return sum(voices.opinion(quality=quality, card=card, late=late, cancelled=False, rng=Random(at)).stars
               for at in range(300)) / 300


def test_a_poor_card_and_a_late_parcel_cost_stars():
    assert stars(RICH, 0) > 4.3
    assert stars(POOR, 0) < stars(USUAL, 0) - 0.5
    assert stars(USUAL, 3) < stars(USUAL, 0) - 1
    assert stars(USUAL, 0, quality=3.0) < 3.4


def test_what_a_card_lacks_is_asked_about():
    def asked(card):
        return sum(voices.wonders(card, Random(at).random()) for at in range(400))

    no_size = voices.Card(pictures=100, attributes=0, texts=100, total=60)
    topics = [voices.topic(no_size, Random(at)) for at in range(300)]

    assert asked(RICH) < asked(USUAL) < asked(POOR)
    assert topics.count("size") + topics.count("material") > 200


def test_every_kind_of_word_is_there_in_three_languages():
    for kind, abouts in voices._words().items():
        for about, tongues in abouts.items():
            assert set(tongues) == {"ru", "zh", "en"}, (kind, about)
            for tongue, texts in tongues.items():
                assert all(voices.tongue_of(text) == tongue for text in texts), (kind, about)


def test_stars_draw_and_keep_buyers_away():
    plain = buyers.Offer(1, 100_000, 0, "RUB")
    loved, hated = (buyers.Offer(1, 100_000, 0, "RUB", rating=rating, reviews=60) for rating in (490, 300))

    assert buyers.appeal(loved, 1) > buyers.appeal(plain, 1) > buyers.appeal(hated, 1) > 0.5 * buyers.appeal(plain, 1)


@pytest.mark.django_db(transaction=True)
def test_a_message_of_the_market_is_answered_by_a_person_and_read_by_the_buyer(stall):
    controls.open_market(seed=3, since=stall.now)
    [number] = stall.place()
    Errand.objects.all().delete()
    Errand.objects.create(kind="says", seller_id=stall.seller.id, reference=number, due_at=stall.now + timedelta(hours=1),
                          data={"about": "when"})
    tick(stall.now + timedelta(hours=2), Shelves())
    [chat] = said.chats_page(stall.seller, filter=ChatFilter(tab="awaiting")).rows

    messaging.send(seller=stall.seller, chat_id=chat.id, text="It leaves today", actor=stall.actor,
                   now=stall.now + timedelta(hours=2))
    outbox.drain()
    tick(stall.now + timedelta(hours=6), Shelves())

    answered = said.chat(stall.seller, chat.id)
    assert chat.unread == 1
    assert answered.buyer_read_id >= chat.last_id + 1
    assert Message.objects.filter(chat_id=chat.id, by="seller").count() == 1


@pytest.fixture
def taxonomy(dated_rules, now):
    loading.load_starter(now=now)


def live(delivers="marketplace", asking=0, returning=0, seed=5):
    return rehearsing.rehearse(text=STORY.format(seed=seed, delivers=delivers, asking=asking, returning=returning)).result


@pytest.mark.django_db(transaction=True)
def test_a_scenario_brings_the_reviews_questions_and_chats_it_promises(taxonomy):
    result = live()

    assert (result["reviews"], result["orders"], result["open"]) == (6, 12, 0)
    assert 1 <= result["questions"] <= 6
    assert 3 <= result["chats"] <= 4
    assert set(Review.objects.values_list("order_status", flat=True)) == {"DELIVERED"}
    assert Question.objects.exclude(topic="other").count() >= Question.objects.count() // 2
    assert Chat.objects.filter(awaiting=True, opened=True).count() <= 2


@pytest.mark.django_db(transaction=True)
def test_a_shop_that_delivers_itself_gets_claims_with_photos_and_requests_to_cancel(taxonomy):
    result = live("shop", asking=2, returning=2)

    assert (result["cancel_requests"], result["claims"], result["open"]) == (2, 2, 0)
    assert result["delivered"] == 10
    assert result["cancelled_by_buyer"] == 2
