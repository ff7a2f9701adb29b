"""Plain decisions about companies, shop names and keys."""

from __future__ import annotations

import hashlib
import ipaddress
import mmap
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# -- countries ---------------------------------------------------------------------------------------------------------

_EUROPE = ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
           "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK")

_OTHERS = (("AE", "Asia/Dubai"), ("AZ", "Asia/Baku"), ("GB", "Europe/London"), ("GE", "Asia/Tbilisi"),
           ("IN", "Asia/Kolkata"), ("JP", "Asia/Tokyo"), ("KR", "Asia/Seoul"), ("SG", "Asia/Singapore"),
           ("TH", "Asia/Bangkok"), ("TW", "Asia/Taipei"), ("UZ", "Asia/Tashkent"), ("VN", "Asia/Ho_Chi_Minh"))


@dataclass(frozen=True, slots=True)
class Country:
    """Where a company may be registered: how its number looks, in what it may be paid, where its clocks stand.

    `currencies` follow what marketplaces of the region offer their sellers, the usual one first.
    """

    code: str
    pattern: str
    example: str
    currencies: tuple[str, ...]
    time_zone: str


COUNTRIES: dict[str, Country] = {
    country.code: country
    for country in (
        Country("CN", r"[0-9A-HJ-NPQRTUWXY]{18}", "91440300708461136T", ("CNY", "USD", "RUB"), "Asia/Shanghai"),
        Country("HK", r"\d{7,8}", "1234567", ("CNY", "USD", "RUB"), "Asia/Hong_Kong"),
        Country("RU", r"\d{10}|\d{12}", "7707083893", ("RUB",), "Europe/Moscow"),
        Country("BY", r"\d{9}", "190275968", ("BYN", "RUB"), "Europe/Minsk"),
        Country("KZ", r"\d{12}", "970740000838", ("KZT", "RUB"), "Asia/Almaty"),
        Country("KG", r"\d{14}", "01234567890123", ("KGS",), "Asia/Bishkek"),
        Country("AM", r"\d{8}", "01234567", ("RUB",), "Asia/Yerevan"),
        Country("TR", r"\d{10}|\d{11}", "1234567890", ("USD", "RUB"), "Europe/Istanbul"),
        *(Country(code, r"[0-9A-Z]{6,15}", "DE123456789" if code == "DE" else "", ("EUR", "RUB"), "Europe/Berlin")
          for code in _EUROPE),
        *(Country(code, r"[0-9A-Z]{5,20}", "", ("USD", "RUB"), zone) for code, zone in _OTHERS),
    )
}


def clean_number(text: str) -> str:
    """A registration number as it is kept: capitals and digits, without the spaces and dashes people put in."""
    return re.sub(r"[\s.\-/]", "", unicodedata.normalize("NFKC", text)).upper()


def number_fault(country: str, number: str) -> str:
    """Why a cleaned registration number cannot be right: "pattern", "check_digit", or "" when it can."""
    known = COUNTRIES.get(country)
    if known is None or not re.fullmatch(known.pattern, number):
        return "pattern"
    checks = {"CN": _chinese_code_holds, "RU": _russian_number_holds}
    check = checks.get(country)
    return "" if check is None or check(number) else "check_digit"


_CN_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CN_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def _chinese_code_holds(number: str) -> bool:
    """Unified social credit code: last of 18 characters by GB 32100-2015 (weights 3^i mod 31)."""
    total = sum(_CN_ALPHABET.index(char) * weight for char, weight in zip(number, _CN_WEIGHTS, strict=False))
    return _CN_ALPHABET.index(number[17]) == (31 - total % 31) % 31


_RU_WEIGHTS = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}


def _russian_number_holds(number: str) -> bool:
    """ИНН: one check digit for companies (10 digits), two for people (12); sum by weights mod 11 mod 10."""
    digits = [int(char) for char in number]
    return all(
        sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10 == digits[len(weights)]
        for weights in _RU_WEIGHTS[len(digits)]
    )


# -- names -------------------------------------------------------------------------------------------------------------

SHOP_NAME_MIN, SHOP_NAME_MAX = 2, 140
LEGAL_NAME_MAX = 200

_CONTACT = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:com|ru|cn|net|org|info|shop|store|su|рф|中国)\b|(?:\+?\d[\s()\-]*){7,}"
    r"|\b(?:telegram|whatsapp|wechat|viber|instagram|vk)\b|微信|телеграм|ватсап", re.IGNORECASE)
_PLATFORM = re.compile(r"sellerdesk|\bozon\b|озон\b", re.IGNORECASE)
_BOAST = re.compile(r"(?<!\w)(?:best|the most|no\.? ?1|number one|лучш\w+|сам(?:ый|ая|ое|ые)|номер один)(?!\w)|№ ?1\b"
                    r"|最佳|最好|第一", re.IGNORECASE)


