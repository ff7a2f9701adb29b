"""The selection board: where demand is and offers are few, what is searched for in vain, the shop's shortlist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from sellerdesk.analytics import queries
from sellerdesk.analytics.permissions import FIGURES_VIEW, SHORTLIST_EDIT
from sellerdesk.analytics.queries import insight, niches, seasons
from sellerdesk.analytics.services import shortlist
from sellerdesk.analytics.types import CURRENCY, Expected, Figured, IdeaRow, Niche
from sellerdesk.analytics.web import picking, tables
from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.types import TypeInfo
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid, Unavailable
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.components import TabLink
from sellerdesk.core.ui.forms import offer
from sellerdesk.core.ui.tables import next_url
from sellerdesk.economics import queries as economics
from sellerdesk.economics.types import Sketch
from sellerdesk.finance import queries as finance
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers.types import SellerRef

#: Who may see margins, as everywhere.
MARGIN_VIEW = "pricing:price:view"
PRODUCT_EDIT = "catalog:product:edit"
_MISSED = 60
_SIZES = ("weight_g", "depth_mm", "width_mm", "height_mm")


@dataclass(frozen=True, slots=True)
class IdeaView:
    """An idea of the shortlist with what is expected of it; `searched` where its demand is counted in searches."""

    row: IdeaRow
    category: str
    owner: str
    expected: Expected | None
    searched: bool
    margin: Money | None
    margin_share: str


@seller_view(FIGURES_VIEW)
@require_GET
def selection(request: WebRequest) -> HttpResponse:
    """Categories by searches per offer, narrowed by what a shop can deal with."""
    now, table = clock.now(), tables.NicheTable(request)
    chosen = picking.chosen_of(request, table.where.get("period", "28"))
    found = niches.niches(request.seller, chosen.since, chosen.until, language=request.language, now=now)
    keys = [int(one.cell.key) for one in found]
    own, names = insight.offers_of(request.seller, keys), insight.named(keys, request.language)
    rows = [tables.niche_view(one, names, own) for one in found if tables.fits(one, table.where, names, own)]
    table.fill(tables.sorted_niches(rows, table.sort), total=len(rows))
    return table.respond("analytics/selection.html", lambda: {
        "chosen": chosen, "least": insight.least_sellers(now), "tabs": _tabs(request.seller, "selection")})


@seller_view(FIGURES_VIEW)
@require_GET
def missed(request: WebRequest) -> HttpResponse:
    """What buyers search for in vain: nobody offers it, or everybody who does has run out."""
    chosen, now = picking.chosen_of(request), clock.now()
    found = queries.wanted(chosen.since, chosen.until, least=insight.least_searches(now), limit=_MISSED)
    names = insight.named({row.category_id for row in found}, request.language)
    return render(request, "analytics/missed.html", {
        "missed": [(row, names.get(row.category_id, "")) for row in found], "chosen": chosen,
        "least": insight.least_sellers(now), "may_keep": request.can(SHORTLIST_EDIT),
        "tabs": _tabs(request.seller, "missed"), "nav_key": "selection",
        "periods": [TabLink(label, f"?period={key}", active=key == chosen.period)
                    for key, label in picking.PERIODS.items()]})


@seller_view(FIGURES_VIEW)
@require_GET
def ideas(request: WebRequest) -> HttpResponse:
    """The shortlist, each idea with the demand expected of the next four weeks."""
    kept = queries.ideas(request.seller)
    return render(request, "analytics/shortlist.html", {
        "ideas": _views(request, kept), "may_keep": request.can(SHORTLIST_EDIT), "ahead": seasons.AHEAD,
        "tabs": _tabs(request.seller, "shortlist", len(kept)), "nav_key": "selection"})


@seller_view(FIGURES_VIEW)
@require_GET
def idea(request: WebRequest, idea_id: int) -> HttpResponse:
    """One idea: what is known of its market, what would be left of it, and a card to begin with."""
    return _idea_page(request, queries.idea(request.seller, idea_id))


def _idea_page(request: WebRequest, row: IdeaRow, form: IdeaForm | None = None, status: int = 200) -> HttpResponse:
    seller, now, chosen = request.seller, clock.now(), picking.chosen_of(request, "28")
    niche = next((one for one in niches.niches(seller, chosen.since, chosen.until, language=request.language, now=now)
                  if one.cell.key == str(row.category_id)), None)
    suggested = _suggested(seller, niche, now)
    kinds = catalog.types_of_category(row.category_id, request.language) if row.category_id else []
    return render(request, "analytics/idea.html", {
        "idea": row, "view": _views(request, [row])[0], "niche": tables.niche_view(niche, {}, set()) if niche else None,
        "category": insight.named([row.category_id], request.language).get(row.category_id, ""),
        "form": form or _form(seller, row, kinds, niche, suggested), "currency": seller.currency,
        "people": [(id_, name) for id_, name, _role in sellers.members(seller)],
        "start": start_of(row, seller.currency, suggested), "may_keep": request.can(SHORTLIST_EDIT),
        "may_start": request.can(PRODUCT_EDIT), "may_calculate": request.can(MARGIN_VIEW), "ahead": seasons.AHEAD,
        "chosen": chosen, "least": insight.least_sellers(now), "nav_key": "selection",
        "suggested": Money(suggested, seller.currency) if suggested else None}, status=status)


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_figures(request: WebRequest, idea_id: int) -> HttpResponse:
    """Keep what the shop calculates an idea with."""
    row = queries.idea(request.seller, idea_id)
    form = IdeaForm(request.seller, row, request.POST)
    if not form.is_valid():
        return _idea_page(request, row, form, 422)
    shortlist.keep_figures(seller=request.seller, idea_id=idea_id, figures=form.figures)
    messages.success(request, gettext("The figures are kept."))
    return redirect("analytics:idea", idea_id=idea_id)


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_add(request: WebRequest) -> HttpResponse:
    """What to add stands in the form, or in the address of a row's act."""
    given = request.POST if "title" in request.POST else request.GET
    title = " ".join(given.get("title", "").split())[:160]
    if title:
        shortlist.add(seller=request.seller, title=title, category_id=posted.number(given.get("category", "")),
                      type_id=posted.number(given.get("type", "")), owner_id=int(request.user.pk or 0),
                      now=clock.now())
        messages.success(request, gettext("“%(title)s” is in the shortlist.") % {"title": title})
    return redirect(next_url(request, reverse("analytics:shortlist")))


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_note(request: WebRequest, idea_id: int) -> HttpResponse:
    """A note and who looks after it; only people of the shop do."""
    people = {id_ for id_, _name, _role in sellers.members(request.seller)}
    owner = posted.number(request.POST.get("owner", ""))
    shortlist.note(seller=request.seller, idea_id=idea_id, text=request.POST.get("note", ""),
                   owner_id=owner if owner in people else int(request.user.pk or 0))
    messages.success(request, gettext("The note is kept."))
    return redirect("analytics:idea", idea_id=idea_id)


