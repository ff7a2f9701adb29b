"""Wording of states, acts and reasons for people. Keys are the Seller API's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# state -> words and tone
STATES = {
    "data_filling": (_("To fill in"), "warning"),
    "ready_to_supply": (_("Ready to come"), "primary"),
    "accepted_at_supply_warehouse": (_("At the receiving point"), "info"),
    "in_transit": (_("On the way"), "info"),
    "acceptance_at_storage_warehouse": (_("Being counted"), "info"),
    "reports_confirmation_awaiting": (_("Check the report"), "warning"),
    "report_rejected": (_("In dispute"), "danger"),
    "completed": (_("Completed"), "success"),
    "rejected_at_supply_warehouse": (_("Turned back"), "danger"),
    "cancelled": (pgettext_lazy("supply", "Cancelled"), "neutral"),
    "overdue": (_("Missed its time"), "danger"),
}

# What the page says about the present place, and what is next.
SENTENCES = {
    "data_filling": _("Fill in what is missing below. When nothing is, the supply is ready by itself."),
    "ready_to_supply": _("Stick the labels on and bring the goods at the time booked."),
    "accepted_at_supply_warehouse": _("The receiving point has the boxes and sends them on. Nothing to do for you."),
    "in_transit": _("The boxes travel to the warehouse where the goods will lie. Nothing to do for you."),
    "acceptance_at_storage_warehouse": _("The warehouse unpacks and counts. Good units go on sale at once."),
    "reports_confirmation_awaiting": _("What was counted differs from what you declared. Accept the report or dispute "
                                       "it; silence accepts."),
    "report_rejected": _("The marketplace counts again and looks for what is missing."),
    "completed": _("The goods are on sale from the marketplace’s warehouse."),
    "rejected_at_supply_warehouse": _("The gate did not let the supply in. Make a new one when the cause is gone."),
    "cancelled": _("The supply is cancelled and needs nothing more."),
    "overdue": _("The supply did not come at its time. Book another time or cancel it."),
}
KINDS = {"direct": _("Straight to the warehouse"), "crossdock": _("Through a receiving point")}
# What each way asks of the shop.
WAYS = {"direct": _("You come in the hour you book, with a car the gate knows."),
        "crossdock": _("You hand the boxes in nearby; the marketplace carries them on, a day or two longer.")}
MISSING = {"slot": _("Book a time"), "cargoes": _("Put everything into boxes"), "car": _("Name the car and its driver")}
# The Seller API's reasons against a line of a draft.
REASONS = {
    "INVALID": _("No such product in this shop, or it stands twice"),
    "OUT_OF_ASSORTMENT": _("In the archive, or not finished"),
    "NO_PRICE": _("Has no price yet"),
    "INVALID_ITEM_COUNT_ZERO": _("At least one unit"),
    "INVALID_ITEM_COUNT_MAX": _("Too many units"),
}
FAILURES = {
    "ITEMS_VALIDATION": _("None of this can be supplied as it stands. Correct the list and check it again."),
    "ITEMS_COUNT_MORE_THAN_MAX": _("Too many different products for one supply. Divide the list."),
    "TOTAL_VOLUME_IN_LITRES_INVALID": _("Too large for one supply. Divide the list."),
}
# Titles of the page's own timeline: words, icon, tone.
EVENTS = {
    "supply.supply.created": (_("Supply made"), "plus", ""),
    "supply.supply.filled": (_("Filled in"), "pencil", ""),
    "supply.supply.rescheduled": (_("Moved to another time"), "calendar-event", ""),
    "supply.supply.cancelled": (pgettext_lazy("supply", "Cancelled"), "ban", "danger"),
    "supply.supply.labelled": (_("Labels printed"), "printer", ""),
    "supply.supply.counted": (_("Counted"), "clipboard-check", "info"),
    "supply.report.accepted": (_("Report accepted"), "circle-check", "success"),
    "supply.report.disputed": (_("Report disputed"), "alert-triangle", "warning"),
    "supply.report.settled": (_("Counted again"), "clipboard-check", "success"),
}
FILLED = {"contents": _("contents"), "cargoes": _("boxes"), "car": _("car and driver")}
