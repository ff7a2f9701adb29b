"""docs/security/asvs.md: each requirement has a test that exists, or a reason with its date."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "security" / "asvs.md"
NAMED = re.compile(r"([\w/]+\.py)::(test_\w+)")
DATED = re.compile(r"\b20\d\d-\d\d-\d\d\b")
#: Levels 1 and 2 of V6, V7 and V8 in version 5.0.0, without signing in by other services (6.8, 7.6) and what only
#: concerns push notifications (6.6.4).
REQUIRED = {
    *(f"6.1.{n}" for n in (1, 2, 3)), *(f"6.2.{n}" for n in range(1, 13)), *(f"6.3.{n}" for n in (1, 2, 3, 4)),
    *(f"6.4.{n}" for n in (1, 2, 3, 4)), *(f"6.5.{n}" for n in (1, 2, 3, 4, 5)), *(f"6.6.{n}" for n in (1, 2, 3)),
    *(f"7.1.{n}" for n in (1, 2, 3)), *(f"7.2.{n}" for n in (1, 2, 3, 4)), "7.3.1", "7.3.2",
    *(f"7.4.{n}" for n in (1, 2, 3, 4, 5)), "7.5.1", "7.5.2",
    "8.1.1", "8.1.2", "8.2.1", "8.2.2", "8.2.3", "8.3.1", "8.4.1",
}


def rows():
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and re.fullmatch(r"\d+\.\d+\.\d+", cells[0]):
            yield cells[0], cells[-1]


def names_in(path):
    """Names of the test functions of a file, or nothing where there is no such file."""
    found = next((root / path for root in (ROOT / "src" / "sellerdesk", ROOT) if (root / path).is_file()), None)
    return {one.name for one in ast.parse(found.read_text(encoding="utf-8")).body
            if isinstance(one, ast.FunctionDef)} if found else set()


def test_every_test_that_the_map_names_exists():
    named = set(NAMED.findall(TABLE.read_text(encoding="utf-8")))
    known = {path: names_in(path) for path, _name in named}

    assert sorted(f"{path}::{name}" for path, name in named if name not in known[path]) == []
    assert len(named) > 60


def test_every_requirement_has_a_test_or_a_dated_reason():
    answered = dict(rows())

    assert set(answered) == REQUIRED
    assert [number for number, shown in answered.items() if not (NAMED.search(shown) or DATED.search(shown))] == []


def test_every_part_of_the_text_that_the_map_points_to_exists():
    text = (TABLE.parent / "README.md").read_text(encoding="utf-8")
    headings = {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-")
                for line in text.splitlines() if line.startswith("#")}

    assert set(re.findall(r"README\.md#([\w-]+)", TABLE.read_text(encoding="utf-8"))) - headings == set()
