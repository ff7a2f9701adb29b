"""Numbers that no form of ours sends: too long for a column, or digits of another script. They name nothing, and no
page falls over them."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = [("finance:documents", "before"), ("catalog:certificate_new", "replaces"), ("catalog:changes", "after"),
         ("catalog:import_template", "type"), ("catalog:import_template", "category"), ("catalog:product_new", "product"),
         ("analytics:explorer", "period"), ("orders:postings", "warehouse"), ("supply:new", "draft")]


@pytest.mark.parametrize("strange", ["9" * 19, "9" * 5000, "²", "-1"])
@pytest.mark.parametrize(("view", "name"), PAGES)
def test_a_strange_number_in_an_address_names_nothing(view, name, strange, anna_client, stall, dated_rules):
    answer = anna_client.get(reverse(view), {name: strange})

    assert answer.status_code < 500
