"""Writing of the messaging domain: one function per intent."""

from sellerdesk.messaging.services.files import store_photos
from sellerdesk.messaging.services.forgetting import forget_buyers
from sellerdesk.messaging.services.organising import assign, delete_template, save_template, write_note
from sellerdesk.messaging.services.replying import (
    answer,
    ask_questions,
    delete_reply,
    edit_reply,
    reply,
    set_question_status,
    set_review_status,
    view,
    vote_on_reviews,
    write_reviews,
)
from sellerdesk.messaging.services.reporting import decide, report_chat, report_review
from sellerdesk.messaging.services.talking import buyers_read, buyers_say, edit, read, send, send_file, start_chat
from sellerdesk.messaging.services.timing import postings_ended, run_due
from sellerdesk.messaging.services.translating import translate

__all__ = [
    "answer", "ask_questions", "assign", "buyers_read", "buyers_say", "decide", "delete_reply",
    "delete_template", "edit", "edit_reply", "forget_buyers", "postings_ended", "read", "reply", "report_chat",
    "report_review", "run_due", "save_template", "send", "send_file", "set_question_status",
    "set_review_status", "start_chat", "store_photos", "translate", "view", "vote_on_reviews",
    "write_note", "write_reviews",
]
