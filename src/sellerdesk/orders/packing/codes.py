"""The codes that stand on goods and on customs papers: how each is spelled, and what is wrong with one that is not.

Every check answers with the code as it is kept and the name of the fault, empty where there is none. Scanners add
prefixes and separators of their own; those are taken off before anything is compared.
"""

from __future__ import annotations

import re
from datetime import date

# What scanners send ahead of a GS1 code to say which kind it is, and the separator between its parts.
_SYMBOLOGY = re.compile(r"^\](?:d2|C1|Q3|e0)")
_SEPARATOR = "\x1d"
# As printed for people beside the symbol.
_BRACKETS = re.compile(r"^\(01\)(\d{14})\(21\)")
_MARK = re.compile(r"^01(?P<gtin>\d{14})21(?P<serial>[!-~]{6,20})(?P<rest>(?:\x1d[!-~]+)*)$")
_UIN = re.compile(r"^\d{16}$")
_GTD = re.compile(r"^(?P<office>\d{8})/(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{2})/[\dА-ЯA-Z]\d{6}$")
_RNPT = re.compile(r"^(?:\d{8}/\d{6}/[\dА-ЯA-Z]\d{6}|\d{4}/\d{8}/\d{7})/\d{1,3}$")


def mark(text: str) -> tuple[str, str]:
    """A marking code of GS1: 01, GTIN with a right check digit, 21, a serial number, and cryptographic tails.

    `010460780959150821sSBmxTYIFT(eq` → kept as it is; without tails it is a good mark too, as the short code of a
    label. Faults: MARK_FORMAT_INVALID, MARK_GTIN_INVALID.
    """
    kept = _BRACKETS.sub(r"01\g<1>21", _SYMBOLOGY.sub("", text.strip(" \t\r\n")).strip(_SEPARATOR))
    found = _MARK.match(kept)
    if not found:
        return kept, "MARK_FORMAT_INVALID"
    return kept, "" if gtin_is_right(found["gtin"]) else "MARK_GTIN_INVALID"


def gtin_of(text: str) -> str:
    """The article number inside a marking code, without leading zeros; empty where it is no marking code."""
    kept, fault = mark(text)
    return "" if fault else kept[2:16].lstrip("0")


def short_mark(text: str) -> str:
    """GTIN and serial number alone: what makes two scans of one unit equal, with tails or without."""
    return text.partition(_SEPARATOR)[0]


def gtin_is_right(digits: str) -> bool:
    """Whether the last digit is the check digit of GS1: weights 3 and 1 from the right, sum up to a full ten."""
    body, check = digits[:-1], int(digits[-1])
    total = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(body)))
    return (total + check) % 10 == 0


def imei(text: str) -> tuple[str, str]:
    """Fifteen digits, the last one by Luhn. Fault: IMEI_INVALID."""
    kept = re.sub(r"[\s\-/]", "", text)
    if not re.fullmatch(r"\d{15}", kept):
        return kept, "IMEI_INVALID"
    total = 0
    for at, digit in enumerate(reversed(kept)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return kept, "" if total % 10 == 0 else "IMEI_INVALID"


def uin(text: str) -> tuple[str, str]:
    """The sixteen digits of a piece of jewellery. Fault: UIN_INVALID."""
    kept = re.sub(r"\s", "", text)
    return kept, "" if _UIN.match(kept) else "UIN_INVALID"


def gtd(text: str) -> tuple[str, str]:
    """A customs declaration: office/DDMMYY/number, `10702030/230521/0123456`. Fault: GTD_INVALID."""
    kept = re.sub(r"\s", "", text).upper()
    found = _GTD.match(kept)
    if not found:
        return kept, "GTD_INVALID"
    try:
        date(2000 + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return kept, "GTD_INVALID"
    return kept, ""


def rnpt(text: str) -> tuple[str, str]:
    """The number of a batch of traceable goods: a declaration with the item's number behind it, or the tax office's
    own `office/DDMMYYYY/number/item`. Fault: RNPT_INVALID."""
    kept = re.sub(r"\s", "", text).upper()
    return kept, "" if _RNPT.match(kept) else "RNPT_INVALID"
