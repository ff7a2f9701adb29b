"""A small file in the MaxMind DB format, for tests."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Raw:
    """Bytes that stand in the file as they are."""

    data: bytes


def _control(kind: int, size: int) -> bytes:
    more = b""
    if size >= 285:
        size, more = 30, (size - 285).to_bytes(2, "big")
    elif size >= 29:
        size, more = 29, bytes([size - 29])
    first = (kind << 5 | size) if kind < 8 else size
    return bytes([first]) + (b"" if kind < 8 else bytes([kind - 7])) + more


def value(one: Any) -> bytes:
    if isinstance(one, Raw):
        return one.data
    if isinstance(one, bool):
        return _control(14, int(one))
    if isinstance(one, str):
        return _control(2, len(one.encode())) + one.encode()
    if isinstance(one, float):
        return _control(3, 8) + struct.pack(">d", one)
    if isinstance(one, int):
        raw = one.to_bytes(4, "big", signed=one < 0) if one < 0 else one.to_bytes((one.bit_length() + 7) // 8, "big")
        return _control(8 if one < 0 else 6, len(raw)) + raw
    if isinstance(one, list):
        return _control(11, len(one)) + b"".join(map(value, one))
    return _control(7, len(one)) + b"".join(value(key) + value(item) for key, item in one.items())


def write(path: Path, entries: dict[str, Any], *, bits: int = 24, version: int = 6) -> Path:
    """`entries`: what is known, by network."""
    nodes: list[list[int | None]] = [[None, None]]
    values = bytearray()
    places: list[tuple[list[int | None], int, int]] = []
    for text, known in entries.items():
        network = ipaddress.ip_network(text)
        width = 128 if version == 6 else 32
        length = network.prefixlen + (width - network.max_prefixlen)
        address, node = int(network.network_address), 0
        for depth in range(length - 1):
            side = address >> (width - 1 - depth) & 1
            if nodes[node][side] is None:
                nodes.append([None, None])
                nodes[node][side] = len(nodes) - 1
            node = nodes[node][side]
        places.append((nodes[node], address >> (width - length) & 1, len(values)))
        values += value(known)
    for node_of, side, at in places:
        node_of[side] = len(nodes) + 16 + at
    tree = bytearray()
    for left, right in ([len(nodes) if side is None else side for side in pair] for pair in nodes):
        if bits == 28:
            tree += (left & 0xFFFFFF).to_bytes(3, "big") + bytes([(left >> 24) << 4 | right >> 24])
            tree += (right & 0xFFFFFF).to_bytes(3, "big")
        else:
            tree += left.to_bytes(bits // 8, "big") + right.to_bytes(bits // 8, "big")
    about = value({"node_count": len(nodes), "record_size": bits, "ip_version": version})
    path.write_bytes(bytes(tree) + bytes(16) + bytes(values) + b"\xab\xcd\xefMaxMind.com" + about)
    return path
