"""Chats: the list, one conversation, everything done in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock, storage
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import posted, refusal_text, toast
from sellerdesk.core.http.access import public_view, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.messaging import permissions, queries, services, texts
from sellerdesk.messaging.errors import MessageNotFound
from sellerdesk.messaging.types import BUYER, ChatFilter, ChatRow, MessageRow
from sellerdesk.messaging.web.chat_tables import STATES, ChatTable, state_of, views
from sellerdesk.orders import queries as orders
from sellerdesk.sellers.queries import team

_AT_ONCE = 60


@require_GET
@seller_view(permissions.VIEW)
def chats(request: WebRequest) -> HttpResponse:
    """Conversations, those that wait for an answer first of all."""
    table = ChatTable(request)
    token = str(orders.latest_change(request.seller))
    if table.unchanged(token):
        return table.nothing_new()
    zone = ZoneInfo(request.seller.time_zone)
    low, high = table.where.get("since") or (None, None)
    found = queries.chats_page(
        request.seller, cursor=table.cursor, limit=table.page_size, warehouse_ids=request.warehouse_ids,
        filter=ChatFilter(
            tab=table.tab, user_id=request.user.pk or 0, search=table.where.get("q", ""),
            since=datetime.combine(low, time(), zone) if low else None,
            to=datetime.combine(high + timedelta(days=1), time(), zone) if high else None))
    dues = {one.id: one.due_at for one in queries.chats_to_answer(
        request.seller, warehouse_ids=request.warehouse_ids, limit=500)}
    table.fill(views(found.rows, thumbs(request, [row.product_id for row in found.rows]), dues),
               next_cursor=found.next_cursor, prev_cursor=found.prev_cursor, live_token=token,
               tab_counts=queries.chat_counts(request.seller, request.user.pk or 0, request.warehouse_ids))
    return table.respond("messaging/chats.html")


def thumbs(request: WebRequest, product_ids: list[int]) -> dict[int, str]:
    wanted = sorted(set(product_ids))
    return {row.id: row.thumb_url for row in catalog.products_page(
        request.seller, filter=ProductFilter(product_ids=wanted, visibility="ANY"), cursor="", limit=len(wanted),
        language=request.language).rows} if wanted else {}


@require_GET
@seller_view(permissions.VIEW)
def chat(request: WebRequest, chat_id: int) -> HttpResponse:
    """One conversation with what it is about."""
    return _page(request, _row(request, chat_id))


def _row(request: WebRequest, chat_id: int) -> ChatRow:
    return queries.chat(request.seller, chat_id, request.warehouse_ids)


def _page(request: WebRequest, row: ChatRow, *, typed: str = "", error: str = "") -> HttpResponse:
    card = next(iter(orders.cards(request.seller, [row.posting_number])), None)
    may_write = request.can(permissions.WRITE)
    return render(request, "messaging/chat.html", {
        **_thread(request, row), "card": card, "may_write": may_write, "typed": typed, "error": error,
        "thumb": thumbs(request, [row.product_id]).get(row.product_id, ""),
        "templates": queries.templates_filled(request.seller, row, card.tracking_number if card else "")
        if may_write else [],
        "notes": queries.notes(request.seller, row.id),
        "colleagues": [(id_, name) for id_, name, _role in team.members(request.seller)] if may_write else [],
        "reports": [(texts.ABUSE[one.reason], texts.REPORT_STATES[one.state], one)
                    for one in queries.reports_of(request.seller, chat_id=row.id)],
        "reasons": texts.ABUSE.items(), "scheme": texts.SCHEMES.get(row.scheme, row.scheme),
        "nav_key": "chats",
    }, status=422 if error else 200)


def _thread(request: WebRequest, row: ChatRow) -> dict[str, Any]:
    now = clock.now()
    before = request.GET.get("before", "")
    found, more = queries.messages(request.seller, row.id, limit=_AT_ONCE, language=request.language,
                                   before=posted.number(before))
    minutes = timedelta(minutes=queries.edit_minutes(now))
    open_ = row.opened and (row.write_until is None or row.write_until > now)
    return {
        "row": row, "badge": STATES[state_of(row)], "open": open_, "older": found[0].id if more and found else 0,
        "days": _by_day(request, row, found, now - minutes if open_ and request.can(permissions.WRITE) else None),
        "after_hours": queries.policy(row.scheme, now)[0].start_after_end, "translates": queries.translates(),
        "latest": not before, "mark_read": row.unread and request.can(permissions.WRITE),
        "due": next((one.due_at for one in queries.chats_to_answer(request.seller, only=row.id)), None)
        if row.awaiting else None,
    }


def _by_day(request: WebRequest, row: ChatRow, found: list[MessageRow],
            changeable_from: datetime | None) -> list[tuple[str, list[dict[str, Any]]]]:
    zone = ZoneInfo(request.seller.time_zone)
    made: list[tuple[str, list[dict[str, Any]]]] = []
    last = None
    for one in found:
        day = one.at.astimezone(zone).date()
        if day != last:
            made.append((formats.day(day), []))
            last = day
        made[-1][1].append({
            "row": one, "mine": one.by != BUYER, "read": queries.read_by_other(one, row.seller_read_id,
                                                                              row.buyer_read_id),
            "editable": changeable_from is not None and one.by != BUYER and one.kind == "text"
            and one.at > changeable_from})
    return made


@require_GET
@seller_view(permissions.VIEW)
def thread(request: WebRequest, chat_id: int) -> HttpResponse:
    """The messages alone, where there is something new; older ones with `before`."""
    row = _row(request, chat_id)
    if request.GET.get("after") == str(row.version):
        return HttpResponse(status=204)
    name = "messaging/_older.html" if request.GET.get("before") else "messaging/_thread.html"
    return render(request, name, _thread(request, row))


def _done(request: WebRequest, chat_id: int, act: Callable[[], Any], said: str = "", *,
          typed: str = "") -> HttpResponse:
    """Do something in a chat and show it again: its messages alone for htmx, the whole page otherwise."""
    try:
        act()
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        row, text = _row(request, chat_id), refusal_text(refused)
        if request.htmx:
            answer = HttpResponse(status=422)
            answer["HX-Reswap"] = "none"
            return toast(answer, "danger", text)
        return _page(request, row, typed=typed, error=text)
    if request.htmx:
        return render(request, "messaging/_thread.html", _thread(request, _row(request, chat_id)))
    if said:
        messages.success(request, said)
    return redirect("messaging:chat", chat_id=chat_id)


@require_POST
@seller_view(permissions.WRITE)
def send(request: WebRequest, chat_id: int) -> HttpResponse:
    """Send what was typed and chosen; both in one go make two messages."""
    where: dict[str, Any] = {"seller": request.seller, "chat_id": chat_id, "actor": request.actor, "now": clock.now(),
             "only_in": request.warehouse_ids}
    text, file = request.POST.get("text", ""), request.FILES.get("file")

    def act() -> None:
        if file is not None:
            services.send_file(name=file.name or "", data=file.read(), **where)
        if text.strip() or file is None:
            services.send(text=text, **where)

    _row(request, chat_id)
    return _done(request, chat_id, act, typed=text)


@require_POST
@seller_view(permissions.WRITE)
def read(request: WebRequest, chat_id: int) -> HttpResponse:
    """The buyer's messages have been seen."""
    upto = request.POST.get("upto", "")
    services.read(seller=request.seller, chat_id=chat_id, upto=posted.number(upto),
                  actor=request.actor, now=clock.now(), only_in=request.warehouse_ids)
    return HttpResponse(status=204)


