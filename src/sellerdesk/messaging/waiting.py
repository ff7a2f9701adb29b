"""What waits for the shop's people in talks with buyers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core import waiting
from sellerdesk.core.waiting import Asked
from sellerdesk.messaging import permissions, queries
from sellerdesk.messaging.types import Waiting

#: So many stand one by one; more are one thing to do.
_EACH = 3


def chats(asked: Asked) -> list[waiting.Waiting]:
    return [waiting.Waiting(f"chat:{row.id}", _("A buyer waits for an answer: %(who)s") % {"who": row.title},
                            _("Once the window closes nothing can be written any more"),
                            pgettext_lazy("waiting", "Answer"), reverse(row.url_name, args=[row.id]), row.due_at)
            for row in queries.chats_to_answer(asked.seller, warehouse_ids=asked.warehouse_ids, limit=waiting.MOST)]


def reviews(asked: Asked) -> list[waiting.Waiting]:
    return _few_or_one(queries.reviews_to_answer(asked.seller, limit=waiting.MOST), "review",
                       _("Unanswered reviews keep other buyers away"), "messaging:reviews", _reviews)


def questions(asked: Asked) -> list[waiting.Waiting]:
    return _few_or_one(queries.questions_to_answer(asked.seller, limit=waiting.MOST), "question",
                       _("Whoever gets no answer buys elsewhere"), "messaging:questions", _questions)


def _few_or_one(rows: Sequence[Waiting], kind: str, reason: Any, page: str, title: Callable[[int], str]
                ) -> list[waiting.Waiting]:
    act = pgettext_lazy("waiting", "Answer")
    if len(rows) > _EACH:
        return [waiting.Waiting(f"{kind}s", title(len(rows)), reason, act, reverse(page), orders=len(rows) * 0.5)]
    return [waiting.Waiting(f"{kind}:{row.id}", row.title[:100], reason, act, reverse(row.url_name, args=[row.id]),
                            orders=0.5) for row in rows]


def _reviews(count: int) -> str:
    return ngettext("%(count)s review to answer", "%(count)s reviews to answer", count) % {"count": count}


def _questions(count: int) -> str:
    return ngettext("%(count)s question to answer", "%(count)s questions to answer", count) % {"count": count}


def register() -> None:
    for name, label, icon, right, find in (
            ("messaging.chats", _("Chats"), "messages", permissions.WRITE, chats),
            ("messaging.reviews", _("Reviews"), "star", permissions.REPLY, reviews),
            ("messaging.questions", _("Questions"), "help-circle", permissions.REPLY, questions)):
        waiting.register(waiting.Source(name, label, icon, right, find))
