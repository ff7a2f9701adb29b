"""Walking a YAML document by what is expected in it, and keeping every mistake with its line and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from sellerdesk.core.errors import FieldError

MAX_BYTES = 64 * 1024


class Problems:
    """Mistakes found so far, in the order of the text."""

    def __init__(self) -> None:
        self.found: list[FieldError] = []

    def add(self, line: int, key: str, code: str, message: Any, value: object = "", **data: object) -> None:
        """Keep one mistake; `key` is the dotted path of what is wrong."""
        self.found.append(FieldError(key, code, message, str(value)[:80], {"line": line, "key": key,
                                                                         "value": str(value)[:80], **data}))


class Mapped:
    """A mapping of the document. What is asked for is known; what is left at the end is a mistake."""

    def __init__(self, node: yaml.MappingNode, path: str, problems: Problems) -> None:
        self.line, self.path, self.problems = node.start_mark.line + 1, path, problems
        self.nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._known: set[str] = set()
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in self.nodes:
                problems.add(line, self.name(key), "twice", _("Line %(line)s: “%(key)s” stands here twice."))
            self.nodes[key], self._lines[key] = value, line

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str) -> int:
        return self._lines.get(key, self.line)

    def take(self, key: str) -> yaml.Node | None:
        """The node of a key, or None where it is not said."""
        self._known.add(key)
        return self.nodes.get(key)

    def text(self, key: str) -> str | None:
        """What is written for a key, as text; None where nothing is, or something with parts of its own."""
        node = self.take(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(self.line_of(key), self.name(key), "not_a_value",
                              _("Line %(line)s: “%(key)s” takes one value, not a list or a group."))
            return None
        return str(node.value).strip()

    def group(self, key: str) -> Mapped | None:
        """The mapping under a key."""
        node = self.take(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.problems.add(self.line_of(key), self.name(key), "not_a_group",
                              _("Line %(line)s: “%(key)s” takes a group of keys, such as “%(key)s: {…}”."))
            return None
        return Mapped(node, self.name(key), self.problems)

    def groups(self, key: str) -> Iterator[Mapped]:
        """The mappings of a list under a key."""
        node = self.take(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.problems.add(self.line_of(key), self.name(key), "not_a_list",
                              _("Line %(line)s: “%(key)s” takes a list; begin each entry with “- ”."))
            return
        for number, one in enumerate(node.value, start=1):
            path = f"{self.name(key)}[{number}]"
            if isinstance(one, yaml.MappingNode):
                yield Mapped(one, path, self.problems)
            else:
                self.problems.add(one.start_mark.line + 1, path, "not_a_group",
                                  _("Line %(line)s: “%(key)s” takes a group of keys, such as “%(key)s: {…}”."))

    def nothing_else(self) -> None:
        """Call every key that nobody asked for a mistake, and name the nearest known one."""
        for key in self.nodes:
            if key in self._known:
                continue
            near = difflib.get_close_matches(key, self._known, 1, 0.6)
            if near:
                self.problems.add(self.line_of(key), self.name(key), "unknown_key",
                                  _("Line %(line)s: there is no “%(key)s”. Did you mean “%(near)s”?"), key,
                                  near=near[0])
            else:
                self.problems.add(self.line_of(key), self.name(key), "unknown_key",
                                  _("Line %(line)s: there is no “%(key)s”. Known here: %(known)s."), key,
                                  known=", ".join(sorted(self._known)))


def parse(text: str, problems: Problems) -> Mapped | None:
    """The document as a mapping; None, with the mistake kept, where it is none."""
    if len(text.encode()) > MAX_BYTES:
        problems.add(1, "", "too_long", _("A scenario has 64 KB at most."))
        return None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.add(line, "", "not_yaml", _("Line %(line)s cannot be read as YAML: %(problem)s."), "",
                     problem=error.problem or error.context or "")
        return None
    except yaml.YAMLError:
        problems.add(1, "", "not_yaml", _("Line %(line)s cannot be read as YAML: %(problem)s."), "",
                     problem="a sign that YAML does not allow")
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.add(1, "", "empty", _("A scenario begins with keys, such as “name: my-story”."))
        return None
    return Mapped(node, "", problems)


def plain(node: yaml.Node) -> Mapping[str, str]:
    """Texts by language of a mapping node, or one text for all languages."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): str(value.value) for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    return {"en": str(node.value)} if isinstance(node, yaml.ScalarNode) else {}
