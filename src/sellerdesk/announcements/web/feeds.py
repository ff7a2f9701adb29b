"""For readers of feeds and calendars: what is for everybody as Atom and ICS, and what is for one person by an address
of their own. Nobody signs in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sellerdesk.accounts import queries as accounts
from sellerdesk.announcements import queries
from sellerdesk.announcements.types import AnnouncementRow
from sellerdesk.announcements.web import words
from sellerdesk.announcements.web.reading import of_person
from sellerdesk.core import clock, scope
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.queries import team

_FORMS: dict[str, tuple[type[SyndicationFeed], str]] = {
    "atom": (Atom1Feed, "application/atom+xml"), "rss": (Rss201rev2Feed, "application/rss+xml")}
_MOST = 50


@public_view
@require_safe
def atom(request: WebRequest) -> HttpResponse:
    return _feed(request, queries.public(language=request.language, now=clock.now()), "atom",
                 _("Announcements of the marketplace"), request.language)


@public_view
@require_safe
@scope.across_shops()  # the shop is known by the address only
def own(request: WebRequest, token: str, form: str) -> HttpResponse:
    """What concerns one person in one shop, by an address that only they know, as Atom or RSS, in their language."""
    if form not in _FORMS:
        raise Http404
    row = queries.feed_of_token(token)
    seller = sellers.seller_ref(row.seller_id)
    # Whoever has left the shop reads nothing more of it.
    member = team.member(seller, row.user_id)
    language = accounts.languages([row.user_id]).get(row.user_id, "en")
    with scope.one_shop(seller.id), translation.override(language):
        now = clock.now()
        rows = queries.of_reader(of_person(seller, row.user_id, member.terms.role, queries.asks_for(now)), search="",
                                 language=language, now=now)
        answer = _feed(request, rows[:_MOST], form, _("Announcements for %(shop)s") % {"shop": seller.name}, language)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _feed(request: WebRequest, rows: Sequence[AnnouncementRow], form: str, title: str, language: str) -> HttpResponse:
    made, kind = _FORMS[form]
    feed = made(title=title, link=f"{settings.SITE_URL}/announcements/", description=title, language=language,
                feed_url=f"{settings.SITE_URL}{request.path}")
    for row in rows:
        where = f"{settings.SITE_URL}/announcements/{row.id}/"
        feed.add_item(title=row.title, link=where, description=f"{row.body}\n\n{row.changes}".strip(), unique_id=where,
                      pubdate=row.published_at, updateddate=row.published_at, categories=[row.severity])
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{kind}; charset=utf-8")


@public_view
@require_safe
def ics(request: WebRequest) -> HttpResponse:
    """Days on which something comes into force, as RFC 5545 has it."""
    now = clock.now()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sellerdesk//Announcements//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_escaped(_('Changes of the marketplace'))}"]
    for one in queries.coming(None, language=request.language, now=now):
        lines += ["BEGIN:VEVENT", f"UID:{one.kind}-{one.ref}-{_stamp(one.at)}@sellerdesk", f"DTSTAMP:{_stamp(now)}",
                  f"DTSTART:{_stamp(one.at)}", f"DTEND:{_stamp(one.at + timedelta(hours=1))}",
                  f"SUMMARY:{_escaped(words.title(one))}",
                  f"URL:{settings.SITE_URL}{words.url(one) or '/announcements/calendar/'}", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return HttpResponse("".join(f"{folded}\r\n" for line in lines for folded in _folded(line)),
                        content_type="text/calendar; charset=utf-8")


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes; those that go on begin with a blank."""
    parts, rest = [], line
    while len(rest.encode()) > 74:
        cut = 74
        while len(rest[:cut].encode()) > 74:
            cut -= 1
        parts.append(rest[:cut])
        rest = " " + rest[cut:]
    return [*parts, rest]
