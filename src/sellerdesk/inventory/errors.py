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
    "stock_twice": _("The column “Stock” has another figure for the same warehouse: %(other)s. Leave one of them "
                     "empty."),
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
    "warehouse_code_form": _("A code has up to 20 capital Latin letters, digits, dots, dashes: for example KZN-1."),
    "warehouse_code_taken": _("Another warehouse of this shop has the code “%(value)s”."),
    "kind_unknown": _("“%(value)s” is not a way of shipping. Choose one from the list."),
    "country_unknown": _("“%(value)s” is not a country. Choose one from the list."),
    "country_blocked": _("This marketplace takes no parcels from this country. Choose another place."),
    "phone_unreadable": _("“%(value)s” is not a telephone number. Write it with the country code, for example "
                          "+7 843 123 45 67."),
    "place_half": _("Latitude and longitude belong together: fill in both or neither."),
    "latitude_range": _("Latitude lies between −90 and 90."),
    "longitude_range": _("Longitude lies between −180 and 180."),
    "hours_order": _("The warehouse must close later than it opens."),
    "cut_off_hours": _("The cut-off lies within the opening hours, %(opens)s to %(closes)s."),
    "working_days_none": _("Choose at least one day of work: orders have to leave some day."),
    "holidays_many": _("At most %(most)s single days off can be named."),
    "units_range": _("A number of units from 0 to %(most)s."),
    "limit_range": _("From 1 to %(most)s orders a day, or empty for no limit."),
    "pause_past": _("The pause must end in the future."),
    "pause_order": _("The pause must end after it begins."),
    "pause_long": _("A pause lasts at most %(most)s days. Archive the warehouse if it is closed for good."),
    "count_unreadable": _("Write how many units lie on the shelf, a whole number from 0."),
}


def field_error(field: str, code: str, value: object = "", **data: Any) -> FieldError:
    """A broken rule in words."""
    return FieldError(field, code, _MESSAGES[code], str(value), {"value": str(value), **data})


class WarehouseUnknown(NotFound):
    code = "WAREHOUSE_NOT_FOUND"
    message = _("There is no such warehouse in this shop.")


class StorageDayUnknown(NotFound):
    code = "storage_day_unknown"
    message = _("Nothing lay in the marketplace’s warehouses on this day, or it has not been counted yet.")


class WarehouseHoldsGoods(Conflict):
    """Units promised to open orders keep a warehouse from being archived."""

    code = "warehouse_holds_goods"
    message = _("%(count)s units in this warehouse are reserved for open orders. Ship or cancel them first.")


class WarehouseMoved(Conflict):
    """The warehouse is no longer in the state that the act was meant for."""

    code = "warehouse_moved"
    message = _("Somebody changed this warehouse meanwhile. Reload the page and look again.")


class StockMovesDisagree(Conflict):
    """A release or consumption of units that were not reserved: the callers' books and ours differ."""

    code = "stock_moves_disagree"
    message = _("These units are not reserved any more. Reload the page and look at the order again.")


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = _("At most %(limit)s stocks at once; this call has %(count)s.")
