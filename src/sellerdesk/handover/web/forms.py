"""Forms of printing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sellerdesk.core.ui.forms import offer
from sellerdesk.handover.types import Printing
from sellerdesk.logistics import queries as logistics


class PrintingForm(forms.Form):
    """On what the shop prints its labels."""

    size = forms.ChoiceField(label=_("Size of the label, mm"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=pgettext_lazy("file", "Format"), widget=forms.RadioSelect, choices=[
        ("pdf", _("PDF: any printer, also from a phone")), ("zpl", _("ZPL: label printers of Zebra and alike"))])
    first_cell = forms.IntegerField(
        label=_("First free cell of the sheet"), min_value=1, max_value=21, initial=1, required=False,
        help_text=_("On sheets only: cells are counted from left to right and from above, so a sheet that is used in "
                    "part can be fed again."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "size", [(one.key, one.name) for one in logistics.label_sizes()])

    @property
    def printing(self) -> Printing:
        values = self.cleaned_data
        return Printing(values["size"], values["kind"], values["first_cell"] or 1)
