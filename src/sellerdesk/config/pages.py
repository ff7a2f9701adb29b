"""What people see when something is not there or went wrong. Callers of the API never come here: its urls end in a
catch-all of their own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sellerdesk.core.http.request import WebRequest


def _page(request: WebRequest, status: int, message: str) -> HttpResponse:
    return render(request, "core/error.html", {"status": status, "message": message}, status=status)


def bad_request(request: WebRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, _("The request could not be understood. Go back and try again."))


def forbidden(request: WebRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, _("You do not have the right to open this."))


def form_refused(request: WebRequest, reason: str = "") -> HttpResponse:
    """A form without our token: an old page, a browser that keeps no cookies, or another site."""
    return _page(request, 403, _("This form is out of date, or your browser keeps no cookies. Go back, load the page "
                                 "again and send the form once more."))


def not_found(request: WebRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, _("There is nothing here, or it belongs to someone else."))


def server_error(request: WebRequest) -> HttpResponse:
    return _page(request, 500, _("Something broke on our side. The error is recorded; please try again in a minute."))