@seller_view(SHORTLIST_EDIT)
@require_POST
def idea_remove(request: WebRequest, idea_id: int) -> HttpResponse:
    shortlist.remove(seller=request.seller, idea_id=idea_id)
    messages.success(request, gettext("It is not in the shortlist any more."))
    return redirect("analytics:shortlist")


class IdeaForm(forms.Form):
    """What an idea would cost, weigh and be sold for."""

    type = forms.ChoiceField(label=_("Product type"), required=False)
    price = forms.CharField(label=pgettext_lazy("what-if", "Price"), required=False, max_length=40)
    cost = forms.CharField(label=pgettext_lazy("what-if", "Cost of the goods"), required=False, max_length=40)
    weight_g = forms.IntegerField(label=_("Weight packed, g"), min_value=0, max_value=1_000_000, required=False)
    depth_mm = forms.IntegerField(label=_("Depth, mm"), min_value=0, max_value=100_000, required=False)
    width_mm = forms.IntegerField(label=_("Width, mm"), min_value=0, max_value=100_000, required=False)
    height_mm = forms.IntegerField(label=_("Height, mm"), min_value=0, max_value=100_000, required=False)
    route = forms.ChoiceField(label=pgettext_lazy("what-if", "Route"), required=False)

    def __init__(self, seller: SellerRef, row: IdeaRow, data: Any = None, *, kinds: Sequence[TypeInfo] = (),
                 **more: Any) -> None:
        super().__init__(data, **more)
        self.currency, self.row, language = seller.currency, row, get_language() or "en"
        found = kinds or (catalog.types_of_category(row.category_id, language) if row.category_id else ())
        offer(self, "type", [("", _("Not chosen yet")), *((str(kind.id), kind.name) for kind in found)])
        offer(self, "route", [("", _("The cheapest that carries it")), *(
            (one.key, one.names.get(language) or one.names["en"]) for one in economics.routes(seller, clock.now()))])
        for name in ("price", "cost"):
            self.fields[name].widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean_price(self) -> int:
        return self._amount("price")

    def clean_cost(self) -> int:
        return self._amount("cost")

    def _amount(self, name: str) -> int:
        text = self.cleaned_data[name]
        if not text:
            return 0
        try:
            amount = Money.parse(text, self.currency).amount_minor
        except Invalid as error:
            raise forms.ValidationError(error.fields[0].text) from None
        if amount < 0:
            raise forms.ValidationError(gettext("An amount must not be negative."))
        return amount

    @property
    def figures(self) -> Figured:
        given = self.cleaned_data
        return Figured(posted.number(given["type"]) or self.row.type_id, given["price"], given["cost"],
                       given["weight_g"] or 0, given["depth_mm"] or 0, given["width_mm"] or 0,
                       given["height_mm"] or 0, given["route"])


