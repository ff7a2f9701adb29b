"""Compile translations whenever the package is built or installed, so that .mo files need not be committed."""

import importlib.util
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        source = Path(self.root) / "tools" / "messages.py"
        spec = importlib.util.spec_from_file_location("messages", source)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        # The module is registered first because its dataclass looks itself up by name.
        import sys

        sys.modules["messages"] = module
        spec.loader.exec_module(module)
        module.compile_all()
