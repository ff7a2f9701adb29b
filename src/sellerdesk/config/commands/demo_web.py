"""The web part of the demo, as a process of its own that ends with its parent, however the parent ends."""

from __future__ import annotations

import os
import signal
import sys
import threading


def _leave_with_parent() -> None:
    """The parent holds the other end of our standard input; the end of it means that the parent is gone."""
    # Not through sys.stdin: a forked worker closes that first and would wait for ever on the lock this read holds.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> int:
    from sellerdesk.config.commands.serve import serve

    threading.Thread(target=_leave_with_parent, daemon=True).start()
    return serve(host="127.0.0.1", port=int(sys.argv[1]), workers=1, quiet=True)


if __name__ == "__main__":
    sys.exit(main())
