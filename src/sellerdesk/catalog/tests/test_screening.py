from __future__ import annotations

import string

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sellerdesk.catalog.screening import Goods, Lexicon, Reading, compile_screen, contacts, faults, skeleton

ALIKE = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "к": "k", "м": "m", "т": "t", "в": "b",
         "н": "h", "і": "i"}
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
KINDS = frozenset({"email", "address", "handle", "phone"})
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"


def found(words: list[str], text: str) -> list[str]:
    return [hit.text for hit in Lexicon({"x": words}).search(Reading(text)).values()]


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "Наркотик", "чай НАРКОТИК 5 г", "нарк0тик", "наpкoтик", "нар\u200bкотик", "н а р к о т и к", "н.а.р.к.о.т.и.к",
    "н-а-р-к-о-т-и-к!", "на\u0301ркотик", "наркｏтик"])
def test_a_stop_word_is_found_however_it_is_dressed(text):
    assert len(found(["наркотик"], text)) == 1


@pytest.mark.parametrize("text", ["антинаркотиком", "наркотика", "нар котик", "н а р", "наркот"])
def test_a_stop_word_is_a_whole_word(text):
    assert found(["наркотик"], text) == []


def test_a_star_stands_for_any_ending():
    assert found(["наркотик*"], "Без наркотиками и прочего") == ["наркотиками"]


def test_what_stands_in_the_text_is_told_as_it_was_written():
    assert found(["replica"], "A superb Rерliса watch") == ["Rерliса"]
    assert found(["replica"], "A Rep\u200blica watch") == ["Rep\u200blica"]


def test_phrases_are_found_over_any_spaces_and_chinese_inside_a_line():
    assert found(["made to order"], "made \u00a0 to\norder") == ["made \u00a0 to\norder"]
    assert found(["假货"], "这不是假货，请放心") == ["假货"]


def test_each_list_tells_its_own_hit():
    hits = Lexicon({"one": ["вейп*"], "two": ["вейпер"], "three": ["нет"]}).search(Reading("вейпер"))

    assert sorted(hits) == ["one", "two"]


@settings(deadline=None)
@given(st.text(RUSSIAN, min_size=4, max_size=12), st.randoms(use_true_random=False),
       st.text(RUSSIAN + " ", max_size=30))
def test_look_alikes_and_invisible_signs_never_hide_a_word(word, random, around):
    assume(word not in around.split())
    disguised = "".join(random.choice([sign, sign.upper(), ALIKE.get(sign, sign)]) + random.choice(["", *ZERO_WIDTH])
                        for sign in word)

    assert len(found([word], f"{around} {disguised} {around}")) == 1


@settings(deadline=None)
@given(st.text(RUSSIAN, min_size=4, max_size=12), st.sampled_from([" ", ".", "-", "_", "*", ". "]))
def test_letters_spelled_apart_never_hide_a_word(word, sign):
    assert len(found([word], "товар: " + sign.join(word) + "; хороший")) == 1


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_a_skeleton_and_the_skeleton_of_that_is_itself(text):
    bones = skeleton(text)

    assert skeleton(bones) == bones
    assert skeleton(text.upper().lower()) == skeleton(text.lower()) or not text.isascii()


@settings(deadline=None)
@given(st.text(string.ascii_letters + string.punctuation + RUSSIAN + " \n\u200b的是假货", max_size=300))
def test_judging_never_fails_and_always_says_the_same(text):
    screen = compile_screen({"words.en": (1, {"block": ["replica", "fake*"], "look": ["copy"]}),
                             "contacts": (2, {"kinds": ["email", "address", "handle", "phone"]})})
    goods = Goods(1, texts=[("description", text)])

    first = screen.judge(goods)

    assert screen.judge(goods) == first
    assert all(one.value for one in first)


@pytest.mark.parametrize("text", [
    "<p>Rep<b>lica</b> watch</p>", "<p>A</p><p>replica</p>", "Rep&shy;lica", "rep<span class='x'>li</span>ca",
    "&#114;eplica"])
