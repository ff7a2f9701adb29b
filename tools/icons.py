"""Build the icon sprite ``core/static/core/icons.svg``: ``python tools/icons.py``.

Takes the outlines named in `tools/icons.txt` from the npm package @tabler/icons (MIT) and makes one file of
symbols, so that a page loads one small sprite and never a font. Add a name there, run, commit the sprite.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from vendor import LICENCES, ROOT, pack

PACKAGE = "@tabler/icons@3.51.0"
SPRITE = ROOT / "src/sellerdesk/core/static/core/icons.svg"
NAMES = (ROOT / "tools/icons.txt").read_text().split()


def symbol(name: str, svg: str) -> str:
    found = re.search(r"<svg[^>]*>(.*)</svg>", re.sub(r"<!--.*?-->", "", svg, flags=re.S), re.S)
    if not found:
        sys.exit(f"{name} is not an SVG")
    return (
        f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
        f'stroke-linecap="round" stroke-linejoin="round">{" ".join(found.group(1).split())}</symbol>'
    )


def build() -> None:
    with tempfile.TemporaryDirectory() as tmp:
        archive, _integrity = pack(PACKAGE, Path(tmp))
        with tarfile.open(archive) as tar:
            out = ['<svg xmlns="http://www.w3.org/2000/svg">']
            for name in sorted(set(NAMES)):
                try:
                    handle = tar.extractfile(f"package/icons/outline/{name}.svg")
                except KeyError:
                    sys.exit(f"{PACKAGE} has no icon {name}")
                assert handle is not None
                out.append(symbol(name, handle.read().decode()))
            licence = tar.extractfile("package/LICENSE")
            assert licence is not None
            (LICENCES / "tabler-icons.txt").write_bytes(licence.read())
    SPRITE.write_text("\n".join(out) + "</svg>\n")
    print(f"{len(out) - 1} icons, {SPRITE.stat().st_size} bytes")


if __name__ == "__main__":
    try:
        build()
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr.decode())
