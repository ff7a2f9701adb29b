from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sellerdesk.core import rules
from sellerdesk.finance import queries, services
from sellerdesk.finance.models import Settlement
from sellerdesk.finance.queries import settling
from sellerdesk.finance.services import banking
from sellerdesk.finance.types import BookedLine, DeliveredPosting


@pytest.fixture
def due(shop, actor, now, dated_rules):
    """A closed period of Anna's that waits for approval."""
    rules.put("finance.payout_approval", "", {"auto": False}, valid_from=now - timedelta(days=900), source="test")
    banking.set_bank(seller=shop, holder="A", bank_name="Sber", code="044525225", account="40702810200000012345",
                     actor=actor, now=now - timedelta(days=60))
    services.book_deliveries(postings=[DeliveredPosting(shop.id, "1", "RUB", now - timedelta(days=10), (
        BookedLine(501, 1, 1_000_00, 100_00),))])
    services.run_due(now)
    [row] = settling.settlements(shop)
    return row


def test_a_run_is_approved_paid_and_sent_back(operator_client, shop, due) -> None:
    listed = operator_client.get(reverse("console:payouts"))
    assert [one["run"].amount_minor for one in listed.context["rows"]] == [885_00]
    run = ("2026-11-25", "RUB")
    assert "885" in operator_client.get(reverse("console:payout_run", args=run)).content.decode()
    decide = reverse("console:payout_decide", args=[due.id])

    operator_client.post(decide, {"act": "pay"})
    assert settling.settlements(shop)[0].state == "awaiting"
    operator_client.post(reverse("console:payout_approve", args=run))
    operator_client.post(decide, {"act": "pay"})
    assert settling.settlements(shop)[0].state == "paid"
    operator_client.post(decide, {"act": "fail", "reason": "other"})
    assert settling.settlements(shop)[0].state == "paid"
    operator_client.post(decide, {"act": "fail", "reason": "other", "remark": "Wrong holder"})

    row = settling.settlements(shop)[0]
    assert (row.state, row.reason, row.remark) == ("failed", "other", "Wrong holder")
    assert queries.balance(shop).owed_minor == 885_00


def test_the_runs_do_not_exist_for_sellers(anna_client, due) -> None:
    for address in (reverse("console:payouts"), reverse("console:payout_run", args=["2026-11-25", "RUB"])):
        assert anna_client.get(address).status_code == 404
    assert anna_client.post(reverse("console:payout_decide", args=[due.id]), {"act": "approve"}).status_code == 404


def test_a_long_run_is_told_whole_whatever_page_is_open(operator_client, shop, due, monkeypatch) -> None:
    monkeypatch.setattr(settling.run_rows, "__kwdefaults__", {"cursor": None, "limit": 1})
    Settlement.objects.filter(pk=due.id).update(payout_minor=885_00)
    row = Settlement.objects.get()
    row.pk, row.number, row.payout_minor = None, row.number + 1, 100_00
    row.save(force_insert=True)

    pages = [operator_client.get(reverse("console:payout_run", args=("2026-11-25", "RUB")))]
    pages.append(operator_client.get(pages[0].request["PATH_INFO"], {"c": pages[0].context["page"].next_cursor}))

    assert [[one["amount"].amount_minor for one in page.context["rows"]] for page in pages] == [[885_00], [100_00]]
    assert [(page.context["total"].amount_minor, page.context["to_approve"]) for page in pages] == [(985_00, 2)] * 2
