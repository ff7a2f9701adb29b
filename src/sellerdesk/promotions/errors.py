"""What can be refused in promotions, in this domain's words. Codes of rows are those of the Seller API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound, fill
from sellerdesk.core.money import Money

_REASONS: dict[str, Any] = {
    "NOT_FOUND": _("There is no such product in this shop."),
    "NOT_ELIGIBLE": _("The terms of this promotion do not take this product."),
    "INVALID_ACTION_PRICE": _("The promotion’s price must be below the price, %(price)s."),
    "MAX_ACTION_PRICE": _("The promotion’s price may be at most %(most)s."),
    "EXTREMELY_LOW_PRICE": _("The promotion’s price must be at least %(least)s."),
    "REJECTED_LOW_PRICE": _("The promotion’s price would be below your lowest price, %(least)s."),
    "STOCK_REQUIRED": _("There must be %(least)s units; %(free)s are free."),
    "INVALID_CURRENCY": _("Prices of this shop are in another currency."),
    "NO_CHANGES": _("It is in the promotion under these terms already."),
    "NOT_IN_ACTION": _("It is not in this promotion."),
    "PRICE_UNREADABLE": _("This is not an amount. Write it like 1299.99."),
    "NO_MIN_PRICE": _("Set a lowest price first: a strategy never goes below it."),
    "IN_ANOTHER_STRATEGY": _("It follows another strategy already."),
    "REQUEST_CLOSED": _("This request is answered or has run out."),
    "APPROVED_PRICE": _("Give a price from %(least)s to %(most)s."),
    "PRICE_MISSING": _("Give the product a price first."),
    "NAMED_TWICE": _("The product is named twice in one call."),
    "STEPS_COUNT": _("Give between 1 and %(most)s steps."),
    "STEP_NUMBER": _("Steps are numbered from 1 on; this one is number %(wanted)s."),
    "STEP_QUANTITY": _("This step begins with %(least)s to %(most)s units: with more than the step before it."),
    "STEP_DISCOUNT": _("This step takes %(least)s to %(most)s percent off: more than the step before it."),
    "STEP_BELOW_MIN_PRICE": _("On this step a unit would cost %(price)s, below your lowest price of %(least)s: it will "
                              "not count."),
    "APPROVED_QUANTITY": _("Give how many units the price is for, the least first."),
}
_AMOUNTS = frozenset({"value", "price", "most"})
#: Codes whose bounds are units, percent and numbers, not amounts.
_COUNTED = frozenset({"STOCK_REQUIRED", "STEPS_COUNT", "STEP_NUMBER", "STEP_QUANTITY", "STEP_DISCOUNT"})


def reason_text(code: str, data: Mapping[str, Any], currency: str) -> str:
    """A refusal of one row in the active language; the code itself where it has no words."""
    said = {key: str(Money(value, currency)) if isinstance(value, int) and code not in _COUNTED and (
        key in _AMOUNTS or key == "least") else value for key, value in data.items()}
    message = _REASONS.get(code)
    return fill(message, said) if message is not None else code


class ActionUnknown(NotFound):
    """No such promotion for this shop."""

    code = "action_unknown"
    message = _("There is no such promotion.")


class ActionFrozen(Conflict):
    """Its list of products cannot change any more."""

    code = "action_frozen"
    message = _("This promotion is frozen since %(since)s: products and prices stay as they are until it ends.")


class ActionOver(Conflict):
    """It has ended, was cancelled or archived."""

    code = "action_over"
    message = _("This promotion is over.")


class AutoJoinOver(Conflict):
    """Products that join by themselves have joined."""

    code = "auto_join_over"
    message = _("Products joined this promotion automatically already. Add them or take them out one by one.")


class ActionMoved(Conflict):
    """Its state does not allow this, or somebody was faster."""

    code = "action_moved"
    message = _("This cannot be done with a promotion in this state. Somebody may have been faster: look again.")


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = _("At most %(limit)s products at once; this call has %(count)s.")


class StrategyUnknown(NotFound):
    code = "strategy_unknown"
    message = _("There is no such strategy.")


class RequestUnknown(NotFound):
    code = "request_unknown"
    message = _("There is no such request.")
