"""What operators publish. Nothing published is changed: it is withdrawn or followed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from sellerdesk.announcements import events, recent
from sellerdesk.announcements.errors import AnnouncementNotFound
from sellerdesk.announcements.models import Announcement, PolicyVersion
from sellerdesk.announcements.types import OFFER, SCHEMES, SEVERITIES, Draft
from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.sellers.services import offers

LANGUAGES = ("en", "ru", "zh")
_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


def _missing(texts: Mapping[str, str], name: str) -> list[FieldError]:
    return [FieldError(f"{name}_{code}", "empty", _("Write this in all three languages."))
            for code in LANGUAGES if not texts.get(code, "").strip()]


def publish(*, draft: Draft, actor: Actor, now: datetime) -> int:
    """An announcement, at once. Returns its id. Raises Invalid with every wrong field."""
    wrong = _missing(draft.titles, "title") + _missing(draft.bodies, "body")
    if any(draft.changes.get(code, "").strip() for code in LANGUAGES):
        wrong += _missing(draft.changes, "changes")
    if draft.severity not in SEVERITIES:
        wrong.append(FieldError("severity", "unknown_value", _("Choose from the list."), draft.severity))
    if set(draft.audience.schemes) - set(SCHEMES):
        wrong.append(FieldError("schemes", "unknown_value", _("Choose from the list.")))
    if wrong:
        raise Invalid.many(wrong)
    audience = draft.audience
    with atomic():
        row = Announcement.objects.create(
            **{f"title_{code}": draft.titles[code].strip()[:200] for code in LANGUAGES},
            **{f"body_{code}": draft.bodies[code].strip() for code in LANGUAGES},
            **{f"changes_{code}": draft.changes.get(code, "").strip() for code in LANGUAGES},
            severity=draft.severity, countries=list(audience.countries), schemes=list(audience.schemes),
            categories=list(audience.categories), roles=list(audience.roles), effective_at=draft.effective_at,
            must_acknowledge=draft.must_acknowledge, published_at=now)
        recent.forget()
        activity.record(events.PUBLISHED, now=now, actor=actor, target_type="announcement", target_id=row.pk,
                        target_label=row.title_en, data={"severity": row.severity,
                                                         "must_acknowledge": row.must_acknowledge})
    return row.pk


def withdraw(*, announcement_id: int, actor: Actor, now: datetime) -> None:
    """Shops see it no longer; operators do. Twice changes nothing. Raises AnnouncementNotFound."""
    with atomic():
        title = Announcement.objects.filter(pk=announcement_id).values_list("title_en", flat=True).first()
        if title is None:
            raise AnnouncementNotFound(announcement_id)
        if Announcement.objects.filter(pk=announcement_id, withdrawn_at=None).update(withdrawn_at=now):
            recent.forget()
            activity.record(events.WITHDRAWN, now=now, actor=actor, target_type="announcement",
                            target_id=announcement_id, target_label=title)


def publish_policy(*, key: str, version: str, titles: Mapping[str, str], texts: Mapping[str, str],
                   valid_from: datetime, actor: Actor, now: datetime, must_accept: bool = False) -> int:
    """A version of a policy. Returns its id. The offer has a door of its own.

    With `must_accept` shops have the grace period of the offer (dated rule `sellers.offer_grace_days`) to accept it;
    after that their acts are refused until they have.

    Raises Invalid for an empty text, a key that is none, a used version or a day in the past.
    """
    version = " ".join(version.split())
    wrong = _missing(titles, "title") + _missing(texts, "text")
    if not _KEY.fullmatch(key) or key == OFFER:
        wrong.append(FieldError("key", "key_invalid", _("Small Latin letters, digits and hyphens; “offer” has a page "
                                                        "of its own."), key[:40]))
    if not 1 <= len(version) <= 20:
        wrong.append(FieldError("version", "length", _("Name the version in 1 to 20 characters."), version[:60]))
    if valid_from < now:
        wrong.append(FieldError("valid_from", "past", _("A version cannot come into force in the past.")))
    if wrong:
        raise Invalid.many(wrong)
    try:
        with atomic():
            row = PolicyVersion.objects.create(
                key=key, version=version, valid_from=valid_from, must_accept=must_accept,
                **{f"title_{code}": titles[code].strip()[:120] for code in LANGUAGES},
                **{f"text_{code}": texts[code].strip() for code in LANGUAGES})
            if must_accept:
                offers.ask_to_accept(
                    key=key, version=version, valid_from=valid_from,
                    titles={code: titles[code].strip()[:120] for code in LANGUAGES},
                    texts={code: texts[code].strip() for code in LANGUAGES})
            activity.record(events.POLICY_PUBLISHED, now=now, actor=actor, target_type="policy", target_id=key,
                            target_label=f"{row.title_en}, {version}")
    except IntegrityError:
        raise Invalid("version_taken", _("There is a version of this name already."), field="version",
                      data={"value": version}) from None
    return row.pk
