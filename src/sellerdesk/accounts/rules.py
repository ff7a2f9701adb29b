"""Plain facts about people's settings."""

from __future__ import annotations

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
