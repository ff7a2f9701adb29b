"""Contacts are taken out in three languages; numbers of orders, prices and sizes stay."""

from __future__ import annotations

import pytest

from sellerdesk.messaging.masking import HIDDEN, mask

CONTACTS = {
    "phone": ["+7 903 123-45-67", "8 (903) 123 45 67", "89031234567", "+86 138 0013 8000", "13800138000",
              "138-0013-8000", "+1 (212) 555-0147", "００44 20 7946 0958", "903 123 45 67", "(903) 123-45-67"],
    "mail": ["anna@example.com", "anna.b+shop@mail.example.ru", "anna собака mail точка ru", "anna (at) mail (dot) com",
             "anna＠qq.com"],
    "link": ["https://example.com/pay?x=1", "www.example.com", "example.ru", "t.me/anna", "shop.example.shop/a",
             "wa.me/79031234567"],
    "messenger": ["пишите в телеграм anna_77", "Telegram: @anna", "whatsapp anna2020", "вайбер anna.77",
                  "微信：anna_77", "加我微信anna77", "WeChat ID anna_88", "vx anna88", "@anna_shop", "QQ 1234567",
                  "скайп: live.anna1", "вк id12345"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CONTACTS.items() for text in texts])
def test_a_contact_is_hidden_wherever_it_stands(kind, text):
    for around in ("{}", "Здравствуйте, {} — жду", "您好，{} 谢谢", "Hello! {}, thanks."):
        masked = mask(around.format(text))

        assert HIDDEN in masked.text, around.format(text)
        assert masked.kinds
        left = "".join(sign for sign in text if sign.isalnum())[-6:]
        assert left not in masked.text


@pytest.mark.parametrize("text", [
    "Заказ 24219509-0020-1 не пришёл", "Posting 0574652831-0001-1", "SKU 1477491234, 2 шт. по 1 299,00 ₽",
    "Размер 40x30x20 см, вес 1.5 кг", "订单 24219509-0020-1 什么时候发货？", "价格是 12,999.00 元", "8 дней и 11 часов",
    "Доставка 25.11.2026 в 18:00", "Можно вернуть до 2026-12-01?", "Нет телеграма и вотсапа", "不用微信付款",
    "Version 2.0.1 of the app", "Артикул MUG-2026.XL", "трек RR123456789CN", "У вас есть телефон поддержки?",
    "Придёт ли в инструкции на русском языке?", "Where is ii5000000017?", "GTIN 04601234567893", "Спасибо!!!",
])
def test_what_is_no_contact_stays_as_it_was_written(text):
    assert mask(text).text == text
    assert mask(text).kinds == ()


def test_several_contacts_are_all_named():
    masked = mask("Пишите anna@example.com или +7 903 123-45-67")

    assert masked.text == "Пишите ••• или •••"
    assert masked.kinds == ("mail", "phone")
