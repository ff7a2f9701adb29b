"""What a search finds, measured: the table in docs/guide/help.md is made by this test.

HELP_TABLE=write pytest src/sellerdesk/help/tests/test_search.py writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sellerdesk.core import words
from sellerdesk.help import queries

DOC = Path(__file__).resolve().parents[4] / "docs" / "guide" / "help.md"
#: Query -> the article that answers it.
ASKED = {
    "orders": "orders", "order": "orders", "заказы": "orders", "заказов": "orders", "заказ": "orders", "订单": "orders",
    "penalty for not shipping": "late-shipment", "штраф за просрочку": "late-shipment", "штрафы": "late-shipment",
    "不发货处罚": "late-shipment", "迟发": "late-shipment",
    "cannot log in": "signing-in", "не могу войти": "signing-in", "登不上": "signing-in", "забыл пароль": "signing-in",
    "name of a warehouse": "warehouse-name", "как назвать склад": "warehouse-name", "仓库命名": "warehouse-name",
    "selling food": "food", "продавать еду": "food", "продукты питания": "food", "卖食品": "food",
    "how to choose products": "choosing-products", "выбор товара": "choosing-products", "选品": "choosing-products",
    "close my account": "closing", "удалить аккаунт": "closing", "закрытие магазина": "closing", "注销账号": "closing",
    "cross-border selling": "cross-border-selling", "трансграничная торговля": "cross-border-selling",
    "跨境销售": "cross-border-selling",
    "change e-mail": "changing-email", "сменить почту": "changing-email", "换邮箱": "changing-email",
    "currency of prices": "price-currency", "валюта": "price-currency", "货币": "price-currency",
    "commission": "how-the-platform-earns", "комиссия маркетплейса": "how-the-platform-earns",
    "平台如何盈利": "how-the-platform-earns", "佣金": "how-the-platform-earns",
    "shipping fee": "logistics-fees", "стоимость доставки": "logistics-fees", "运费": "logistics-fees",
    "what can I sell": "what-to-sell", "запрещенные товары": "what-to-sell", "禁售": "what-to-sell",
    "find a seller": "finding-a-seller", "найти продавца": "finding-a-seller", "找卖家": "finding-a-seller",
    "open a cross-border shop": "cross-border-shop", "营业执照": "cross-border-shop",
    "китайский продавец": "cross-border-shop",
    "country at registration": "country", "страна регистрации": "country", "注册国家": "country",
    "lables": "papers", "возвраты": "returns", "вазврат": "returns", "退货": "returns", "refund": "returns",
    "печать этикеток": "papers", "api keys": "api-keys", "остатки": "stock", "库存": "stock",
}


def measured() -> list[tuple[str, str, int, list[str]]]:
    """Query, wanted article, its place (0 for none), the first three found."""
    rows = []
    for query, wanted in ASKED.items():
        found = [hit.key for hit in queries.search(query)]
        rows.append((query, wanted, found.index(wanted) + 1 if wanted in found else 0, found[:3]))
    return rows


def table() -> str:
    lines = ["| query | the page that answers | its place |", "|---|---|---:|"]
    lines += [f"| {query} | {wanted} | {place} |" for query, wanted, place, _found in measured()]
    return "\n".join(lines)


def test_search_finds_the_right_article_in_three_languages_and_the_table_says_so():
    rows = measured()
    first = sum(place == 1 for _query, _wanted, place, _found in rows)
    head, _mark, _rest = DOC.read_text(encoding="utf-8").partition("<!-- measured -->")
    made = (f"{head}<!-- measured -->\n{len(rows)} queries: {first} find their article first, "
            f"{sum(0 < place <= 3 for _q, _w, place, _f in rows)} among the first three.\n\n{table()}\n")
    if os.environ.get("HELP_TABLE") == "write":
        DOC.write_text(made, encoding="utf-8")

    assert [row for row in rows if not 0 < row[2] <= 3] == []
    assert first >= len(rows) * 0.9
    assert DOC.read_text(encoding="utf-8") == made


@pytest.mark.parametrize(("forms", "stem"), [
    (("order", "orders"), "order"), (("заказ", "заказы", "заказов", "заказами"), "заказ"),
    (("returns", "return", "returned"), "return"),
])
def test_forms_of_a_word_are_one_word(forms, stem):
    assert {words.stem(form) for form in forms} == {stem}


def test_a_code_is_found_by_its_name():
    assert queries.search("PRODUCT_UNKNOWN")[0].kind == "error"
