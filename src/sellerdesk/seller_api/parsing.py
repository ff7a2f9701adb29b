"""From the bytes of a request to its model, and from a broken rule to the words clients know.

Validation texts follow protoc-gen-validate, whose messages clients of the compatible API already parse:
`invalid ProductsStocksRequest.Stocks[0]: embedded message failed validation | caused by: invalid
ProductsStocksRequest_Stock.WarehouseId: value must be greater than 0`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from sellerdesk.seller_api import errors
from sellerdesk.seller_api.schemas.base import INT64_MAX, Request

R = TypeVar("R", bound=Request)

_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`")
_LENGTH = re.compile(r" of length (?P<side>>=|<=) (?P<bound>\d+)")
_BOUND = re.compile(r"` (>=|<=|>|<) ")
_BYTE = re.compile(r"\(byte (\d+)\)")
# A NUL character cannot be stored as text by every database; an even run of backslashes before it means plain text.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_KINDS = {
    "int": "int64",
    "str": "string",
    "bool": "bool",
    "float": "double",
    "datetime": "google.protobuf.Timestamp",
}


@cache
def _decoder(model: type[Request]) -> msgspec.json.Decoder[Request]:
    return msgspec.json.Decoder(model, strict=False)


def parse(model: type[R], body: bytes) -> R:
    """The request that `body` spells. Raises ApiError with code 3."""
    if not body.strip():
        body = b"{}"
    if _NUL.search(body):
        raise errors.malformed("invalid character \\u0000 in string")
    try:
        try:
            return _decoder(model).decode(body)  # type: ignore[return-value]
        except msgspec.ValidationError:
            # Most often a client that spells absent fields as null: read once more without them.
            return msgspec.convert(_without_nulls(msgspec.json.decode(body)), model, strict=False)
    except msgspec.ValidationError as error:
        raise _refusal(model, str(error)) from None
    except UnicodeDecodeError:
        raise errors.malformed("syntax error: invalid UTF-8") from None
    except msgspec.DecodeError as error:
        raise errors.malformed(f"syntax error{_place(str(error), body)}") from None


def refuse(model: type[Request], field: str, rule: str) -> errors.ApiError:
    """A rule over one field that the model cannot express by itself."""
    return errors.validation(f"invalid {model.message_name()}.{_camel(field)}: {rule}")


def month(model: type[Request], field: str, text: str) -> date:
    """A day of the month that `2026-11` or `2026-11-05` names. Raises ApiError with code 3."""
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        raise refuse(model, field, "value must be a month") from None


def _without_nulls(value: Any) -> Any:
    """`null` means the same as leaving the field out."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


def _place(problem: str, body: bytes) -> str:
    found = _BYTE.search(problem)
    offset = int(found[1]) if found else len(body)
    line = body.count(b"\n", 0, offset) + 1
    column = offset - (body.rfind(b"\n", 0, offset) + 1) + 1
    return f" (line {line}:{column}): unexpected token"


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _refusal(model: type[Request], problem: str) -> errors.ApiError:
    """The wire's words for what msgspec found: which message, which field, which rule."""
    at = _AT.search(problem)
    text = problem[: at.start()] if at else problem
    steps = [name or int(index) for name, index in _STEP.findall(at["path"])] if at else []
    missing = _MISSING.match(text)
    if missing:
        steps.append(missing["name"])
    if not steps:
        return errors.malformed("syntax error (line 1:1): unexpected token")

    # `owners` is the way down: each message with the field (and index) that leads further.
    owners: list[tuple[type[Request], str]] = []
    message: type[Request] = model
    hint: Any = model
    for step in steps:
        if isinstance(step, int):
            owner, label = owners[-1]
            owners[-1] = (owner, f"{label}[{step}]")
            hint = _item_of(hint)
        else:
            owners.append((message, _camel(step)))
            hint = _hints(message).get(step, Any)
        inner = _model_of(hint)
        if inner is not None:
            message = inner

    rule = _rule(hint, text, missing=bool(missing))
    if rule is None:
        name = next(step for step in reversed(steps) if isinstance(step, str))
        return errors.malformed(f"invalid value for {_kind_of(hint)} field {name}")
    chain = [f"invalid {owner.message_name()}.{label}: " for owner, label in owners]
    middle = "embedded message failed validation | caused by: "
    return errors.validation(middle.join(chain) + rule)


def _rule(hint: Any, text: str, *, missing: bool) -> str | None:
    """The broken rule in words, or None where the value has the wrong type."""
    meta = _meta_of(hint)
    base = _bare(hint)
    if missing:
        # A number, text or list left out counts as zero or empty, and fails the same rule as that would.
        if meta and base is int:
            return _number_rule(meta)
        return _length_rule("at least", meta.min_length, base) if meta and meta.min_length else "value is required"
    length = _LENGTH.search(text)
    if length:
        return _length_rule(
            "at least" if length["side"] == ">=" else "at most",
            int(length["bound"]),
            base,
        )
    if base is int and meta and _BOUND.search(text) and str(INT64_MAX) not in text:
        return _number_rule(meta)
    return None


def _number_rule(meta: Meta) -> str:
    low, high = meta.ge, meta.le if meta.le != INT64_MAX else None
    if low is not None and high is not None:
        return f"value must be inside range [{low}, {high}]"
    if meta.gt is not None:
        return f"value must be greater than {meta.gt}"
    return f"value must be greater than or equal to {low}"


def _length_rule(side: str, bound: int, base: Any) -> str:
    if base is str:
        return f"value length must be {side} {bound} runes"
    return f"value must contain {'no more than' if side == 'at most' else side} {bound} item(s)"


@cache
def _hints(model: type[Request]) -> dict[str, Any]:
    """Types of the fields under the names they have on the wire."""
    hints = get_type_hints(model, include_extras=True)
    return {field.encode_name: hints[field.name] for field in msgspec.structs.fields(model)}


def _meta_of(hint: Any) -> Meta | None:
    if get_origin(hint) is Annotated:
        return next((item for item in get_args(hint)[1:] if isinstance(item, Meta)), None)
    return None


def _bare(hint: Any) -> Any:
    """The type without Annotated and without `| None`."""
    if get_origin(hint) is Annotated:
        return _bare(get_args(hint)[0])
    options = [option for option in get_args(hint) if option is not type(None)]
    if type(None) in get_args(hint) and len(options) == 1:
        return _bare(options[0])
    return hint


def _item_of(hint: Any) -> Any:
    options = get_args(_bare(hint))
    return options[0] if options else Any


def _model_of(hint: Any) -> type[Request] | None:
    bare = _bare(hint)
    return bare if isinstance(bare, type) and issubclass(bare, Request) else None


def _kind_of(hint: Any) -> str:
    bare = _bare(hint)
    if isinstance(bare, type):
        return _KINDS.get(bare.__name__, "message")
    return "repeated" if get_origin(bare) is not None and "Sequence" in str(bare) else "enum"
