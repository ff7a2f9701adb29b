"""The starter catalogue is complete, sound and tells its faults."""

from __future__ import annotations

import msgspec

from sellerdesk.catalog import starter


def test_the_catalogue_is_sound_in_every_language() -> None:
    assert starter.check(starter.load()) == []


def test_the_catalogue_covers_enough_departments_and_types() -> None:
    catalogue = starter.load()

    departments = [row for row in catalogue.categories if row.parent_id is None]

    assert len(departments) == 14
    assert len(catalogue.types) == 87
    assert {row.category_id for row in catalogue.types} == {
        row.id for row in catalogue.categories if row.parent_id is not None
    }


def test_every_type_asks_for_brand_model_and_type_and_for_four_to_nine_more() -> None:
    catalogue = starter.load()
    common = {starter.BRAND, starter.MODEL_NAME, starter.TYPE, starter.DESCRIPTION, starter.COUNTRY, 4384,
              starter.HS_CODE, starter.CUSTOMS_NAME, starter.CUSTOMS_VALUE}

    in_rows = {each.id for each in catalogue.attributes if each.complex_id}

    assert in_rows == {21837, 21841}
    for kind in catalogue.types:
        required = {each.attribute_id for each in kind.attributes if each.required}
        own = [each for each in kind.attributes if each.attribute_id not in common | in_rows]

        assert {starter.BRAND, starter.MODEL_NAME, starter.TYPE} < required, kind.key
        assert 4 <= len(own) <= 9, kind.key
        assert [each.position for each in kind.attributes] == list(range(1, len(kind.attributes) + 1))


def test_the_ids_clients_rely_upon_keep_their_meaning() -> None:
    catalogue = starter.load()

    attributes = {row.id: row.key for row in catalogue.attributes}
    values = {row.id: row.names["en"] for row in catalogue.values}

    assert {key: attributes[key] for key in (85, 9048, 8229, 4191, 4389, 10096)} == {
        85: "brand",
        9048: "model",
        8229: "type",
        4191: "description",
        4389: "country",
        10096: "colour",
    }
    assert values[126745801] == "No brand"
    assert values[91101] == "Over-ear headphones"


def test_check_names_a_missing_language_and_a_reference_to_nothing() -> None:
    catalogue = starter.load()
    first = catalogue.types[0]
    broken = msgspec.structs.replace(
        first,
        names={**first.names, "ru": ""},
        attributes=(*first.attributes, starter.TypeAttribute(1, False, False, 99)),
    )

    faults = starter.check(msgspec.structs.replace(catalogue, types=(broken, *catalogue.types[1:])))

    assert faults == ["type headphones: a language is missing", "type headphones: attribute 1 is unknown"]
