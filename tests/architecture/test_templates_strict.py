"""The guard over names in templates works: without it a misspelt name is an empty place on a page."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from tests.templates import NameMissing


def test_a_name_that_nobody_gives_fails_where_it_is_printed_and_not_where_it_is_asked_for() -> None:
    assert Template("{{ row.name }}{% if row.nmae %}!{% endif %}{% firstof row.nmae 'x' %}").render(
        Context({"row": {"name": "Mug"}})) == "Mugx"
    with pytest.raises(NameMissing, match=r"row\.nmae"):
        Template("{{ row.nmae }}").render(Context({"row": {"name": "Mug"}}))
