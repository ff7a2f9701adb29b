"""Where a product stands, in words: one sentence, what to do next, and the way it has come."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.catalog import states
from sellerdesk.catalog.types import ProductState, StateStep

_STEPS = (("draft", pgettext_lazy("product step", "Draft")), ("check", pgettext_lazy("product step", "Check")),
          ("moderation", pgettext_lazy("product step", "Moderation")),
          ("price", pgettext_lazy("product step", "Price")), ("stock", pgettext_lazy("product step", "Stock")),
          ("selling", pgettext_lazy("product step", "On sale")))
# State → (step it stands at, tone, word, sentence, what to do next).
_WORDS: dict[str, tuple[str, str, Any, Any, Any]] = {
    states.DRAFT: ("draft", "neutral", pgettext_lazy("product", "Draft"),
                   _("The card is a draft; nobody but your team sees it."), _("Fill in the rest and send it.")),
    states.PENDING: ("check", "info", _("Being checked"), _("The card is being checked."), ""),
    states.FAILED: ("check", "danger", _("Has errors"), _("The card did not pass the checks."),
                    _("Correct what is marked and send it again.")),
    states.MODERATING: ("moderation", "info", _("In moderation"), _("A moderator looks at the card."),
                        _("You need not do anything. The decision appears here.")),
    states.DECLINED: ("moderation", "danger", pgettext_lazy("product", "Declined"), _("Moderation declined the card."),
                      _("Correct what is named in the decision and save, or appeal.")),
    states.PROCESSED: ("price", "warning", _("Needs a price"), _("The card is in order, but there is no price yet."),
                       _("Set a price.")),
    "ready": ("stock", "warning", _("Out of stock"), _("The product is ready for sale, but there is no stock."),
              _("Put stock on a warehouse.")),
    "selling": ("selling", "success", _("On sale"), _("Buyers can buy the product."), ""),
    states.HIDDEN: ("selling", "danger", pgettext_lazy("product", "Hidden"), _("The product is hidden from buyers."),
                    _("Do what the reason asks for; the product then comes back.")),
    "archived": ("", "neutral", _("In the archive"), _("The product is in the archive and not for sale."),
                 _("Bring it back to sell it again.")),
}
_HIDDEN: dict[str, tuple[Any, Any]] = {
    states.NO_PAPER: (_("The product is hidden from buyers: it needs a paper that is not there yet."),
                      _("Hand the paper in under “Certificates”. Once it is accepted, the product comes back.")),
    states.PAPER_EXPIRED: (_("The product is hidden from buyers: its certificate has expired."),
                           _("Hand in the new certificate, then restore the products with one click.")),
    states.STOPPED: (_("The product is hidden from buyers: an operator stopped it."),
                     _("Do what the reason below asks for; an operator then shows it again.")),
}
_STOPS = frozenset({states.FAILED, states.DECLINED, states.HIDDEN})


def hidden_sentence(because: str) -> Any:
    """Why a product is hidden, as a sentence; `because` is one of states.HIDDEN_BECAUSE."""
    return _HIDDEN[because][0] if because in _HIDDEN else _WORDS[states.HIDDEN][3]


def state_of(status: str, *, archived: bool, free: int, hidden_because: str = "",
             in_review: bool = False) -> ProductState:
    """The state of one product as its seller reads it. No query.

    `free` is how many units can be bought; `hidden_because` is one of states.HIDDEN_BECAUSE; `in_review`: a changed
    card goes on selling while a moderator looks at the change.
    """
    key = status
    if archived:
        key = "archived"
    elif status == states.PRICE_SENT:
        key = "selling" if free > 0 else "ready"
    stands_at, tone, label, sentence, next_step = _WORDS[key]
    if key == states.HIDDEN and hidden_because in _HIDDEN:
        sentence, next_step = _HIDDEN[hidden_because]
    if in_review and key == "selling":
        sentence = _("Buyers can buy the product. A moderator looks at the latest change meanwhile.")
    return ProductState(key, label, tone, sentence, next_step, _way(key, stands_at))


def _way(key: str, stands_at: str) -> tuple[StateStep, ...]:
    """The steps from draft to shelf: those behind are done, the one it stands at is now or failed."""
    names = [name for name, _label in _STEPS]
    at = names.index(stands_at) if stands_at else -1
    here = "failed" if key in _STOPS else "done" if key == "selling" else "now"
    return tuple(StateStep(name, label, "done" if place < at else here if place == at else "todo")
                 for place, (name, label) in enumerate(_STEPS))