def test_markup_never_hides_a_word(text):
    screen = compile_screen({"words.en": (1, {"block": ["replica"]})})

    assert [one.code for one in screen.judge(Goods(1, texts=[("description", text)]))] == ["stop_word"]


def test_a_paragraph_parts_words():
    screen = compile_screen({"words.en": (1, {"block": ["replica"]})})

    assert screen.judge(Goods(1, texts=[("description", "<p>rep</p><p>lica</p> a < b && c > d")])) == ()


# --- contacts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), [
    ("Пишите: anna@example.com", "email"), ("anna (собака) mail точка ru", "email"), ("anna(at)example(dot)com", "email"),
    ("см. www.example.shop", "address"), ("http://example.test/a", "address"), ("наш сайт example.ru!", "address"),
    ("example точка ру или example точка ru", "address"), ("example . com", "address"), ("example点com", "address"),
    ("пример.рф", "address"), ("t.me/annashop", "handle"), ("Telegram: annashop", "handle"), ("тг @anna_shop", "handle"),
    ("ватсап 89161234567", "handle"), ("加微信 anna12345", "handle"), ("QQ 123456789", "handle"),
    ("звоните 8 (916) 123-45-67", "phone"), ("+7 916 123 45 67", "phone"), ("+86 138 1234 5678", "phone"),
    ("8 9 1 6 1 2 3 4 5 6 7", "phone"), ("8.916.123.45.67", "phone"), ("13812345678", "phone"),
    ("тел. 123-45-67", "phone"), ("８９１６１２３４５６７", "phone"), ("8916\u200b1234567", "phone"), ("电话：13812345678", "phone")])
def test_a_contact_is_found_however_it_is_spelled(text, kind):
    contact = contacts.find(f"Хорошая кружка. {text}", KINDS)

    assert contact is not None
    assert contact.kind == kind


@pytest.mark.parametrize("text", [
    "Кружка 330 мл, 82 x 82 x 95 мм", "Артикул 4601234567890", "Наушники Aria 5, 20 Гц – 20000 Гц", "Куртка. RU 48",
    "Совместимо с WhatsApp, Telegram и Viber", "5.1 звук, USB 3.0, Wi-Fi 802.11 a/b/g/n/ac", "с 8 до 18 лет",
    "Мощность 1 300 000 об/мин", "Изготовлено по ГОСТ 12345-2019", "Node.js в подарок", "Размеры: 8 × 900 × 1200 × 30 × 45",
    "电池容量 13800 毫安", "2.5 l/min @ 3 bar", "набор 10 шт. по 25 г. Состав: мука", "Размер 42-44-46-48-50-52-54",
    "Can be sharpened at home. Packed in a box", "Warm at night. Me and you", "SKU 1234567890123", "EAN 8-901234-567890"])
def test_goods_are_not_taken_for_contacts(text):
    assert contacts.find(text, KINDS) is None


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.sampled_from(["", " ", "-", ".", " - ", "\u200b"]))
def test_a_phone_is_found_whatever_stands_between_its_digits(digits, gap):
    number = gap.join(["8", "9", *map(str, digits)])

    assert contacts.find(f"Кружка, вопросы: {number}", KINDS) is not None


def test_only_the_kinds_asked_for_are_found():
    assert contacts.find("anna@example.com", frozenset({"phone"})) is None


# --- goods ------------------------------------------------------------------------------------------------------

FOOD = {"goods.food_cold": (7, {"level": "block", "categories": [100], "unless": {"categories": [101, 102]},
                                "schemes": ["fbs"], "policy": "food"}),
        "goods.food": (8, {"level": "needs_document", "categories": [100], "papers": ["declaration"],
                           "attributes": [10228], "policy": "food"})}


def codes(tables, **goods):
    return [(one.code, one.level) for one in compile_screen(tables).judge(Goods(**goods))]


