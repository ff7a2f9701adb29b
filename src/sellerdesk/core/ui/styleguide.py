"""The style guide: every component with made-up data, for looking at and for the accessibility test.

Mounted in debug and demo only. Its sample words are not translated on purpose: they stand for data, and three
languages of them are given so that widths can be judged in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language

from sellerdesk.core import clock
from sellerdesk.core.errors import Invalid
from sellerdesk.core.http import hx_toast
from sellerdesk.core.http.access import public_view
from sellerdesk.core.http.request import WebRequest
from sellerdesk.core.money import Money
from sellerdesk.core.ui import charts, tables
from sellerdesk.core.ui import forms as ui_forms
from sellerdesk.core.ui.components import Step, TabLink, TimelineItem
from sellerdesk.core.ui.formats import day, number
from sellerdesk.core.ui.tables.cells import money_text

_COLUMNS = {"en": 0, "ru": 1, "zh-hans": 2}


def _say(english: str, russian: str, chinese: str) -> str:
    return (english, russian, chinese)[_COLUMNS.get(get_language() or "en", 0)]


say: Any = lazy(_say, str)

GOODS = [
    ("Steel thermos, 500 ml", "Термос из нержавеющей стали, 500 мл", "保温杯 不锈钢 500ml"),
    ("Wooden puzzle for children, 100 pieces", "Деревянный пазл для детей, 100 деталей", "儿童拼图 木质 100片"),
    ("LED desk lamp with battery", "Настольная LED-лампа с аккумулятором", "LED 护眼台灯 可充电"),
    ("Breathable running shoes", "Кроссовки мужские дышащие", "运动鞋 男士 透气"),
    ("Yoga mat, non-slip", "Коврик для йоги нескользящий", "瑜伽垫 加厚 防滑"),
    ("Mechanical keyboard, 87 keys", "Механическая клавиатура, 87 клавиш", "机械键盘 87键 青轴"),
    ("Wireless headphones", "Беспроводные наушники", "无线蓝牙耳机"),
    ("Ceramic tea set for six", "Керамический чайный сервиз на 6 персон", "陶瓷茶具 六人套装"),
]
STATUS = {
    "live": tables.Badge(say("On sale", "Продаётся", "在售"), "success"),
    "hidden": tables.Badge(say("Hidden", "Скрыт", "已下架"), "neutral"),
    "review": tables.Badge(say("In review", "На модерации", "审核中"), "warning"),
    "error": tables.Badge(say("Errors", "Ошибки", "有错误"), "danger"),
}


@dataclass(slots=True)
class Goods:
    id: int
    name: str
    offer_id: str
    image: str
    url: str
    category: str
    price: Money
    old_price: Money
    stock: int
    sold: int
    score: int
    status: str
    changed_at: datetime
    ship_by: datetime


def _goods(count: int, now: datetime) -> list[Goods]:
    states = ["live", "live", "hidden", "live", "review", "live", "error", "live"]
    made = []
    for at in range(count):
        price = 89_900 + (at * 7_919_30) % 900_000
        made.append(Goods(
            at + 1, _say(*GOODS[at % 8]), f"PS-{237 + at * 61 % 700}-{at:04d} · SKU {1576397250 + at * 48211}",
            f"/static/core/sample-{at % 4}.svg", f"/styleguide/table/?row={at + 1}",
            _say(*[("Kitchen", "Кухня", "厨具"), ("Toys", "Игрушки", "玩具"), ("Lighting", "Освещение", "灯饰"),
                   ("Shoes", "Обувь", "鞋靴")][at % 4]),
            Money(price, "RUB"), Money(price * 13 // 10, "RUB"), (at * 37) % 90 if at % 5 else 0,
            120 + (at * 97) % 500, 38 + (at * 23) % 60, states[at % 8], now - timedelta(hours=3 * at + 1),
            now + timedelta(hours=2 * at - 3),
        ))
    return made


class SampleTable(tables.Table):
    page = "styleguide.goods"
    caption = say("Products", "Товары", "商品列表")
    columns = (
        tables.Column("image", say("Picture", "Фото", "图片"), kind="image"),
        tables.Column("name", say("Product", "Товар", "商品"), kind="link", href="url", sub="offer_id", sortable=True,
                      primary=True),
        tables.Column("category", say("Category", "Категория", "类目"), hide_on_phone=True),
        tables.Column("price", say("Price", "Цена", "售价"), kind="edit", align="end", sortable=True,
                      edit_url=lambda row: reverse("demo:styleguide_price", args=[row.id])),
        tables.Column("old_price", say("Before", "До скидки", "划线价"), kind="money", hide_on_phone=True),
        tables.Column("stock", say("Stock", "Остаток", "库存"), kind="number", sortable=True,
                      tone=lambda row: "danger" if row.stock == 0 else ""),
        tables.Column("sold", say("Sold, 28 days", "Продано, 28 дн.", "28天销量"), kind="number", hide_on_phone=True),
        tables.Column("score", say("Content", "Контент", "内容评分"), kind="progress", hidden=True, hide_on_phone=True),
        tables.Column("ship_by", say("Ship by", "Отгрузить до", "发货截止"), kind="due", hide_on_phone=True),
        tables.Column("status", say("Status", "Статус", "状态"), kind="badge", choices=STATUS),
        tables.Column("changed_at", say("Changed", "Изменён", "更新时间"), kind="datetime", hidden=True),
        tables.Column("actions", "", kind="actions", actions=(
            tables.RowAction(say("Edit", "Изменить", "编辑"), "pencil", href=lambda row: row.url),
            tables.RowAction(say("Pictures", "Фото", "图片"), "photo", drawer=True,
                             href=lambda row: reverse("demo:styleguide_drawer")),
            tables.RowAction(say("Archive", "В архив", "归档"), "archive", tone="danger",
                             post=lambda row: reverse("demo:styleguide_bulk"),
                             confirm=say("Archive this product?", "Убрать товар в архив?", "要归档此商品吗？")),
        )),
    )
    tabs = (
        tables.Tab("", say("All", "Все", "全部")),
        tables.Tab("live", say("On sale", "Продаётся", "在售")),
        tables.Tab("review", say("In review", "На модерации", "审核中")),
        tables.Tab("error", say("Errors", "Ошибки", "有错误"), tone="danger"),
    )
    filters = (
        tables.SearchFilter("q", say("Name, offer ID or SKU", "Название, артикул или SKU", "商品名称、货号或 SKU")),
        tables.ChoiceFilter("category", say("Category", "Категория", "类目"), choices=(
            ("1", say("Kitchen", "Кухня", "厨具")), ("2", say("Toys", "Игрушки", "玩具")),
            ("3", say("Lighting", "Освещение", "灯饰")))),
        tables.ChoiceFilter("brand", say("Brand", "Бренд", "品牌"), searchable=True, multiple=True,
                            choices=tuple((str(at), f"Brand {at}") for at in range(40))),
        tables.RangeFilter("price", say("Price", "Цена", "售价"), money=True),
        tables.DateRangeFilter("created", say("Created", "Создан", "创建时间")),
        tables.ToggleFilter("low", say("Running out", "Заканчивается", "库存不足")),
    )
    bulk_actions = (
        tables.BulkAction("hide", say("Hide", "Скрыть", "下架"), "eye-off", url="demo:styleguide_bulk"),
        tables.BulkAction("archive", say("Archive", "В архив", "归档"), "archive", url="demo:styleguide_bulk",
                          tone="danger", confirm=say("Archive the selected products?", "Убрать выбранные в архив?",
                                                     "要归档所选商品吗？")),
    )
    row_href = "url"
    per_page = 25
    live_seconds = 2
    empty = tables.Empty("package", say("No products yet", "Пока нет товаров", "暂无商品"),
                         say("Add your first product or upload a spreadsheet.",
                             "Добавьте первый товар или загрузите таблицу.", "请添加第一个商品或上传表格。"),
                         action_label=say("Add product", "Добавить товар", "新增商品"), action_url="demo:styleguide")


class SampleForm(forms.Form):
    name = forms.CharField(label=say("Product name", "Название товара", "商品名称"), max_length=40,
                           help_text=say("At most 200 characters, without the brand.",
                                         "Не более 200 символов, без бренда.", "最多 200 个字符，不含品牌。"))
    category = forms.ChoiceField(label=say("Category", "Категория", "类目"), widget=forms.Select(
        attrs={"data-select": ""}), choices=[(str(at), texts[0]) for at, texts in enumerate(GOODS)])
    price = forms.DecimalField(label=say("Price", "Цена", "售价"), widget=forms.TextInput(
        attrs={"inputmode": "decimal"}))
    note = forms.CharField(label=say("Note", "Заметка", "备注"), widget=forms.Textarea(attrs={"rows": 2}),
                           required=False)
    kind = forms.ChoiceField(label=say("Delivery", "Доставка", "配送方式"), widget=forms.RadioSelect, choices=[
        ("fbs", say("From your warehouse", "С вашего склада", "自有仓发货")),
        ("fbo", say("From the marketplace", "Со склада площадки", "平台仓发货"))])
    agree = forms.BooleanField(label=say("Adult goods", "Товар 18+", "成人用品"), required=False)


def _chart(now: datetime) -> charts.Chart:
    days = [now.date() - timedelta(days=27 - at) for at in range(28)]
    money = [Money(9_400_00 + (at * 7919 % 13) * 1_200_00 + at * 310_00, "RUB") for at in range(28)]
    units = [44 + at * 31 % 47 + at for at in range(28)]
    return charts.Chart(
        "sales", say("Sales, 28 days", "Продажи, 28 дней", "近 28 天销售额"), [day(one, year=False) for one in days],
        [charts.Series(say("Revenue", "Выручка", "销售额"), [one.amount_minor / 100 for one in money],
                       [money_text(one) for one in money]),
         charts.Series(say("Units", "Штук", "销量"), units, [number(one) for one in units], kind="line", axis=1)],
        hrefs=["/styleguide/table/"] * 28,
    )


@public_view
def components(request: WebRequest) -> HttpResponse:
    """All components on one page."""
    now = clock.now()
    form = SampleForm({"name": "", "price": "abc", "kind": "fbs"} if request.GET.get("errors") else None)
    if request.GET.get("errors"):
        ui_forms.add_errors(form, Invalid("price_zero", say("The price must be above zero.",
                                                            "Цена должна быть больше нуля.", "售价必须大于零。"),
                                          field="price"))
    if request.GET.get("toasts"):
        messages.success(request, say("Prices saved: 12", "Цены сохранены: 12", "已保存价格：12"))
        messages.error(request, say("3 rows were refused.", "Отклонено строк: 3", "3 行被拒绝。"))
    return render(request, "core/styleguide.html", {
        "form": form, "chart": _chart(now), "now": now,
        "spark": charts.sparkline([3, 5, 4, 7, 6, 9, 8, 12], label=say("Orders", "Заказы", "订单"), width=88),
        "bars": charts.bars([charts.Point(day(now.date() - timedelta(days=13 - at), year=False), 8 + at * 7 % 11,
                                          href="/styleguide/table/") for at in range(14)],
                            label=say("Orders by day", "Заказы по дням", "每日订单")),
        "price": Money(129_990, "RUB"), "old": Money(169_990, "RUB"), "fee": Money(-18_450, "RUB"),
        "revenue": money_text(Money(418_290_000, "RUB")),
        "tabs": [TabLink(say("Overview", "Обзор", "概览"), "#", active=True),
                 TabLink(say("History", "История", "历史"), "#", 12), TabLink(say("Files", "Файлы", "文件"), "#", 0)],
        "facts": [(say("Posting", "Отправление", "货件"), "0142857-0031-1"),
                  (say("Warehouse", "Склад", "仓库"), say("Khimki, main", "Химки, основной", "希姆基主仓")),
                  (say("Weight", "Вес", "重量"), "1.2 kg"), (say("Comment", "Комментарий", "备注"), "")],
        "timeline": [
            TimelineItem(say("Delivered", "Доставлено", "已送达"), now, icon="check", tone="success"),
            TimelineItem(say("On the way", "В пути", "运输中"), now - timedelta(hours=20), icon="truck", tone="primary",
                         text=say("Sorting centre, Tver", "Сортировочный центр, Тверь", "特维尔分拣中心")),
            TimelineItem(say("Packed", "Собрано", "已打包"), now - timedelta(days=2), by="Boris"),
        ],
        "steps": [Step(say("Shop", "Магазин", "店铺"), "done"), Step(say("Products", "Товары", "商品"), "now"),
                  Step(say("First order", "Первый заказ", "首单"))],
        "today": date.today(),  # noqa: DTZ011 - an example for the eye
        "status": STATUS["review"], "nav_key": "styleguide",
    })


@public_view
def table(request: WebRequest) -> HttpResponse:
    """A whole list page. ``?empty=1`` shows it without rows; every ten seconds a new row arrives."""
    listing = SampleTable(request)
    now = clock.now()
    token = str(int(clock.real_now().timestamp()) // 10)
    if listing.unchanged(token):
        return listing.nothing_new()
    rows = [] if request.GET.get("empty") else _goods(40, now)
    if listing.tab:
        rows = [row for row in rows if row.status == listing.tab]
    if text := listing.where.get("q"):
        rows = [row for row in rows if text.lower() in row.name.lower()]
    if request.GET.get("after"):
        rows[0].id = int(token)
    counts = {"": 500, "live": 352, "review": 34, "error": 33}
    start = int(listing.cursor or 0)
    listing.fill(rows[start : start + 25], next_cursor=str(start + 25) if len(rows) > start + 25 else None,
                 prev_cursor=str(start - 25) if start else None, tab_counts=counts, live_token=token)
    return listing.respond("core/styleguide_table.html", lambda: {"chart": _chart(now)})


@public_view
def price(request: WebRequest, row_id: int) -> HttpResponse:
    row = _goods(row_id, clock.now())[-1]
    listing = SampleTable(request)
    text = request.POST.get("price", "")
    try:
        row.price = Money.parse(text, "RUB")
        if row.price.amount_minor <= 0:
            raise Invalid("price_zero", say("Must be above zero.", "Должна быть больше нуля.", "必须大于零。"),
                          field="price")
    except Invalid as error:
        return listing.row_response(row, errors={"price": error.text}, values={"price": text})
    return hx_toast(listing.row_response(row), "success", _say("Saved", "Сохранено", "已保存"))


@public_view
def bulk(request: WebRequest) -> HttpResponse:
    messages.success(request, f"{request.POST.get('action', '')}: {len(request.POST.getlist('ids'))}")
    return HttpResponseRedirect(tables.next_url(request, reverse("demo:styleguide_table")))


@public_view
def progress(request: WebRequest) -> HttpResponse:
    """A job that takes ten seconds of each minute's start."""
    done = min(100, (clock.real_now().second % 20) * 10)
    return render(request, "core/styleguide_progress.html", {"done": done, "running": done < 100})


@public_view
def drawer(request: WebRequest) -> HttpResponse:
    return render(request, "core/styleguide_drawer.html", {"rows": range(4)})


@public_view
def auth(request: WebRequest) -> HttpResponse:
    return render(request, "core/styleguide_auth.html", {"form": SampleForm()})


@public_view
def error(request: WebRequest, status: int) -> HttpResponse:
    return render(request, "core/error.html", {"status": status}, status=status)
