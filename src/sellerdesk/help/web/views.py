"""Help for everybody, signed in or not: the shelf, an article, the drawer beside a screen, codes of refusals."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sellerdesk.core import clock
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.help import markdown, queries, shelf
from sellerdesk.help.types import Hit

SECTIONS = {
    "start": (_("Beginning"), "rocket"), "goods": (_("Goods, prices, stock"), "package"),
    "sales": (_("Orders and delivery"), "truck-delivery"), "money": (_("Money"), "wallet"),
    "shop": (_("The shop and its people"), "building-store"), "account": (_("Your account"), "user-circle"),
    "help": (_("Help and news"), "help-circle"),
}
DOORS = {"page": _("Pages"), "sheet": _("Spreadsheets"), "api": _("Seller API")}
KINDS = {
    "invalid": _("Something given is not right"), "not_found": _("It is not there"), "forbidden": _("Not allowed"),
    "conflict": _("The state has changed"), "limit": _("Too much or too often"), "unavailable": _("Not available now"),
    "error": _("Cannot be done"),
}
WHAT_TO_DO = {
    "invalid": _("Correct the value that the message names and send it again. Sent unchanged, it is refused again."),
    "not_found": _("Check the number. Things of other shops answer the same way as things that never were."),
    "forbidden": _("Ask an owner of the shop for the right, or sign in with an account that has it."),
    "conflict": _("Load the thing anew, look at its state, and decide again. Somebody or something was faster."),
    "limit": _("Wait as long as the answer says, then go on more slowly or with less at once."),
    "unavailable": _("Try again in a minute. If it goes on, write to support with the request id."),
    "error": _("Read the message: it names what is in the way."),
}


def _frame(request: WebRequest) -> str:
    return "core/shell.html" if request.user.is_authenticated else "core/plain.html"


def _address(target: str) -> tuple[str, bool] | None:
    """Where a link of an article leads: another article, a named screen, a local path; None for nowhere."""
    kind, _colon, name = target.partition(":")
    if kind == "help":
        return reverse("help:article", args=[name]), False
    if kind == "view":
        try:
            return reverse(name), False
        except NoReverseMatch:
            return None
    return markdown.local(target)


def _in_drawer(target: str) -> tuple[str, bool] | None:
    kind, _colon, name = target.partition(":")
    return (f"{reverse('help:drawer')}?article={name}", True) if kind == "help" else _address(target)


def _found(hits: list[Hit], language: str) -> list[dict[str, Any]]:
    """Hits as the pages show them."""
    rows = []
    for hit in hits:
        if hit.kind == "error":
            rows.append({"title": hit.key, "text": queries.error_texts(queries.error_code(hit.key))[:1],
                         "url": reverse("help:error", args=[hit.key]), "code": True})
        else:
            one = shelf.article(hit.key, language)
            rows.append({"title": one.title, "text": [_excerpt(one.body)], "key": one.key,
                         "url": reverse("help:article", args=[one.key]), "code": False})
    return rows


def _excerpt(body: str) -> str:
    text = markdown.plain(body)
    return text if len(text) <= 150 else f"{text[:149]}…"


@public_view
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """All articles by section, or what a search finds."""
    query = request.GET.get("q", "").strip()[:200]
    language = request.language
    sections: dict[str, list[Any]] = {key: [] for key in SECTIONS}
    for one in queries.articles(language):
        sections[one.section].append(one)
    return render(request, "help/index.html", {
        "frame": _frame(request), "q": query, "found": _found(queries.search(query), language) if query else [],
        "shelf": [(*SECTIONS[key], rows) for key, rows in sections.items()]})


@public_view
@require_safe
def article(request: WebRequest, article_key: str) -> HttpResponse:
    one = queries.article(article_key, request.language, clock.now())
    beside = [other for other in queries.articles(request.language) if other.section == one.section]
    return render(request, "help/article.html", {
        "frame": _frame(request), "article": one, "body": markdown.render(one.body, _address), "beside": beside,
        "section": SECTIONS[one.section][0]})


@public_view
@require_safe
def drawer(request: WebRequest) -> HttpResponse:
    """What stands in the drawer: the article of the screen, or one named, or what a search finds."""
    language = request.language
    query = request.GET.get("q", "").strip()[:200]
    at = request.GET.get("at", "")[:80]
    key = request.GET.get("article", "")[:60] or queries.of_screen(at) or "first-steps"
    one = queries.article(key, language, clock.now())
    context = {
        "article": one, "body": markdown.render(one.body, _in_drawer), "q": query, "at": at,
        "path": request.GET.get("path", "")[:300],
        "found": _found(queries.search(query, 8), language) if query else []}
    if getattr(request, "htmx", False):
        return render(request, "help/_drawer.html", context)
    return render(request, "help/drawer.html", {**context, "frame": _frame(request)})


@public_view
@require_safe
def errors(request: WebRequest) -> HttpResponse:
    """Every code, by door and by part of the code."""
    door, query = request.GET.get("door", ""), request.GET.get("q", "").strip().lower()[:60]
    rows = []
    for one in queries.error_codes().values():
        doors = queries.doors(one)
        texts = queries.error_texts(one)
        if (not door or door in doors) and (not query or query in one.code.lower()
                                            or any(query in text.lower() for text in texts)):
            rows.append((one, texts[0] if texts else KINDS[one.kind], [DOORS[name] for name in doors]))
    return render(request, "help/errors.html", {"frame": _frame(request), "rows": rows, "doors": DOORS, "door": door,
                                                "q": query})


@public_view
@require_safe
def error(request: WebRequest, error_code: str) -> HttpResponse:
    """One code: what it means, what to do, which door gives it."""
    one = queries.error_code(error_code)
    return render(request, "help/error.html", {
        "frame": _frame(request), "error": one, "texts": queries.error_texts(one), "kind": KINDS[one.kind],
        "todo": WHAT_TO_DO[one.kind], "doors": [DOORS[name] for name in queries.doors(one)],
        "wire": queries.on_the_wire(one)})
