"""What the market refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, FieldError, Forbidden, Invalid, LimitReached, NotFound


class NoMarket(NotFound):
    """This installation has no simulated market."""

    code = "no_market"
    message = _("There is no simulated market in this installation.")


class NoTwin(NotFound):
    code = "no_test_shop"
    message = _("This shop has no test shop.")


class TwinBusy(Conflict):
    """Its goods are being copied, or it is being taken away."""

    code = "test_shop_busy"
    message = _("The test shop is being copied or taken away. Try again in a moment.")


class LiveShop(Forbidden):
    """A live shop lives by real time and real buyers: no key of it opens a market."""

    code = "live_shop"
    message = _("This key belongs to a live shop. Use a key of its test shop, which begins with sdtest_.")


class KeyTooNarrow(Forbidden):
    """A key that only reads, or reaches single warehouses only, does not move a whole market."""

    code = "key_too_narrow"
    message = _("This key only reads, or reaches single warehouses only. Use another key of the test shop.")


class SpeedUnknown(Invalid):
    code = "speed_unknown"
    message = _("Choose a speed from 1 to %(limit)s virtual seconds a second.")


class PaceOutOfRange(Invalid):
    code = "pace_out_of_range"
    message = _("Choose from %(low)s to %(high)s orders a day.")


class LeapTooFar(Invalid):
    code = "leap_too_far"
    message = _("Move the clock forward by %(limit)s hours at most.")


class NotEmpty(Conflict):
    """A rehearsal makes its own shop and market, and that only where there is nothing yet."""

    code = "not_empty"
    message = _("This installation has a market already. A rehearsal needs an empty one.")


class RunGoingOn(Conflict):
    """A shop lives one scenario at a time."""

    code = "run_going_on"
    message = _("A scenario is going on in this shop already. Stop it, or wait for its end.")


class NoRun(NotFound):
    code = "no_run"
    message = _("No scenario is going on in this shop.")


class OrderRefused(Conflict):
    """The shop did not take the order. `data["reason"]` is the code of orders.types.Refusal."""

    code = "order_refused"
    _SENTENCES = {
        "empty": _("An order needs goods."),
        "not_on_sale": _("Some of these goods are not on sale."),
        "out_of_stock": _("No warehouse has all of these units."),
        "no_warehouse": _("The shop has no open warehouse."),
        "warehouses_full": _("The warehouses have taken all the orders they take today."),
        "not_deliverable": _("No delivery method carries this parcel."),
        "shop_closed": _("This shop may not sell at the moment."),
    }

    def __init__(self, reason: str) -> None:
        super().__init__(message=self._SENTENCES[reason], data={"reason": reason})


class OfferUnknown(NotFound):
    code = "offer_unknown"
    message = _("This shop has no offer “%(value)s”.")


class QuantityOutOfRange(Invalid):
    code = "quantity_out_of_range"
    message = _("Choose from 1 to %(high)s.")


class FateUnknown(Invalid):
    code = "fate_unknown"
    message = _("An order cannot fare like “%(value)s”. Known: %(known)s.")


class ClockIsReal(Conflict):
    """The marketplace keeps real time, which nobody sets."""

    code = "clock_is_real"
    message = _("This marketplace runs in real time; its clock cannot be set.")


class TooMuchTrouble(LimitReached):
    """So many troubles at once that nobody could tell them apart."""

    code = "too_much_trouble"
    message = _("At most %(limit)s troubles at once. End one of them first.")
    unknown_kind = _("Choose one of: %(known)s.")
    unknown_path = _("Type the beginning of a method’s path or of a push’s type, for example /v2/products/stocks, "
                     "or leave it empty for all.")


def trouble_out_of_range(field: str, value: int, low: int, high: int) -> FieldError:
    """A figure of ordered trouble that is too small or too large."""
    return FieldError(field, "out_of_range", _("Choose a number from %(low)s to %(high)s."), str(value),
                      {"low": low, "high": high})
