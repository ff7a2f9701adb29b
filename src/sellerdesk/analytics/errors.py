"""What can be refused when figures are asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Invalid, LimitReached, NotFound


class ReportNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("report_not_found", _("There is no such report, or its file is not kept any more."))


class ReportsTooMany(LimitReached):
    def __init__(self, most: int) -> None:
        super().__init__("reports_too_many", _("%(most)s reports are being made for this shop. Wait for one to end."),
                         data={"most": most})


class ReportKindUnknown(Invalid):
    def __init__(self, kind: str) -> None:
        super().__init__("report_kind_unknown", _("There is no report “%(value)s”."), field="kind",
                         data={"value": kind[:40]})


class PlansTooMany(LimitReached):
    def __init__(self, most: int) -> None:
        super().__init__("mail_plans_too_many", _("You get %(most)s views by mail already. Stop one first."),
                         data={"most": most})


class ShortlistFull(LimitReached):
    def __init__(self, most: int) -> None:
        super().__init__("shortlist_full", _("The shortlist holds %(most)s ideas. Remove one first."),
                         data={"most": most})


class IdeaNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("idea_not_found", _("This idea is not in the shortlist any more."))
