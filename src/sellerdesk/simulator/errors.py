"""What the market refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import Conflict, Invalid, NotFound


class NoMarket(NotFound):
    """This installation has no simulated market."""

    code = "no_market"
    message = _("There is no simulated market in this installation.")


class SpeedUnknown(Invalid):
    code = "speed_unknown"
    message = _("Choose a speed from 1 to %(limit)s virtual seconds a second.")


class PaceOutOfRange(Invalid):
    code = "pace_out_of_range"
    message = _("Choose from %(low)s to %(high)s orders a day.")


class LeapTooFar(Invalid):
    code = "leap_too_far"
    message = _("Move the clock forward by %(limit)s hours at most.")


class ClockIsReal(Conflict):
    """The marketplace keeps real time, which nobody sets."""

    code = "clock_is_real"
    message = _("This marketplace runs in real time; its clock cannot be set.")
