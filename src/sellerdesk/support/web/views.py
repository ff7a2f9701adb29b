"""Support as a shop sees it: its tickets, asking by topic, one ticket."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from sellerdesk.core import attachments, clock
from sellerdesk.core import rules as dated
from sellerdesk.core.attachments import Upload
from sellerdesk.core.errors import DomainError, Invalid
from sellerdesk.core.http import posted, refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.media import download
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.components import TabLink
from sellerdesk.core.ui.tables.columns import Badge
from sellerdesk.help import queries as help_pages
from sellerdesk.support import permissions, queries, rules, services, states
from sellerdesk.support.errors import FileRefused, TopicUnknown
from sellerdesk.support.topics import QUEUES, below
from sellerdesk.support.types import TicketRow
from sellerdesk.support.web import attaching, facts
from sellerdesk.support.web.navigation import seen_by

_PAGE = 30
STATES = {
    states.NEW: Badge(gettext_lazy("New"), "info"), states.OPEN: Badge(gettext_lazy("In work"), "info"),
    states.WAITING: Badge(gettext_lazy("Waiting for you"), "warning"),
    states.SOLVED: Badge(gettext_lazy("Solved"), "success"), states.CLOSED: Badge(gettext_lazy("Closed"), "neutral"),
}
ICONS = {"orders": "truck-delivery", "goods": "package", "money": "wallet", "shop": "building-store",
         "account": "user-circle", "other": "messages"}


class AskForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=rules.SUBJECT_MOST, required=False)
    text = forms.CharField(label=gettext_lazy("What happened?"), max_length=rules.TEXT_MOST, help_text=gettext_lazy(
        "What did you do, what did you expect, what happened instead? Never write passwords or codes."),
        widget=forms.Textarea(attrs={"rows": 7}))


def uploads(request: WebRequest) -> list[Upload]:
    """Files of a form. One that is far too large is refused before it is read."""
    found = []
    for file in request.FILES.getlist("files"):
        if (file.size or 0) > 2 * dated.get("support.files", "", clock.now()).value["bytes"]:
            raise FileRefused(attachments.file_name(file.name or ""))
        found.append(Upload(file.name or "file", file.read()))
    return found


@require_GET
@seller_view(permissions.WRITE)
def tickets(request: WebRequest) -> HttpResponse:
    """Unsolved ones first; solved and closed behind a tab. A search looks through all."""
    done = request.GET.get("tab") == "done"
    search = request.GET.get("q", "").strip()[:150]
    whose = seen_by(request)
    page = queries.tickets_page(request.seller, user_id=whose, unsolved=not done, cursor=request.GET.get("c"),
                                limit=_PAGE, search=search)
    unsolved, _waiting = queries.counts(request.seller, user_id=whose)
    names = queries.topic_names(row.topic for row in page.rows)
    here = reverse("support:tickets")
    return render(request, "support/tickets.html", {
        "rows": [(row, STATES[row.state], names.get(row.topic, "")) for row in page.rows], "page": page, "done": done,
        "search": search,
        "tabs": [TabLink(pgettext("support", "Open"), here, unsolved, active=not done and not search),
                 TabLink(_("Solved"), f"{here}?tab=done", active=done and not search)]})


@require_GET
@seller_view(permissions.WRITE)
def ask(request: WebRequest) -> HttpResponse:
    """The tree of topics. Somebody who comes from a thing sees the topic for it on top."""
    attached = attaching.of_path(request, request.GET.get("path", "")[:300])
    near = queries.topic(attaching.TOPICS.get(attached.kind, ""))
    return render(request, "support/ask.html", {
        "tree": [(top, ICONS[top.key], below(top.key)) for top in QUEUES], "attached": attached, "near": near,
        "kind": attaching.KINDS.get(attached.kind, "")})


@require_http_methods(["GET", "POST"])
@seller_view(permissions.WRITE)
def topic(request: WebRequest, topic_key: str) -> HttpResponse:
    """What is known first, then the form."""
    chosen = queries.topic(topic_key)
    if chosen is None or not chosen.parent:
        raise TopicUnknown()
    now = clock.now()
    given = request.POST if request.method == "POST" else request.GET
    attached = attaching.of_thing(request, given.get("kind", "")[:20], given.get("id", "")[:40])
    form = AskForm(request.POST if request.method == "POST" else None)
    wrong = ""
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            ticket_id = services.open_ticket(
                seller=request.seller, user_id=user.pk, email=user.email, language=request.language, topic=topic_key,
                subject=form.cleaned_data["subject"], text=form.cleaned_data["text"], attached=attached,
                files=uploads(request), actor=request.actor, now=now)
        except Invalid as refused:
            ui_forms.add_errors(form, refused)
            wrong = refused.text if refused.field == "files" else ""
        else:
            messages.success(request, _("Your ticket is open. The answer comes here and by mail."))
            return redirect("support:ticket", ticket_id)
    aims, _rule = queries.targets(chosen.parent, now)
    return render(request, "support/topic.html", {
        "topic": chosen, "parent": queries.topic(chosen.parent), "form": form, "attached": attached,
        "kind": attaching.KINDS.get(attached.kind, ""), "facts": facts.of(chosen.facts, request, now), "aims": aims,
        "article": help_pages.article(chosen.article, request.language, now) if chosen.article else None,
        "files_error": wrong, **_file_limits()}, status=422 if form.errors else 200)


def _file_limits() -> dict[str, Any]:
    limits = dated.get("support.files", "", clock.now()).value
    return {"files_most": limits["most"], "files_mb": limits["bytes"] // (1024 * 1024)}


@require_safe
@seller_view(permissions.WRITE)
def ticket(request: WebRequest, ticket_id: int) -> HttpResponse:
    return _page(request, queries.ticket(request.seller, ticket_id, user_id=seen_by(request)))


def _page(request: WebRequest, row: TicketRow, error: str = "") -> HttpResponse:
    now = clock.now()
    days = queries.terms(now)["reopen_days"]
    found = queries.topic(row.topic)
    return render(request, "support/ticket.html", {
        "row": row, "badge": STATES[row.state], "messages_said": queries.messages(row.id, notes=False), "error": error,
        "topic": found, "kind": attaching.KINDS.get(row.object_kind, ""),
        "object_url": attaching.url_of(row.object_kind, row.object_id), "unsolved": row.state in states.UNSOLVED,
        "may_reopen": row.state in (states.SOLVED, states.CLOSED) and rules.may_reopen(row.solved_at, days, now),
        "stars": range(1, 6), "typed": request.POST.get("text", ""), "now": now, **_file_limits(),
    }, status=422 if error else 200)


def _act(request: WebRequest, ticket_id: int) -> dict[str, Any]:
    return {"seller": request.seller, "ticket_id": ticket_id, "user_id": int(request.user.pk or 0),
            "only_own": seen_by(request) is not None, "actor": request.actor, "now": clock.now()}


def _back(request: WebRequest, ticket_id: int, refused: DomainError) -> HttpResponse:
    if refused.kind == "not_found":
        raise refused
    messages.error(request, refusal_text(refused))
    return redirect("support:ticket", ticket_id)


@require_POST
@seller_view(permissions.WRITE)
def reply(request: WebRequest, ticket_id: int) -> HttpResponse:
    try:
        services.reply(text=request.POST.get("text", ""), files=uploads(request), **_act(request, ticket_id))
    except Invalid as refused:
        # What was typed stays on the page.
        return _page(request, queries.ticket(request.seller, ticket_id, user_id=seen_by(request)), refused.text)
    except DomainError as refused:
        return _back(request, ticket_id, refused)
    messages.success(request, _("Sent."))
    return redirect("support:ticket", ticket_id)


@require_POST
@seller_view(permissions.WRITE)
def solve(request: WebRequest, ticket_id: int) -> HttpResponse:
    try:
        services.solve(**_act(request, ticket_id))
    except DomainError as refused:
        return _back(request, ticket_id, refused)
    messages.success(request, _("Good. Tell us how it was, if you like."))
    return redirect("support:ticket", ticket_id)


@require_POST
@seller_view(permissions.WRITE)
def reopen(request: WebRequest, ticket_id: int) -> HttpResponse:
    try:
        services.reopen(**_act(request, ticket_id))
    except DomainError as refused:
        return _back(request, ticket_id, refused)
    messages.success(request, _("The ticket is open again. Write what is still wrong."))
    return redirect("support:ticket", ticket_id)


@require_POST
@seller_view(permissions.WRITE)
def rate(request: WebRequest, ticket_id: int) -> HttpResponse:
    try:
        services.rate(stars=posted.number(request.POST.get("stars", ""), digits=1),
                      text=request.POST.get("text", ""), **_act(request, ticket_id))
    except DomainError as refused:
        return _back(request, ticket_id, refused)
    messages.success(request, _("Thank you."))
    return redirect("support:ticket", ticket_id)


@require_safe
@seller_view(permissions.WRITE)
def file(request: WebRequest, ticket_id: int, ticket_file_id: int) -> HttpResponse:
    row = queries.ticket(request.seller, ticket_id, user_id=seen_by(request))
    found = queries.file_of(row.id, ticket_file_id, notes=False)
    return download(found.id, found.kind, found.storage_key)


