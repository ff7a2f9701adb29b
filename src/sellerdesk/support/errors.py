"""What support refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class TicketNotFound(NotFound):
    code = "ticket_not_found"
    message = _("There is no ticket %(value)s in this shop.")

    def __init__(self, ticket_id: int | str) -> None:
        super().__init__(data={"value": ticket_id})


class TicketState(Conflict):
    """The ticket is in another state than the act needs, or somebody was faster."""

    code = "ticket_state"
    message = _("Ticket %(value)s has moved on meanwhile. Look at it and decide again.")

    def __init__(self, number: str) -> None:
        super().__init__(data={"value": number})


class TooLateToReopen(Conflict):
    code = "ticket_closed"
    message = _("Ticket %(value)s was closed more than %(days)s days ago. Open a new one and name its number.")

    def __init__(self, number: str, days: int) -> None:
        super().__init__(data={"value": number, "days": days})


class TopicUnknown(Invalid):
    code = "topic_unknown"
    message = _("Choose a topic from the list.")

    def __init__(self) -> None:
        super().__init__(field="topic")


class TextTooShort(Invalid):
    code = "ticket_text_short"
    message = _("Say a little more: at least %(least)s characters. What did you do, and what happened?")

    def __init__(self, least: int) -> None:
        super().__init__(field="text", data={"least": least})


class FileRefused(Invalid):
    """A file of a kind that nobody needs here, or one that could do harm."""

    code = "ticket_file_refused"
    message = _("%(value)s is not taken. Send pictures, PDF, text, XLSX or DOCX, without programs in them.")

    def __init__(self, name: str) -> None:
        super().__init__(field="files", data={"value": name})


class FileTooLarge(Invalid):
    code = "ticket_file_large"
    message = _("%(value)s is larger than %(most)s MB. Make it smaller or send a part of it.")

    def __init__(self, name: str, most: int) -> None:
        super().__init__(field="files", data={"value": name, "most": most})


class TooManyFiles(Invalid):
    code = "ticket_files_many"
    message = _("At most %(most)s files go with one message.")

    def __init__(self, most: int) -> None:
        super().__init__(field="files", data={"most": most})


class RatingUnknown(Invalid):
    code = "rating_unknown"
    message = _("Choose from one to five stars.")

    def __init__(self) -> None:
        super().__init__(field="rating")


class MailRefused(Invalid):
    """A mail that belongs to no ticket, or comes from nobody who may answer there."""

    code = "mail_refused"
    message = _("This mail cannot be taken: %(reason)s.")

    def __init__(self, reason: str) -> None:
        super().__init__(data={"reason": reason})
