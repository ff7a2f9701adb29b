"""From findings of the pure rules to errors people read: attribute names and closest values in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language

from sellerdesk.catalog import queries, rules
from sellerdesk.catalog.errors import MESSAGES
from sellerdesk.core.errors import FieldError

_COLUMN = {"en": 0, "ru": 1, "zh-hans": 2}


def explain(found: Sequence[Iterable[rules.Finding]],
            dictionaries: Mapping[int, rules.Dictionary]) -> list[list[FieldError]]:
    """Errors for each row of findings. One query, and none when there is nothing to say."""
    rows = [list(findings) for findings in found]
    language = get_language() or "en"
    ids = {finding.data["attribute_id"] for row in rows for finding in row if "attribute_id" in finding.data}
    names = queries.attribute_names(ids, language) if ids else {}
    column = _COLUMN.get(language, 0)

    def error(finding: rules.Finding) -> FieldError:
        data = {"value": finding.value, "level": finding.level, **finding.data}
        if "attribute_id" in data:
            data["attribute"] = names.get(data["attribute_id"], str(data["attribute_id"]))
        suggested = data.pop("suggestion_ids", ())
        if suggested:
            texts = dictionaries[data["dictionary_id"]].texts
            data["suggestions"] = [texts[key][column] for key in suggested]
        return FieldError(finding.field, finding.code, MESSAGES[finding.code], finding.value, data)

    return [[error(finding) for finding in row] for row in rows]
