"""Forms for the tables of the rule engine that are edited most: words, and restricted goods; and the bare table."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sellerdesk.catalog import queries as catalog
from sellerdesk.catalog.queries import reference, ruling
from sellerdesk.catalog.queries import wording as words
from sellerdesk.console.web.sources import FIELDS as SOURCE
from sellerdesk.console.web.sources import SourcedForm
from sellerdesk.core.ui.forms import offer

#: What a list of a table is called where only its length is said.
LISTS = {
    "categories": pgettext_lazy("list", "categories"), "types": pgettext_lazy("list", "product types"),
    "words": pgettext_lazy("list", "words"), "routes": pgettext_lazy("list", "routes"),
    "schemes": pgettext_lazy("list", "ways of selling"), "papers": pgettext_lazy("list", "papers"),
    "brands": pgettext_lazy("list", "brands"), "attributes": pgettext_lazy("list", "attributes"),
    "block": pgettext_lazy("list", "words refused"),
    "look": pgettext_lazy("list", "words looked at"), "kinds": pgettext_lazy("list", "kinds"),
    "holidays": pgettext_lazy("list", "days off"), "workdays": pgettext_lazy("list", "days worked"),
    "fields": pgettext_lazy("list", "fields"), "always": pgettext_lazy("list", "fields always looked at"),
    "stop_selling": pgettext_lazy("list", "fields that stop the sale"),
}
LEVELS = {"block": gettext_lazy("Refuse the card"), "needs_document": gettext_lazy("Hide it until papers are there"),
           "warn": gettext_lazy("Let a person look")}
_ROUTES = {"domestic": gettext_lazy("From this country"), "cross_border": gettext_lazy("Across the border")}
_SCHEMES = {"fbs": "FBS", "rfbs": "rFBS", "fbo": "FBO"}
_ID_LINE = re.compile(r"(\d{1,18})(?:\D.*)?")


class _Lines(forms.CharField):
    """A list, one item a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class _Ids(_Lines):
    """Ids, one a line; what follows the number is for reading. `names` gives the names of those that are there."""

    def __init__(self, *, names: Callable[[list[int]], Mapping[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = names
        # What stands in the rule already may stay, also where this marketplace has no such category yet.
        self.kept: frozenset[int] = frozenset()

    def clean(self, value: Any) -> list[int]:  # type: ignore[override]
        lines = super().clean(value)
        found = [_ID_LINE.fullmatch(line) for line in lines]
        strange = [line for line, match in zip(lines, found, strict=True) if match is None]
        ids = [int(match[1]) for match in found if match]
        strange += [str(one) for one in sorted(set(ids) - set(self.names(ids)) - self.kept)]
        if strange:
            raise forms.ValidationError(_("Not found here: %(values)s. Begin each line with the number."),
                                        params={"values": ", ".join(strange[:5])[:200]})
        return list(dict.fromkeys(ids))

    def spelled(self, ids: list[int]) -> str:
        names = self.names(ids)
        return "\n".join(f"{one} {names.get(one, '')}".strip() for one in ids)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})


class VersionForm(SourcedForm):
    """What every version of a table has. `was` is the value in force, of which the rest is kept."""

    valid_from = forms.DateTimeField(label=pgettext_lazy("rule", "In force from"), required=False,
                                     help_text=gettext_lazy("Empty: at once."),
                                     widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def __init__(self, *args: Any, was: Mapping[str, Any], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was, self.language = was, language

    def text(self) -> str:
        """The table as it is kept, from what was cleaned."""
        raise NotImplementedError

    @property
    def parts(self) -> list[Any]:
        """The fields of the table itself."""
        return [field for field in self if field.name not in ("valid_from", *SOURCE)]


class TableForm(VersionForm):
    """Any table, bare."""

    value = forms.CharField(label=gettext_lazy("Table"), widget=forms.Textarea(attrs={
        "rows": 20, "class": "rule-json", "spellcheck": "false"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["value"] = json.dumps(self.was, ensure_ascii=False, indent=1)

    def text(self) -> str:
        return str(self.cleaned_data["value"])


class _PolicyForm(VersionForm):
    policy = forms.ChoiceField(label=gettext_lazy("Policy that decisions link to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "policy", ruling.policy_titles(self.language))
        self.initial["policy"] = self.was.get("policy", "")


class WordsForm(_PolicyForm):
    """Words of one language."""

    field_order = ("block", "look", "policy", "valid_from", *SOURCE)
    block = _Lines(label=gettext_lazy("Words that are refused"), required=False, widget=_area(10),
                   help_text=gettext_lazy("One a line; word* means every ending. Look-alike letters are found too."))
    look = _Lines(label=gettext_lazy("Words that a person looks at"), required=False, widget=_area(6))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("block", "look"):
            self.initial[name] = "\n".join(self.was.get(name, ()))

    def text(self) -> str:
        return json.dumps({**self.was, **{name: self.cleaned_data[name] for name in ("block", "look", "policy")}},
                          ensure_ascii=False)


class GoodsForm(_PolicyForm):
    """Restricted goods: which are meant, and what holds for them."""

    field_order = ("level", "papers", "categories", "types", "words", "routes", "schemes", "policy", "valid_from",
                   *SOURCE)
    level = forms.ChoiceField(label=pgettext_lazy("console", "What happens"), choices=list(LEVELS.items()))
    papers = forms.MultipleChoiceField(label=gettext_lazy("Papers that are asked for"), required=False,
                                       choices=list(words.PAPERS.items()),
                                       widget=forms.CheckboxSelectMultiple)
    words = _Lines(label=gettext_lazy("Words in the card"), required=False, widget=_area(5), help_text=gettext_lazy(
        "Empty: all goods of the categories and types. One a line; word* means every ending."))
    routes = forms.MultipleChoiceField(label=gettext_lazy("Where the shop sends from"), required=False,
                                       choices=list(_ROUTES.items()), widget=forms.CheckboxSelectMultiple,
                                       help_text=gettext_lazy("None chosen: all."))
    schemes = forms.MultipleChoiceField(label=gettext_lazy("Ways of selling"), required=False,
                                        choices=list(_SCHEMES.items()), widget=forms.CheckboxSelectMultiple,
                                        help_text=gettext_lazy("None chosen: all."))
    _lists = ("categories", "types", "words", "routes", "schemes", "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = gettext_lazy("One number a line; what follows it is for reading.")
        fields = {
            "categories": _Ids(label=gettext_lazy("Categories"), required=False, widget=_area(4), help_text=help_text,
                               names=lambda ids: reference.category_names(ids, self.language)),
            "types": _Ids(label=gettext_lazy("Product types"), required=False, widget=_area(4), help_text=help_text,
                          names=lambda ids: {key: one.name for key, one in catalog.type_info(
                              ids, self.language).items()})}
        for name, field in fields.items():
            field.kept = frozenset(self.was.get(name, ()))
        self.fields.update(fields)
        self.order_fields(self.field_order)
        self.initial = {**self.initial, "level": self.was.get("level"), "words": "\n".join(self.was.get("words", ())),
                        **{name: self.was.get(name, []) for name in ("routes", "schemes", "papers")},
                        **{name: field.spelled(self.was.get(name, [])) for name, field in fields.items()}}

    def text(self) -> str:
        given = {name: self.cleaned_data[name] for name in (*self._lists, "level", "policy")}
        kept = {name: value for name, value in given.items() if value or name in self.was}
        return json.dumps({**self.was, **kept}, ensure_ascii=False)


def form_of(key: str) -> type[VersionForm]:
    """The form of a table; those without one of their own are edited bare."""
    kind = key.partition(".")[0]
    return WordsForm if kind == "words" else GoodsForm if kind == "goods" else TableForm
