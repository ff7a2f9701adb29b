"""News and support of a sandbox: announcements, a policy, fees to come, ready answers, a few tickets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from sellerdesk.accounts.services import problems
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.announcements import services as announcements
from sellerdesk.announcements.types import Draft
from sellerdesk.core import rules as dated
from sellerdesk.core.actor import Actor
from sellerdesk.sellers.types import SellerRef
from sellerdesk.support import services as support
from sellerdesk.support.types import Attached

_MACROS = (
    ("Greeting and number", "Hello {name},\n\nthank you for writing ({number}). ", "Здравствуйте, {name}!\n\n"
     "Спасибо за обращение ({number}). ", "{name}，您好！\n\n感谢来信（{number}）。"),
    ("Fee explained", "Hello {name},\n\nthe fee follows the tariff in force on the day of the order. Open the booking "
     "in Finance: it names the version of the tariff.", "Здравствуйте, {name}!\n\nСбор считается по тарифу, который "
     "действовал в день заказа. Откройте проводку в «Финансах»: там названа версия тарифа.",
     "{name}，您好！\n\n费用按下单当日生效的费率计算。请在“财务”中打开该笔账，其中注明了费率版本。"),
)
#: Topic, subject and text by language, the answer of support, and how it ended.
_TALKS: tuple[tuple[str, dict[str, tuple[str, str]], dict[str, str], str], ...] = (
    ("orders.parcel", {
        "en": ("The parcel has not moved for six days", "The carrier took it last week, since then there is no scan."),
        "ru": ("Посылка шесть дней без движения", "Перевозчик забрал её на прошлой неделе, с тех пор ни одного скана."),
        "zh-hans": ("包裹六天没有动静", "承运商上周取走后，一直没有扫描记录。"),
    }, {"en": "We asked the carrier. When did you hand it over, and to whom?",
        "ru": "Мы запросили перевозчика. Когда и кому вы её передали?",
        "zh-hans": "已向承运商查询。请问是何时、交给谁的？"}, "waiting"),
    ("money.fee", {
        "en": ("Why 18 % and not 17 %?", "Two units of the same product were charged differently this month."),
        "ru": ("Почему 18 %, а не 17 %?", "За две штуки одного товара в этом месяце удержали по-разному."),
        "zh-hans": ("为什么是 18 % 而不是 17 %？", "同一商品本月两件扣点不同。"),
    }, {"en": "The second one cost more than 5,000 roubles, which is the next price band.",
        "ru": "Вторая стоила больше 5 000 рублей, а это следующая ценовая ступень.",
        "zh-hans": "第二件售价超过 5,000 卢布，属于下一价格档。"}, "solved"),
    ("goods.card", {
        "en": ("A value is missing in the list of colours", "We sell mugs in “sage”, and the list has only “green”."),
        "ru": ("В списке цветов нет нужного", "Мы продаём кружки цвета «шалфей», а в списке только «зелёный»."),
        "zh-hans": ("颜色列表缺少选项", "我们的杯子是“鼠尾草绿”，列表里只有“绿色”。"),
    }, {}, "new"),
)


def ask(*, seller: SellerRef, owner: Any, operator_id: int, language: str, now: datetime) -> None:
    """Tickets of one shop, the newest of this morning."""
    actor, staff = Actor.user(owner.pk, owner.name), Actor.operator(operator_id, "Operator")
    for back, (topic, texts, answers, end) in enumerate(_TALKS):
        subject, text = texts.get(language) or texts["en"]
        at = now - timedelta(days=2 * (len(_TALKS) - back) - 1, hours=3)
        ticket_id = support.open_ticket(
            seller=seller, user_id=owner.pk, email=owner.email, language=language, topic=topic, subject=subject,
            text=text, attached=Attached(), files=(), actor=actor, now=at)
        if answers:
            support.answer(ticket_id=ticket_id, text=answers.get(language) or answers["en"], files=(),
                           solved=end == "solved", actor=staff, now=at + timedelta(hours=2))


def prepare(*, operator_id: int, now: datetime) -> None:
    """Ready answers, and somebody who cannot sign in."""
    staff = Actor.operator(operator_id, "Operator")
    for name, english, russian, chinese in _MACROS:
        support.save_macro(macro_id=None, name=name, texts={"en": english, "ru": russian, "zh": chinese}, actor=staff,
                           now=now)
    problems.ask_support(code="", email="lost@example.com", text="My telephone is broken, and the code goes to it.",
                         findings={"cookies": True, "clock_seconds": 3}, info=RequestInfo(), now=now)


def greet(shops: Sequence[tuple[SellerRef, str]], *, owner: Any, operator_id: int, now: datetime) -> None:
    """All of it, for shops with the language they write in."""
    prepare(operator_id=operator_id, now=now)
    announce(operator_id=operator_id, now=now)
    for seller, language in shops:
        ask(seller=seller, owner=owner, operator_id=operator_id, language=language, now=now)


#: News of the demo: titles, texts and "what changes for you" by language, severity, whether it must be confirmed.
_NEWS: tuple[tuple[dict[str, str], dict[str, str], dict[str, str], str, bool, int], ...] = (
    ({"en": "New commission for clothing and shoes", "ru": "Новая комиссия на одежду и обувь",
      "zh": "服装与鞋类佣金调整"},
     {"en": "In two weeks a new commission table comes into force. Two departments change, all others stay.",
      "ru": "Через две недели вступает в силу новая таблица комиссий. Меняются два отдела, остальные — нет.",
      "zh": "两周后新佣金表生效，两个部门有变化，其余不变。"},
     {"en": "See the effect on your own last 30 days under “Effect of new fees”.",
      "ru": "Влияние на ваши последние 30 дней — во вкладке «Влияние новых тарифов».",
      "zh": "在“新费率的影响”中查看对您最近 30 天的影响。"}, "important", False, 1),
    ({"en": "Holidays: earlier cut-off of carriers", "ru": "Праздники: перевозчики забирают раньше",
      "zh": "节假日：承运商提前截单"},
     {"en": "Before public holidays carriers come two hours earlier.",
      "ru": "Перед праздниками перевозчики приезжают на два часа раньше.",
      "zh": "法定节假日前，承运商提前两小时取件。"}, {}, "info", False, 6),
    ({"en": "Never give anybody your codes", "ru": "Никому не сообщайте коды", "zh": "切勿向任何人透露验证码"},
     {"en": "Somebody calls shops and asks for codes from the telephone. We never do. Hang up and tell support.",
      "ru": "Магазинам звонят и просят коды с телефона. Мы так не делаем никогда. Положите трубку и напишите"
            " в поддержку.",
      "zh": "有人致电店铺索要手机验证码。我们绝不会这样做。请挂断并告知客服。"}, {}, "critical", True, 3),
)
_TEXTS = {
    "titles": {"en": "Fair words to buyers", "ru": "Как писать покупателям", "zh": "与买家沟通规范"},
    "1.0": {"en": "Answer within a day. No contacts outside the marketplace. No gifts for reviews.",
            "ru": "Отвечайте в течение дня. Никаких контактов вне маркетплейса. Никаких подарков за отзывы.",
            "zh": "一天内回复。不留站外联系方式。不以礼品换评价。"},
    "2.0": {"en": "Answer within a day. No contacts outside the marketplace. No gifts or discounts for reviews."
                  " Stay polite, also where the buyer is not.",
            "ru": "Отвечайте в течение дня. Никаких контактов вне маркетплейса. Никаких подарков и скидок за отзывы."
                  " Будьте вежливы, даже если покупатель — нет.",
            "zh": "一天内回复。不留站外联系方式。不以礼品或折扣换评价。即使买家不礼貌，也请保持礼貌。"},
}
_SOON = timedelta(days=14)
#: Departments whose commission changes in the demo, and by how many basis points.
_FEES = {"17000500": 100, "17000300": -50}


def announce(*, operator_id: int, now: datetime) -> None:
    """A few announcements, a policy with two versions, and a commission table that comes into force in two weeks."""
    staff = Actor.operator(operator_id, "Operator")
    for titles, bodies, changes, severity, confirm, days in _NEWS:
        at = now - timedelta(days=days)
        announcements.publish(actor=staff, now=at, draft=Draft(
            titles, bodies, changes, severity, effective_at=now + _SOON if changes else None,
            must_acknowledge=confirm))
    for version, days in (("1.0", 200), ("2.0", 20)):
        at = now - timedelta(days=days)
        announcements.publish_policy(key="messages", version=version, titles=_TEXTS["titles"], texts=_TEXTS[version],
                                     valid_from=at, actor=staff, now=at)
    midnight = (now + _SOON).replace(hour=0, minute=0, second=0, microsecond=0)
    for department, points in _FEES.items():
        value = dated.get("finance.commission", department, now).value
        dated.put("finance.commission", department, valid_from=midnight,
                  source=gettext_noop("Announced change of the demo"),
                  value={scheme: [bp + points for bp in bands] for scheme, bands in value.items()})
