from __future__ import annotations

import pytest

from sellerdesk.catalog import customs, rules, scoring, starter
from sellerdesk.catalog.types import ValueInput


@pytest.mark.parametrize(("text", "code"), [
    ("8518.30", "851830"), ("8518 30 000 0", "8518300000"), ("85183000", "85183000"), ("8518", None), ("851830a", None),
    ("990000", None), ("770000", None), ("8518301", None)])
def test_a_code_is_kept_as_its_digits_or_refused(text, code) -> None:
    assert customs.hs_code(text) == code


@pytest.mark.parametrize(("attribute", "text", "code"), [
    (customs.HS_CODE, "12", "hs_code_invalid"), (customs.CUSTOMS_NAME, "кружка", "customs_name_not_latin")])
def test_a_card_is_refused_with_the_field_the_value_and_the_fix(attribute, text, code) -> None:
    rule = rules.AttributeRule(attribute, "String", False, 0, 1)

    _value, finding = rules._free(rule, ValueInput(0, text))

    assert (finding.field, finding.code, finding.value) == (f"attribute.{attribute}", code, text)


@pytest.mark.parametrize(("text", "kept"), [
    ("12.5 USD", "12.50 USD"), ("usd 12,5", "12.50 USD"), ("1 299,99CNY", "1299.99 CNY"), ("12.5", None), ("0 USD", None),
    ("-1 USD", None), ("1.234 USD", None), ("5 JPY", None), ("USD", None)])
def test_a_value_for_customs_has_an_amount_and_a_currency(text, kept) -> None:
    rule = rules.AttributeRule(customs.CUSTOMS_VALUE, "String", False, 0, 1)

    value, finding = rules._free(rule, ValueInput(0, text))

    if kept:
        assert (value.value, finding) == (kept, None)
    else:
        assert (finding.code, finding.value) == ("customs_value_invalid", text)


def test_every_type_of_the_starter_asks_for_it_and_has_a_usual_code() -> None:
    usual = starter.hs_codes()

    for kind in starter.load().types:
        assert {one.attribute_id for one in kind.attributes} >= customs.ATTRIBUTES, kind.key
        assert customs.hs_code(usual[kind.id]) == usual[kind.id], kind.key


def test_what_only_customs_ask_does_not_count_for_the_card() -> None:
    asked = [(1, True), (2, False)]
    more = [*asked, (customs.HS_CODE, False), (customs.CUSTOMS_NAME, False), (customs.CUSTOMS_VALUE, False)]

    def judged(of):
        return scoring.judge(name="Mug", description="", names={}, images=0, filled=[2], asked=of).total

    assert judged(asked) == judged(more)