def test_food_is_banned_from_sellers_own_warehouses():
    assert codes(FOOD, type_id=1, category_ids=(150, 100), attribute_ids=frozenset({10228}),
                 papers=frozenset({"declaration"})) == [("goods_banned", "block")]


def test_dry_groceries_may_be_sold_with_shelf_life_and_declaration():
    sound = {"type_id": 1, "category_ids": (101, 100), "attribute_ids": frozenset({10228})}

    assert codes(FOOD, **sound, papers=frozenset({"declaration"})) == []
    assert codes(FOOD, **sound) == [("goods_paper_needed", "needs_document")]
    assert codes(FOOD, type_id=1, category_ids=(102, 100), papers=frozenset({"declaration"})) == [
        ("goods_attribute_needed", "block")]


def test_food_goes_through_the_marketplaces_own_warehouses():
    assert codes(FOOD, type_id=1, category_ids=(150, 100), attribute_ids=frozenset({10228}), scheme="fbo",
                 papers=frozenset({"declaration"})) == []


def test_a_finding_names_its_rule_its_version_and_its_policy():
    [finding] = compile_screen(FOOD).judge(Goods(1, (101, 100), attribute_ids=frozenset({10228})))

    assert (finding.rule, finding.rule_id, finding.policy, finding.paper) == ("goods.food", 8, "food", "declaration")


def test_route_brand_type_and_words_narrow_a_rule():
    rule = {"level": "block", "brands": [5], "routes": ["cross_border"], "words": ["литиев*"]}
    table = {"goods.x": (1, rule)}
    text = [("name", "Аккумулятор литиевый")]
    abroad = {"type_id": 1, "brand_ids": frozenset({5}), "route": "cross_border"}

    assert codes(table, **abroad, texts=text) == [("goods_banned", "block")]
    assert codes(table, **{**abroad, "route": "domestic"}, texts=text) == []
    assert codes(table, **{**abroad, "brand_ids": frozenset({6})}, texts=text) == []
    assert codes(table, **abroad, texts=[("name", "Аккумулятор")]) == []


def test_words_alone_mean_goods_of_any_kind_and_a_disabled_rule_nothing():
    rule = {"level": "warn", "words": ["копия"]}

    assert codes({"goods.x": (1, rule)}, type_id=3, texts=[("name", "Копия")]) == [("goods_remark", "warn")]
    assert codes({"goods.x": (1, {**rule, "disabled": True})}, type_id=3, texts=[("name", "Копия")]) == []


def test_too_few_pictures_are_told():
    assert codes({"images": (1, {"min_count": 2})}, type_id=1, image_count=1) == [("too_few_images", "warn")]
    assert codes({"images": (1, {"min_count": 2})}, type_id=1, image_count=2) == []


@pytest.mark.parametrize(("key", "value", "field"), [
    ("goods.x", {"level": "stop", "types": [1]}, "level"), ("goods.x", {"level": "block"}, "categories"),
    ("goods.x", {"level": "needs_document", "types": [1]}, "papers"), ("goods.x", {"level": "warn", "types": ["1"]}, "types"),
    ("goods.x", {"level": "warn", "types": [1], "routes": ["moon"]}, "routes"), ("words.en", {"block": "x"}, "block"),
    ("contacts", {"kinds": ["pigeon"]}, "kinds"), ("images", {"min_count": -1}, "min_count"), ("goods.x", [], "value")])
def test_a_table_that_cannot_be_read_names_its_field(key, value, field):
    assert [name for name, _code in faults(key, value)] == [field]


def test_the_lists_of_thousands_of_words_are_compiled_once_and_searched_by_their_heads():
    words = [f"слово{number}ка" for number in range(3000)]
    lexicon = Lexicon({"x": words})

    assert lexicon.search(Reading("обычная кружка " * 50)) == {}
    assert found(words, "вот слово2999ка") == ["слово2999ка"]
