"""Looking for keys of ours in files: in a checkout, a backup, a folder of logs."""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_SKIPPED = {".git", ".venv", "node_modules", "__pycache__"}


def scan(paths: list[str], deactivate: bool) -> int:
    """Print `file:offset: beginning…` for every key found. Exit code 1 when there was one, 2 for a missing path.

    Without `deactivate` no database is asked. With it, keys that verify are killed and their owners written to.
    """
    found = []
    for path in paths:
        if not Path(path).exists():
            print(f"{path}: no such file or folder", file=sys.stderr)
            return 2
        for file in _files(Path(path)):
            for offset, key in _keys(file):
                found.append((key, f"{file}:{offset}"))
                print(f"{file}:{offset}: {key[:12]}…")
    if deactivate and found:
        from sellerdesk.core import clock
        from sellerdesk.core.actor import Actor
        from sellerdesk.sellers import services

        killed = sum(services.report_leaks(found=found, actor=Actor.system("leak scan"), real_now=clock.real_now()))
        print(f"{killed} of {len(found)} are keys of this installation and do not work any more.")
    return 1 if found else 0


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED)
        yield from (Path(folder) / name for name in sorted(names) if (Path(folder) / name).is_file())


def _keys(file: Path) -> Iterator[tuple[int, str]]:
    from sellerdesk.sellers.rules import find_keys

    try:
        if not file.stat().st_size:
            return
        with file.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield from find_keys(data)
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
