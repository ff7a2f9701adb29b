"""The OpenAPI document of this server, written from the models and the table of methods."""

from __future__ import annotations

import inspect
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from sellerdesk.seller_api.schemas.base import ErrorAnswer
from sellerdesk.seller_api.urls import METHODS

_REF = "#/components/schemas/{name}"


def document() -> dict[str, Any]:
    """OpenAPI 3.1 of every method."""
    models = list(dict.fromkeys([model for each in METHODS for model in (each.request, each.answer)] + [ErrorAnswer]))
    references, components = msgspec.json.schema_components(models, ref_template=_REF)
    schema = dict(zip(models, references, strict=True))
    refusal = {"description": "Refusal", "content": {"application/json": {"schema": schema[ErrorAnswer]}}}
    paths: dict[str, Any] = {}
    for each in METHODS:
        content: dict[str, Any] = {"application/json": {"schema": schema[each.answer]}}
        if each.file_type:
            content = {each.file_type: {"schema": {"type": "string", "format": "binary"}}, **content}
        operation: dict[str, Any] = {
            "tags": [each.__module__.rsplit(".", 1)[-1]],
            "operationId": each.path.strip("/").replace("/", "_").replace("-", "_"),
            "summary": (inspect.getdoc(each.handler) or "").partition("\n")[0],
            "requestBody": {"content": {"application/json": {"schema": schema[each.request]}}},
            "responses": {"200": {"description": "Answer", "content": content}, "default": refusal},
            "x-right": each.right,
        }
        if each.rate is not None:
            operation["x-rate"] = str(each.rate)
        if each.deprecated:
            operation["deprecated"] = True
        if each.method == "GET":
            del operation["requestBody"]
        paths[each.path] = {each.method.lower(): operation}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sellerdesk Seller API", "version": _version()},
        "servers": [{"url": "/"}],
        "security": [{"clientId": [], "apiKey": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "clientId": {"type": "apiKey", "in": "header", "name": "Client-Id"},
                "apiKey": {"type": "apiKey", "in": "header", "name": "Api-Key"},
            },
        },
    }


def _version() -> str:
    try:
        return version("sellerdesk")
    except PackageNotFoundError:
        return "0.0.0"
