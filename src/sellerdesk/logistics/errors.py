"""What logistics refuses."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound, Unavailable


class NoTariff(Unavailable):
    """No delivery method of the warehouse carries this weight in this currency."""

    code = "tariff_missing"
    message = _("No delivery method carries %(weight)s g in %(currency)s. Ask the marketplace for a tariff.")

    def __init__(self, weight_g: int, currency: str) -> None:
        super().__init__(data={"weight": weight_g, "currency": currency})


class UnknownScan(Invalid):
    code = "scan_code_unknown"
    message = _("“%(value)s” is not a scan code.")

    def __init__(self, code: str) -> None:
        super().__init__(field="code", data={"value": code})


class NoSuchSize(Invalid):
    code = "label_size_unknown"
    message = _("“%(value)s” is not a size of labels. Choose one from the list.")

    def __init__(self, size: str) -> None:
        super().__init__(field="size", data={"value": size[:20]})


class SheetsAreNoZpl(Invalid):
    """ZPL is for printers with rolls."""

    code = "label_sheets_need_pdf"
    message = _("%(value)s is a sheet, and label printers have rolls. Choose PDF, or another size.")

    def __init__(self, name: str) -> None:
        super().__init__(field="kind", data={"value": name})


class MethodUnknown(NotFound):
    """The warehouse neither has such a delivery method nor can have it."""

    code = "method_unknown"
    message = _("There is no such delivery method for this warehouse.")


class ParcelUnknown(NotFound):
    code = "parcel_unknown"
    message = _("This posting has no parcel yet.")


class NoteRefused(Conflict):
    """A carrier tells where the parcel is, or it has arrived."""

    code = "note_refused"
    message = _("Only parcels that you bring yourself, and that are still on their way, are noted by hand.")


class NotePlaceless(Invalid):
    code = "place_missing"
    message = _("Write where the parcel is.")

    def __init__(self) -> None:
        super().__init__(field="place", data={"value": ""})


class NoteUntimely(Invalid):
    code = "note_untimely"
    message = _("The time must be after the parcel was packed and not in the future.")

    def __init__(self, packed_at: datetime) -> None:
        super().__init__(field="at", data={"value": packed_at.isoformat()})
