"""Where an upload of pictures by file name can be, and the one table of its moves.

waiting → reading → ready (the dry run, waits for a person) → applying → done; `failed` when the files cannot be read,
`stopped` by a person.
"""

from __future__ import annotations

WAITING, READING, READY, APPLYING = "waiting", "reading", "ready", "applying"
DONE, FAILED, STOPPED = "done", "failed", "stopped"
ALL = (WAITING, READING, READY, APPLYING, DONE, FAILED, STOPPED)

#: Act → the states it may start from, and the one it leads to. A killed worker's successor starts where it was.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    "read": (frozenset({WAITING, READING}), READING),
    "ask": (frozenset({READING}), READY),
    "fail": (frozenset({WAITING, READING}), FAILED),
    "apply": (frozenset({READY}), APPLYING),
    "stop": (frozenset({READY}), STOPPED),
    "finish": (frozenset({APPLYING}), DONE),
}
RUNNING = frozenset({WAITING, READING, APPLYING})

#: What becomes of one file: its product is found, or not; it is no sound picture; it is on the card, or was refused.
MATCHED, UNMATCHED, REFUSED, SAVED, LEFT = "matched", "unmatched", "refused", "saved", "left"
#: Files that need somebody's hand.
NOT_SAVED = (UNMATCHED, REFUSED, LEFT)
