"""Reviews: the list, one of them, answering, reporting a fake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock, storage
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.messaging import permissions, queries, services, texts
from sellerdesk.messaging.types import CommentRow, ReviewFilter
from sellerdesk.messaging.web.chats import thumbs
from sellerdesk.messaging.web.review_tables import STATUS, ReviewTable, review_views, stars
from sellerdesk.messaging.web.tabs import tabs
from sellerdesk.orders import queries as orders

_REPLY_TONES = {"moderation": "info", "published": "success", "rejected": "danger"}
MOST_AT_ONCE = 200


@require_GET
@seller_view(permissions.REVIEWS)
def reviews(request: WebRequest) -> HttpResponse:
    """What buyers think, and what it comes to."""
    table = ReviewTable(request)
    token = str(orders.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    where = table.where
    since, to = bounds(request, where.get("since"))
    found = queries.reviews_page(
        request.seller, cursor=table.cursor, limit=table.page_size,
        filter=ReviewFilter(
            tab=table.tab, search=where.get("q", ""), ratings=tuple(int(one) for one in where.get("stars", ())),
            media=where.get("media", ""), order_status=where.get("order", ""), counts=where.get("counts", ""),
            since=since, to=to))
    table.fill(review_views(found.rows, thumbs(request, [row.product_id for row in found.rows])),
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor, live_token=token,
               tab_counts=_tab_counts(queries.review_counts(request.seller)))
    return table.respond("messaging/reviews.html", lambda: _summary(request))


def bounds(request: WebRequest, chosen: tuple[Any, Any] | None) -> tuple[datetime | None, datetime | None]:
    """Two days of the shop as moments, the second with the whole day."""
    zone = ZoneInfo(request.seller.time_zone)
    low, high = chosen or (None, None)
    return (datetime.combine(low, time(), zone) if low else None,
            datetime.combine(high + timedelta(days=1), time(), zone) if high else None)


def _tab_counts(counts: dict[str, int]) -> dict[str, int]:
    return {"open": counts["open"], "processed": counts["processed"], "all": counts["all"]}


def _summary(request: WebRequest) -> dict[str, Any]:
    rating, by_stars = queries.shop_rating(request.seller, clock.now())
    rule, source = queries.counting_rule(clock.now())
    return {"page_tabs": tabs(request, "reviews"), "rating": rating, "rating_stars": formats.number(rating.stars, 2),
            "by_stars": [(star, number, round(100 * number / rating.count) if rating.count else 0)
                         for star, number in by_stars.items()],
            "rule_days": rule["days"], "rule_source": source}


@require_http_methods(["GET", "POST"])
@seller_view(permissions.REVIEWS)
def review(request: WebRequest, review_id: int) -> HttpResponse:
    """One review with its answers; a new one is seen from then on, once the page has asked for it."""
    if request.method == "POST":
        require(request, permissions.REPLY)
        return _answer(request, review_id)
    return _page(request, review_id)


def _answer(request: WebRequest, review_id: int) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        services.reply(seller=request.seller, review_id=review_id, text=text, actor=request.actor, now=clock.now())
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        return _page(request, review_id, typed=text, error=refusal_text(refused))
    messages.success(request, _("Sent. Buyers see it as soon as the marketplace has looked at it."))
    return redirect("messaging:review", review_id=review_id)


def _page(request: WebRequest, review_id: int, *, typed: str = "", error: str = "") -> HttpResponse:
    row = queries.review(request.seller, review_id)
    rating = queries.ratings(request.seller, [row.product_id], clock.now()).get(row.product_id)
    return render(request, "messaging/review.html", {
        "row": row, "stars": stars(row.rating), "badge": STATUS[row.status], "typed": typed, "error": error,
        "order_status": texts.ORDER_STATUSES[row.order_status], "rating": rating,
        "rating_stars": formats.number(rating.stars, 2) if rating else "",
        "photos": [storage.url(one.key) for one in queries.photos(request.seller, [row.id]).get(row.id, ())],
        "replies": shown_replies(queries.replies(request.seller, review_id=row.id)),
        "thumb": thumbs(request, [row.product_id]).get(row.product_id, ""), "may_reply": request.can(permissions.REPLY),
        "reports": [(texts.FAKE[one.reason], texts.REPORT_STATES[one.state], one)
                    for one in queries.reports_of(request.seller, review_id=row.id)],
        "reasons": texts.FAKE.items(), "templates": queries.templates(request.seller), "nav_key": "reviews",
    }, status=422 if error else 200)


def shown_replies(rows: list[CommentRow]) -> list[tuple[CommentRow, t.Badge, Any]]:
    return [(row, t.Badge(texts.REPLY_STATES[row.state], _REPLY_TONES[row.state]),
             texts.REFUSALS.get(row.reason, "") if row.state == "rejected" else "") for row in rows]


@require_POST
@seller_view(permissions.REPLY)
def status(request: WebRequest, review_id: int) -> HttpResponse:
    """Seen, dealt with, or new again."""
    wanted = request.POST.get("status", "")
    if wanted == "VIEWED" and request.htmx:
        services.view(seller=request.seller, kind="review", row_id=review_id, actor=request.actor, now=clock.now())
        return HttpResponse(status=204)
    services.set_review_status(seller=request.seller, review_ids=[review_id], status=wanted, actor=request.actor,
                               now=clock.now())
    return redirect("messaging:review", review_id=review_id)


@require_POST
@seller_view(permissions.REPLY)
def bulk(request: WebRequest) -> HttpResponse:
    """The status of the selected ones."""
    return set_many(request, lambda ids, wanted: services.set_review_status(
        seller=request.seller, review_ids=ids, status=wanted, actor=request.actor, now=clock.now()),
        "messaging:reviews")


def set_many(request: WebRequest, act: Callable[[list[int], str], int], back: str) -> HttpResponse:
    ids = posted.numbers(request.POST.getlist("ids")[:MOST_AT_ONCE])
    try:
        done = act(ids, request.POST.get("action", "")) if ids else 0
        messages.success(request, ngettext("%(n)s entry changed.", "%(n)s entries changed.", done) % {"n": done})
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    return redirect(t.next_url(request, reverse(back)))


@require_POST
@seller_view(permissions.REPLY)
def report(request: WebRequest, review_id: int) -> HttpResponse:
    """Tell the marketplace that it is a fake."""
    try:
        services.report_review(seller=request.seller, review_id=review_id, reason=request.POST.get("reason", ""),
                               comment=request.POST.get("comment", ""), actor=request.actor, now=clock.now())
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Reported. The marketplace looks at it and tells you here."))
    return redirect("messaging:review", review_id=review_id)


@require_POST
@seller_view(permissions.REPLY)
def edit(request: WebRequest, reply_id: int) -> HttpResponse:
    """Change one's own answer to a review or question."""
    row = queries.reply(request.seller, reply_id)
    try:
        services.edit_reply(seller=request.seller, reply_id=reply_id, text=request.POST.get("text", ""),
                            actor=request.actor, now=clock.now())
        messages.success(request, _("Changed. Buyers see it as soon as the marketplace has looked at it."))
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
    return _back(row)


@require_POST
@seller_view(permissions.REPLY)
def delete(request: WebRequest, reply_id: int) -> HttpResponse:
    """Take one's own answer back."""
    row = queries.reply(request.seller, reply_id)
    services.delete_reply(seller=request.seller, reply_id=reply_id, actor=request.actor, now=clock.now())
    messages.success(request, _("Deleted."))
    return _back(row)


def _back(row: CommentRow) -> HttpResponse:
    if row.to_question:
        return redirect("messaging:question", question_id=row.about_id)
    return redirect("messaging:review", review_id=row.about_id)
