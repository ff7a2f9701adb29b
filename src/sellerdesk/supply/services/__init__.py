"""Writing of the supply domain: one function per intent. The state of a supply changes here and nowhere else."""

from sellerdesk.supply.services.accepting import (
    accept_report,
    depart,
    dispute_report,
    hand_in,
    refuse,
    report_counted,
    settle_dispute,
    unload,
)
from sellerdesk.supply.services.drafting import create_draft
from sellerdesk.supply.services.filling import delete_cargoes, pack_evenly, set_cargoes, set_contents, set_pass
from sellerdesk.supply.services.labels import drawn_again, print_labels
from sellerdesk.supply.services.operations import attempt
from sellerdesk.supply.services.ordering import cancel_supply, change_slot, create_supply
from sellerdesk.supply.services.sheets import read_contents
from sellerdesk.supply.services.timing import run_due

__all__ = [
    "accept_report", "attempt", "cancel_supply", "change_slot", "create_draft", "create_supply", "delete_cargoes",
    "depart", "dispute_report", "drawn_again", "hand_in", "pack_evenly", "print_labels", "read_contents", "refuse",
    "report_counted", "run_due", "set_cargoes", "set_contents", "set_pass", "settle_dispute", "unload",
]  # fmt: skip
