"""Form widgets in the look of the kit, and refusals of a service brought back to the fields of a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from sellerdesk.core.errors import DomainError

_PLAIN = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def add_errors(form: forms.BaseForm, error: DomainError) -> None:
    """Show a refusal on the form: by field where the names match, else above it."""
    placed = False
    for one in error.fields:
        form.add_error(one.field if one.field in form.fields else None, one.text)
        placed = True
    if not placed:
        form.add_error(None, error.text)


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """What a field of choices offers, where only the form knows it."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def widget_kind(field: BoundField) -> str:
    """``check``, ``choices``, ``select``, ``file``, ``textarea``, ``hidden`` or ``input``: the markup around it."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, _PLAIN):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, (forms.Select, forms.SelectMultiple)):
        return "select"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


_CLASSES = {"check": "form-check-input", "choices": "form-check-input", "select": "form-select", "file": "form-control",
            "textarea": "form-control", "input": "form-control", "hidden": ""}


def described_by(field: BoundField, help_text: Any) -> str:
    ids = [f"{field.auto_id}_error"] if field.errors else []
    if help_text:
        ids.append(f"{field.auto_id}_help")
    return " ".join(ids)


def dressed(field: BoundField, help_text: Any = "") -> str:
    """The field's widget with the classes of the kit and its help and errors linked."""
    kind = widget_kind(field)
    attrs: dict[str, Any] = {}
    css = [_CLASSES[kind], field.field.widget.attrs.get("class", ""), "is-invalid" if field.errors else ""]
    attrs["class"] = " ".join(part for part in css if part)
    described = described_by(field, help_text)
    if described:
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> list[Any]:
    """The radio buttons or checkboxes of a choice field, one widget each."""
    field.field.widget.attrs.setdefault("class", _CLASSES["choices"])
    return list(field)
