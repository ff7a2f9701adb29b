"""Legal data of the company: what is in force, and asking for others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.fresh import fresh_proof
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui import tables as t
from sellerdesk.sellers import permissions, queries
from sellerdesk.sellers.queries import wording
from sellerdesk.sellers.services import documents, latin, legal, onboarding
from sellerdesk.sellers.web.registration_forms import OWN_SCRIPT, ChangeForm

CHANGE_STATES = {
    "in_review": t.Badge(pgettext_lazy("change", "In review"), "info"),
    "approved": t.Badge(pgettext_lazy("change", "In force"), "success"),
    "rejected": t.Badge(pgettext_lazy("change", "Refused"), "danger"),
    "withdrawn": t.Badge(pgettext_lazy("change", "Taken back"), "neutral"),
}

NAME_STATES = {
    "in_review": t.Badge(pgettext_lazy("shop name", "In review"), "info"),
    "confirmed": t.Badge(pgettext_lazy("shop name", "Confirmed"), "success"),
    "refused": t.Badge(pgettext_lazy("shop name", "Refused"), "danger"),
    "legal_name": t.Badge(pgettext_lazy("shop name", "Changed to the name of the company"), "warning"),
    "corrected": t.Badge(pgettext_lazy("shop name", "Changed by support"), "warning"),
    "withdrawn": t.Badge(pgettext_lazy("shop name", "Taken back"), "neutral"),
}


@seller_view(permissions.SHOP_VIEW)
@require_safe
def company(request: WebRequest) -> HttpResponse:
    profile = queries.profile(request.seller)
    facts = [(_("Country"), formats.country(profile.country)),
             *((label, getattr(profile, name)) for name, label in wording.FIELDS.items()
               if name != "local_name" or profile.local_name)]
    changes = queries.legal_changes(request.seller)
    names = queries.name_changes(request.seller)
    return render(request, "sellers/company.html", {
        "facts": facts, "profile": profile, "free": onboarding.free_to_edit(request.seller),
        "approved": onboarding.approved_once(request.seller),
        "may_edit": request.can(permissions.SHOP_EDIT), "may_change": request.can(permissions.COMPANY_CHANGE),
        "may_name": request.can(permissions.NAME_ASK), "may_holiday": request.can(permissions.HOLIDAY_EDIT),
        "may_close": request.can(permissions.SHOP_CLOSE),
        "open": any(one.state == "in_review" for one in changes),
        "name_changes": [(one, NAME_STATES[one.state], wording.reason_text(one.remark)) for one in names],
        "name_open": any(one.state == "in_review" for one in names),
        "changes": [(one, CHANGE_STATES[one.state], [
            (wording.FIELDS[name], one.before.get(name) or getattr(profile, name), text)
            for name, text in one.changes.items()], wording.reason_text(one.remark)) for one in changes]})


@seller_view(permissions.SHOP_EDIT)
@require_POST
def company_latin(request: WebRequest) -> HttpResponse:
    """Write how declarations spell the company's address."""
    try:
        latin.write_address(seller=request.seller, text=request.POST.get("latin_address", "")[:400],
                            actor=request.actor, now=clock.now())
    except DomainError as refused:
        messages.error(request, refusal_text(refused))
    else:
        messages.success(request, _("Declarations spell the address like this."))
    return redirect("sellers:company")


@seller_view(permissions.COMPANY_CHANGE)
@fresh_proof(15, reading=True)
@require_http_methods(["GET", "POST"])
def company_change(request: WebRequest) -> HttpResponse:
    """Ask for other legal data. Who is asked for a fresh proof is asked before the form is filled in."""
    seller = request.seller
    if not onboarding.approved_once(seller):
        return redirect("sellers:company")
    profile = queries.profile(seller)
    sent = request.method == "POST"
    form = ChangeForm(request.POST if sent else None, request.FILES if sent else None,
                      own_script=profile.country in OWN_SCRIPT,
                      initial={name: getattr(profile, name) for name in wording.FIELDS})
    if sent and form.is_valid():
        file, texts = form.cleaned_data["file"], dict(form.cleaned_data)
        data = file.read(documents.MAX_BYTES + 1)
        try:
            legal.ask_change(seller=seller, values={name: texts[name] for name in legal.CHANGEABLE if name in texts},
                             reason=texts["reason"], file_name=file.name or "", data=data,
                             user_id=int(request.actor.id), actor=request.actor, now=clock.now())
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            messages.success(request, _("We look at the change. The old data stay in force until then."))
            return redirect("sellers:company")
    return render(request, "sellers/company_change.html", {
        "form": form, "number": profile.registration_number}, status=422 if form.errors else 200)


@seller_view(permissions.COMPANY_CHANGE)
@require_POST
def company_withdraw(request: WebRequest, change_id: int) -> HttpResponse:
    legal.withdraw(seller=request.seller, change_id=change_id, actor=request.actor, now=clock.now())
    messages.success(request, _("The change was taken back."))
    return redirect("sellers:company")
