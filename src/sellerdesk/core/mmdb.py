"""Reading files in the MaxMind DB format 2.0: what is known about a network address. No network, no other library.

A file is a binary tree over the bits of addresses, whose leaves point into a section of nested values.
"""

from __future__ import annotations

import ipaddress
import mmap
import struct
from pathlib import Path
from typing import Any

_MARK = b"\xab\xcd\xefMaxMind.com"
#: What lies between the tree and the values.
_GAP = 16
_POINTER, _MAP, _ARRAY, _BOOLEAN = 1, 7, 11, 14
#: How far into the values a pointer of each length begins.
_POINTER_BASES = (0, 2048, 526_336, 0)
#: How deep values may lie in each other; a damaged file must not lead round in circles.
_DEPTH = 32


class BadFile(ValueError):
    """The file is not of this format, or damaged."""


class Reader:
    """One open file. May be shared by threads; nothing changes after opening."""

    def __init__(self, path: str | Path) -> None:
        """Raises OSError, BadFile."""
        with open(path, "rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        begin = self._bytes.rfind(_MARK)
        if begin < 0:
            raise BadFile(f"{path} is no MaxMind DB file")
        self._values = begin + len(_MARK)
        try:
            about = self._value(self._values, 0)[0]
            self._nodes, self._bits = int(about["node_count"]), int(about["record_size"])
            version = int(about["ip_version"])
        except (IndexError, KeyError, TypeError, ValueError, struct.error) as fault:
            raise BadFile(f"{path} is damaged") from fault
        if self._bits not in (24, 28, 32) or version not in (4, 6):
            raise BadFile(f"{path} has records of {self._bits} bits for version {version}")
        self._six = version == 6
        self._values = self._nodes * self._bits // 4 + _GAP

    def find(self, address: str) -> Any:
        """What the file says about an address; None for nothing, or for text that is no address. Raises BadFile."""
        try:
            known = ipaddress.ip_address(address)
        except ValueError:
            return None
        if known.version == 6 and not self._six:
            return None
        # Addresses of version 4 lie at ::/96 of a tree for both.
        width = 128 if self._six else 32
        node = 0
        try:
            for shift in range(width - 1, -1, -1):
                if node >= self._nodes:
                    break
                node = self._record(node, int(known) >> shift & 1)
            if node <= self._nodes:
                return None
            return self._value(self._values + node - self._nodes - _GAP, 0)[0]
        except (IndexError, TypeError, struct.error, UnicodeDecodeError) as fault:
            raise BadFile("the file is damaged") from fault

    def _record(self, node: int, right: int) -> int:
        size = self._bits // 4
        raw = self._bytes[node * size:(node + 1) * size]
        if self._bits == 28:
            # The middle byte holds the highest four bits of both.
            high = raw[3] & 0x0F if right else raw[3] >> 4
            return high << 24 | int.from_bytes(raw[4:7] if right else raw[:3], "big")
        half = size // 2
        return int.from_bytes(raw[half:] if right else raw[:half], "big")

    def _value(self, at: int, depth: int) -> tuple[Any, int]:
        """The value that begins here, and where the next one begins."""
        if depth > _DEPTH:
            raise BadFile("the file leads round in circles")
        control = self._bytes[at]
        at += 1
        kind, size = control >> 5, control & 0x1F
        if kind == _POINTER:
            length = size >> 3
            raw = (b"" if length == 3 else bytes([size & 7])) + self._bytes[at:at + length + 1]
            place = int.from_bytes(raw, "big") + _POINTER_BASES[length]
            return self._value(self._values + place, depth + 1)[0], at + length + 1
        if kind == 0:
            kind = 7 + self._bytes[at]
            at += 1
        if size >= 29:
            more = size - 28
            size = (29, 285, 65_821)[more - 1] + int.from_bytes(self._bytes[at:at + more], "big")
            at += more
        if kind == _MAP:
            return self._map(at, size, depth)
        if kind == _ARRAY:
            items = []
            for _number in range(size):
                item, at = self._value(at, depth + 1)
                items.append(item)
            return items, at
        if kind == _BOOLEAN:
            return bool(size), at
        return self._plain(kind, self._bytes[at:at + size]), at + size

    def _map(self, at: int, size: int, depth: int) -> tuple[dict[str, Any], int]:
        found = {}
        for _number in range(size):
            key, at = self._value(at, depth + 1)
            found[key], at = self._value(at, depth + 1)
        return found, at

    @staticmethod
    def _plain(kind: int, raw: bytes) -> Any:
        if kind == 2:
            return raw.decode()
        if kind in (3, 15):
            return struct.unpack(">d" if kind == 3 else ">f", raw)[0]
        if kind == 4:
            return raw
        # 5, 6, 9 and 10 are numbers without a sign in as many bytes as they need; 8 has one in four bytes.
        return int.from_bytes(raw, "big", signed=kind == 8 and len(raw) == 4)
