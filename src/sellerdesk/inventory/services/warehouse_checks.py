"""What a warehouse may be, against the rules in force and the shop's other warehouses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import phonenumbers

from sellerdesk.core import rules as dated
from sellerdesk.core.errors import FieldError, Invalid
from sellerdesk.inventory import queries, rules
from sellerdesk.inventory.errors import field_error
from sellerdesk.inventory.types import SHOP_KINDS
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

_MOST_HOLIDAYS = 366
_LENGTHS = {"city": 100, "address": 300, "return_address": 300, "return_note": 500}


def check(seller: SellerRef, fields: dict[str, Any], now: datetime, warehouse_id: int = 0) -> None:
    """Raises Invalid with one error per wrong field; the phone is put into its international form."""
    errors = [*_naming(seller, fields, warehouse_id), *_placing(fields, now), *_timing(fields, now),
              *_bounds(fields, now)]
    if fields["phone"]:
        read = _phone(fields["phone"], fields["country"])
        if read is None:
            errors.append(field_error("phone", "phone_unreadable", fields["phone"]))
        else:
            fields["phone"] = read
    if errors:
        raise Invalid.many(errors)


def _naming(seller: SellerRef, fields: Mapping[str, Any], warehouse_id: int) -> list[FieldError]:
    others = [row for row in queries.warehouses(seller) if row.id != warehouse_id]
    refusal = rules.name_refusal(fields["name"])
    if refusal is None and any(row.name.casefold() == fields["name"].casefold() for row in others):
        refusal = "warehouse_name_taken"
    errors = [field_error("name", refusal, fields["name"])] if refusal else []
    refusal = rules.code_refusal(fields["code"])
    if refusal is None and fields["code"] and any(row.code == fields["code"] for row in others):
        refusal = "warehouse_code_taken"
    if refusal:
        errors.append(field_error("code", refusal, fields["code"]))
    return errors


def _placing(fields: dict[str, Any], now: datetime) -> list[FieldError]:
    errors = []
    if not fields["city"]:
        errors.append(field_error("city", "city_missing"))
    for name, longest in _LENGTHS.items():
        fields[name] = fields[name][:longest]
    if fields["kind"] not in SHOP_KINDS:
        errors.append(field_error("kind", "kind_unknown", fields["kind"]))
    if fields["country"] in sellers.blocked_countries(now):
        errors.append(field_error("country", "country_blocked", fields["country"]))
    elif fields["country"] and not (len(fields["country"]) == 2 and fields["country"].isalpha()):
        errors.append(field_error("country", "country_unknown", fields["country"]))
    latitude, longitude = fields["latitude"], fields["longitude"]
    if (latitude is None) != (longitude is None):
        errors.append(field_error("longitude" if longitude is None else "latitude", "place_half"))
    for name, value, most in (("latitude", latitude, 90), ("longitude", longitude, 180)):
        if value is not None and not -most <= value <= most:
            errors.append(field_error(name, f"{name}_range", value))
        elif value is not None:
            fields[name] = round(Decimal(value), 6)
    return errors


def _timing(fields: Mapping[str, Any], now: datetime) -> list[FieldError]:
    errors = []
    if not rules.known_time_zone(fields["time_zone"]):
        errors.append(field_error("time_zone", "time_zone_unknown", fields["time_zone"]))
    if fields["closes"] <= fields["opens"]:
        errors.append(field_error("closes", "hours_order", f"{fields['closes']:%H:%M}"))
    elif not fields["opens"] <= fields["cut_off"] <= fields["closes"]:
        errors.append(field_error("cut_off", "cut_off_hours", f"{fields['cut_off']:%H:%M}",
                                  opens=f"{fields['opens']:%H:%M}", closes=f"{fields['closes']:%H:%M}"))
    if not set(fields["working_days"]) & set(range(1, 8)) or not set(fields["working_days"]) <= set(range(1, 8)):
        errors.append(field_error("working_days", "working_days_none"))
    if len(fields["holidays"]) > _MOST_HOLIDAYS:
        errors.append(field_error("holidays", "holidays_many", len(fields["holidays"]), most=_MOST_HOLIDAYS))
    most = dated.get("inventory.longest_preparation", "", now).value["hours"]
    if not 1 <= fields["preparation_hours"] <= most:
        errors.append(field_error("preparation_hours", "preparation_hours_range", fields["preparation_hours"],
                                  most=most))
    return errors


def _bounds(fields: Mapping[str, Any], now: datetime) -> list[FieldError]:
    most = dated.get("inventory.highest_stock", "", now).value["units"]
    errors = [field_error(name, "units_range", fields[name], most=most) for name in ("safety_stock", "low_stock")
              if fields[name] is not None and not 0 <= fields[name] <= most]
    limit = fields["postings_limit"]
    most = dated.get("inventory.highest_postings_limit", "", now).value["postings"]
    if limit is not None and not 1 <= limit <= most:
        errors.append(field_error("postings_limit", "limit_range", limit, most=most))
    return errors


def _phone(text: str, country: str) -> str | None:
    """A number in its international form, or None; without a country code it is read as one of the warehouse's."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
