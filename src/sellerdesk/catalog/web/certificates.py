"""A shop's papers about goods: handed in, bound to products, renewed."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sellerdesk.catalog.errors import unknown_products
from sellerdesk.catalog.permissions import PRODUCT_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.queries import certificates as reading
from sellerdesk.catalog.queries import wording as words
from sellerdesk.catalog.services import certificates, paperfiles
from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError, Invalid, NotFound
from sellerdesk.core.http import posted
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.components import TabLink
from sellerdesk.core.ui.forms import add_errors, offer

_MAX_FILES = 10
_MAX_NAMED = 1000
_PARTS = re.compile(r"[\s,;]+")


class CertificateForm(forms.Form):
    type = forms.ChoiceField(label=gettext_lazy("Kind of paper"))
    accordance = forms.ChoiceField(label=gettext_lazy("What it attests"), required=False)
    number = forms.CharField(label=gettext_lazy("Number on the paper"), max_length=100)
    name = forms.CharField(label=gettext_lazy("Name for your list"), max_length=200)
    issued_on = forms.DateField(label=gettext_lazy("Issued on"), widget=forms.DateInput(attrs={"type": "date"}))
    expires_on = forms.DateField(label=pgettext_lazy("certificate", "Valid until"), required=False,
                                 help_text=gettext_lazy("Empty: without end."),
                                 widget=forms.DateInput(attrs={"type": "date"}))
    brand_id = forms.IntegerField(label=pgettext_lazy("certificate", "Brand"), required=False,
                                  help_text=gettext_lazy("Only for papers of a brand."), widget=forms.Select())
    products = forms.CharField(label=gettext_lazy("Products it covers"), required=False,
                               help_text=gettext_lazy("Offer IDs, parted by spaces, commas or new lines."),
                               widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, language: str, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offer(self, "type", list(words.PAPERS.items()))
        offer(self, "accordance", [("", "—"), *certificates.ACCORDANCE.items()])
        self.fields["brand_id"].widget.choices = [("", "—"), *reading.brands(language)]

    def paper(self) -> certificates.Paper:
        said = self.cleaned_data
        return certificates.Paper(
            type=said.get("type", ""), number=said.get("number", ""), name=said.get("name", ""),
            issued_on=said.get("issued_on"), expires_on=said.get("expires_on"), accordance=said.get("accordance", ""),
            brand_id=said.get("brand_id"))


@seller_view(PRODUCT_VIEW)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """The shop's papers by state, with what ends soon."""
    state = request.GET.get("state", "")
    state = state if state in reading.STATES else ""
    page = reading.certificates_page(request.seller, state=state, cursor=request.GET.get("cursor") or None)
    counts, here, today = reading.state_counts(request.seller), reverse("catalog:certificates"), clock.now().date()
    return render(request, "catalog/certificates.html", {
        "nav_key": "certificates", "next_cursor": page.next_cursor, "state": state,
        "tabs": [TabLink(_("All"), here, count=sum(counts.values()), active=not state),
                 *(TabLink(words.CERTIFICATE_STATES[one].label, f"{here}?state={one}", count=counts[one],
                           active=one == state) for one in reading.STATES if counts[one])],
        "rows": [(row, words.PAPERS[row.type], words.certificate_badge(row),
                  (row.expires_on - today).days if row.expires_on and row.state == "accepted" else None)
                 for row in page.rows], "may_edit": request.can(PRODUCT_EDIT)})


