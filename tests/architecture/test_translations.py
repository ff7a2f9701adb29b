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
