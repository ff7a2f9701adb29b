"""The operator's room for cards: the queue, one case with its change side by side, and deciding by keyboard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import moderation
from sellerdesk.catalog.queries import wording as words
from sellerdesk.catalog.services import deciding, paperfiles
from sellerdesk.console.web import files
from sellerdesk.console.web.tables import shop_choices
from sellerdesk.core import clock, html
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import operator_view, require
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.components import TimelineItem
from sellerdesk.sellers import permissions

_TABS = (("waiting", pgettext_lazy("cases", "Waiting")), ("mine", pgettext_lazy("cases", "Mine")),
         ("late", pgettext_lazy("cases", "Late")), ("second", pgettext_lazy("cases", "Second opinion")),
         ("appeals", pgettext_lazy("cases", "Appeals")), ("decided", pgettext_lazy("cases", "Decided")))
_AGES = {"1": 1, "2": 2, "3": 3}
_MAX_REMARKS = 12


class CaseTable(t.Table):
    page = "console.cases"
    caption = pgettext_lazy("cases", "Cases")
    row_href = "url"
    columns = (
        t.Column("image", pgettext_lazy("cases", "Picture"), kind="image", value=lambda line: line.row.thumb_url,
                 sub=lambda line: line.row.name),
        t.Column("name", pgettext_lazy("cases", "Product"), kind="link", primary=True, href="url",
                 value=lambda line: line.row.name, sub=lambda line: f"{line.row.offer_id} · {line.row.seller_name}"),
        t.Column("why", pgettext_lazy("cases", "Why"), kind="tags", value=lambda line: line.reasons),
        t.Column("risk", pgettext_lazy("cases", "Risk"), kind="badge", value=lambda line: line.risk),
        t.Column("state", pgettext_lazy("cases", "State"), kind="badge", value=lambda line: line.state),
        t.Column("assignee", pgettext_lazy("cases", "With"), value=lambda line: line.row.assignee, hide_on_phone=True),
        t.Column("opened_at", pgettext_lazy("cases", "Since"), kind="ago", value=lambda line: line.row.opened_at),
        t.Column("due_at", pgettext_lazy("cases", "Due"), kind="due", value=lambda line: line.due_at),
    )
    filters = (
        t.SearchFilter("q", pgettext_lazy("cases", "Name, offer ID or SKU")),
        t.ChoiceFilter("seller", pgettext_lazy("cases", "Shop"), choices=shop_choices),
        t.ChoiceFilter("risk", pgettext_lazy("cases", "Risk"), choices=[("high", pgettext_lazy("risk", "High only"))]),
        t.ChoiceFilter("age", pgettext_lazy("cases", "Age"), choices=[
            ("1", pgettext_lazy("cases", "Older than 1 day")), ("2", pgettext_lazy("cases", "Older than 2 days")),
            ("3", pgettext_lazy("cases", "Older than 3 days"))]),
    )
    tabs = tuple(t.Tab(key, label) for key, label in _TABS)
    empty = t.Empty("circle-check", pgettext_lazy("cases", "Nothing to decide"),
                    pgettext_lazy("cases", "New cards and changes that need a look appear here."))


@dataclass(frozen=True, slots=True)
class Line:
    """A case with its words."""

    row: Any

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("console:case", args=[self.row.id])

    @property
    def reasons(self) -> list[str]:
        return [str(words.REASONS.get(one, one)) for one in self.row.reasons]

    @property
    def risk(self) -> t.Badge:
        return words.risk_badge(self.row.risk)

    @property
    def state(self) -> t.Badge:
        return words.case_badge(self.row)

    @property
    def due_at(self) -> Any:
        return self.row.due_at if self.row.state == "open" else None


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def cases(request: WebRequest) -> HttpResponse:
    """Who waits for a decision: the most urgent first, then what waits longest."""
    now, me = clock.now(), int(request.actor.id)
    table = CaseTable(request)
    table.now = now
    age = _AGES.get(table.where.get("age", ""))
    page = moderation.cases_page(
        tab=table.tab, me=me, now=now, seller_id=int(table.where.get("seller", 0)), risky=bool(table.where.get("risk")),
        older_than=now - timedelta(days=age) if age else None, search=table.where.get("q", ""), cursor=table.cursor,
        limit=table.page_size)
    table.fill([Line(row) for row in page.rows], next_cursor=page.next_cursor, prev_cursor=page.prev_cursor,
               tab_counts=moderation.case_counts(me=me, now=now))
    first = page.rows[0].id if page.rows and table.tab != "decided" else 0
    return table.respond("console/cases.html", {"area": "console", "first": first})


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def case(request: WebRequest, case_id: int) -> HttpResponse:
    return _page(request, case_id)


def _page(request: WebRequest, case_id: int, *, status: int = 200, error: str = "") -> HttpResponse:
    """One case: what was changed beside what was, what the engine found, and what can be done."""
    found = moderation.case(case_id)
    now, me = clock.now(), int(request.actor.id)
    marks = [str(one.get("value", "")) for one in found.findings if one.get("value")]
    newest = moderation.newest_of_product(found.row.product_id) == case_id
    return render(request, "console/case.html", {
        "area": "console", "nav_key": "cases", "case": found, "row": found.row, "line": Line(found.row), "error": error,
        "now": now, "open": found.row.state == "open", "mine": found.row.assignee_id == me,
        "taken": found.row.assignee_id not in (None, me),
        "barred": me in found.barred, "decided": found.row.state in deciding.VERDICTS, "late": found.row.due_at < now,
        "may_decide": request.can(permissions.CONSOLE_MODERATION_DECIDE), "may_reverse": newest,
        "fields": _fields(found.before, found.after, marks, request.language, is_new=found.row.kind == "new"),
        "pictures": [] if "images" in found.after else _thumbs(moderation.pictures_now(found.row.product_id)),
        "findings": [(words.finding(one), one.get("value", ""), one.get("policy", ""), one["level"],
                      words.field_name(str(one["field"]))) for one in found.findings],
        "templates": words.templates(), "typed": request.POST, "next_id": moderation.next_case(after_id=case_id, me=me),
        "timeline": [TimelineItem(words.VERDICTS.get(one.verdict, one.verdict), one.at, _said(one), by=one.operator)
                     for one in found.decisions]}, status=status)


def _said(one: Any) -> str:
    parts = [str(words.template(remark.code).title) + (f" – {remark.note}" if remark.note else "")
             for remark in one.remarks]
    return "; ".join([*parts, *([one.note] if one.note else [])])


def _fields(before: Mapping[str, Any], after: Mapping[str, Any], marks: Sequence[str], language: str, *,
            is_new: bool) -> list[dict[str, Any]]:
    """The changed fields, before and after, as a person compares them."""
    made: list[dict[str, Any]] = []
    types = catalog.type_info({key for side in (before, after) if (key := side.get("type_id"))}, language)
    ids = {each["id"] for side in (before, after) for each in side.get("attributes", ())}
    names = catalog.attribute_names(ids, language) if ids else {}
    for name in sorted(after, key=words.field_order):
        old, new = before.get(name), after[name]
        if name == "images":
            made.append({"label": words.field_name(name), "kind": "images", "before": _thumbs(old),
                         "after": _thumbs(new)})
        elif name == "attributes":
            left, right = _said_attributes(old), _said_attributes(new)
            made += [{"label": names.get(key, str(key)), "kind": "text", "before": left.get(key, ""),
                      "after": _marked(right.get(key, ""), marks)}
                     for key in dict.fromkeys([*right, *left]) if is_new or left.get(key) != right.get(key)]
        elif name == "type_id":
            made.append({"label": words.field_name(name), "kind": "text", "before": _type(types, old),
                         "after": _type(types, new)})
        elif isinstance(new, dict):
            made += [{"label": words.field_name(f"{name}.{key}"), "kind": "text",
                      "before": _plain((old or {}).get(key, "")), "after": _marked(new.get(key, ""), marks)}
                     for key in sorted({*new, *(old or {})}) if (old or {}).get(key) != new.get(key)]
        elif new or old:
            made.append({"label": words.field_name(name), "kind": "text", "before": _plain(str(old or "")),
                         "after": _marked(str(new), marks)})
    return made


def _type(types: Mapping[int, Any], key: Any) -> str:
    return f"{' / '.join(types[key].path)} / {types[key].name}" if key in types else ""


def _thumbs(images: Any) -> list[tuple[str, str]]:
    return [(f"/media/{one['key']}", f"/media/{one['thumb']}") for one in images or () if one.get("key")]


def _said_attributes(rows: Any) -> dict[int, str]:
    return {each["id"]: ", ".join(value["value"] for value in each["values"]) for each in rows or ()}


def _plain(text: str) -> str:
    """The words of a description with markup, as a reader sees them."""
    return unescape(html.plain(text))


def _marked(written: str, marks: Sequence[str]) -> Any:
    """The words of a text with what the engine found in them marked."""
    text = _plain(written)
    if not marks:
        return text
    pattern = re.compile("|".join(sorted((re.escape(one) for one in marks), key=len, reverse=True)), re.IGNORECASE)
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [(format_html("{}", text[at:match.start()]),), (format_html("<mark>{}</mark>", match[0]),)]
        at = match.end()
    return format_html_join("", "{}", [*parts, (text[at:],)])


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_POST
def act(request: WebRequest, case_id: int) -> HttpResponse:
    """One act on a case; after a decision the next case comes up. A refusal shows the case with what was typed."""
    require(request, permissions.CONSOLE_MODERATION_DECIDE)
    what, me, now = request.POST.get("action", ""), int(request.actor.id), clock.now()
    note = request.POST.get("note", "")
    try:
        if what in ("take", "take_over"):
            deciding.take(case_id=case_id, operator_id=me, over=what == "take_over", now=now)
            return redirect("console:case", case_id)
        if what == "release":
            deciding.release(case_id=case_id, operator_id=me)
            return redirect("console:cases")
        if what == "second":
            deciding.ask_second(case_id=case_id, opinion=note, operator_id=me, actor=request.actor, now=now)
        elif what == "reverse":
            deciding.reverse(case_id=case_id, verdict=request.POST.get("verdict", ""), given=_given(request), note=note,
                             operator_id=me, actor=request.actor, now=now)
        else:
            deciding.decide(case_id=case_id, verdict=what, given=_given(request), note=note, operator_id=me,
                            actor=request.actor, now=now)
    except NotFound:
        raise
    except DomainError as refused:
        text = " ".join(dict.fromkeys([one.text for one in refused.fields] or [refused.text]))
        return _page(request, case_id, status=422, error=text)
    messages.success(request, str(words.DONE.get(what, _("Done."))))
    following = moderation.next_case(after_id=case_id, me=me) if what != "reverse" else case_id
    return redirect("console:case", following) if following else redirect("console:cases")


def _given(request: WebRequest) -> list[Any]:
    codes = request.POST.getlist("code")[:_MAX_REMARKS]
    return [words.remark(code, request.POST.get(f"note_{code}", "")) for code in codes]


@operator_view(permissions.CONSOLE_MODERATION_VIEW)
@require_safe
def case_file(request: WebRequest, case_id: int, file_id: int) -> HttpResponse:
    """A file of an appeal."""
    if file_id not in {one.id for one in moderation.case(case_id).files}:
        raise NotFound()
    return files.answer(*paperfiles.open_file(file_id=file_id))


