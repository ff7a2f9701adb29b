"""Is this password on the list of common and breached ones? Answered from a file in the package, without a network.

The file is a Bloom filter made by `tools/common_passwords.py`: 300,000 passwords of at least 8 characters (shorter ones
are refused for their length), false alarms below one in 1,000,000, never a miss. An operator may put a larger one,
made by the same tool from any list, in `COMMON_PASSWORDS_FILE`.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

MAGIC = b"SDBF1"
HEADER = struct.Struct(">5sIBI")  # magic, bits, probes, words


def positions(word: str, bits: int, probes: int) -> Iterator[int]:
    """Kirsch and Mitzenmacher's double hashing: two halves of one digest make all probes."""
    digest = hashlib.sha256(word.encode()).digest()
    first, second = struct.unpack(">QQ", digest[:16])
    return ((first + i * (second | 1)) % bits for i in range(probes))


def folded(password: str) -> str:
    """Case and look-alike spellings do not make a common password a good one."""
    return unicodedata.normalize("NFKC", password).casefold()


class Filter:
    def __init__(self, data: bytes) -> None:
        magic, self.bits, self.probes, self.words = HEADER.unpack_from(data)
        if magic != MAGIC:
            raise ValueError("not a password filter")
        self.table = memoryview(data)[HEADER.size:]

    def __contains__(self, word: str) -> bool:
        return all(self.table[p >> 3] & (1 << (p & 7)) for p in positions(word, self.bits, self.probes))


@lru_cache(maxsize=1)
def _filter() -> Filter:
    path = getattr(settings, "COMMON_PASSWORDS_FILE", "") or Path(__file__).with_name("common_passwords.bloom")
    return Filter(Path(path).read_bytes())


def is_common(password: str) -> bool:
    """True when the password, in any case, is on the list."""
    return folded(password) in _filter()
