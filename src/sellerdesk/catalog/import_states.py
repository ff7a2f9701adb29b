"""Where an import can be, and the one table of moves. Every guarded UPDATE of an import reads this file.

waiting → parsing → (mapping) → checking → (ready) → applying ⇄ paused → done; `failed` when the file cannot be read,
`stopped` by a person. In mapping and ready the import waits for a person; in paused too.
"""

from __future__ import annotations

WAITING, PARSING, MAPPING, CHECKING, READY = "waiting", "parsing", "mapping", "checking", "ready"
APPLYING, PAUSED, DONE, FAILED, STOPPED = "applying", "paused", "done", "failed", "stopped"
ALL = (WAITING, PARSING, MAPPING, CHECKING, READY, APPLYING, PAUSED, DONE, FAILED, STOPPED)

#: Act → the states it may start from, and the one it leads to.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "parse": (frozenset({WAITING, PARSING}), PARSING),
    "ask_for_columns": (frozenset({PARSING, CHECKING}), MAPPING),
    "check": (frozenset({PARSING, MAPPING, READY, CHECKING}), CHECKING),
    "ask": (frozenset({CHECKING}), READY),
    "apply": (frozenset({WAITING, PARSING, MAPPING, CHECKING, READY, APPLYING}), APPLYING),
    "pause": (frozenset({APPLYING}), PAUSED),
    "resume": (frozenset({PAUSED}), APPLYING),
    "stop": (frozenset({WAITING, PARSING, MAPPING, CHECKING, READY, APPLYING, PAUSED}), STOPPED),
    "finish": (frozenset({APPLYING}), DONE),
    "fail": (frozenset({WAITING, PARSING, MAPPING, CHECKING, APPLYING}), FAILED),
    "rerun": (frozenset({DONE, STOPPED}), APPLYING),
}

#: A worker is at it, or will be soon.
RUNNING = frozenset({WAITING, PARSING, CHECKING, APPLYING})
#: Nothing more happens by itself, nor is a person waited for.
OVER = frozenset({DONE, FAILED, STOPPED})


def possible(state: str) -> frozenset[str]:
    """The acts that an import in this state allows."""
    return frozenset(act for act, (sources, _target) in MOVES.items() if state in sources)
