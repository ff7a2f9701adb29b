"""Files in the MaxMind DB format, written here from the text of the format alone."""

from __future__ import annotations

import pytest

from sellerdesk.core import mmdb
from tests import mmdb_file

ENTRIES = {"203.0.113.0/24": {"city": {"names": {"en": "Kazan"}}}, "198.51.100.7/32": {"n": 7},
           "2001:db8::/32": {"long": "x" * 400, "list": [1, 70_000, -5, True, False, 1.5]}}


@pytest.mark.parametrize("bits", [24, 28, 32])
def test_an_address_finds_the_network_it_lies_in(tmp_path, bits):
    reader = mmdb.Reader(mmdb_file.write(tmp_path / "a.mmdb", ENTRIES, bits=bits))

    assert reader.find("203.0.113.9") == {"city": {"names": {"en": "Kazan"}}}
    assert reader.find("203.0.114.9") is None
    assert reader.find("198.51.100.7") == {"n": 7}
    assert reader.find("198.51.100.8") is None
    assert reader.find("2001:db8:1::1") == {"long": "x" * 400, "list": [1, 70_000, -5, True, False, 1.5]}
    assert reader.find("2001:db9::1") is None


def test_a_tree_for_version_4_knows_no_address_of_version_6(tmp_path):
    reader = mmdb.Reader(mmdb_file.write(tmp_path / "a.mmdb", {"203.0.113.0/24": {"n": 1}}, version=4))

    assert reader.find("203.0.113.200") == {"n": 1}
    assert reader.find("::203.0.113.200") is None


@pytest.mark.parametrize("text", ["", "nowhere", "203.0.113", "203.0.113.9/24", "999.1.1.1"])
def test_what_is_no_address_is_nowhere(tmp_path, text):
    assert mmdb.Reader(mmdb_file.write(tmp_path / "a.mmdb", ENTRIES)).find(text) is None


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "other"
    path.write_bytes(b"GIF89a" * 100)

    with pytest.raises(mmdb.BadFile):
        mmdb.Reader(path)
    path.write_bytes(b"x" * 64 + b"\xab\xcd\xefMaxMind.com" + b"\x00")
    with pytest.raises(mmdb.BadFile):
        mmdb.Reader(path)


def test_a_damaged_file_answers_or_says_so_but_never_hangs(tmp_path):
    """Every byte of the values is turned over once."""
    path = mmdb_file.write(tmp_path / "a.mmdb", {"203.0.113.0/24": {"a": {"b": "c"}, "d": [1, 2]}})
    whole = path.read_bytes()
    begin = whole.rindex(b"\xab\xcd\xefMaxMind.com") - 30

    for at in range(begin, len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1:])
        try:
            mmdb.Reader(path).find("203.0.113.9")
        except mmdb.BadFile:
            continue


def test_a_value_that_points_at_itself_is_refused(tmp_path):
    path = mmdb_file.write(tmp_path / "a.mmdb", {"203.0.113.0/24": mmdb_file.Raw(b"\x20\x00")})

    with pytest.raises(mmdb.BadFile):
        mmdb.Reader(path).find("203.0.113.9")


def test_the_file_of_the_tests_is_what_the_format_says(tmp_path):
    """The writer is checked by hand, so that reader and writer do not share a mistake."""
    raw = mmdb_file.write(tmp_path / "a.mmdb", {"128.0.0.0/1": {"n": 1}}, version=4).read_bytes()

    # One node of 24-bit records: nothing on the left; on the right the value at place 0, 16 + 1 beyond the node.
    assert raw[:6] == bytes([0, 0, 1, 0, 0, 17])
    assert raw[6:22] == bytes(16)
    # A map of one pair (111 00001), a text of one byte (010 00001), "n", a number of 32 bits in one byte (110 00001), 1.
    assert raw[22:27] == bytes([0xE1, 0x41]) + b"n" + bytes([0xC1, 1])
