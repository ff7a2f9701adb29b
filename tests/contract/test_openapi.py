"""What the printed description promises: every method, every field of the contract."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from sellerdesk.seller_api import openapi
from sellerdesk.seller_api.urls import METHODS
from tools import api_coverage

SHAPES = sorted((Path(__file__).parent / "shapes").glob("*.json"))
#: Where the contract's schema says an object and its own example shows a list: clients read the list.
LISTS = {("/v2/returns/rfbs/list", "answer", "returns"),
         ("/v1/finance/cash-flow-statement/list", "answer", "result.details")}
CHECKER = Path(__file__).parents[3] / "shared" / "contract" / "conformance.py"


def _resolve(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolve(document, option)
    return schema


def _described(document, schema, depth, at=""):
    schema = _resolve(document, schema)
    if "items" in schema:
        return _described(document, schema["items"], depth, at + "[]")
    if not depth:
        return set()
    found = set()
    for name, inner in schema.get("properties", {}).items():
        found.add(f"{at}.{name}")
        found |= _described(document, inner, depth - 1, f"{at}.{name}")
    return found


def _recorded(shape, depth, at=""):
    if isinstance(shape, list):
        return _recorded(shape[0], depth, at + "[]")
    if not isinstance(shape, dict) or not depth:
        return set()
    found = set()
    for name, inner in shape.items():
        found.add(f"{at}.{name}")
        found |= _recorded(inner, depth - 1, f"{at}.{name}")
    return found


@pytest.fixture(scope="module")
def document():
    """Made once: to look at, not to change."""
    return openapi.document()


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_field_of_the_contract_is_described(path, document):
    shape = json.loads(path.read_text(encoding="utf-8"))
    [operation] = document["paths"][shape["path"]].values()
    asked = operation["requestBody"]["content"]["application/json"]["schema"] if shape["request"] else {}
    answered = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert _recorded(shape["request"], 3) <= _described(document, asked, 3)
    assert _recorded(shape["answer"], 3) <= _described(document, answered, 3)


def test_every_method_is_described_once_with_its_right(document):
    assert list(document["paths"]) == [method.path for method in METHODS]
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all(operation["x-right"] for operation in operations)
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)


def test_the_table_in_the_docs_is_up_to_date():
    assert api_coverage.PAGE.read_text(encoding="utf-8") == api_coverage.page()


@pytest.mark.skipif(not CHECKER.exists(), reason="the folder with the whole contract is not beside this checkout")
def test_the_whole_contract_agrees(document):
    spec = importlib.util.spec_from_file_location("conformance", CHECKER)
    conformance = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(conformance)
    document = json.loads(json.dumps(document))
    ours = {path: operation for _, path, operation in conformance.operations(document)}

    missing = []
    for _, path, operation in conformance.operations(conformance.CONTRACT):
        if path not in ours:
            continue
        for side in ("request", "answer"):
            wanted = conformance.fields(
                conformance.CONTRACT, conformance.body_schema(conformance.CONTRACT, operation, side)
            )
            found = conformance.fields(document, conformance.body_schema(document, ours[path], side))
            found |= {name.replace("[]", "", 1) for name in found
                      if (path, side, name.partition("[")[0]) in LISTS}
            missing += [f"{path} {side} {name}" for name in sorted(wanted - found)]

    assert not missing, "\n".join(missing)
    assert len(ours) == len(METHODS)
