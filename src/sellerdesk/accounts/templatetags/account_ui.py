"""Template tags of the pages about people."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sellerdesk.accounts import rules
from sellerdesk.core.ui.components import Step, TabLink

register = template.Library()

_TABS = (
    (_("Profile"), "user", "accounts:profile", ("accounts:profile",)),
    (_("E-mail and phone"), "mail", "accounts:contacts", ("accounts:contacts",)),
    (_("Password"), "lock", "account_change_password", ("account_change_password", "account_set_password")),
    (_("Security"), "shield-lock", "accounts:security", (
        "accounts:security", "accounts:app", "accounts:recovery_codes", "accounts:phone_factor", "accounts:key_new",
        "accounts:key_edit")),
    (_("Messages"), "message", "accounts:messages", ("accounts:messages", "accounts:phrase")),
    (_("Sessions"), "device-desktop", "usersessions_list", ("usersessions_list", "accounts:sessions")),
    (_("History"), "history", "accounts:history", ("accounts:history", "accounts:history_denied")),
)
_STEPS = (_("Account"), _("E-mail"), _("Company and shop"))


@register.simple_tag(takes_context=True)
def account_tabs(context: Context) -> list[TabLink]:
    """The person's own pages, with the open one marked."""
    match = context["request"].resolver_match
    here = match.view_name if match else ""
    return [TabLink(label, reverse(name), active=here in lit, icon=icon) for label, icon, name, lit in _TABS]


@register.simple_tag
def signup_steps(now: int) -> list[Step]:
    """The way from nothing to a shop; `now` counts from 1."""
    return [Step(label, "done" if number < now else "now" if number == now else "todo")
            for number, label in enumerate(_STEPS, 1)]


@register.filter
def browser(user_agent: str) -> str:
    """`Firefox, Windows` out of what a browser says about itself; the beginning of it where we do not know better."""
    return rules.device_name(user_agent) or "—"
