"""Says the form of a connector's settings in the reader's language: its JSON Schema with other titles and hints."""

from collections.abc import Callable, Mapping
from typing import Any

Say = Callable[[str], str]
"""Gives a text of the form in another language."""

_READ = ("title", "description")
_EITHER = ("anyOf", "allOf", "oneOf")


def form_in(schema: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Return a model's schema with the titles and descriptions of its fields, at any depth, as `say` says them.

    Names of classes and what settings hold (`default`, `enum`) stay: no person reads the former, the latter is stored.
    """
    said = dict(schema)
    if "properties" in schema:
        said["properties"] = {name: _field(field, say) for name, field in schema["properties"].items()}
    if "$defs" in schema:
        said["$defs"] = {name: form_in(model, say) for name, model in schema["$defs"].items()}
    return said


def _field(field: Mapping[str, Any], say: Say) -> dict[str, Any]:
    said = {name: say(part) if name in _READ and isinstance(part, str) else part for name, part in field.items()}
    if isinstance(items := field.get("items"), Mapping):
        said["items"] = _field(items, say)
    for name in _EITHER:
        if name in field:
            said[name] = [_field(part, say) for part in field[name]]
    return said
