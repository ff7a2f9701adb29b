"""What handing over refuses. Codes are the Seller API's own names where it has one."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


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
