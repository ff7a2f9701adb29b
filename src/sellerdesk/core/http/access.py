"""Who may open a page. Every view carries exactly one of these marks; a test walks the URLs and checks.

`request.seller`, `request.permissions`, `request.shops` and `request.actor` are put there by the shop middleware of
the sellers domain; this module only reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import scope
from sellerdesk.core.errors import Forbidden, NotFound
from sellerdesk.core.http.request import WebRequest

View = Callable[..., HttpResponseBase]


def require(request: WebRequest, permission: str) -> None:
    """For views whose right depends on what is asked. Raises Forbidden saying which right is missing.

    The domain that knows roles puts `request.right_missing` there, which also says who can grant it.
    """
    if permission not in request.permissions:
        explain = getattr(request, "right_missing", None)
        if explain is not None:
            raise explain(permission)
        raise Forbidden("right_missing", _("Your role in this shop lacks the right “%(right)s”. "
                                           "The owner of the shop can grant it."), data={"right": permission})


def seller_view(permission: str) -> Callable[[View], View]:
    """A page of one shop, for members with the right. Without a shop it leads to registration."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if getattr(request, "seller", None) is None:
                return redirect("sellers:register")
            require(request, permission)
            return view(request, *args, **kwargs)

        guarded.access = ("seller", permission)  # type: ignore[attr-defined]
        return guarded

    return mark


def operator_view(permission: str) -> Callable[[View], View]:
    """A page of the operator's console. For everybody else it does not exist."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.is_operator:
                raise NotFound()
            if permission not in request.permissions:
                raise Forbidden("right_missing", _("Your role as an operator lacks the right “%(right)s”."),
                                data={"right": permission})
            with scope.across_shops():
                return view(request, *args, **kwargs)

        guarded.access = ("operator", permission)  # type: ignore[attr-defined]
        return guarded

    return mark


def user_view(view: View) -> View:
    """A page for anybody signed in."""

    @wraps(view)
    def guarded(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = ("user", "")  # type: ignore[attr-defined]
    return guarded


def public_view(view: View) -> View:
    """A page for everybody."""

    @wraps(view)
    def guarded(request: WebRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    guarded.access = ("public", "")  # type: ignore[attr-defined]
    return guarded
