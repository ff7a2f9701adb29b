"""Scenarios on the command line: what there is, whether a file can be read, living one through, and living it again."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sellerdesk.simulator.services.rehearsing import Rehearsed

#: What the environment may say about an installation that a rehearsal has nothing to do with.
_ELSEWHERE = ("DATABASE_URL", "CACHE_URL", "STORAGE_URL", "EMAIL_URL", "SELLERDESK_PRODUCTION")


def show(name: str | None) -> int:
    """List the scenarios that come with the product, or print one."""
    from sellerdesk.core.errors import NotFound
    from sellerdesk.simulator.scenarios import library

    if name is None:
        for each in library.names():
            scenario = library.scenario(each)
            print(f"{each:16} {scenario.title['en']}: {scenario.story['en']}")
        return 0
    try:
        print(library.text(name), end="")
    except NotFound:
        return _say(f"there is no scenario “{name}”; try: {', '.join(library.names())}")
    return 0


def check(paths: list[str]) -> int:
    """Read scenario files; print every mistake as file:line. Exit code 1 when there was one."""
    wrong = 0
    for path in paths:
        text = _text(path)
        wrong += 2 if text is None else _mistakes(path, text)
    return 1 if wrong else 0


def run(source: str, *, data: str | None, seed: int | None, record: str | None, dump: str | None, exact: bool) -> int:
    """Live a scenario to its end in a fresh folder and print what it came to. Exit code 1 when its own expectations did
    not come true, 2 when it cannot be lived."""
    from sellerdesk.simulator.scenarios import recording

    text = _text(source)
    if text is None:
        return 2
    if seed is not None:
        text = recording.seeded(text, seed)
    if _mistakes(source, text):
        return 2
    with tempfile.TemporaryDirectory(prefix="sellerdesk-") if data is None else nullcontext(data) as folder:
        made = _live(Path(folder), text)
        if made is None:
            return _say(f"{folder} holds an installation already; a rehearsal needs an empty folder")
        return _tell(made, text, record=record, dump=dump, exact=exact)


def _live(folder: Path, text: str) -> Rehearsed | None:
    """Prepare an installation in an empty folder and live the scenario there; None where the folder is in use."""
    if (folder / "sellerdesk.sqlite3").exists():
        return None
    (folder / "static").mkdir(parents=True, exist_ok=True)
    import django

    for name in _ELSEWHERE:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ.update(SELLERDESK_DATA=str(folder.resolve()), SELLERDESK_DEMO="1",
                      DJANGO_SETTINGS_MODULE="sellerdesk.config.settings.dev")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    django.setup()
    from django.db import connection

    from sellerdesk.config.commands.migrate import migrate
    from sellerdesk.simulator.services import rehearsing

    print("Preparing an empty marketplace …", file=sys.stderr)
    migrate()
    with connection.cursor() as cursor:
        # What is made here can be made anew, so the disk need not confirm every step of it.
        cursor.execute("PRAGMA synchronous=OFF")
    days: set[str] = set()

    def progress(at: datetime) -> None:
        if f"{at:%F}" not in days:
            days.add(f"{at:%F}")
            print(f"  {at:%F}", file=sys.stderr)

    return rehearsing.rehearse(text=text, progress=progress)


def _tell(made: Rehearsed, text: str, *, record: str | None, dump: str | None, exact: bool) -> int:
    from sellerdesk.simulator.scenarios import reading, recording
    from sellerdesk.simulator.services import dumping

    result = dict(made.result)
    scenario = reading.read(text)
    if exact or "digest" in scenario.expect:
        result["digest"] = dumping.digest()
    for key, value in result.items():
        print(f"{key:26} {value}")
    print(f"{'ended':26} {made.ended_at:%F %H:%M} UTC")
    if dump:
        with Path(dump).open("wb") as file:
            file.writelines(dumping.dump())
    if record:
        Path(record).write_text(recording.recorded(text, result), encoding="utf-8")
    different = recording.differences(scenario, result)
    for one in different:
        print(f"sellerdesk: {one.key}: expected {one.expected}, found {one.found}", file=sys.stderr)
    return 1 if different else 0


def _text(source: str) -> str | None:
    """The text of a file, or of a shipped scenario; None, said aloud, where there is neither."""
    from sellerdesk.simulator.scenarios import library

    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        if source in library.names():
            return library.text(source)
        _say(f"{source}: {error.strerror if isinstance(error, OSError) else 'not a text file'}")
        return None


def _mistakes(path: str, text: str) -> int:
    from sellerdesk.simulator.scenarios import reading

    try:
        reading.read(text)
    except reading.ScenarioInvalid as error:
        for one in error.fields:
            print(f"{path}:{one.data['line']}: {one.text}", file=sys.stderr)
        return len(error.fields)
    return 0


def _say(text: str) -> int:
    print(f"sellerdesk: {text}", file=sys.stderr)
    return 2
