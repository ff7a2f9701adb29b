"""Where a new version of a rule comes from, as an operator says it: once, or in each language of the shops."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from sellerdesk.core.rules import Source

_LANGUAGES = {"ru": "source_ru", "zh-hans": "source_zh"}
FIELDS = ("source", *_LANGUAGES.values())


class SourcedForm(forms.Form):
    """A form with the source of what it brings in; a subclass puts the fields of the rule before it."""

    source = forms.CharField(label=pgettext_lazy("rule", "Where it comes from"), max_length=300, help_text=gettext_lazy(
        "Shops read it beside the figure. Whoever reads in a language without a text of its own reads this one."))
    source_ru = forms.CharField(label=gettext_lazy("The same in Russian"), max_length=300, required=False)
    source_zh = forms.CharField(label=gettext_lazy("The same in Chinese"), max_length=300, required=False)

    def source_names(self) -> dict[str, str]:
        """The source in other languages, by language; those left empty are absent."""
        return {language: said for language, name in _LANGUAGES.items()
                if (said := " ".join(self.cleaned_data[name].split()))}


def initial(source: Source) -> dict[str, str]:
    """What the fields hold at first, from a source that is kept."""
    return {"source": source.text,
            **{_LANGUAGES[language]: said for language, said in source.names if language in _LANGUAGES}}
