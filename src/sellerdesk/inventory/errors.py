"""What can be refused in inventory. Codes of row errors are those of the Seller API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, FieldError, Invalid, NotFound

_MESSAGES: dict[str, Any] = {
    "WAREHOUSE_NOT_FOUND": _("This shop has no warehouse %(value)s, or it is closed."),
    "NOT_FOUND_ERROR": _("There is no product “%(value)s” in this shop."),
    "offer_id_not_found": _("There is no product with the offer ID “%(value)s” in this shop."),
    "STOCK_NEGATIVE": _("Stock cannot be below zero."),
    "STOCK_TOO_BIG": _("Stock may be at most %(most)s units."),
    "PRODUCT_IS_ARCHIVED": _("The product is in the archive. Restore it before setting stock."),
    "product_is_not_created": _("Stock can be set once the product has passed the checks and has a price."),
    "TOO_MANY_REQUESTS": _("The same product and warehouse can be set once in %(seconds)s seconds."),
    "stock_unreadable": _("“%(value)s” is not a number of units. Write a whole number, for example 25."),
    "no_warehouse": _("This shop has no open warehouse yet. Create one first."),
    "warehouse_name_length": _("A name has 2 to 50 characters."),
    "warehouse_name_contacts": _("A name must not contain phone numbers, mail addresses or sites: it is printed on "
                                 "parcels."),
    "warehouse_name_letters": _("A name needs at least one letter."),
    "warehouse_name_taken": _("This shop already has a warehouse with this name."),
    "time_zone_unknown": _("“%(value)s” is not a time zone. Choose one from the list, for example Asia/Shanghai."),
    "preparation_hours_range": _("Preparation takes from 1 to %(most)s hours."),
    "city_missing": _("Name the city: delivery times are counted from it."),
    "state_unknown": _("A warehouse is open, paused or archived."),
}


def field_error(field: str, code: str, value: object = "", **data: Any) -> FieldError:
    """A broken rule in words."""
    return FieldError(field, code, _MESSAGES[code], str(value), {"value": str(value), **data})


class WarehouseUnknown(NotFound):
    code = "WAREHOUSE_NOT_FOUND"
    message = _("There is no such warehouse in this shop.")


class WarehouseHoldsGoods(Conflict):
    """Units promised to open orders keep a warehouse from being archived."""

    code = "warehouse_holds_goods"
    message = _("%(count)s units in this warehouse are reserved for open orders. Ship or cancel them first.")


class StockMovesDisagree(Conflict):
    """A release or consumption of units that were not reserved: the callers' books and ours differ."""

    code = "stock_moves_disagree"
    message = _("These units are not reserved any more. Reload the page and look at the order again.")


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = _("At most %(limit)s stocks at once; this call has %(count)s.")
