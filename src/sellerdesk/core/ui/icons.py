"""Icons from the sprite that ``tools/icons.py`` builds."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


@lru_cache(maxsize=1)
def sprite_url() -> str:
    return static("core/icons.svg")


@lru_cache(maxsize=2048)
def icon(name: str, css: str = "icon", label: str = "") -> SafeString:
    """An inline reference to one symbol. Without a label it is decoration and hidden from screen readers."""
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#{}"/></svg>', css, label, sprite_url(), name
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, sprite_url(), name)
