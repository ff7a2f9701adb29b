"""News and support of a sandbox are alive, and said in the language of each shop."""

from __future__ import annotations

import pytest

from sellerdesk.announcements import queries as announcements
from sellerdesk.core.models import Activity
from sellerdesk.simulator.services import asking
from sellerdesk.support import queries as support
from sellerdesk.support.types import QueueFilter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits")]


def test_a_sandbox_has_tickets_news_a_policy_and_a_fee_table_to_come(shop, anna, operator, now):
    asking.greet([(shop, "ru")], owner=anna, operator_id=operator.pk, now=now)

    rows = support.queue_page(QueueFilter(state="all"), cursor=None, limit=20).rows
    assert sorted(row.state for row in rows) == ["new", "solved", "waiting"]
    assert Activity.objects.filter(event="accounts.signin_problem.asked").count() == 1
    assert "Посылка шесть дней без движения" in {row.subject for row in rows}
    assert [one.subject for one in support.waiting(shop)] == ["Посылка шесть дней без движения"]
    assert len(support.macros()) == 2
    assert len(announcements.public(language="zh-hans", now=now)) == 3
    assert [one.version for one in announcements.versions("messages", "en")] == ["2.0", "1.0"]
    assert len(announcements.fee_changes(now)) == 1
