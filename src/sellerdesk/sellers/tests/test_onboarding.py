"""The way to selling: checklist, papers, states, the offer, legal data."""

from __future__ import annotations

import io
from datetime import time, timedelta

import pytest
from django.conf import settings as django_settings
from PIL import Image

from sellerdesk.accounts.models import User
from sellerdesk.core import activity, outbox, rules, storage
from sellerdesk.core.actor import Actor
from sellerdesk.core.errors import Conflict, Invalid, NotFound
from sellerdesk.core.models import Message
from sellerdesk.inventory import services as inventory
from sellerdesk.orders import services as orders
from sellerdesk.orders.types import OrderRequest, Refusal
from sellerdesk.sellers import queries, services, states
from sellerdesk.sellers.errors import CountryBlocked, PhoneMissing, StateForbids
from sellerdesk.sellers.models import ChecklistItem, Document, Seller
from sellerdesk.sellers.services import checklists, documents, legal, offers, onboarding, review, seeding

OLGA = Actor.operator(1, "Olga")
PDF = b"%PDF-1.4\n1 0 obj<</Type /Page>>endobj\nSECRET LICENCE OF CLARA\n%%EOF\n"
CN = {"legal_name": "Clara Trading Co., Ltd.", "country": "CN", "registration_number": "91440300708461136T",
      "shop_name": "Clara Trade", "currency": "CNY", "language": "zh-hans", "accepts_offer": True,
      "local_name": "克拉拉贸易有限公司"}
PAPERS = ("registration_certificate", "director_identity", "bank_letter")


