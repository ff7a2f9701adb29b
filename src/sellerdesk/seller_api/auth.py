"""From the headers of a request to a known program: key, budget, right."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from sellerdesk.core import scope
from sellerdesk.core.errors import DomainError
from sellerdesk.core.http.request import WebRequest
from sellerdesk.seller_api import budget, errors
from sellerdesk.seller_api.schemas.base import INT64_MAX
from sellerdesk.sellers import queries as sellers
from sellerdesk.sellers import services as shops
from sellerdesk.sellers.types import KeyCaller


def caller_of(request: WebRequest, real_now: datetime) -> KeyCaller:
    """Who asks. Raises ApiError in the words the compatible API uses for missing, malformed and refused keys.

    Failed proofs are counted per network address before the database is asked, so guessing keys stays cheap for us,
    and nobody can use up a seller's budget without the seller's key.
    """
    client_id, api_key = request.headers.get("Client-Id"), request.headers.get("Api-Key")
    if client_id is None or not api_key:
        raise errors.headers_missing()
    if not (client_id.isascii() and client_id.isdigit()) or int(client_id[:40]) == 0:
        raise errors.client_id_malformed()
    address = address_of(request)
    wait = budget.exhausted(budget.FAILED_KEYS, address)
    if wait:
        raise errors.too_many_requests(wait)
    try:
        if len(client_id) > len(str(INT64_MAX)) or int(client_id) > INT64_MAX:
            raise errors.key_invalid()
        # From here on the database shows the shop that the caller claims to be, so no key of another one can be found.
        scope.narrow(int(client_id))
        caller = sellers.authenticate_key(client_id=int(client_id), api_key=api_key, address=address, real_now=real_now)
    except errors.ApiError:
        budget.spend(budget.FAILED_KEYS, address)
        raise
    except DomainError as error:
        budget.spend(budget.FAILED_KEYS, address)
        if "key_id" in error.data:
            # The key was proved before it was refused, so its shop may see the try in the key's log.
            request.api_key = (error.data["key_id"], error.data["seller_id"])
        raise errors.from_domain(error) from None
    request.api_key = (caller.key_id, caller.seller.id)
    shops.touch_key(caller=caller, address=address, method=request.path, real_now=real_now)
    return caller


def address_of(request: WebRequest) -> str:
    """The network address of the caller, seen through as many proxies as the operator declared."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        hops = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
