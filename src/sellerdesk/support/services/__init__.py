"""Writing: tickets are opened, answered, solved, opened again; mail comes in; time closes what is done."""

from sellerdesk.support.services import answering
from sellerdesk.support.services.answering import answer, assign, note, save_macro
from sellerdesk.support.services.incoming import take_mail
from sellerdesk.support.services.opening import open_for_problem, open_ticket
from sellerdesk.support.services.talking import rate, reopen, reply, solve
from sellerdesk.support.services.timing import run_due

__all__ = ["answer", "answering", "assign", "note", "open_for_problem", "open_ticket", "rate", "reopen", "reply",
           "run_due", "save_macro", "solve", "take_mail"]
