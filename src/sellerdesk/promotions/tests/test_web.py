from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from sellerdesk.catalog.models import Category
from sellerdesk.core.models import Activity
from sellerdesk.promotions import queries, services
from sellerdesk.promotions.models import Action, DiscountRequest


def test_products_join_in_bulk_and_each_refused_row_says_why(anna_client, stall, autumn) -> None:
    page = anna_client.get(reverse("promotions:action", args=[autumn])).content.decode()
    assert 'value="900.00"' in page

    answer = anna_client.post(reverse("promotions:selected", args=[autumn]), {
        "do": "join", "ids": [stall.mug, stall.pan], f"price_{stall.mug}": "850", f"price_{stall.pan}": "250"})

    assert answer.status_code == 422
    body = answer.content.decode()
    assert "The promotion’s price may be at most 225.45 RUB." in body
    assert 'value="250"' in body
    assert [one.price_minor for one in queries.entries(stall.seller, action_ids=[autumn])] == [850_00]
    assert "Autumn" in anna_client.get(reverse("promotions:actions")).content.decode()

    anna_client.post(reverse("promotions:selected", args=[autumn]), {"do": "leave", "ids": [stall.mug]})
    assert queries.entries(stall.seller, action_ids=[autumn]) == []


def test_an_action_for_some_categories_names_them(anna_client, stall, autumn) -> None:
    action = Action.objects.get(pk=autumn)
    action.category_ids = [17000101]
    action.save()

    page = anna_client.get(reverse("promotions:action", args=[autumn])).content.decode()

    assert Category.objects.get(pk=17000101).name_en in page


def test_the_sheet_goes_out_and_comes_back(anna_client, stall, autumn) -> None:
    sheet = anna_client.get(reverse("promotions:sheet", args=[autumn])).content.decode("utf-8-sig").splitlines()
    assert sheet[0] == '"offer_id","name","price","min_price","max_action_price","action_price","stock"'
    assert sheet[1].startswith('"MUG-1","Mug «Ёлка»","1000.00","","900.00",""')

    file = SimpleUploadedFile("back.csv", b"offer_id,action_price,stock\nMUG-1,800,5\nPAN-1,,\nNOPE,1,\n")
    answer = anna_client.post(reverse("promotions:sheet", args=[autumn]), {"file": file})

    assert answer.status_code == 422
    assert "NOPE" in answer.content.decode()
    assert [(one.product_id, one.price_minor, one.stock) for one in queries.entries(
        stall.seller, action_ids=[autumn])] == [(stall.mug, 800_00, 5)]


def test_an_own_action_is_made_filled_started_and_paused_by_its_pages(anna_client, stall) -> None:
    starts = stall.now.strftime("%Y-%m-%dT%H:%M")
    ends = (stall.now + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    refused = anna_client.post(reverse("promotions:own_new", args=["multi_level"]), {
        "title": "Levels", "starts_at": starts, "ends_at": ends, "discount_type": "PERCENT",
        "sum_1": "2000", "value_1": "5", "sum_2": "1000", "value_2": "7"})
    assert refused.status_code == 422

    made = anna_client.post(reverse("promotions:own_new", args=["multi_level"]), {
        "title": "Levels", "starts_at": starts, "ends_at": ends, "discount_type": "PERCENT",
        "sum_1": "1000", "value_1": "5", "sum_2": "2000", "value_2": "7.5"})
    action = Action.objects.get()
    assert made.url == reverse("promotions:action", args=[action.pk])
    assert action.levels == [[1000_00, 500], [2000_00, 750]]

    anna_client.post(reverse("promotions:selected", args=[action.pk]), {"do": "join", "ids": [stall.mug]})
    anna_client.post(reverse("promotions:own_move", args=[action.pk]), {"state": "active"})
    action.refresh_from_db()
    assert action.state == "active"
    for name in ("own", "overlaps"):
        assert anna_client.get(reverse(f"promotions:{name}")).status_code == 200
    assert anna_client.get(reverse("promotions:own_edit", args=[action.pk])).status_code == 200


def test_requests_are_answered_one_by_one_and_in_bulk(anna_client, stall) -> None:
    def ask(buyer: str, price: int) -> int:
        return services.ask(seller=stall.seller, product_id=stall.mug, buyer_name="Dmitri K.", buyer=buyer,
                            requested_minor=price, quantity=2, comment="Please", actor=stall.actor, now=stall.now)

    first, second, third = ask("a", 900_00), ask("b", 850_00), ask("c", 500_00)
    assert ask("a", 800_00) == 0
    page = anna_client.get(reverse("promotions:requests")).content.decode()
    assert "Please" in page
    assert DiscountRequest.objects.filter(state="NEW").count() == 3

    anna_client.post(reverse("promotions:requests_seen"), {"ids": [first, second, third]})
    anna_client.post(reverse("promotions:request_answer", args=[first]), {"do": "approve", f"price_{first}": "950"})
    anna_client.post(reverse("promotions:requests_selected"), {"do": "approve", "ids": [first, second]})
    anna_client.post(reverse("promotions:requests_selected"), {"do": "decline", "ids": [third]})

    assert list(DiscountRequest.objects.order_by("pk").values_list("state", "approved_minor")) == [
        ("APPROVED", 950_00), ("APPROVED", 850_00), ("DECLINED", None)]


def test_operators_make_announce_and_cancel_actions(operator_client, stall) -> None:
    begins = stall.now + timedelta(days=2)
    made = operator_client.post(reverse("console:promotion_new"), {
        "title_ru": "Зима", "title_en": "Winter", "description_ru": "Тёплые вещи", "starts_at": begins.strftime("%Y-%m-%dT%H:%M"), "discount": "15", "least_stock": "1",
        "ends_at": (begins + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"), "freeze_at": ""})
    assert made.status_code == 302, made.content.decode()[-2000:]
    action = Action.objects.get()
    assert queries.shop_actions(stall.seller, own=False) == []

    operator_client.post(reverse("console:promotion_move", args=[action.pk]), {"do": "publish"})
    assert [row.terms.title for row in queries.shop_actions(stall.seller, own=False)] == ["Winter"]
    operator_client.post(reverse("console:promotion_move", args=[action.pk]), {"do": "cancel"})
    assert operator_client.get(reverse("console:promotions")).status_code == 200
    action.refresh_from_db()
    assert action.state == "cancelled"


def test_shops_read_the_marketplaces_promotions_in_their_language(operator_client, anna_client, anna, stall, autumn) -> None:
    page = reverse("console:promotion_names", args=[autumn])
    assert 'value="Autumn"' in operator_client.get(page).content.decode()
    refused = operator_client.post(page, {"description_ru": "Без названия"})
    assert refused.status_code == 422

    operator_client.post(page, {"title_ru": "Осень", "title_zh": "秋季", "description_zh": "全场九折"})

    def read(language: str) -> tuple[str, str]:
        with translation.override(language):
            row = queries.action(stall.seller, autumn)
        return row.terms.title, row.terms.description

    # Who reads another language sees what was given first: the form begins with Chinese.
    assert [read(one) for one in ("ru", "zh-hans", "en")] == [("Осень", "全场九折"), ("秋季", "全场九折"), ("秋季", "全场九折")]
    anna.language = "ru"
    anna.save()
    assert "Осень" in anna_client.get(reverse("promotions:actions")).content.decode()
    named = Activity.objects.get(event="promotions.action.named")
    assert named.after["titles"] == {"zh-hans": "秋季", "ru": "Осень"}
