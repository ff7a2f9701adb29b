"""The report centre: made in the background, kept for a time, opened by those with the right only."""

import io
from datetime import timedelta

import pytest
from arro3.io import read_parquet
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sellerdesk.analytics.errors import ReportsTooMany
from sellerdesk.analytics.models import MailPlan, Report
from sellerdesk.analytics.services import mailing, report_rows, reporting
from sellerdesk.core.actor import Actor
from sellerdesk.core.models import Message
from sellerdesk.pricing import services as pricing
from sellerdesk.pricing.types import PriceInput
from sellerdesk.promotions import services as promotions
from sellerdesk.promotions.types import JoinInput, Terms

SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def ask(stall, now, kind="postings", **more):
    return reporting.create(seller=stall.seller, kind=kind, params=more.pop("params", {}), format="xlsx", language="en",
                            time_zone="Asia/Kolkata", actor=SYSTEM, now=now, **more)


def sheet(client, row):
    answer = client.get(reverse("analytics:report_file", args=[row.id]))
    assert answer.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()


def test_a_report_holds_its_rows_in_the_readers_time(anna_client, stall, now):
    stall.place(stall.request((stall.mug, 2), (stall.pan, 1), at=now), stall.request(at=now - timedelta(days=9)))
    row = ask(stall, now, params={"since": (now - timedelta(days=1)).isoformat()})

    assert Report.objects.get().state == "waiting"
    reporting.make(report_id=row.id, now=now)

    done = Report.objects.get()
    assert (done.state, done.rows, done.expires_at) == ("success", 2, now + timedelta(days=30))
    found = sheet(anna_client, row)
    assert [line[16:19] for line in found[1:]] == [[2.0, 1000.0, 2000.0], [1.0, 250.5, 250.5]]
    assert found[1][5] == "2026-11-23 14:30:00"


@pytest.mark.parametrize(("kind", "rows"), [("products", 2), ("stock", 2), ("returns", 0)])
def test_other_reports_are_made(stall, now, kind, rows):
    row = ask(stall, now, kind)
    reporting.make(report_id=row.id, now=now)

    assert (Report.objects.get().state, Report.objects.get().rows) == ("success", rows)


def test_goods_at_a_discount_stand_with_what_buyers_pay_and_why(anna_client, stall, now):
    action_id = promotions.create_own(seller=stall.seller, actor=SYSTEM, now=now, terms=Terms(
        "discount", "Friends", now, now + timedelta(days=7), discount_bp=1000))
    promotions.join(seller=stall.seller, action_id=action_id, actor=SYSTEM, now=now,
                    rows=[JoinInput(product_id=stall.mug, price="800")])
    promotions.move_own(seller=stall.seller, action_id=action_id, state="active", actor=SYSTEM, now=now)
    row = ask(stall, now, "discounted")

    reporting.make(report_id=row.id, now=now)

    found = sheet(anna_client, row)
    assert [(line[0], *line[4:10]) for line in found[1:]] == [("MUG-1", 1000, 1000, 800, 200, "RUB", "Friends")]

    pricing.set_prices(seller=stall.seller, actor=SYSTEM, now=now, changes=[
        PriceInput(product_id=stall.pan, old_price="300")])
    again = reporting.again(seller=stall.seller, report_id=row.id, actor=SYSTEM, now=now)
    # A week later the promotion is over.
    reporting.make(report_id=again.id, now=now + timedelta(days=8))
    assert [(line[0], *line[4:10]) for line in sheet(anna_client, again)[1:]] == [
        ("PAN-1", 300, 250.5, 250.5, 49.5, "RUB", "")]


def test_a_report_for_programs_has_types(anna_client, stall, now):
    stall.place(stall.request((stall.mug, 2), at=now))
    row = reporting.create(seller=stall.seller, kind="postings", params={}, format="parquet", language="ru",
                           time_zone="Asia/Kolkata", actor=SYSTEM, now=now)
    reporting.make(report_id=row.id, now=now)

    answer = anna_client.get(reverse("analytics:report_file", args=[row.id]))
    table = read_parquet(io.BytesIO(b"".join(answer.streaming_content))).read_all()
    [line] = [dict(zip(table.column_names, (cell.as_py() for cell in cells), strict=True))
              for cells in zip(*(table.column(name) for name in table.column_names), strict=True)]
    assert (line["units"], line["price_minor"], line["amount_minor"], line["currency"]) == (2, 100_000, 200_000, "RUB")
    assert (line["ordered_at"], line["delivered_at"]) == (now, None)


