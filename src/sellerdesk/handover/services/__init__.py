"""Writing of the domain of handing over: one function per intent."""

from __future__ import annotations

from datetime import datetime

from sellerdesk.handover.services.archive import end_terms, forget_shop, open_paper, reprint
from sellerdesk.handover.services.carriage_papers import barcode_png, carriage_paper
from sellerdesk.handover.services.carriages import (
    approve,
    cancel,
    close_due,
    create_carriage,
    create_formed,
    follow_scans,
    set_contact,
    set_postings,
)
from sellerdesk.handover.services.declarations import declaration_file, declarations_file
from sellerdesk.handover.services.labels import choose_printing, label, print_rest, run_batch, start_batch
from sellerdesk.handover.services.lists import packing_slips, pick_list
from sellerdesk.handover.services.passes import add_passes, change_passes, remove_passes

__all__ = [
    "add_passes", "approve", "barcode_png", "cancel", "carriage_paper", "change_passes", "choose_printing",
    "close_due", "create_carriage", "create_formed", "declaration_file", "declarations_file", "end_terms",
    "follow_scans", "forget_shop", "label", "open_paper", "packing_slips", "pick_list", "print_rest", "remove_passes",
    "reprint", "run_batch", "run_due", "set_contact", "set_postings", "start_batch",
]


def run_due(now: datetime) -> int:
    """Everything that is due until `now`: carriages closed, files of papers deleted.

    Returns how many things were done; a second time none.
    """
    return close_due(now=now) + end_terms(now=now)
