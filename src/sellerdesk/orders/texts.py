"""Wording of states, moves and sides for people. Keys are the API's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# substate (or state) -> words and tone
STATES = {
    "posting_created": (_("To pack"), "warning"),
    "ship_failed": (_("Packing failed"), "danger"),
    "posting_registered": (_("To hand over"), "primary"),
    "posting_not_in_carriage": (_("To hand over"), "primary"),
    "posting_transferring_to_delivery": (_("Being registered"), "primary"),
    "posting_in_carriage": (_("Handed over"), "info"),
    "posting_acceptance_in_progress": (_("Being accepted"), "info"),
    "posting_not_in_sort_center": (_("Not accepted"), "danger"),
    "posting_on_way_to_city": (_("On the way"), "info"),
    "posting_transferred_to_courier_service": (_("In the buyer’s city"), "info"),
    "posting_in_courier_service": (_("With the courier"), "info"),
    "posting_on_way_to_pickup_point": (_("On the way to pickup"), "info"),
    "posting_in_pickup_point": (_("At the pickup point"), "info"),
    "posting_delivered": (_("Delivered"), "success"),
    "posting_received": (_("Delivered"), "success"),
    "posting_canceled": (_("Cancelled"), "neutral"),
    "posting_in_arbitration": (_("In dispute"), "danger"),
    "posting_in_client_arbitration": (_("Buyer’s dispute"), "danger"),
}

# What the page says about the present place, and what is next.
SENTENCES = {
    "posting_created": _("Pack the goods and print the label."),
    "ship_failed": _("The parcel could not be registered. Pack it again."),
    "posting_registered": _("Packed. Stick the label on and hand the parcel over to the carrier."),
    "posting_not_in_carriage": _("Packed. Stick the label on and hand the parcel over to the carrier."),
    "posting_transferring_to_delivery": _("The carrier is registering the parcel."),
    "posting_in_carriage": _("Handed over. The carrier will scan the parcel at the sorting centre."),
    "posting_acceptance_in_progress": _("The carrier has the parcel and is sorting it."),
    "posting_not_in_sort_center": _("The parcel did not arrive at the sorting centre."),
    "posting_on_way_to_city": _("The parcel is on the way to the buyer’s city."),
    "posting_transferred_to_courier_service": _("The parcel is in the buyer’s city."),
    "posting_in_courier_service": _("A courier is bringing the parcel to the buyer."),
    "posting_on_way_to_pickup_point": _("The parcel is on the way to the pickup point."),
    "posting_in_pickup_point": _("The parcel waits for the buyer at the pickup point."),
    "posting_delivered": _("The buyer has the goods. The sale is booked."),
    "posting_received": _("The buyer has the goods. The sale is booked."),
    "posting_canceled": _("The posting is cancelled and needs nothing more."),
}

CANCELLED_BY = {
    "seller": _("Cancelled by you"),
    "client": _("Cancelled by the buyer"),
    "platform": _("Cancelled by the marketplace"),
    "delivery": _("Cancelled by the carrier"),
}

# Titles on the page's own timeline, where the posting need not be named. Moves by scans are told by the scans.
EVENTS = {
    "orders.posting.created": (_("Order placed"), "shopping-cart", ""),
    "orders.posting.shipped": (_("Packed"), "package", "primary"),
    "orders.posting.split": (_("Split off from another posting"), "package-export", ""),
    "orders.posting.handed_over": (_("Handed over to the carrier"), "truck", "primary"),
    "orders.posting.cancelled": (_("Cancelled"), "ban", "danger"),
    "orders.posting.labelled": (_("Label printed"), "printer", ""),
}

# Lines of the money block, by finance's kinds.
MONEY = {
    "sale": _("Sale"),
    "commission": _("Commission"),
    "logistics": _("Logistics"),
    "acquiring": _("Payment processing"),
    "return_sale": _("Sale taken back"),
    "return_commission": _("Commission given back"),
    "return_logistics": _("Way back"),
    "return_acquiring": _("Payment processing of the return"),
}
