"""The way to selling: the checklist, papers, corrections, the offer, and sending for review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, NotFound
from sellerdesk.core.http.access import require, seller_view, user_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui import tables as t
from sellerdesk.sellers import checklist, permissions, queries, states
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import documents, offers, onboarding
from sellerdesk.sellers.web.registration_forms import OWN_SCRIPT, CompanyForm

STATES = {key: t.Badge(label, wording.STATE_TONES[key]) for key, label in wording.STATES.items()}
_ICONS = {"accept_offer": "file", "phone": "phone", "document": "file", "profile_complete": "building",
          "attestation": "shield-check", "warehouse": "building-warehouse", "min_products": "package",
          "operator_review": "user-check"}
_OUTCOMES = {
    "done": t.Badge(pgettext_lazy("step", "Done"), "success"),
    "waiting": t.Badge(gettext_lazy("Being reviewed"), "info"),
    "wrong": t.Badge(pgettext_lazy("step", "Needs correction"), "danger"),
    "todo": t.Badge(pgettext_lazy("step", "Open"), "neutral"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item as the page shows it."""

    judged: checklist.Judged
    name: str
    note: str
    icon: str
    badge: t.Badge
    href: str = ""
    action: Any = ""

    @property
    def kind(self) -> str:
        return self.judged.item.kind

    @property
    def key(self) -> str:
        return self.judged.item.key

    @property
    def may_upload(self) -> bool:
        return self.kind == "document" and not self.judged.done

    @property
    def may_confirm(self) -> bool:
        return self.kind == "attestation" and not self.judged.done


_LINKS: dict[str, tuple[str, Any]] = {
    "accept_offer": ("sellers:offer", gettext_lazy("Read and accept")),
    "phone": ("sellers:register_phone", gettext_lazy("Confirm a number")),
    "profile_complete": ("sellers:company_edit", gettext_lazy("Fill in")),
    "warehouse": ("inventory:warehouse_new", gettext_lazy("Add warehouse")),
    "min_products": ("catalog:products", gettext_lazy("To the products")),
}


def _line(judged: checklist.Judged, language: str, missing: str) -> Line:
    item = judged.item
    href, action = "", ""
    if not judged.done and item.kind in _LINKS:
        name, action = _LINKS[item.kind]
        href = reverse(name) + ("?from=list" if item.kind == "phone" else "")
    note = ""
    if judged.paper is not None:
        note = judged.paper.file_name
        if judged.paper.state == "rejected":
            note = f"{note}: {wording.reason_text(judged.paper.reason)}"
    elif item.kind == "profile_complete" and judged.outcome == "todo":
        note = missing
    elif item.kind in ("warehouse", "min_products") and item.amount > 1:
        note = _("%(count)s of %(amount)s") % {"count": judged.count, "amount": item.amount}
    return Line(judged, localized(item.names, language), note, _ICONS[item.kind], _OUTCOMES[judged.outcome], href,
                action)


@seller_view(permissions.SHOP_VIEW)
@require_safe
def page(request: WebRequest) -> HttpResponse:
    """What is still to do before buyers see the shop, and what became of the papers."""
    return _page(request)


def _page(request: WebRequest, *, refused: DomainError | None = None, key: str = "") -> HttpResponse:
    seller, now = request.seller, clock.now()
    progress = queries.progress(seller, now)
    lines = [_line(one, request.language, _("The address and the director are still missing."))
             for one in progress.items]
    left = checklist.open_before_review(progress.items)
    may_edit = request.can(permissions.SHOP_EDIT)
    return render(request, "sellers/onboarding.html", {
        "progress": progress, "lines": lines, "badge": STATES[progress.state], "may_edit": may_edit,
        "reason": wording.reason_text(progress.reason), "left": len(left),
        "remarks": [(wording.FIELDS.get(field, field), wording.reason_text(text))
                    for field, text in progress.remarks.items()],
        "may_upload": request.can(permissions.PAPER_UPLOAD),
        "may_resume": request.can(permissions.SHOP_RESUME),
        "may_submit": request.can(permissions.SHOP_SUBMIT) and progress.state in states.MOVES["submit"].sources,
        "final": progress.state in states.FINAL, "refused": refused.text if refused else "", "refused_key": key,
        "country_name": formats.country(seller.country),
    }, status=422 if refused else 200)