def picture(kind="PNG", size=(30, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


@pytest.fixture
def market(reviewed, now):
    """Checklists and offer of a fresh marketplace that looks at every shop."""
    seeding.write_starter(now=now)
    return now


@pytest.fixture
def by(clara):
    return Actor.user(clara.pk, "Clara")


@pytest.fixture
def draft(market, clara, by, now):
    """Clara's new shop: registered from China, nothing handed in yet."""
    User.objects.filter(pk=clara.pk).update(phone="+8613812345678", phone_verified_at=now)
    return services.register_shop(user_id=clara.pk, actor=by, now=now, **CN)


def fresh(seller):
    return queries.seller_ref(seller.id)


def hand_in(seller, clara, by, now, *, without=()):
    onboarding.correct_company(seller=seller, values={"address": "518000 Shenzhen, Nanshan, Keji Rd 1",
                                                      "director": "Li Na"}, actor=by, now=now)
    for key in ("goods_lawful", "export_duties"):
        onboarding.confirm(seller=seller, item_key=key, user_id=clara.pk, actor=by, now=now)
    for key in PAPERS:
        if key not in without:
            documents.add_document(seller=seller, item_key=key, name="C:\\скан 1.pdf", data=PDF, user_id=clara.pk,
                                   actor=by, now=now)


def news(seller):
    """The outbox hands on what happened; on PostgreSQL it waits for the transaction that a test never ends."""
    heard = outbox._subscribers["sellers.checklist"]
    entries = [entry for entry in activity.latest(seller.id, 50) if entry.event in heard.events]
    assert entries
    heard.handler(entries)


def approve_papers(seller, now):
    for row in Document.objects.filter(seller_id=seller.id, state="in_review"):
        documents.judge_document(seller_id=seller.id, document_id=row.pk, approved=True, actor=OLGA, now=now)


@pytest.fixture
def applied(draft, clara, by, now):
    hand_in(draft, clara, by, now)
    return onboarding.submit(seller=draft, actor=by, now=now)


@pytest.fixture
def selling(applied, by, now):
    approve_papers(applied, now)
    review.approve_shop(seller_id=applied.id, actor=OLGA, now=now)
    inventory.create_warehouse(seller=applied, name="SZ 1", city="Shenzhen", address="", time_zone="Asia/Shanghai",
                               cut_off=time(18), preparation_hours=24, actor=by, now=now)
    news(applied)
    return fresh(applied)


# -- registering -------------------------------------------------------------------------------------------------------


def test_chinese_company_is_cross_border_and_starts_as_a_draft_with_its_own_checklist(draft, now):
    progress = queries.progress(draft, now)

    assert (draft.state, draft.may_sell, progress.cross_border) == ("draft", False, True)
    assert [(one.item.key, one.outcome) for one in progress.items] == [
        ("accept_offer", "done"), ("phone", "done"), ("profile_complete", "todo"),
        ("registration_certificate", "todo"), ("director_identity", "todo"), ("bank_letter", "todo"),
        ("charter", "todo"), ("goods_lawful", "todo"), ("export_duties", "todo"), ("warehouse", "todo"),
        ("min_products", "todo"), ("operator_review", "todo")]
    assert progress.items[3].item.names["zh-hans"].startswith("营业执照")


def test_domestic_company_gets_the_domestic_list(market, anna, actor, now):
    User.objects.filter(pk=anna.pk).update(phone="+79161234567", phone_verified_at=now)

    shop = services.register_shop(
        user_id=anna.pk, legal_name="ООО «Анна»", country="RU", registration_number="7707083893", shop_name="Лавка",
        currency="RUB", language="ru", accepts_offer=True, actor=actor, now=now)

    progress = queries.progress(shop, now)
    assert not progress.cross_border
    assert "bank_letter" not in [one.item.key for one in progress.items]


def test_foreign_names_are_latin_and_the_offer_must_be_accepted(market, clara, by, now):
    with pytest.raises(Invalid) as refused:
        services.register_shop(user_id=clara.pk, actor=by, now=now,
                               **{**CN, "legal_name": "克拉拉贸易有限公司", "accepts_offer": False})

    assert {(one.field, one.code) for one in refused.value.fields} == {
        ("legal_name", "not_latin"), ("accepts_offer", "offer_not_accepted")}
    assert Seller.objects.count() == 0


def test_blocked_country_is_refused_with_its_reason(market, clara, by, now):
    rules.put("sellers.country_blocked", "CN", {"reason": "payouts"}, valid_from=now, source="test")

    with pytest.raises(CountryBlocked) as refused:
        services.register_shop(user_id=clara.pk, actor=by, now=now, **CN)

    assert "pay out" in refused.value.text


def test_phone_is_needed_where_the_rule_says_so(market, clara, by, now):
    rules.put("sellers.phone_required", "", {"policy": "required"}, valid_from=now, source="test")

    with pytest.raises(PhoneMissing):
        services.register_shop(user_id=clara.pk, actor=by, now=now, **CN)


def test_currencies_follow_the_dated_rule_of_the_country(market, clara, by, now):
    rules.put("sellers.currencies", "CN", ["USD"], valid_from=now, source="test")

    with pytest.raises(Invalid) as refused:
        services.register_shop(user_id=clara.pk, actor=by, now=now, **CN)

    assert refused.value.fields[0].text == "Companies of this country are paid in: USD."


# -- states ------------------------------------------------------------------------------------------------------------


def test_every_act_leads_only_from_the_states_of_the_table():
    assert states.possible("draft") == {"submit", "give_up"}
    assert states.possible("in_review") == {"ask_changes", "reject", "approve", "give_up"}
    assert states.possible("needs_changes") == {"submit", "reject", "give_up"}
    assert states.possible("approved") == {"activate", "suspend", "start_closing"}
    assert states.possible("active") == {"suspend", "start_closing", "pause"}
    assert states.possible("suspended") == {"resume", "start_closing"}
    assert states.possible("rejected") == states.possible("closed") == frozenset()


def test_the_whole_way_from_draft_to_selling(applied, by, now):
    assert applied.state == "in_review"
    with pytest.raises(Conflict):
        review.approve_shop(seller_id=applied.id, actor=OLGA, now=now)

    approve_papers(applied, now)
    approved = review.approve_shop(seller_id=applied.id, actor=OLGA, now=now)
    inventory.create_warehouse(seller=approved, name="SZ 1", city="Shenzhen", address="", time_zone="Asia/Shanghai",
                               cut_off=time(18), preparation_hours=24, actor=by, now=now)
    news(applied)

    assert approved.state == "approved"
    assert fresh(applied).may_sell
    assert [mail.subject for mail in Message.objects.filter(channel="mail").order_by("pk")] == [
        "已收到“Clara Trade”的资料", "“Clara Trade”已通过审核", "您的店铺“Clara Trade”已开业"]


def test_sending_for_review_names_how_much_is_open(draft, clara, by, now):
    hand_in(draft, clara, by, now, without=["bank_letter"])

    with pytest.raises(Conflict) as refused:
        onboarding.submit(seller=draft, actor=by, now=now)

    assert (refused.value.code, refused.value.data) == ("items_open", {"count": 1})
    assert fresh(draft).state == "draft"


def test_corrections_are_named_by_field_and_document_and_answered_one_by_one(applied, clara, by, now):
    licence = Document.objects.get(item_key="registration_certificate", seller_id=applied.id)
    documents.judge_document(seller_id=applied.id, document_id=licence.pk, approved=False, reason="unreadable",
                             note="page 2", actor=OLGA, now=now)
    back = review.ask_changes(seller_id=applied.id, remarks={"address": "@incomplete"}, actor=OLGA, now=now)

    letter = Message.objects.filter(channel="mail").latest("pk").text
    assert "注册地址: 信息不完整" in letter
    assert "скан 1.pdf: 文件无法辨认" in letter
    with pytest.raises(Conflict):
        onboarding.submit(seller=back, actor=by, now=now)
    onboarding.correct_company(seller=back, values={"address": "518000 China, Shenzhen, Keji Rd 1, room 9"}, actor=by,
                               now=now)
    documents.add_document(seller=back, item_key="registration_certificate", name="new.pdf", data=PDF,
                           user_id=clara.pk, actor=by, now=now)
    assert onboarding.submit(seller=back, actor=by, now=now).state == "in_review"
    licence.refresh_from_db()
    assert licence.state == "replaced"


def test_asking_for_corrections_needs_something_to_correct(applied, now):
    with pytest.raises(Invalid):
        review.ask_changes(seller_id=applied.id, remarks={"address": ""}, actor=OLGA, now=now)


def test_data_under_review_cannot_be_changed_behind_the_reviewers_back(applied, by, now):
    with pytest.raises(StateForbids):
        onboarding.correct_company(seller=applied, values={"director": "Somebody Else"}, actor=by, now=now)


def test_a_refused_shop_stays_refused(applied, clara, by, now):
    with pytest.raises(Invalid):
        review.reject_shop(seller_id=applied.id, reason="", note=" ", actor=OLGA, now=now)
    review.reject_shop(seller_id=applied.id, reason="forged", note="", actor=OLGA, now=now)

    for act in (lambda: onboarding.submit(seller=fresh(applied), actor=by, now=now),
                lambda: review.approve_shop(seller_id=applied.id, actor=OLGA, now=now),
                lambda: documents.add_document(seller=fresh(applied), item_key="charter", name="x", data=PDF,
                                               user_id=clara.pk, actor=by, now=now)):
        with pytest.raises(Conflict):
            act()
    assert fresh(applied).state == "rejected"


def test_suspension_stops_selling_and_ends_by_itself(selling, now):
    until = now + timedelta(days=3)
    review.suspend_shop(seller_id=selling.id, reason="late_orders", note="", until=until, actor=OLGA, now=now)

    assert review.resume_due(now=until - timedelta(seconds=1)) == 0
    assert fresh(selling).state == "suspended"
    assert queries.active_sellers() == []
    assert review.resume_due(now=until) == 1
    assert fresh(selling).may_sell
    assert Seller.objects.get().state_reason == ""


def test_orders_are_refused_by_a_shop_that_may_not_sell(selling, now):
    wish = OrderRequest("Dmitri", "+79031234567", "Казань", "", "Lenina 1", ((1, 1),), now)
    open_shop = orders.place_orders(seller=selling, orders=[wish], actor=Actor.buyer("Dmitri"))
    review.suspend_shop(seller_id=selling.id, reason="complaints", note="", until=None, actor=OLGA, now=now)

    # The caller still holds the shop as it was before.
    closed = orders.place_orders(seller=selling, orders=[wish], actor=Actor.buyer("Dmitri"))

    assert open_shop != [Refusal("shop_closed")]
    assert closed == [Refusal("shop_closed")]


# -- papers ------------------------------------------------------------------------------------------------------------


def test_bytes_on_disk_are_ciphertext_under_a_random_name(draft, clara, by, now, client):
    hand_in(draft, clara, by, now)

    row = Document.objects.filter(item_key="registration_certificate").get()
    on_disk = storage.open_bytes(row.storage_key)
    assert row.storage_key.startswith("documents/")
    assert str(draft.id) not in row.storage_key.split("/")
    assert b"SECRET LICENCE" not in on_disk
    assert b"%PDF" not in on_disk
    assert client.get(f"/media/{row.storage_key}").status_code == 404
    assert documents.open_document(seller_id=draft.id, document_id=row.pk, actor=OLGA, now=now)[1:] == (
        "application/pdf", PDF)
    assert row.file_name == "скан 1.pdf"


def test_every_opening_is_recorded_with_who_opened(draft, clara, by, now):
    hand_in(draft, clara, by, now)
    row = Document.objects.filter(item_key="director_identity").get()

    for _again in range(2):
        documents.open_document(seller_id=draft.id, document_id=row.pk, actor=OLGA, now=now)

    events = [(entry.event, entry.actor.label) for entry in activity.history(draft.id, "document", row.pk)]
    assert events == [("sellers.document.opened", "Olga")] * 2 + [("sellers.document.added", "Clara")]


def test_a_paper_of_another_shop_is_not_there(shop, draft, clara, by, now):
    hand_in(draft, clara, by, now)
    row = Document.objects.filter(item_key="director_identity").get()

    with pytest.raises(NotFound):
        documents.open_document(seller_id=shop.id, document_id=row.pk, actor=OLGA, now=now)
    with pytest.raises(NotFound):
        documents.judge_document(seller_id=shop.id, document_id=row.pk, approved=True, actor=OLGA, now=now)


@pytest.mark.parametrize(("data", "code"), [
    (b"", "document_empty"), (b"MZ\x90 a program", "document_kind"), (b"<html>%PDF-</html>", "document_kind"),
    (picture("GIF"), "document_kind"), (b"%PDF-1.4 cut off", "document_broken"),
    (PDF.replace(b"SECRET", b"/JavaScript (x)"), "document_active"),
    (PDF.replace(b"SECRET", b"/Encrypt 5 0 R"), "document_active"),
    (PDF.replace(b"SECRET", b"/Type /Page " * 101), "document_too_many_pages"),
    (PDF + b"\0" * documents.MAX_BYTES, "document_too_large"),
    (picture(size=(8000, 7000)), "document_too_many_pixels"), (picture()[:60], "document_kind"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_papers_are_judged_by_their_bytes_not_their_names(draft, clara, by, now, data, code):
    with pytest.raises(Invalid) as refused:
        documents.add_document(seller=draft, item_key="charter", name="charter.pdf", data=data, user_id=clara.pk,
                               actor=by, now=now)

    assert (refused.value.code, refused.value.field) == (code, "file")
    assert Document.objects.count() == 0


@pytest.mark.parametrize(("data", "kind"), [(picture(), "image/png"), (picture("JPEG"), "image/jpeg"),
                                            (PDF, "application/pdf")], ids=["png", "jpeg", "pdf"])
def test_scans_and_photos_are_taken(data, kind):
    assert documents.inspect(data) == kind


def test_papers_go_only_to_items_that_ask_for_one(draft, clara, by, now):
    for key in ("phone", "made_up", "legal_change"):
        with pytest.raises(NotFound):
            documents.add_document(seller=draft, item_key=key, name="x.pdf", data=PDF, user_id=clara.pk, actor=by,
                                   now=now)


def test_an_approved_paper_is_not_replaced_in_silence(selling, clara, by, now):
    with pytest.raises(Conflict):
        documents.add_document(seller=selling, item_key="director_identity", name="other.pdf", data=PDF,
                               user_id=clara.pk, actor=by, now=now)


def test_papers_of_the_company_count_for_its_second_shop(selling, clara, by, now):
    second = services.register_shop(user_id=clara.pk, actor=by, now=now, **{**CN, "shop_name": "Clara Two"})

    outcomes = {one.item.key: one.outcome for one in queries.progress(second, now).items}

    assert outcomes["director_identity"] == "done"
    assert [one[1:] for one in queries.own_companies(clara.pk)] == [
        (CN["legal_name"], "CN", CN["registration_number"])]
    assert onboarding.free_to_edit(second) is False


# -- the checklist -----------------------------------------------------------------------------------------------------


def test_an_item_of_a_country_replaces_or_removes_the_general_one(draft, now):
    names = {"en": "Bank letter", "ru": "Письмо", "zh": "证明"}
    checklists.save_item(item_id=None, audience="CN", kind="document", key="bank_letter", names=names, required=True,
                         amount=1, active=False, actor=OLGA, now=now)

    assert "bank_letter" not in [one.item.key for one in queries.progress(draft, now).items]


def test_items_are_reordered_and_switched_off_by_the_operator(draft, now):
    rows = {row.key: row for row in ChecklistItem.objects.filter(audience="cross_border")}
    checklists.reorder_items(order=[rows["phone"].pk, rows["accept_offer"].pk], actor=OLGA, now=now)
    checklists.save_item(item_id=rows["export_duties"].pk, audience="", kind="", key="",
                         names={"en": "Export", "ru": "Экспорт", "zh": "出口"}, required=True, amount=1, active=False,
                         actor=OLGA, now=now)

    keys = [one.item.key for one in queries.progress(draft, now).items]
    assert keys[:2] == ["phone", "accept_offer"]
    assert "export_duties" not in keys


def test_a_counted_item_waits_for_its_number(draft, now):
    item = ChecklistItem.objects.get(audience="cross_border", key="min_products")
    checklists.save_item(item_id=item.pk, audience="", kind="", key="", names={"en": "Ten", "ru": "Десять", "zh": "十个"},
                         required=True, amount=10, active=True, actor=OLGA, now=now)

    judged = next(one for one in queries.progress(draft, now).items if one.item.key == "min_products")

    assert (judged.outcome, judged.count, judged.item.amount) == ("todo", 0, 10)


def test_seeding_twice_changes_nothing(market, now):
    before = ChecklistItem.objects.count()

    assert seeding.write_starter(now=now) == 0
    assert ChecklistItem.objects.count() == before


# -- the offer ---------------------------------------------------------------------------------------------------------


def test_a_new_offer_closes_the_gate_only_after_its_grace(selling, clara, by, now):
    texts = {"en": "New terms", "ru": "Новые условия", "zh": "新条款"}
    offer_id = offers.publish_offer(version="2.0", texts=texts, valid_from=now, actor=OLGA, now=now)
    end = now + timedelta(days=14)

    assert queries.offer_signed(selling, end - timedelta(seconds=1))
    assert not queries.offer_signed(selling, end)
    assert queries.offer_to_sign(selling, now) == end
    offers.accept_offer(seller=selling, offer_id=offer_id, user_id=clara.pk, actor=by, now=end)
    assert queries.offer_signed(selling, end)
    assert queries.offer_to_sign(selling, end) is None


def test_only_the_version_in_force_can_be_accepted(selling, clara, by, now):
    old = queries.current_offer(now, "en").id
    offers.publish_offer(version="2.0", texts={"en": "N", "ru": "Н", "zh": "新"}, valid_from=now, actor=OLGA, now=now)

    with pytest.raises(Conflict):
        offers.accept_offer(seller=selling, offer_id=old, user_id=clara.pk, actor=by, now=now)


def test_shops_older_than_the_first_offer_have_its_grace(shop, now):
    seeding.write_starter(now=now)

    assert queries.offer_signed(shop, now + timedelta(days=13))
    assert not queries.offer_signed(shop, now + timedelta(days=14))


# -- legal data --------------------------------------------------------------------------------------------------------


def ask(seller, clara, by, now, **values):
    return legal.ask_change(seller=seller, values=values, reason="moved", file_name="proof.pdf", data=PDF,
                            user_id=clara.pk, actor=by, now=now)


def test_old_legal_data_stay_in_force_until_the_change_is_approved(selling, clara, by, now):
    old = queries.profile(selling).address
    change = ask(selling, clara, by, now, address="518000 Shenzhen, Futian 7", legal_name=CN["legal_name"])

    assert queries.profile(selling).address == old
    legal.decide(seller_id=selling.id, change_id=change, approved=True, actor=OLGA, now=now)

    row = queries.legal_changes(selling)[0]
    assert queries.profile(selling).address == "518000 Shenzhen, Futian 7"
    assert (row.state, row.changes, row.before) == ("approved", {"address": "518000 Shenzhen, Futian 7"},
                                                    {"address": old})


def test_a_refused_change_leaves_everything_and_says_why(selling, clara, by, now):
    change = ask(selling, clara, by, now, director="Wang Wei")
    with pytest.raises(Invalid):
        legal.decide(seller_id=selling.id, change_id=change, approved=False, actor=OLGA, now=now)

    legal.decide(seller_id=selling.id, change_id=change, approved=False, remark="Not in the register", actor=OLGA,
                 now=now)

    assert queries.profile(selling).director == "Li Na"
    assert queries.legal_changes(selling)[0].remark == "Not in the register"
    with pytest.raises(Conflict):
        legal.decide(seller_id=selling.id, change_id=change, approved=True, actor=OLGA, now=now)


def test_one_change_is_open_at_a_time_and_can_be_taken_back(selling, clara, by, now):
    first = ask(selling, clara, by, now, director="Wang Wei")
    with pytest.raises(Conflict):
        ask(selling, clara, by, now, director="Wang Xi")

    legal.withdraw(seller=selling, change_id=first, actor=by, now=now)

    assert ask(selling, clara, by, now, director="Wang Xi") > first
    assert [row.state for row in queries.legal_changes(selling)] == ["in_review", "withdrawn"]


def test_a_change_of_another_shop_is_not_there(shop, selling, clara, by, now):
    change = ask(selling, clara, by, now, director="Wang Wei")

    with pytest.raises(NotFound):
        legal.withdraw(seller=shop, change_id=change, actor=by, now=now)
    with pytest.raises(NotFound):
        legal.decide(seller_id=shop.id, change_id=change, approved=True, actor=OLGA, now=now)


def test_marketplace_country_is_a_setting(market, anna, actor, now, settings):
    settings.MARKETPLACE_COUNTRY = "CN"
    User.objects.filter(pk=anna.pk).update(phone="+79161234567", phone_verified_at=now)

    shop = services.register_shop(
        user_id=anna.pk, legal_name="Anna LLC", country="RU", registration_number="7707083893", shop_name="Anna",
        currency="RUB", language="ru", accepts_offer=True, actor=actor, now=now)

    assert queries.progress(shop, now).cross_border
    assert django_settings.MARKETPLACE_COUNTRY == "CN"
