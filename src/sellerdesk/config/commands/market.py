"""The market's levers on the command line, for scripts and for who has no browser at hand."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any


def act(args: argparse.Namespace) -> int:
    """Do one act on the market of the environment, or of the demo in `--data`. Exit code 1 when it is refused."""
    data = args.data or _demo_here()
    if data:
        os.environ.update(SELLERDESK_DATA=str(Path(data).resolve()), SELLERDESK_DEMO="1")
    from sellerdesk.config.cli import setup

    setup()
    from sellerdesk.core import clock, scope
    from sellerdesk.core.actor import Actor
    from sellerdesk.core.errors import DomainError

    try:
        # A test shop lives by its own clock and in its own market.
        with scope.one_shop(args.shop) if clock.has_own(args.shop) else nullcontext():
            _ACTS[args.act](args, {"actor": Actor.system("command line"), "now": clock.now()})
    except DomainError as error:
        print(f"sellerdesk: {error.text}", file=sys.stderr)
        for one in error.fields:
            print(f"  {one.text}", file=sys.stderr)
        return 1
    return 0


def _demo_here() -> str:
    """The demo of the folder one stands in, where no other database is named: that is the market one means."""
    named = any(os.environ.get(name) for name in ("DATABASE_URL", "SELLERDESK_DATA"))
    return "demo-data" if not named and Path("demo-data", "demo.json").exists() else ""


def _shop(args: argparse.Namespace) -> Any:
    from sellerdesk.core.errors import NotFound
    from sellerdesk.sellers import queries as sellers

    if args.shop:
        return sellers.seller_ref(args.shop)
    shops = sellers.active_sellers()
    if not shops:
        raise NotFound("seller_not_found")
    return shops[0]


def _status(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.core import clock
    from sellerdesk.simulator import queries

    state, setting = clock.state(), queries.setting()
    print(f"{'clock':16} {clock.now():%F %H:%M:%S} UTC, "
          + ("real" if not state.virtual else "standing" if state.paused else f"×{state.speed}"))
    if setting is None:
        print(f"{'market':16} none")
        return
    print(f"{'market':16} seed {setting.seed}, {setting.orders_per_day} orders a day, "
          + ("at work" if setting.running else "at home"))
    print(f"{'caught up until':16} {setting.simulated_until:%F %H:%M:%S} UTC")
    for kind, count in queries.coming_counts(None).items():
        if count:
            print(f"  {kind:24} {count}")


def _advance(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from datetime import timedelta

    from sellerdesk.simulator import services
    from sellerdesk.simulator.errors import LeapTooFar
    from sellerdesk.simulator.scenarios.reading import duration

    leap = duration(args.time)
    if leap is None or leap % timedelta(hours=1):
        raise LeapTooFar(field="hours", data={"limit": 168, "value": args.time})
    services.advance_clock(hours=int(leap / timedelta(hours=1)), **who)
    if args.wait:
        from sellerdesk.core import clock

        services.tick(clock.now())
    _status(args, who)


def _speed(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator import services

    services.set_speed(speed=args.speed, **who)


def _pause(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator import services

    services.pause_clock(**who)


def _resume(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator import services

    services.resume_clock(**who)


def _order(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator import services

    lines = [(offer, int(units) if units.isdigit() else 0) for offer, _, units in
             (one.rpartition(":") if ":" in one else (one, ":", "1") for one in args.line)]
    placed = services.place_order(seller=_shop(args), lines=lines, city=args.city, fate=args.fate, **who)
    print(placed.posting_number)


def _start(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator.scenarios import library
    from sellerdesk.simulator.services import runs

    path = Path(args.scenario)
    text = path.read_text(encoding="utf-8") if path.is_file() else library.text(args.scenario)
    print(f"run {runs.start(seller=_shop(args), text=text, **who)}")


def _stop(args: argparse.Namespace, who: dict[str, Any]) -> None:
    from sellerdesk.simulator.services import runs

    runs.stop(seller=_shop(args), **who)


_ACTS: dict[str, Callable[[argparse.Namespace, dict[str, Any]], None]] = {
    "status": _status, "advance": _advance, "speed": _speed, "pause": _pause, "resume": _resume, "order": _order,
    "start": _start, "stop": _stop}


def arguments(command: argparse.ArgumentParser) -> None:
    """Declare the acts. Without one, `market` runs buyers and couriers."""
    acts = command.add_subparsers(dest="act", metavar="ACT")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        one = acts.add_parser(name, help=text, description=text)
        one.add_argument("--data", metavar="FOLDER", help="the folder of a demo; without it demo-data, if it lies here")
        one.add_argument("--shop", type=int, default=0, help="Client-Id; the first shop where none is named. That of a"
                                                             " test shop means its own clock and market")
        return one

    add("status", "say what time it is in the market and what is coming")
    one = add("advance", "leap forward, such as 36h; the running market catches up")
    one.add_argument("time")
    one.add_argument("--wait", action="store_true", help="let everything happen before returning")
    add("speed", "set virtual seconds a second").add_argument("speed", type=int)
    add("pause", "stop time")
    add("resume", "let time run")
    one = add("order", "place this very order")
    one.add_argument("line", nargs="+", metavar="OFFER[:UNITS]")
    one.add_argument("--city", default="")
    one.add_argument("--fate", default="", help="such as lost, buyer_cancels, not_collected, given_back")
    add("start", "start a scenario in a shop").add_argument("scenario", metavar="FILE")
    add("stop", "stop the shop's scenario")
