"""Build the icon sprite ``core/static/core/icons.svg``: ``python tools/icons.py``.

Takes the outlines named below from the npm package @tabler/icons (MIT) and makes one file of symbols, so that a
page loads one small sprite and never a font. Add a name here, run, commit the sprite.
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
NAMES = """
adjustments-horizontal affiliate alert-circle alert-triangle api archive archive-off arrow-back-up arrow-down
arrow-left arrow-narrow-right arrow-right arrow-up arrows-exchange arrows-sort arrows-vertical ban barcode bell
bolt bookmark box briefcase building building-bank building-store building-warehouse calendar calendar-event cash category
chart-bar chart-line check checkbox checks chevron-down chevron-left chevron-right chevron-up chevrons-left circle-check
circle-dot circle-x clipboard-list clock coins columns-3 copy corner-down-left credit-card currency database device-desktop
device-mobile discount dots dots-vertical download edit external-link eye eye-off file file-import file-invoice
file-spreadsheet file-text filter filter-off flag gift globe grip-vertical headset help-circle history home hourglass
id-badge inbox info-circle key keyboard language layout-dashboard layout-sidebar-left-collapse link list list-check lock
lock-open login logout mail map-pin menu-2 message messages minus mood-empty moon note package package-export
package-import package-off paperclip password-fingerprint pencil percentage phone photo photo-plus player-pause
player-play plug plus power printer qrcode receipt receipt-refund refresh robot rotate rotate-clockwise route
ruler-measure scale scan search selector send settings shield-check shield-lock shopping-bag shopping-cart sitemap
sparkles speakerphone square-check star stethoscope sun switch-horizontal table tag tags tool transfer trash trending-down
trending-up truck truck-delivery truck-return upload user user-check user-circle user-plus users versions wallet
wand webhook world x zoom-in
""".split()


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
