"""Reading certificates: a shop's own, and those that wait for an operator."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sellerdesk.catalog.errors import CertificateUnknown
from sellerdesk.catalog.models import Attribute, DictionaryValue, Product
from sellerdesk.catalog.models_moderation import Certificate, CertificateProduct
from sellerdesk.catalog.moderation_types import CertificateRow
from sellerdesk.catalog.queries import papers
from sellerdesk.core import clock
from sellerdesk.core.db import cursor_decode, cursor_encode, fetch_one, of_shop
from sellerdesk.core.i18n import name_column
from sellerdesk.core.paging import keyset
from sellerdesk.core.types import Page
from sellerdesk.sellers.types import SellerRef

BRAND_ATTRIBUTE = 85
_MAX_BRANDS = 2000
STATES = ("new", "review", "accepted", "declined", "expired")
_ROW = ("id", "type", "accordance", "number", "name", "issued_on", "expires_on", "brand_id", "state", "reason", "note",
        "products", "created_at", "decided_at", "decided_by", "replaces_id", "seller_id")
_BOUND = CertificateProduct.objects.filter(certificate_id=OuterRef("pk")).values("certificate_id").annotate(
    count=Count("id")).values("count")


def _page(rows: QuerySet[Certificate], cursor: str | None, limit: int) -> Page[CertificateRow]:
    if cursor:
        rows = rows.filter(id__lt=cursor_decode(cursor, 1)[0])
    found = _read(rows.order_by("-id")[:limit + 1])
    more = len(found) > limit
    return Page(found[:limit], cursor_encode(found[limit - 1].id) if more else "", "")


def _read(rows: Any) -> list[CertificateRow]:
    return [CertificateRow(*row) for row in rows.annotate(products=Coalesce(Subquery(_BOUND), 0)).values_list(*_ROW)]


def certificates_page(seller: SellerRef, *, state: str = "", cursor: str | None = None,
                      limit: int = 50) -> Page[CertificateRow]:
    """A page of the shop's papers, newest first. One query."""
    rows = Certificate.objects.filter(seller_id=seller.id)
    return _page(rows.filter(state=state) if state else rows, cursor, limit)


def market_certificates(*, state: str = "review", cursor: str | None = None, limit: int = 50) -> Page[CertificateRow]:
    """Papers of all shops in a state, for operators. One query."""
    return _page(Certificate.objects.filter(clock.shops(), state=state), cursor, limit)


def state_counts(seller: SellerRef | None = None) -> dict[str, int]:
    """How many papers there are in each state, of one shop or of all. One query."""
    rows = Certificate.objects.filter(seller_id=seller.id) if seller else Certificate.objects.filter(
        clock.shops())
    found = dict(rows.values_list("state").annotate(count=Count("id")))
    return {state: found.get(state, 0) for state in STATES}


def certificate(certificate_id: int, seller: SellerRef | None = None) -> CertificateRow:
    """One paper with its files; with `seller` only that shop's. Three queries. Raises CertificateUnknown."""
    rows = Certificate.objects.filter(pk=certificate_id)
    found = _read(rows.filter(seller_id=seller.id) if seller else rows)
    if not found:
        raise CertificateUnknown()
    return replace(found[0], files=papers.paper_files(certificate_id=certificate_id))


def certificates_numbered(seller: SellerRef, *, state: str, kind: str, offer_id: str, page: int,
                          page_size: int) -> tuple[list[CertificateRow], int]:
    """A numbered page, as the API has it, and how many papers there are. Two queries."""
    rows = Certificate.objects.filter(seller_id=seller.id)
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(type=kind)
    if offer_id:
        rows = rows.filter(pk__in=CertificateProduct.objects.filter(
            product__seller_id=seller.id, product__offer_id=offer_id).values("certificate_id"))
    start = min((page - 1) * page_size, 2**31)
    return _read(rows.order_by("-id")[start:start + page_size]), rows.count()


def by_number(seller: SellerRef, number: str) -> CertificateRow:
    """The newest paper with a number. One query. Raises CertificateUnknown."""
    found = _read(Certificate.objects.filter(seller_id=seller.id, number=number).order_by("-id")[:1])
    if not found:
        raise CertificateUnknown()
    return found[0]


def covered_page(certificate_id: int, *, last_id: int, limit: int,
                 code: str = "") -> tuple[list[tuple[int, int, str]], int]:
    """Products of a paper by id: product id, SKU, and visible or hidden; and how many there are. Two queries."""
    rows = Product.objects.filter(id__in=CertificateProduct.objects.filter(
        certificate_id=certificate_id).values("product_id"))
    if code:
        rows = rows.filter(status="hidden") if code == "hidden" else rows.exclude(status="hidden")
    found = rows.filter(id__gt=last_id).order_by("id").values_list("id", "sku", "status")[:limit]
    return [(row[0], row[1], "hidden" if row[2] == "hidden" else "visible") for row in found], rows.count()


def covered(certificate_id: int, *, cursor: str | None = None, limit: int = 50
            ) -> Page[tuple[int, str, str, str, str]]:
    """The products a paper covers: id, offer id, name, status and why hidden. One query."""
    return keyset(_covered(certificate_id), "id", cursor=cursor, limit=limit,
                  columns=("id", "offer_id", "name", "status", "hidden_because"))


def hidden_by(certificate_id: int) -> int:
    """How many of them are hidden since the paper expired. One query."""
    return _covered(certificate_id).filter(hidden_because="paper_expired").count()


def _covered(certificate_id: int) -> QuerySet[Product]:
    return Product.objects.filter(id__in=CertificateProduct.objects.filter(
        certificate_id=certificate_id).values("product_id"))


def of_product(seller: SellerRef, product_id: int) -> list[CertificateRow]:
    """The papers that cover one product. One query."""
    return _read(Certificate.objects.filter(of_shop(seller.id), pk__in=CertificateProduct.objects.filter(
        product_id=product_id).values("certificate_id")).order_by("-id"))


def ending(seller: SellerRef, today: date, within_days: int) -> tuple[int, int]:
    """How many papers end soon, and how many products an ended one hides. One query."""
    row = fetch_one(
        "SELECT (SELECT count(*) FROM catalog_certificate WHERE seller_id = %s AND state = 'accepted' AND expires_on"
        " BETWEEN %s AND %s), (SELECT count(*) FROM catalog_product WHERE seller_id = %s AND status = 'hidden'"
        " AND hidden_because = 'paper_expired')",
        [seller.id, today.isoformat(), (today + timedelta(days=within_days)).isoformat(), seller.id])
    return (row[0], row[1]) if row else (0, 0)


def unknown_products(seller: SellerRef, offer_ids: Collection[str]) -> tuple[list[int], list[str]]:
    """Ids of the shop's products by offer id, and the offer ids nobody knows. One query."""
    rows = Product.objects.filter(seller_id=seller.id, offer_id__in=list(offer_ids))
    found = dict(rows.values_list("offer_id", "id"))
    return list(found.values()), [one for one in offer_ids if one not in found]


def brands(language: str) -> list[tuple[int, str]]:
    """The brands that papers can be about, by name. One query."""
    column = name_column(language, "value")
    rows = DictionaryValue.objects.filter(dictionary_id__in=Attribute.objects.filter(
        id=BRAND_ATTRIBUTE).values("dictionary_id")).order_by(column)
    return list(rows.values_list("id", column)[:_MAX_BRANDS])
