"""Plain decisions about companies, shop names and keys."""

from __future__ import annotations

import hashlib
import ipaddress
import mmap
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

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
