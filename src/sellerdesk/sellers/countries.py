"""Where companies may be registered: how their numbers look, in what they are paid, where their clocks stand."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sellerdesk.sellers import numbers


@dataclass(frozen=True, slots=True)
class Country:
    """`currencies` follow what marketplaces of the region offer their sellers, the usual one first; they are the
    defaults of the dated rule `sellers.currencies`. `vat` is the letters before a value added tax number."""

    code: str
    pattern: str
    example: str
    currencies: tuple[str, ...]
    time_zone: str
    vat: str = ""


#: Forms by the EU's list of VAT identification numbers (VIES), without the country's letters.
_EUROPE = (
    ("AT", r"U\d{8}", "ATU13585627", "Europe/Vienna"), ("BE", r"[01]\d{9}", "BE0403019261", "Europe/Brussels"),
    ("BG", r"\d{9,10}", "BG175074752", "Europe/Sofia"), ("CY", r"\d{8}[A-Z]", "CY10259033P", "Asia/Nicosia"),
    ("CZ", r"\d{8,10}", "CZ25123891", "Europe/Prague"), ("DE", r"[1-9]\d{8}", "DE136695976", "Europe/Berlin"),
    ("DK", r"[1-9]\d{7}", "DK13585628", "Europe/Copenhagen"), ("EE", r"\d{9}", "EE100931558", "Europe/Tallinn"),
    ("ES", r"[A-Z]\d{7}[0-9A-Z]|\d{8}[A-Z]", "ESA28015865", "Europe/Madrid"),
    ("FI", r"\d{8}", "FI20774740", "Europe/Helsinki"),
    ("FR", r"[0-9A-HJ-NP-Z]{2}\d{9}", "FR40303265045", "Europe/Paris"),
    ("GR", r"\d{9}", "EL094259216", "Europe/Athens"), ("HR", r"\d{11}", "HR33392005961", "Europe/Zagreb"),
    ("HU", r"\d{8}", "HU12892312", "Europe/Budapest"),
    ("IE", r"\d[0-9A-Z+*]\d{5}[A-W][A-I]?", "IE6433435F", "Europe/Dublin"),
    ("IT", r"\d{11}", "IT00743110157", "Europe/Rome"), ("LT", r"\d{9}|\d{12}", "LT119511515", "Europe/Vilnius"),
    ("LU", r"\d{8}", "LU15027442", "Europe/Luxembourg"), ("LV", r"\d{11}", "LV40003521600", "Europe/Riga"),
    ("MT", r"\d{8}", "MT11679112", "Europe/Malta"), ("NL", r"\d{9}B(?!00)\d{2}", "NL004495445B01", "Europe/Amsterdam"),
    ("PL", r"\d{10}", "PL8567346215", "Europe/Warsaw"), ("PT", r"[1-9]\d{8}", "PT501964843", "Europe/Lisbon"),
    ("RO", r"[1-9]\d{1,9}", "RO18547290", "Europe/Bucharest"),
    ("SE", r"\d{10}01", "SE556703748501", "Europe/Stockholm"),
    ("SI", r"[1-9]\d{7}", "SI50223054", "Europe/Ljubljana"), ("SK", r"[1-9]\d{9}", "SK2022749619", "Europe/Bratislava"),
)
_OTHERS = (("AE", "Asia/Dubai"), ("AZ", "Asia/Baku"), ("GB", "Europe/London"), ("GE", "Asia/Tbilisi"),
           ("IN", "Asia/Kolkata"), ("JP", "Asia/Tokyo"), ("KR", "Asia/Seoul"), ("SG", "Asia/Singapore"),
           ("TH", "Asia/Bangkok"), ("TW", "Asia/Taipei"), ("UZ", "Asia/Tashkent"), ("VN", "Asia/Ho_Chi_Minh"))

COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country("CN", r"[0-9A-HJ-NPQRTUWXY]{18}", "91440300708461136T", ("CNY", "USD", "RUB"), "Asia/Shanghai"),
        Country("HK", r"\d{7,8}", "12345678", ("CNY", "USD", "RUB"), "Asia/Hong_Kong"),
        Country("RU", r"\d{10}|\d{12}", "7707083893", ("RUB",), "Europe/Moscow"),
        Country("BY", r"\d{9}|[A-Z][ABCEHKMOPT]\d{7}", "200988541", ("BYN", "RUB"), "Europe/Minsk"),
        Country("KZ", r"\d{12}", "970740000838", ("KZT", "RUB"), "Asia/Almaty"),
        Country("KG", r"\d{14}", "01234567890123", ("KGS",), "Asia/Bishkek"),
        Country("AM", r"\d{8}", "01234567", ("RUB",), "Asia/Yerevan"),
        Country("TR", r"\d{10}|\d{11}", "4540536920", ("USD", "RUB"), "Europe/Istanbul"),
        *(Country(code, pattern, example, ("EUR", "RUB"), zone, vat="EL" if code == "GR" else code)
          for code, pattern, example, zone in _EUROPE),
        *(Country(code, r"[0-9A-Z]{5,20}", "", ("USD", "RUB"), zone) for code, zone in _OTHERS),
    )
}
#: Papers there are written in Cyrillic; elsewhere names are given in Latin letters, as carriers and customs print them.
CYRILLIC = ("RU", "BY", "KZ", "KG")


def clean_number(text: str, country: str = "") -> str:
    """A registration number as it is kept: capitals and digits, without the spaces and dashes people put in.

    European VAT numbers are kept with their country's letters, whether or not they were typed.
    """
    number = re.sub(r"[\s.\-/\u2010-\u2015]", "", unicodedata.normalize("NFKC", text)).upper()
    known = COUNTRIES.get(country)
    if known is None or not known.vat or not number:
        return number
    return known.vat + _bare(known, number)


def _bare(known: Country, number: str) -> str:
    for letters in {known.vat, known.code}:
        if known.vat and number.startswith(letters) and re.fullmatch(known.pattern, number[2:]):
            return number[2:]
    return number


def number_fault(country: str, number: str) -> str:
    """Why a cleaned registration number cannot be right: "pattern", "check_digit", or "" when it can."""
    known = COUNTRIES.get(country)
    if known is None:
        return "pattern"
    bare = _bare(known, number)
    if not re.fullmatch(known.pattern, bare, re.ASCII):
        return "pattern"
    check = numbers.CHECKS.get(country)
    return "" if check is None or check(bare) else "check_digit"


def latin_only(text: str) -> bool:
    """Whether every letter is Latin, accents included: what carriers and customs abroad can print."""
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
