"""Template tags of the kit: ``{% load ui %}``. Described in docs/develop/screens.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.forms.boundfield import BoundField
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from sellerdesk.core import clock
from sellerdesk.core.money import Money, format_money
from sellerdesk.core.ui import charts, formats, forms, nav, people
from sellerdesk.core.ui.icons import icon as draw_icon

register = template.Library()


@register.simple_tag(name="icon")
def icon_tag(name: str, css: str = "icon", label: str = "") -> SafeString:
    return draw_icon(name, css, label)


@register.simple_tag
def delta(value: float, inverse: object = "") -> SafeString:
    """A change in percent with its arrow; with `inverse` a fall is the good news. A page of figures has hundreds."""
    grown, fallen = value > 0, value < 0
    tone = (" delta-bad" if grown == bool(inverse) else " delta-good") if grown or fallen else ""
    arrow = draw_icon("trending-up" if grown else "trending-down", "icon icon-sm") if grown or fallen else ""
    return format_html('<span class="delta num{}">{}{}{}</span>', tone, arrow, "+" if grown else "",
                       formats.percent(value))


@register.simple_tag
def crumb(url_name: str, label: Any, *args: Any) -> SafeString:
    """One step of the breadcrumb."""
    return format_html('<li class="breadcrumb-item"><a href="{}">{}</a></li>', reverse(url_name, args=args), label)


@register.simple_tag(takes_context=True)
def qs(context: Context, **changes: Any) -> str:
    """This page's query string with changes; None or an empty text removes a parameter."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def nav_sections(context: Context) -> list[nav.Section]:
    """The sidebar of the page's area, with the item of `nav_key` lit where the view names one."""
    return nav.sections(context["request"], context.get("area") or "seller", context.get("nav_key") or "")


@register.filter
def who(label: Any) -> str:
    return people.who(label)


@register.filter
def money(value: Money | None) -> str:
    return format_money(value, get_language() or "en") if isinstance(value, Money) else ""


@register.filter
def number(value: int | float | None) -> str:
    return formats.number(value)


@register.filter
def percent(value: int | float) -> str:
    return formats.percent(value)


@register.filter
def when(value: datetime | date | None) -> str:
    return formats.when(value, clock.now())


@register.filter
def day(value: datetime | date | None) -> str:
    return formats.day(value)


@register.filter
def ago(value: datetime | None) -> str:
    return formats.ago(value, clock.now()) if value else ""


@register.filter
def timeleft(value: datetime | None) -> str:
    return formats.left(value, clock.now()) if value else ""


@register.filter
def country(code: str) -> str:
    return formats.country(code)


@register.filter
def iso(value: datetime | date | None) -> str:
    return value.isoformat() if value else ""


@register.filter
def widget_kind(field: BoundField) -> str:
    return forms.widget_kind(field)


@register.filter
def options(field: BoundField) -> list[Any]:
    return forms.options(field)


@register.simple_tag
def field_widget(field: BoundField, help_text: Any = "") -> str:
    return forms.dressed(field, help_text)


@register.simple_tag(takes_context=True)
def toasts(context: Context) -> list[tuple[str, str]]:
    """Django's messages as (level, text), taken once."""
    request = context.get("request")
    if request is None or not hasattr(request, "_messages"):
        return []
    levels = {"error": "danger", "debug": "info"}
    return [(levels.get(one.level_tag, one.level_tag), str(one)) for one in get_messages(request)]


@register.simple_tag
def needs(what: str) -> SafeString:
    """Scripts that only some pages need. Raises KeyError for an unknown name."""
    files = {"charts": ("vendor/echarts/echarts.min.js", "core/charts.js")}[what]
    from django.templatetags.static import static

    return format_html_join("", '<script defer src="{}"></script>', [(static(name),) for name in files])


@register.inclusion_tag("core/partials/chart.html")
def chart(chart: charts.Chart) -> dict[str, Any]:
    return {"chart": chart, "spec": chart.spec(), "rows": chart.table_rows()}


class _AgainNode(Node):
    """Renders a block a second time, so that a page says its title once and it stands in the tab and in the h1."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        if blocks is None or blocks.get_block(self.name) is None:
            return SafeString("")
        return BlockNode(self.name, NodeList()).render(context)


@register.tag
def again(parser: Parser, token: Token) -> _AgainNode:
    """``{% again title %}``"""
    return _AgainNode(token.split_contents()[1])


class _FilledNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        inner = _AgainNode(self.name).render(context)
        if not inner.strip():
            return SafeString("")
        with context.push(filled=inner):
            return self.nodelist.render(context)


@register.tag
def iffilled(parser: Parser, token: Token) -> _FilledNode:
    """``{% iffilled subtitle %}<p>{{ filled }}</p>{% endiffilled %}``: only where the page filled the block."""
    name = token.split_contents()[1]
    nodelist = parser.parse(("endiffilled",))
    parser.delete_first_token()
    return _FilledNode(name, nodelist)


