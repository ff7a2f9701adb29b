"""Text from people that may carry a little markup: made harmless where it is shown, whatever was stored."""

from __future__ import annotations

import re

import nh3
from django.utils.html import linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe

TAGS = frozenset({"p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "h3", "h4", "blockquote"})
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def clean(text: str) -> SafeString:
    """Ready to be put into a page: the few tags allowed stay, without attributes; plain text gets its paragraphs."""
    if not _TAG.search(text):
        return mark_safe(linebreaks(text, autoescape=True))
    return mark_safe(nh3.clean(text, tags=set(TAGS), attributes={}, link_rel=None))


def plain(text: str) -> str:
    """The words alone, for search, for counting and for places that take no markup."""
    return strip_tags(_TAG.sub(" ", text)).strip() if _TAG.search(text) else text
