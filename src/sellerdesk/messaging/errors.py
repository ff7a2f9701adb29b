"""What the messaging domain refuses."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class ChatNotFound(NotFound):
    code = "chat_not_found"
    message = _("There is no such chat in this shop.")


class MessageNotFound(NotFound):
    code = "message_not_found"
    message = _("There is no such message in this chat.")


class ReviewNotFound(NotFound):
    code = "review_not_found"
    message = _("There is no such review in this shop.")


class QuestionNotFound(NotFound):
    code = "question_not_found"
    message = _("There is no such question in this shop.")


class ReplyNotFound(NotFound):
    code = "comment_not_found"
    message = _("There is no such reply of yours.")


class TemplateNotFound(NotFound):
    code = "template_not_found"
    message = _("There is no such template in this shop.")


class ReportNotFound(NotFound):
    code = "report_not_found"
    message = _("There is no such report.")


class ChatClosed(Conflict):
    """The window for writing is over."""

    code = "CHAT_CLOSED"
    message = _("This chat is closed since %(since)s. It opens again when the buyer writes.")

    def __init__(self, since: datetime | None) -> None:
        super().__init__(data={"since": since.isoformat()[:16].replace("T", " ") + " UTC" if since else "—"})


class MayNotStart(Conflict):
    code = "CHAT_MAY_NOT_START"
    message = _("A shop may begin a chat within %(hours)s hours after payment or delivery. Later only the buyer can.")

    def __init__(self, hours: int) -> None:
        super().__init__(data={"hours": hours})


class TextMissing(Invalid):
    code = "text_missing"
    message = _("Write something first.")

    def __init__(self) -> None:
        super().__init__(field="text")


class TextLength(Invalid):
    code = "text_length"
    message = _("Write from %(least)s to %(most)s characters; this has %(value)s.")

    def __init__(self, value: int, least: int, most: int) -> None:
        super().__init__(field="text", data={"value": value, "least": least, "most": most})


class FileRefused(Invalid):
    code = "file_refused"
    message = _("“%(name)s” cannot be sent: a picture (JPG, PNG, WebP, GIF) or a PDF of up to %(most)s MB can.")

    def __init__(self, name: str, most: int) -> None:
        super().__init__(field="file", data={"name": name[:80], "most": most})


class TooLateToEdit(Conflict):
    code = "MESSAGE_TOO_OLD"
    message = _("A message can be changed for %(minutes)s minutes after it was sent.")

    def __init__(self, minutes: int) -> None:
        super().__init__(data={"minutes": minutes})


class NotAColleague(Invalid):
    code = "not_a_colleague"
    message = _("Choose somebody who works in this shop.")

    def __init__(self) -> None:
        super().__init__(field="assignee")


class NameTaken(Conflict):
    code = "TEMPLATE_NAME_TAKEN"
    message = _("There is a template called “%(value)s” already.")

    def __init__(self, name: str) -> None:
        super().__init__(data={"value": name})


class UnknownVariable(Invalid):
    code = "unknown_variable"
    message = _("There is no variable {%(value)s}. Known: %(known)s.")

    def __init__(self, value: str, known: str) -> None:
        super().__init__(field="text", data={"value": value[:40], "known": known})


class AlreadyReported(Conflict):
    code = "ALREADY_REPORTED"
    message = _("This has been reported already; the marketplace is looking at it.")


class ReasonUnknown(Invalid):
    code = "REPORT_REASON_INVALID"
    message = _("Choose a reason from the list.")

    def __init__(self) -> None:
        super().__init__(field="reason")


class AlreadyDecided(Conflict):
    code = "REPORT_DECIDED"
    message = _("This report has been decided already.")


class StatusUnknown(Invalid):
    code = "STATUS_INVALID"
    message = _("A status is one of NEW, VIEWED, PROCESSED.")

    def __init__(self) -> None:
        super().__init__(field="status")


class WrongProduct(Invalid):
    code = "SKU_MISMATCH"
    message = _("SKU %(value)s is not what this is about.")

    def __init__(self, sku: int) -> None:
        super().__init__(field="sku", data={"value": sku})


class NoTranslator(Conflict):
    code = "NO_TRANSLATOR"
    message = _("No translator is connected to this installation.")
