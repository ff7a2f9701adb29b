"""The operator's tariffs of carriers: versions, and new ones from a sheet that is looked at first."""

from __future__ import annotations

import json

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sellerdesk.console.web.sources import SourcedForm
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.i18n import localized
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.logistics import queries
from sellerdesk.logistics.services import tariff_sheets
from sellerdesk.logistics.types import SheetPlan
from sellerdesk.sellers import permissions

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE = {"area": "console", "nav_key": "tariffs"}
_SHOWN = 200


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Sheet"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), help_text=_(
        "Begin with the sheet of the tariffs in force. Tariffs that it does not name stay as they are."))


class ConfirmForm(SourcedForm):
    rows = forms.CharField(widget=forms.HiddenInput)
    valid_from = forms.DateTimeField(label=pgettext_lazy("rule", "In force from"), required=False,
                                     help_text=_("Empty: at once."),
                                     widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def clean_rows(self) -> list[tuple[int, dict[str, str]]]:
        """The rows of the sheet as the page carried them; they are judged anew."""
        try:
            return [(int(number), {str(key): str(text) for key, text in cells.items()})
                    for number, cells in json.loads(self.cleaned_data["rows"])]
        except (ValueError, TypeError, AttributeError):
            raise forms.ValidationError(_("The sheet got lost on the way. Upload it again.")) from None


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    now = clock.now()
    return render(request, "console/tariffs.html", {
        **_PAGE, "form": UploadForm(), "rows": [
            {"row": row, "name": localized(row.names, request.language), "carrier": localized(row.carrier_names,
                                                                                   request.language),
             "waits": row.valid_from > now} for row in queries.tariffs_in_force(now)]})


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def sheet(request: WebRequest) -> HttpResponse:
    """The tariffs in force as a workbook to be changed."""
    now = clock.now()
    response = HttpResponse(tariff_sheets.sheet(language=request.language, now=now), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="tariffs-{now:%Y-%m-%d}.xlsx"'
    return response


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def tariff(request: WebRequest, tariff_key: str) -> HttpResponse:
    """One tariff: the lines of one version, and all versions."""
    versions, now = queries.tariff_versions(tariff_key), clock.now()
    wanted = request.GET.get("version", "")
    shown = (next((one for one in versions if str(one.id) == wanted), None)
             or next((one for one in versions if one.valid_at(now)), versions[0]))
    return render(request, "console/tariff.html", {
        **_PAGE, "tariff_key": tariff_key, "shown": shown, "lines": queries.tariff_lines(tariff_key, shown),
        "versions": [(one, one.valid_at(now)) for one in versions]})


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["POST"])
def upload(request: WebRequest) -> HttpResponse:
    """Look at a sheet; the second time, with a source, bring it into force."""
    now = clock.now()
    if "rows" in request.POST:
        return _confirm(request)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows, unknown = tariff_sheets.rows_of(file, file.size, now)
        except Invalid as refused:
            add_errors(form, refused)
        else:
            found = tariff_sheets.plan(rows=rows, at=now, unknown=unknown)
            confirm = ConfirmForm(initial={"rows": json.dumps(rows, ensure_ascii=False, separators=(",", ":"))})
            return _plan(request, found, confirm)
    return render(request, "console/tariffs.html", {**_PAGE, "form": form, "rows": []}, status=422)


def _confirm(request: WebRequest) -> HttpResponse:
    now, form = clock.now(), ConfirmForm(request.POST)
    if not form.is_valid():
        rows = form.cleaned_data.get("rows", [])
        return _plan(request, tariff_sheets.plan(rows=rows, at=now), form, 422)
    given = form.cleaned_data
    try:
        count = tariff_sheets.put_tariffs(rows=given["rows"], valid_from=given["valid_from"] or now,
                                          source=given["source"], source_names=form.source_names(),
                                          actor=request.actor, now=now)
    except Invalid as refused:
        add_errors(form, refused)
        return _plan(request, tariff_sheets.plan(rows=given["rows"], at=now), form, 422)
    messages.success(request, ngettext("%(count)s tariff has a new version.", "%(count)s tariffs have a new version.",
                                       count) % {"count": count})
    return redirect("console:tariffs")


def _plan(request: WebRequest, found: SheetPlan, form: ConfirmForm, status: int = 200) -> HttpResponse:
    return render(request, "console/tariff_plan.html", {
        **_PAGE, "plan": found, "form": form,
        "tariffs": [(one, localized(one.names, request.language)) for one in found.tariffs if one.state != "same"],
        "same": sum(one.state == "same" for one in found.tariffs),
        "errors": [(error, queries.cell_text(error)) for error in found.errors[:_SHOWN]],
        "more": max(0, len(found.errors) - _SHOWN)}, status=status)
