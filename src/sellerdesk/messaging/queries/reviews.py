"""Reading reviews, questions, their answers and ratings. Each function needs a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from sellerdesk.core import rules as dated
from sellerdesk.core.tally import Tally
from sellerdesk.core.types import Page
from sellerdesk.messaging import rules
from sellerdesk.messaging.errors import QuestionNotFound, ReplyNotFound, ReviewNotFound
from sellerdesk.messaging.models import Chat, Question, Reply, Report, Review, ReviewPhoto
from sellerdesk.messaging.queries import paging
from sellerdesk.messaging.queries.searching import QUESTIONS, REVIEWS, searched
from sellerdesk.messaging.types import (
    AskedRow,
    CommentRow,
    Photo,
    QuestionFilter,
    QuestionRow,
    Rating,
    ReviewFilter,
    ReviewRow,
)
from sellerdesk.sellers.types import SellerRef

_REVIEW = ("id", "product_id", "sku", "offer_id", "name", "posting_number", "author", "rating", "text", "status",
           "order_status", "counts", "removed", "photos", "comments", "likes", "dislikes", "at")
_QUESTION = ("id", "product_id", "sku", "offer_id", "name", "author", "text", "topic", "status", "answers", "at")
_REPLY = ("id", "by", "author", "text", "state", "reason", "at", "published_at", "edited_at")
#: How many questions a product gets before its page says what people ask about.
ASKED_FROM = 2


def _review(row: tuple[Any, ...], reported: bool = False) -> ReviewRow:
    # Buyers of this marketplace send no films.
    return ReviewRow(**dict(zip(_REVIEW, row, strict=True)), videos=0, reported=reported)


def _reply(row: tuple[Any, ...], about_id: int, to_question: bool) -> CommentRow:
    id_, by, author, text, state, reason, at, published_at, edited_at = row
    return CommentRow(id_, about_id, by, author, text, state, reason, at, published_at, edited_at, to_question)


def reviews_page(seller: SellerRef, *, filter: ReviewFilter, cursor: str | None = None,
                 limit: int = 50) -> Page[ReviewRow]:
    """Reviews, newest first. One query, two with words. Raises Invalid `cursor_invalid`."""
    rows = _reviews(seller, filter).annotate(
        reported=Exists(Report.objects.filter(review=OuterRef("pk"), state="open")))
    return paging.newest(rows, (*_REVIEW, "reported"), lambda row: _review(row[:-1], row[-1]), "at", cursor, limit)


def reviews_after(seller: SellerRef, *, filter: ReviewFilter, after: int = 0, descending: bool = False,
                  limit: int = 100) -> tuple[list[ReviewRow], bool]:
    """Reviews for programs, by id from one on, and whether more follow. One query."""
    return _after(_reviews(seller, filter), _REVIEW, _review, after, descending, limit)


def _after(rows: QuerySet[Any], columns: Sequence[str], make: Any, after: int, descending: bool,
           limit: int) -> tuple[list[Any], bool]:
    if after:
        rows = rows.filter(id__lt=after) if descending else rows.filter(id__gt=after)
    found = list(rows.order_by("-id" if descending else "id").values_list(*columns)[:limit + 1])
    return [make(row) for row in found[:limit]], len(found) > limit


def _reviews(seller: SellerRef, where: ReviewFilter) -> QuerySet[Review]:
    rows = Review.objects.filter(seller_id=seller.id)
    rows = _inbox(rows, where.tab, where.statuses, where.product_id, where.since, where.to, where.ids)
    if where.ratings:
        rows = rows.filter(rating__in=where.ratings)
    if where.skus:
        rows = rows.filter(sku__in=where.skus)
    if where.media:
        rows = rows.filter(photos__gt=0) if where.media == "photos" else rows.filter(photos=0)
    if where.order_status:
        rows = rows.filter(order_status=where.order_status)
    if where.counts:
        rows = rows.filter(counts=where.counts == "yes")
    return searched(REVIEWS, rows, seller, where.search) if where.search else rows


def _inbox(rows: QuerySet[Any], tab: str, statuses: Sequence[str], product_id: int, since: datetime | None,
           to: datetime | None, ids: Sequence[int]) -> QuerySet[Any]:
    """What the filters of reviews and of questions share."""
    if tab == "open":
        rows = rows.exclude(status="PROCESSED")
    elif tab == "processed":
        rows = rows.filter(status="PROCESSED")
    if statuses:
        rows = rows.filter(status__in=statuses)
    if product_id:
        rows = rows.filter(product_id=product_id)
    if ids:
        rows = rows.filter(pk__in=ids)
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=to) if to else rows


def review(seller: SellerRef, review_id: int) -> ReviewRow:
    """Raises ReviewNotFound. One query."""
    row = Review.objects.filter(seller_id=seller.id, pk=review_id).annotate(
        reported=Exists(Report.objects.filter(review=OuterRef("pk"), state="open"))).values_list(
        *_REVIEW, "reported").first()
    if row is None:
        raise ReviewNotFound()
    return _review(row[:-1], row[-1])


def photos(seller: SellerRef, review_ids: Iterable[int]) -> dict[int, list[Photo]]:
    """The photos of reviews, by review. One query."""
    found: dict[int, list[Photo]] = defaultdict(list)
    for review_id, key, width, height in ReviewPhoto.objects.filter(
            seller_id=seller.id, review_id__in=list(review_ids)).order_by("id").values_list(
            "review_id", "key", "width", "height"):
        found[review_id].append(Photo(key, width, height))
    return dict(found)


def review_counts(seller: SellerRef) -> dict[str, int]:
    """Reviews by status in small letters, and `open`, `all`. One query."""
    return _counts(Review, seller)


def question_counts(seller: SellerRef) -> dict[str, int]:
    """The same for questions. One query."""
    return _counts(Question, seller)


def _counts(model: Any, seller: SellerRef) -> dict[str, int]:
    found: dict[str, int] = model.objects.filter(seller_id=seller.id).aggregate(
        new=Count("id", filter=Q(status="NEW")), viewed=Count("id", filter=Q(status="VIEWED")),
        processed=Count("id", filter=Q(status="PROCESSED")), all=Count("id"))
    return {**found, "open": found["new"] + found["viewed"]}


def reviews_waiting(seller: SellerRef) -> int:
    """How many reviews nobody has dealt with, for the menu. One query over an index."""
    return Review.objects.filter(seller_id=seller.id).exclude(status="PROCESSED").count()


def inbox_waiting(seller: SellerRef) -> Tally:
    """How many reviews and questions nobody has dealt with, together, for the menu. Over partial indexes."""
    # The conditions are spelled as those of the indexes are.
    return (Tally("SELECT COUNT(*) FROM messaging_review WHERE seller_id = %s AND NOT (status = 'PROCESSED')",
                  (seller.id,))
            + Tally("SELECT COUNT(*) FROM messaging_question WHERE seller_id = %s AND NOT (status = 'PROCESSED')",
                    (seller.id,)))


def questions_waiting(seller: SellerRef) -> int:
    """How many questions nobody has dealt with, for the menu. One query over an index."""
    return Question.objects.filter(seller_id=seller.id).exclude(status="PROCESSED").count()


def questions_page(seller: SellerRef, *, filter: QuestionFilter, cursor: str | None = None,
                   limit: int = 50) -> Page[QuestionRow]:
    """Questions, newest first. One query, two with words. Raises Invalid `cursor_invalid`."""
    return paging.newest(_questions(seller, filter), _QUESTION, lambda row: QuestionRow(*row), "at", cursor, limit)


def questions_after(seller: SellerRef, *, filter: QuestionFilter, after: int = 0, descending: bool = False,
                    limit: int = 100) -> tuple[list[QuestionRow], bool]:
    """Questions for programs, by id from one on, and whether more follow. One query."""
    return _after(_questions(seller, filter), _QUESTION, lambda row: QuestionRow(*row), after, descending, limit)


def _questions(seller: SellerRef, where: QuestionFilter) -> QuerySet[Question]:
    rows = _inbox(Question.objects.filter(seller_id=seller.id), where.tab, where.statuses, where.product_id,
                  where.since, where.to, where.ids)
    if where.topic:
        rows = rows.filter(topic=where.topic)
    return searched(QUESTIONS, rows, seller, where.search) if where.search else rows


def question(seller: SellerRef, question_id: int) -> QuestionRow:
    """Raises QuestionNotFound. One query."""
    row = Question.objects.filter(seller_id=seller.id, pk=question_id).values_list(*_QUESTION).first()
    if row is None:
        raise QuestionNotFound()
    return QuestionRow(*row)


def replies(seller: SellerRef, *, review_id: int = 0, question_id: int = 0) -> list[CommentRow]:
    """What was answered in public to one review or question, oldest first, whatever its state. One query."""
    column, about = ("review_id", review_id) if review_id else ("question_id", question_id)
    return [_reply(row, about, not review_id) for row in Reply.objects.filter(
        **{column: about}, seller_id=seller.id).order_by("id").values_list(*_REPLY)[:200]]


def replies_after(seller: SellerRef, *, review_id: int = 0, question_id: int = 0, sku: int = 0,
                  since: datetime | None = None, to: datetime | None = None, after: int = 0, offset: int = 0,
                  descending: bool = False, limit: int = 100) -> list[CommentRow]:
    """Public answers for programs, by id. Those of reviews where no question is named. One query."""
    rows = Reply.objects.filter(seller_id=seller.id)
    rows = rows.filter(question_id=question_id) if question_id else rows.filter(review__isnull=False)
    if review_id:
        rows = rows.filter(review_id=review_id)
    if sku:
        rows = rows.filter(question__sku=sku) if question_id else rows.filter(review__sku=sku)
    if since:
        rows = rows.filter(at__gte=since)
    if to:
        rows = rows.filter(at__lt=to)
    if after:
        rows = rows.filter(id__gt=after)
    column = "question_id" if question_id else "review_id"
    found = rows.order_by("-id" if descending else "id").values_list(*_REPLY, column)[offset:offset + limit]
    return [_reply(row[:-1], row[-1], bool(question_id)) for row in found]


def reply(seller: SellerRef, reply_id: int) -> CommentRow:
    """Raises ReplyNotFound. One query."""
    row = Reply.objects.filter(seller_id=seller.id, pk=reply_id).values_list(*_REPLY, "review_id",
                                                                             "question_id").first()
    if row is None:
        raise ReplyNotFound()
    return _reply(row[:9], row[9] or row[10] or 0, row[9] is None)


def most_asked(seller: SellerRef, since: datetime, limit: int = 10) -> list[AskedRow]:
    """Products by how many asked about them since a moment, each with what was asked about most. Two queries."""
    top = list(Question.objects.filter(seller_id=seller.id, at__gte=since).values(
        "product_id", "sku", "offer_id").annotate(n=Count("id")).order_by("-n", "product_id").values_list(
        "product_id", "sku", "offer_id", "n")[:limit])
    topics: dict[int, list[tuple[str, int]]] = defaultdict(list)
    names: dict[int, str] = {}
    for product_id, name, topic, number in Question.objects.filter(
            seller_id=seller.id, at__gte=since, product_id__in=[row[0] for row in top]).values(
            "product_id", "name", "topic").annotate(n=Count("id")).order_by().values_list(
            "product_id", "name", "topic", "n"):
        topics[product_id].append((topic, number))
        names[product_id] = name
    return [AskedRow(product_id, sku, offer_id, names.get(product_id, ""), number, *rules.most(topics[product_id]))
            for product_id, sku, offer_id, number in top]


def asked_about(seller: SellerRef, product_id: int) -> list[tuple[str, int]]:
    """What people asked about one product, the most frequent first: (topic, how often). One query."""
    return [(topic, number) for topic, number in Question.objects.filter(
        seller_id=seller.id, product_id=product_id).exclude(topic="other").values("topic").annotate(
        n=Count("id")).order_by("-n", "topic").values_list("topic", "n") if number >= ASKED_FROM]


def ratings(seller: SellerRef, product_ids: Sequence[int], now: datetime) -> dict[int, Rating]:
    """The rating of products by the reviews that count; none where nobody wrote. One query over an index."""
    rule = dated.get("messaging.counting", "", now).value
    rows = Review.objects.filter(seller_id=seller.id, counts=True, at__gte=now - timedelta(days=rule["days"]))
    if product_ids:
        rows = rows.filter(product_id__in=product_ids)
    return {product_id: rules.rating(total, number) for product_id, total, number in rows.values("product_id").annotate(
        total=Sum("rating"), n=Count("id")).order_by().values_list("product_id", "total", "n")}


def shop_rating(seller: SellerRef, now: datetime) -> tuple[Rating, dict[int, int]]:
    """The rating of all goods of a shop, and how many reviews that count gave each number of stars. One query."""
    rule = dated.get("messaging.counting", "", now).value
    stars = dict.fromkeys(range(5, 0, -1), 0)
    stars.update(Review.objects.filter(
        seller_id=seller.id, counts=True, at__gte=now - timedelta(days=rule["days"])).values("rating").annotate(
        n=Count("id")).order_by().values_list("rating", "n"))
    return rules.rating(sum(star * number for star, number in stars.items()), sum(stars.values())), stars


def counting_rule(now: datetime) -> tuple[dict[str, Any], dated.Source]:
    """Which reviews count now, and where that comes from."""
    rule = dated.get("messaging.counting", "", now)
    return dict(rule.value), rule.source


def said_since(seller: SellerRef, since: datetime) -> dict[str, int]:
    """How much buyers have said since a moment: reviews, questions, chats. Three queries."""
    return {"reviews": Review.objects.filter(seller_id=seller.id, at__gte=since).count(),
            "questions": Question.objects.filter(seller_id=seller.id, at__gte=since).count(),
            "chats": Chat.objects.filter(seller_id=seller.id, created_at__gte=since).count()}
