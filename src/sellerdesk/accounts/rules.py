"""Plain facts about people's settings."""

from __future__ import annotations

THEMES = ("light", "dark", "auto")

_USUAL_ZONES = {"zh-hans": "Asia/Shanghai", "ru": "Europe/Moscow"}


def usual_time_zone(language: str) -> str:
    """Where most readers of a language live: the first guess for a new person, who may change it."""
    return _USUAL_ZONES.get(language, "Europe/London")


#: Families of zone names that stand for offsets or old spellings, not for places people look for.
TECHNICAL_ZONES = ("Etc/", "US/", "SystemV/", "posix/", "right/", "Brazil/", "Canada/", "Chile/", "Mexico/")
