"""What may be typed on the market page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sellerdesk.simulator.services import controls, ordering
from sellerdesk.simulator.web.storyboard import FATES


class PaceForm(forms.Form):
    orders_per_day = forms.IntegerField(
        label=_("Orders a day"), min_value=0, max_value=controls.MAX_ORDERS_PER_DAY,
        help_text=_("For a shop with a full shelf. A shop with few products gets fewer; a weekend evening brings "
                    "more."))
    autopilot = forms.BooleanField(
        label=_("Help with what is left lying"), required=False,
        help_text=_("What nobody packs for 20 hours the autopilot packs, and on Mondays it fills shelves that run "
                    "low."))


class OrderForm(forms.Form):
    offer_id = forms.CharField(label=_("Offer id"), max_length=50)
    quantity = forms.IntegerField(label=_("Units"), min_value=1, max_value=ordering.MOST_UNITS, initial=1)
    city = forms.CharField(
        label=_("City"), max_length=100, required=False,
        help_text=_("As buyers write it. Empty: anywhere."))
    fate = forms.ChoiceField(label=_("What becomes of it"), choices=list(FATES.items()), required=False)