@seller_view(PRODUCT_EDIT)
@require_http_methods(["GET", "POST"])
def new(request: WebRequest) -> HttpResponse:
    """Hand in a paper; with `replaces` it renews another one and covers the same products."""
    replaced = posted.number(request.GET.get("replaces", ""))
    old = reading.certificate(replaced, request.seller) if replaced else None
    start = {"type": old.type, "accordance": old.accordance, "name": old.name, "brand_id": old.brand_id} if old else {
        "type": request.GET.get("type", "declaration"), "products": request.GET.get("products", "")[:400]}
    form = CertificateForm(request.language, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST":
        form.is_valid()
        try:
            found = _named(request, form.cleaned_data.get("products", ""))
            if form.errors:
                raise Invalid.many([])
            made = certificates.create(
                seller=request.seller, paper=form.paper(), files=_files(request), product_ids=found,
                replaces_id=old.id if old else None, actor=request.actor, now=clock.now())
        except Invalid as refused:
            add_errors(form, refused)
        except DomainError as refused:
            form.add_error(None, refused.text)
        else:
            messages.success(request, _("The certificate is handed in."))
            return redirect("catalog:certificate", made)
    return render(request, "catalog/certificate_new.html", {"nav_key": "certificates", "form": form, "old": old},
                  status=422 if form.errors else 200)


def _files(request: WebRequest) -> list[tuple[str, bytes]]:
    return [(one.name or "", one.read()) for one in request.FILES.getlist("files")[:_MAX_FILES]]


def _named(request: WebRequest, text: str) -> list[int]:
    """The products named by offer ids. Raises Invalid naming the first that is unknown."""
    wanted = list(dict.fromkeys(part for part in _PARTS.split(text) if part))[:_MAX_NAMED]
    ids, unknown = reading.unknown_products(request.seller, wanted) if wanted else ([], [])
    if unknown:
        raise unknown_products("products", unknown)
    return ids


@seller_view(PRODUCT_VIEW)
@require_safe
def certificate(request: WebRequest, certificate_id: int) -> HttpResponse:
    return _page(request, certificate_id)


def _page(request: WebRequest, certificate_id: int, *, status: int = 200, error: str = "",
          typed: str = "") -> HttpResponse:
    row = reading.certificate(certificate_id, request.seller)
    page = reading.covered(certificate_id, cursor=request.GET.get("c"))
    return render(request, "catalog/certificate.html", {
        "nav_key": "certificates", "row": row, "badge": words.certificate_badge(row), "kind": words.PAPERS[row.type],
        "accordance": certificates.ACCORDANCE.get(row.accordance, ""), "products": page.rows, "page": page,
        "error": error,
        "typed": typed, "reason": certificates.DECLINE_REASONS.get(row.reason, ""), "today": clock.now().date(),
        "hidden": reading.hidden_by(certificate_id),
        "may_edit": request.can(PRODUCT_EDIT)}, status=status)


def _act(request: WebRequest, certificate_id: int, act: Any, typed: str = "") -> HttpResponse:
    """Do one thing and go back to the paper; a refusal shows it with the reason."""
    try:
        text = act()
    except NotFound:
        raise
    except DomainError as refused:
        first = refused.fields[0] if refused.fields else None
        said = f"{first.value}: {first.text}" if first and first.value else refused.text if not first else first.text
        return _page(request, certificate_id, status=422, error=said, typed=typed)
    messages.success(request, text)
    return redirect("catalog:certificate", certificate_id)


@seller_view(PRODUCT_EDIT)
@require_POST
def send(request: WebRequest, certificate_id: int) -> HttpResponse:
    """Add the files and send the paper to review."""
    def act() -> str:
        certificates.send(seller=request.seller, certificate_id=certificate_id, files=_files(request),
                          actor=request.actor, now=clock.now())
        return _("Sent to review.")

    return _act(request, certificate_id, act)


@seller_view(PRODUCT_EDIT)
@require_POST
def bind(request: WebRequest, certificate_id: int) -> HttpResponse:
    """Let the paper cover more products, or fewer."""
    reading.certificate(certificate_id, request.seller)
    typed = request.POST.get("products", "")

    def act() -> str:
        if "unbind" in request.POST:
            gone = posted.numbers(request.POST.getlist("unbind"))
            count = certificates.unbind(seller=request.seller, certificate_id=certificate_id, product_ids=gone,
                                        actor=request.actor, now=clock.now())
            return ngettext("%(count)s product taken off.", "%(count)s products taken off.", count) % {"count": count}
        count = certificates.bind(seller=request.seller, certificate_id=certificate_id,
                                  product_ids=_named(request, typed), actor=request.actor, now=clock.now())
        return ngettext("%(count)s product added.", "%(count)s products added.", count) % {"count": count}

    return _act(request, certificate_id, act, typed)


@seller_view(PRODUCT_EDIT)
@require_POST
def restore(request: WebRequest, certificate_id: int) -> HttpResponse:
    """Bring back what an expired paper hid, in one click."""
    def act() -> str:
        count = certificates.restore(seller=request.seller, certificate_id=certificate_id, actor=request.actor,
                                     now=clock.now())
        return ngettext("%(count)s product is back.", "%(count)s products are back.", count) % {"count": count}

    return _act(request, certificate_id, act)


@seller_view(PRODUCT_EDIT)
@require_POST
def remove(request: WebRequest, certificate_id: int) -> HttpResponse:
    """Throw the paper away with its files."""
    certificates.remove(seller=request.seller, certificate_id=certificate_id, actor=request.actor, now=clock.now())
    messages.success(request, _("The certificate is deleted."))
    return redirect("catalog:certificates")


@seller_view(PRODUCT_VIEW)
@require_safe
def paper(request: WebRequest, certificate_id: int, file_id: int) -> HttpResponse:
    """A file of one's own paper."""
    if file_id not in {one.id for one in reading.certificate(certificate_id, request.seller).files}:
        raise NotFound()
    _name, kind, data = paperfiles.open_file(file_id=file_id, seller_id=request.seller.id)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = "attachment; filename=\"paper\""
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer
