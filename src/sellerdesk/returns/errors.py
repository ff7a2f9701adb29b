"""What the returns domain refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class ReturnNotFound(NotFound):
    code = "return_not_found"
    message = _("There is no return %(value)s in this shop.")

    def __init__(self, return_id: int | str) -> None:
        super().__init__(data={"value": return_id})


class ClaimNotFound(ReturnNotFound):
    message = _("There is no claim %(value)s in this shop.")


class NotArrived(Conflict):
    """Only goods that have arrived can be taken in or disposed of, and only once."""

    code = "return_not_arrived"
    message = _("Return %(value)s cannot be received now: it has not arrived yet, or it is received already.")

    def __init__(self, return_id: int) -> None:
        super().__init__(data={"value": return_id})


class ActionNotAvailable(Conflict):
    """The claim is in another state than the act needs, or somebody was faster."""

    code = "RETURN_ACTION_NOT_AVAILABLE"
    message = _("Claim %(value)s cannot do this in its present state. Open it to see what can be done now.")

    def __init__(self, claim_number: str, state: str = "") -> None:
        super().__init__(data={"value": claim_number, "state": state})


class RejectionUnknown(Invalid):
    code = "REJECTION_REASON_INVALID"
    message = _("This reason cannot be used here. Choose one from the list.")

    def __init__(self) -> None:
        super().__init__(field="rejection")


class CommentRequired(Invalid):
    code = "COMMENT_REQUIRED"
    message = _("Explain the refusal in a few words: this reason needs it, and the buyer reads it.")

    def __init__(self) -> None:
        super().__init__(field="comment")


class OfferWrong(Invalid):
    """More than nothing and less than the price."""

    code = "COMPENSATION_AMOUNT_INVALID"
    message = _("Offer more than nothing and less than %(most)s, the price of the goods.")

    def __init__(self, most: str) -> None:
        super().__init__(field="offer", data={"most": most})


class BackWayWrong(Invalid):
    code = "RETURN_FOR_BACK_WAY_INVALID"
    message = _("What you pay for the way back cannot be below zero or above %(most)s.")

    def __init__(self, most: str) -> None:
        super().__init__(field="back_way", data={"most": most})


class TooManyPhotos(Invalid):
    code = "too_many_photos"
    message = _("At most %(most)s photos belong to one claim.")

    def __init__(self, most: int) -> None:
        super().__init__(field="photos", data={"most": most})


class BoundTooLow(Invalid):
    """A price bound for disposal below the marketplace's least one."""

    code = "DISPOSAL_PRICE_TOO_LOW"
    message = _("The bound must be a whole number, at least %(least)s.")

    def __init__(self, field: str, least: int) -> None:
        super().__init__(field=field, data={"least": least})


class PointUnknown(NotFound):
    code = "RETURN_POINT_NOT_FOUND"
    message = _("There is no return point %(value)s.")

    def __init__(self, place_id: int) -> None:
        super().__init__(data={"value": place_id})
