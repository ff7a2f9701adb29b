"""Two people change one card: nothing typed is lost, nothing saved is overwritten unseen."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sellerdesk.catalog.web import merging

_FIELDS = st.dictionaries(st.sampled_from("abc"), st.lists(st.sampled_from(["1", "2", ""]), max_size=2))


def test_what_only_one_changed_is_taken_without_asking():
    merged = merging.merge({"name": ["A"], "vat": ["0"], "images": ["x"]}, {"name": ["B"], "vat": ["0"], "images": ["x"]},
                           {"name": ["A"], "vat": ["0.2"], "images": ["x"]})

    assert merged.fields == {"name": ["B"], "vat": ["0.2"], "images": ["x"]}
    assert (merged.conflicts, merged.theirs, merged.mine) == ((), ("name",), ("vat",))


def test_what_both_changed_is_asked_about_until_somebody_chooses():
    base, theirs, mine = {"name": ["A"]}, {"name": ["B"]}, {"name": ["C"]}

    open_ = merging.merge(base, theirs, mine)
    yours = merging.merge(base, theirs, {**mine, "choose_name": ["theirs"]})
    own = merging.merge(base, theirs, {**mine, "choose_name": ["mine"]})
    other = merging.merge(base, theirs, {**mine, "choose_name": ["nobody"]})

    assert (open_.conflicts, open_.fields) == (("name",), {"name": ["C"]})
    assert (yours.conflicts, yours.fields) == ((), {"name": ["B"]})
    assert (own.conflicts, own.fields) == ((), {"name": ["C"]})
    assert other.conflicts == ("name",)


def test_line_ends_and_empty_fields_are_no_change():
    merged = merging.merge({"text": ["a\nb"], "brand": []}, {"text": ["other"], "brand": ["7"]},
                           {"text": ["a\r\nb "], "brand": [""]})

    assert (merged.conflicts, merged.fields) == ((), {"text": ["other"], "brand": ["7"]})


@settings(deadline=None)
@given(_FIELDS, _FIELDS, _FIELDS)
def test_every_field_ends_as_one_of_the_three_and_a_change_of_mine_is_never_dropped_unasked(base, theirs, mine):
    merged = merging.merge(base, theirs, mine)

    plain = merging._plain
    for name in {*base, *theirs, *mine}:
        assert plain(merged.fields[name]) in (plain(theirs.get(name)), plain(mine.get(name)))
        if plain(mine.get(name)) != plain(base.get(name)):
            assert plain(merged.fields[name]) == plain(mine.get(name))
    assert not set(merged.conflicts) & {*merged.theirs, *merged.mine}


@settings(deadline=None)
@given(_FIELDS)
def test_what_a_form_showed_comes_back_from_its_hidden_field(fields):
    assert merging.unpack(merging.pack(fields)) == fields


def test_a_hidden_field_that_was_tampered_with_is_no_base():
    for text in ("", "?", "AAAA", "eJw=", merging.pack({"a": ["b"]})[:-6], "x" * 300_000):
        assert merging.unpack(text) == {}
