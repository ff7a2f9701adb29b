"""Fetch the front-end files we ship, at release time: ``python tools/vendor.py``.

Packs each package of ``tools/vendor.toml`` with npm, copies the named files into
``core/static/vendor/<package>/``, strips source map pointers (hashed static names fail on them),
copies licence texts to ``licences/`` and writes ``vendor.lock.json`` with a sha256 for every file.
``--check`` compares the files on disk with the lock and needs neither npm nor a network.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEST = ROOT / "src/sellerdesk/core/static/vendor"
LICENCES = ROOT / "licences"
LOCK = DEST / "vendor.lock.json"
SOURCE_MAP = re.compile(rb"(//|/\*)[#@] sourceMappingURL=[^\n*]*(\*/)?\s*$")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def package_folder(package: str) -> str:
    """``@tabler/core@1.6.1`` -> ``tabler-core``."""
    return re.sub(r"@[^@]+$", "", package).lstrip("@").replace("/", "-")


def pack(package: str, folder: Path) -> tuple[Path, str]:
    """Download one package and return its archive and the registry's integrity string."""
    done = subprocess.run(
        ["npm", "pack", "--json", "--ignore-scripts", package], cwd=folder, check=True, capture_output=True
    )
    out = json.loads(done.stdout)
    entry = out[0] if isinstance(out, list) else next(iter(out.values()))
    return folder / entry["filename"], entry["integrity"]


def fetch() -> None:
    wanted: dict[str, list[str]] = tomllib.loads((ROOT / "tools/vendor.toml").read_text())["npm"]
    files: dict[str, dict[str, str]] = {}
    packages: dict[str, dict[str, str]] = {}
    LICENCES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        for package, paths in wanted.items():
            archive, integrity = pack(package, Path(tmp))
            folder = package_folder(package)
            with tarfile.open(archive) as tar:
                members = {m.name.split("/", 1)[1]: m for m in tar.getmembers() if "/" in m.name and m.isfile()}

                def read(path: str, tar: tarfile.TarFile = tar, members: dict[str, tarfile.TarInfo] = members) -> bytes:
                    handle = tar.extractfile(members[path])
                    assert handle is not None
                    return handle.read()

                licence = next((m for m in members if re.fullmatch(r"LICEN[CS]E(\.\w+)?", m, re.I)), None)
                kept = LICENCES / f"{folder}.txt"
                if licence:
                    kept.write_bytes(read(licence))
                elif not kept.exists():
                    sys.exit(f"{package} ships no licence text: write {kept} by hand")
                packages[package] = {
                    "integrity": integrity,
                    "licence": json.loads(read("package.json")).get("license", ""),
                    "licence_text": f"licences/{folder}.txt",
                }
                for path in paths:
                    data = read(path)
                    if path.endswith((".js", ".css")):
                        data = SOURCE_MAP.sub(b"", data)
                    target = DEST / folder / Path(path).name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data)
                    name = str(target.relative_to(DEST))
                    files[name] = {"package": package, "path": path, "sha256": sha256(data)}
    LOCK.write_text(json.dumps({"files": files, "packages": packages}, indent=1, sort_keys=True) + "\n")


def check() -> list[str]:
    """Names of vendored files that are missing or differ from the lock."""
    files = json.loads(LOCK.read_text())["files"]
    return [
        name
        for name, entry in files.items()
        if not (DEST / name).exists() or sha256((DEST / name).read_bytes()) != entry["sha256"]
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        if wrong := check():
            sys.exit("changed since vendored: " + ", ".join(wrong))
    else:
        fetch()
