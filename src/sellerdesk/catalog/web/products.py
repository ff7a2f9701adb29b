"""The product editor: the form, its saving, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import queries, rules, services
from sellerdesk.catalog.errors import DocumentRefused, PictureRefused, TypeUnknown
from sellerdesk.catalog.permissions import PICTURE_EDIT, PRODUCT_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.types import KeptDraft, ProductCard, TypeInfo
from sellerdesk.catalog.web import documents, editing, merging
from sellerdesk.catalog.web.forms import ProductForm
from sellerdesk.catalog.web.tiles import Tile, named, tile_of
from sellerdesk.core import activity, clock, html
from sellerdesk.core.errors import FieldError, Invalid, LimitReached
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats

_MAX_FILES = 30
_MAX_DOCUMENTS = 20


@require_GET
@seller_view(PRODUCT_VIEW)
def values(request: WebRequest, type_id: int, attribute_id: int) -> JsonResponse:
    """Values of a long dictionary by words, for the searchable select."""
    rows, _more = queries.attribute_values(type_id, attribute_id, request.language, 0, 50,
                                           request.GET.get("q", "")[:100])
    return JsonResponse([{"value": str(row.id), "text": row.value} for row in rows], safe=False)


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def create(request: WebRequest, type_id: int) -> HttpResponse:
    """A new product of a type; `like` in the address names a card to begin with, or name, price, cost, weight and sides
    what is known of it already. Raises TypeUnknown, ProductUnknown."""
    kind = queries.type_info([type_id], request.language).get(type_id)
    if kind is None or kind.disabled:
        raise TypeUnknown()
    like_id = posted.number(request.GET.get("like", ""))
    like = (queries.product(request.seller, like_id, request.language) if like_id else None)
    return _editor(request, kind, None, like)


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def edit(request: WebRequest, product_id: int) -> HttpResponse:
    """An existing product; `type` in the address shows it as another type, to be saved as such."""
    card = queries.product(request.seller, product_id, request.language)
    type_id = posted.number(request.GET.get("type", ""), card.type_id)
    kind = queries.type_info([type_id], request.language).get(type_id)
    if kind is None:
        raise TypeUnknown()
    return _editor(request, kind, card)


def _editor(request: WebRequest, kind: TypeInfo, card: ProductCard | None,
            like: ProductCard | None = None) -> HttpResponse:
    """The form: as saved, or as this person left it unsaved."""
    sold = bool(card and queries.sold(request.seller, [card.id]))
    saved = ProductForm(request, kind, card, sold=sold, like=like, first=_first(request.GET))
    shown = card or like
    tiles = [tile_of(image) for image in shown.images] if shown else []
    papers = [documents.row_of(one) for one in card.documents] if card else []
    base = saved.shown((tile.value for tile in tiles), (row.value for row in papers))
    if request.method == "POST":
        return _save(request, kind, card, saved, tiles, papers, base)
    draft = queries.kept_draft(request.seller, editing.person(request), card.id if card else 0, kind.id)
    if draft is None:
        return _page(request, kind, card, saved, tiles, papers, base=merging.pack(base))
    form = ProductForm(request, kind, card, _query(draft.fields), sold=sold)
    return _page(request, kind, card, form, named(tiles, draft.fields.get("images", [])),
                 documents.shown(papers, documents.gathered(draft.fields)), draft=draft,
                 base=next(iter(draft.fields.get("base", [])), "") or merging.pack(base))


def _first(given: QueryDict) -> dict[str, str]:
    """Fields of a new card that the address tells."""
    fields = {"name": "name", "price": "part_price_price", "cost": "part_price_cost", "weight_g": "weight_g",
              "depth_mm": "depth_mm", "width_mm": "width_mm", "height_mm": "height_mm"}
    return {field: value[:500] for name, field in fields.items() if (value := given.get(name, ""))}


def _save(request: WebRequest, kind: TypeInfo, card: ProductCard | None, saved: ProductForm, tiles: list[Tile],
          papers: list[documents.Row], theirs: dict[str, list[str]]) -> HttpResponse:
    """Save what was typed, over what others saved meanwhile: nobody's change gets lost unseen."""
    now = clock.now()
    mine = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    mine["documents"] = documents.gathered(mine)
    for name in documents.ROW_FIELDS:
        mine.pop(name, None)
    base = request.POST.get("base", "")
    merged = None
    try:
        sent = request.FILES.getlist("new_images")[:_MAX_FILES] if request.can(PICTURE_EDIT) else []
        fresh = services.pictures.store_many(seller=request.seller, pictures=[each.read() for each in sent], now=now)
        mine["images"] = [*mine.get("images", []), *(each.key for each in fresh)]
        if not request.can(PICTURE_EDIT):
            mine["images"] = theirs.get("images", [])
        for each in request.FILES.getlist("new_documents")[:_MAX_DOCUMENTS]:
            stored = services.productfiles.store(seller=request.seller, name=each.name or "", data=each.read(), now=now)
            mine["documents"].append(documents.packed(stored))
        if card:
            merged = merging.merge(merging.unpack(base) or theirs, theirs, mine)
            if merged.conflicts:
                return _conflict(request, kind, card, saved, merged, theirs, mine)
        fields = merged.fields if merged else mine
        form = ProductForm(request, kind, card, _query(fields), sold=saved.sold)
        form.is_valid()
        try:
            typed = form.draft(fields.get("images", []), fields.get("documents", []))
            product = services.products.save(
                seller=request.seller, draft=typed, actor=request.actor, now=now,
                product_id=card.id if card else None, expected_version=card.version if card else None)
        except Invalid as refused:
            form.take_errors(refused.fields)
            return _page(request, kind, card, form, named(tiles, fields.get("images", [])),
                         documents.shown(papers, fields.get("documents", [])), base=base, status=422)
    except (PictureRefused, DocumentRefused, LimitReached) as refused:
        form = ProductForm(request, kind, card, request.POST, sold=saved.sold)
        form.take_errors(refused.fields or [FieldError("documents", refused.code, refused.text, "")])
        return _page(request, kind, card, form, named(tiles, mine.get("images", [])),
                     documents.shown(papers, mine["documents"]), base=base, status=422)
    services.drafting.discard(seller=request.seller, user_id=editing.person(request), product_id=card.id if card else 0,
                              type_id=kind.id)
    messages.success(request, (_("%(offer)s is saved.") if card else _("%(offer)s is created."))
                     % {"offer": product.offer_id})
    others = [saved.label_of(name) for name in (merged.theirs if merged else ()) if not name.startswith("part_stock")]
    if others:
        messages.info(request, _("What others changed meanwhile was kept: %(fields)s.") % {"fields": ", ".join(others)})
    return redirect("catalog:product", product_id=product.id)


