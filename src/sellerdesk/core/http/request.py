"""What a request is once our middlewares have seen it; views and helpers of pages name this type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from sellerdesk.accounts.types import RequestInfo
    from sellerdesk.core.actor import Actor
    from sellerdesk.core.errors import Forbidden
    from sellerdesk.sellers.types import SellerRef, Shop


class WebRequest(HttpRequest):
    """Django's request with what is added to it. No such object is ever made: it tells a type checker what is there.

    Without it the checker would have to be silent about every attribute that does not exist, the misspelt ones too.
    `seller` and `actor` are given where a view's mark of access promises them: None stands there for guests, and for
    people of no shop.
    """

    #: The reader's language, one of settings.LANGUAGES.
    language: str
    #: Where the request comes from, for security events.
    origin: Callable[[], RequestInfo]
    htmx: HtmxDetails
    session: Any
    user: Any
    request_id: str
    #: The shop the page is about.
    seller: SellerRef
    shops: list[Shop]
    role: str
    #: Only these warehouses; none means all.
    warehouse_ids: tuple[int, ...]
    #: The name of the role that the person is trying on; empty for none.
    preview: str
    permissions: frozenset[str]
    can: Callable[[str], bool]
    right_missing: Callable[[str], Forbidden]
    actor: Actor
    #: True where a page asks by itself: nobody need be sitting there.
    background: bool
    #: The key and the shop of a call of the Seller API: (key id, seller id).
    api_key: tuple[int, int]
