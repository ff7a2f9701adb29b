"""Ready answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sellerdesk.core import clock
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http import refusal_text
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.messaging import permissions, queries, rules, services
from sellerdesk.messaging.errors import TemplateNotFound


@require_http_methods(["GET", "POST"])
@seller_view(permissions.WRITE)
def templates(request: WebRequest) -> HttpResponse:
    """All of them, and a new one."""
    return _save(request, None) if request.method == "POST" else _page(request)


@require_http_methods(["GET", "POST"])
@seller_view(permissions.WRITE)
def template(request: WebRequest, template_id: int) -> HttpResponse:
    """Change one."""
    found = next((one for one in queries.templates(request.seller) if one.id == template_id), None)
    if found is None:
        raise TemplateNotFound()
    if request.method == "POST":
        return _save(request, template_id)
    return _page(request, template_id, found.name, found.text)


def _save(request: WebRequest, template_id: int | None) -> HttpResponse:
    name, text = request.POST.get("name", ""), request.POST.get("text", "")
    try:
        services.save_template(seller=request.seller, name=name, text=text, template_id=template_id,
                               actor=request.actor, now=clock.now())
    except DomainError as refused:
        if refused.kind == "not_found":
            raise
        return _page(request, template_id, name, text, refusal_text(refused))
    messages.success(request, _("The template is saved."))
    return redirect("messaging:templates")


def _page(request: WebRequest, template_id: int | None = None, name: str = "", text: str = "",
          error: str = "") -> HttpResponse:
    return render(request, "messaging/templates.html", {
        "rows": queries.templates(request.seller), "template_id": template_id, "name": name, "text": text,
        "error": error, "variables": [f"{{{one}}}" for one in rules.VARIABLES], "nav_key": "chats",
    }, status=422 if error else 200)


@require_POST
@seller_view(permissions.WRITE)
def delete(request: WebRequest, template_id: int) -> HttpResponse:
    services.delete_template(seller=request.seller, template_id=template_id, actor=request.actor, now=clock.now())
    messages.success(request, _("The template is deleted."))
    return redirect("messaging:templates")
