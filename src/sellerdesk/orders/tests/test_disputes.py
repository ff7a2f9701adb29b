"""Objecting to errors, and what a decision changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sellerdesk.core import activity
from sellerdesk.core.actor import Actor
from sellerdesk.finance import queries as finance
from sellerdesk.orders.errors_terms import (
    DisputeClosed,
    DisputeTextRequired,
    DisputeTooLate,
    FaultNotFound,
    NothingToDispute,
)
from sellerdesk.orders.models import Dispute, DisputeFile, Fault, TermDay
from sellerdesk.orders.queries import ledger
from sellerdesk.orders.queries import terms as reading
from sellerdesk.orders.services import terms
from sellerdesk.orders.tests.test_terms import DAY, cancel, charged, full, shipped

OLGA = Actor.operator(1, "Olga")
WHY = "The courier of the marketplace did not come."
__all__ = ["full"]


def error(stall, at, units: int = 1) -> Fault:
    number = stall.place(stall.request((stall.mug, units), at=at))[0]
    cancel(stall, number, at)
    return Fault.objects.get(number=number)


def object_to(stall, fault: Fault, now, text: str = WHY) -> int:
    return terms.open_dispute(seller=stall.seller, fault_id=fault.pk, text=text, actor=stall.actor, now=now)


@pytest.fixture
def week(full):
    """45 shipments and 2 errors on the second day; an error that cost 3 % on each of the next two."""
    shipped(full, 45, full.now + DAY)
    first, second = error(full, full.now + DAY), error(full, full.now + DAY)
    third, fourth = error(full, full.now + 2 * DAY), error(full, full.now + 3 * DAY)
    terms.run_due(full.now + 4 * DAY)
    assert charged(full) == [-30_00, -30_00]
    return first, second, third, fourth


def test_a_dispute_won_gives_back_what_the_error_made_dear(full, week) -> None:
    first, _second, third, fourth = week
    now = full.now + 4 * DAY
    dispute = object_to(full, first, now)

    assert terms.decide(dispute_id=dispute, won=True, answer="You are right.", actor=OLGA, now=now) == 30_00

    # 1 of 46 is 2.17 %: the third costs nothing now. 2 of 47 is still 4.26 % for the fourth.
    assert charged(full, "penalty_back") == [30_00]
    figures = Fault.objects.order_by("id").values_list("counts", "excluded", "index_bp", "amount_minor", "first_minor")
    assert list(figures) == [(False, "dispute", 0, 0, 0), (True, "", 0, 0, 0), (True, "", 217, 0, 30_00),
                             (True, "", 426, 30_00, 30_00)]
    assert finance.balance(full.seller).by_kind == {"penalty": -60_00, "penalty_back": 30_00}
    assert reading.index_today(full.seller, now).errors == 3
    days = TermDay.objects.filter(seller_id=full.seller.id)
    assert days.get(day=third.day).charged_minor == 0
    assert days.get(day=first.day).errors == 1
    row = Dispute.objects.get()
    assert (row.state, row.decided_by, row.returned_minor, row.answer) == ("won", "Olga", 30_00, "You are right.")
    assert activity.history(full.seller.id, "posting", first.number)[0].event == "orders.dispute.won"
    with pytest.raises(DisputeClosed):
        terms.decide(dispute_id=dispute, won=False, answer="No.", actor=OLGA, now=now)
    terms.decide(dispute_id=object_to(full, fourth, now), won=True, answer="Again.", actor=OLGA, now=now)
    assert finance.balance(full.seller).accrued_minor == 0


def test_a_dispute_lost_changes_nothing_but_is_told(full, week) -> None:
    now = full.now + 4 * DAY
    dispute = object_to(full, week[2], now)

    assert terms.decide(dispute_id=dispute, won=False, answer="The log shows otherwise.", actor=OLGA, now=now) == 0

    assert charged(full, "penalty_back") == []
    assert Fault.objects.get(pk=week[2].pk).counts is True
    assert activity.history(full.seller.id, "posting", week[2].number)[0].event == "orders.dispute.lost"
    with pytest.raises(DisputeClosed):
        object_to(full, week[2], now)


def test_silence_decides_for_the_seller_at_its_own_moment(full, week) -> None:
    now = full.now + 4 * DAY
    object_to(full, week[2], now)

    assert terms.settle_unanswered(now=now + 3 * DAY - timedelta(seconds=1)) == 0
    assert terms.run_due(now + 6 * DAY) >= 1

    row = Dispute.objects.get()
    assert (row.state, row.decided_at, row.decided_by, row.returned_minor) == ("won", now + 3 * DAY, "", 30_00)


def test_what_cannot_be_disputed(full, week, rival_shop) -> None:
    first = week[0]
    until = terms.disputable_until(first.at)

    with pytest.raises(DisputeTooLate):
        object_to(full, first, until + timedelta(seconds=1))
    with pytest.raises(DisputeTextRequired):
        object_to(full, first, until, "  No. ")
    with pytest.raises(FaultNotFound):
        terms.open_dispute(seller=rival_shop, fault_id=first.pk, text=WHY, actor=full.actor, now=until)
    Fault.objects.filter(pk=first.pk).update(counts=False, excluded="kind")
    with pytest.raises(NothingToDispute):
        object_to(full, first, until)
    assert not Dispute.objects.exists()


def test_a_dispute_taken_back_is_over(full, week, rival_shop) -> None:
    now = full.now + 4 * DAY
    dispute = object_to(full, week[0], now)

    with pytest.raises(FaultNotFound):
        terms.withdraw(seller=rival_shop, fault_id=week[0].pk, actor=full.actor, now=now)
    terms.withdraw(seller=full.seller, fault_id=week[0].pk, actor=full.actor, now=now)

    with pytest.raises(DisputeClosed):
        terms.decide(dispute_id=dispute, won=True, answer="Too late.", actor=OLGA, now=now)
    assert terms.settle_unanswered(now=now + 10 * DAY) == 0


def test_an_error_struck_out_before_its_day_ends_is_never_charged(full) -> None:
    shipped(full, 20, full.now + DAY)
    two = [error(full, full.now + DAY) for _ in range(2)]
    late = error(full, full.now + 2 * DAY)

    for fault in (*two, late):
        terms.decide(dispute_id=object_to(full, fault, full.now + 2 * DAY), won=True, answer="Outage.", actor=OLGA,
                     now=full.now + 2 * DAY)
    terms.run_due(full.now + 4 * DAY)

    assert charged(full) == []
    assert reading.index_today(full.seller, full.now + 4 * DAY).errors == 0


PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def test_files_that_prove_an_objection_are_kept_and_read_by_both_sides(full, week, anna_client, client, operator) -> None:
    fault = week[2]

    anna_client.post(f"/orders/penalties/{fault.pk}/dispute", {"act": "open", "text": WHY, "files": [
        SimpleUploadedFile("../gate log.txt", "09:00 никто не приехал".encode()), SimpleUploadedFile("gate.exe", PNG)]})

    dispute = Dispute.objects.get()
    log, photo = ledger.dispute_files(full.seller, dispute.pk)
    assert (log.name, log.kind, photo.kind) == ("gate log.txt", "text/plain", "image/png")
    assert log.storage_key.startswith("disputes/")
    page = anna_client.get(f"/orders/penalties/{fault.pk}/").content.decode()
    assert "gate log.txt" in page
    mine = anna_client.get(f"/orders/penalties/{fault.pk}/files/{log.id}")
    assert (mine.content.decode(), mine["Content-Disposition"]) == (
        "09:00 никто не приехал", f'attachment; filename="file-{log.id}.txt"')
    assert mine["Content-Security-Policy"] == "sandbox; default-src 'none'"
    client.force_login(operator)
    assert "gate.exe" in client.get(f"/console/disputes/{dispute.pk}/").content.decode()
    assert client.get(f"/console/disputes/{dispute.pk}/files/{photo.id}").content == PNG
    assert anna_client.get(f"/orders/penalties/{week[3].pk}/files/{log.id}").status_code == 404


@pytest.mark.parametrize(("files", "word"), [
    ([("a.png", b"MZ\x90\x00")], "a.png"),
    ([("big.txt", b"x" * (10 * 1024 * 1024 + 1))], "10 MB"),
    ([(f"{at}.png", PNG) for at in range(6)], "At most 5"),
])
def test_files_that_prove_nothing_are_refused_and_nothing_is_opened(full, week, anna_client, files, word) -> None:
    answer = anna_client.post(f"/orders/penalties/{week[2].pk}/dispute", {
        "act": "open", "text": WHY, "files": [SimpleUploadedFile(name, data) for name, data in files]})

    assert answer.status_code == 422
    assert word in answer.content.decode()
    assert WHY in answer.content.decode()
    assert not Dispute.objects.exists()
    assert not DisputeFile.objects.exists()
