"""The operator's tables for goods and words: read, and put a new version into force from a moment on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sellerdesk.catalog.queries import ruling as reading
from sellerdesk.catalog.services import ruling
from sellerdesk.console.web import rule_forms, sources
from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http.access import operator_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.ui.forms import add_errors
from sellerdesk.sellers import permissions

_KINDS = {"words": gettext_lazy("Words"), "contacts": gettext_lazy("Contacts in texts"),
          "images": gettext_lazy("Pictures"), "goods": gettext_lazy("Goods"),
          "review": gettext_lazy("Who is looked at"), "calendar": gettext_lazy("Working days")}
#: What the tables of the starter are called; those of one kind alone have the name of their kind.
_NAMES = {
    "words.en": pgettext_lazy("rule", "Words in English"), "words.ru": pgettext_lazy("rule", "Words in Russian"),
    "words.zh-hans": pgettext_lazy("rule", "Words in Chinese"),
    "goods.food_outside_stores": pgettext_lazy("rule", "Food outside the marketplace’s warehouses"),
    "goods.food_chilled": pgettext_lazy("rule", "Food that is kept cool"),
    "goods.food_papers": pgettext_lazy("rule", "Food with papers"),
    "goods.brand_papers": pgettext_lazy("rule", "Brands with papers"),
    "goods.alcohol": pgettext_lazy("rule", "Alcohol"), "goods.tobacco": pgettext_lazy("rule", "Tobacco"),
    "goods.nicotine": pgettext_lazy("rule", "Nicotine"), "goods.medicines": pgettext_lazy("rule", "Medicines"),
    "goods.weapons": pgettext_lazy("rule", "Weapons"),
    "goods.weapon_words": pgettext_lazy("rule", "Weapons by their words"),
    "goods.seeds_abroad": pgettext_lazy("rule", "Seeds and plants from abroad"),
}


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_safe
def index(request: WebRequest) -> HttpResponse:
    """Every table with the version in force."""
    return render(request, "console/rules.html", {
        "area": "console", "nav_key": "rules",
        "rows": [(one, _name(one.key), _KINDS.get(one.key.partition(".")[0], one.key), _summary(one.value))
                 for one in reading.tables(clock.now())]})


def _name(key: str) -> Any:
    return _NAMES.get(key) or _KINDS.get(key, key)


def _summary(value: Any) -> str:
    """The table in a line: how long its lists are, and its level."""
    parts = [f"{rule_forms.LISTS.get(name, name)}: {len(each)}" for name, each in value.items()
             if isinstance(each, list) and each]
    level = value.get("level")
    return " · ".join([*([str(rule_forms.LEVELS.get(level, level))] if level else []), *parts])


@operator_view(permissions.CONSOLE_RULE_EDIT)
@require_http_methods(["GET", "POST"])
def rule(request: WebRequest, rule_key: str) -> HttpResponse:
    """One table: its versions, a form for the next one, and what that would do to cards on sale."""
    versions, now = reading.versions(rule_key), clock.now()
    current = next((one for one in versions if one.valid_at(now)), versions[0])
    own = rule_forms.form_of(rule_key)
    bare = own is rule_forms.TableForm or "value" in request.POST or request.GET.get("as") == "table"
    kind = rule_forms.TableForm if bare else own
    form = kind(request.POST if request.method == "POST" else None, initial=sources.initial(current.source),
                was=current.value, language=request.language)
    effect = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("action") == "effect":
                effect = ruling.effect(key=rule_key, text=form.text(), now=now)
            else:
                ruling.change(key=rule_key, text=form.text(), source=form.cleaned_data["source"],
                              source_names=form.source_names(),
                              valid_from=form.cleaned_data["valid_from"] or now, actor=request.actor, now=now)
                messages.success(request, _("The new version is kept. Cards sent from then on are judged by it."))
                return redirect("console:rule", rule_key)
        except Invalid as refused:
            add_errors(form, refused)
    return render(request, "console/rule.html", {
        "area": "console", "nav_key": "rules", "form": form, "rule_key": rule_key, "name": _name(rule_key),
        "current": current, "bare": bare,
        "has_form": own is not rule_forms.TableForm, "effect": effect,
        "counted": rule_key.partition(".")[0] in ("words", "goods", "contacts", "images"),
        "versions": [(one, one.valid_at(now)) for one in versions]}, status=422 if form.errors else 200)
