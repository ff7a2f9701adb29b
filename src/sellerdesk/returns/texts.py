"""Wording of returns and claims for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES = {
    "requested": _("Requested"),
    "on_the_way": _("On the way"),
    "lost": pgettext_lazy("return", "Lost"),
    "arrived": _("Arrived"),
    "received": _("Received"),
    "disposed": pgettext_lazy("return", "Disposed of"),
}
KINDS = {
    "ClientReturn": _("Buyer’s return"),
    "Cancellation": _("Cancelled on the way"),
}
REASONS = {
    "defective": _("Defective"),
    "wrong_item": _("Wrong item"),
    "not_as_described": _("Not as described"),
    "does_not_fit": _("Does not fit"),
    "changed_mind": _("Changed their mind"),
    "not_collected": _("Not collected"),
    "cancelled_under_way": _("Cancelled on the way"),
    "incomplete": _("Parts are missing"),
}
METHODS = {
    1: _("By post or a carrier"),
    2: _("The shop’s courier collects"),
    3: _("In person"),
}
COMPENSATIONS = {
    "sent": _("Compensation promised"),
    "received": _("Compensation paid"),
    "cancelled": _("Compensation called off"),
    "reversed": _("Compensation taken back"),
}
REJECTIONS = {
    "term_over": (_("The term for returning is over"), _("Name the day of delivery.")),
    "used": (_("The goods were used"), _("Describe the traces of use.")),
    "buyers_fault": (_("The buyer caused the damage"), _("Say what shows it.")),
    "no_fault": (_("The fault was not found"), _("Say how the goods were checked.")),
    "other_goods": (_("Other goods came back"), _("Say what was in the parcel.")),
    "incomplete": (_("Parts or packaging are missing"), _("Say what is missing.")),
    "no_proof": (_("Nothing shows the fault"), _("Ask for photos in your comment.")),
    "not_returnable": (_("Goods of this kind are not taken back"), _("Name the rule.")),
    "other": (_("Another reason"), _("Explain it; the marketplace reads it.")),
}
GROUPS = {
    "New": pgettext_lazy("claims", "New"),
    "Delivering": pgettext_lazy("claims", "On the way"),
    "Checkout": pgettext_lazy("claims", "Inspection"),
    "Arbitration": pgettext_lazy("claims", "Dispute"),
    "Approved": pgettext_lazy("claims", "Approved"),
    "Rejected": pgettext_lazy("claims", "Rejected"),
}
ACTIONS = {
    "take_back": _("Take the goods back for inspection"),
    "reject": _("Reject the claim"),
    "refund": _("Refund without the goods"),
    "offer": _("Offer a part of the price"),
    "confirm_received": _("Confirm that the goods arrived"),
    "refund_received": _("Refund after inspection"),
    "reject_received": _("Reject after inspection"),
}
# The visual statuses of the API in words, all of them; claims use those that states.py names.
VISUAL = {
    "DisputeOpened": _("The buyer disputes the refusal"),
    "OnSellerApproval": _("Waits for your answer"),
    "ArrivedAtReturnPlace": _("At the return point"),
    "OnSellerClarification": _("Waits for your explanation"),
    "OnSellerClarificationAfterPartialCompensation": _("The offer was not accepted: waits for your answer"),
    "OfferedPartialCompensation": _("A part of the price is offered"),
    "ReturnMoneyApproved": _("Refund approved"),
    "PartialCompensationReturned": _("A part of the price is refunded"),
    "CancelledDisputeNotOpen": _("Closed: the refusal was not disputed"),
    "Rejected": _("Rejected; the buyer may dispute it"),
    "CrmRejected": _("Rejected by the marketplace"),
    "Cancelled": _("Withdrawn by the buyer"),
    "Approved": pgettext_lazy("claim", "Approved"),
    "ApprovedByOzon": _("Approved by the marketplace"),
    "ReceivedBySeller": _("Received by the shop"),
    "MovingToSeller": _("On the way to the shop"),
    "ReturningToSellerByCourier": _("A courier brings it to the shop"),
    "Utilizing": _("Being disposed of"),
    "Utilized": pgettext_lazy("return", "Disposed of"),
    "MoneyReturned": _("Refunded"),
    "PartialCompensationInProcess": _("A part of the price is being refunded"),
    "DisputeYouOpened": _("You opened a dispute"),
    "CompensationRejected": _("Compensation refused"),
    "DisputeOpening": _("A dispute is being opened"),
    "CompensationOffered": _("Compensation promised"),
    "WaitingCompensation": _("Waits for compensation"),
    "SendingError": _("Could not be sent"),
    "CompensationRejectedBySla": _("Compensation refused: too late"),
    "CompensationRejectedBySeller": _("Compensation refused by the shop"),
    "MovingToOzon": _("On the way to the marketplace’s warehouse"),
    "ReturnedToOzon": _("Back at the marketplace’s warehouse"),
    "MoneyReturnedBySystem": _("Refunded by the marketplace"),
    "WaitingShipment": _("Waits to be sent back"),
}
# What the page of a claim says about its present state.
CLAIM_SENTENCES = {
    "OnSellerApproval": _("The buyer waits for your answer. Without one the claim is approved and refunded."),
    "OnSellerClarificationAfterPartialCompensation":
        _("The buyer did not take your offer and waits for another answer. Without one the claim is refunded."),
    "WaitingShipment": _("You agreed to take the goods back. The buyer has to send them."),
    "MovingToSeller": _("The goods are on the way to you."),
    "ArrivedAtReturnPlace":
        _("The goods have arrived. Confirm it and inspect them; without a word from you the buyer is refunded."),
    "ReceivedBySeller": _("Inspect the goods and decide. Without a decision the buyer is refunded."),
    "OfferedPartialCompensation": _("The buyer decides about your offer. Silence means no."),
    "Rejected": _("You refused. The buyer may dispute it until the term ends."),
    "DisputeOpened": _("The marketplace looks at both sides and decides."),
    "MoneyReturned": _("The buyer has the money back."),
    "MoneyReturnedBySystem": _("The marketplace gave the buyer the money back."),
    "PartialCompensationReturned": _("The buyer keeps the goods and has a part of the price back."),
    "CancelledDisputeNotOpen": _("The buyer did not dispute your refusal."),
    "CrmRejected": _("The marketplace decided for you."),
    "Cancelled": _("The buyer withdrew the claim or never sent the goods."),
}
SIDES = {"buyer": _("The buyer"), "platform": _("The marketplace"), "carrier": _("The carrier"),
         "time": _("automatically")}
