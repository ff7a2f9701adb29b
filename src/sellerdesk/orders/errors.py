"""What the orders domain refuses. Codes are the Seller API's own names."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sellerdesk.catalog import queries as catalog
from sellerdesk.core.errors import Conflict, Forbidden, Invalid, NotFound
from sellerdesk.core.ui import formats
from sellerdesk.logistics import queries as logistics
from sellerdesk.orders.types import OverLimits


class PostingNotFound(NotFound):
    code = "POSTING_NOT_FOUND"
    message = _("There is no posting %(number)s in this shop.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class OrderNotFound(NotFound):
    code = "ORDER_NOT_FOUND"
    message = _("There is no order %(number)s in this shop.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class IncorrectStatus(Conflict):
    """The posting is in another state than the act needs. `data` names it."""

    code = "HAS_INCORRECT_STATUS"
    message = _("Posting %(number)s cannot do this in its present state. Open it to see what can be done now.")

    def __init__(self, number: str, state: str = "") -> None:
        super().__init__(data={"number": number, "state": state})
        # Who was faster, and when; `who` is empty for carriers and the marketplace.
        self.who = ""
        self.when: datetime | None = None

    @property
    def text(self) -> str:
        if self.when is None:
            return super().text
        when = formats.when(self.when)
        last = _("Last change: %(who)s, %(when)s.") % {"who": self.who, "when": when} if self.who else _(
            "Last change: %(when)s.") % {"when": when}
        return f"{super().text} {last}"


class Overtaken(IncorrectStatus):
    """Somebody changed the posting between our look and our write. Nothing of ours was written."""

    code = "conflict"
    message = _("Someone else changed posting %(number)s a moment ago. Look at its new state and try again.")


class AlreadyShipped(IncorrectStatus):
    code = "POSTING_ALREADY_SHIPPED"
    message = _("Posting %(number)s is packed already.")


class AlreadyCancelled(IncorrectStatus):
    code = "POSTING_ALREADY_CANCELLED"
    message = _("Posting %(number)s is cancelled already.")


class IncorrectIntegration(IncorrectStatus):
    """Somebody else carries this posting: the marketplace, or a carrier that reports by itself."""

    code = "HAS_INCORRECT_TPL_INTEGRATION_TYPE"
    message = _("This does not go with how posting %(number)s is delivered.")


class TrackingMissing(IncorrectStatus):
    code = "TRACKING_NUMBER_REQUIRED"
    message = _("Enter the carrier’s tracking number of posting %(number)s first.")


class BuyerHidden(Forbidden):
    code = "BUYER_HIDDEN"
    message = _("The order %(number)s is long over: its buyer is not shown any more.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class SlotChangesUsedUp(IncorrectStatus):
    code = "TIMESLOT_CHANGES_USED_UP"
    message = _("The delivery of posting %(number)s was moved twice already. Talk to the buyer, or cancel the posting.")


class TimeslotInvalid(Invalid):
    """`data["last"]` is the latest possible moment, as text."""

    code = "TIMESLOT_INVALID"
    message = _("Choose a time that begins after now and ends before %(last)s, the beginning before the end.")

    def __init__(self, last: str) -> None:
        super().__init__(field="new_timeslot", data={"last": last})


class CutoffInvalid(Invalid):
    code = "CUTOFF_INVALID"
    message = _("Choose a moment between now and %(last)s, by which the order must be handed over.")

    def __init__(self, last: str) -> None:
        super().__init__(field="new_cutoff_date", data={"last": last})


class TrackingInvalid(Invalid):
    code = "TRACKING_NUMBER_INVALID"
    message = _("“%(value)s” is no tracking number. Use 5 to 40 Latin letters, digits and hyphens.")

    def __init__(self, value: str) -> None:
        super().__init__(field="tracking_number", data={"value": value[:60]})


class TrackingTaken(Invalid):
    code = "TRACKING_NUMBER_TAKEN"
    message = _("Another posting has the tracking number %(value)s. Each parcel needs one of its own.")

    def __init__(self, value: str) -> None:
        super().__init__(field="tracking_number", data={"value": value})


class TooManyTrackingNumbers(Invalid):
    code = "INVALID_ARGUMENT"
    message = _("Give between 1 and %(limit)s tracking numbers at once.")

    def __init__(self, limit: int) -> None:
        super().__init__(data={"limit": limit})


class IncorrectQuantity(Invalid):
    """The packages do not hold exactly the units of the posting."""

    code = "HAS_INCORRECT_PRODUCT_QUANTITY"
    message = _("The parcels must hold every unit exactly once. %(offer)s: ordered %(ordered)s, packed %(packed)s.")

    def __init__(self, offer: str, ordered: int, packed: int) -> None:
        super().__init__(data={"offer": offer, "ordered": ordered, "packed": packed})


class UnknownProduct(Invalid):
    code = "UNKNOWN_PRODUCT_DEFINED"
    message = _("SKU %(value)s is not in this posting.")

    def __init__(self, sku: int) -> None:
        super().__init__(data={"value": sku})


class UnitsIncomplete(Conflict):
    """Packing still waits for marks, countries, papers… `data` says how many answers are missing."""

    code = "EXEMPLAR_INFO_NOT_FILLED_COMPLETELY"
    message = _("Fill in what is asked about the goods of %(number)s first. Answers missing: %(count)s.")

    def __init__(self, number: str, count: int) -> None:
        super().__init__(data={"number": number, "count": count})


class ParcelOverLimits(Conflict):
    """One parcel is more than its carrier takes. `data` names the first bound with its limit and value, in grams,
    millimetres, pieces or minor units of `currency`, and the fix: split, method or none."""

    code = "PARCEL_OVER_LIMITS"
    message = _("%(number)s cannot be carried as one parcel. %(reasons)s %(fix_text)s")

    def __init__(self, number: str, currency: str, over: OverLimits) -> None:
        super().__init__(data={
            "number": number, **over.facts(currency),
            "reasons": " ".join(logistics.refusal_text(one, currency) for one in over.refused),
            "fix_text": fix_text(over)})
        self.over = over


def fix_text(over: OverLimits) -> str:
    """What helps with a parcel that is too much, in the active language."""
    if over.fix == "split":
        return ngettext("Pack it as %(count)s parcel: “Several parcels” suggests what goes where.",
                        "Pack it as %(count)s parcels: “Several parcels” suggests what goes where.",
                        len(over.parts)) % {"count": len(over.parts)}
    if over.fix == "method":
        return str(_("Send it by another method that takes it: %(names)s.")) % {
            "names": ", ".join(one.method_name for one in over.methods)}
    return str(_("No method of this warehouse carries it: correct its weight or declared value where they are wrong, "
                 "or cancel it."))


class WeightRequired(UnitsIncomplete):
    """Nothing but the weight of units is missing."""

    code = "WEIGHT_IS_REQUIRED"
    message = _("Weigh the goods of %(number)s first. Units without a right weight: %(count)s.")


class NotBeingPacked(IncorrectStatus):
    """What is asked belongs before packing."""

    code = "POSTING_NOT_BEING_PACKED"
    message = _("Posting %(number)s is not waiting to be packed, so the data of its units stay as they are.")


class MarkRedundant(Invalid):
    code = "MANDATORY_MARK_REDUNDANT"
    message = _("SKU %(value)s is not a marked product: leave its mark empty.")

    def __init__(self, sku: int) -> None:
        super().__init__(data={"value": sku})


class UnitUnknown(Invalid):
    code = "EXEMPLAR_NOT_FOUND"
    message = _("Unit %(value)s is not in this posting.")

    def __init__(self, unit_id: int) -> None:
        super().__init__(data={"value": unit_id})


class NothingToConfirm(Conflict):
    code = "UPDATE_NOT_AVAILABLE"
    message = _("No changed data of units wait for posting %(number)s.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class CountryUnknown(Invalid):
    code = "COUNTRY_NOT_FOUND"
    message = _("“%(value)s” is not the code of a country. Codes have two letters, such as CN or TR.")

    def __init__(self, value: str) -> None:
        super().__init__(field="country", data={"value": value})


class MethodNotFitting(Conflict):
    code = "DELIVERY_METHOD_NOT_FITTING"
    message = _("This method does not take the parcel of %(number)s as it is. Choose one that is offered.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class NotLatin(Invalid):
    code = "NOT_LATIN"
    message = _("“%(value)s” is not in Latin letters. Write it as in the buyer’s passport or as post abroad does, "
                "without letters of other scripts.")

    def __init__(self, field: str, value: str) -> None:
        super().__init__(field=field, data={"value": value[:60]})


class AddressLeft(IncorrectStatus):
    code = "POSTING_ALREADY_HANDED_OVER"
    message = _("Posting %(number)s has left the shop: its papers stay as they are.")


class DeclaredValueInvalid(Invalid):
    code = "DECLARED_VALUE_INVALID"
    message = _("“%(value)s” is no value for customs. Write the amount for one unit and its currency, for example "
                "12.50 USD. Currencies: %(currencies)s.")

    def __init__(self, value: str) -> None:
        super().__init__(field="value", data={"value": value[:60], "currencies": ", ".join(catalog.CUSTOMS_CURRENCIES)})


class BoxesOutOfRange(Invalid):
    code = "INCORRECT_MULTI_BOX_QTY"
    message = _("A parcel travels in 1 to %(most)s boxes.")

    def __init__(self, value: int, most: int) -> None:
        super().__init__(field="boxes", data={"value": value, "most": most})


class IncorrectReason(Invalid):
    code = "HAS_INCORRECT_CANCEL_REASON"
    message = _("This reason cannot be used here. Choose one from the list.")

    def __init__(self, reason_id: int) -> None:
        super().__init__(field="reason_id", data={"value": reason_id})


class MessageRequired(Invalid):
    code = "CANCEL_REASON_MESSAGE_REQUIRED"
    message = _("Say in a few words why: this reason needs an explanation.")

    def __init__(self) -> None:
        super().__init__(field="message")


class RequestNotFound(NotFound):
    code = "CANCELLATION_NOT_FOUND"
    message = _("There is no request %(value)s to cancel in this shop.")

    def __init__(self, request_id: int) -> None:
        super().__init__(data={"value": request_id})


class RequestDecided(Conflict):
    code = "CANCELLATION_ALREADY_DECIDED"
    message = _("The buyer’s request to cancel %(number)s is answered already.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class AlreadyRequested(Conflict):
    code = "CANCELLATION_ALREADY_REQUESTED"
    message = _("The buyer has asked to cancel %(number)s already.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class RejectionUnexplained(Invalid):
    code = "COMMENT_REQUIRED"
    message = _("Say why you deliver all the same: the buyer reads it.")

    def __init__(self) -> None:
        super().__init__(field="comment")
