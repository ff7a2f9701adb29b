"""API keys of a shop: the list, a new one, and stopping one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sellerdesk.core import clock, rules
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.sellers import permissions, queries, services
from sellerdesk.sellers.web.forms import KeyForm
from sellerdesk.sellers.web.tables import KeyTable, key_line


@seller_view(permissions.KEY_VIEW)
def keys(request: HttpRequest) -> HttpResponse:
    now = clock.real_now()
    may_edit = request.can(permissions.KEY_EDIT)
    table = KeyTable(request)
    table.fill([key_line(row, now, may_edit) for row in queries.keys(request.seller)])
    return table.respond("sellers/keys.html", {"may_edit": may_edit})


@seller_view(permissions.KEY_EDIT)
@sensitive_variables("made")
def key_new(request: HttpRequest) -> HttpResponse:
    """The form, and after it the only page that ever shows the key."""
    now = clock.real_now()
    form = KeyForm(request.POST or None, longest=rules.get("sellers.key_life_days", "", now).value)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_key(seller=request.seller, user_id=request.user.pk, actor=request.actor,
                                       real_now=now, **form.cleaned_data)
        except DomainError as refused:
            ui_forms.add_errors(form, refused)
        else:
            return render(request, "sellers/key_made.html", {"made": made, "name": form.cleaned_data["name"]})
    return render(request, "sellers/key_new.html", {"form": form}, status=422 if form.errors else 200)


@seller_view(permissions.KEY_EDIT)
@require_POST
def key_deactivate(request: HttpRequest, key_id: int) -> HttpResponse:
    name = services.deactivate_key(seller=request.seller, key_id=key_id, actor=request.actor,
                                   real_now=clock.real_now())
    messages.success(request, _("The key “%(name)s” no longer works.") % {"name": name})
    return redirect("sellers:keys")
