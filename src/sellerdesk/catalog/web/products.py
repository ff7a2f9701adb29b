"""The product editor: choosing a type, the form, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import queries, services
from sellerdesk.catalog.errors import PictureRefused, ProductChanged, TypeUnknown
from sellerdesk.catalog.permissions import PRODUCT_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.types import ProductCard, TypeInfo
from sellerdesk.catalog.web.forms import ProductForm
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http import refuse
from sellerdesk.core.http.access import seller_view

_MAX_FILES = 30


@require_GET
@seller_view(PRODUCT_EDIT)
def choose_type(request: HttpRequest) -> HttpResponse:
    """First step of a new product: its type, by search in three languages or through the tree."""
    text = request.GET.get("q", "").strip()[:100]
    wanted = request.GET.get("category", "")
    category_id = int(wanted) if wanted.isdecimal() else None
    found = queries.types_search(text, request.language, 30) if text else []
    categories, types = queries.children(category_id, request.language) if not text else ([], [])
    context = {
        "nav_key": "products", "text": text, "found": found, "categories": categories, "types": types,
        "path": queries.category_path(category_id, request.language) if category_id else [],
        "recent": queries.recent_types(request.seller, request.language) if not text and not category_id else []}
    partial = request.htmx and (request.htmx.target or "").endswith("type-picker")
    return render(request, "catalog/_type_picker.html" if partial else "catalog/product_new.html", context)


@require_GET
@seller_view(PRODUCT_VIEW)
def types(request: HttpRequest) -> JsonResponse:
    """Product types by words, for the searchable select."""
    found = queries.types_search(request.GET.get("q", "")[:100], request.language, 30)
    return JsonResponse([{"value": str(kind.id), "text": f"{kind.name} — {' / '.join(kind.path)}"} for kind in found],
                        safe=False)


@require_GET
@seller_view(PRODUCT_VIEW)
def values(request: HttpRequest, type_id: int, attribute_id: int) -> JsonResponse:
    """Values of a long dictionary by words, for the searchable select."""
    rows, _more = queries.attribute_values(type_id, attribute_id, request.language, 0, 50,
                                           request.GET.get("q", "")[:100])
    return JsonResponse([{"value": str(row.id), "text": row.value} for row in rows], safe=False)


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def create(request: HttpRequest, type_id: int) -> HttpResponse:
    """A new product of a type."""
    kind = queries.type_info([type_id], request.language).get(type_id)
    if kind is None or kind.disabled:
        raise TypeUnknown()
    return _editor(request, kind, None)


@require_http_methods(["GET", "POST"])
@seller_view(PRODUCT_EDIT)
def edit(request: HttpRequest, product_id: int) -> HttpResponse:
    """An existing product; `type` in the address shows it as another type, to be saved as such."""
    card = queries.product(request.seller, product_id, request.language)
    wanted = request.GET.get("type", "")
    type_id = int(wanted) if wanted.isdecimal() else card.type_id
    kind = queries.type_info([type_id], request.language).get(type_id)
    if kind is None:
        raise TypeUnknown()
    return _editor(request, kind, card)


@dataclass(frozen=True, slots=True)
class Tile:
    """A picture in the editor: `value` is what the form sends back."""

    value: str
    thumb_url: str
    url: str
    state: str = "ready"
    note: str = ""


def _tiles(card: ProductCard | None) -> list[Tile]:
    return [Tile(image.key or f"url:{image.source}", image.thumb_url, image.url or image.source, image.state,
                 image.error) for image in (card.images if card else ())]


def _editor(request: HttpRequest, kind: TypeInfo, card: ProductCard | None) -> HttpResponse:
    """The form, and its saving. A refusal shows the form as typed, each reason beside its field."""
    tiles = _tiles(card)
    status = 200
    conflict = False
    if request.method == "POST":
        form = ProductForm(request, kind, card, request.POST)
        form.is_valid()
        known = {tile.value: tile for tile in tiles}
        tiles = [known.get(value) or Tile(value, f"/media/{value}", f"/media/{value}")
                 for value in request.POST.getlist("images")]
        try:
            now = clock.now()
            sent = request.FILES.getlist("new_images")[:_MAX_FILES]
            fresh = services.pictures.store_many(seller=request.seller, pictures=[each.read() for each in sent],
                                                 now=now)
            tiles += [Tile(each.key, each.thumb_url, each.url) for each in fresh]
            saved = services.products.save(
                seller=request.seller, draft=form.draft(tile.value for tile in tiles), actor=request.actor, now=now,
                product_id=card.id if card else None,
                expected_version=form.cleaned_data.get("version") if card else None)
            messages.success(request, (_("%(offer)s is saved.") if card else _("%(offer)s is created."))
                             % {"offer": saved.offer_id})
            return redirect("catalog:product", product_id=saved.id)
        except ProductChanged:
            conflict, status = True, 409
            # Saving again is then a decision made with open eyes.
            typed = request.POST.copy()
            typed["version"] = str(card.version) if card else ""
            form = ProductForm(request, kind, card, typed)
        except Invalid as refused:
            form.take_errors(refused.fields)
            status = 422
    else:
        form = ProductForm(request, kind, card)
    return render(request, "catalog/product_edit.html", {
        "nav_key": "products", "form": form, "kind": kind, "card": card, "tiles": tiles, "conflict": conflict,
        "cancel": reverse("catalog:product", args=[card.id]) if card else reverse("catalog:products"),
        "other_languages_open": any(form[name].value() or form[name].errors
                                    for name in ("name_en", "name_ru", "name_zh")),
        "max_images": _MAX_FILES}, status=status)


@require_POST
@seller_view(PRODUCT_EDIT)
def upload_pictures(request: HttpRequest) -> HttpResponse:
    """Pictures dropped into the editor: answers their tiles, to be put behind the others."""
    sent = request.FILES.getlist("new_images")[:_MAX_FILES]
    try:
        stored = services.pictures.store_many(seller=request.seller, pictures=[each.read() for each in sent],
                                              now=clock.now())
    except PictureRefused as refused:
        return refuse(request, refused)
    return render(request, "catalog/_picture_tiles.html",
                  {"tiles": [Tile(each.key, each.thumb_url, each.url) for each in stored]})
