"""The dated rules of moderation that a fresh installation starts with."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from sellerdesk.core import rules

#: All tables that the engine reads are rules of this kind.
SCREENING = "catalog.screening"


@cache
def starter(name: str) -> Any:
    """A data file of the starter, `rules` or `policies`."""
    return json.loads((files("sellerdesk.catalog.starter") / "moderation" / f"{name}.json").read_text("utf-8"))


def declare() -> None:
    for key, row in starter("rules").items():
        rules.defaults(SCREENING, {key: row["value"]}, source=row["source"])
    rules.defaults("catalog.review_days", {"": 3}, source="what this marketplace promises: working days")
    rules.defaults("catalog.certificate_notice_days", {"": [60, 30, 7]}, source="default of this installation")
    rules.defaults("catalog.picture_sizes", {
        "thumb": {"side": 160, "quality": 80}, "list": {"side": 320, "quality": 80},
        "card": {"side": 800, "quality": 82}, "full": {"side": 2000, "quality": 84},
    }, source="default of this installation: longest side in pixels, quality of WebP")
    rules.defaults("catalog.picture_limits", {"": {"min_side": 200, "max_ratio": 4}},
                   source="default of this installation: shortest side in pixels, longer side over shorter")
    rules.defaults("catalog.documents", {"": {"max_bytes": 10 * 1024 * 1024, "per_product": 20, "per_shop": 20_000}},
                   source="default of this installation: PDF documents of products")
    rules.defaults("catalog.picture_files", {"": {"loose": 100, "members": 1000}},
                   source="default of this installation: pictures by file name, loose files and files of an archive")
