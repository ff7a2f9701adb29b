"""Plain facts about people's settings."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterable

THEMES = ("light", "dark", "auto")

_USUAL_ZONES = {"zh-hans": "Asia/Shanghai", "ru": "Europe/Moscow"}


def usual_time_zone(language: str) -> str:
    """Where most readers of a language live: the first guess for a new person, who may change it."""
    return _USUAL_ZONES.get(language, "Europe/London")


#: Families of zone names that stand for offsets or old spellings, not for places people look for.
TECHNICAL_ZONES = ("Etc/", "US/", "SystemV/", "posix/", "right/", "Brazil/", "Canada/", "Chile/", "Mexico/")

_BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("YaBrowser/", "Yandex"), ("Firefox/", "Firefox"),
             ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "macOS"), ("Linux", "Linux"))


def device_name(user_agent: str) -> str:
    """`Firefox, Windows` out of what a browser says about itself; the beginning of it where we do not know better."""
    names = [next((name for mark, name in known if mark in user_agent), "") for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, names)) or user_agent[:60]


def mail_domain_denied(email: str, denied: Iterable[str]) -> bool:
    """Whether an address is at one of these domains or below one; `.su` stands for everything that ends so."""
    host = email.rpartition("@")[2].lower().rstrip(".")
    return any(host == one.lstrip(".") or host.endswith("." + one.lstrip(".")) for one in denied)


_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")


def e164(text: str) -> str:
    """A telephone number as +79161234567, whatever blanks, dashes and brackets it was typed with; empty if it is none.

    Country first (ITU-T E.164): 00 stands for the plus, and a Russian long-distance 8 before ten digits for +7.
    """
    plain = re.sub(r"[\s().\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", text[:60]))
    if plain.startswith("00"):
        plain = "+" + plain[2:]
    elif re.fullmatch(r"8[0-9]{10}", plain):
        plain = "+7" + plain[1:]
    return plain if _PHONE.fullmatch(plain) else ""


def masked_phone(phone: str) -> str:
    """`+7 ••• 45 67`: enough for its owner to know it, too little to dial."""
    return f"{phone[:2]} ••• {phone[-4:-2]} {phone[-2:]}" if len(phone) >= 8 else "•••"


def masked_email(email: str) -> str:
    """`a•••@example.com`."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}•••@{host}" if host else "•••"


def plain_digits(text: str) -> str:
    """The digits somebody typed, full-width ones too, without the blanks between them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text[:40]) if sign.isdigit())

# -- passwords ---------------------------------------------------------------------------------------------------------

#: NIST SP 800-63B-4, 3.1.1.2: at least 15 characters as the only factor, 8 beside a second one. OWASP ASVS 5.0, 6.2.9:
#: at least 64 are taken.
PASSWORD_MIN_ALONE = 15
PASSWORD_MIN_BESIDE = 8
PASSWORD_MAX = 256
#: After so many days something newer is proposed. Never forced: NIST SP 800-63B-4 and ASVS 6.2.10 forbid that.
PASSWORD_REMINDER_DAYS = 180


def normal_password(text: str) -> str:
    """One form for texts that look alike: é typed as one sign or as e and an accent must open the same door."""
    return unicodedata.normalize("NFC", text)


PHRASE_MIN, PHRASE_MAX = 3, 60

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


def to_base36(number: int) -> str:
    """A person's id as links spell it."""
    text = ""
    while number:
        number, rest = divmod(number, 36)
        text = _BASE36[rest] + text
    return text or "0"


def from_base36(text: str) -> int:
    """0, which nobody has, for what is no such number."""
    return int(text, 36) if text.isascii() and text.isalnum() and len(text) <= 12 else 0

# -- addresses ---------------------------------------------------------------------------------------------------------


#: RFC 1918, RFC 4193 and link-local.
_LOCAL = [ipaddress.ip_network(net) for net in
          ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")]


def masked_address(address: str) -> str:
    """The network somebody came from, without the machine in it: `203.0.113.•`, `2001:db8:0:•`; empty for none."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if known.version == 4:
        return ".".join([*address.split(".")[:3], "•"])
    return ":".join([*(part.lstrip("0") or "0" for part in known.exploded.split(":")[:3]), "•"])


def is_local_address(address: str) -> bool:
    """Whether an address belongs to no place in the world: the machine itself, or a home or office network."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return known.is_loopback or any(known.version == net.version and known in net for net in _LOCAL)
