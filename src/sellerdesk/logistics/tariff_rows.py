"""Tariffs as rows of a sheet, and back. Pure: one row is the price of one zone in one currency.

What holds for the whole tariff (its carrier, names, limits, size rule) stands in each of its rows and must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sellerdesk.core.errors import Invalid
from sellerdesk.core.money import Money, known_currency
from sellerdesk.logistics.rules import CARRIERS, KINDS, SERVICES
from sellerdesk.logistics.tariffs import STEP_G, fold, read
from sellerdesk.logistics.types import CellError, Difference

#: What holds for the whole tariff, what for a zone, what for one price.
WHOLE = ("carrier", "integration", "name_en", "name_ru", "name_zh", "origins", "step_g", "min_weight_g",
         "max_weight_g", "max_side_mm", "max_sides_mm", "max_units", "batteries", "divisor", "volumetric_above_mm")
ZONE = ("zone_en", "zone_ru", "zone_zh", "cities", "regions", "countries", "days_min", "days_max")
PRICE = ("currency", "fixed", "per_step", "max_price")
COLUMNS = ("tariff", *WHOLE, *ZONE, *PRICE)
_KEY = re.compile(r"[a-z0-9]+(\.[a-z0-9_-]+)+")
_COUNTRY = re.compile(r"[A-Z]{2}")
_YES, _NO = ("yes", "true", "1", "да", "是"), ("no", "false", "0", "нет", "否")
_LIMITS = ("min_weight_g", "max_weight_g", "max_side_mm", "max_sides_mm", "max_units")
_MOST = 10**9


def gather(rows: Iterable[tuple[int, Mapping[str, str]]]) -> tuple[dict[str, dict[str, Any]], list[CellError]]:
    """Values of the rule logistics.tariff by key, and every error. A tariff with an error is left out."""
    by_tariff: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
    errors: list[CellError] = []
    for number, cells in rows:
        key = cells.get("tariff", "").strip()
        if not _KEY.fullmatch(key) or len(key) > 60:
            errors.append(CellError(number, "tariff", "tariff", key))
            continue
        by_tariff.setdefault(key, []).append((number, cells))
    values = {}
    for key, own in by_tariff.items():
        reader = _Reader()
        value = reader.tariff(key, own)
        errors += reader.errors
        if not reader.errors:
            values[key] = value
    return values, sorted(errors, key=lambda error: (error.row, COLUMNS.index(error.column)))


class _Reader:
    """Reads the rows of one tariff and keeps what is wrong."""

    def __init__(self) -> None:
        self.errors: list[CellError] = []

    def wrong(self, row: int, column: str, code: str, value: str = "", **data: Any) -> None:
        self.errors.append(CellError(row, column, code, value, data))

    def tariff(self, key: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> dict[str, Any]:
        first, cells = rows[0]
        for number, other in rows[1:]:
            for column in WHOLE:
                if other.get(column, "").strip() != cells.get(column, "").strip():
                    self.wrong(number, column, "differs", other.get(column, ""), first=first)
        value: dict[str, Any] = {**self.service(key, first, cells), "zones": self.zones(rows)}
        origins = self.countries(first, cells, "origins")
        if origins:
            value["origins"] = origins
        step = self.number(first, cells, "step_g")
        if step and step != STEP_G:
            value["step_g"] = step
        limits: dict[str, Any] = {name: amount for name in _LIMITS
                                  if (amount := self.number(first, cells, name)) is not None}
        if not self.yes(first, cells, "batteries"):
            limits["batteries"] = False
        prices = self.most(rows)
        if prices:
            limits["max_price"] = prices
        if limits:
            value["limits"] = limits
        divisor, above = (self.number(first, cells, name) for name in ("divisor", "volumetric_above_mm"))
        if divisor:
            value["volumetric"] = {"divisor": divisor, "above_sides_mm": above or 0}
        elif above:
            self.wrong(first, "divisor", "needed")
        return value

    def service(self, key: str, row: int, cells: Mapping[str, str]) -> dict[str, Any]:
        carrier, integration = cells.get("carrier", "").strip(), cells.get("integration", "").strip() or "platform"
        known = SERVICES.get(key)
        if carrier not in CARRIERS:
            self.wrong(row, "carrier", "carrier", carrier, known=", ".join(CARRIERS))
        elif known and known.carrier != carrier:
            self.wrong(row, "carrier", "other_carrier", carrier, known=known.carrier)
        if integration not in KINDS:
            self.wrong(row, "integration", "integration", integration, known=", ".join(KINDS))
        if known:
            return {}
        names = {language: cells.get(column, "").strip()[:120] for language, column in
                 (("en", "name_en"), ("ru", "name_ru"), ("zh-hans", "name_zh"))}
        for column in ("name_en", "name_ru", "name_zh"):
            if not cells.get(column, "").strip():
                self.wrong(row, column, "needed")
        return {"carrier": carrier, "integration": integration, "names": names}

    def zones(self, rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[dict[str, Any]]:
        found: dict[tuple[str, ...], dict[str, Any]] = {}
        at: dict[tuple[str, ...], int] = {}
        places: dict[tuple[str, str], int] = {}
        for number, cells in rows:
            mark = tuple(cells.get(column, "").strip() for column in ZONE)
            if mark not in found:
                found[mark], at[mark] = self.zone(number, cells), number
                for kind in ("cities", "regions", "countries"):
                    for place in found[mark].get(kind, ()):
                        other = places.setdefault((kind, fold(place)), number)
                        if other != number:
                            self.wrong(number, kind, "place_twice", place, first=other)
            currency = cells.get("currency", "").strip().upper()
            if not known_currency(currency):
                self.wrong(number, "currency", "currency", currency)
                continue
            if currency in found[mark]["prices"]:
                self.wrong(number, "currency", "twice", currency, first=at[mark])
            found[mark]["prices"][currency] = [self.money(number, cells, "fixed", currency),
                                               self.money(number, cells, "per_step", currency)]
        everywhere = [number for mark, number in at.items() if not any(mark[3:6])]
        for number in everywhere[1:]:
            self.wrong(number, "cities", "everywhere_twice", first=everywhere[0])
        return list(found.values())

    def zone(self, row: int, cells: Mapping[str, str]) -> dict[str, Any]:
        low, high = self.number(row, cells, "days_min"), self.number(row, cells, "days_max")
        if high is None:
            self.wrong(row, "days_max", "needed")
        elif low is not None and low > high:
            self.wrong(row, "days_max", "days", str(high), low=low)
        names = {language: cells.get(column, "").strip() for language, column in
                 (("en", "zone_en"), ("ru", "zone_ru"), ("zh-hans", "zone_zh")) if cells.get(column, "").strip()}
        zone: dict[str, Any] = {"zone": names, "days": [high if low is None else low, high], "prices": {}}
        for kind in ("cities", "regions"):
            listed = [place.strip() for place in cells.get(kind, "").split(";") if place.strip()]
            if listed:
                zone[kind] = listed
        countries = self.countries(row, cells, "countries")
        if countries:
            zone["countries"] = countries
        return zone

    def most(self, rows: Sequence[tuple[int, Mapping[str, str]]]) -> dict[str, int]:
        """The dearest goods taken, by currency; the same in every zone."""
        found: dict[str, int] = {}
        for number, cells in rows:
            currency, text = cells.get("currency", "").strip().upper(), cells.get("max_price", "").strip()
            if text and known_currency(currency):
                amount = self.money(number, cells, "max_price", currency)
                if found.setdefault(currency, amount) != amount:
                    self.wrong(number, "max_price", "differs", text, first=rows[0][0])
        return found

    def number(self, row: int, cells: Mapping[str, str], column: str) -> int | None:
        text = cells.get(column, "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()) or int(text) > _MOST:
            self.wrong(row, column, "number", text)
            return None
        return int(text)

    def money(self, row: int, cells: Mapping[str, str], column: str, currency: str) -> int:
        text = cells.get(column, "").strip()
        try:
            amount = Money.parse(text, currency).amount_minor
        except Invalid:
            amount = -1
        if amount < 0:
            self.wrong(row, column, "money" if text else "needed", text)
            return 0
        return amount

    def countries(self, row: int, cells: Mapping[str, str], column: str) -> list[str]:
        listed = [code.strip().upper() for code in re.split(r"[;,\s]+", cells.get(column, "")) if code.strip()]
        for code in listed:
            if not _COUNTRY.fullmatch(code):
                self.wrong(row, column, "country", code)
        return sorted(set(listed))

    def yes(self, row: int, cells: Mapping[str, str], column: str) -> bool:
        text = cells.get(column, "").strip().casefold()
        if text and text not in (*_YES, *_NO):
            self.wrong(row, column, "yes_no", text)
        return text not in _NO


def spread(key: str, value: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a tariff in force; read again they give the same tariff."""
    tariff, known = read(value), SERVICES.get(key)
    names = known.names if known else value["names"]
    limits = tariff.limits
    whole = {
        "tariff": key, "carrier": known.carrier if known else value["carrier"],
        "integration": known.integration if known else value["integration"],
        "name_en": names.get("en", ""), "name_ru": names.get("ru", ""), "name_zh": names.get("zh-hans", ""),
        "origins": "; ".join(sorted(tariff.origins)), "step_g": str(tariff.step_g),
        "batteries": "yes" if limits.batteries else "no",
        "divisor": str(tariff.divisor or ""), "volumetric_above_mm": str(tariff.volumetric_above_mm or ""),
        **{name: "" if getattr(limits, name) is None else str(getattr(limits, name)) for name in _LIMITS}}
    rows = []
    for zone, parsed in zip(value.get("zones") or [value], tariff.zones, strict=True):
        for currency, (fixed, per_step) in parsed.prices.items():
            most = limits.max_price.get(currency)
            rows.append({
                **whole, **{f"zone_{short}": parsed.names.get(language, "") for short, language in
                            (("en", "en"), ("ru", "ru"), ("zh", "zh-hans"))},
                "cities": "; ".join(zone.get("cities", ())), "regions": "; ".join(zone.get("regions", ())),
                "countries": "; ".join(zone.get("countries", ())), "days_min": str(parsed.days[0]),
                "days_max": str(parsed.days[1]), "currency": currency,
                "fixed": Money(fixed, currency).decimal_text(), "per_step": Money(per_step, currency).decimal_text(),
                "max_price": "" if most is None else Money(most, currency).decimal_text()})
    return rows


def differences(key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Difference]:
    """What a new version changes, in the order of the sheet; nothing for a tariff that is new."""
    if before is None:
        return []
    old, new = ({(row["zone_en"] or row["zone_ru"] or row["cities"], row["currency"]): row for row in spread(key, one)}
                for one in (before, after))
    found = []
    first_old, first_new = next(iter(old.values()), {}), next(iter(new.values()), {})
    found += [Difference(column, "", "", first_old.get(column, ""), first_new.get(column, ""))
              for column in WHOLE if first_old.get(column, "") != first_new.get(column, "")]
    for mark in dict.fromkeys((*old, *new)):
        row_old, row_new = old.get(mark), new.get(mark)
        if row_old is None or row_new is None:
            found.append(Difference("zone", *mark, "" if row_old is None else _price(row_old),
                                    "" if row_new is None else _price(row_new)))
            continue
        found += [Difference(column, *mark, row_old[column], row_new[column])
                  for column in ("cities", "regions", "countries", "days_min", "days_max", "fixed", "per_step",
                                 "max_price") if row_old[column] != row_new[column]]
    return found


def _price(row: Mapping[str, str]) -> str:
    return f"{row['fixed']} + {row['per_step']}"
