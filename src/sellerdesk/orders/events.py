"""What can have happened to postings. Target is the posting: type `posting`, id and label its number."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.events import EventType, register

# data: order_number, order_id, units, amount_minor, currency, warehouse_id, city, ship_by,
# scheme (fbs, rfbs, fbo), products: [product id, SKU, quantity] of each line
POSTING_CREATED = "orders.posting.created"
# data: tracking
POSTING_SHIPPED = "orders.posting.shipped"
# data: parent
POSTING_SPLIT = "orders.posting.split"
# data: parts (numbers of the new postings)
POSTING_DIVIDED = "orders.posting.divided"
# data: tracking
POSTING_HANDED_OVER = "orders.posting.handed_over"
# data: code, place; before/after: state and substate
POSTING_MOVED = "orders.posting.moved"
# The marketplace picks and packs what lies with it. data: code (picking, packed), tracking; before/after: the place
POSTING_FULFILLED = "orders.posting.fulfilled"
# data: amount_minor, currency, units
POSTING_DELIVERED = "orders.posting.delivered"
# data: reason_id, reason (English), by, message, after_ship, coming_back, written_off; before: state and substate
POSTING_CANCELLED = "orders.posting.cancelled"
LABEL_PRINTED = "orders.posting.labelled"
# data: amount_minor, currency, kind (cancellation, delay), index_bp, fault_id
PENALTY_CHARGED = "orders.penalty.charged"
# data: fault_id, kind; decided ones returned_minor, currency
DISPUTE_OPENED = "orders.dispute.opened"
DISPUTE_WITHDRAWN = "orders.dispute.withdrawn"
DISPUTE_WON = "orders.dispute.won"
DISPUTE_LOST = "orders.dispute.lost"
# data: open (answers still missing); never the codes themselves
UNITS_DESCRIBED = "orders.posting.units_described"
# data: sku, country
COUNTRY_SET = "orders.posting.country_set"
# data: boxes
BOXES_SET = "orders.posting.boxes_set"
# The shop's own delivery.
POSTING_SET_OUT = "orders.posting.set_out"
POSTING_WITH_COURIER = "orders.posting.with_courier"
POSTING_REPORTED_DELIVERED = "orders.posting.reported_delivered"
POSTING_BROUGHT_BACK = "orders.posting.brought_back"
POSTING_PASSED = "orders.posting.passed_to_courier"
# data: tracking
POSTING_TRACKED = "orders.posting.tracked"
# data: cutoff; before: cutoff
POSTING_CUTOFF_SET = "orders.posting.cutoff_set"
# before: from, to; after: from, to
POSTING_TIMESLOT_SET = "orders.posting.timeslot_set"
# Parcels that are missing, and what was put right.
POSTING_DISPUTED = "orders.posting.disputed"
POSTING_READY_AGAIN = "orders.posting.ready_again"
POSTING_TAKEN_OUT = "orders.posting.taken_out"
# As ordered, its carrier does not take it in one parcel. data: see OverLimits.facts
POSTING_OVER_LIMITS = "orders.posting.over_limits"
# The buyer's name and address in Latin letters; what they are is not told.
LATIN_WRITTEN = "orders.posting.latin_written"
# data: method
METHOD_CHOSEN = "orders.posting.method_chosen"
# What customs are told of a product of a posting. data: sku, value
VALUE_DECLARED = "orders.posting.value_declared"
# The customs invoice of a posting. data: number; replaced, where there was one
INVOICE_ATTACHED = "orders.posting.invoice_attached"
INVOICE_REMOVED = "orders.posting.invoice_removed"
# What others report; data: what, see services/reporting.py.
POSTING_RELEASED = "orders.posting.released"
POSTING_HELD = "orders.posting.held"
POSTING_REGISTERING = "orders.posting.registering"
# data: what, tracking
POSTING_REGISTERED = "orders.posting.registered"
# data: what, reason
POSTING_NOT_REGISTERED = "orders.posting.not_registered"
POSTING_PACKING_FAILED = "orders.posting.packing_failed"
# data: what, message
POSTING_CLAIMED = "orders.posting.claimed"
POSTING_CLAIM_DISMISSED = "orders.posting.claim_dismissed"
# Somebody looked at the buyer's whole telephone number.
BUYER_REVEALED = "orders.buyer.revealed"

CHANGES = (POSTING_CREATED, POSTING_SHIPPED, POSTING_FULFILLED, POSTING_SPLIT, POSTING_DIVIDED, POSTING_HANDED_OVER,
           POSTING_MOVED, POSTING_DELIVERED, POSTING_CANCELLED, POSTING_SET_OUT, POSTING_WITH_COURIER,
           POSTING_REPORTED_DELIVERED, POSTING_BROUGHT_BACK,
           POSTING_PASSED, POSTING_TRACKED, POSTING_CUTOFF_SET, POSTING_TIMESLOT_SET, POSTING_DISPUTED,
           POSTING_READY_AGAIN, POSTING_TAKEN_OUT, POSTING_RELEASED, POSTING_HELD, POSTING_REGISTERING,
           POSTING_REGISTERED, POSTING_NOT_REGISTERED, POSTING_PACKING_FAILED, POSTING_CLAIMED, POSTING_CLAIM_DISMISSED)

# Target: type `cancel_request`, label the posting's number. data: number, reason_id, message, comment, until, by
CANCEL_ASKED = "orders.cancel_request.asked"
CANCEL_REMINDED = "orders.cancel_request.reminded"
CANCEL_APPROVED = "orders.cancel_request.approved"
CANCEL_REFUSED = "orders.cancel_request.refused"


def _asked(row: Any) -> str | None:
    return reverse("orders:posting", args=[row.target_label])


def _penalty(row: Any) -> str | None:
    return reverse("orders:penalty", args=[(row.data or {})["fault_id"]])


def _posting(row: Any) -> str | None:
    return reverse("orders:posting", args=[row.target_id])


def register_events() -> None:
    register(
        EventType(CANCEL_ASKED, _("The buyer asks to cancel %(target)s"), _asked),
        EventType(CANCEL_REMINDED, _("The buyer still waits for an answer about cancelling %(target)s"), _asked),
        EventType(CANCEL_APPROVED, _("%(target)s cancelled as the buyer asked"), _asked),
        EventType(CANCEL_REFUSED, _("%(target)s is not cancelled, though the buyer asked"), _asked),
        EventType(POSTING_CREATED, _("New order %(target)s"), _posting),
        EventType(POSTING_OVER_LIMITS, _("%(target)s is more than its carrier takes in one parcel"), _posting),
        EventType(LATIN_WRITTEN, _("%(target)s: name and address written in Latin letters"), _posting),
        EventType(METHOD_CHOSEN, _("%(target)s goes by %(method)s"), _posting),
        EventType(VALUE_DECLARED, _("%(target)s: value for customs set to %(value)s"), _posting),
        EventType(INVOICE_ATTACHED, _("%(target)s: customs invoice attached"), _posting),
        EventType(INVOICE_REMOVED, _("%(target)s: customs invoice removed"), _posting),
        EventType(POSTING_SHIPPED, _("%(target)s packed, parcel %(tracking)s"), _posting),
        EventType(POSTING_SPLIT, _("%(target)s split off from %(parent)s"), _posting),
        EventType(POSTING_DIVIDED, _("Goods of %(target)s split off into %(parts)s"), _posting),
        EventType(POSTING_HANDED_OVER, _("%(target)s handed over to the carrier"), _posting),
        EventType(POSTING_MOVED, _("%(target)s moved on: %(place)s"), _posting),
        EventType(POSTING_FULFILLED, _("The marketplace packs %(target)s"), _posting),
        EventType(POSTING_DELIVERED, _("%(target)s delivered"), _posting),
        EventType(POSTING_CANCELLED, _("%(target)s cancelled"), _posting),
        EventType(PENALTY_CHARGED, _("Penalty charged for %(target)s"), _penalty),
        EventType(DISPUTE_OPENED, _("Penalty for %(target)s disputed"), _penalty),
        EventType(DISPUTE_WITHDRAWN, _("Dispute about %(target)s taken back"), _penalty),
        EventType(DISPUTE_WON, _("Dispute about %(target)s won"), _penalty),
        EventType(DISPUTE_LOST, _("Dispute about %(target)s lost"), _penalty),
        EventType(LABEL_PRINTED, _("Label of %(target)s printed"), _posting),
        EventType(UNITS_DESCRIBED, _("%(target)s: data of the units filled in"), _posting),
        EventType(COUNTRY_SET, _("%(target)s: country of origin set to %(country)s"), _posting),
        EventType(BOXES_SET, _("%(target)s: number of boxes set to %(boxes)s"), _posting),
        EventType(BUYER_REVEALED, _("The buyer’s telephone number of %(target)s was looked at"), _posting),
        EventType(POSTING_SET_OUT, _("%(target)s is on the way to the buyer"), _posting),
        EventType(POSTING_WITH_COURIER, _("A courier brings %(target)s to the buyer"), _posting),
        EventType(POSTING_REPORTED_DELIVERED, _("%(target)s reported as delivered"), _posting),
        EventType(POSTING_BROUGHT_BACK, _("%(target)s is back at the shop’s warehouse"), _posting),
        EventType(POSTING_PASSED, _("%(target)s given to the courier against the code"), _posting),
        EventType(POSTING_TRACKED, _("%(target)s has the tracking number %(tracking)s"), _posting),
        EventType(POSTING_CUTOFF_SET, _("An earlier hand-over of %(target)s promised"), _posting),
        EventType(POSTING_TIMESLOT_SET, _("Delivery of %(target)s moved to another time"), _posting),
        EventType(POSTING_DISPUTED, _("The shop disputes that %(target)s is missing"), _posting),
        EventType(POSTING_READY_AGAIN, _("%(target)s is to be handed over again"), _posting),
        EventType(POSTING_TAKEN_OUT, _("%(target)s taken out of its carriage"), _posting),
        EventType(POSTING_RELEASED, _("%(target)s may be packed now"), _posting),
        EventType(POSTING_HELD, _("The marketplace divides %(target)s"), _posting),
        EventType(POSTING_REGISTERING, _("The carrier registers %(target)s"), _posting),
        EventType(POSTING_REGISTERED, _("%(target)s registered, parcel %(tracking)s"), _posting),
        EventType(POSTING_NOT_REGISTERED, _("The carrier did not register %(target)s: %(reason)s"), _posting),
        EventType(POSTING_PACKING_FAILED, _("%(target)s has to be packed again: %(reason)s"), _posting),
        EventType(POSTING_CLAIMED, _("The buyer of %(target)s opened a dispute"), _posting),
        EventType(POSTING_CLAIM_DISMISSED, _("The buyer’s dispute about %(target)s was dismissed"), _posting),
    )
