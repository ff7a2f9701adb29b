"""What is refused about penalties and disputes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class FaultNotFound(NotFound):
    code = "penalty_not_found"
    message = _("There is no such penalty in this shop.")


class NothingToDispute(Conflict):
    code = "nothing_to_dispute"
    message = _("This costs nothing and does not count in the index: there is nothing to dispute.")


class DisputeTooLate(Conflict):
    code = "dispute_too_late"
    message = _("The term for disputing this has ended.")


class DisputeClosed(Conflict):
    """There is a dispute already, or it is decided."""

    code = "dispute_closed"
    message = _("This is disputed already, or decided. Look at the answer below.")


class DisputeTextRequired(Invalid):
    code = "dispute_text_required"
    message = _("Say in a sentence why: who decides knows only what is written here.")

    def __init__(self, field: str = "text") -> None:
        super().__init__(field=field)
