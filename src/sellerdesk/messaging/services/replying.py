"""Reviews and questions: written by buyers, answered by the shop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Greatest

from sellerdesk.catalog import queries as catalog
from sellerdesk.core import activity, words
from sellerdesk.core import rules as dated
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic, execute, json_param, json_rows, of_shop
from sellerdesk.messaging import events, rules
from sellerdesk.messaging.errors import (
    QuestionNotFound,
    ReplyNotFound,
    ReviewNotFound,
    StatusUnknown,
    TextLength,
    WrongProduct,
)
from sellerdesk.messaging.models import Question, Reply, Review, ReviewPhoto
from sellerdesk.messaging.types import MOST_REPLY, SELLER, STATUSES, QuestionInput, ReviewInput, Vote
from sellerdesk.orders import queries as orders
from sellerdesk.sellers.types import SellerRef

LEAST_ANSWER = 2


def entry(event: str, about: Any, at: datetime, actor: Actor, **data: Any) -> Entry:
    """News about a review or a question, whichever `about` is."""
    kind = "review" if isinstance(about, Review) else "question"
    return Entry(event, at, actor, about.seller_id, kind, str(about.pk), about.offer_id, data={
        "product_id": about.product_id, "sku": about.sku, **data})


# -- buyers ----------------------------------------------------------------------------------------------------------


def write_reviews(*, seller: SellerRef, reviews: Sequence[ReviewInput], actor: Actor) -> list[int]:
    """Take buyers' opinions, in the order given; their ids, 0 where a posting has no such goods, has not ended, or was
    reviewed before. Whether one counts says the dated rule messaging.counting. A fixed number of statements.
    """
    with atomic():
        cards = {card.number: card for card in orders.cards(seller, [one.posting_number for one in reviews])}
        known = set(Review.objects.filter(seller_id=seller.id, posting_number__in=list(cards)).values_list(
            "posting_number", "sku"))
        made: dict[int, Review] = {}
        for index, one in enumerate(reviews):
            card = cards.get(one.posting_number)
            line = next((line for line in card.lines if line.sku == one.sku), None) if card else None
            ended = card and (card.delivered_at or card.cancelled_at)
            if not card or not line or not ended or not 1 <= one.rating <= 5 or (card.number, one.sku) in known:
                continue
            known.add((card.number, one.sku))
            rule = dated.get("messaging.counting", "", one.at)
            status = "DELIVERED" if card.delivered_at else "CANCELLED"
            author = one.author or rules.shown_name(card.buyer_name)
            made[index] = Review(
                seller_id=seller.id, product_id=line.product_id, sku=line.sku, offer_id=line.offer_id, name=line.name,
                posting_number=card.number, author=author[:120], rating=one.rating, text=one.text.strip()[:3000],
                order_status=status, counts=rules.counts(status, False, rule.value), rule_id=rule.id,
                photos=len(one.photos), at=one.at,
                search_text=words.indexed(one.text, line.name, line.offer_id, str(line.sku), card.number))
        stored = Review.objects.bulk_create(made.values())
        ids = [0] * len(reviews)
        for index, row in zip(made, stored, strict=True):
            ids[index] = row.pk
        ReviewPhoto.objects.bulk_create(
            ReviewPhoto(seller_id=seller.id, review_id=ids[index], key=photo.key, width=photo.width,
                        height=photo.height) for index in made for photo in reviews[index].photos)
        activity.record_many([entry(events.REVIEW_WRITTEN, row, row.at, actor, rating=row.rating, counts=row.counts)
                              for row in stored])
        return ids


def vote_on_reviews(*, seller: SellerRef, votes: Sequence[Vote]) -> int:
    """Other buyers found reviews useful or not; how many of the shop's reviews were voted on. One statement.

    No news and no history: nobody has to do anything about it.
    """
    counted: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for vote in votes:
        counted[vote.review_id][0 if vote.useful else 1] += 1
    if not counted:
        return 0
    return execute(
        "UPDATE messaging_review SET likes = messaging_review.likes + v.up,"
        " dislikes = messaging_review.dislikes + v.down"
        f" FROM {json_rows('v', id='int', up='int', down='int')}"
        " WHERE messaging_review.id = v.id AND messaging_review.seller_id = %s",
        [json_param([[key, *counts] for key, counts in sorted(counted.items())]), seller.id])


def ask_questions(*, seller: SellerRef, questions: Sequence[QuestionInput], actor: Actor) -> list[int]:
    """Take what people ask about products, in the order given; ids, 0 where there is no such product."""
    with atomic():
        refs = {ref.id: ref for ref in catalog.refs(seller, product_ids=[one.product_id for one in questions])}
        made = {index: Question(
            seller_id=seller.id, product_id=one.product_id, sku=refs[one.product_id].sku,
            offer_id=refs[one.product_id].offer_id, name=refs[one.product_id].name, author=one.author[:120],
            text=one.text.strip()[:1000], topic=rules.topic_of(one.text), at=one.at,
            search_text=words.indexed(one.text, refs[one.product_id].name, refs[one.product_id].offer_id,
                                      str(refs[one.product_id].sku)))
            for index, one in enumerate(questions) if one.product_id in refs and one.text.strip()}
        stored = Question.objects.bulk_create(made.values())
        activity.record_many([entry(events.QUESTION_ASKED, row, row.at, actor, topic=row.topic) for row in stored])
        ids = [0] * len(questions)
        for index, row in zip(made, stored, strict=True):
            ids[index] = row.pk
        return ids


# -- the shop --------------------------------------------------------------------------------------------------------


def reply(*, seller: SellerRef, review_id: int, text: str, actor: Actor, now: datetime,
          processed: bool = True) -> int:
    """Answer a review in public; the reply's id. It is seen when the marketplace has looked at it.

    Raises ReviewNotFound, TextLength.
    """
    said = _checked(text, 1)
    with atomic():
        review = Review.objects.select_for_update().filter(seller_id=seller.id, pk=review_id).first()
        if review is None:
            raise ReviewNotFound()
        made = _made(seller, said, actor, now, review=review)
        Review.objects.filter(pk=review.pk).update(
            comments=F("comments") + 1, status="PROCESSED" if processed else _viewed(review.status))
        activity.record_many([entry(events.REVIEW_ANSWERED, review, now, actor, reply_id=made.pk)])
        return made.pk


def answer(*, seller: SellerRef, question_id: int, text: str, actor: Actor, now: datetime, sku: int = 0) -> int:
    """Answer a question in public; the answer's id. Raises QuestionNotFound, WrongProduct, TextLength."""
    said = _checked(text, LEAST_ANSWER)
    with atomic():
        question = Question.objects.select_for_update().filter(seller_id=seller.id, pk=question_id).first()
        if question is None:
            raise QuestionNotFound()
        if sku and question.sku != sku:
            raise WrongProduct(sku)
        made = _made(seller, said, actor, now, question=question)
        Question.objects.filter(pk=question.pk).update(answers=F("answers") + 1, status="PROCESSED")
        activity.record_many([entry(events.QUESTION_ANSWERED, question, now, actor, reply_id=made.pk)])
        return made.pk


