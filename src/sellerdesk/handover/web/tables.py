"""The archive and the carriages as lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.i18n import localized
from sellerdesk.core.ui import tables as t
from sellerdesk.handover import texts
from sellerdesk.handover.types import CarriageRow, PaperRow


@dataclass(frozen=True, slots=True)
class PaperView:
    row: PaperRow

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("handover:paper", args=[self.row.id]) if self.row.file_kept else ""

    @property
    def what(self) -> Any:
        return texts.KINDS[self.row.kind]

    @property
    def contents(self) -> str:
        count = self.row.postings
        return ngettext("%(count)s posting", "%(count)s postings", count) % {"count": count} if count else ""

    @property
    def file(self) -> str:
        return f"{self.row.form.upper()} · {filesizeformat(self.row.size_bytes)}"


class PaperTable(t.Table):
    page = "handover.papers"
    caption = _("Papers")
    columns = (
        t.Column("name", _("Paper"), kind="link", primary=True, value=lambda view: view.row.name, sub="what"),
        t.Column("contents", _("On it"), sub="file"),
        t.Column("created_at", pgettext_lazy("handover", "Made"), kind="ago", value=lambda view: view.row.created_at,
                 sub=lambda view: view.row.maker),
        t.Column("reprints", _("Printed again"), kind="number", value=lambda view: view.row.reprints,
                 hide_on_phone=True),
        t.Column("keep_until", _("Kept until"), kind="date", value=lambda view: view.row.keep_until, hidden=True),
        t.Column("actions", "", kind="actions", actions=(
            t.RowAction(_("Print again"), "printer", post=lambda view: reverse("handover:again", args=[view.id]),
                        show=lambda view: view.row.file_kept, new_tab=True),)),
    )
    filters = (
        t.SearchFilter("q", _("Posting, tracking number, carriage or name")),
        t.ChoiceFilter("kind", _("Kind"), choices=list(texts.KINDS.items()), multiple=True),
        t.DateRangeFilter("made", pgettext_lazy("handover", "Made")),
    )
    row_href = "url"
    row_name = staticmethod(lambda view: view.row.name)
    empty = t.Empty("printer", _("No papers yet"),
                    _("Labels, lists and acts that are printed here are kept and can be found by any number on them."))


CARRIAGE_STATUS = {state: t.Badge(label, tone) for state, (label, tone) in texts.CARRIAGES.items()}


@dataclass(frozen=True, slots=True)
class CarriageView:
    row: CarriageRow
    language: str

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def url(self) -> str:
        return reverse("handover:carriage", args=[self.row.id])

    @property
    def number(self) -> str:
        return str(self.row.id)

    @property
    def carrier(self) -> str:
        return localized(self.row.carrier_names, self.language)

    @property
    def accepted(self) -> str:
        if self.row.state in ("new", "cancelled"):
            return ""
        return gettext("%(accepted)s of %(total)s accepted") % {
            "accepted": self.row.accepted, "total": self.row.postings}


class CarriageTable(t.Table):
    page = "handover.carriages"
    caption = _("Carriages")
    columns = (
        t.Column("number", _("Carriage"), kind="link", primary=True, sub="carrier"),
        t.Column("departs_on", _("Departure"), kind="date", value=lambda view: view.row.departs_on,
                 sub=lambda view: view.row.warehouse_name),
        t.Column("postings", _("Parcels"), kind="number", value=lambda view: view.row.postings, sub="accepted"),
        t.Column("state", _("Status"), kind="badge", value=lambda view: view.row.state, choices=CARRIAGE_STATUS),
        t.Column("created_at", pgettext_lazy("handover", "Created"), kind="ago",
                 value=lambda view: view.row.created_at, hide_on_phone=True),
    )
    tabs = (t.Tab("open", _("Under way")), t.Tab("ended", _("Ended")),
            t.Tab("cancelled", pgettext_lazy("carriages", "Dissolved")), t.Tab("all", _("All")))
    row_href = "url"
    row_name = "number"
    empty = t.Empty("truck-delivery", _("No carriages here"),
                    _("Pack orders, then gather the parcels of a delivery method into a carriage above."))
