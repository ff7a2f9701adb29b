"""Forms of the page for e-mail and phone. The services judge; these only ask."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class EmailForm(forms.Form):
    new = forms.CharField(label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={
        "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}))


class PhoneForm(forms.Form):
    new = forms.CharField(label=_("Phone number"), max_length=30,
                          help_text=_("With “+” and the country, for example +79161234567."),
                          widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}))


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code of six digits"), max_length=20, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input", "spellcheck": "false"}))
