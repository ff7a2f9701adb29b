"""News as a shop reads it: list and archive, policies with their versions, what is coming, what a new table costs."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.announcements import queries, rules, services
from sellerdesk.announcements.errors import PolicyNotFound
from sellerdesk.announcements.types import OFFER, VersionRow
from sellerdesk.announcements.web import words
from sellerdesk.announcements.web.reading import reader
from sellerdesk.core import clock
from sellerdesk.core.http.access import require, seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui.components import TabLink
from sellerdesk.core.ui.tables import next_url
from sellerdesk.core.ui.tables.columns import Badge
from sellerdesk.sellers import permissions

SEVERITY = {"info": Badge(gettext_lazy("For your information"), "info"),
            "important": Badge(gettext_lazy("Important"), "warning"),
            "critical": Badge(gettext_lazy("Critical"), "danger")}


def _tabs(active: str) -> list[TabLink]:
    return [TabLink(label, reverse(f"announcements:{name}"), active=name == active) for name, label in (
        ("index", _("Announcements")), ("policies", _("Policies")), ("calendar", _("What is coming")),
        ("fees", _("Effect of new fees")))]


@require_safe
@seller_view(permissions.TICKET_WRITE)
def index(request: WebRequest) -> HttpResponse:
    """Everything that concerns this shop, the newest first; searching is the archive."""
    now = clock.now()
    search = request.GET.get("q", "").strip()[:100]
    rows = queries.of_reader(reader(request, now), search=search, language=request.language, now=now)
    return render(request, "announcements/index.html", {
        "tabs": _tabs("index"), "rows": [(row, SEVERITY[row.severity]) for row in rows], "q": search,
        "feed": _address(request)})


def _address(request: WebRequest) -> str:
    """Of the person's own feed; empty where they have none."""
    row = queries.feed(request.seller, int(request.user.pk or 0))
    return settings.SITE_URL + reverse("announcements:own_feed", args=[row.token, "atom"]) if row else ""


@require_POST
@seller_view(permissions.TICKET_WRITE)
def feed_open(request: WebRequest) -> HttpResponse:
    """Make the person's own feed, or give it another address."""
    services.open_feed(seller=request.seller, user_id=int(request.user.pk or 0), now=clock.real_now())
    messages.success(request, _("Your feed has an address. Whoever knows it can read along; keep it to yourself."))
    return redirect("announcements:index")


@require_POST
@seller_view(permissions.TICKET_WRITE)
def feed_close(request: WebRequest) -> HttpResponse:
    services.close_feed(seller=request.seller, user_id=int(request.user.pk or 0))
    messages.success(request, _("The address of your feed opens nothing any more."))
    return redirect("announcements:index")


@require_safe
@seller_view(permissions.TICKET_WRITE)
def announcement(request: WebRequest, announcement_id: int) -> HttpResponse:
    now = clock.now()
    row = queries.announcement(reader(request, now), announcement_id, language=request.language, now=now)
    return render(request, "announcements/announcement.html", {"row": row, "badge": SEVERITY[row.severity]})


@require_POST
@seller_view(permissions.TICKET_WRITE)
def acknowledge(request: WebRequest, announcement_id: int) -> HttpResponse:
    now = clock.now()
    row = queries.announcement(reader(request, now), announcement_id, language=request.language, now=now)
    services.acknowledge(seller=request.seller, row=row, user_id=int(request.user.pk or 0), actor=request.actor,
                         now=now)
    return redirect(next_url(request, reverse("announcements:index")))


def named(row: VersionRow) -> str:
    return _("The offer to sellers") if row.key == OFFER else row.title


@require_safe
@seller_view(permissions.TICKET_WRITE)
def policy_list(request: WebRequest) -> HttpResponse:
    now = clock.now()
    until = queries.to_accept(request.seller, now)
    return render(request, "announcements/policies.html", {
        "tabs": _tabs("policies"), "now": now,
        "rows": [(row, named(row), until.get(row.key)) for row in queries.policies(request.language, now)]})


@require_safe
@seller_view(permissions.TICKET_WRITE)
def policy_page(request: WebRequest, policy_key: str) -> HttpResponse:
    """A version, by default the one in force, or how it differs from another."""
    now = clock.now()
    rows = queries.versions(policy_key, request.language)
    by_name = {row.version: row for row in rows}
    in_force = next((row for row in rows if row.valid_from <= now), rows[-1])
    shown = by_name.get(request.GET.get("version", ""), in_force)
    older = by_name.get(request.GET.get("with", ""))
    if request.GET.get("with") and older is None:
        raise PolicyNotFound(policy_key)
    return render(request, "announcements/policy.html", {
        "row": shown, "title": named(shown), "rows": rows, "older": older, "now": now, "in_force": in_force,
        "lines": rules.differences(older.text, shown.text) if older else [],
        "until": queries.to_accept(request.seller, now).get(policy_key)})


@require_safe
@seller_view(permissions.TICKET_WRITE)
def calendar(request: WebRequest) -> HttpResponse:
    """What comes into force, by day."""
    now = clock.now()
    rows = queries.coming(reader(request, now), language=request.language, now=now)
    return render(request, "announcements/calendar.html", {
        "tabs": _tabs("calendar"), "rows": [(one, words.title(one), words.url(one)) for one in rows]})


@require_safe
@seller_view(permissions.TICKET_WRITE)
def fees(request: WebRequest) -> HttpResponse:
    """Every fee of the last 28 days by the rules to come: commission by department, carrying by service."""
    require(request, permissions.BALANCE_VIEW)
    found, currency = queries.fee_effects(request.seller, clock.now()), request.seller.currency
    if found is None:
        return render(request, "announcements/fees.html", {"tabs": _tabs("fees")})
    return render(request, "announcements/fees.html", {
        "tabs": _tabs("fees"), "found": found, "at": found.at,
        "lines": queries.fee_lines(request.seller, found, request.language),
        "total": Money(abs(found.difference_minor), currency), "was": Money(found.was_minor, currency),
        "would_be": Money(found.would_be_minor, currency)})
