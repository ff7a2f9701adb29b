"""The one program: `sellerdesk demo | serve | worker | market | migrate | check | …`.

Django is set up inside each command, after the command line has had its say about the environment.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

SETTINGS = {"dev": "sellerdesk.config.settings.dev", "prod": "sellerdesk.config.settings.prod"}


def setup(default: str = "dev") -> None:
    """Start Django with the settings that the environment names, else with the default profile."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS[default])
    import django

    django.setup()


def _stopper() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def migrate(_: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.migrate import migrate as run

    run()
    return 0


def check(_: argparse.Namespace) -> int:
    setup()
    from django.core.management import call_command

    call_command("check")
    from sellerdesk.core.http import health

    wrong = {name: value for name, value in (("database", health._database()), ("migrations", health._migrations()),
                                             ("cache", health._cache())) if value != "ok"}
    for name, value in wrong.items():
        print(f"{name}: {value}", file=sys.stderr)
    return 1 if wrong else 0


def serve(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.serve import serve as run

    return run(host=args.host, port=args.port, workers=args.workers)


def worker(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.core import worker as loop

    loop.run(_stopper(), args.queue or None)
    return 0


def market(_: argparse.Namespace) -> int:
    setup()
    from sellerdesk.simulator import services

    services.run(_stopper())
    return 0


def demo(args: argparse.Namespace) -> int:
    from sellerdesk.config.commands import demo as command

    return command.run(port=args.port, data=Path(args.data), seed=args.seed, speed=args.speed,
                       market=not args.no_market)


def create_operator(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.operators import create_operator as run

    return run(args.email, args.role)


def import_taxonomy(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.catalog.services import loading
    from sellerdesk.core import clock

    counts = loading.import_taxonomy([Path(name) for name in args.files], now=clock.now())
    print(counts)
    return 0


def leaks_scan(args: argparse.Namespace) -> int:
    if args.deactivate:
        setup()
    from sellerdesk.config.commands.leaks import scan

    return scan(args.paths, args.deactivate)


def audit_verify(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.audit import verify

    return verify(user_id=args.user)


def openapi(_: argparse.Namespace) -> int:
    setup()
    from sellerdesk.seller_api import openapi as writer

    json.dump(writer.document(), sys.stdout, indent=1, ensure_ascii=False)
    print()
    return 0


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="sellerdesk", description="A seller center for marketplaces.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(function=function)
        return command

    one = add("demo", demo, "run a living marketplace on this machine: web, worker and market in one go")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--data", default="demo-data", help="folder for the database, pictures and demo.json")
    one.add_argument("--seed", type=int, default=20, help="the same seed makes the same market")
    one.add_argument("--speed", type=int, default=60, help="virtual seconds a second")
    one.add_argument("--no-market", action="store_true", help="no buyers and couriers")
    one = add("serve", serve, "serve pages and the API")
    one.add_argument("--host", default="127.0.0.1")
    one.add_argument("--port", type=int, default=8000)
    one.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    one = add("worker", worker, "run background jobs, the outbox and the timetable")
    one.add_argument("--queue", action="append", help="serve only this queue (may be repeated)")
    add("market", market, "run the simulated buyers and couriers")
    add("migrate", migrate, "bring the database up to date and load what every installation needs")
    add("check", check, "check settings, database, migrations and cache")
    one = add("create-operator", create_operator, "create an operator of the marketplace")
    one.add_argument("email")
    one.add_argument("--role", choices=["all", "market", "kyc"], default="all",
                     help="market: everything but papers of people; kyc: only shops and their papers")
    one = add("import-taxonomy", import_taxonomy, "load public taxonomy files (one per language) as categories")
    one.add_argument("files", nargs="+", metavar="FILE")
    one = add("leaks-scan", leaks_scan, "look for API keys in files; exit code 1 when there are any")
    one.add_argument("paths", nargs="+", metavar="PATH")
    one.add_argument("--deactivate", action="store_true", help="kill those that are keys of this installation")
    one = add("audit-verify", audit_verify, "check that nobody changed, removed or inserted security events")
    one.add_argument("--user", type=int, help="only this person, by number")
    add("openapi", openapi, "print the description of the Seller API")
    return top


def main(arguments: list[str] | None = None) -> None:
    args = parser().parse_args(arguments)
    sys.exit(args.function(args))