def _query(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in fields.items():
        made.setlist(name, list(values))
    return made


@dataclass(frozen=True, slots=True)
class Choice:
    """A field that two people changed: what it was, what each made of it, and when the other did."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str


def _conflict(request: WebRequest, kind: TypeInfo, card: ProductCard, saved: ProductForm, merged: merging.Merged,
              theirs: dict[str, list[str]], mine: dict[str, list[str]]) -> HttpResponse:
    """Both changed the same fields: each is asked about, everything typed stays in the form."""
    base = merging.unpack(request.POST.get("base", ""))
    last = activity.history(request.seller.id, "product", card.id, limit=1)
    hidden = [(name, value) for name, values in mine.items()
              if name != "csrfmiddlewaretoken" and name not in {f"choose_{one}" for one in merged.conflicts}
              for value in values]
    return render(request, "catalog/product_merge.html", {
        "nav_key": "products", "card": card, "kind": kind, "hidden": hidden, "last": last[0] if last else None,
        "choices": [Choice(name, saved.label_of(name), *(saved.words(name, side.get(name, []))
                                                         for side in (base, theirs, mine)))
                    for name in merged.conflicts],
        "taken": [saved.label_of(name) for name in merged.theirs],
        "kept": [saved.label_of(name) for name in merged.mine]}, status=409)


def _page(request: WebRequest, kind: TypeInfo, card: ProductCard | None, form: ProductForm, tiles: list[Tile],
          papers: list[documents.Row], *, base: str, draft: KeptDraft | None = None, status: int = 200) -> HttpResponse:
    score = editing.score_of(form, len(tiles))
    product_id = card.id if card else 0
    return render(request, "catalog/product_edit.html", {
        "nav_key": "products", "form": form, "kind": kind, "card": card, "tiles": tiles, "base": base, "draft": draft,
        "brand_papers": _brand_papers(request, kind, form),
        "documents": papers, "document_limits": services.productfiles.limits(clock.now()),
        "cancel": reverse("catalog:product", args=[card.id]) if card else reverse("catalog:products"),
        "draft_url": (reverse("catalog:product_draft", args=[product_id, kind.id]) if product_id
                      else reverse("catalog:new_draft", args=[kind.id])),
        "other_languages_open": any(form[name].value() or form[name].errors
                                    for name in ("name_en", "name_ru", "name_zh")),
        "rich": html.clean(str(form["description"].value() or "")), "jumps": editing.sections(form),
        "score": score, "hints": editing.hints(form, score),
        "moved": editing.moved(card, kind, form) if card and card.type_id != kind.id else None,
        "reviewed": " ".join(sorted(services.judging.in_force(clock.now())[1].fields)) if card else "",
        "max_images": _MAX_FILES, "refused_pictures": sum(tile.state == "failed" for tile in tiles),
        "may_picture": request.can(PICTURE_EDIT)}, status=status)


@dataclass(frozen=True, slots=True)
class BrandPapers:
    """Brands that need papers the shop lacks, parted by spaces; whether the form names one of them; its field."""

    field: str
    brands: str
    chosen: bool


def _brand_papers(request: WebRequest, kind: TypeInfo, form: ProductForm) -> BrandPapers | None:
    name = f"attribute_{rules.BRAND_ATTRIBUTE}"
    lacking = services.judging.brands_lacking_papers(request.seller, kind.id, kind.category_id, clock.now())
    if name not in form.fields or not lacking:
        return None
    return BrandPapers(name, " ".join(map(str, sorted(lacking))), str(form[name].value() or "") in map(str, lacking))


@require_POST
@seller_view(PRODUCT_EDIT)
def draft(request: WebRequest, type_id: int, product_id: int = 0) -> HttpResponse:
    """Keeps what was typed so far, without judging it; with `discard` throws it away. Raises ProductUnknown."""
    if product_id:
        queries.product(request.seller, product_id)
    where: dict[str, Any] = {"seller": request.seller, "user_id": editing.person(request), "product_id": product_id,
                             "type_id": type_id}
    if request.POST.get("discard"):
        services.drafting.discard(**where)
        back = (reverse("catalog:product_edit", args=[product_id]) + f"?type={type_id}" if product_id
                else reverse("catalog:product_create", args=[type_id]))
        return redirect(back)
    if type_id not in queries.type_info([type_id]):
        raise TypeUnknown()
    now = clock.now()
    services.drafting.keep(**where, fields={name: values for name, values in request.POST.lists()
                                            if name not in ("csrfmiddlewaretoken", "discard")}, now=now)
    return JsonResponse({"saved": formats.clock_time(now)})
