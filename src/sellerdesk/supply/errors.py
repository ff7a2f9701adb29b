"""What supplies refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, LimitReached, NotFound


class DraftUnknown(NotFound):
    code = "DRAFT_DOES_NOT_EXIST"
    message = _("There is no such draft any more: a draft lives half an hour. Begin the supply anew.")


class DraftUnusable(Conflict):
    """Nothing of it can be supplied, or it was used already."""

    code = "DRAFT_INCORRECT_STATE"
    message = _("Nothing can be made of this draft any more. Begin the supply anew.")


class TooManyDrafts(LimitReached):
    code = "too_many_drafts"
    message = _("Too many drafts. The next one can be made in %(seconds)s s.")


class EmptyDraft(Invalid):
    code = "EMPTY_ITEMS_LIST"
    message = _("Name at least one product and how many units of it go into the supply.")


class ClusterUnknown(NotFound):
    code = "UNKNOWN_CLUSTER_IDS"
    message = _("The marketplace keeps no goods there. Choose a region from the list.")


class DropOffUnknown(Invalid):
    code = "DROP_OFF_POINT_DOES_NOT_EXIST"
    message = _("There is no such receiving point. Choose one from the list.")


class StorageUnknown(Invalid):
    code = "INVALID_STORAGE_WAREHOUSE"
    message = _("This warehouse does not take the goods of the draft. Choose another one.")


class SlotTaken(Conflict):
    code = "TIMESLOT_NOT_AVAILABLE"
    message = _("This time is not free any more. Choose another one.")


class SlotOutOfRange(Invalid):
    code = "UPDATE_TIMESLOT_ERROR_OUT_OF_ALLOWED_RANGE"
    message = _("Choose a time from the list: at least %(hours)s hours from now and at most %(days)s days.")


class SlotChangesSpent(Conflict):
    code = "UPDATE_TIMESLOT_ERROR_LIMIT_OF_CHANGING_TIMESLOT_EXCEEDED"
    message = _("The time of this supply was changed as often as is allowed. Cancel it and make a new one.")


class SupplyUnknown(NotFound):
    code = "SUPPLY_NOT_FOUND"
    message = _("There is no such supply in this shop.")


class NotNow(Conflict):
    """The supply is in another state than the act is meant for."""

    code = "INVALID_ORDER_STATE"
    message = _("Supply %(number)s is in another state by now. Reload the page and look again.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"number": number})


class CargoUnknown(NotFound):
    code = "CARGO_NOT_FOUND"
    message = _("There is no such box or pallet in this supply.")


class CargoInvalid(Invalid):
    """Boxes and pallets that do not fit the supply. `field` is the key of the box."""

    code = "cargo_invalid"
    message = _("The boxes do not fit the supply.")


class TooManyCargoes(Invalid):
    code = "WAREHOUSE_LIMITS_EXCEED"
    message = _("A supply has at most %(most)s boxes and pallets.")


class CarInvalid(Invalid):
    code = "SET_VEHICLE_ERROR_UNSPECIFIED"
    message = _("The gate has to know the car and its driver: fill in all four fields.")


class ContentsInvalid(Invalid):
    """New contents that cannot be taken; the code says why."""

    code = "SUPPLY_CONTENT_NOT_VALID"
    message = _("Some products cannot be supplied: %(offers)s.")


CARGO_WORDS = {
    "SUPPLY_ITEM_NOT_FOUND": _("SKU %(sku)s is not in this supply."),
    "DUPLICATED_SUPPLY_ITEM": _("SKU %(sku)s stands twice in one box."),
    "QUANTITY_LESS_ONE": _("Each line of a box needs at least one unit."),
    "TOO_MANY_UNITS": _("More units of SKU %(sku)s are in boxes than in the supply."),
}
