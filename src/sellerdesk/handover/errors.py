"""What handing over refuses. Codes are the Seller API's own names where it has one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, FieldError, Invalid, LimitReached, NotFound


class PostingsNotReady(Conflict):
    """`numbers` are the postings that have no label in their present state, or not yet."""

    code = "POSTINGS_NOT_READY"
    message = _("Labels come after packing and before delivery. Not ready: %(numbers)s.")

    def __init__(self, numbers: list[str], ready_at: datetime | None = None) -> None:
        shown = ", ".join(numbers[:5]) + ("…" if len(numbers) > 5 else "")
        super().__init__(data={"numbers": shown})
        self.numbers = numbers
        self.ready_at = ready_at


class TooManyLabels(Invalid):
    code = "INVALID_ARGUMENT"
    message = _("Print at most %(limit)s labels at once.")

    def __init__(self, limit: int) -> None:
        super().__init__(data={"limit": limit})


class BatchUnknown(NotFound):
    code = "TASK_NOT_FOUND"
    message = _("There is no batch of labels %(value)s in this shop.")

    def __init__(self, batch_id: int) -> None:
        super().__init__(data={"value": batch_id})


class PaperUnknown(NotFound):
    """Also for one whose file is gone because its term is over."""

    code = "DOCUMENT_NOT_FOUND"
    message = _("This paper is not in the archive, or the time it is kept is over. Print it anew.")

    def __init__(self, paper_id: int) -> None:
        super().__init__(data={"value": paper_id})


class NothingToPrint(Invalid):
    code = "NO_POSTINGS"
    message = _("Choose at least one posting.")


class CarriageUnknown(NotFound):
    code = "CARRIAGE_NOT_FOUND"
    message = _("There is no carriage %(value)s in this shop.")

    def __init__(self, carriage_id: int) -> None:
        super().__init__(data={"value": carriage_id})


class MethodUnknown(NotFound):
    code = "DELIVERY_METHOD_NOT_FOUND"
    message = _("There is no such delivery method in this shop.")

    def __init__(self, method_id: int) -> None:
        super().__init__(data={"value": method_id})


class NoPostings(NotFound):
    """Nothing packed waits for this delivery method."""

    code = "POSTING_NOT_FOUND"
    message = _("No packed parcel of this delivery method waits for a carriage. Pack orders first.")


class DepartureInvalid(Invalid):
    code = "outdated"
    message = _("A carriage leaves today or later: choose another day than %(value)s.")

    def __init__(self, value: str) -> None:
        super().__init__(field="departs_on", data={"value": value})


class CarriageMoved(Conflict):
    """The carriage is in another state than the act needs; `data` names it."""

    code = "CARRIAGE_HAS_INCORRECT_STATUS"
    message = _("This cannot be done with carriage %(value)s any more. Open it to see where it is.")

    def __init__(self, carriage_id: int, state: str) -> None:
        super().__init__(data={"value": carriage_id, "state": state})


class ContainersInvalid(Invalid):
    code = "containers_count_invalid"
    message = _("Cargo places are a number from 0 to %(limit)s, and not more than parcels.")

    def __init__(self, limit: int) -> None:
        super().__init__(field="containers", data={"limit": limit})


class NotFormed(Conflict):
    """Papers of a carriage come when it is formed."""

    code = "PAPER_NOT_READY"
    message = _("This paper comes when the carriage is formed and everything that it tells has happened.")


class PassUnknown(NotFound):
    code = "ARRIVAL_PASS_NOT_FOUND"
    message = _("There is no pass %(value)s here.")

    def __init__(self, pass_id: int) -> None:
        super().__init__(data={"value": pass_id})


class TooManyPasses(LimitReached):
    code = "ARRIVAL_PASS_LIMIT"
    message = _("At most %(limit)s cars come at once.")

    def __init__(self, limit: int) -> None:
        super().__init__(data={"limit": limit})


_PASS_FIELDS = {
    ("driver", "missing"): _("Write who drives."),
    ("phone", "missing"): _("Write the driver’s telephone."),
    ("model", "missing"): _("Write the make and model of the car."),
    ("plate", "missing"): _("Write the number plate of the car."),
    ("driver", "long"): _("The driver’s name is longer than 120 characters."),
    ("phone", "long"): _("A telephone has 7 to 15 digits."),
    ("phone", "phone"): _("A telephone has 7 to 15 digits."),
    ("model", "long"): _("The make and model are longer than 60 characters."),
    ("plate", "long"): _("A number plate is not longer than 20 characters."),
    ("arrives_at", "missing"): _("Say when the car comes."),
    ("arrives_at", "past"): _("The hour of arrival is over. Choose a later one."),
    ("warehouse_id", "unknown"): _("Choose one of the shop’s warehouses."),
}


def pass_error(field: str, fault: str, value: str) -> FieldError:
    """Why a field of a pass is refused."""
    return FieldError(field, f"pass_{field}_{fault}", _PASS_FIELDS[field, fault], value[:60])
