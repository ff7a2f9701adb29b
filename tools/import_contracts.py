"""An import-linter contract of our own: other domains see a domain's public modules only."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class PrivateModules(Contract):
    root = fields.StringField()
    public = fields.SetField(subfield=fields.StringField())
    open_packages = fields.SetField(subfield=fields.StringField())
    allowed_importers = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        broken: list[tuple[str, str]] = []
        # Fields become plain values when the contract is made.
        settings: Any = self
        for importer in graph.modules:
            for imported in graph.find_modules_directly_imported_by(importer):
                source, target = importer.split("."), imported.split(".")
                if source[0] != self.root or target[0] != self.root or len(target) < 3:
                    continue
                if source[1:2] == target[1:2] or target[1] in settings.open_packages:
                    continue
                if source[1] in (settings.allowed_importers or ()):
                    continue
                if target[2] not in settings.public:
                    broken.append((importer, imported))
        return ContractCheck(kept=not broken, metadata={"broken": sorted(broken)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} reaches into private {imported}", bold=False)
