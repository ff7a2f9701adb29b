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


class DisputeFileRefused(Invalid):
    """A file of a kind that proves nothing here, or one that could do harm."""

    code = "dispute_file_refused"
    message = _("%(value)s is not taken. Send pictures, PDF, text, XLSX or DOCX, without programs in them.")

    def __init__(self, name: str) -> None:
        super().__init__(field="files", data={"value": name})


class DisputeFileTooLarge(Invalid):
    code = "dispute_file_large"
    message = _("%(value)s is larger than %(most)s MB. Make it smaller or send a part of it.")

    def __init__(self, name: str, most: int) -> None:
        super().__init__(field="files", data={"value": name, "most": most})


class TooManyDisputeFiles(Invalid):
    code = "dispute_files_many"
    message = _("At most %(most)s files go with one objection.")

    def __init__(self, most: int) -> None:
        super().__init__(field="files", data={"most": most})


class DisputeFileNotFound(NotFound):
    code = "dispute_file_not_found"
    message = _("There is no such file.")
