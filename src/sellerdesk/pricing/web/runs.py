"""One rule for all products of a filter: the form, the totals before, the progress, the result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import ProductFilter
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import tables as t
from sellerdesk.core.ui.forms import offer
from sellerdesk.pricing import formula, queries, services
from sellerdesk.pricing.errors import problem_text
from sellerdesk.pricing.types import RunCounts, RunInfo, RunSample
from sellerdesk.pricing.web.grid import calculation, percent_bp
from sellerdesk.pricing.web.tables import BULK

_FIELDS = (("price", pgettext_lazy("price grid", "Price")), ("old_price", pgettext_lazy("price", "Crossed out")),
           ("min_price", pgettext_lazy("price", "Lowest")), ("cost", pgettext_lazy("price", "Cost")))
_ROUNDINGS = (("cents", gettext_lazy("not at all")), ("whole", gettext_lazy("whole amounts")), ("9", "…9"),
              ("90", "…90"), ("99", "…99"))
_OUTCOMES = {
    "changed": t.Badge(pgettext_lazy("price run", "changes"), "success"),
    "held": t.Badge(pgettext_lazy("price run", "to quarantine"), "warning"),
    "refused": t.Badge(pgettext_lazy("price run", "stays as it is"), "danger"),
}


class RunForm(forms.Form):
    """A rule and the products it is for."""

    search = forms.CharField(label=gettext_lazy("Only products with these words"), required=False, max_length=100,
                             help_text=gettext_lazy("Name, offer ID, SKU or barcode. Empty means all products."))
    category = forms.ChoiceField(label=gettext_lazy("Only this category"), required=False)
    field = forms.ChoiceField(label=pgettext_lazy("price grid", "Column"), choices=_FIELDS)
    kind = forms.ChoiceField(label=pgettext_lazy("price grid", "How"), choices=(
        ("percent", gettext_lazy("Change by percent")), ("formula", gettext_lazy("Formula"))))
    amount = forms.CharField(label=gettext_lazy("Percent or formula"), max_length=200)
    rounding = forms.ChoiceField(label=gettext_lazy("Round to"), choices=_ROUNDINGS)
    with_old = forms.BooleanField(label=gettext_lazy("Move crossed-out prices along"), required=False)

    def __init__(self, *args: Any, categories: Iterable[tuple[int, str, int]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", [("", _("All categories")), *(
            (str(id_), f"{name} ({count})") for id_, name, count in categories)])
        self.fields["amount"].help_text = _("−5 or +3.5 for percent; in formulas: %(names)s, min(a; b), max(a; b).") % {
            "names": ", ".join(formula.NAMES)}

    @property
    def rule(self) -> dict[str, Any]:
        """The rule as the service keeps it. Raises Invalid whose field is `amount`."""
        cleaned = self.cleaned_data
        text = cleaned["amount"] if cleaned["kind"] == "formula" else ""
        calculation(cleaned["field"], cleaned["rounding"], cleaned["amount"], text)
        return {"field": cleaned["field"], "rounding": cleaned["rounding"], "with_old": cleaned["with_old"],
                "formula": text, "percent_bp": 0 if text else percent_bp(cleaned["amount"])}


def title_of(rule: Mapping[str, Any]) -> str:
    """A rule in one line, in the active language: Price +3.5%."""
    name = dict(_FIELDS)[rule["field"]]
    if rule["formula"]:
        return f"{name} = {rule['formula'].strip().removeprefix('=').strip()}"
    return f"{name} {formats.percent(rule['percent_bp'] / 100, signed=True)}"


@dataclass(frozen=True, slots=True)
class SampleView:
    """One product of the preview."""

    id: int
    name: str
    offer_id: str
    before: Money | None
    after: Money | None
    outcome: str
    problem: str


class SampleTable(t.Table):
    caption = gettext_lazy("Some of the products")
    columns = (
        t.Column("name", gettext_lazy("Product"), primary=True, sub="offer_id"),
        t.Column("before", pgettext_lazy("price", "Now"), kind="money"),
        t.Column("after", gettext_lazy("New price"), kind="money"),
        t.Column("outcome", pgettext_lazy("price run", "What happens"), kind="badge", choices=_OUTCOMES),
        t.Column("problem", gettext_lazy("Why not"), tone=lambda row: "danger"),
    )
    empty = t.Empty("tag", gettext_lazy("No product would change"))


@seller_view(BULK)
def new(request: WebRequest) -> HttpResponse:
    """The form; counting begins when it is sent."""
    categories = catalog.shop_categories(request.seller, request.language)
    form = RunForm(request.POST or None, categories=categories, initial={"rounding": "whole", "with_old": True,
                                                                         "search": request.GET.get("q", "")})
    if request.method == "POST" and form.is_valid():
        try:
            run_id = services.start(
                seller=request.seller, search=form.cleaned_data["search"],
                category_id=int(form.cleaned_data["category"] or 0), rule=form.rule, title=title_of(form.rule),
                actor=request.actor, now=clock.now())
            return redirect("pricing:run", run_id)
        except DomainError as error:
            form.add_error("amount", error.text)
    page = queries.runs(request.seller, cursor=request.GET.get("c"))
    return render(request, "pricing/run_new.html", {
        "form": form, "page": page, "runs": [(title_of(one.rule), one) for one in page.rows], "nav_key": "prices"},
        status=422 if form.is_bound and form.errors else 200)


@require_GET
@seller_view(BULK)
def run(request: WebRequest, run_id: int) -> HttpResponse:
    """Counting, the totals, applying, the result: whatever the run is at."""
    info = queries.run(request.seller, run_id)
    table = SampleTable(request)
    names = {row.id: row.name for row in catalog.products_page(
        request.seller, limit=len(info.samples), language=request.language, filter=ProductFilter(
            product_ids=[one.product_id for one in info.samples], visibility="ANY")).rows} if info.samples else {}
    table.fill([_sample(one, names.get(one.product_id, ""), request.seller.currency) for one in info.samples],
               total=len(info.samples))
    context = {"run": info, "title": title_of(info.rule), "table": table, "nav_key": "prices",
               **_totals(info, request.seller.currency)}
    inside = bool(getattr(request, "htmx", False)) or request.headers.get("X-Poll") == "1"
    return render(request, "pricing/_run.html" if inside else "pricing/run.html", context)


def _totals(info: RunInfo, currency: str) -> dict[str, Any]:
    counts: RunCounts = info.result if info.state in ("applying", "done") else info.foreseen
    return {"counts": counts, "before": Money(counts.before_minor, currency),
            "after": Money(counts.after_minor, currency),
            "difference": Money(counts.after_minor - counts.before_minor, currency)}


def _sample(one: RunSample, name: str, currency: str) -> SampleView:
    return SampleView(
        one.product_id, name or one.offer_id, one.offer_id,
        Money(one.before_minor, currency) if one.before_minor else None, Money(one.after_minor, currency), one.outcome,
        problem_text(one.code, one.data) if one.code else "")


@require_POST
@seller_view(BULK)
def agree(request: WebRequest, run_id: int) -> HttpResponse:
    services.agree(seller=request.seller, run_id=run_id, actor=request.actor, now=clock.now())
    return redirect("pricing:run", run_id)


@require_POST
@seller_view(BULK)
def drop(request: WebRequest, run_id: int) -> HttpResponse:
    services.drop(seller=request.seller, run_id=run_id, now=clock.now())
    return redirect("pricing:run_new")
