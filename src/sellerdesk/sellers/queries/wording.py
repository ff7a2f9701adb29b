"""What states, fields and reasons are called, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: Mapping[str, Any] = {
    "draft": pgettext_lazy("shop", "Draft"), "in_review": pgettext_lazy("shop", "In review"),
    "needs_changes": pgettext_lazy("shop", "Needs corrections"), "rejected": pgettext_lazy("shop", "Refused"),
    "approved": pgettext_lazy("shop", "Approved"), "active": pgettext_lazy("shop", "Active"),
    "suspended": pgettext_lazy("shop", "Suspended"), "paused": pgettext_lazy("shop", "Paused"),
    "closing": pgettext_lazy("shop", "Closing"),
    "closed": pgettext_lazy("shop", "Closed"),
}
STATE_TONES = {"draft": "neutral", "in_review": "info", "needs_changes": "warning", "rejected": "danger",
               "approved": "primary", "active": "success", "suspended": "danger", "paused": "warning",
               "closing": "warning", "closed": "neutral"}

#: Data of a company that a reviewer may remark on and a seller may ask to change.
FIELDS: Mapping[str, Any] = {
    "legal_name": _("Name of the company"), "local_name": _("Name in the language of the papers"),
    "registration_number": _("Registration number"), "address": _("Registered address"),
    "director": _("Director"),
}

#: Ready reasons. They are kept by name, so that each reader gets them in their own language.
DOCUMENT_REASONS: Mapping[str, Any] = {
    "unreadable": _("The document cannot be read: it is blurred, dark or cut off. Scan it again, all corners visible."),
    "wrong_document": _("This is another document than the one asked for."),
    "other_company": _("The document belongs to another company or person."),
    "data_differ": _("The document says something else than the data of the company."),
    "expired": _("The document has expired. Hand in the valid one."),
    "pages_missing": _("Pages are missing. Put all of them into one PDF."),
    "no_translation": _("A translation into Russian or English is missing."),
    "infected": _("A virus scanner found something in the file. Make the document anew on a clean device."),
}
FIELD_REASONS: Mapping[str, Any] = {
    "differs": _("It differs from the papers. Write it exactly as printed there."),
    "misspelt": _("There is a typing error."),
    "not_latin": _("Write it in Latin letters, as on customs papers."),
    "incomplete": _("It is incomplete: country, postal code, city, street and house are needed."),
}
SHOP_REASONS: Mapping[str, Any] = {
    "forged": _("Documents were found to be forged."),
    "not_registered": _("The company is not in the register of its country, or was closed."),
    "sanctions": _("The law forbids us to work with this company."),
    "forbidden_goods": _("The goods of this shop are forbidden here."),
    "complaints": _("There are too many complaints of buyers."),
    "late_orders": _("Too many orders were late or cancelled."),
    "document_expired": _("A document has expired and was not replaced."),
}
NAME_REASONS: Mapping[str, Any] = {
    "trademark": _("It contains a trademark of somebody else."),
    "misleading": _("It misleads buyers about who sells or what is sold."),
    "contacts": _("It leads buyers away from the marketplace."),
    "rude": _("It is rude or forbidden by law."),
}
PAUSE_REASONS: Mapping[str, Any] = {
    "holiday": _("The shop is on holiday."),
    "inactive_upload": _("No product was added since the offer was accepted."),
    "inactive_sale": _("Nothing was sold since the offer was accepted."),
    "inactive_last_sale": _("Nothing was sold for a long time."),
}
COUNTRY_REASONS: Mapping[str, Any] = {
    "sanctions": _("Sanctions forbid us to work with companies of this country."),
    "payouts": _("We cannot pay out to this country."),
    "law": _("The law of this country does not allow selling on this marketplace."),
}
_ALL = {**PAUSE_REASONS, **NAME_REASONS, **SHOP_REASONS, **FIELD_REASONS, **DOCUMENT_REASONS}


def stored_reason(code: str, note: str, known: Mapping[str, Any]) -> str:
    """A reason as it is kept: `@code note`, or the note alone. Empty when there is neither."""
    note = " ".join(note.split())[:400]
    return f"@{code} {note}".strip() if code in known else note


def reason_text(stored: str) -> str:
    """A kept reason in the active language."""
    if not stored.startswith("@"):
        return stored
    code, _space, note = stored[1:].partition(" ")
    text = str(_ALL.get(code, code))
    return f"{text} {note}".strip()
