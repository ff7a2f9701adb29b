"""The door for mail servers: an answer to a letter, as it came."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sellerdesk.core import clock, crypto
from sellerdesk.core.errors import DomainError, Forbidden, NotFound
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.answers import STATUS
from sellerdesk.core.http.request import WebRequest
from sellerdesk.support import services
from sellerdesk.support.errors import MailRefused
from sellerdesk.support.services.incoming import MOST_BYTES


# A mail server has no cookie to forge with; the shared secret is its proof.
@csrf_exempt
@public_view
@require_POST
def mail(request: WebRequest) -> HttpResponse:
    """Takes RFC 822. 200 with the ticket, 4xx with code and reason; the same mail twice is taken once."""
    if not settings.MAIL_IN_SECRET:
        raise NotFound()
    try:
        if not crypto.same(request.headers.get("X-Mail-Secret", ""), settings.MAIL_IN_SECRET):
            raise Forbidden("mail_secret_wrong")
        if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
            raise MailRefused("larger than 30 MB")
        ticket_id = services.take_mail(data=request.read(MOST_BYTES + 1), now=clock.now())
    except DomainError as refused:
        return JsonResponse({"code": refused.code, "message": refused.text}, status=STATUS[refused.kind])
    return JsonResponse({"ticket": f"T-{ticket_id}"})
