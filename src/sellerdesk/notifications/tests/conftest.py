"""A program of a shop that listens, and can be told to behave badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sellerdesk.core.activity import _COLUMNS, _entry
from sellerdesk.core.models import Activity
from sellerdesk.notifications import services, subscribers
from sellerdesk.notifications.services import payloads

OK = (200, b'{"result":true}', 0.0)


@dataclass
class Got:
    headers: dict[str, str]
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)


@dataclass
class Receiver:
    """Answers with what is in `plan`, one after the other, then as it should."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    plan: list[tuple[int, bytes, float]] = field(default_factory=list)
    always: tuple[int, bytes, float] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/pushes"

    def answer(self, got: Got) -> tuple[int, bytes, float]:
        self.got.append(got)
        if self.plan:
            return self.plan.pop(0)
        if self.always:
            return self.always
        if got.message.get("message_type") == "TYPE_PING":
            return 200, json.dumps({"version": "1", "name": "test", "time": "2026-11-23T09:00:00Z"}).encode(), 0.0
        return OK

    def bodies(self) -> list[dict[str, Any]]:
        return [one.message for one in self.got if one.message.get("message_type") != "TYPE_PING"]


def _serve(receiver: Receiver) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, answer, pause = receiver.answer(Got({k.lower(): v for k, v in self.headers.items()}, body))
            if pause:
                time.sleep(pause)
            if not status:
                self.connection.close()  # hangs up without a word
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


@pytest.fixture
def receivers(settings: Any) -> Iterator[Callable[[], Receiver]]:
    settings.PUSH_NETWORKS = ["127.0.0.0/8"]
    servers = []

    def make() -> Receiver:
        receiver = Receiver()
        servers.append(_serve(receiver))
        return receiver

    yield make
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(receivers: Callable[[], Receiver]) -> Receiver:
    return receivers()


@pytest.fixture
def listening(stall: Any, receiver: Receiver) -> Callable[..., int]:
    """Adds the receiver as an address of Anna's shop; its id."""

    def add(*types: str, form: str = "contract", at: Receiver | None = None) -> int:
        from sellerdesk.core import clock

        return services.add_endpoint(seller=stall.seller, url=(at or receiver).url, form=form, actor=stall.actor,
                                     types=types or ("TYPE_NEW_POSTING", "TYPE_POSTING_CANCELLED", "TYPE_STATE_CHANGED"),
                                     now=stall.now, real_now=clock.real_now()).endpoint_id

    return add


@pytest.fixture
def news(db: None) -> Callable[[], None]:
    """Lets pushes be kept for what is new, as the worker would. On PostgreSQL a test's own rows are never given out."""
    told = [Activity.objects.order_by("-id").values_list("id", flat=True).first() or 0]

    def spread() -> None:
        rows = list(Activity.objects.filter(id__gt=told[0], event__in=payloads.EVENTS).order_by("id").values_list(
            *_COLUMNS))
        if rows:
            told[0] = rows[-1][0]
            subscribers.on_news([_entry(row) for row in rows])

    return spread
