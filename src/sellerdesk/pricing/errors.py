"""What can be refused in pricing, in this domain's words. Codes are those of the Seller API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, FieldError, Invalid
from sellerdesk.core.money import Money
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
    LIMIT_CODE: _("A price can change %(limit)s times an hour. Next change in %(minutes)s min."),
}
_AMOUNTS = ("value", "least", "most", "price")


def field_error(problem: Problem, currency: str, **more: Any) -> FieldError:
    """A broken rule in words, with its amounts spelled out."""
    data = {key: str(Money(value, currency)) if key in _AMOUNTS and isinstance(value, int) else value
            for key, value in {**problem.data, **more}.items()}
    return FieldError(problem.field, problem.code, _MESSAGES[problem.code], str(data.get("value", "")), data)


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
