"""Demo goods are plausible, valid against the starter catalogue and the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest

from sellerdesk.catalog import starter
from sellerdesk.simulator import goods
from sellerdesk.simulator.goods import pricing, wording


def test_the_same_seed_makes_the_same_goods_and_another_seed_makes_others() -> None:
    first = goods.generate(7, 120, "ru")

    assert goods.generate(7, 120, "ru") == first
    assert goods.generate(7, 200, "ru")[:120] == first
    assert goods.generate(8, 120, "ru") != first


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_hundred_and_fifty_goods_cover_every_type_without_repeating_a_name(seed: int) -> None:
    made = goods.generate(seed, 350)

    assert {each.type_key for each in made} == {kind.key for kind in starter.load().types}
    for texts in (
        [each.offer_id for each in made],
        [each.barcode for each in made],
        *([each.names[language] for each in made] for language in starter.LANGUAGES),
    ):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("language", starter.LANGUAGES)
def test_attribute_values_are_those_the_type_allows(language: str) -> None:
    catalogue = starter.load()
    kinds = {kind.id: kind for kind in catalogue.types}
    attributes = {row.id: row for row in catalogue.attributes}
    values = {row.id: row for row in catalogue.values}

    for each in goods.generate(5, 1000, language):
        asked = {row.attribute_id: row for row in kinds[each.type_id].attributes}
        given = {row.attribute_id: row.values for row in each.attributes}
        assert {key for key, row in asked.items() if row.required} <= set(given) <= set(asked), each.offer_id
        for attribute_id, chosen in given.items():
            attribute = attributes[attribute_id]
            assert 1 <= len(chosen) <= attribute.max_value_count
            for value in chosen:
                allowed = asked[attribute_id].value_ids
                assert not allowed or value.value_id in allowed, (each.offer_id, attribute.key)
                if attribute.dictionary_id:
                    assert values[value.value_id].dictionary_id == attribute.dictionary_id
                    assert values[value.value_id].names[language] == value.text
                elif attribute.kind == "Integer":
                    assert value.text.isdigit(), (each.offer_id, attribute.key)
                elif attribute.kind == "Decimal":
                    assert value.text.replace(".", "", 1).isdigit(), (each.offer_id, attribute.key)
                elif attribute.kind == "Boolean":
                    assert value.text in ("true", "false"), (each.offer_id, attribute.key)


@pytest.mark.parametrize("currency", ["RUB", "CNY"])
def test_sizes_prices_and_barcodes_pass_the_checks_of_the_market(currency: str) -> None:
    made = goods.generate(3, 1000, "zh", currency)

    for each in made:
        volume = each.depth_mm * each.width_mm * each.height_mm
        # Grams per cubic millimetre times a thousand, as the density rule is written.
        assert volume < each.weight_g * 1_000_000 <= volume * 13_550, each.offer_id
        assert 0 < each.cost_minor < each.price_minor
        if each.old_price_minor:
            assert each.old_price_minor - each.price_minor >= pricing.least_gap(each.price_minor), each.offer_id
            assert each.old_price_minor < each.price_minor * 10
        digits = [int(digit) for digit in each.barcode]
        assert len(digits) == 13
        assert (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
        assert len(each.offer_id) <= 50
        assert len(each.names["ru"]) <= 255
        assert 1 <= each.popularity <= 1000
        assert len(each.season) == 12
    assert {each.vat for each in made} == ({"0.1", "0.22"} if currency == "RUB" else {"0"})
    assert 400 < sum(1 for each in made if each.old_price_minor) < 700


def test_names_read_naturally_in_each_language() -> None:
    made = {each.type_key: each for each in goods.generate(1, 87)}

    thermos = made["thermos"].names

    assert thermos == {
        "en": "Teplovia Harmony stainless steel thermos, 350 ml, black",
        "ru": "Термос Teplovia «Гармония», 350 мл, нержавеющая сталь, чёрный",
        "zh": "Teplovia“和谐”不锈钢保温杯 350ml 黑色",
    }


def test_russian_adjectives_agree_with_the_noun() -> None:
    assert [wording.agree("чёрный", gender) for gender in "mfnp"] == ["чёрный", "чёрная", "чёрное", "чёрные"]
    assert [wording.agree("тёмно-синий", gender) for gender in "fnp"] == ["тёмно-синяя", "тёмно-синее", "тёмно-синие"]
    assert [wording.agree("женский", gender) for gender in "fnp"] == ["женская", "женское", "женские"]
    assert wording.agree("голубой", "p") == "голубые"
    assert wording.agree("унисекс", "f") == "унисекс"


def test_a_mass_is_said_in_the_unit_people_use() -> None:
    assert wording.mass(800, "en") == "800 g"
    assert wording.mass(1500, "ru") == "1,5 кг"
    assert wording.mass(10000, "zh") == "10kg"


def test_models_with_variants_share_the_model_name() -> None:
    made = goods.generate(1, 350)

    families = Counter((each.type_key, each.brand, each.model) for each in made)

    assert sum(1 for count in families.values() if count > 1) > 60


def test_another_language_or_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="language de"):
        goods.generate(1, 1, "de")
    with pytest.raises(ValueError, match="currency USD"):
        goods.generate(1, 1, "ru", "USD")
