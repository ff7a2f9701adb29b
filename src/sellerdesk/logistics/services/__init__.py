"""Writing of the logistics domain: one function per intent."""

from sellerdesk.logistics.rules import sort_code
from sellerdesk.logistics.services.labels import labels_pdf, note_labels
from sellerdesk.logistics.services.parcels import record_scans, register_parcels
from sellerdesk.logistics.services.quoting import create_methods, quote, quote_many

__all__ = ["create_methods", "labels_pdf", "note_labels", "quote", "quote_many", "record_scans", "register_parcels",
           "sort_code"]