def clean_name(text: str) -> str:
    """A name as it is kept: one kind of space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def shop_name_fault(name: str) -> str:
    """Why a cleaned shop name is refused: length, letters, emoji, contact, platform, boast; "" when it is fine."""
    if not SHOP_NAME_MIN <= len(name) <= SHOP_NAME_MAX:
        return "length"
    if not any(char.isalpha() for char in name):
        return "letters"
    if any(unicodedata.category(char) in {"So", "Sk", "Cs", "Co", "Cc", "Cf"} for char in name):
        return "emoji"
    if _CONTACT.search(name):
        return "contact"
    if _PLATFORM.search(name):
        return "platform"
    return "boast" if _BOAST.search(name) else ""


# -- keys --------------------------------------------------------------------------------------------------------------

KEY_MARK = "sd_"
SECRET_LENGTH = 43  # 62^43 > 2^256: 32 random bytes, no less.
CHECKSUM_LENGTH = 6  # 62^6 > 2^32: a CRC-32 fits.
KEY_LENGTH = len(KEY_MARK) + SECRET_LENGTH + CHECKSUM_LENGTH
PREFIX_LENGTH = 12


def base62(number: int, length: int) -> str:
    """A number in digits, capitals and small letters, padded with zeros on the left."""
    text = ""
    while number:
        number, rest = divmod(number, 62)
        text = BASE62[rest] + text
    return text.rjust(length, "0")


def checksum(body: str) -> str:
    """Six characters that tell a mistyped or made-up key from a real one without asking the database.

    Leak scanners use them too: a text that looks like a key and holds the sum is one.
    """
    return base62(zlib.crc32(body.encode()), CHECKSUM_LENGTH)


def make_key(random_bytes: bytes) -> str:
    """`sd_` + 43 characters of the 32 random bytes + 6 characters of checksum."""
    body = KEY_MARK + base62(int.from_bytes(random_bytes, "big"), SECRET_LENGTH)
    return body + checksum(body)


def well_formed(key: str) -> bool:
    """Whether a text can be a key of ours: length, alphabet, mark and checksum."""
    if len(key) != KEY_LENGTH or not key.startswith(KEY_MARK) or not key.isascii():
        return False
    return checksum(key[:-CHECKSUM_LENGTH]) == key[-CHECKSUM_LENGTH:]


def key_prefix(key: str) -> str:
    """The public beginning of a key, by which people and the database recognise it."""
    return key[:PREFIX_LENGTH]


def key_hash(key: str) -> str:
    """What is kept. A key has 256 random bits, so one round of SHA-256 is enough: nobody can try them all."""
    return hashlib.sha256(key.encode()).hexdigest()


#: Whom a shop asks for a second step, and the roles that means; None means every role.
SECOND_FACTOR_POLICIES: dict[str, frozenset[str] | None] = {
    "optional": frozenset(), "owner_finance": frozenset({"owner", "administrator", "finance"}), "everyone": None}


def needs_second_factor(policy: str | None, role: str) -> bool:
    roles = SECOND_FACTOR_POLICIES.get(policy or "optional", frozenset())
    return roles is None or role in roles


#: What scanners look for. The text before must not go on, so that a longer word is no key.
KEY_PATTERN = re.compile(rb"(?<![0-9A-Za-z_])sd_[0-9A-Za-z]{49}(?![0-9A-Za-z])")


def find_keys(data: bytes | mmap.mmap) -> Iterator[tuple[int, str]]:
    """Where in some bytes keys of ours stand: (offset, key). Look-alikes with a wrong checksum are left out."""
    for match in KEY_PATTERN.finditer(data):
        key = match[0].decode()
        if well_formed(key):
            yield match.start(), key


NETWORKS_PER_KEY = 50


def clean_networks(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Networks as they are kept (CIDR, each once, in the order given), and the texts that are none.

    A single address is a network of one. A network of all addresses is refused: an empty list says that.
    """
    good: list[str] = []
    bad: list[str] = []
    for text in (one.strip() for one in texts):
        if not text:
            continue
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            bad.append(text)
            continue
        if network.prefixlen == 0:
            bad.append(text)
        elif str(network) not in good:
            good.append(str(network))
    return good, bad


def address_allowed(address: str, networks: Sequence[str]) -> bool:
    """Whether a key with these networks may be used from an address. No networks: from anywhere."""
    if not networks:
        return True
    try:
        where = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(where, ipaddress.IPv6Address) and where.ipv4_mapped is not None:
        where = where.ipv4_mapped
    return any(where in ipaddress.ip_network(network) for network in networks)


#: Days before its end at which a key's owners are warned; the last ones are asked of any secret that expires.
WARNING_DAYS = (30, 14, 7, 1)


def warning_due(seconds_left: float) -> int | None:
    """The smallest of WARNING_DAYS that is not below the time left; None while more than 30 days are left."""
    return min((days for days in WARNING_DAYS if seconds_left <= days * 86400), default=None)


OVERLAP_HOURS_MAX = 72
