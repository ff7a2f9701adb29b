"""Pages and API by granian. WSGI with few threads: measured faster than ASGI for these views (decision 0002)."""

from __future__ import annotations

import os


def serve(*, host: str, port: int, workers: int, quiet: bool = False) -> int:
    from granian.constants import Interfaces
    from granian.server import Server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sellerdesk.config.settings.dev")
    os.environ.setdefault("HASHING_SLOTS", str(max(1, (os.cpu_count() or 1) // workers)))
    # Each open connection counts against `backpressure`, idle ones too: browsers keep theirs between two questions.
    Server(
        "sellerdesk.config.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers,
        blocking_threads=4, backpressure=1024, websockets=False, respawn_failed_workers=True,
        log_enabled=not quiet,
    ).serve()
    return 0
