"""The lists of reviews and of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core.ui import tables as t
from sellerdesk.messaging import permissions, texts
from sellerdesk.messaging.types import QuestionRow, ReviewRow

STATUS = {"NEW": t.Badge(texts.STATUSES["NEW"], "warning"), "VIEWED": t.Badge(texts.STATUSES["VIEWED"], "info"),
          "PROCESSED": t.Badge(texts.STATUSES["PROCESSED"], "neutral")}
_TABS = (t.Tab("open", pgettext_lazy("reviews", "To deal with"), tone="warning"),
         t.Tab("processed", pgettext_lazy("reviews", "Dealt with")), t.Tab("all", pgettext_lazy("reviews", "All")))


def stars(rating: int) -> Any:
    """Stars for the eye, a number for those who listen."""
    return format_html('<span class="stars" role="img" aria-label="{}"><span class="stars-on">{}</span>{}</span>',
                       __("%(stars)s of 5 stars") % {"stars": rating}, "★" * rating, "★" * (5 - rating))


@dataclass(frozen=True, slots=True)
class ReviewView:
    row: ReviewRow
    thumb_url: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def href(self) -> str:
        return reverse("messaging:review", args=[self.row.id])

    @property
    def said(self) -> Any:
        marks = []
        if self.row.photos:
            marks.append(ngettext("%(n)s photo", "%(n)s photos", self.row.photos) % {"n": self.row.photos})
        if self.row.likes:
            marks.append(ngettext("useful to %(n)s buyer", "useful to %(n)s buyers", self.row.likes) % {
                "n": self.row.likes})
        if not self.row.counts:
            marks.append(__("taken off") if self.row.removed else __("does not count"))
        if self.row.reported:
            marks.append(__("reported"))
        tail = format_html(' <span class="review-marks">{}</span>', " · ".join(marks)) if marks else ""
        return format_html('{} <span class="review-said">{}</span>{}', stars(self.row.rating),
                           self.row.text or "—", tail)


@dataclass(frozen=True, slots=True)
class QuestionView:
    row: QuestionRow
    thumb_url: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def href(self) -> str:
        return reverse("messaging:question", args=[self.row.id])


def review_views(rows: list[ReviewRow], thumbs: Mapping[int, str]) -> list[ReviewView]:
    return [ReviewView(row, thumbs.get(row.product_id, "")) for row in rows]


def question_views(rows: list[QuestionRow], thumbs: Mapping[int, str]) -> list[QuestionView]:
    return [QuestionView(row, thumbs.get(row.product_id, "")) for row in rows]


class ReviewTable(t.Table):
    page = "messaging.reviews"
    caption = _("Reviews")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("name", pgettext_lazy("messaging", "Goods"), primary=True, kind="link",
                 value=lambda view: view.row.name,
                 sub=lambda view: f"{view.row.author} · {view.row.offer_id}", href="href"),
        t.Column("said", _("Review"), kind="html"),
        t.Column("order", _("Order"), hide_on_phone=True,
                 value=lambda view: texts.ORDER_STATUSES[view.row.order_status]),
        t.Column("status", _("Status"), kind="badge", value=lambda view: view.row.status, choices=STATUS),
        t.Column("replies", _("Replies"), kind="number", value=lambda view: view.row.comments or None),
        t.Column("at", pgettext_lazy("messaging", "Written"), kind="ago", value=lambda view: view.row.at),
    )
    tabs = _TABS
    filters = (
        t.SearchFilter("q", _("Words of the review, goods, posting")),
        t.ChoiceFilter("stars", _("Stars"), choices=[(str(n), "★" * n) for n in range(5, 0, -1)], multiple=True),
        t.ChoiceFilter("media", _("Photos"), choices=[("photos", _("With photos")), ("none", _("Without photos"))]),
        t.ChoiceFilter("order", _("Order"), choices=list(texts.ORDER_STATUSES.items())),
        t.ChoiceFilter("counts", _("In the rating"), choices=[("yes", _("Counts")), ("no", _("Does not count"))]),
        t.DateRangeFilter("since", pgettext_lazy("messaging", "Written")),
    )
    bulk_actions = (t.BulkAction("PROCESSED", pgettext_lazy("reviews", "Dealt with"), "check",
                                 "messaging:reviews_bulk", permission=permissions.REPLY, key="p"),
                    t.BulkAction("NEW", pgettext_lazy("reviews", "New again"), "arrow-back-up",
                                 "messaging:reviews_bulk", permission=permissions.REPLY))
    row_href = "href"
    row_name = staticmethod(lambda view: view.row.name)
    live_seconds = 3
    empty = t.Empty("star", _("No reviews here"), _("Buyers write some days after their parcel came."))


class QuestionTable(t.Table):
    page = "messaging.questions"
    caption = _("Questions")
    columns = (
        t.Column("thumb", _("Picture"), kind="image", value=lambda view: view.thumb_url,
                 sub=lambda view: view.row.name),
        t.Column("text", _("Question"), primary=True, kind="link", value=lambda view: view.row.text,
                 sub=lambda view: f"{view.row.author} · {view.row.name}", href="href"),
        t.Column("topic", _("About"), hide_on_phone=True, value=lambda view: texts.TOPICS[view.row.topic]),
        t.Column("status", _("Status"), kind="badge", value=lambda view: view.row.status, choices=STATUS),
        t.Column("answers", _("Answers"), kind="number", value=lambda view: view.row.answers or None),
        t.Column("at", pgettext_lazy("messaging", "Asked"), kind="ago", value=lambda view: view.row.at),
    )
    tabs = _TABS
    filters = (
        t.SearchFilter("q", _("Words of the question, goods")),
        t.ChoiceFilter("topic", _("About"), choices=list(texts.TOPICS.items())),
        t.DateRangeFilter("since", pgettext_lazy("messaging", "Asked")),
    )
    bulk_actions = (t.BulkAction("PROCESSED", pgettext_lazy("reviews", "Dealt with"), "check",
                                 "messaging:questions_bulk", permission=permissions.REPLY, key="p"),)
    row_href = "href"
    row_name = staticmethod(lambda view: view.row.text)
    live_seconds = 3
    empty = t.Empty("help-circle", _("No questions here"),
                    _("Whoever looks at your goods may ask before buying. A card that says everything is asked less."))
