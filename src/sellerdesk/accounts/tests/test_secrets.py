"""Nothing that opens an account is written where it can be read."""

from __future__ import annotations

import io
import logging
import re

import pytest
import structlog
from django.contrib.auth import authenticate
from django.db import connection
from django.test import Client

from sellerdesk.accounts.services import contacts, phone
from sellerdesk.accounts.types import RequestInfo
from sellerdesk.core import clock, logs, worker
from sellerdesk.core.db import fetch_all
from sellerdesk.core.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_limits", "dated_rules")]

WRONG, RIGHT = "marker-wrong-9f3c1d-lantern", "correct-horse-battery-staple"
#: Messages are how codes reach people; what is delivered must be in them.
DELIVERED = {"core_message"}


@pytest.fixture
def log():
    """Everything any logger says, rendered as in production, from DEBUG up."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=logs._SHARED, processors=[
        structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False)]))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    # Statements of the database carry what is stored, sealed; the rows themselves are looked at below.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(before)
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)


def everything_stored() -> str:
    """Every row of every table, the cache and the sessions too."""
    return "\n".join(repr(row) for table in connection.introspection.table_names() if table not in DELIVERED
                     for row in fetch_all(f'SELECT * FROM "{table}"'))


def test_M04_no_secret_is_in_any_log_line_or_table(anna, log):
    info = RequestInfo(address="203.0.113.7")
    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": anna.email, "password": WRONG})
    authenticate(None, email=anna.email, password=WRONG)
    client.post("/accounts/login/", {"login": anna.email, "password": RIGHT})
    client.post("/accounts/password/reset/", {"email": anna.email})
    contacts.start(user_id=anna.pk, kind="email", new="anna.new@example.com", info=info, now=clock.real_now())
    phone.send_code(phone="+79161234567", purpose="sign_in", user_id=anna.pk, info=info, language="en")
    worker.run_until_idle()

    sent = "\n".join(Message.objects.values_list("text", flat=True))
    links = re.findall(r"https?://[^/\s]+(/\S+)", sent)
    for link in links:
        client.get(link)
    tokens = {part for link in links for part in re.split(r"[/?=&]", link) if len(part) >= 24}
    codes = set(re.findall(r"(?m)(?:^|\s)(\d{6})(?:\s|$)", sent))
    assert tokens, "the flows above send links"
    assert len(codes) >= 2, "the flows above send codes"

    said, stored = log.getvalue(), everything_stored()
    assert said
    for secret in {WRONG, RIGHT, *tokens, *(token.partition("-")[2] for token in tokens if "-" in token)} - {""}:
        assert secret not in said
        assert secret not in stored
    for code in codes:
        assert re.search(rf"(?<!\d){code}(?!\d)", stored) is None
        assert re.search(rf"(?<![\d.]){code}(?!\d)", said) is None
