"""The published JSON Schema of flows (draft 2020-12), made from the records themselves so that it cannot drift."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hub.domain.botflow.flow import KINDS, SCHEMA, Case, Comparison, Enclosed, Option, Take
from hub.domain.botflow.reading import ID_LIMIT, ITEMS_LIMIT, LIMITS, NAMES, STEPS_LIMIT, TEXT_LIMIT

_RECORDS = {"option": Option, "comparison": Comparison, "case": Case, "take": Take, "file": Enclosed}


def json_schema() -> dict[str, object]:
    """Return the schema of what `read_flow` reads."""
    kinds = {kind: _object(record, kind=kind) for kind, record in KINDS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Interaction Hub bot flow, format {SCHEMA}",
        "type": "object",
        "additionalProperties": False,
        "required": ["languages", "start", "steps"],
        "properties": {
            "schema": {"const": SCHEMA},
            "name": {"type": "string"},
            "description": {"type": "string"},
            "languages": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[a-z]{2}$"}},
            "start": {"type": "string", "description": "The id of the first step."},
            "timeout": {"type": "integer", "minimum": 1, "description": "Minutes of silence before a question ends."},
            "steps": {
                "type": "array",
                "maxItems": STEPS_LIMIT,
                "items": {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]},
            },
        },
        "$defs": {
            **kinds,
            **{f"_{name}": _object(record) for name, record in _RECORDS.items()},
            "texts": {
                "type": "object",
                "description": "One text in several languages: two letters to words.",
                "additionalProperties": {"type": "string", "maxLength": TEXT_LIMIT},
            },
        },
    }


def _object(record: Any, *, kind: str = "") -> dict[str, object]:
    types = get_type_hints(record)
    properties: dict[str, object] = {"kind": {"const": kind}} if kind else {}
    required = ["kind"] if kind else []
    for each in fields(record):
        name = NAMES.get(each.name, each.name)
        properties[name] = _type(types[each.name], each.name)
        if each.default is MISSING and each.default_factory is MISSING:
            required.append(name)
    words = " ".join((record.__doc__ or "").split())
    return {
        "type": "object",
        "description": words,
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _type(kind: Any, name: str) -> dict[str, object]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        there = next(one for one in inner if one is not type(None))
        return {"anyOf": [_type(there, name), {"type": "null"}]}
    if origin is tuple:
        if inner[-1] is Ellipsis:
            return {"type": "array", "maxItems": ITEMS_LIMIT, "items": _type(inner[0], name)}
        return {"type": "array", "minItems": len(inner), "maxItems": len(inner), "items": {"type": "number"}}
    if origin is not None and issubclass(origin, Mapping):
        if name in ("text", "label", "retry", "reminder", "confirm_text"):
            return {"$ref": "#/$defs/texts"}
        return {"type": "object", "additionalProperties": {"type": "string"}}
    named = next((word for word, record in _RECORDS.items() if record is kind), None)
    return {"$ref": f"#/$defs/_{named}"} if named else _scalar(kind, name)


def _scalar(kind: Any, name: str) -> dict[str, object]:
    if issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    if issubclass(kind, bool):
        return {"type": "boolean"}
    if issubclass(kind, int | float):
        bounds = dict(zip(("minimum", "maximum"), LIMITS[name], strict=True)) if name in LIMITS else {}
        return {"type": "integer" if issubclass(kind, int) else "number", **bounds}
    if issubclass(kind, UUID):
        return {"type": "string", "format": "uuid"}
    return {"type": "string", "maxLength": ID_LIMIT if name in ("id", "save_as") else TEXT_LIMIT}
