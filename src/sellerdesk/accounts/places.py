"""Where in the world a network address is, as far as a file of the operator's knows.

Such files are licensed and grow old within weeks, so none comes with the program; `PLACES_FILE` names one in the
MaxMind DB format. Without it nobody is told a place, only the network.
"""

from __future__ import annotations

from functools import lru_cache

import structlog
from django.conf import settings
from django.utils import translation

from sellerdesk.accounts import rules
from sellerdesk.core import mmdb

log = structlog.get_logger(__name__)
#: How the files call our languages.
_NAMES = {"zh-hans": "zh-CN"}


@lru_cache(maxsize=4)
def _opened(path: str) -> mmdb.Reader | None:
    try:
        return mmdb.Reader(path)
    except (OSError, ValueError) as fault:
        # A place is a help, never a condition: sessions are listed without it.
        log.error("places_file_unreadable", path=path, fault=str(fault))
        return None


def place_of(address: str) -> str:
    """`Kazan, Russia` in the reader's language, the country alone where the city is not known; empty for neither."""
    path = settings.PLACES_FILE
    if not path or not address or rules.is_local_address(address):
        return ""
    reader = _opened(path)
    if reader is None:
        return ""
    try:
        found = reader.find(address)
    except mmdb.BadFile as fault:
        log.error("places_file_damaged", path=path, fault=str(fault))
        return ""
    if not isinstance(found, dict):
        return ""
    language = translation.get_language() or "en"
    names = [_name(found.get(part), _NAMES.get(language, language)) for part in ("city", "country")]
    return ", ".join(name for name in names if name)


def _name(part: object, language: str) -> str:
    names = part.get("names") if isinstance(part, dict) else None
    if not isinstance(names, dict):
        return ""
    return str(names.get(language) or names.get("en") or "")
