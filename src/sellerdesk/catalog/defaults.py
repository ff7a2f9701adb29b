"""The dated rules of moderation that a fresh installation starts with."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext_noop

from sellerdesk.core import rules

#: Where the starter's tables come from, by the word that stands in its file. Operators read it in their language.
_SOURCES = {
    "own": gettext_noop("rules of this marketplace"),
    "closed": gettext_noop(
        "modelled on the lists of goods that marketplaces of the region close to sellers' own "
        "warehouses"),
    "closed_by_warmth": gettext_noop(
        "modelled on the lists of goods that marketplaces of the region close to sellers' own "
        "warehouses: 17 to 24 °C only"),
    "food_safety": gettext_noop("TR CU 021/2011 on the safety of food"),
    "brand_example": gettext_noop("worked example of this marketplace: a brand whose owner asks for papers"),
    "alcohol": gettext_noop("Federal law 171-FZ, article 16"),
    "tobacco": gettext_noop("Federal law 15-FZ, article 19"),
    "medicines": gettext_noop("Federal law 61-FZ, article 55"),
    "weapons": gettext_noop("Federal law 150-FZ, article 6"),
    "plants": gettext_noop("Federal law 206-FZ on plant quarantine"),
    "calendar": gettext_noop(
        "Labour Code of Russia, article 112, with the days moved in 2026; an operator adds those of "
        "later years"),
}
#: All tables that the engine reads are rules of this kind.
SCREENING = "catalog.screening"


@cache
def starter(name: str) -> Any:
    """A data file of the starter, `rules` or `policies`."""
    return json.loads((files("sellerdesk.catalog.starter") / "moderation" / f"{name}.json").read_text("utf-8"))


def declare() -> None:
    for key, row in starter("rules").items():
        rules.defaults(SCREENING, {key: row["value"]}, source=_SOURCES[row["source"]])
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
