"""The operator's rooms for support: queues, one ticket, ready answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import clock
from sellerdesk.core.attachments import Upload
from sellerdesk.core.errors import DomainError, Invalid, NotFound
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.media import download
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.tables.columns import Badge
from sellerdesk.sellers import permissions
from sellerdesk.sellers import queries as sellers
from sellerdesk.support import queries, services
from sellerdesk.support.types import QueueFilter, TicketRow

_PAGE = 40
STATES = {
    "new": Badge(gettext_lazy("New"), "warning"), "open": Badge(gettext_lazy("In work"), "info"),
    "waiting": Badge(gettext_lazy("Waits for the shop"), "neutral"),
    "solved": Badge(gettext_lazy("Solved"), "success"), "closed": Badge(gettext_lazy("Closed"), "neutral"),
}
_WHOSE = {"": gettext_lazy("Anybody’s"), "me": gettext_lazy("Mine"), "nobody": gettext_lazy("Nobody’s")}


class MacroForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    text_zh = forms.CharField(label=gettext_lazy("Text in Chinese"), widget=forms.Textarea(attrs={"rows": 4}))
    text_ru = forms.CharField(label=gettext_lazy("Text in Russian"), widget=forms.Textarea(attrs={"rows": 4}))
    text_en = forms.CharField(label=gettext_lazy("Text in English"), widget=forms.Textarea(attrs={"rows": 4}))


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_safe
def queue(request: WebRequest) -> HttpResponse:
    """What waits for an operator first; other states and queues by filter."""
    given = request.GET
    state = given.get("state", "turn")
    where = QueueFilter(
        state=state if state in STATES or state in ("turn", "all") else "turn",
        queue=given.get("queue", "") if given.get("queue", "") in {one.key for one in queries.topics()} else "",
        assigned=given.get("whose", "") if given.get("whose", "") in _WHOSE else "",
        search=given.get("q", "").strip()[:150], user_id=int(request.user.pk or 0))
    page = queries.queue_page(where, cursor=given.get("c"), limit=_PAGE)
    shops = sellers.names(row.seller_id for row in page.rows if row.seller_id)
    names = queries.topic_names(row.topic for row in page.rows)
    people = accounts.labels(row.assigned_to_id for row in page.rows if row.assigned_to_id)
    counts = queries.queue_counts()
    return render(request, "console/tickets.html", {
        "area": "console", "nav_key": "tickets", "where": where, "page": page, "now": clock.now(),
        "states": STATES, "whose": _WHOSE,
        "queues": [(one, counts.get(one.key, 0)) for one in queries.topics() if not one.parent],
        "recoveries": accounts.recoveries_open(),
        "rows": [(row, STATES[row.state], names.get(row.topic, row.topic), shops.get(row.seller_id or 0, row.email),
                  people.get(row.assigned_to_id or 0, "")) for row in page.rows]})


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_safe
def ticket(request: WebRequest, ticket_id: int) -> HttpResponse:
    return _page(request, queries.any_ticket(ticket_id))


def _page(request: WebRequest, row: TicketRow, error: str = "") -> HttpResponse:
    macros = queries.macros()
    chosen = next((one for one in macros if str(one.id) == request.GET.get("macro", "")), None)
    text = request.POST.get("text", "")
    shop = sellers.names([row.seller_id]).get(row.seller_id, "") if row.seller_id else ""
    if chosen is not None:
        name = accounts.labels([row.user_id]).get(row.user_id, "") if row.user_id else ""
        text = services.answering.filled(chosen, row, name=name or row.email, shop=shop)
    problem = accounts.signin_problem(row.problem_id) if row.problem_id else None
    found = queries.topic(row.topic)
    return render(request, "console/ticket.html", {
        "area": "console", "nav_key": "tickets", "row": row, "badge": STATES[row.state], "console": True,
        "messages_said": queries.messages(row.id, notes=True), "topic": found, "shop": shop, "macros": macros,
        "chosen": chosen, "typed": text, "error": error, "problem": problem, "now": clock.now(),
        "assigned": accounts.labels([row.assigned_to_id]).get(row.assigned_to_id, "") if row.assigned_to_id else "",
        "mine": row.assigned_to_id == request.user.pk, "may_answer": row.state in ("new", "open", "waiting"),
    }, status=422 if error else 200)


def _done(request: WebRequest, ticket_id: int, refused: DomainError | None, text: str) -> HttpResponse:
    if refused is not None and refused.kind == "not_found":
        raise refused
    (messages.error if refused else messages.success)(request, refusal_text(refused) if refused else text)
    return redirect("console:ticket", ticket_id)


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_POST
def answer(request: WebRequest, ticket_id: int) -> HttpResponse:
    """Words for the shop, by mail too; or a note that only operators see."""
    act, text, now = request.POST.get("act", ""), request.POST.get("text", ""), clock.now()
    try:
        if act == "note":
            services.note(ticket_id=ticket_id, text=text, actor=request.actor, now=now)
        else:
            files = [Upload(file.name or "file", file.read()) for file in request.FILES.getlist("files")]
            services.answer(ticket_id=ticket_id, text=text, files=files, solved=act == "solve", actor=request.actor,
                            now=now)
    except Invalid as refused:
        return _page(request, queries.any_ticket(ticket_id), refused.text)
    except DomainError as refused:
        return _done(request, ticket_id, refused, "")
    return _done(request, ticket_id, None, _("The note is kept.") if act == "note" else _("The answer is on its way."))


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_POST
def assign(request: WebRequest, ticket_id: int) -> HttpResponse:
    """Take it, or put it back."""
    mine = request.POST.get("to") == "me"
    try:
        services.assign(ticket_id=ticket_id, to_user_id=int(request.actor.id) if mine else None, actor=request.actor,
                        now=clock.now())
    except DomainError as refused:
        return _done(request, ticket_id, refused, "")
    return _done(request, ticket_id, None, _("The ticket is yours.") if mine else _("The ticket is nobody’s now."))


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_safe
def file(request: WebRequest, ticket_id: int, ticket_file_id: int) -> HttpResponse:
    row = queries.any_ticket(ticket_id)
    found = queries.file_of(row.id, ticket_file_id, notes=True)
    return download(found.id, found.kind, found.storage_key)


@operator_view(permissions.CONSOLE_TICKET_ANSWER)
@require_http_methods(["GET", "POST"])
def macros(request: WebRequest, macro_id: int | None = None) -> HttpResponse:
    """Ready answers, and the form of one."""
    rows = queries.macros()
    known = next((one for one in rows if one.id == macro_id), None)
    if macro_id is not None and known is None:
        raise NotFound()
    initial: dict[str, Any] | None = None if known is None else {
        "name": known.name, "text_en": known.text_en, "text_ru": known.text_ru, "text_zh": known.text_zh}
    form = MacroForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_macro(macro_id=macro_id, name=form.cleaned_data["name"], actor=request.actor, now=clock.now(),
                                texts={code: form.cleaned_data[f"text_{code}"] for code in ("en", "ru", "zh")})
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("console:macros")
    return render(request, "console/macros.html", {
        "area": "console", "nav_key": "tickets", "form": form, "known": known,
        "rows": [(one, localized({"en": one.text_en, "ru": one.text_ru, "zh-hans": one.text_zh}, request.language))
                 for one in rows]}, status=422 if form.errors else 200)
