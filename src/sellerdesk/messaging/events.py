"""What can have happened in messaging. Targets: `chat` (label: the posting), `review` and `question` (label: offer id).

What people said is not kept here: history names messages by their ids, and forgetting a text forgets it everywhere.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register
from sellerdesk.messaging import texts

# data of messages: chat_id, message_id, posting_number, by (buyer or seller), kind
MESSAGE_SENT = "messaging.message.sent"
MESSAGE_EDITED = "messaging.message.edited"
# data: chat_id, message_id (the last one read), posting_number, by (who has read)
MESSAGES_READ = "messaging.message.read"
# data: chat_id, posting_number
CHAT_OPENED = "messaging.chat.opened"
CHAT_CLOSED = "messaging.chat.closed"
CHAT_ASSIGNED = "messaging.chat.assigned"
NOTE_WRITTEN = "messaging.chat.noted"
# data: reason; afterwards: state
REPORTED = "messaging.report.sent"
REPORT_DECIDED = "messaging.report.decided"
# data: product_id, sku, rating, counts
REVIEW_WRITTEN = "messaging.review.written"
REVIEW_ANSWERED = "messaging.review.answered"
REVIEW_REPLY_DELETED = "messaging.review.reply_deleted"
# data: product_id, sku, topic
QUESTION_ASKED = "messaging.question.asked"
QUESTION_ANSWERED = "messaging.question.answered"
QUESTION_ANSWER_DELETED = "messaging.question.answer_deleted"
# data: status, count
STATUS_SET = "messaging.inbox.status_set"
# data: state, reason
REPLY_JUDGED = "messaging.reply.judged"
TEMPLATE_SAVED = "messaging.template.saved"
TEMPLATE_DELETED = "messaging.template.deleted"


def _chat(row: Any) -> str | None:
    return reverse("messaging:chat", args=[row.target_id])


def _review(row: Any) -> str | None:
    return reverse("messaging:review", args=[row.target_id])


def _question(row: Any) -> str | None:
    return reverse("messaging:question", args=[row.target_id])


def _about(row: Any) -> str | None:
    pages = {"chat": _chat, "review": _review, "question": _question}
    return pages[row.target_type](row) if row.target_type in pages else None


def _templates(row: Any) -> str | None:
    return reverse("messaging:templates")


def _inbox(row: Any) -> str | None:
    return reverse("messaging:questions" if row.target_type == "question" else "messaging:reviews")


def register_events() -> None:
    register(
        EventType(MESSAGE_SENT, _("Message in the chat about %(target)s"), _chat),
        EventType(MESSAGE_EDITED, _("A message in the chat about %(target)s was changed"), _chat),
        EventType(MESSAGES_READ, _("Messages about %(target)s were read"), _chat),
        EventType(CHAT_OPENED, _("Chat about %(target)s opened"), _chat),
        EventType(CHAT_CLOSED, _("Chat about %(target)s closed"), _chat),
        EventType(CHAT_ASSIGNED, _("Chat about %(target)s given to %(assignee)s"), _chat),
        EventType(NOTE_WRITTEN, _("Note in the chat about %(target)s"), _chat),
        EventType(REPORTED, _("%(target)s reported to the marketplace"), _about),
        EventType(REPORT_DECIDED, _("The marketplace decided about the report on %(target)s"), _about),
        EventType(REVIEW_WRITTEN, _("Review of %(target)s with %(rating)s of 5 stars"), _review),
        EventType(REVIEW_ANSWERED, _("Review of %(target)s answered"), _review),
        EventType(REVIEW_REPLY_DELETED, _("Reply to a review of %(target)s deleted"), _review),
        EventType(QUESTION_ASKED, _("Question about %(target)s"), _question),
        EventType(QUESTION_ANSWERED, _("Question about %(target)s answered"), _question),
        EventType(QUESTION_ANSWER_DELETED, _("Answer about %(target)s deleted"), _question),
        EventType(STATUS_SET, _("Status of %(count)s entries set to %(status)s"), _inbox,
                  words={"status": texts.STATUSES}),
        EventType(REPLY_JUDGED, _("Reply about %(target)s looked at by the marketplace"), _about),
        EventType(TEMPLATE_SAVED, _("Template “%(target)s” saved"), _templates),
        EventType(TEMPLATE_DELETED, _("Template “%(target)s” deleted"), _templates),
    )
