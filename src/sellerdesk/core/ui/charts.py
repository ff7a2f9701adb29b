"""Charts. The small ones are SVG made here, with a hidden table for those who do not see them.

The large one is a plain description that ``charts.js`` draws with ECharts in the colours of the theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Number = int | float


@dataclass(frozen=True, slots=True)
class Point:
    """One bar: what stands under it, how high it is, what people read, where it leads."""

    label: Any
    value: Number
    text: Any = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of a large chart. `texts` is what people read at each place, "" where nothing is said; `axis` 1 is the
    right one. The tone "edge" draws the bounds of an interval, quiet and dashed."""

    name: Any
    values: Sequence[Number | None]
    texts: Sequence[Any] = ()
    kind: str = "bar"
    axis: int = 0
    stack: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to explore. `hrefs` leads from each category to its rows."""

    id: str
    label: Any
    categories: Sequence[Any]
    series: Sequence[Series]
    hrefs: Sequence[str] = ()
    axis_texts: Sequence[Any] = field(default_factory=tuple)
    size: str = "md"

    def spec(self) -> dict[str, Any]:
        """What the script draws from. Only words and numbers, no options of the library."""
        return {
            "categories": [str(text) for text in self.categories],
            "hrefs": list(self.hrefs),
            "axes": [str(text) for text in self.axis_texts],
            "series": [
                {
                    "name": str(one.name),
                    "values": list(one.values),
                    "texts": [str(text) for text in one.texts],
                    "kind": one.kind,
                    "axis": one.axis,
                    "stack": one.stack,
                    "tone": one.tone,
                }
                for one in self.series
            ],
        }

    def table_rows(self) -> list[tuple[str, str, list[str]]]:
        """The same figures as rows of text."""
        return [
            (
                str(category),
                self.hrefs[at] if at < len(self.hrefs) else "",
                [
                    str(one.texts[at]) if at < len(one.texts) else "" if one.values[at] is None else str(one.values[at])
                    for one in self.series
                ],
            )
            for at, category in enumerate(self.categories)
        ]


def _hidden_table(label: Any, rows: Sequence[tuple[Any, Any]]) -> SafeString:
    body = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows)
    return format_html('<table class="visually-hidden"><caption>{}</caption><tbody>{}</tbody></table>', label, body)


def sparkline(
    values: Sequence[Number], *, label: Any, texts: Sequence[Any] = (), width: int = 120, height: int = 32,
    tone: str = "primary",
) -> SafeString:
    """A line without axes: the shape of the last days beside a figure. Empty for fewer than two values."""
    if len(values) < 2:
        return SafeString("")
    low, high = min(values), max(values)
    span = (high - low) or 1
    step = (width - 4) / (len(values) - 1)
    points = [(2 + step * at, 3 + (height - 6) * (1 - (value - low) / span)) for at, value in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    area = f"2,{height} {line} {width - 2},{height}"
    rows = [(at + 1, texts[at] if at < len(texts) else value) for at, value in enumerate(values)]
    return format_html(
        '<span class="spark tone-chart-{}"><svg viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" '
        'preserveAspectRatio="none"><polygon class="spark-area" points="{}"/><polyline class="spark-line" '
        'points="{}"/><circle class="spark-dot" cx="{}" cy="{}" r="2"/></svg>{}</span>',
        tone, width, height, width, height, area, line, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}",
        _hidden_table(label, rows),
    )


def bars(
    points: Sequence[Point], *, label: Any, height: int = 96, width: int = 560, tone: str = "primary",
    every: int = 0,
) -> SafeString:
    """Bars with labels below; a bar with `href` is a link to its rows. `every` shows each n-th label (0: as fits)."""
    if not points:
        return SafeString("")
    high = max((point.value for point in points), default=0) or 1
    slot = width / len(points)
    gap = min(slot * 0.28, 8)
    skip = every or max(1, -(-len(points) // 5))
    drawn, labels = [], []
    for at, point in enumerate(points):
        tall = max(1.5 if point.value else 0, (height - 4) * point.value / high)
        read = f"{point.label}: {point.text or point.value}"
        shape = format_html(
            '<title>{}</title><rect class="bar-hit" x="{}" y="0" width="{}" height="{}"/>'
            '<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>',
            read, f"{slot * at:.1f}", f"{slot:.1f}", height, f"{slot * at + gap / 2:.1f}", f"{height - tall:.1f}",
            f"{slot - gap:.1f}", f"{tall:.1f}",
        )
        if point.href:
            shape = format_html('<a href="{}" aria-label="{}">{}</a>', point.href, read, shape)
        drawn.append((shape,))
        labels.append((point.label if at % skip == 0 else "",))
    # With links inside, the drawing must stay in the reading order; without, the hidden table alone is read.
    role = 'role="group"' if any(point.href for point in points) else 'aria-hidden="true"'
    return format_html(
        '<figure class="bars tone-chart-{}"><svg viewBox="0 0 {} {}" height="{}" preserveAspectRatio="none" {} '
        'aria-label="{}">{}</svg><div class="bars-labels" aria-hidden="true">{}</div>{}</figure>',
        tone, width, height, height, SafeString(role), label, format_html_join("", "<g>{}</g>", drawn),
        format_html_join("", "<span>{}</span>", labels),
        _hidden_table(label, [(point.label, point.text or point.value) for point in points]),
    )
