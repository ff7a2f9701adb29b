"""Writes the table of API methods into docs/api/methods.md from the program's own table.

python tools/api_coverage.py            # write
python tools/api_coverage.py --check    # exit with 1 where the file is out of date
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api" / "methods.md"
HEAD = """# Methods

Written by `python tools/api_coverage.py`; do not edit by hand. The exact fields stand in the OpenAPI document that
`sellerdesk openapi` prints.

| method | right | own rate | what it does |
| --- | --- | --- | --- |
"""


def page() -> str:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sellerdesk.config.settings.test")
    django.setup()
    from sellerdesk.seller_api import roles
    from sellerdesk.seller_api.urls import METHODS

    rows = []
    for method in METHODS:
        says = (method.__doc__ or "").strip().partition("\n")[0]
        rate = str(method.rate) if method.rate else ""
        old = " (going away in the contract)" if method.deprecated else ""
        rows.append(f"| `{method.method} {method.path}`{old} | `{method.right}` | {rate} | {says} |\n")
    rights = ["\n## Roles\n\n| role | rights |\n| --- | --- |\n"]
    for name, held in roles.ROLES.items():
        rights.append(f"| {name} | {', '.join(f'`{right}`' for right in sorted(held))} |\n")
    return HEAD + "".join(rows) + "".join(rights)


def main() -> int:
    text = page()
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
            print(f"{PAGE} is out of date; run: python tools/api_coverage.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
