"""Questions: the list with what is asked most, one of them, answering."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.messaging import permissions, queries, services, texts
from sellerdesk.messaging.types import TOPICS, QuestionFilter
from sellerdesk.messaging.web.chats import thumbs
from sellerdesk.messaging.web.review_tables import STATUS, QuestionTable, question_views
from sellerdesk.messaging.web.reviews import bounds, set_many, shown_replies
from sellerdesk.messaging.web.tabs import tabs
from sellerdesk.orders import queries as orders

_ASKED_DAYS = 30


@require_GET
@seller_view(permissions.REVIEWS)
def questions(request: WebRequest) -> HttpResponse:
    """What people want to know, and which cards leave them asking."""
    table = QuestionTable(request)
    token = str(orders.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    since, to = bounds(request, table.where.get("since"))
    found = queries.questions_page(
        request.seller, cursor=table.cursor, limit=table.page_size,
        filter=QuestionFilter(tab=table.tab, search=table.where.get("q", ""), topic=table.where.get("topic", ""),
                              since=since, to=to))
    counts = queries.question_counts(request.seller)
    table.fill(question_views(found.rows, thumbs(request, [row.product_id for row in found.rows])),
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor, live_token=token,
               tab_counts={"open": counts["open"], "processed": counts["processed"], "all": counts["all"]})
    return table.respond("messaging/questions.html", lambda: {
        "page_tabs": tabs(request, "questions"), "asked_days": _ASKED_DAYS,
        "asked": [(row, texts.TOPICS[row.topic]) for row in queries.most_asked(
            request.seller, clock.now() - timedelta(days=_ASKED_DAYS), 5) if row.questions > 1]})


@require_http_methods(["GET", "POST"])
@seller_view(permissions.REVIEWS)
def question(request: WebRequest, question_id: int) -> HttpResponse:
    """One question with its answers."""
    row = queries.question(request.seller, question_id)
    typed = error = ""
    if request.method == "POST":
        require(request, permissions.REPLY)
        typed = request.POST.get("text", "")
        try:
            services.answer(seller=request.seller, question_id=question_id, text=typed, actor=request.actor,
                            now=clock.now())
        except DomainError as refused:
            error = refusal_text(refused)
        else:
            messages.success(request, _("Sent. Buyers see it as soon as the marketplace has looked at it."))
            return redirect("messaging:question", question_id=question_id)
    asked = queries.asked_about(request.seller, row.product_id)
    return render(request, "messaging/question.html", {
        "row": row, "badge": STATUS[row.status], "topic": texts.TOPICS[row.topic], "typed": typed, "error": error,
        "asked": [(texts.TOPICS[topic], number, TOPICS[topic]) for topic, number in asked],
        "replies": shown_replies(queries.replies(request.seller, question_id=row.id)),
        "thumb": thumbs(request, [row.product_id]).get(row.product_id, ""), "may_reply": request.can(permissions.REPLY),
        "templates": queries.templates(request.seller), "nav_key": "reviews",
    }, status=422 if error else 200)


@require_POST
@seller_view(permissions.REPLY)
def status(request: WebRequest, question_id: int) -> HttpResponse:
    """Seen, dealt with, or new again."""
    wanted = request.POST.get("status", "")
    if wanted == "VIEWED" and request.htmx:
        services.view(seller=request.seller, kind="question", row_id=question_id, actor=request.actor,
                      now=clock.now())
        return HttpResponse(status=204)
    services.set_question_status(seller=request.seller, question_ids=[question_id], status=wanted,
                                 actor=request.actor, now=clock.now())
    return redirect("messaging:question", question_id=question_id)


@require_POST
@seller_view(permissions.REPLY)
def bulk(request: WebRequest) -> HttpResponse:
    """The status of the selected ones."""
    return set_many(request, lambda ids, wanted: services.set_question_status(
        seller=request.seller, question_ids=ids, status=wanted, actor=request.actor, now=clock.now()),
        "messaging:questions")