def _viewed(status: str) -> str:
    return "VIEWED" if status == "NEW" else status


def _checked(text: str, least: int) -> str:
    said = text.strip()
    if not least <= len(said) <= MOST_REPLY:
        raise TextLength(len(said), least, MOST_REPLY)
    return said


def _made(seller: SellerRef, said: str, actor: Actor, now: datetime, **about: Any) -> Reply:
    return Reply.objects.create(
        seller_id=seller.id, by=SELLER, author=actor.label[:200], text=said, state="moderation",
        reason=rules.judge_reply(said), at=now, publish_at=_seen_at(now), **about)


def _seen_at(now: datetime) -> datetime:
    return now + timedelta(minutes=int(dated.get("messaging.moderation", "", now).value["minutes"]))


def edit_reply(*, seller: SellerRef, reply_id: int, text: str, actor: Actor, now: datetime) -> None:
    """Change one's own public answer; it is looked at anew. Raises ReplyNotFound, TextLength."""
    with atomic():
        row = _own(seller, reply_id)
        said = _checked(text, LEAST_ANSWER if row.question_id else 1)
        if said == row.text:
            return
        Reply.objects.filter(pk=row.pk).update(text=said, state="moderation", reason=rules.judge_reply(said),
                                               edited_at=now, published_at=None, publish_at=_seen_at(now))
        event = events.REVIEW_ANSWERED if row.review_id else events.QUESTION_ANSWERED
        activity.record_many([entry(event, row.review or row.question, now, actor, reply_id=row.pk, edited=True)])


