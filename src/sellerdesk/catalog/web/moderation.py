"""A decision of moderation as its seller reads it: reason, fix, policy, appeal; and the policies themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sellerdesk.catalog import policies, queries, states
from sellerdesk.catalog.permissions import PRODUCT_EDIT
from sellerdesk.catalog.queries import moderation
from sellerdesk.catalog.queries import wording as words
from sellerdesk.catalog.services import deciding
from sellerdesk.catalog.types import ProductCard
from sellerdesk.core import clock
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.core.http.access import seller_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers.types import SellerRef

_MAX_FILES = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One remark: where, what to do, an example, what the moderator wrote, the policy, and the field in the editor."""

    field: str
    title: Any
    text: Any
    example: Any
    note: str
    policy: str
    href: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What a seller sees of the latest case of a product. `state` is open, declined or revision."""

    state: str
    kind: str
    lines: tuple[Line, ...]
    due_at: datetime
    decided_at: datetime | None
    may_appeal: bool
    sells: bool


def decision_of(seller: SellerRef, card: ProductCard) -> DecisionView | None:
    """The case that the seller should know of: one that is open, or a decision that stopped the card. One query."""
    case = moderation.last_case(seller, card.id)
    if case is None or not (case.state == "open" or (card.status == "declined" and case.state in (
            "declined", "revision"))):
        return None
    editor = reverse("catalog:product_edit", args=[card.id])
    lines = []
    for one in case.remarks:
        template = words.template(one.code)
        lines.append(Line(words.field_name(one.field) if one.field else "", template.title, template.text,
                          template.example, one.note, template.policy, f"{editor}#{words.anchor(one.field)}"))
    return DecisionView(case.state, case.kind, tuple(lines), case.due_at, case.decided_at, case.may_appeal,
                        card.status == "price_sent")


def stop_of(seller: SellerRef, card: ProductCard) -> dict[str, Any] | None:
    """Why an operator stopped the product, for its seller. One query, and none where nobody did."""
    stop = moderation.stop_of(seller, card.id) if card.hidden_because == states.STOPPED else None
    if stop is None:
        return None
    template = words.template(stop.remark.code)
    return {"at": stop.at, "field": words.field_name(stop.remark.field) if stop.remark.field else "",
            "title": template.title, "text": template.text, "note": stop.remark.note, "policy": template.policy,
            "href": f"{reverse('catalog:product_edit', args=[card.id])}#{words.anchor(stop.remark.field)}"}


@seller_view(PRODUCT_EDIT)
@require_http_methods(["GET", "POST"])
def appeal(request: WebRequest, product_id: int) -> HttpResponse:
    """Ask for another look at a declined card, once, with words and files."""
    card = queries.product(request.seller, product_id, request.language)
    decision = decision_of(request.seller, card)
    errors: dict[str, str] = {}
    if request.method == "POST":
        sent = request.FILES.getlist("files")[:_MAX_FILES]
        try:
            deciding.appeal(seller=request.seller, product_id=product_id, comment=request.POST.get("comment", ""),
                            files=[(one.name or "", one.read()) for one in sent], actor=request.actor, now=clock.now())
        except Invalid as refused:
            errors = {one.field: f"{one.value}: {one.text}" if one.value else one.text for one in refused.fields}
        except Conflict as refused:
            messages.error(request, refused.text)
            return redirect("catalog:product", product_id=product_id)
        else:
            messages.success(request, _("The appeal is sent. Another operator looks at it."))
            return redirect("catalog:product", product_id=product_id)
    return render(request, "catalog/appeal.html", {
        "nav_key": "products", "card": card, "decision": decision, "errors": errors,
        "comment": request.POST.get("comment", "")}, status=422 if errors else 200)


@user_view
@require_safe
def goods_rules(request: WebRequest) -> HttpResponse:
    """All policies in short."""
    return render(request, "catalog/policies.html", {
        "policies": policies.all_of(request.language), "nav_key": "products"})


@user_view
@require_safe
def goods_rule(request: WebRequest, policy_key: str) -> HttpResponse:
    """One policy, which decisions link to."""
    found = policies.get(policy_key, request.language)
    if found is None:
        raise NotFound()
    return render(request, "catalog/policy.html", {"policy": found, "nav_key": "products"})
