"""What time and postings do to chats and replies. One function; a leap of the clock does as many small steps do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from sellerdesk.core import activity, clock
from sellerdesk.core.activity import Entry
from sellerdesk.core.actor import Actor
from sellerdesk.core.db import atomic
from sellerdesk.messaging import events, rules
from sellerdesk.messaging.models import Chat, Reply
from sellerdesk.messaging.services import replying, rows

BATCH = 500
_TIME = Actor.system("marketplace")


def run_due(now: datetime) -> int:
    """Close chats whose window has ended and publish replies that were looked at, each at its own moment, for all
    shops. Returns how many things happened; doing it again changes nothing."""
    done = 0
    while made := _close(now):
        done += made
    while made := _publish(now):
        done += made
    return done


def _close(now: datetime) -> int:
    with atomic():
        chats = list(Chat.objects.select_for_update().filter(
            clock.shops(), opened=True, write_until__lte=now).order_by("write_until", "pk")[:BATCH])
        Chat.objects.filter(pk__in=[chat.pk for chat in chats], opened=True, write_until__lte=now).update(
            opened=False, awaiting=False, version=F("version") + 1)
        activity.record_many([rows.entry(events.CHAT_CLOSED, chat, chat.write_until, _TIME)
                              for chat in chats if chat.write_until])
        return len(chats)


def _publish(now: datetime) -> int:
    with atomic():
        replies = list(Reply.objects.select_for_update(of=("self",)).filter(
            clock.shops(), state="moderation", publish_at__lte=now).select_related("review", "question").order_by(
            "publish_at", "pk")[:BATCH])
        told: list[Entry] = []
        for reply in replies:
            state = "rejected" if reply.reason else "published"
            Reply.objects.filter(pk=reply.pk, state="moderation").update(
                state=state, published_at=None if reply.reason else reply.publish_at, publish_at=None)
            assert reply.publish_at is not None
            told.append(replying.entry(events.REPLY_JUDGED, reply.review or reply.question, reply.publish_at, _TIME,
                                       state=state, reason=reply.reason))
        activity.record_many(told)
        return len(replies)


def postings_ended(ended: Sequence[tuple[int, str, datetime]]) -> int:
    """Postings were delivered or cancelled, (shop, number, at): from then on the windows of their chats count.

    Returns how many chats changed. Doing it again changes nothing.
    """
    changed = 0
    with atomic():
        at = {(seller_id, number): moment for seller_id, number, moment in ended}
        chats = Chat.objects.select_for_update().filter(
            posting_number__in=[number for _seller, number, _at in ended], ended_at__isnull=True)
        for chat in chats:
            moment = at.get((chat.seller_id, chat.posting_number))
            if moment is None:
                continue
            chat.ended_at = moment
            rule, rule_id = rows.policy(chat.scheme, moment)
            changed += Chat.objects.filter(pk=chat.pk, ended_at__isnull=True).update(
                ended_at=moment, write_until=rules.write_until(rule, rows.facts(chat)), rule_id=rule_id,
                version=F("version") + 1)
    return changed
