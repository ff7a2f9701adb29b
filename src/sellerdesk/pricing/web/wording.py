"""Through which door a price came, in words."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

_SOURCES = {
    "api": pgettext_lazy("price source", "API"),
    "file": pgettext_lazy("price source", "file"),
    "grid": pgettext_lazy("price source", "price grid"),
    "form": pgettext_lazy("price source", "form"),
    "percent": pgettext_lazy("price source", "change by percent"),
    "rule": pgettext_lazy("price source", "change in bulk"),
    "quarantine": pgettext_lazy("price source", "released from quarantine"),
    "undo": pgettext_lazy("price source", "undone"),
}


def source_text(source: str) -> str:
    """The door's name in the active language; empty where none was kept."""
    return str(_SOURCES.get(source, ""))
