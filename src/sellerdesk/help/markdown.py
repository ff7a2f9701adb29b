"""The little Markdown our articles are written in, as harmless HTML.

Everything is escaped first, so nothing an author or a figure brings can become markup. Known: `##`, `###`, paragraphs,
lists of `-` and `1.`, tables, `> ` notes, and inside a line `**strong**`, `*em*`, `` `code` `` and `[text](address)`.
Addresses are local paths, or `help:key` for another article.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Address = Callable[[str], tuple[str, bool] | None]
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_INLINE = ((re.compile(r"`([^`]+)`"), r"<code>\1</code>"), (re.compile(r"\*\*([^*]+)\*\*"), r"<strong>\1</strong>"),
           (re.compile(r"\*([^*\s][^*]*)\*"), r"<em>\1</em>"))
_ORDERED = re.compile(r"^\d+\. ")


def local(address: str) -> tuple[str, bool] | None:
    """Paths of this site only."""
    return (address, False) if re.fullmatch(r"/[\w/?=&.%#-]*", address) and not address.startswith("//") else None


def render(text: str, address: Address = local) -> SafeString:
    """HTML of a text. `address` says where a link leads and whether it opens in the drawer; None leaves the words."""
    made = []
    for block in re.split(r"\n\s*\n", text.strip()):
        made.append(_block([line.rstrip() for line in block.splitlines()], address))
    return mark_safe("\n".join(made))


def _block(lines: list[str], address: Address) -> str:
    def inline(line: str) -> str:
        return _inline(line, address)

    first = lines[0]
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        rest = _block(lines[1:], address) if lines[1:] else ""
        return f"<h{min(level, 4)}>{inline(first.lstrip('# '))}</h{min(level, 4)}>{rest}"
    if first.startswith("- ") or _ORDERED.match(first):
        tag = "ul" if first.startswith("- ") else "ol"
        items: list[str] = []
        for line in lines:
            if line.startswith("- ") or _ORDERED.match(line):
                items.append(_ORDERED.sub("", line).removeprefix("- "))
            else:
                items[-1] += f" {line.strip()}"
        return f"<{tag}>{''.join(f'<li>{inline(item)}</li>' for item in items)}</{tag}>"
    if first.startswith("> "):
        return f"<blockquote><p>{inline(' '.join(line.removeprefix('> ') for line in lines))}</p></blockquote>"
    if first.startswith("|"):
        return _table(lines, inline)
    return f"<p>{inline(_joined(lines))}</p>"


def _joined(lines: list[str]) -> str:
    """Lines of a paragraph as one; Chinese has no blank between them."""
    text = lines[0]
    for line in lines[1:]:
        text += line if text and ord(text[-1]) > 0x2E7F and line and ord(line[0]) > 0x2E7F else f" {line}"
    return text


def _table(lines: list[str], inline: Callable[[str], str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines
            if not re.fullmatch(r"[|\s:-]+", line)]
    head = "".join(f'<th scope="col">{inline(cell)}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{inline(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return (f'<div class="help-table"><table class="table"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>")


def _inline(line: str, address: Address) -> str:
    text = str(escape(line))
    for found, made in _INLINE:
        text = found.sub(made, text)

    def link(match: re.Match[str]) -> str:
        target = address(match[2].replace("&amp;", "&"))
        if target is None:
            return match[1]
        drawer = " data-drawer" if target[1] else ""
        return f'<a href="{escape(target[0])}"{drawer}>{match[1]}</a>'

    return _LINK.sub(link, text)


def plain(text: str) -> str:
    """The words alone, for searching and for excerpts."""
    text = _LINK.sub(r"\1", text)
    return re.sub(r"\s+", " ", re.sub(r"[#>*`|]+|^- |\n- |\{\{.*?\}\}|-{3,}", " ", text)).strip()
