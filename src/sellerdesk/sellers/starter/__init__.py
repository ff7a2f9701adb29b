"""What a fresh marketplace asks of its sellers, and the contract it starts with. Operators change both later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
OFFER_VERSION = "1.0"


def checklists() -> list[dict[str, Any]]:
    """Items with audience, kind, key, en, ru, zh; `required` and `amount` where they are not true and 1."""
    return json.loads((_HERE / "checklists.json").read_text(encoding="utf-8"))


def offer_texts() -> dict[str, str]:
    return {code: (_HERE / f"offer.{code}.txt").read_text(encoding="utf-8").strip() for code in ("en", "ru", "zh")}
