"""Who did something, as pages say it: people and keys by their names, parts of the program in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

_MARKET = pgettext_lazy("actor", "Simulated market")
_LEAKS = pgettext_lazy("actor", "Search for leaked keys")
#: Labels of `Actor.system` that are kept with what the program did by itself.
_PARTS = {
    "autopilot": _MARKET, "bank": pgettext_lazy("actor", "Bank"), "calendar": pgettext_lazy("actor", "Calendar"),
    "catalog": pgettext_lazy("actor", "Catalogue"), "checklist": pgettext_lazy("actor", "Checklist"),
    "closing": pgettext_lazy("actor", "Closing of shops"), "command line": pgettext_lazy("actor", "Command line"),
    "confirmation": pgettext_lazy("actor", "Confirmation of deliveries"), "demo": pgettext_lazy("actor", "Demo"),
    "documents": pgettext_lazy("actor", "Documents"), "handover": pgettext_lazy("actor", "Hand-over"),
    "inventory": pgettext_lazy("actor", "Stock keeping"), "leak report": _LEAKS, "leak scan": _LEAKS,
    "ledger": pgettext_lazy("actor", "Ledger"), "limits": pgettext_lazy("actor", "Limits of carriers"),
    "logistics": pgettext_lazy("actor", "Delivery"), "mail plan": pgettext_lazy("actor", "Mail by plan"),
    "market": _MARKET, "market API": _MARKET, "marketplace": pgettext_lazy("actor", "Marketplace"),
    "moderation": pgettext_lazy("actor", "Moderation"), "payment": pgettext_lazy("actor", "Payment"),
    "pictures": pgettext_lazy("actor", "Pictures"), "pushes": pgettext_lazy("actor", "Push notifications"),
    "rehearsal": _MARKET, "returns": pgettext_lazy("actor", "Returns"), "scenario": _MARKET,
    "settlements": pgettext_lazy("actor", "Settlements"), "sign-in": pgettext_lazy("actor", "Sign-in"),
    "stage": _MARKET, "strategy": pgettext_lazy("actor", "Price strategy"),
    "supply": pgettext_lazy("actor", "Supplies"), "terms": pgettext_lazy("actor", "Deadlines"),
    "test shop": pgettext_lazy("actor", "Test shop"), "timetable": pgettext_lazy("actor", "Timetable"),
    "virus-scanner": pgettext_lazy("actor", "Virus scanner"), "warehouse": pgettext_lazy("actor", "Warehouse"),
}


#: Kinds of actors whose name was not kept.
_KINDS = {"system": _PARTS["marketplace"], "operator": pgettext_lazy("actor", "Operator"),
          "key": pgettext_lazy("actor", "API key")}


def of_kind(kind: str) -> str:
    """An actor whose name is not known, by its kind; people act as themselves and need no word."""
    return str(_KINDS.get(kind, ""))


def who(label: Any) -> str:
    """The label of an actor in words."""
    return str(_PARTS.get(str(label), label))
