"""E01: files made to hurt are refused while they are read, with little memory, whatever they say about themselves."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from sellerdesk.catalog.errors import FileRefused
from sellerdesk.catalog.services.sheets import reading
from sellerdesk.catalog.services.sheets.limits import DEFAULTS, Limits

LIMITS = Limits(**DEFAULTS)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
WORKBOOK = (f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
            '<sheet name="Products" sheetId="1" r:id="rId1"/></sheets></workbook>')
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
             'Type="x" Target="worksheets/sheet1.xml"/></Relationships>')
ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}"><v>{2}</v></c></row>'


def book(sheet: str | Callable[[zipfile.ZipFile], None], strings: str = "", **more: str) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", WORKBOOK)
        made.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        if strings:
            made.writestr("xl/sharedStrings.xml", strings)
        if callable(sheet):
            sheet(made)
        else:
            made.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in more.items():
            made.writestr(name, text)
    return out


def sheet(body: str, head: str = "") -> str:
    return f"{head}<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"


def rows_of(handle: io.BytesIO) -> list[list[str]]:
    reading.glance(handle, len(handle.getvalue()), LIMITS)
    return [row.cells for row in reading.opened(handle, LIMITS).rows]


def code_of(handle: io.BytesIO) -> tuple[str, float]:
    """The refusal, and how many MiB of memory it took."""
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused) as refused:
            rows_of(handle)
        return refused.value.code, tracemalloc.get_traced_memory()[1] / 1024 / 1024
    finally:
        tracemalloc.stop()


def zeros(made: zipfile.ZipFile) -> None:
    """300 MB of nothing in one cell, a thousand times smaller when packed."""
    with made.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(f"<worksheet {MAIN}><sheetData><row r='1'><c r='A1'><v>".encode())
        for _ in range(300):
            part.write(b"0" * 1_000_000)


def words(made: zipfile.ZipFile) -> None:
    """Hundred megabytes of remarks between two rows."""
    with made.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(f"<worksheet {MAIN}><sheetData>".encode())
        for _ in range(100):
            part.write(b"<!--" + b"x" * 999_990 + b"-->")


def many_cells(made: zipfile.ZipFile) -> None:
    """Hundred megabytes of empty cells, all in one row."""
    with made.open("xl/worksheets/sheet1.xml", "w") as part:
        part.write(f"<worksheet {MAIN}><sheetData><row r='1'>".encode())
        for _ in range(100):
            part.write(b"<c/>" * 250_000)


def test_E01_what_grows_without_end_is_refused_before_it_fills_the_memory():
    lol = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    bombs = {
        "zeros": book(zeros), "words": book(words), "empty cells": book(many_cells),
        "laughs": book(sheet("<row r='1'><c t='inlineStr'><is><t>&l9;</t></is></c></row>",
                             f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}]>')),
        "outside": book(sheet("<row r='1'><c t='inlineStr'><is><t>&x;</t></is></c></row>",
                              '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "digits": book(sheet(ROW.format(1, "Offer ID", "9" * 1_000_000))),
        "columns": book(sheet("<row r='1'>" + "<c><v>1</v></c>" * 100_000 + "</row>")),
        "far column": book(sheet("<row r='1'><c r='XFD1'><v>1</v></c></row>")),
        "rows": book(sheet("".join(f"<row><c><v>{at}</v></c></row>" for at in range(100_010)))),
        "string": book(sheet(ROW.format(1, "a", 1)), f"<sst {MAIN}><si><t>{'x' * 40_000}</t></si></sst>"),
        "members": book(sheet(ROW.format(1, "a", 1)), **{f"junk/{at}": "" for at in range(1_100)}),
    }
    expected = {"zeros": "cell_too_long", "words": "file_suspicious", "empty cells": "too_many_columns", "laughs": "file_entities",
                "outside": "file_entities", "digits": "cell_too_long", "columns": "too_many_columns",
                "far column": "too_many_columns", "rows": "too_many_rows", "string": "cell_too_long",
                "members": "file_suspicious"}

    found = {name: code_of(handle) for name, handle in bombs.items()}

    assert {name: code for name, (code, _memory) in found.items()} == expected
    assert max(memory for _code, memory in found.values()) < 64


def test_E01_sizes_that_lie_and_broken_archives_are_refused_or_read_as_they_are():
    lying = bytearray(book(sheet(ROW.format(1, "Offer ID", 1) + ROW.format(2, "A", 2)), "").getvalue())
    at = lying.rindex(b"xl/worksheets/sheet1.xml") - 46
    lying[at + 24:at + 28] = (10).to_bytes(4, "little")  # the directory says: ten bytes unpacked
    assert code_of(io.BytesIO(bytes(lying)))[0] == "file_broken"
    cut = book(sheet(ROW.format(1, "a", 1))).getvalue()
    assert code_of(io.BytesIO(cut[:-30]))[0] == "not_a_spreadsheet"
    assert code_of(book("<worksheet"))[0] == "file_broken"
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as made:
        for name in ("xl/workbook.xml", "xl/Workbook.xml"):
            made.writestr(name, WORKBOOK)
    assert code_of(twice)[0] == "file_suspicious"
    assert code_of(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"))[0] == "old_format"

    honest = book(sheet('<dimension ref="A1:XFD1048576"/>' + ROW.format(1, "Offer ID", 1) + ROW.format(1_048_576, "A", 2)
                        + "<row r='7'>" + "<c r='XFD7' s='3'/>" + "</row>"))
    assert rows_of(honest) == [["Offer ID", "1"], ["A", "2"]]


def test_E01_random_damage_ends_in_a_refusal_or_in_rows_and_never_in_a_crash():
    whole = book(sheet("".join(ROW.format(at, f"name {at}", at) for at in range(1, 50)))).getvalue()
    dice = random.Random(7)
    ends = set()
    for _ in range(300):
        broken = bytearray(whole)
        for _hit in range(dice.randint(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        try:
            rows_of(io.BytesIO(bytes(broken)))
            ends.add("rows")
        except FileRefused as refused:
            ends.add(refused.code)

    assert ends >= {"rows", "file_broken"}


def test_numbers_escapes_and_readings_are_read_as_people_see_them():
    strings = (f"<sst {MAIN}><si><r><t>Сло</t></r><r><t>во</t></r><rPh><t>reading</t></rPh></si>"
               "<si><t>a_x000D_b</t></si></sst>")
    cells = ("<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1'><v>19.989999999999998</v></c>"
             "<c r='D1'><v>1.5E3</v></c><c r='E1' t='b'><v>1</v></c><c r='G1' t='str'><v>= 5</v></c>")

    assert rows_of(book(sheet(f"<row r='1'>{cells}</row>"), strings)) == [
        ["Слово", "a\rb", "19.99", "1500", "true", "", "= 5"]]


def test_text_in_any_common_encoding_and_separator_is_read():
    plain = [["Артикул", "Цена"], ["A", "1,5"]]
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"):
        for separator in (";", "\t"):
            text = "\r\n".join(separator.join(row) for row in plain)
            assert rows_of(io.BytesIO(text.encode(encoding))) == plain, (encoding, separator)
    assert rows_of(io.BytesIO("货号,价格\nA,5\n".encode("gbk"))) == [["货号", "价格"], ["A", "5"]]
    assert code_of(io.BytesIO(b"a;b\n" + b'"' + b"x" * 200_000))[0] == "file_broken"
    assert rows_of(io.BytesIO(b"a;'=1+1\n;;\n'-5;it's\n")) == [["a", "=1+1"], ["-5", "it's"]]
