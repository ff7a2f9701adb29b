"""Names of scans, and reasons against parcels, for people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import formats
from sellerdesk.logistics.tariffs import Refused
from sellerdesk.logistics.types import CellError

SCANS = {
    "registered": _("Registered with the carrier"),
    "picked_up": _("Collected by the driver"),
    "accepted": _("Accepted by the carrier"),
    "sorted": _("Sorted at the sorting centre"),
    "in_transit": _("On the way to the buyer’s city"),
    "arrived_in_city": _("Arrived in the buyer’s city"),
    "with_courier": _("With the courier"),
    "to_pickup_point": _("On the way to the pickup point"),
    "at_pickup_point": _("At the pickup point"),
    "delivered": _("Received by the buyer"),
    "not_accepted": _("Not accepted at the sorting centre"),
    "returning": _("On the way back"),
    "returned": _("Back at the sender"),
    "lost": _("Lost by the carrier"),
}

INTEGRATIONS = {
    "platform": _("The marketplace carries and tracks"),
    "aggregator": _("A carrier behind an aggregator; the tracking number comes by itself"),
    "3pl_tracking": _("Your own contract; the marketplace follows the tracking number"),
    "non_integrated": _("You deliver and report every step yourself"),
}

_GRAMS = {
    "weight": _("Takes up to %(limit)s; this parcel weighs %(value)s."),
    "light": _("Takes parcels from %(limit)s; this one weighs %(value)s."),
    "own_weight": _("You send up to %(limit)s by this method; this parcel weighs %(value)s."),
}
_SIDES = {
    "side": _("No side may be longer than %(limit)s; this one is %(value)s."),
    "sides": _("The three sides together may measure %(limit)s; these are %(value)s."),
}
_AMOUNTS = {
    "price": _("Carries goods for up to %(limit)s; these cost %(value)s."),
    "own_price": _("You send goods for up to %(limit)s by this method; these cost %(value)s."),
}
_COUNTS = {"units": _("Takes up to %(limit)s units in one parcel; this one holds %(value)s.")}
_PLAIN = {
    "batteries": _("Does not carry batteries."),
    "forbidden": _("Does not carry goods of this kind."),
    "zone": _("Does not deliver to this place."),
    "currency": _("Has no price in the currency of your shop."),
    "off": _("Switched off for this warehouse."),
    "own_place": _("You do not send to this place by this method."),
    "origin": _("Does not carry from the country of this warehouse."),
    "kind": _("Is not offered from warehouses of this kind."),
}


def refusal(refused: Refused, currency: str) -> Any:
    """A reason against a parcel in words."""
    for texts, shown in ((_GRAMS, weight), (_SIDES, length)):
        if refused.code in texts:
            return texts[refused.code] % {"limit": shown(refused.limit), "value": shown(refused.value)}
    if refused.code in _AMOUNTS:
        return _AMOUNTS[refused.code] % {
            name: format_money(Money(minor, currency), get_language() or "en")
            for name, minor in (("limit", refused.limit), ("value", refused.value))}
    if refused.code in _COUNTS:
        return _COUNTS[refused.code] % {"limit": formats.number(refused.limit), "value": formats.number(refused.value)}
    return _PLAIN[refused.code]


def weight(grams: int) -> str:
    """Grams below a kilogram, else kilograms."""
    if grams < 1000:
        return str(_("%(number)s g") % {"number": formats.number(grams)})
    return str(_("%(number)s kg") % {"number": formats.number(grams / 1000, None) if grams % 1000 else formats.number(
        grams // 1000)})


def days(span: tuple[int, int]) -> str:
    """How long a parcel is on its way: 4 days, 2–4 days."""
    low, high = span
    if low == high:
        return ngettext("%(count)s day", "%(count)s days", high) % {"count": high}
    return ngettext("%(low)s–%(count)s day", "%(low)s–%(count)s days", high) % {"low": low, "count": high}


def length(mm: int) -> str:
    """Millimetres as centimetres."""
    return str(_("%(number)s cm") % {"number": formats.number(mm / 10 if mm % 10 else mm // 10)})


#: Columns of the sheet of tariffs.
COLUMNS = {
    "tariff": _("Key of the tariff: carrier, a dot, the service. A new key makes a new service."),
    "carrier": _("Code of the carrier."),
    "integration": _("Who carries and tells where a parcel is: platform, aggregator, 3pl_tracking, non_integrated."),
    "name_en": _("Name of the service in English; the sandbox’s own services keep theirs."),
    "name_ru": _("Name of the service in Russian."),
    "name_zh": _("Name of the service in Chinese."),
    "origins": _("Countries it carries from, by two letters with semicolons. Empty: all."),
    "step_g": _("Grams of one step. Empty: 100."),
    "min_weight_g": _("Least weight, grams. Empty: none."),
    "max_weight_g": _("Largest weight, grams. Empty: none."),
    "max_side_mm": _("Longest side, millimetres. Empty: none."),
    "max_sides_mm": _("Largest sum of the three sides, millimetres. Empty: none."),
    "max_units": _("Most units in one parcel, asked when it is packed. Empty: any."),
    "batteries": _("Whether goods with batteries are taken: yes or no. Empty: yes."),
    "divisor": _("Divides cubic centimetres into kilograms: 5000. Empty: size never counts."),
    "volumetric_above_mm": _("Size counts where the three sides together are longer than this, millimetres."),
    "zone_en": _("Name of the zone in English."),
    "zone_ru": _("Name of the zone in Russian."),
    "zone_zh": _("Name of the zone in Chinese."),
    "cities": _("Cities of the zone with semicolons; they come before regions and countries."),
    "regions": _("Regions of the zone with semicolons."),
    "countries": _("Countries of the zone by two letters. A zone without places is all the rest."),
    "days_min": _("Days on the way, at least."),
    "days_max": _("Days on the way, at most; the buyer is promised these."),
    "currency": _("Currency of the amounts; shops pay in their own."),
    "fixed": _("Amount for each parcel."),
    "per_step": _("Amount for each begun step of weight."),
    "max_price": _("Goods of at most this price are taken. Empty: any."),
}

#: What can be wrong with a cell of it.
CELLS = {
    "tariff": _("Write the key in small Latin letters with a dot, for example veloport.night."),
    "differs": _("Differs from row %(first)s; it must be the same in all rows of a tariff."),
    "carrier": _("There is no such carrier. Known are: %(known)s."),
    "other_carrier": _("This tariff belongs to the carrier %(known)s."),
    "integration": _("There is no such way. Known are: %(known)s."),
    "needed": _("Must not be empty."),
    "number": _("Write a whole number."),
    "money": _("Write an amount that fits the currency, for example 65.00."),
    "currency": _("There is no such currency. Write three letters, for example RUB."),
    "country": _("Write countries by two letters, for example KZ."),
    "yes_no": _("Write yes or no."),
    "days": _("Must not be less than the least number of days, %(low)s."),
    "twice": _("This zone has a price in the currency already, in row %(first)s."),
    "place_twice": _("This place is in the zone of row %(first)s already."),
    "everywhere_twice": _("Only one zone can be all the rest; the other one begins in row %(first)s."),
}


def cell(error: CellError) -> str:
    """What is wrong with a cell, in words."""
    return str(CELLS[error.code]) % error.data if error.data else str(CELLS[error.code])


#: Who saw a parcel.
SOURCES = {"carrier": _("Carrier"), "platform": _("Marketplace"), "seller": _("Your shop")}
