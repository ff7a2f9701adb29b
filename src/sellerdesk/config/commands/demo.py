"""A living marketplace on this machine: web, worker and market in one go, on SQLite in one folder."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from sellerdesk.simulator.types import Access

_STOP_SECONDS = 15
# Stands in the folder while the first history is being made; what is half made is made anew.
_UNFINISHED = ".unfinished"


class _Stopped(Exception):
    """Somebody pressed Ctrl-C while the history was being made."""


def run(*, port: int, data: Path, seed: int, speed: int, market: bool) -> int:
    """Run until Ctrl-C or SIGTERM. Exit code 0 then; 1 when the web server cannot run, 2 when the folder is in use.

    The clock starts at real time the first time, and goes on where the market stood when started again.
    """
    data = data.resolve()
    # Static files come straight from the package here; their folder exists so that nobody is warned of it.
    (data / "static").mkdir(parents=True, exist_ok=True)
    lock = _only_one(data)
    if lock is None:
        print(f"sellerdesk: a demo is running on {data} already", file=sys.stderr)
        return 2
    if not _port_is_free(port):
        print(f"sellerdesk: port {port} is in use; choose another one with --port", file=sys.stderr)
        return 1
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    _prepare(data, port)
    web = _Web(port)
    try:
        access = _ready(data, seed, web, stop)
        if not stop.is_set():
            _open(access, data, port, seed, speed, market)
            return _work(stop, web)
        return 0
    except _Stopped:
        return 0
    finally:
        web.stop()
        lock.close()


def _only_one(data: Path) -> IO[str] | None:
    handle = (data / "demo.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def _port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _prepare(data: Path, port: int) -> None:
    """The demo lives in its folder alone: whatever the environment says about databases and files is left aside."""
    for name in ("DATABASE_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL", "SELLERDESK_PRODUCTION"):
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ.update(SELLERDESK_DATA=str(data), SELLERDESK_DEMO="1", SITE_URL=f"http://127.0.0.1:{port}",
                      DJANGO_SETTINGS_MODULE="sellerdesk.config.settings.dev")
    os.environ.setdefault("MARKET_TOKEN", _market_token(data))
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("LOG_FORMAT", "text")
    if (data / _UNFINISHED).exists():
        for path in data.glob("sellerdesk.sqlite3*"):
            path.unlink()
        shutil.rmtree(data / "media", ignore_errors=True)
        (data / "demo.json").unlink(missing_ok=True)


def _market_token(data: Path) -> str:
    """What programs need to set the demo's clock; made once and kept beside the database."""
    path = data / "market.token"
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()


def _ready(data: Path, seed: int, web: _Web, stop: threading.Event) -> Access:
    """Migrate, let people in, and make the history when there is none yet."""
    import django

    django.setup()
    from sellerdesk.config.commands.migrate import migrate
    from sellerdesk.simulator import queries
    from sellerdesk.simulator.services import seeding

    _say("Preparing the database …")
    fresh = not (data / "sellerdesk.sqlite3").exists() or (data / _UNFINISHED).exists()
    if fresh:
        (data / _UNFINISHED).touch()
    migrate()
    web.start()
    if not fresh and queries.setting() is not None:
        return _kept(data / "demo.json") or seeding.renew_access()

    def progress(text: str) -> None:
        if stop.is_set():
            raise _Stopped
        if text:
            _say(f"  {text}")

    _say("Making two shops and 60 days of their history …")
    with _hurrying():
        access = seeding.seed_demo(seed=seed, progress=progress)
    (data / _UNFINISHED).unlink(missing_ok=True)
    return access


@contextmanager
def _hurrying() -> Iterator[None]:
    """What is made here is made anew after a power cut, so the disk need not confirm every step of it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=NORMAL")
    try:
        yield
    finally:
        # A new connection has the settings of all others again.
        connection.close()


def _kept(path: Path) -> Access | None:
    from sellerdesk.simulator.types import Access

    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        written.pop("base_url", None)
        written.pop("market_token", None)
        return Access(**written)
    except (OSError, ValueError, TypeError):
        return None


def _open(access: Access, data: Path, port: int, seed: int, speed: int, market: bool) -> None:
    """Start the clock and say where to go."""
    from sellerdesk.simulator.services import seeding

    seeding.start_clock(speed=speed, market=market)
    base_url = f"http://127.0.0.1:{port}"
    path = data / "demo.json"
    temporary = path.with_suffix(".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
        json.dump({"base_url": base_url, **asdict(access), "market_token": os.environ["MARKET_TOKEN"]}, handle,
                  indent=1)
    temporary.replace(path)
    _say(f"""
Sellerdesk runs at  {base_url}
  a seller          {access.email}   {access.password}
  an operator       {access.operator_email}   {access.operator_password}
  the Seller API    Client-Id {access.client_id}   Api-Key {access.api_key}
All this is in {path}. The clock runs ×{speed}{"" if market else ", the market stands still"}. Ctrl-C stops it.
""")


def _work(stop: threading.Event, web: _Web) -> int:
    """Worker and market as threads of this process until told to stop."""
    from sellerdesk.core import worker
    from sellerdesk.simulator import services

    jobs: list[tuple[str, Callable[[threading.Event], None]]] = [("worker", worker.run), ("market", services.run)]
    threads = [threading.Thread(target=job, args=(stop,), name=name, daemon=True) for name, job in jobs]
    for thread in threads:
        thread.start()
    code = 0
    while not stop.wait(0.5):
        if web.ended():
            print("sellerdesk: the web server ended", file=sys.stderr)
            code = 1
            stop.set()
    for thread in threads:
        thread.join(timeout=_STOP_SECONDS)
    return code


class _Web:
    """The web server's process."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # A session of its own, so that Ctrl-C reaches us alone and we end things in order.
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "sellerdesk.config.commands.demo_web", str(self.port)], stdin=subprocess.PIPE,
            start_new_session=True)

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            # The server and its workers are a session of their own.
            os.killpg(self.process.pid, signal.SIGKILL)


def _say(text: str) -> None:
    print(text, flush=True)
