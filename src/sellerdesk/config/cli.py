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

from sellerdesk.config.commands import market as market_acts
from sellerdesk.core import scope

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
    from sellerdesk.core.postgres.wall import WallMissing

    try:
        run()
    except WallMissing as missing:
        print(f"sellerdesk: {missing}", file=sys.stderr)
        return 1
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
    from sellerdesk.core.postgres import wall

    print(f"wall between shops: {wall.state()}")
    return 1 if wrong else 0


def serve(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.serve import serve as run
    from sellerdesk.core.postgres import wall

    wall.announce()
    return run(host=args.host, port=args.port, workers=args.workers)


def worker(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.core import worker as loop
    from sellerdesk.core.postgres import wall

    wall.announce()
    loop.run(_stopper(), args.queue or None)
    return 0


def market(args: argparse.Namespace) -> int:
    if args.act:
        from sellerdesk.config.commands import market as command

        return command.act(args)
    setup()
    from sellerdesk.simulator import services

    services.run(_stopper())
    return 0


def scenario(args: argparse.Namespace) -> int:
    from sellerdesk.config.commands import scenario as command

    if args.act == "list":
        return command.show(None)
    if args.act == "show":
        return command.show(args.name)
    if args.act == "check":
        return command.check(args.files)
    return command.run(args.source, data=args.data, seed=getattr(args, "seed", None),
                       record=getattr(args, "record", None), dump=args.dump, exact=getattr(args, "exact", False))


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


def mail_in(_: argparse.Namespace) -> int:
    """One mail on standard input, as mail servers hand it to a program. 75 asks the server to try again."""
    setup()
    from sellerdesk.core import clock
    from sellerdesk.core.errors import DomainError, LimitReached
    from sellerdesk.support import services

    try:
        ticket_id = services.take_mail(data=sys.stdin.buffer.read(), now=clock.now())
    except LimitReached as later:
        print(f"sellerdesk: {later}", file=sys.stderr)
        return 75
    except DomainError as refused:
        print(f"sellerdesk: {refused}", file=sys.stderr)
        return 65
    print(f"T-{ticket_id}")
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


def facts_rebuild(args: argparse.Namespace) -> int:
    setup()
    from sellerdesk.config.commands.facts import rebuild

    return rebuild(check=args.check)


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
    market_acts.arguments(add("market", market, "run the simulated buyers and couriers, or move their clock"))
    _scenario_parser(add("scenario", scenario, "stories of a market: list, show, check, run and replay them"))
    add("migrate", migrate, "bring the database up to date and load what every installation needs")
    add("check", check, "check settings, database, migrations and cache")
    one = add("create-operator", create_operator, "create an operator of the marketplace")
    one.add_argument("email")
    one.add_argument("--role", choices=["all", "market", "kyc"], default="all",
                     help="market: everything but papers of people; kyc: only shops and their papers")
    one = add("import-taxonomy", import_taxonomy, "load public taxonomy files (one per language) as categories")
    one.add_argument("files", nargs="+", metavar="FILE")
    add("mail-in", mail_in, "put a mail from standard input into its support ticket")
    one = add("leaks-scan", leaks_scan, "look for API keys in files; exit code 1 when there are any")
    one.add_argument("paths", nargs="+", metavar="PATH")
    one.add_argument("--deactivate", action="store_true", help="kill those that are keys of this installation")
    one = add("audit-verify", audit_verify, "check that nobody changed, removed or inserted security events")
    one.add_argument("--user", type=int, help="only this person, by number")
    one = add("facts-rebuild", facts_rebuild, "make the figures of analytics anew from orders and returns")
    one.add_argument("--check", action="store_true", help="say whether anything differed; exit code 1 if so")
    add("openapi", openapi, "print the description of the Seller API")
    return top


def _scenario_parser(command: argparse.ArgumentParser) -> None:
    acts = command.add_subparsers(required=True, dest="act", metavar="ACT")
    acts.add_parser("list", help="the scenarios that come with the product")
    one = acts.add_parser("show", help="print one of them")
    one.add_argument("name")
    one = acts.add_parser("check", help="read scenario files and print every mistake with its line")
    one.add_argument("files", nargs="+", metavar="FILE")
    one = acts.add_parser("run", help="live a scenario through in a fresh folder and print what it came to")
    one.add_argument("--seed", type=int, help="another seed than the scenario's own")
    one.add_argument("--record", metavar="FILE", help="write the scenario with its results, to be replayed")
    one.add_argument("--exact", action="store_true", help="with a digest of every row, for byte-for-byte comparison")
    again = acts.add_parser("replay", help="live a recorded run again; exit code 1 when it comes out otherwise")
    for each in (one, again):
        each.add_argument("source", metavar="FILE", help="a scenario file, or the name of a shipped one")
        each.add_argument("--data", metavar="FOLDER", help="keep the installation in this empty folder")
        each.add_argument("--dump", metavar="FILE", help="write every row of the market as lines of JSON")


def main(arguments: list[str] | None = None) -> None:
    args = parser().parse_args(arguments)
    # Commands belong to whoever runs the server; what they start for others says its own scope.
    with scope.across_shops():
        sys.exit(args.function(args))
