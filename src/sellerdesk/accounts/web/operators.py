"""The console stays shut for operators without a second step, unless the marketplace's rule says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sellerdesk.accounts import queries, standing
from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest


class OperatorFactorMiddleware:
    """Leads to where the second step is set up. Pages outside the console stay open, for signing out above all."""

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: WebRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user: Any = request.user
        if getattr(view, "access", ("",))[0] != "operator" or not user.is_authenticated or not user.is_operator:
            return None
        if not standing.operators_asked_since(clock.real_now()) or queries.has_second_factor(user.pk):
            return None
        page = reverse("accounts:security")
        if getattr(request, "htmx", False):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = page
            return answer
        return redirect(page)
