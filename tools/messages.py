"""Keep translations complete, without GNU gettext.

    python tools/messages.py update [PACKAGE_DIR ...]   add missing msgids (empty) to the .po files, drop dead ones
    python tools/messages.py compile                    write the .mo files that Django reads
    python tools/messages.py check                      exit 1 if a string lacks a translation or a placeholder

A package is a folder under src/sellerdesk with a `locale` folder of its own. Strings are found in Python by the
syntax tree (calls of gettext and its kin, usually imported as `_`), in Django templates by Django's own templatize.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent / "src" / "sellerdesk"
LANGUAGES = {"ru": "ru", "zh_Hans": "zh_Hans"}
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd]")


@dataclass(frozen=True)
class Message:
    id: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str, str | None]:
        return (self.id, self.context)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _aliases(tree: ast.AST) -> dict[str, str]:
    """What a module calls the functions of translation: a text behind another name is a text all the same."""
    return {alias.asname: alias.name for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
            for alias in node.names if alias.asname}


def _calls(tree: ast.AST) -> set[Message]:
    found: set[Message] = set()
    aliases = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        name = aliases.get(name, name)
        texts = [_text(argument) for argument in node.args]
        if name in PLAIN and texts and texts[0]:
            found.add(Message(texts[0]))
        elif name in PLURAL and len(texts) >= 2 and texts[0] and texts[1]:
            found.add(Message(texts[0], plural=texts[1]))
        elif name in CONTEXT and len(texts) >= 2 and texts[0] and texts[1]:
            found.add(Message(texts[1], context=texts[0]))
    return found


_CALL = re.compile(r"\b(_|gettext|ngettext|pgettext|npgettext)\((?=\s*u?['\"])")
_STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_ARGUMENTS = re.compile(rf"\s*({_STRING})(?:\s*,\s*({_STRING}))?(?:\s*,\s*({_STRING}))?", re.S)


def _template_messages(source: str) -> set[Message]:
    from django.utils.translation.template import templatize

    found: set[Message] = set()
    code = templatize(source)
    for call in _CALL.finditer(code):
        arguments = _ARGUMENTS.match(code, call.end())
        if not arguments:
            continue
        texts = [ast.literal_eval(text) for text in arguments.groups() if text]
        name = call.group(1)
        if name in PLAIN and texts[0]:
            found.add(Message(texts[0]))
        elif name == "ngettext" and len(texts) >= 2:
            found.add(Message(texts[0], plural=texts[1]))
        elif name == "pgettext" and len(texts) >= 2:
            found.add(Message(texts[1], context=texts[0]))
    return found


def messages_of(package: Path) -> set[Message]:
    """Every translatable message in one package's Python files and templates."""
    found: set[Message] = set()
    for path in package.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found |= _calls(ast.parse(path.read_text(encoding="utf-8")))
    for pattern in ("*.html", "*.txt"):
        for path in package.rglob(pattern):
            if "templates" in path.parts:
                found |= _template_messages(path.read_text(encoding="utf-8"))
    plurals = {message.id for message in found if message.plural}
    return {message for message in found if message.plural or message.context or message.id not in plurals}


def packages() -> list[Path]:
    return sorted(path for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists())


def po_path(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8")
    with path.open("rb") as handle:
        return pofile.read_po(handle, locale=language, domain="django", charset="utf-8")


def update(package: Path) -> None:
    wanted = messages_of(package)
    if not wanted:
        return
    for language in LANGUAGES:
        path = po_path(package, language)
        old = read(path, language)
        new = Catalog(locale=language, domain="django", charset="utf-8", project="sellerdesk", fuzzy=False)
        for message in sorted(wanted, key=lambda m: (m.id, m.context or "")):
            known = old.get(message.id, message.context)
            text = known.string if known else ""
            if message.plural:
                forms = text if isinstance(text, (tuple, list)) else ()
                new.add((message.id, message.plural), tuple(forms) if any(forms) else ("",) * new.num_plurals,
                        context=message.context)
            else:
                new.add(message.id, text if isinstance(text, str) else "", context=message.context)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as handle:
            pofile.write_po(handle, new, width=110, omit_header=False, sort_output=True, no_location=True)
        lines = [line for line in path.read_text(encoding="utf-8").splitlines()
                 if not re.match(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|'
                                 r'Report-Msgid-Bugs-To|Language-Team)|^# (Translations template|Copyright|'
                                 r'This file|FIRST AUTHOR)|^#$', line)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compile_all() -> int:
    """Write django.mo beside each django.po. Returns how many were written."""
    count = 0
    for path in ROOT.glob("*/locale/*/LC_MESSAGES/django.po"):
        catalog = read(path, path.parent.parent.name)
        catalog.fuzzy = False
        with path.with_suffix(".mo").open("wb") as handle:
            write_mo(handle, catalog)
        count += 1
    return count


def faults(package: Path) -> list[str]:
    wrong: list[str] = []
    wanted = messages_of(package)
    for language in LANGUAGES:
        catalog = read(po_path(package, language), language)
        for message in sorted(wanted, key=lambda m: m.id):
            entry = catalog.get(message.id, message.context)
            texts = (entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)) if entry else ()
            if not texts or not all(texts):
                wrong.append(f"{package.name} {language}: no translation of {message.id!r}")
                continue
            needed = set(PLACEHOLDER.findall(message.plural or message.id))
            for text in filter(None, texts):
                extra = set(PLACEHOLDER.findall(text)) - needed
                lacking = needed - set(PLACEHOLDER.findall(text)) if not message.plural else set()
                if extra or lacking:
                    wrong.append(f"{package.name} {language}: placeholders differ in {message.id!r}: {text!r}")
    return wrong


def main(arguments: list[str]) -> int:
    command, *names = arguments or ["help"]
    chosen = [Path(name).resolve() for name in names] or packages()
    if command == "update":
        for package in chosen:
            update(package)
        return 0
    if command == "compile":
        print(f"{compile_all()} catalogues compiled")
        return 0
    if command == "check":
        wrong = [line for package in chosen for line in faults(package)]
        print("\n".join(wrong) or "translations complete")
        return 1 if wrong else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
