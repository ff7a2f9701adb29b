"""What can be refused in pricing, in this domain's words. Codes are those of the Seller API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, FieldError, Invalid, NotFound, fill
from sellerdesk.core.money import Money
from sellerdesk.pricing.formula import NAMES, FormulaError
from sellerdesk.pricing.types import LIMIT_CODE, Problem

_MESSAGES: dict[str, Any] = {
    "NOT_FOUND_ERROR": _("There is no product “%(value)s” in this shop."),
    "currency_mismatch": _("Prices of this shop are in %(currency)s, not in %(value)s."),
    "price_missing": _("This product has no price yet. Give the price first."),
    "price_negative": _("An amount must not be negative, and a price must be above zero."),
    "discount_for_low_price_is_too_small": _("At this price the crossed-out price must be at least %(least)s."),
    "discount_for_average_price_is_too_small": _("At this price the crossed-out price must be at least %(least)s."),
    "discount_for_top_price_is_too_small": _("At this price the crossed-out price must be at least %(least)s."),
    "discount_too_big": _("A discount must stay under %(percent)s%%: the crossed-out price may be at most %(most)s."),
    "min_auto_price_too_big": _("The lowest price must be below the price (%(price)s)."),
    "min_auto_price_too_small": _("The lowest price must be at least %(least)s, half of the price."),
    "price_less_than_min_auto_price": _("The price must be above the lowest price you set, %(least)s."),
    "action_price_enabled_min_price_missing": _(
        "Set a lowest price: without one nothing joins promotions automatically."),
    "switch_unreadable": _("Write yes or no here, not “%(value)s”."),
    "invalid_category_price": _("Prices of this category lie between %(least)s and %(most)s."),
    "price_moved": _("%(by)s changed this to %(now)s meanwhile. Look at it, then decide again."),
    "formula_empty": _("Write a formula, for example cost*1.6+fee."),
    "formula_too_long": _("The formula is too long or too deep."),
    "formula_unreadable": _("“%(value)s” cannot be read here. A formula looks like cost*1.6+fee."),
    "formula_unfinished": _("The formula ends too early."),
    "formula_name_unknown": _("“%(value)s” is no amount. You can use: %(names)s."),
    "formula_value_missing": _("“%(value)s” is not known for this product."),
    "formula_division": _("The formula divides by zero here."),
    LIMIT_CODE: _("A price can change %(limit)s times an hour. Next change in %(minutes)s min."),
}
_AMOUNTS = ("value", "least", "most", "price", "now")


def field_error(problem: Problem, currency: str, **more: Any) -> FieldError:
    """A broken rule in words, with its amounts spelled out."""
    data = {key: str(Money(value, currency)) if key in _AMOUNTS and isinstance(value, int) else value
            for key, value in {**problem.data, **more}.items()}
    return FieldError(problem.field, problem.code, _MESSAGES[problem.code], str(data.get("value", "")), data)


def problem_text(code: str, data: Mapping[str, Any]) -> str:
    """A broken rule that was kept by its code, in the active language; the code itself where the rule is gone."""
    message = _MESSAGES.get(code)
    return fill(message, data) if message is not None else code


class TooManyRows(Invalid):
    """One call takes a thousand rows."""

    code = "too_many_rows"
    message = _("At most %(limit)s prices at once; this call has %(count)s.")


class PercentOutOfRange(Invalid):
    """A bulk change by a percentage that cannot be meant."""

    code = "percent_out_of_range"
    message = _("Choose a change between −90% and +900%, other than 0.")


class PricesMoved(Conflict):
    """The preview no longer shows what would happen."""

    code = "prices_moved"
    message = _("Prices changed since this preview was made. Look at the new preview before you apply it.")


def formula_invalid(error: FormulaError, field: str = "formula") -> Invalid:
    """A formula that cannot be read or calculated, in words."""
    data = {"value": error.piece, "names": ", ".join(NAMES)}
    return Invalid(error.code, _MESSAGES[error.code], field=field, data=data)


class NothingWaits(Conflict):
    """None of the chosen prices is in quarantine any more."""

    code = "nothing_waits"
    message = _("These prices are no longer in quarantine: somebody decided, a newer price came, or time ran out.")


class RunUnknown(NotFound):
    """No such rule for many products in this shop."""

    code = "run_unknown"


class RunMoved(Conflict):
    """Somebody has applied or dropped it already."""

    code = "run_moved"
    message = _("Somebody was faster: this change is no longer waiting to be applied.")