@pytest.mark.parametrize("kind", ["products", "stock", "returns", "postings"])
def test_every_report_can_be_had_by_programs(stall, now, kind):
    stall.place(stall.request(at=now))
    row = reporting.create(seller=stall.seller, kind=kind, params={}, format="parquet", language="zh-hans",
                           time_zone="Asia/Kolkata", actor=SYSTEM, now=now)
    reporting.make(report_id=row.id, now=now)

    assert Report.objects.get().state == "success"


def test_a_report_that_cannot_be_made_says_so_and_can_be_made_again(anna_client, stall, now, monkeypatch):
    def broken(*_args):
        raise RuntimeError("no")

    monkeypatch.setitem(reporting.KINDS, "products", broken)
    row = ask(stall, now, "products")
    reporting.make(report_id=row.id, now=now)
    assert (Report.objects.get().state, Report.objects.get().error) == ("failed", "internal")

    monkeypatch.setitem(reporting.KINDS, "products", report_rows.products)
    anna_client.post(reverse("analytics:report_again", args=[row.id]))
    again = Report.objects.latest("pk")
    reporting.make(report_id=again.pk, now=now)
    assert (Report.objects.latest("pk").state, Report.objects.count()) == ("success", 2)


def test_files_are_deleted_when_their_time_is_over_and_the_row_stays(anna_client, stall, now):
    row = ask(stall, now)
    reporting.make(report_id=row.id, now=now)

    assert reporting.run_due(now + timedelta(days=29)) == 0
    assert reporting.run_due(now + timedelta(days=30)) == 1
    assert anna_client.get(reverse("analytics:report_file", args=[row.id])).status_code == 404
    assert "File deleted" in anna_client.get(reverse("analytics:reports")).content.decode()


def test_strangers_and_packers_open_no_file(boris_client, clara_client, stall, now):
    row = ask(stall, now)
    reporting.make(report_id=row.id, now=now)

    assert boris_client.get(reverse("analytics:report_file", args=[row.id])).status_code == 403
    assert clara_client.get(reverse("analytics:report_file", args=[row.id])).status_code == 404


def test_too_many_at_once_are_refused(stall, now):
    for _ in range(reporting.MOST_AT_ONCE):
        ask(stall, now)

    with pytest.raises(ReportsTooMany):
        ask(stall, now)


def test_a_view_comes_by_mail_at_the_readers_hour(anna, anna_client, stall, now):
    """Noon in Moscow on a Monday; every Tuesday at nine is tomorrow 06:00 UTC."""
    anna.time_zone = "Europe/Moscow"
    anna.save()
    anna_client.post(reverse("analytics:plan"), {
        "name": "Goods", "query": "by=sku&period=7&m=units", "every": "week", "weekday": "1", "hour": "9",
        "format": "csv"})
    due = MailPlan.objects.get().next_at
    assert due == (now + timedelta(days=1)).replace(hour=6)

    assert mailing.run_due(due - timedelta(minutes=1)) == 0
    assert mailing.run_due(due) == 1
    assert mailing.run_due(due) == 0
    reporting.make(report_id=Report.objects.get().pk, now=due)

    assert Message.objects.filter(to=anna.email, subject__contains="Goods").count() == 1
    assert MailPlan.objects.get().next_at == due + timedelta(days=7)


def test_who_has_left_the_shop_gets_nothing(anna_client, shop, anna, now):
    anna_client.post(reverse("analytics:plan"), {"name": "Goods", "query": "", "every": "day", "hour": "9"})
    MailPlan.objects.update(user_id=anna.pk + 1000)

    assert mailing.run_due(now + timedelta(days=2)) == 0
    assert not MailPlan.objects.exists()
