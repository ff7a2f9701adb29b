"""Reviews and questions: who may write, what counts, what buyers get to see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from sellerdesk.core import activity
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.messaging import errors, events, queries, rules, services, texts
from sellerdesk.messaging.types import QuestionFilter, QuestionInput, Rating, ReviewFilter, ReviewInput

pytestmark = pytest.mark.django_db
DMITRI = Actor.buyer("Dmitri")


@pytest.fixture
def delivered(stall):
    numbers = stall.handed_over(*[stall.request() for _ in range(3)])
    for number in numbers:
        stall.scan(number, "accepted", "delivered")
    return numbers


def write(stall, number, stars, text="", **more):
    return services.write_reviews(seller=stall.seller, actor=DMITRI, reviews=[
        ReviewInput(number, stall.sku(stall.mug), stars, text, more.pop("at", stall.now), **more)])[0]


def test_one_review_for_each_thing_bought_and_none_before_it_came(stall, delivered):
    waiting = stall.place()[0]

    assert write(stall, waiting, 5) == 0
    assert write(stall, delivered[0], 6) == 0
    assert write(stall, delivered[0], 5)
    assert write(stall, delivered[0], 1) == 0


def test_the_rating_is_the_average_of_what_counts_by_the_rule(stall, delivered):
    first, second, _third = (write(stall, number, stars) for number, stars in zip(delivered, (5, 4, 4), strict=True))
    cancelled = stall.place()[0]
    from sellerdesk.orders.models import Posting
    Posting.objects.filter(number=cancelled).update(cancelled_at=stall.now, state="cancelled")
    write(stall, cancelled, 1)

    assert queries.ratings(stall.seller, [stall.mug], stall.now) == {stall.mug: Rating(433, 3)}
    rating, stars = queries.shop_rating(stall.seller, stall.now)
    assert (rating, stars) == (Rating(433, 3), {5: 1, 4: 2, 3: 0, 2: 0, 1: 0})
    dated.put("messaging.counting", "", {"delivered_only": True, "days": 30}, valid_from=stall.now + timedelta(days=31),
              source="test")
    dated.forget()
    assert queries.ratings(stall.seller, [stall.mug], stall.now + timedelta(days=32)) == {}
    report = services.report_review(seller=stall.seller, review_id=first, reason="not_bought", comment="", now=stall.now,
                                    actor=stall.actor)
    services.decide(report_id=report, upheld=True, answer="", actor=Actor.operator(1, "Olga"), now=stall.now)
    assert queries.ratings(stall.seller, [stall.mug], stall.now)[stall.mug] == Rating(400, 2)
    assert queries.review(stall.seller, second).counts


@pytest.mark.parametrize(("total", "count", "hundredths"), [(13, 3, 433), (14, 3, 467), (0, 0, 0), (9, 2, 450)])
def test_stars_are_rounded_half_up(total, count, hundredths):
    assert rules.rating(total, count).hundredths == hundredths


def test_a_reply_is_seen_after_it_was_looked_at_and_one_with_contacts_never(stall, delivered):
    review = write(stall, delivered[0], 3)
    good = services.reply(seller=stall.seller, review_id=review, text="Thank you", actor=stall.actor, now=stall.now)
    bad = services.reply(seller=stall.seller, review_id=review, text="Write to me@example.com", actor=stall.actor,
                         now=stall.now)

    assert services.run_due(stall.now + timedelta(minutes=9)) == 0
    assert services.run_due(stall.now + timedelta(minutes=10)) == 2

    states = {row.id: (row.state, row.reason) for row in queries.replies(stall.seller, review_id=review)}
    assert states == {good: ("published", ""), bad: ("rejected", "contacts")}
    services.edit_reply(seller=stall.seller, reply_id=bad, text="Write here", actor=stall.actor, now=stall.now)
    assert queries.reply(stall.seller, bad).state == "moderation"
    services.delete_reply(seller=stall.seller, reply_id=good, actor=stall.actor, now=stall.now)
    assert queries.review(stall.seller, review).comments == 1
    with pytest.raises(errors.ReplyNotFound):
        services.delete_reply(seller=stall.seller, reply_id=good, actor=stall.actor, now=stall.now)


def test_reviews_are_filtered_and_found_by_forms_of_words(stall, delivered):
    ids = [write(stall, number, stars, text) for number, stars, text in zip(
        delivered, (1, 5, 5), ("Заказы приходят битыми", "订单很快送到", "Orders arrive quickly"), strict=True)]

    def found(**where):
        return {row.id for row in queries.reviews_page(stall.seller, filter=ReviewFilter(**where)).rows}

    assert found(ratings=(1, 2)) == {ids[0]}
    assert found(search="заказ") == {ids[0]}
    assert found(search="订单") == {ids[1]}
    assert found(search="order") == {ids[2]}
    assert found(media="photos") == found(counts="no") == found(tab="processed") == set()
    services.set_review_status(seller=stall.seller, review_ids=ids[:2], status="PROCESSED", actor=stall.actor,
                               now=stall.now)
    assert found(tab="open") == {ids[2]}
    with pytest.raises(errors.ReviewNotFound):
        services.set_review_status(seller=stall.seller, review_ids=[ids[2], 987], status="NEW", actor=stall.actor,
                                   now=stall.now)


def test_questions_are_sorted_by_what_they_are_about(stall):
    texts = ("Какой размер?", "What size is it?", "多大尺寸？", "Из чего сделана?", "Will it fit a dishwasher?", "Hm?")
    ids = services.ask_questions(seller=stall.seller, actor=DMITRI, questions=[
        QuestionInput(stall.mug, text, stall.now) for text in texts])

    rows = queries.questions_page(stall.seller, filter=QuestionFilter()).rows
    [asked] = queries.most_asked(stall.seller, stall.now - timedelta(days=1))

    assert [row.topic for row in sorted(rows, key=lambda row: row.id)] == [
        "size", "size", "size", "material", "fit", "other"]
    assert (asked.questions, asked.topic, asked.of_topic, asked.field) == (6, "size", 3, "size")
    assert queries.asked_about(stall.seller, stall.mug) == [("size", 3)]
    services.answer(seller=stall.seller, question_id=ids[0], text="8 cm", actor=stall.actor, now=stall.now)
    assert [one.id for one in queries.questions_to_answer(stall.seller)] == ids[1:]
    with pytest.raises(errors.WrongProduct):
        services.answer(seller=stall.seller, question_id=ids[1], text="8 cm", sku=1, actor=stall.actor, now=stall.now)
    with pytest.raises(errors.TextLength):
        services.answer(seller=stall.seller, question_id=ids[1], text="8", actor=stall.actor, now=stall.now)


def test_the_history_names_a_status_in_the_reader_s_language(now) -> None:
    entry = activity.Entry(events.STATUS_SET, now, Actor.system("demo"), data={"status": "VIEWED", "count": 2})

    with translation.override("ru"):
        sentence = entry.sentence

        status = str(texts.STATUSES["VIEWED"])

    assert status in sentence
    assert "VIEWED" not in sentence
