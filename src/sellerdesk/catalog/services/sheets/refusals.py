"""What can be wrong with a file as a whole, in words that say what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.catalog.errors import FileRefused
from sellerdesk.catalog.services.sheets.limits import Limits


def empty() -> FileRefused:
    return FileRefused("file_empty", _("The file is empty."), field="file")


def too_large(limits: Limits) -> FileRefused:
    return FileRefused("file_too_large", _("The file is larger than %(limit)s MB. Split it into several."),
                       field="file", data={"limit": limits.megabytes})


def not_a_spreadsheet() -> FileRefused:
    return FileRefused("not_a_spreadsheet", _("This is not a spreadsheet. Send an XLSX or CSV file, best made from "
                                              "our template."), field="file")


def old_format() -> FileRefused:
    return FileRefused("old_format", _("Files of this kind are not read. Open the file in your spreadsheet program and "
                                       "save it as XLSX or CSV."), field="file")


def broken(place: str) -> FileRefused:
    return FileRefused("file_broken", _("The file is damaged (%(place)s). Open it in your spreadsheet program, save it "
                                        "anew and send that."), field="file", data={"place": place})


def suspicious() -> FileRefused:
    return FileRefused("file_suspicious", _("The file unpacks to an unreasonable size. Save the sheet as a new "
                                            "file and retry."), field="file")


def forbidden_markup() -> FileRefused:
    return FileRefused("file_entities", _("The file holds XML definitions, which no spreadsheet needs. Save the sheet "
                                          "as a new file and retry."), field="file")


def too_many_rows(limits: Limits) -> FileRefused:
    return FileRefused("too_many_rows", _("The file has more than %(limit)s rows. Split it into several."),
                       field="file", data={"limit": limits.rows})


def too_many_columns(limits: Limits) -> FileRefused:
    return FileRefused("too_many_columns", _("The sheet has more than %(limit)s columns. Start from our template."),
                       field="file", data={"limit": limits.columns})


def cell_too_long(place: str, limits: Limits) -> FileRefused:
    return FileRefused("cell_too_long", _("Cell %(place)s holds more than %(limit)s characters. Shorten it."),
                       field="file", data={"place": place, "limit": limits.cell})


def encoding_unknown() -> FileRefused:
    return FileRefused("encoding_unknown", _("The text of the file cannot be read. Save it as XLSX or as CSV in "
                                             "UTF-8."), field="file")
