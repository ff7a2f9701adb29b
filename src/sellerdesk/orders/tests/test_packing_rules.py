"""What goods need, and which codes are right: pure decisions."""

from __future__ import annotations

import pytest

from sellerdesk.orders.packing import codes, needs
from sellerdesk.orders.types import UnitInput

UNION = ("RU", "BY")
MARK = "010460000000001521sSBmxTYIFT(eq"


@pytest.mark.parametrize(("text", "kept", "fault"), [
    (MARK, MARK, ""),
    (f"]d2{MARK}\x1d91EE08\x1d92aGVsbG8=", f"{MARK}\x1d91EE08\x1d92aGVsbG8=", ""),
    ("\x1d" + MARK, MARK, ""),
    ("(01)04600000000015(21)sSBmxTYIFT(eq", MARK, ""),
    ("010460000000001821sSBmxTYIFT(eq", "010460000000001821sSBmxTYIFT(eq", "MARK_GTIN_INVALID"),
    ("4600000000015", "4600000000015", "MARK_FORMAT_INVALID"),
    ("0104600000000015", "0104600000000015", "MARK_FORMAT_INVALID"),
])
def test_a_mark_is_read_from_any_scanner(text: str, kept: str, fault: str) -> None:
    assert codes.mark(text) == (kept, fault)


def test_a_mark_tells_its_article_and_is_the_same_with_or_without_tails() -> None:
    assert codes.gtin_of(MARK) == "4600000000015"
    assert codes.gtin_of("4600000000015") == ""
    assert codes.short_mark(f"{MARK}\x1d91EE08") == MARK


@pytest.mark.parametrize(("check", "good", "bad"), [
    (codes.imei, "490154203237518", "490154203237519"),
    (codes.imei, "49-015420-323751-8", "49015420323751"),
    (codes.uin, "1234567890123456", "123456789012345"),
    (codes.gtd, "10702030/230521/0123456", "10702030/310221/0123456"),
    (codes.gtd, "10702030/230521/П123456", "10702030-230521-0123456"),
    (codes.rnpt, "10702030/230521/0123456/1", "10702030/230521/0123456"),
    (codes.rnpt, "1234/23052021/0001234/001", "1234/230521/0001234/001"),
])
def test_codes_of_papers_and_devices(check, good: str, bad: str) -> None:
    assert check(good)[1] == ""
    assert check(bad)[1] != ""


def test_needs_depend_on_goods_and_on_the_side_of_the_border() -> None:
    def of(type_id: int, category_id: int, cross_border: bool = False) -> tuple[str, ...]:
        return needs.of_goods(needs.DEFAULT_NEEDS, type_id=type_id, category_id=category_id, cross_border=cross_border)

    assert of(91601, 17000601) == ("mandatory_mark",)
    assert of(91601, 17000601, cross_border=True) == ()
    assert of(91603, 17000602, cross_border=True) == ("country",)
    assert of(91204, 17000201) == ("country", "gtd")
    assert of(91107, 17000102) == of(91107, 17000102, cross_border=True) == ("imei",)
    assert of(91501, 17000501) == ("optional_mark",)
    assert of(91101, 17000101) == ()


def test_a_customs_number_is_asked_only_of_goods_from_outside_the_union() -> None:
    asked = ("country", "gtd")

    assert needs.in_force(asked, "", UNION) == ()
    assert needs.in_force(asked, "BY", UNION) == ()
    assert needs.in_force(asked, "TR", UNION) == ("gtd",)
    assert needs.in_force(("gtd",), "", UNION) == ("gtd",)


def test_a_unit_is_done_when_everything_is_given_and_right() -> None:
    wanted = ("mandatory_mark", "gtd", "weight")
    unit, faults = needs.check_unit(UnitInput(mark=MARK, gtd_absent=True, weight_g=400), (400, 600))

    assert (faults, needs.missing(wanted, unit, faults)) == ({}, ())
    assert needs.missing(wanted, None, {}) == wanted
    heavy, found = needs.check_unit(UnitInput(mark="x", weight_g=601), (400, 600))
    assert found == {"mandatory_mark": ["MARK_FORMAT_INVALID"], "weight": ["WEIGHT_OUT_OF_RANGE"]}
    assert needs.missing(("weight",), heavy, found) == ("weight", "mandatory_mark")


def test_a_paper_that_is_given_outweighs_its_absence() -> None:
    unit, _ = needs.check_unit(UnitInput(gtd="10702030/230521/0123456", gtd_absent=True), (1, 0))

    assert unit.gtd_absent is False


def test_two_numbers_of_one_device_differ() -> None:
    _, faults = needs.check_unit(UnitInput(imeis=("490154203237518", "490154203237518")), (1, 0))

    assert faults == {"imei": ["IMEI_REPEATED"]}


def test_weight_may_differ_by_the_tolerance() -> None:
    assert needs.weight_bounds(500, 20) == (400, 600)
    assert needs.weight_bounds(0, 20) == (1, 0)
