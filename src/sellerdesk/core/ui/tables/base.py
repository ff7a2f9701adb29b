"""The table itself: reads the query string, is filled by the view, renders whole or in part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template import engines
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sellerdesk.core import clock
from sellerdesk.core.http import pulse
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats, saved_views
from sellerdesk.core.ui.saved_views import View
from sellerdesk.core.ui.tables.cells import CellMaker, RowView
from sellerdesk.core.ui.tables.columns import Column, Getter, read
from sellerdesk.core.ui.tables.filters import BoundFilter, Filter
from sellerdesk.core.ui.tables.parts import BoundTab, BulkAction, Empty, Group, Header, Tab

PAGE_SIZES = (25, 50, 100)
_ROWS_TEMPLATE = "core/table_rows.html"


def next_url(request: WebRequest, fallback: str = "/") -> str:
    """The page to return to after a posted act: the form's ``next`` if it is an address of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else fallback


class Table:
    """Base of all declared lists. Subclasses set the class attributes; views use one instance per request."""

    page: ClassVar[str] = ""
    caption: ClassVar[Any] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    filters: ClassVar[tuple[Filter, ...]] = ()
    tabs: ClassVar[tuple[Tab, ...]] = ()
    bulk_actions: ClassVar[tuple[BulkAction, ...]] = ()
    default_sort: ClassVar[str] = ""
    per_page: ClassVar[int] = 50
    empty: ClassVar[Empty] = Empty("inbox", gettext_lazy("Nothing here yet"))
    row_id: ClassVar[Getter] = "id"
    row_href: ClassVar[Getter | None] = None
    row_name: ClassVar[Getter | None] = None
    row_tone: ClassVar[Callable[[Any], str] | None] = None
    #: Rows whose group is the same stand under one line; None where the order in force makes no groups.
    row_group: Callable[[Any], Group] | None = None
    live_seconds: ClassVar[float] = 0

    def __init__(self, request: WebRequest) -> None:
        self.request = request
        self.now = clock.now()
        self.rows: list[Any] = []
        self.next_cursor: str | None = None
        self.prev_cursor: str | None = None
        self.tab_counts: Mapping[str, int] = {}
        self.total: int | None = None
        self.total_is_least = False
        self.corrected = ""
        self.live_token = ""
        self.errors: Mapping[str, Mapping[str, str]] = {}
        self.values: Mapping[str, Mapping[str, str]] = {}

    # -- what the person asked for -------------------------------------------------------------------------------

    @property
    def id(self) -> str:
        return "list-" + (self.page or type(self).__name__.lower()).replace(".", "-")

    @property
    def region_id(self) -> str:
        return f"{self.id}-region"

    @property
    def path(self) -> str:
        return self.request.path

    @cached_property
    def is_partial(self) -> bool:
        """htmx asks for this table's part only (it names its target ``tag#id``)."""
        htmx = getattr(self.request, "htmx", None)
        target = (htmx.target or "") if htmx else ""
        return bool(target) and target.rpartition("#")[2] == self.region_id

    @cached_property
    def saved_views(self) -> list[View]:
        user = getattr(self.request, "user", None)
        if not self.page or user is None or not user.is_authenticated:
            return []
        return saved_views.for_page(user_id=user.pk, seller_id=saved_views.seller_id_of(self.request), page=self.page)

    @cached_property
    def query(self) -> QueryDict:
        """The query string in force: the address's own, or the person's default view when it has none."""
        if self.request.GET or self.is_partial:
            return self.request.GET
        default = next((view for view in self.saved_views if view.is_default), None)
        return QueryDict(default.query) if default else self.request.GET

    @cached_property
    def tab(self) -> str:
        known = [tab.key for tab in self.tabs]
        wanted = self.query.get("tab", "")
        return wanted if wanted in known else (known[0] if known else "")

    @cached_property
    def sort(self) -> str:
        wanted = self.query.get("sort", "")
        sortable = {column.key for column in self.columns if column.sortable}
        return wanted if wanted.lstrip("-") in sortable and wanted.count("-") <= 1 else self.default_sort

    @property
    def cursor(self) -> str | None:
        return self.query.get("c") or None

    @cached_property
    def bound_filters(self) -> list[BoundFilter]:
        return [declared.bind(self.query, self.request) for declared in self.filters]

    @cached_property
    def where(self) -> dict[str, Any]:
        """The filters that are set and valid, by key."""
        return {bound.key: bound.value for bound in self.bound_filters if bound.is_set}

    @property
    def has_filters(self) -> bool:
        return bool(self.where) or any(bound.error for bound in self.bound_filters)

    @cached_property
    def page_size(self) -> int:
        wanted = self.query.get("size", "")
        return int(wanted) if wanted in {str(size) for size in PAGE_SIZES} else self.per_page

    @cached_property
    def visible_columns(self) -> list[Column]:
        wanted = {key for text in self.query.getlist("cols") for key in text.split(",")}
        chosen = wanted & {column.key for column in self.columns if column.choosable}
        if not chosen:
            return [column for column in self.allowed_columns if not column.hidden]
        return [column for column in self.allowed_columns if not column.choosable or column.key in chosen]

    @property
    def allowed_columns(self) -> list[Column]:
        """The columns with the row actions that this person may take; none of them left, no column."""
        made = []
        for column in self.columns:
            acts = tuple(act for act in column.actions if self._may(act.permission))
            if acts or not column.actions:
                made.append(column if acts == column.actions else replace(column, actions=acts))
        return made

    def _may(self, permission: str) -> bool:
        can = getattr(self.request, "can", None)
        return not permission or bool(can and can(permission))

    # -- filling and answering -----------------------------------------------------------------------------------

    def fill(
        self,
        rows: Iterable[Any],
        *,
        next_cursor: str | None = None,
        prev_cursor: str | None = None,
        tab_counts: Mapping[str, int] | None = None,
        total: int | None = None,
        total_is_least: bool = False,
        corrected: str = "",
        live_token: str = "",
    ) -> None:
        """Give the table what the query found.

        `total` is exact, or with `total_is_least` the number after which nobody counted on. `corrected` are the words
        that were looked for in place of those typed.
        """
        self.rows = list(rows)
        self.next_cursor, self.prev_cursor = next_cursor, prev_cursor
        self.tab_counts = tab_counts or {}
        self.total, self.total_is_least = total, total_is_least
        self.corrected = corrected
        self.live_token = live_token

    def respond(
        self, template: str, context: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None
    ) -> HttpResponse:
        """The whole page, or the table's part for htmx. A callable context is only asked for the whole page."""
        if self.is_partial:
            response = render(self.request, "core/partials/table_region.html", {"table": self, "partial": True})
        else:
            extra = context() if callable(context) else context or {}
            response = render(self.request, template, {**extra, "table": self})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def row_response(
        self, row: Any, *, errors: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None
    ) -> HttpResponse:
        """One row after an edit in place: as saved, or as typed with the reasons (422)."""
        key = self.key_of(row)
        self.rows, self.errors, self.values = [row], {key: errors or {}}, {key: values or {}}
        return HttpResponse(self.rows_html, status=422 if errors else 200)

    def unchanged(self, token: str) -> bool:
        """Whether a live list that saw `token` has nothing to learn."""
        return self.request.GET.get("after") == token

    def nothing_new(self) -> HttpResponse:
        return pulse.nothing_new(self.request)

    # -- rendering -----------------------------------------------------------------------------------------------

    @property
    def rows_html(self) -> SafeString:
        template = engines["jinja2"].get_template(_ROWS_TEMPLATE)
        return mark_safe(template.render({"list_id": self.id, "rows": self.row_views, "bulk": self.selectable,
                                          "more": _("More actions")}))

    def key_of(self, row: Any) -> str:
        return str(read(row, type(self).row_id))

    @property
    def row_views(self) -> list[RowView]:
        # Read from the class: a function there stays a function of the row alone.
        href, tone = type(self).row_href, type(self).row_tone
        name = type(self).row_name or next((one.key for one in self.columns if one.primary), type(self).row_id)
        maker = CellMaker(self.visible_columns, self.now, href)
        select = _("Select %(name)s")
        made, above = [], ""
        for row in self.rows:
            key = self.key_of(row)
            group = self.row_group(row) if self.row_group else None
            made.append(RowView(
                key, str(read(row, href) or "") if href else "",
                select % {"name": read(row, name)},
                maker.cells(row, self.errors.get(key, {}), self.values.get(key, {})),
                tone(row) if tone else "",
                group if group and group.key != above else None,
            ))
            above = group.key if group else ""
        return made

    def url(self, **changes: str | None) -> str:
        """This list with some parameters changed (None removes); paging starts anew unless `c` is given."""
        kept = {key: self.query.getlist(key) for key in self.query if key not in {"c", "after", "view", *changes}}
        pairs = [(key, value) for key, values in kept.items() for value in values if value]
        pairs += [(key, value) for key, value in changes.items() if value]
        return f"{self.path}?{urlencode(pairs)}" if pairs else f"{self.path}?view=all"

    @property
    def clear_url(self) -> str:
        names = {name for declared in self.filters for name in declared.params}
        return self.url(**dict.fromkeys(names))

    @property
    def next_href(self) -> str:
        return self.url(c=self.next_cursor) if self.next_cursor else ""

    @property
    def prev_href(self) -> str:
        return self.url(c=self.prev_cursor) if self.prev_cursor else ""

    @property
    def current_url(self) -> str:
        return self.url(c=self.cursor)

    @property
    def query_text(self) -> str:
        """What a saved view remembers: filters, tab, sort, columns and size."""
        return self.url().partition("?")[2]

    @property
    def live_href(self) -> str:
        if not self.live_seconds or self.cursor or not self.live_token:
            return ""
        return f"{self.url()}&{urlencode({'after': self.live_token})}"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries along."""
        return [(key, self.query.get(key, "")) for key in ("tab", "sort") if self.query.get(key)]

    @property
    def bound_tabs(self) -> list[BoundTab]:
        return [
            BoundTab(tab.key, tab.label, self.url(tab=tab.key or None), self.tab_counts.get(tab.key),
                     tab.key == self.tab, tab.tone if self.tab_counts.get(tab.key) else "")
            for tab in self.tabs
        ]

    @property
    def headers(self) -> list[Header]:
        made = []
        for column in self.visible_columns:
            if not column.sortable:
                made.append(Header(column))
                continue
            now = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "")
            turned = column.key if now == "descending" else f"-{column.key}" if now == "ascending" else column.key
            made.append(Header(column, self.url(sort=turned), now))
        return made

    @property
    def column_choices(self) -> list[tuple[str, Any, bool]]:
        shown = {column.key for column in self.visible_columns}
        return [(column.key, column.label, column.key in shown) for column in self.columns if column.choosable]

    @property
    def default_columns(self) -> str:
        return ",".join(column.key for column in self.columns if column.choosable and not column.hidden)

    @property
    def size_choices(self) -> list[tuple[int, bool]]:
        return [(size, size == self.page_size) for size in sorted({*PAGE_SIZES, self.per_page})]

    @property
    def search(self) -> BoundFilter | None:
        return next((bound for bound in self.bound_filters if bound.kind == "search"), None)

    @property
    def narrowing(self) -> list[BoundFilter]:
        return [bound for bound in self.bound_filters if bound.kind != "search"]

    @property
    def active_count(self) -> int:
        return sum(1 for bound in self.narrowing if bound.is_set)

    @cached_property
    def bulk(self) -> list[BulkAction]:
        return [act for act in self.bulk_actions if self._may(act.permission)]

    @property
    def selectable(self) -> bool:
        return bool(self.bulk)

    @property
    def toolbar(self) -> bool:
        return bool(self.filters or self.page)

    @property
    def count_text(self) -> str:
        shown = formats.number(len(self.rows))
        if self.total is not None and self.total_is_least:
            return _("%(shown)s of more than %(total)s") % {"shown": shown, "total": formats.number(self.total)}
        if self.total is not None:
            return _("%(shown)s of %(total)s") % {"shown": shown, "total": formats.number(self.total)}
        return ngettext("%(shown)s row", "%(shown)s rows", len(self.rows)) % {"shown": shown}

    @property
    def active_view(self) -> View | None:
        return next((view for view in self.saved_views if view.query == self.query_text), None)
