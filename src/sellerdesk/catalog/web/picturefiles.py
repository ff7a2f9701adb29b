"""Pictures by file name: the upload, the dry run, what became of each file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sellerdesk.catalog import picture_states, queries, services
from sellerdesk.catalog.errors import FileRefused, UploadMoved
from sellerdesk.catalog.permissions import CHANGE_UNDO, PICTURE_EDIT, PRODUCT_VIEW
from sellerdesk.catalog.picture_types import FileInfo, UploadInfo
from sellerdesk.catalog.rules import MAX_IMAGES
from sellerdesk.catalog.services import archives
from sellerdesk.core import clock
from sellerdesk.core.errors import FieldError
from sellerdesk.core.http.access import seller_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import tables as t

_PRODUCTS = 100
#: Signs that make a spreadsheet program take a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
STATE = {
    "waiting": t.Badge(pgettext_lazy("pictures", "Waiting"), "neutral"),
    "reading": t.Badge(pgettext_lazy("pictures", "Being read"), "info"),
    "ready": t.Badge(pgettext_lazy("pictures", "Waits for you"), "warning"),
    "applying": t.Badge(pgettext_lazy("pictures", "Being saved"), "info"),
    "done": t.Badge(pgettext_lazy("pictures", "Saved"), "success"),
    "partly": t.Badge(pgettext_lazy("pictures", "Saved, some left out"), "warning"),
    "failed": t.Badge(pgettext_lazy("pictures", "Not read"), "danger"),
    "stopped": t.Badge(pgettext_lazy("pictures", "Not saved"), "neutral"),
}


def state_of(upload: UploadInfo) -> t.Badge:
    return STATE["partly" if upload.state == "done" and upload.not_saved else upload.state]


def title_of(upload: UploadInfo) -> str:
    return upload.file_name or ngettext("%(total)s file", "%(total)s files", upload.total) % {"total": upload.total}


@require_http_methods(["GET", "POST"])
@seller_view(PICTURE_EDIT)
def index(request: WebRequest) -> HttpResponse:
    """The upload, and those before. What cannot be one is refused at once, with the reason."""
    problem = ""
    now = clock.now()
    if request.method == "POST":
        try:
            upload_id = services.picturefiles.upload(
                seller=request.seller, actor=request.actor, now=now,
                files=[(each.name or "", each.file) for each in request.FILES.getlist("files") if each.file])
            return redirect("catalog:picture_upload", upload_id=upload_id)
        except FileRefused as refused:
            problem = " ".join(field.text for field in refused.fields)
    page = queries.pictures.uploads(request.seller, cursor=request.GET.get("c"))
    return render(request, "catalog/picture_uploads.html", {
        "nav_key": "pictures", "problem": problem, "limits": services.picturefiles.limits(now),
        "limit_mb": archives.MAX_BYTES // (1024 * 1024),
        "page": page, "uploads": [(each, title_of(each), state_of(each)) for each in page.rows]},
        status=422 if problem else 200)


@require_GET
@seller_view(PRODUCT_VIEW)
def result(request: WebRequest, upload_id: int) -> HttpResponse:
    """One upload: progress, the dry run, the report. Polled as a fragment. Raises UploadUnknown."""
    return _page(request, queries.pictures.upload(request.seller, upload_id))


def _page(request: WebRequest, upload: UploadInfo, *, problem: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "nav_key": "pictures", "upload": upload, "title": title_of(upload), "state": state_of(upload),
        "here": reverse("catalog:picture_upload", args=[upload.id]), "problem": problem,
        "percent": upload.done * 100 // upload.total if upload.total else None, "most": MAX_IMAGES,
        "may_edit": request.can(PICTURE_EDIT)}
    if not upload.running and upload.state != "failed":
        products = queries.pictures.foreseen(request.seller, upload.id, limit=_PRODUCTS)
        context |= {
            "products": products, "going": sum(len(one.going) for one in products),
            "over": sum(len(one.has) + len(one.files) > MAX_IMAGES for one in products),
            "wrong": [(file, _reason(file)) for file in queries.pictures.files(
                request.seller, upload.id, states=picture_states.NOT_SAVED)]}
    if upload.batch_id:
        batch = queries.changes.batch(request.seller, upload.batch_id)
        context |= {"batch": batch, "may_undo": batch.may_undo(clock.now()) and request.can(CHANGE_UNDO)}
    partial = request.htmx and (request.htmx.target or "").endswith("pictures-state")
    return render(request, "catalog/_picture_upload.html" if partial else "catalog/picture_upload.html", context,
                  status=status)


def _reason(file: FileInfo) -> str:
    return file.why.text if isinstance(file.why, FieldError) else _("No product has this offer ID, SKU or barcode.")


@require_POST
@seller_view(PICTURE_EDIT)
def steer(request: WebRequest, upload_id: int) -> HttpResponse:
    """The answer to the dry run: replace, add or stop. Raises UploadUnknown."""
    act = request.POST.get("act", "")
    try:
        if act == "stop":
            services.picturefiles.stop(seller=request.seller, upload_id=upload_id, now=clock.now())
        else:
            services.picturefiles.confirm(seller=request.seller, upload_id=upload_id, mode=act, actor=request.actor,
                                          now=clock.now())
    except UploadMoved as moved:
        return _page(request, queries.pictures.upload(request.seller, upload_id), problem=moved.text, status=409)
    return redirect("catalog:picture_upload", upload_id=upload_id)


@require_GET
@seller_view(PRODUCT_VIEW)
def left_out(request: WebRequest, upload_id: int) -> HttpResponse:
    """Files that are on no card, as CSV: name, reason, offer ids that read alike. Raises UploadUnknown."""
    queries.pictures.upload(request.seller, upload_id)
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow([_("File"), _("Why"), _("Closest offer IDs")])
    for file in queries.pictures.files(request.seller, upload_id, states=picture_states.NOT_SAVED):
        rows.writerow([_harmless(text) for text in (file.name, _reason(file), "; ".join(file.closest))])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"pictures-{upload_id}-left-out.csv") or ""
    return response


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
