"""Chinese, Russian and English are complete at every commit."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def load():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["messages_tool"] = module
    spec.loader.exec_module(module)
    return module


def test_no_string_lacks_a_translation():
    tool = load()

    assert [line for package in tool.packages() for line in tool.faults(package)] == []


def test_a_string_behind_another_name_is_found():
    tool = load()
    source = ("from django.utils.translation import gettext as now, ngettext as many\n"
              "now('One'); many('%(n)s box', '%(n)s boxes', 2)")

    assert tool._calls(tool.ast.parse(source)) == {tool.Message("One"), tool.Message("%(n)s box", plural="%(n)s boxes")}


def test_what_is_said_in_one_word_is_said_the_same_everywhere():
    """Django merges the catalogues of all apps: of two translations of one text the first app's is shown in both.
    Where the meaning differs the text needs a context."""
    tool = load()

    said = {}
    for package in tool.packages():
        for language in tool.LANGUAGES:
            catalog = tool.read(tool.po_path(package, language), language)
            for message in tool.messages_of(package):
                text = catalog.get(message.id, message.context).string
                said.setdefault((language, *message.key), {}).setdefault(text, []).append(package.name)

    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}
