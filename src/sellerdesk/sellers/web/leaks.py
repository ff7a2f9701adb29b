"""Where leak scanners report keys they found.

The report is signed: `Leak-Timestamp` holds seconds since 1970, `Leak-Signature` the hex HMAC-SHA256, under
LEAK_REPORT_SECRET, of timestamp, a dot and the body. It is taken within five minutes and only once. The body is a JSON
list of `{"token": text, "url": where}`; the answer says for each, in the same order, whether it was a key of ours.
"""

from __future__ import annotations

import hashlib
import hmac

import msgspec
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from sellerdesk.core import clock, limits
from sellerdesk.core.actor import Actor
from sellerdesk.core.crypto import same
from sellerdesk.core.errors import NotFound
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.sellers import services

LIFE_SECONDS = 300
BODY_LIMIT_BYTES = 512 * 1024
REPORTS_MAX = 500


class Report(msgspec.Struct):
    token: str
    url: str = ""


@csrf_exempt
@public_view
@require_POST
@sensitive_variables("reports", "body")
def leaks(request: WebRequest) -> HttpResponse:
    """Kill the keys of a signed report. Without a secret in the settings there is nothing here."""
    if not settings.LEAK_REPORT_SECRET:
        raise NotFound()
    if int(request.META.get("CONTENT_LENGTH") or 0) > BODY_LIMIT_BYTES:
        return JsonResponse({"error": "too large"}, status=413)
    body = request.read(BODY_LIMIT_BYTES)
    fault = _signature_fault(request, body)
    if fault:
        return JsonResponse({"error": fault}, status=401)
    try:
        reports = msgspec.json.decode(body, type=list[Report])
    except msgspec.DecodeError:
        return JsonResponse({"error": "expected a list of {token, url}"}, status=400)
    if len(reports) > REPORTS_MAX:
        return JsonResponse({"error": f"at most {REPORTS_MAX} at once"}, status=400)
    results = services.report_leaks(found=[(one.token, one.url) for one in reports],
                                    actor=Actor.system("leak report"), real_now=clock.real_now())
    return JsonResponse({"results": [{"label": "true_positive" if known else "false_positive"} for known in results]})


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The signature a reporter sends."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _signature_fault(request: WebRequest, body: bytes) -> str:
    timestamp, signature = request.headers.get("Leak-Timestamp", ""), request.headers.get("Leak-Signature", "")
    if not same(signature, sign(settings.LEAK_REPORT_SECRET, timestamp, body)):
        return "bad signature"
    if not (timestamp.isascii() and timestamp.isdigit()
            and abs(clock.real_now().timestamp() - int(timestamp[:12])) <= LIFE_SECONDS):
        return "too old"
    # Longer than the signature is good for, so a replay finds the mark.
    if not limits.hit("leak-report", signature, limit=1, seconds=2 * LIFE_SECONDS + 60).allowed:
        return "replayed"
    return ""
