"""Plain decisions about companies, shop names and keys."""

from __future__ import annotations

import hashlib
import ipaddress
import mmap
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# -- names -------------------------------------------------------------------------------------------------------------

SHOP_NAME_MIN, SHOP_NAME_MAX = 2, 140
LEGAL_NAME_MAX = 200

_CONTACT = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:com|ru|cn|net|org|info|shop|store|su|рф|中国)\b|(?:\+?\d[\s()\-]*){7,}"
    r"|\b(?:telegram|whatsapp|wechat|viber|instagram|vk)\b|微信|телеграм|ватсап", re.IGNORECASE)
_PLATFORM = re.compile(r"sellerdesk|\bozon\b|озон\b", re.IGNORECASE)
_BOAST = re.compile(
    r"(?<!\w)(?:best|first|most|no\.? ?1|number one|лучш\w+|(?:сам|перв)(?:ый|ая|ое|ые)|номер один)(?!\w)|№ ?1\b"
    r"|最佳|最好|最大|第一|首选|顶级", re.IGNORECASE)


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


def leads_away(text: str) -> bool:
    """Whether a text names contacts or addresses outside the marketplace."""
    return bool(_CONTACT.search(text))


# -- keys --------------------------------------------------------------------------------------------------------------

KEY_MARK = "sd_"
#: Keys of test shops say so themselves, so that nobody puts one where a live one belongs.
TEST_KEY_MARK = "sdtest_"
SECRET_LENGTH = 43  # 62^43 > 2^256: 32 random bytes, no less.
CHECKSUM_LENGTH = 6  # 62^6 > 2^32: a CRC-32 fits.
KEY_LENGTH = len(KEY_MARK) + SECRET_LENGTH + CHECKSUM_LENGTH
PREFIX_SECRET_LENGTH = 9


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


def make_key(random_bytes: bytes, *, test: bool = False) -> str:
    """`sd_`, or `sdtest_`, + 43 characters of the 32 random bytes + 6 characters of checksum."""
    body = (TEST_KEY_MARK if test else KEY_MARK) + base62(int.from_bytes(random_bytes, "big"), SECRET_LENGTH)
    return body + checksum(body)


def well_formed(key: str) -> bool:
    """Whether a text can be a key of ours: length, alphabet, mark and checksum."""
    mark = _mark(key)
    if not mark or len(key) != len(mark) + SECRET_LENGTH + CHECKSUM_LENGTH or not key.isascii():
        return False
    return checksum(key[:-CHECKSUM_LENGTH]) == key[-CHECKSUM_LENGTH:]


def key_prefix(key: str) -> str:
    """The public beginning of a key, by which people and the database recognise it."""
    return key[:len(_mark(key)) + PREFIX_SECRET_LENGTH]


def _mark(key: str) -> str:
    return next((mark for mark in (KEY_MARK, TEST_KEY_MARK) if key.startswith(mark)), "")


def key_hash(key: str) -> str:
    """What is kept. A key has 256 random bits, so one round of SHA-256 is enough: nobody can try them all."""
    return hashlib.sha256(key.encode()).hexdigest()


#: Whom a shop asks for a second step, and the roles that means; None means every role.
SECOND_FACTOR_POLICIES: dict[str, frozenset[str] | None] = {
    "optional": frozenset(), "owner_finance": frozenset({"owner", "administrator", "finance"}), "everyone": None}


#: Acts for which a shop may ask for a second person.
KEY_WRITE, WAREHOUSE_ARCHIVE, PRICE_DROP, SHOP_CLOSE = "key_write", "warehouse_archive", "price_drop", "shop_close"
TWO_PEOPLE = (KEY_WRITE, WAREHOUSE_ARCHIVE, PRICE_DROP, SHOP_CLOSE)
#: Asking for fewer of them: needs a second person wherever there is one.
RULE_OFF = "rule_off"


#: A role's people are not signed out sooner than this: whoever reads slowly must be able to finish.
SHORTEST_IDLE_MINUTES = 5


def needs_second_factor(policy: str | None, role: str) -> bool:
    roles = SECOND_FACTOR_POLICIES.get(policy or "optional", frozenset())
    return roles is None or role in roles


#: What scanners look for. The text before must not go on, so that a longer word is no key.
KEY_PATTERN = re.compile(rb"(?<![0-9A-Za-z_])sd(?:test)?_[0-9A-Za-z]{49}(?![0-9A-Za-z])")


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


#: Days before a pause for doing nothing at which owners are warned.
PAUSE_WARNINGS = (14, 7, 1)


def inactive_at(start: datetime, uploaded: datetime | None, sold: datetime | None, limits: Mapping[str, int]
                ) -> tuple[str, datetime]:
    """By when a shop must do what next (upload, sale, last_sale), or be paused. `limits` are days for each.

    `start` is when the offer was accepted, or when an owner ended the last pause.
    """
    if uploaded is None:
        return "upload", start + timedelta(days=limits["upload"])
    if sold is None:
        return "sale", start + timedelta(days=limits["sale"])
    return "last_sale", max(start, sold) + timedelta(days=limits["last_sale"])


def pause_warning(left: timedelta) -> int | None:
    """The smallest of PAUSE_WARNINGS that is not below the time left; None while there is more."""
    return min((days for days in PAUSE_WARNINGS if left <= timedelta(days=days)), default=None)


def working_days_later(moment: datetime, days: int) -> datetime:
    """So many working days on, at the same hour; Saturdays and Sundays do not count."""
    while days:
        moment += timedelta(days=1)
        days -= moment.weekday() < 5
    return moment


def years_later(moment: datetime, years: int) -> datetime:
    """The last day of the calendar year in which a moment lies, and so many years on: terms of the law run from there.

    At an hour at which it is that day in every inhabited time zone.
    """
    return moment.replace(year=moment.year + years, month=12, day=31, hour=11, minute=0, second=0, microsecond=0)
