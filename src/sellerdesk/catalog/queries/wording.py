"""Moderation in words: reasons, verdicts, fields and remarks, as screens of operators and sellers show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import remarks
from sellerdesk.catalog.errors import MESSAGES, PAPER_NEEDED
from sellerdesk.catalog.moderation_types import CaseRow, CertificateRow, Remark
from sellerdesk.core.errors import fill
from sellerdesk.core.ui import tables as t

REASONS = {
    "flagged": pgettext_lazy("why a case", "Found by the rules"),
    "seller": pgettext_lazy("why a case", "Shop under watch"),
    "category": pgettext_lazy("why a case", "Category under watch"),
    "corrected": pgettext_lazy("why a case", "Corrected after a decision"),
    "field": pgettext_lazy("why a case", "Another product type"),
    "appeal": pgettext_lazy("why a case", "Appeal"),
    "sample": pgettext_lazy("why a case", "Sample"),
}
VERDICTS = {
    "approved": pgettext_lazy("verdict", "Approved"), "declined": pgettext_lazy("verdict", "Declined"),
    "revision": pgettext_lazy("verdict", "Revision asked for"),
    "reversed": pgettext_lazy("verdict", "Decision changed"),
    "opinion": pgettext_lazy("verdict", "Second opinion asked for"),
}
DONE = {"approved": _("Approved."), "declined": _("Declined. The seller reads why."),
        "revision": _("Sent back for a revision."), "second": _("Left to a colleague."),
        "reverse": _("The decision is changed.")}
_AFTER_APPEAL = {"approved": pgettext_lazy("verdict", "Appeal granted"),
                 "declined": pgettext_lazy("verdict", "Appeal refused")}
_STATES = {
    "open": t.Badge(pgettext_lazy("case", "Open"), "info"), "approved": t.Badge(VERDICTS["approved"], "success"),
    "declined": t.Badge(VERDICTS["declined"], "danger"), "revision": t.Badge(VERDICTS["revision"], "warning"),
    "dropped": t.Badge(pgettext_lazy("case", "Dropped"), "neutral"),
}
CERTIFICATE_STATES = {
    "new": t.Badge(pgettext_lazy("certificate", "Without a file"), "neutral"),
    "review": t.Badge(pgettext_lazy("certificate", "In review"), "info"),
    "accepted": t.Badge(pgettext_lazy("certificate", "Accepted"), "success"),
    "declined": t.Badge(pgettext_lazy("certificate", "Declined"), "danger"),
    "expired": t.Badge(pgettext_lazy("certificate", "Expired"), "danger"),
}
COVERED_STATES = {"visible": _("Not hidden"), "hidden": _("Hidden from buyers")}
PAPERS = {
    "declaration": _("Declaration of conformity"), "certificate": _("Certificate of conformity"),
    "state_registration": _("Certificate of state registration"), "refusal_letter": _("Letter that none is needed"),
    "quality": _("Certificate of quality"), "brand": _("Paper of a brand"),
}
# Field of a card → its name, in the order people read a card.
_FIELDS: dict[str, Any] = {
    "type_id": _("Product type"), "name": pgettext_lazy("product", "Name"), "names": pgettext_lazy("product", "Name"),
    "images": _("Pictures"), "description": _("Description"), "descriptions": _("Description"),
    "attributes": _("Attributes"), "barcodes": _("Barcodes"),
}
_LANGUAGES = {"en": "English", "ru": "Русский", "zh-hans": "中文"}
# Where the editor of a card has a field.
_ANCHORS = {"name": "id_name", "description": "id_description", "images": "pictures", "type_id": "id_name"}
_RISKY, _RAISED = 50, 30


def risk_badge(risk: int) -> t.Badge:
    if risk >= _RISKY:
        return t.Badge(pgettext_lazy("risk", "High"), "danger")
    return t.Badge(pgettext_lazy("risk", "Raised"), "warning") if risk >= _RAISED else t.Badge(
        pgettext_lazy("risk", "Low"), "neutral")


def case_badge(row: CaseRow) -> t.Badge:
    if row.state == "open" and row.second_opinion:
        return t.Badge(pgettext_lazy("case", "Second opinion"), "warning")
    if row.state == "open" and row.sells:
        return t.Badge(pgettext_lazy("case", "Open, sold meanwhile"), "info")
    return _STATES[row.state]


def verdict(kind: str, state: str) -> Any:
    """How a case ended, as its seller is told."""
    return _AFTER_APPEAL.get(state, VERDICTS[state]) if kind == "appeal" else VERDICTS[state]


def certificate_badge(row: CertificateRow) -> t.Badge:
    return CERTIFICATE_STATES[row.state]


def field_name(field: str) -> str:
    """The name of a card's field: `names.ru` is the name in Russian."""
    name, _dot, rest = field.partition(".")
    label = str(_FIELDS.get(name, _("Attribute") if name == "attribute" else field))
    return f"{label} ({_LANGUAGES[rest]})" if rest in _LANGUAGES else label


def field_order(name: str) -> int:
    known = list(_FIELDS)
    return known.index(name) if name in known else len(known)


def finding(row: Mapping[str, Any]) -> str:
    """What the engine found, as a sentence."""
    message = PAPER_NEEDED[row["paper"]] if row.get("paper") else MESSAGES[row["code"]]
    return fill(message, {"value": row.get("value", ""), "attribute": row.get("attribute_id", "")})


def template(code: str) -> remarks.Template:
    return remarks.template(code)


def templates() -> list[tuple[str, remarks.Template]]:
    return list(remarks.TEMPLATES.items())


def remark(code: str, note: str) -> Remark:
    return Remark(code, "", note)


def anchor(field: str) -> str:
    """Where in the editor of a card a field stands."""
    name, _dot, rest = field.partition(".")
    return f"id_attribute_{rest}" if name == "attribute" else _ANCHORS.get(name, "id_name")