@require_POST
@seller_view(permissions.WRITE)
def edit(request: WebRequest, chat_id: int, message_id: int) -> HttpResponse:
    """Change one's own message."""
    return _done(request, chat_id, lambda: services.edit(
        seller=request.seller, chat_id=chat_id, message_id=message_id, text=request.POST.get("text", ""),
        actor=request.actor, now=clock.now(), only_in=request.warehouse_ids))


@require_POST
@seller_view(permissions.VIEW)
def translate(request: WebRequest, chat_id: int, message_id: int) -> HttpResponse:
    """Show a message in the reader's language too."""
    row = _row(request, chat_id)
    return _done(request, chat_id, lambda: services.translate(
        seller=request.seller, chat_id=row.id, message_id=message_id, language=request.language))


@require_POST
@seller_view(permissions.WRITE)
def start(request: WebRequest, number: str) -> HttpResponse:
    """Begin the chat about a posting."""
    try:
        chat_id = services.start_chat(seller=request.seller, posting_number=number, actor=request.actor,
                                      now=clock.now(), only_in=request.warehouse_ids)
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        messages.error(request, refusal_text(refused))
        return redirect("orders:posting", number=number)
    return redirect("messaging:chat", chat_id=chat_id)


@require_POST
@seller_view(permissions.WRITE)
def assign(request: WebRequest, chat_id: int) -> HttpResponse:
    """Give the chat to a colleague, or to nobody."""
    chosen = request.POST.get("assignee", "")
    colleague = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None
    return _done(request, chat_id, lambda: services.assign(
        seller=request.seller, chat_id=chat_id, user_id=colleague, actor=request.actor, now=clock.now(),
        only_in=request.warehouse_ids), _("Saved."))


@require_POST
@seller_view(permissions.WRITE)
def note(request: WebRequest, chat_id: int) -> HttpResponse:
    """Keep a note for colleagues."""
    return _done(request, chat_id, lambda: services.write_note(
        seller=request.seller, chat_id=chat_id, text=request.POST.get("note", ""), actor=request.actor,
        now=clock.now(), only_in=request.warehouse_ids), _("The note is kept; buyers never see it."))


@require_POST
@seller_view(permissions.WRITE)
def report(request: WebRequest, chat_id: int) -> HttpResponse:
    """Tell the marketplace that the buyer abuses the chat."""
    return _done(request, chat_id, lambda: services.report_chat(
        seller=request.seller, chat_id=chat_id, reason=request.POST.get("reason", ""),
        comment=request.POST.get("comment", ""), actor=request.actor, now=clock.now(),
        only_in=request.warehouse_ids), _("Reported. The marketplace looks at it and tells you here."))


@require_GET
@seller_view(permissions.VIEW)
def file(request: WebRequest, chat_id: int, message_id: int) -> HttpResponse:
    """What was sent in a message: a picture is shown, a document is saved."""
    row = _row(request, chat_id)
    return _file(queries.message(request.seller, message_id, row.id))


@require_GET
@public_view
def linked_file(request: WebRequest, token: str) -> HttpResponse:
    """The same for programs, which got the link with the message."""
    return _file(queries.file_of_link(token))


def _file(row: MessageRow) -> HttpResponse:
    if not row.file_key:
        raise MessageNotFound()
    image = row.kind == "image"
    response = HttpResponse(storage.open_bytes(row.file_key), content_type="image/webp" if image else "application/pdf")
    # The name people gave it stays on the page; the bytes are offered under one that says nothing anywhere.
    response["Content-Disposition"] = "inline" if image else f'attachment; filename="message-{row.id}.pdf"'
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
