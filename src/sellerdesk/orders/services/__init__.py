"""Writing of the orders domain: one function per intent. The state of a posting changes here and nowhere else."""

from sellerdesk.orders.services.acting import Act, act_many
from sellerdesk.orders.services.addressing import write_latin
from sellerdesk.orders.services.cancelling import cancel_many, cancel_order, cancel_posting, cancel_units
from sellerdesk.orders.services.carrying import look as look_at_limits
from sellerdesk.orders.services.confirming import run_due as confirm_due
from sellerdesk.orders.services.customs_invoices import (
    forget_invoice_files,
    keep_invoice_file,
    put_invoice,
    remove_invoice,
)
from sellerdesk.orders.services.declaring import declare_value
from sellerdesk.orders.services.expiring import run_due as expire_due
from sellerdesk.orders.services.forgetting import forget_buyers
from sellerdesk.orders.services.fulfilling import fulfil_many
from sellerdesk.orders.services.handing import hand_over
from sellerdesk.orders.services.placing import place_orders
from sellerdesk.orders.services.promising import set_cutoff, set_timeslot, set_tracking, verify_pickup_code
from sellerdesk.orders.services.reporting import Report, What, report
from sellerdesk.orders.services.requests import approve_request, ask_to_cancel, reject_request
from sellerdesk.orders.services.requests import run_due as answer_due
from sellerdesk.orders.services.rerouting import choose_method
from sellerdesk.orders.services.revealing import reveal_buyer
from sellerdesk.orders.services.scanning import forget_scans, pack_scanned
from sellerdesk.orders.services.shipping import ship_many, ship_package, ship_posting
from sellerdesk.orders.services.splitting import split_posting, split_traceable
from sellerdesk.orders.services.tracking import Sighting, follow_scans
from sellerdesk.orders.services.units import (
    check_units,
    confirm_units,
    create_units,
    set_boxes,
    set_country,
    set_units,
)

__all__ = [
    "Act", "Report", "Sighting", "What", "act_many", "answer_due", "approve_request", "ask_to_cancel",
    "cancel_many", "cancel_order", "cancel_posting", "cancel_units", "check_units", "choose_method", "confirm_due",
    "confirm_units", "create_units", "declare_value", "expire_due", "follow_scans", "forget_buyers",
    "forget_invoice_files", "forget_scans", "fulfil_many", "hand_over", "keep_invoice_file", "look_at_limits",
    "pack_scanned", "place_orders", "put_invoice", "reject_request", "remove_invoice", "report", "reveal_buyer",
    "set_boxes", "set_country", "set_cutoff", "set_timeslot", "set_tracking", "set_units", "ship_many",
    "ship_package", "ship_posting", "split_posting", "split_traceable", "verify_pickup_code", "write_latin",
]  # fmt: skip
