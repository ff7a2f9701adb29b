"""The form of a change in bulk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from sellerdesk.pricing.services import PercentChange


class PercentForm(forms.Form):
    percent = forms.DecimalField(
        label=_("Change prices by, %"), max_digits=6, decimal_places=2, localize=True,
        validators=[MinValueValidator(-90), MaxValueValidator(900)],
        help_text=_("A minus lowers prices: −5 makes 1,000 to 950."))
    whole = forms.BooleanField(label=_("Round to whole amounts"), required=False)
    with_old = forms.BooleanField(label=_("Move crossed-out prices along"), required=False)

    def clean_percent(self) -> Any:
        percent = self.cleaned_data["percent"]
        if percent == 0:
            raise forms.ValidationError(_("Write a change other than 0."), code="zero")
        return percent

    @property
    def change(self) -> PercentChange:
        cleaned = self.cleaned_data
        return PercentChange(int(cleaned["percent"] * 100), cleaned["whole"], cleaned["with_old"])
