"""What the orders domain refuses. Codes are the Seller API's own names."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class PostingNotFound(NotFound):
    code = "POSTING_NOT_FOUND"
    message = _("There is no posting %(number)s in this shop.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class IncorrectStatus(Conflict):
    """The posting is in another state than the act needs. `data` names it."""

    code = "HAS_INCORRECT_STATUS"
    message = _("Posting %(number)s cannot do this in its present state. Open it to see what can be done now.")

    def __init__(self, number: str, state: str = "") -> None:
        super().__init__(data={"number": number, "state": state})


class AlreadyShipped(IncorrectStatus):
    code = "POSTING_ALREADY_SHIPPED"
    message = _("Posting %(number)s is packed already.")


class AlreadyCancelled(IncorrectStatus):
    code = "POSTING_ALREADY_CANCELLED"
    message = _("Posting %(number)s is cancelled already.")


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


class PostingsNotReady(Conflict):
    """`data["numbers"]` lists the postings that have no label in their present state."""

    code = "POSTINGS_NOT_READY"
    message = _("Labels come after packing and before delivery. Not ready: %(numbers)s.")

    def __init__(self, numbers: list[str]) -> None:
        super().__init__(data={"numbers": ", ".join(numbers)})
        self.numbers = numbers


class TooManyLabels(Invalid):
    code = "INVALID_ARGUMENT"
    message = _("Print at most %(limit)s labels at once.")

    def __init__(self, limit: int) -> None:
        super().__init__(data={"limit": limit})
