"""How soon living receivers of pushes hear while dead ones beside them let every try run into its time.

    python -m benchmarks.dead_receivers --dead 100 --living 20 --pushes 5

Dead ones take the connection and never answer. Each receiver has as many pushes in line, all due at once and of
different objects; the loop is the worker's own. Told is when each living receiver had the first and the last of them.
With `--known`, all have answered before, as where a hundred servers go down together.
"""

from __future__ import annotations

import argparse
import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks import ground

GIVEN_UP_SECONDS = 90


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--dead", type=int, default=100)
    asked.add_argument("--living", type=int, default=20)
    asked.add_argument("--pushes", type=int, default=5)
    asked.add_argument("--known", action="store_true")
    told = asked.parse_args()
    ground.start()
    with ground.database() as vendor:
        heard = measure(told.dead, told.living, told.pushes, known=told.known)
    first, last = sorted(times[0] for times in heard), sorted(times[-1] for times in heard)
    print(f"{vendor}: {told.living} living beside {told.dead} dead, {told.pushes} pushes each: first heard after"
          f" {first[len(first) // 2]:.1f} s in the middle and {first[-1]:.1f} s at worst, all heard after"
          f" {last[len(last) // 2]:.1f} s and {last[-1]:.1f} s")


def measure(dead: int, living: int, pushes: int, *, known: bool) -> list[list[float]]:
    """Seconds from the start at which each living receiver heard, push by push."""
    from django.conf import settings
    from django.db import connection

    from sellerdesk.notifications.services import sending

    settings.PUSH_NETWORKS = ["127.0.0.0/8"]
    # Takes connections, as many as come, and says nothing.
    silent = socket.create_server(("127.0.0.1", 0), backlog=1024)
    heard: list[list[float]] = [[] for _one in range(living)]
    server = _living(heard)
    put_in_line([f"http://127.0.0.1:{silent.getsockname()[1]}/{at}" for at in range(dead)]
                + [f"http://127.0.0.1:{server.server_address[1]}/{at}" for at in range(living)], pushes, known=known)
    stop = threading.Event()

    def work() -> None:
        try:
            sending.run(stop)
        finally:
            connection.close()

    loop = threading.Thread(target=work)
    begun = time.monotonic()
    loop.start()
    while any(len(times) < pushes for times in heard):
        if time.monotonic() - begun > GIVEN_UP_SECONDS:
            raise SystemExit(f"not all heard in {GIVEN_UP_SECONDS} s: {[len(times) for times in heard]}")
        time.sleep(0.05)
    stop.set()
    loop.join()
    server.shutdown()
    silent.close()
    return [[at - begun for at in times] for times in heard]


def _living(heard: list[list[float]]) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            heard[int(self.path[1:])].append(time.monotonic())
            answer = b'{"result": true}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def put_in_line(urls: list[str], pushes: int, *, known: bool) -> None:
    """The same pushes for every address; with `known`, each address answered a while ago."""
    from sellerdesk.accounts.services import create_user
    from sellerdesk.core import clock, crypto
    from sellerdesk.core.actor import Actor
    from sellerdesk.notifications.models import Delivery, Endpoint, Push
    from sellerdesk.notifications.services.sending import PURPOSE
    from sellerdesk.sellers import services as sellers

    user_id, now = create_user(email="b@example.com", password="five walruses juggle"), clock.real_now()
    seller_id = sellers.register_shop(
        user_id=user_id, legal_name="Bench LLC", country="RU", registration_number="7707083893", shop_name="Bench",
        currency="RUB", time_zone="Europe/Moscow", language="en", actor=Actor.user(user_id, "B"), now=now).id
    secret = crypto.encrypt(b"whsec_YmVuY2htYXJr", PURPOSE).decode()
    answered = now - timedelta(hours=1) if known else None
    places = Endpoint.objects.bulk_create(Endpoint(seller_id=seller_id, url=url, secret=secret, last_ok_at=answered,
                                                   created_at=now) for url in urls)
    facts = Push.objects.bulk_create(Push(
        seller_id=seller_id, uid=f"push-{at}", type="TYPE_NEW_POSTING", key=f"{at}", body={"posting_number": f"{at}"},
        happened_at=now, created_at=now) for at in range(pushes))
    Delivery.objects.bulk_create(Delivery(seller_id=seller_id, endpoint_id=place.pk, push_id=fact.pk, key=fact.key,
                                          type=fact.type, next_at=now, created_at=now)
                                 for place in places for fact in facts)


if __name__ == "__main__":
    main()