def _form(seller: SellerRef, row: IdeaRow, kinds: Sequence[TypeInfo], niche: Niche | None,
          suggested: int | None) -> IdeaForm:
    """The figures as kept, and where nothing is kept as the middle of the category has them."""
    def text(minor: int | None) -> str:
        return Money(minor, seller.currency).decimal_text() if minor else ""

    return IdeaForm(seller, row, kinds=kinds, initial={
        "type": str(row.type_id or ""), "price": text(row.price_minor or suggested), "cost": text(row.cost_minor),
        "weight_g": row.weight_g or (niche.weight_g if niche else None) or "", "depth_mm": row.depth_mm or "",
        "width_mm": row.width_mm or "", "height_mm": row.height_mm or "", "route": row.route})


def start_of(row: IdeaRow, currency: str, suggested: int | None = None) -> str:
    """Where a new card for it begins, with what the shop noted and nothing of anybody else's on it."""
    price = row.price_minor or suggested
    # The path of a category is no name for goods.
    told = {"name": "" if "›" in row.title else row.title,
            "price": Money(price, currency).decimal_text() if price else "",
            "cost": Money(row.cost_minor, currency).decimal_text() if row.cost_minor else "",
            **{name: getattr(row, name) for name in _SIZES}}
    if row.type_id:
        query = {name: value for name, value in told.items() if value}
        return reverse("catalog:product_create", args=[row.type_id]) + (f"?{urlencode(query)}" if query else "")
    return f"{reverse('catalog:product_new')}?" + urlencode({"category": row.category_id} if row.category_id
                                                            else {"q": row.title})


def _views(request: WebRequest, kept: Sequence[IdeaRow]) -> list[IdeaView]:
    """Ideas with the demand expected and the margin calculated. Eight queries for any number."""
    seller, now = request.seller, clock.now()
    until = picking.chosen_of(request).until
    searches = seasons.expected_searches([row.title for row in kept], until, least=insight.least_searches(now))
    units = seasons.expected(seller, [row.category_id for row in kept], until, now=now)
    names = insight.named({row.category_id for row in kept}, request.language)
    people = {id_: name for id_, name, _role in sellers.members(seller)}
    margins = _margins(seller, kept, now) if request.can(MARGIN_VIEW) else {}
    made = []
    for row in kept:
        asked = searches.get(row.title.lower())
        margin = margins.get(row.id)
        made.append(IdeaView(
            row, names.get(row.category_id, ""), people.get(row.owner_id, ""), asked or units.get(row.category_id),
            asked is not None, Money(margin[0], seller.currency) if margin else None,
            formats.percent(margin[1] / 100) if margin else ""))
    return made


def _margins(seller: SellerRef, kept: Sequence[IdeaRow], now: datetime) -> dict[int, tuple[int, int]]:
    """Margin and its share in basis points of ideas whose price and cost are noted."""
    known = [row for row in kept if row.price_minor and row.cost_minor]
    if not known:
        return {}
    made = {}
    for row, terms in zip(known, economics.sketch_terms(seller, [Sketch(
            row.category_id, row.type_id, row.weight_g, (row.depth_mm, row.width_mm, row.height_mm), row.cost_minor,
            row.route) for row in known], now), strict=True):
        unit = economics.unit(terms, row.price_minor)
        if unit.margin_minor is not None and unit.margin_bp is not None:
            made[row.id] = (unit.margin_minor, unit.margin_bp)
    return made


def _suggested(seller: SellerRef, niche: Niche | None, now: datetime) -> int | None:
    """What half of the units of the category sell below, in the shop's currency; None where that is not known."""
    if niche is None or niche.prices is None:
        return None
    try:
        return finance.convert(niche.prices[1], CURRENCY, seller.currency, now).amount_minor
    except Unavailable:
        return None


def _tabs(seller: SellerRef, active: str, kept: int | None = None) -> list[TabLink]:
    count = len(queries.ideas(seller)) if kept is None else kept
    return [TabLink(_("Where to sell"), reverse("analytics:selection"), active=active == "selection"),
            TabLink(_("Missing and sold out"), reverse("analytics:missed"), active=active == "missed"),
            TabLink(_("Shortlist"), reverse("analytics:shortlist"), count, active=active == "shortlist")]
