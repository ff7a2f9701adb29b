"""What is for everybody, for readers of feeds and calendars: Atom and ICS. Nobody signs in, nothing is private."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sellerdesk.announcements import queries
from sellerdesk.announcements.web import words
from sellerdesk.core import clock
from sellerdesk.core.http.access import public_view


@public_view
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    feed = Atom1Feed(title=_("Announcements of the marketplace"), link=f"{settings.SITE_URL}/announcements/",
                     description="", language=request.language, feed_url=f"{settings.SITE_URL}{request.path}")
    for row in queries.public(language=request.language, now=now):
        where = f"{settings.SITE_URL}/announcements/{row.id}/"
        feed.add_item(title=row.title, link=where, description=f"{row.body}\n\n{row.changes}".strip(), unique_id=where,
                      pubdate=row.published_at, updateddate=row.published_at, categories=[row.severity])
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public_view
@require_safe
def ics(request: HttpRequest) -> HttpResponse:
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