def delete_reply(*, seller: SellerRef, reply_id: int, actor: Actor, now: datetime, sku: int = 0) -> None:
    """Take one's own public answer back. Raises ReplyNotFound, WrongProduct."""
    with atomic():
        row = _own(seller, reply_id)
        about = row.review or row.question
        assert about is not None
        if sku and about.sku != sku:
            raise WrongProduct(sku)
        if not Reply.objects.filter(pk=row.pk).delete()[0]:
            raise ReplyNotFound()
        if isinstance(about, Review):
            Review.objects.filter(pk=about.pk).update(comments=Greatest(F("comments"), 1) - 1)
        else:
            Question.objects.filter(pk=about.pk).update(answers=Greatest(F("answers"), 1) - 1)
        event = events.REVIEW_REPLY_DELETED if row.review_id else events.QUESTION_ANSWER_DELETED
        activity.record_many([entry(event, about, now, actor, reply_id=reply_id)])


def _own(seller: SellerRef, reply_id: int) -> Reply:
    row = Reply.objects.select_for_update(of=("self",)).filter(
        pk=reply_id, seller_id=seller.id, by=SELLER).select_related("review", "question").first()
    if row is None:
        raise ReplyNotFound()
    return row


def set_review_status(*, seller: SellerRef, review_ids: Sequence[int], status: str, actor: Actor,
                      now: datetime) -> int:
    """NEW, VIEWED or PROCESSED for some of the shop's reviews; how many changed. Raises StatusUnknown, ReviewNotFound
    where one of them is not the shop's."""
    return _set(Review, ReviewNotFound, "review", seller, review_ids, status, actor, now)


def set_question_status(*, seller: SellerRef, question_ids: Sequence[int], status: str, actor: Actor,
                        now: datetime) -> int:
    """The same for questions. Raises StatusUnknown, QuestionNotFound."""
    return _set(Question, QuestionNotFound, "question", seller, question_ids, status, actor, now)


def _set(model: Any, missing: type[Exception], kind: str, seller: SellerRef, ids: Sequence[int], status: str,
         actor: Actor, now: datetime) -> int:
    if status not in STATUSES:
        raise StatusUnknown()
    wanted = sorted(set(ids))
    with atomic():
        rows = model.objects.filter(of_shop(seller.id), pk__in=wanted)
        if rows.count() != len(wanted):
            raise missing()
        changed = int(rows.filter(~Q(status=status)).update(status=status))
        if changed:
            activity.record(events.STATUS_SET, now=now, actor=actor, seller_id=seller.id, target_type=kind,
                            target_id=wanted[0], data={"status": status, "count": changed})
        return changed


def view(*, seller: SellerRef, kind: str, row_id: int, actor: Actor, now: datetime) -> None:
    """Somebody of the shop has opened a review or question: a new one is viewed from then on."""
    model: Any = Review if kind == "review" else Question
    with atomic():
        if model.objects.filter(seller_id=seller.id, pk=row_id, status="NEW").update(status="VIEWED"):
            activity.record(events.STATUS_SET, now=now, actor=actor, seller_id=seller.id, target_type=kind,
                            target_id=row_id, data={"status": "VIEWED", "count": 1})
