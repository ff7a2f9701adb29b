"""Opening tickets: by people of a shop, and for people who cannot sign in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sellerdesk.accounts import queries as accounts
from sellerdesk.core import limits, words
from sellerdesk.core.actor import Actor
from sellerdesk.core.attachments import Upload
from sellerdesk.core.db import atomic
from sellerdesk.sellers.types import SellerRef
from sellerdesk.support import events, queries, rules
from sellerdesk.support.errors import TextTooShort, TopicUnknown
from sellerdesk.support.models import Ticket
from sellerdesk.support.services import keeping, moving
from sellerdesk.support.topics import BY_KEY, SIGN_IN, queue_of
from sellerdesk.support.types import Attached

_A_DAY = 24 * 3600


def open_ticket(*, seller: SellerRef, user_id: int, email: str, language: str, topic: str, subject: str, text: str,
                attached: Attached, files: Sequence[Upload], actor: Actor, now: datetime) -> int:
    """A ticket of a shop. Returns its id.

    Raises TopicUnknown, TextTooShort, what `keeping.checked` raises, and LimitReached after 30 a day from one shop.
    """
    if topic not in BY_KEY or not BY_KEY[topic].parent:
        raise TopicUnknown()
    said = text.strip()[:rules.TEXT_MOST]
    if len(said) < rules.TEXT_LEAST:
        raise TextTooShort(rules.TEXT_LEAST)
    kept = keeping.checked(files, now)
    limits.require("support_tickets", str(seller.id), limit=30, seconds=_A_DAY)
    with atomic():
        row = _row(seller_id=seller.id, user_id=user_id, email=email, language=language, topic=topic,
                   subject=_subject(subject, said), now=now, object_kind=attached.kind[:20],
                   object_id=attached.id[:40], object_label=attached.label[:200])
        keeping.keep(moving.say(row.pk, side="seller", author=actor.label, text=said, now=now, user_id=user_id), kept)
        moving.told(events.OPENED, queries.any_ticket(row.pk), actor=actor, now=now)
    return row.pk


def open_for_problem(*, problem_id: int, now: datetime) -> int:
    """The ticket of somebody who cannot sign in. Twice makes one. Returns its id. Raises NotFound."""
    known = queries.of_problem(problem_id)
    if known is not None:
        return known
    problem = accounts.signin_problem(problem_id)
    with atomic():
        # Whoever runs beside us waits at the unique column and then finds the row.
        row = _row(seller_id=None, user_id=None, email=problem.email,
                   language=accounts.language_of(problem.email) or "en", topic=SIGN_IN, subject=problem.code, now=now,
                   problem_id=problem_id)
        moving.say(row.pk, side="seller", author=problem.email, text=problem.text, now=now, via="sign_in")
        moving.told(events.OPENED, queries.any_ticket(row.pk), actor=Actor.system("sign-in"), now=now)
    return row.pk


def _row(*, topic: str, now: datetime, **values: object) -> Ticket:
    aims, rule_id = queries.targets(queue_of(topic), now)
    first, solve = rules.due(aims, now)
    known = words.indexed(*(str(values.get(name, "")) for name in ("subject", "object_id", "object_label", "email")))
    return Ticket.objects.create(topic=topic, created_at=now, last_at=now, first_due_at=first, solve_due_at=solve,
                                 rule_id=rule_id, search_text=known, **values)


def _subject(subject: str, text: str) -> str:
    """What was given, or how the text begins."""
    given = " ".join(subject.split()) or " ".join(text.split())[:80]
    return given[:rules.SUBJECT_MOST]
