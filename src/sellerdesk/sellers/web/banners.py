"""What people should know about their shops, above every page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.core import clock
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui import formats
from sellerdesk.core.ui.banners import Banner, register
from sellerdesk.sellers import permissions, queries


def keys_to_review(request: WebRequest) -> Banner | None:
    """After a password was set by a link from a mail, the keys of the shops are looked through."""
    user: Any = request.user
    if user.keys_review_since is None or not request.shops:
        return None
    return Banner("keys-review", _("Your password was set by a link from a mail. API keys went on working meanwhile."),
                  tone="warning", links=((_("Look through the API keys"), reverse("sellers:keys_review")),))


_STATES = {
    "draft": (_("Buyers do not see the shop yet: some steps are left."), "info"),
    "in_review": (_("We are looking at your papers. Buyers do not see the shop yet."), "info"),
    "needs_changes": (_("Your papers need corrections before buyers see the shop."), "warning"),
    "approved": (_("Your papers are in order. A few steps are left before buyers see the shop."), "info"),
    "suspended": (_("The shop is suspended: buyers do not see its goods."), "danger"),
    "paused": (_("The shop is paused: buyers do not see its goods."), "warning"),
    "closing": (_("The shop is closing: buyers do not see its goods. An owner can still stop this."), "warning"),
}

#: Pages that say the same themselves.
_THERE = {"sellers:onboarding", "sellers:closing"}


def onboarding(request: WebRequest) -> Banner | None:
    """Why buyers do not see the shop, on every page of it; how far it has come, on its home page."""
    seller = request.seller
    match = request.resolver_match
    if seller is None or seller.twin_of is not None or seller.state not in _STATES:
        return None
    if match is None or match.view_name in _THERE:
        return None
    if getattr(match.func, "access", ("",))[0] != "seller":
        return None
    text, tone = str(_STATES[seller.state][0]), _STATES[seller.state][1]
    if seller.state == "paused":
        may = request.can(permissions.SHOP_RESUME)
        return Banner("onboarding", text, tone=tone, links=((_("Why"), reverse("sellers:onboarding")),),
                      dismiss_url=reverse("sellers:resume") if may else "", dismiss_label=_("Sell again"))
    if seller.state == "closing":
        return Banner("onboarding", text, tone=tone, links=((_("To the closing"), reverse("sellers:closing")),))
    if request.path == "/":
        # One page may ask how far the shop has come; the others only know its state.
        progress = queries.progress(seller, clock.now())
        return Banner("onboarding", text, tone=tone, links=((_("To the checklist"), reverse("sellers:onboarding")),),
                      done=progress.done, total=progress.total)
    return Banner("onboarding", text, tone=tone, links=((_("To the checklist"), reverse("sellers:onboarding")),))


def soon_paused(request: WebRequest) -> Banner | None:
    """A shop that does nothing is told on its home page before it is paused."""
    if request.seller is None or request.path != "/" or not request.seller.may_sell:
        return None
    until = queries.pause_announced(request.seller)
    if until is None:
        return None
    return Banner("soon-paused", _("Nothing happens in the shop. If that goes on, it is paused on %(day)s.") % {
        "day": formats.day(until)}, tone="warning", links=((_("To the products"), reverse("catalog:products")),))


def new_offer(request: WebRequest) -> Banner | None:
    """What must be accepted, the most urgent first, told on the home page until it is."""
    if request.seller is None or request.path != "/":
        return None
    now = clock.now()
    waiting = queries.to_sign(request.seller, now, request.language)
    if not waiting:
        return None
    first = waiting[0]
    text: Any
    values = {"until": formats.when(first.until), "title": first.title}
    if first.until is not None and first.until <= now:
        text, tone = _("Selling waits: what was not accepted in time must be accepted first."), "danger"
    elif first.key == queries.OFFER:
        text, tone = _("There is a new version of the offer. Accept it by %(until)s.") % values, "warning"
    else:
        text, tone = _("The policy “%(title)s” must be accepted by %(until)s.") % values, "warning"
    return Banner("new-offer", text, tone=tone,
                  links=((_("Read and accept"), f"{reverse('sellers:offer')}?policy={first.key}"),))


register(keys_to_review)
register(onboarding)
register(soon_paused)
register(new_offer)
