"""The engine's words for people. Lazy, so that each reader gets them in their own language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from sellerdesk.core.ui import formats
from sellerdesk.economics.types import Part, Terms

PARTS: dict[str, Any] = {
    "price": pgettext_lazy("margin", "Price"),
    "commission": pgettext_lazy("margin", "Commission"),
    "acquiring": pgettext_lazy("margin", "Payment processing"),
    "instalment": pgettext_lazy("margin", "Instalments of buyers"),
    "delivery": pgettext_lazy("margin", "Delivery to the buyer, at least"),
    "returns": pgettext_lazy("margin", "Units that come back"),
    "storage": pgettext_lazy("margin", "Storing"),
    "packing": pgettext_lazy("margin", "Packing"),
    "fx": pgettext_lazy("margin", "Buffer for the exchange rate"),
    "vat": pgettext_lazy("margin", "VAT in the price"),
    "input_vat": pgettext_lazy("margin", "VAT deducted: in the cost and the fees"),
    "cost": pgettext_lazy("margin", "Cost of the goods"),
    "tax": pgettext_lazy("margin", "Tax"),
}
TAXES: dict[str, Any] = {
    "vat": _("VAT in the price, by the product’s rate"),
    "income": _("Share of income, no VAT"),
    "profit": _("Share of profit, no VAT"),
    "none": _("No tax here (exporters and others)"),
}
RETURNS: dict[str, Any] = {
    "own": _("The product’s own history, and the usual share until there is enough of it"),
    "rule": _("The usual share of the department"),
    "fixed": _("A share of my own for everything"),
}
_RETURNS_FROM: dict[str, Any] = {
    "own": _("%(share)s of its delivered units came back; each that stays pays for their way, payment and packing."),
    "rule": _("Usual share of the department, %(share)s; each unit that stays pays for their way, payment and "
              "packing."),
    "fixed": _("%(share)s as set; each unit that stays pays for their way, payment and packing."),
}


def share(bp: int) -> str:
    """Basis points as people read them: 12%, 1.5%."""
    return formats.percent(bp / 100)


def _stored(terms: Terms) -> str:
    """Why storing with the marketplace costs what it does."""
    if terms.storage_days is None:
        return _now("It lies with the marketplace and does not sell: what that costs cannot be told for one unit.")
    return ngettext(
        "It lies with the marketplace for %(days)s day at its present pace, the first %(free)s cost nothing.",
        "It lies with the marketplace for %(days)s days at its present pace, the first %(free)s cost nothing.",
        terms.storage_days) % {"days": formats.number(terms.storage_days),
                               "free": formats.number(terms.storage_free_days)}


def note(part: Part, terms: Terms) -> str:
    """How a part came about; empty where its name says it all."""
    if part.key == "storage" and terms.storage_rule:
        return _stored(terms)
    if part.amount_minor is None:
        return _now("Not known: it is left out.")
    if part.key == "input_vat" and part.amount_minor:
        return _now("%(fees)s within commission, payment, delivery and storage, %(cost)s within the cost.") % {
            "fees": share(terms.fees_vat_bp), "cost": share(terms.cost_vat_bp)}
    if part.key == "returns":
        return str(_RETURNS_FROM[terms.returns_source]) % {"share": share(part.bp or 0)} if part.bp else ""
    if part.key == "commission":
        return _now("%(share)s of the price, in the band of this price.") % {"share": share(part.bp or 0)}
    if part.key in ("acquiring", "instalment", "vat") and part.bp:
        text = _now("%(share)s, within the price.") if part.key == "vat" else _now("%(share)s of the price.")
        return text % {"share": share(part.bp)}
    if part.key == "fx" and part.bp:
        return _now("%(share)s of what would be paid out.") % {"share": share(part.bp)}
    if part.key == "tax":
        if terms.tax_base == "income":
            return _now("%(share)s of the price.") % {"share": share(terms.tax_bp)}
        return _now("%(share)s of what is left, at least %(least)s of the price.") % {
            "share": share(terms.tax_bp), "least": share(terms.tax_least_bp)}
    return ""
