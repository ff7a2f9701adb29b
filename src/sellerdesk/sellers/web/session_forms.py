"""How long people of each role stay signed in: part of the page of security rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sellerdesk.sellers import rights, rules
from sellerdesk.sellers.queries import team
from sellerdesk.sellers.queries.security import session_limits
from sellerdesk.sellers.types import SellerRef


@dataclass(frozen=True, slots=True)
class RoleLimits:
    """One role that has limits of its own."""

    role: str
    name: str
    minutes: int
    hours: int


class SessionsForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[])
    idle_minutes = forms.IntegerField(label=gettext_lazy("Minutes without doing anything"), required=False,
                                      widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    life_hours = forms.IntegerField(label=gettext_lazy("Hours since signing in, at most"), required=False,
                                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}))

    def __init__(self, data: Any = None, *, seller: SellerRef) -> None:
        super().__init__(data)
        role: Any = self.fields["role"]
        role.choices = role_names(seller)
        for name, least, most in (
                ("idle_minutes", rules.SHORTEST_IDLE_MINUTES, settings.SESSION_IDLE_SECONDS // 60),
                ("life_hours", 1, settings.SESSION_LIFE_SECONDS // 3600)):
            self.fields[name].help_text = _("%(from)s to %(to)s. Left empty: %(to)s.") % {"from": least, "to": most}


def role_names(seller: SellerRef) -> list[tuple[str, str]]:
    """Every role of a shop with its name, ready ones first. One query."""
    return [*((key, rights.role_name(key)) for key in rights.ROLE_NAMES),
            *((own.key, own.name) for own in team.own_roles(seller))]


def limits(seller: SellerRef) -> list[RoleLimits]:
    """Roles with limits of their own, in the order of roles. Two queries."""
    kept = session_limits(seller)
    return [RoleLimits(role, name, kept[role][0] // 60, kept[role][1] // 3600)
            for role, name in role_names(seller) if role in kept]
