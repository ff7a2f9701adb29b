"""Writing of the logistics domain: one function per intent."""

from sellerdesk.logistics.rules import sort_code
from sellerdesk.logistics.services import methods, tariff_sheets
from sellerdesk.logistics.services.calculating import calculate
from sellerdesk.logistics.services.judging import has_batteries, packed_refusals, packed_sides
from sellerdesk.logistics.services.labels import check_size, draw_labels, note_labels
from sellerdesk.logistics.services.noting import note_event
from sellerdesk.logistics.services.parcels import follow_parcels, record_scans, register_parcels
from sellerdesk.logistics.services.quoting import create_methods, quote, quote_many, quotes_of
from sellerdesk.logistics.services.watching import run_due

__all__ = [
    "calculate", "check_size", "create_methods", "draw_labels", "follow_parcels", "has_batteries", "methods",
    "note_event", "note_labels", "packed_refusals", "packed_sides", "quote", "quote_many", "quotes_of",
    "record_scans", "register_parcels", "run_due", "sort_code", "tariff_sheets",
]
