"""Wording of states, moves and sides for people. Keys are the API's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_BY_STATE = frozenset({"awaiting_verification", "awaiting_approve"})


def key(state: str, substate: str) -> str:
    """Under which of the words below a place stands: its substate, or its state where the substate says nothing."""
    return state if state in _BY_STATE else substate


# substate (or state) -> words and tone
STATES = {
    "posting_created": (_("To pack"), "warning"),
    "posting_packing": (_("Being packed"), "warning"),
    "awaiting_verification": (pgettext_lazy("orders", "Being checked"), "neutral"),
    "awaiting_approve": (_("Awaiting approval"), "neutral"),
    "posting_awaiting_passport_data": (_("Awaiting passport data"), "neutral"),
    "posting_split_pending": (_("Being divided"), "neutral"),
    "posting_awaiting_registration": (_("Being registered"), "primary"),
    "posting_registration_error": (_("Not registered"), "danger"),
    "posting_driver_pick_up": (_("With the driver"), "info"),
    "posting_conditionally_delivered": (_("Delivered, to be confirmed"), "info"),
    "posting_returned_to_warehouse": (_("Back at your warehouse"), "warning"),
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

# The same where the marketplace ships what lies with it.
FBO_STATES = {
    **STATES,
    "posting_created": (pgettext_lazy("order", "New"), "warning"),
    "posting_transferring_to_delivery": (_("Packed"), "primary"),
}

# What the page says about the present place, and what is next.
SENTENCES = {
    "posting_created": _("Pack the goods and print the label."),
    "awaiting_verification": _("The marketplace checks the order. Nothing to do yet: the goods are kept for it."),
    "awaiting_approve": _("The marketplace has to approve the order. Nothing to do yet: the goods are kept for it."),
    "posting_awaiting_passport_data": _("Customs need the buyer’s passport data. Pack when they are here."),
    "posting_split_pending": _("The marketplace divides this order. Pack when it is done."),
    "posting_awaiting_registration": _("The carrier is registering the parcel and will give its tracking number."),
    "posting_registration_error": _("The carrier refused to register the parcel. Correct what it names and try again."),
    "posting_driver_pick_up": _("The driver has the parcel."),
    "posting_conditionally_delivered": _("You have reported the delivery. The sale is booked when it is confirmed."),
    "posting_returned_to_warehouse": _("The parcel is back with you. Deliver it again or cancel the posting."),
    "posting_in_arbitration": _("You have disputed that the parcel is missing. The marketplace looks for it."),
    "posting_in_client_arbitration": _("The buyer has opened a dispute. The marketplace decides it."),
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

# The same where the marketplace ships what lies with it.
FBO_SENTENCES = {
    **SENTENCES,
    "posting_created": _("The marketplace will pick the goods from its warehouse. There is nothing for you to do."),
    "posting_packing": _("The marketplace is packing the goods. There is nothing for you to do."),
    "posting_transferring_to_delivery": _("The marketplace has packed the parcel and is sending it off."),
}

# The same where the shop itself delivers and says what is next.
OWN_SENTENCES = {
    "posting_created": _("Pack the goods."),
    "posting_registered": _("Packed. Say so when the parcel leaves you."),
    "posting_on_way_to_city": _("The parcel is on its way. Say so when the courier has it."),
    "posting_driver_pick_up": _("The courier has the parcel. Say so when it is on the last mile."),
    "posting_in_courier_service": _("The courier brings the parcel. Say so when the buyer has it."),
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
    "orders.posting.over_limits": (_("More than its carrier takes in one parcel"), "alert-triangle", "warning"),
    "orders.posting.latin_written": (_("Name and address written in Latin letters"), "language", ""),
    "orders.posting.method_chosen": (_("Goes by another delivery method"), "route", ""),
    "orders.posting.value_declared": (_("Value for customs set"), "receipt", ""),
    "orders.posting.invoice_attached": (_("Customs invoice attached"), "file-invoice", ""),
    "orders.posting.invoice_removed": (_("Customs invoice removed"), "trash", ""),
    "orders.posting.shipped": (_("Packed"), "package", "primary"),
    "orders.posting.split": (_("Split off from another posting"), "package-export", ""),
    "orders.posting.handed_over": (_("Handed over to the carrier"), "truck", "primary"),
    "orders.posting.set_out": (_("Set out to the buyer"), "truck-delivery", "primary"),
    "orders.posting.with_courier": (_("Given to the courier"), "user", "info"),
    "orders.posting.reported_delivered": (_("Reported as delivered"), "circle-check", "info"),
    "orders.posting.brought_back": (_("Came back to the warehouse"), "truck-return", "warning"),
    "orders.posting.passed_to_courier": (_("Given to the courier against the code"), "key", "primary"),
    "orders.posting.tracked": (_("Tracking number given"), "barcode", ""),
    "orders.posting.cutoff_set": (_("An earlier hand-over promised"), "clock", ""),
    "orders.posting.timeslot_set": (_("Delivery moved to another time"), "calendar-event", ""),
    "orders.posting.disputed": (_("Disputed: it was handed over"), "alert-triangle", "warning"),
    "orders.posting.ready_again": (_("To be handed over again"), "truck", ""),
    "orders.posting.taken_out": (_("Taken out of the carriage"), "package-off", ""),
    "orders.posting.released": (_("May be packed now"), "lock-open", ""),
    "orders.posting.held": (_("The marketplace divides the order"), "player-pause", ""),
    "orders.posting.registering": (_("The carrier registers the parcel"), "send", ""),
    "orders.posting.registered": (_("Registered with the carrier"), "check", "info"),
    "orders.posting.not_registered": (_("Not registered"), "alert-circle", "danger"),
    "orders.posting.packing_failed": (_("To be packed again"), "alert-circle", "danger"),
    "orders.posting.claimed": (_("The buyer opened a dispute"), "alert-triangle", "danger"),
    "orders.posting.claim_dismissed": (_("The buyer’s dispute was dismissed"), "check", "success"),
    "orders.posting.fulfilled": (_("The marketplace packs the goods"), "package", "primary"),
    "orders.posting.delivered": (_("Delivery confirmed"), "circle-check", "success"),
    "orders.buyer.revealed": (_("The buyer’s telephone number was looked at"), "eye", ""),
    "orders.posting.cancelled": (_("Cancelled"), "ban", "danger"),
    "orders.posting.divided": (_("Divided"), "package-export", ""),
    "orders.posting.units_described": (_("Data of the goods filled in"), "clipboard-list", ""),
    "orders.posting.country_set": (_("Country of origin set"), "world", ""),
    "orders.posting.boxes_set": (_("Number of boxes set"), "box", ""),
    "orders.posting.labelled": (_("Label printed"), "printer", ""),
}

# Lines of the money block, by finance's kinds.
MONEY = {
    "sale": _("Sale"),
    "commission": _("Commission"),
    "logistics": _("Logistics"),
    "acquiring": _("Payment processing"),
    "instalment": pgettext_lazy("accrual", "Instalments of buyers"),
    "return_sale": _("Sale taken back"),
    "return_commission": _("Commission given back"),
    "return_logistics": _("Way back"),
    "return_acquiring": _("Payment processing of the return"),
    "penalty": _("Penalty"),
    "penalty_back": _("Penalty given back"),
    "partial_refund": _("Part of the price refunded"),
    "storage": _("Storage of the return"),
    "disposal": _("Disposal of the return"),
    "compensation": _("Compensation for a loss"),
    "compensation_back": _("Compensation taken back"),
}

# What packing asks of goods: label of the field, and what to type or scan there.
NEEDS = {
    "country": (_("Country of origin"), _("Where the goods were made.")),
    "mandatory_mark": (_("Mark"), _("Scan the square code on the unit.")),
    "optional_mark": (_("Mark, if there is one"), _("Scan the square code, where the unit has one.")),
    "jw_uin": (_("UIN"), _("16 digits on the tag of the jewellery.")),
    "imei": (_("IMEI"), _("15 digits on the box or in the settings of the device; two with a space between them.")),
    "gtd": (_("Customs declaration"), _("As in 10702030/230521/0123456.")),
    "rnpt": (_("Batch number of traceable goods"), _("As in 10702030/230521/0123456/1.")),
    "weight": (_("Weight, g"), _("What the scales show.")),
}

WEIGHT_BETWEEN = _("Between %(least)s and %(most)s g, as the card says.")

# What is wrong with an answer, by the name of the fault.
FAULTS = {
    "MARK_FORMAT_INVALID": _("This is not a marking code. Scan the square code, not the striped one."),
    "MARK_GTIN_INVALID": _("The article number in the code has a wrong check digit. Scan it again."),
    "MARK_REPEATED": _("This mark stands here twice. Every unit has a mark of its own."),
    "MARK_ALREADY_USED": _("This mark went out with another posting. Take another unit or scan it again."),
    "UIN_INVALID": _("A UIN has exactly 16 digits."),
    "IMEI_INVALID": _("An IMEI has 15 digits, and these do not fit together. Scan it again."),
    "IMEI_REPEATED": _("The same IMEI twice: a device with two cards has two different ones."),
    "GTD_INVALID": _("Write the declaration as 10702030/230521/0123456: office, date, number."),
    "RNPT_INVALID": _("Write the batch number as 10702030/230521/0123456/1: declaration and item."),
    "WEIGHT_OUT_OF_RANGE": _("The weight does not fit the card. Weigh again, or correct the weight on the card."),
}

# What scan mode says. Names in braces are filled in by the page.
SCANNING = {
    "ready": _("Scan a posting or an item."),
    "opened": _("{number} is open. Scan its items."),
    "ticked": _("{name}: {done} of {total}"),
    "wrong": _("Wrong item: {code} is not in {number}."),
    "enough": _("Too many: {name} is complete already. Put this one back."),
    "unknown": _("{code} is neither a posting that waits nor an item of one."),
    "busy": _("Finish {number} first, or put it aside."),
    "mandatory_mark": _("Now scan the square code of this unit: {name}."),
    "imei": _("Now scan the IMEI of this unit: {name}."),
    "jw_uin": _("Now scan the UIN of this unit: {name}."),
    "weight": _("Put the unit on the scales and type the grams: {name}."),
    "badcode": _("That code is not what is asked for. {asked}"),
    "used": _("This code was scanned before. Every unit has its own."),
    "heavy": _("{grams} g does not fit the card: {least}–{most} g."),
    "complete": _("{number} is complete and packed."),
    "later": _("{number} is complete. It is sent as soon as there is a connection."),
    "more": _("{number} needs data that cannot be scanned. Fill them in on its page first."),
    "aside": _("{number} is put aside."),
    "online": _("Connected"),
    "offline": _("No connection"),
    "sending": _("Sending…"),
    "signin": _("Sign in again to send what waits."),
    "waiting": _("Waits to be sent"),
    "sent": _("Packed"),
    "refused": _("Not packed"),
    "none": _("Nothing waits to be packed."),
    "count": _("To pack: {count}"),
    "camera": _("The reader of codes could not be loaded. Connect once and open this page anew, or type the code."),
    "nocamera": _("The camera cannot be opened. Allow it for this page in the browser."),
    "stale": _("Work list as of {time}"),
}
