"""Labels as printers and scanners meet them: pages drawn at a thermal printer's 203 dots and read by a decoder."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from sellerdesk.logistics import queries, rules, services
from sellerdesk.logistics.errors import NoSuchSize, SheetsAreNoZpl
from sellerdesk.logistics.types import LabelData

SIZES = {one.key: one for one in queries.label_sizes()}


def label(index: int = 0, **changed: object) -> LabelData:
    values: dict[str, object] = {
        "posting_number": f"8949{index:04d}-0072-1", "tracking_number": rules.tracking_number("VP", 1000 + index),
        "carrier": "Велопорт", "shop": "Anna's Shop", "sender": "Москва", "city": "Казань", "recipient": "Dmitri K.",
        "contents": "MUG-1 ×2", "sort_code": "КАЗ", "weight_g": 620, "date": "23.11.2026", "service": "До пункта",
        "region": "", "address": "ул. Ленина, 1", "order_number": f"8949{index:04d}-0072", "units": 2, **changed}
    return LabelData(**values)  # type: ignore[arg-type]


CHINESE = label(1, carrier="维洛快递", city="乌鲁木齐", recipient="王小明", address="北京路 12 号", sort_code="乌鲁")


def pages(pdf: bytes) -> list[set[tuple[str, str]]]:
    """What a decoder that is not ours reads from each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [{(str(one.format), one.text) for one in zxingcpp.read_barcodes(page.render(scale=203 / 72).to_pil())}
                for page in document]
    finally:
        document.close()


def codes(*labels: LabelData, tall: bool) -> set[tuple[str, str]]:
    found = {("Code 128", one.posting_number) for one in labels} | {("QR Code", one.tracking_number) for one in labels}
    return found | ({("Code 128", one.tracking_number) for one in labels} if tall else set())


@pytest.mark.parametrize("size", ["58x40", "75x120", "100x150"])
def test_each_label_of_a_roll_is_a_page_of_its_size_in_the_order_given_and_is_read_by_a_scanner(size) -> None:
    labels = [CHINESE, label(2), label(3)]

    pdf = services.draw_labels(labels, size=size, language="ru")

    reader = PdfReader(io.BytesIO(pdf))
    assert [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in reader.pages] == [
        [SIZES[size].width_mm, SIZES[size].height_mm]] * 3
    assert pages(pdf) == [codes(one, tall=size != "58x40") for one in labels]
    assert "王小明" in reader.pages[0].extract_text()
    assert "乌鲁木齐" in reader.pages[0].extract_text()
    assert "Велопорт" in reader.pages[1].extract_text()
    assert "Dmitri K." in reader.pages[2].extract_text()
    assert services.draw_labels(labels, size=size, language="ru") == pdf


@pytest.mark.parametrize(("size", "cells"), [("a4x21", 21), ("a4x4", 4)])
def test_a_sheet_is_filled_from_its_first_free_cell(size, cells) -> None:
    labels = [label(index) for index in range(cells)]

    pdf = services.draw_labels(labels, size=size, language="en", first_cell=3)

    assert [round(float(side) / 72 * 25.4) for side in PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:]] == [210, 297]
    assert pages(pdf) == [codes(*labels[:cells - 2], tall=cells == 4), codes(*labels[cells - 2:], tall=cells == 4)]


def test_every_letter_is_embedded() -> None:
    reader = PdfReader(io.BytesIO(services.draw_labels([CHINESE], size="75x120", language="zh-hans")))

    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    embedded = [font for font in fonts if "/FontDescriptor" in font and "/FontFile2" in font["/FontDescriptor"]]

    # Besides ours only the one that every PDF of the library declares and none uses.
    assert {str(font["/BaseFont"]) for font in fonts if font not in embedded} <= {"/Helvetica"}
    assert len(embedded) >= 3


@pytest.mark.parametrize("size", ["58x40", "75x120", "100x150"])
def test_zpl_says_size_bars_and_codes_to_the_printer(size) -> None:
    zpl = services.draw_labels([CHINESE, label(2, recipient="Tom ^ Under_score~")], size=size, kind="zpl",
                               language="ru").decode()

    first, second = [part for part in zpl.split("^XA") if part]
    facts = SIZES[size]
    for part, one in ((first, CHINESE), (second, label(2))):
        assert part.rstrip().endswith("^PQ1^XZ")
        assert f"^PW{round(facts.width_mm / 25.4 * 203)}^LL{round(facts.height_mm / 25.4 * 203)}" in part
        bars = re.findall(r"\^FO(\d+),(\d+)\^BY(\d+)\^BCN,(\d+),N,N,N,A\^FH_\^FD([^^]*)\^FS", part)
        assert [text for *_, text in bars] == (
            [one.posting_number] if size == "58x40" else [one.posting_number, one.tracking_number])
        # Two dots a bar at least, and all of it on the label.
        for left, _top, dots, _height, text in bars:
            assert int(dots) >= 2
            assert int(left) + int(dots) * 11 * (len(text) + 3) / 1.3 < facts.width_mm / 25.4 * 203 * 1.2
        assert re.search(rf"\^BQN,2,\d+\^FH_\^FDMA,{one.tracking_number}\^FS", part)
    # What printers have no letters for is a picture; what would be a command is escaped.
    assert "^GFA," in first
    assert "王" not in first
    assert "Tom _5E Under_5Fscore_7E" in second


def test_a_picture_of_zpl_holds_as_many_bytes_as_it_says() -> None:
    zpl = services.draw_labels([CHINESE], size="75x120", kind="zpl", language="ru").decode()

    found = re.findall(r"\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS", zpl)

    assert len(found) > 5
    assert all(int(total) == int(sent) == len(data) // 2 and not int(total) % int(row)
               for total, sent, row, data in found)


def test_what_no_printer_can_do_is_refused_in_words() -> None:
    with pytest.raises(NoSuchSize):
        services.draw_labels([label()], size="1x1", language="en")
    with pytest.raises(SheetsAreNoZpl) as refused:
        services.draw_labels([label()], size="a4x21", kind="zpl", language="en")
    assert "Choose PDF" in refused.value.text


def test_more_contents_than_fit_end_with_an_ellipsis_and_leave_the_codes_alone() -> None:
    long = label(contents=", ".join(f"OFFER-{index} ×1" for index in range(200)), city="Ы" * 90, recipient="Ж" * 90,
                 address="Щ" * 300)

    for size in ("58x40", "75x120", "100x150"):
        assert pages(services.draw_labels([long], size=size, language="ru")) == [codes(long, tall=size != "58x40")]