@seller_view(permissions.PAPER_UPLOAD)
@require_POST
def upload(request: WebRequest, item_key: str) -> HttpResponse:
    """Hand in a paper. A refusal stands beside the item it was for."""
    file = request.FILES.get("file")
    try:
        if file is not None and file.size and file.size > documents.MAX_BYTES:
            # Refused by its announced size, before it is read into memory.
            data = b"\0" * (documents.MAX_BYTES + 1)
        else:
            data = file.read() if file is not None else b""
        documents.add_document(seller=request.seller, item_key=item_key, name=file.name or "" if file else "",
                               data=data, user_id=int(request.actor.id), actor=request.actor, now=clock.now())
    except NotFound:
        raise
    except DomainError as refused:
        return _page(request, refused=refused, key=item_key)
    messages.success(request, _("The document is stored encrypted; only reviewers can open it."))
    return redirect("sellers:onboarding")


@seller_view(permissions.SHOP_EDIT)
@require_POST
def confirm(request: WebRequest, item_key: str) -> HttpResponse:
    onboarding.confirm(seller=request.seller, item_key=item_key, user_id=int(request.actor.id), actor=request.actor,
                       now=clock.now())
    return redirect("sellers:onboarding")


@seller_view(permissions.SHOP_SUBMIT)
@require_POST
def submit(request: WebRequest) -> HttpResponse:
    try:
        onboarding.submit(seller=request.seller, actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refused.text)
    else:
        messages.success(request, _("We look at your papers within two working days and write to you then."))
    return redirect("sellers:onboarding")


@seller_view(permissions.SHOP_EDIT)
@require_http_methods(["GET", "POST"])
def company_edit(request: WebRequest) -> HttpResponse:
    """Give or correct the data of the company before they are approved."""
    seller = request.seller
    profile = queries.profile(seller)
    if not onboarding.free_to_edit(seller):
        return redirect("sellers:company")
    form = CompanyForm(request.POST if request.method == "POST" else None, own_script=profile.country in OWN_SCRIPT,
                       initial={name: getattr(profile, name) for name in wording.FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            onboarding.correct_company(seller=seller, values=form.cleaned_data, actor=request.actor, now=clock.now())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("sellers:onboarding")
    remarks = queries.progress(seller, clock.now()).remarks
    return render(request, "sellers/company_edit.html", {
        "form": form, "country_name": formats.country(profile.country),
        "rows": [(field, wording.reason_text(remarks.get(field.name, ""))) for field in form],
    }, status=422 if form.errors else 200)


@seller_view(permissions.SHOP_VIEW)
@require_http_methods(["GET", "POST"])
def offer(request: WebRequest) -> HttpResponse:
    """What must be accepted: the contract, or a policy by `?policy=`; without it whatever is most urgent.

    Whoever may accept for the company does it here. What was not accepted in time keeps the acts of other pages closed.
    """
    now = clock.now()
    waiting = queries.to_sign(request.seller, now, request.language)
    key = request.GET.get("policy", "") or (waiting[0].key if waiting else queries.OFFER)
    current = next((one for one in waiting if one.key == key), None) or queries.current_offer(
        now, request.language, key[:40])
    if current is None:
        raise NotFound()
    if request.method == "POST":
        require(request, permissions.OFFER_ACCEPT)
        try:
            offers.accept_offer(seller=request.seller, offer_id=int(request.POST.get("offer", "0") or 0),
                                user_id=int(request.actor.id), actor=request.actor, now=now)
        except (DomainError, ValueError) as refused:
            messages.error(request, refused.text if isinstance(refused, DomainError) else _("Read the offer first."))
            return redirect("sellers:offer")
        messages.success(request, _("Thank you. It is accepted for the company."))
        if len(waiting) > 1:
            return redirect("sellers:offer")
        return redirect("sellers:onboarding" if not request.seller.may_sell else "/")
    return render(request, "sellers/offer.html", {
        "offer": current, "until": current.until, "closed": current.until is not None and current.until <= now,
        "of_policy": current.key != queries.OFFER, "others": [one for one in waiting if one.key != current.key],
        "may_edit": request.can(permissions.OFFER_ACCEPT)})


@user_view
@require_safe
def shops(request: WebRequest) -> HttpResponse:
    """Every shop of a person, with its state, and the way to open another one."""
    return render(request, "sellers/shops.html", {"rows": [
        (shop, STATES[shop.ref.state], formats.country(shop.ref.country)) for shop in request.shops],
        "closed": queries.closed_shops(int(request.actor.id))})
