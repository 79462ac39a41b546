"""Checks Bot API requests and answers against the published description of every method and type.

The description is `specs/telegram_bot_api.json` of the corpora folder beside the checkout; without it nothing is
checked and `BotApiSpec.load()` returns None.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

SPEC_PATH = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "specs" / "telegram_bot_api.json"

_SCALARS: Mapping[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
    "True": bool,
}


class BotApiSpec:
    """The description of every method's fields and every type."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.version: str = document["version"]
        self._methods: Mapping[str, Any] = document["methods"]
        self._types: Mapping[str, Any] = document["types"]

    @staticmethod
    @cache
    def load(path: Path = SPEC_PATH) -> "BotApiSpec | None":
        """Return the description, or None where the corpora folder is missing."""
        return BotApiSpec(json.loads(path.read_text("utf-8"))) if path.is_file() else None

    def knows(self, method: str) -> bool:
        """Tell whether the Bot API has this method."""
        return method in self._methods

    def field_names(self, type_name: str) -> frozenset[str]:
        """Return the fields of a type."""
        return frozenset(field["name"] for field in self._types[type_name]["fields"])

    def request_problems(self, method: str, values: Mapping[str, str], files: Sequence[str]) -> list[str]:
        """Say in words what is wrong with a request: unknown, missing or ill-typed fields, files nobody refers to.

        `values` are the form fields as text, `files` the names of the uploaded parts.
        """
        fields = {field["name"]: field for field in self._methods[method].get("fields", [])}
        problems = [f"{method}: unknown field {name}" for name in values if name not in fields]
        problems += [
            f"{method}: missing field {name}"
            for name, field in fields.items()
            if field["required"] and name not in values and name not in files
        ]
        for name, text in values.items():
            if name in fields:
                problems += self._value_problems(fields[name]["types"], _decoded(fields[name]["types"], text), name)
        attached = " ".join(values.values())
        problems += [
            f"{method}: uploaded part {name} is neither a field nor referred to"
            for name in files
            if f"attach://{name}" not in attached and "InputFile" not in fields.get(name, {}).get("types", ())
        ]
        return problems

    def answer_problems(self, method: str, result: object) -> list[str]:
        """Say in words where an answer differs from what the method returns."""
        return self._value_problems(self._methods[method]["returns"], result, f"answer of {method}")

    def type_problems(self, name: str, value: object) -> list[str]:
        """Say in words where a value differs from a type, e.g. `Update`."""
        return self._value_problems([name], value, name)

    def _value_problems(self, types: Sequence[str], value: object, path: str) -> list[str]:
        attempts = [self._one_type(name, value, path) for name in types]
        return min(attempts, key=len)

    def _one_type(self, name: str, value: object, path: str) -> list[str]:
        if name.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{path}: not an array"]
            inner = name.removeprefix("Array of ")
            return [p for i, item in enumerate(value) for p in self._one_type(inner, item, f"{path}[{i}]")]
        if name in _SCALARS:
            right = isinstance(value, _SCALARS[name]) and (isinstance(value, bool) == (name in {"Boolean", "True"}))
            return [] if right else [f"{path}: not {name}"]
        if name == "InputFile":
            return [] if isinstance(value, str) and value.startswith("attach://") else [f"{path}: not an uploaded file"]
        description = self._types[name]
        if description.get("subtypes"):
            return self._value_problems(description["subtypes"], value, path)
        return self._object(name, description, value, path)

    def _object(self, name: str, description: Mapping[str, Any], value: object, path: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{path}: not a {name}"]
        fields = {field["name"]: field for field in description.get("fields", [])}
        problems = [f"{path}.{key}: not a field of {name}" for key in value if key not in fields]
        for key, field in fields.items():
            if key in value:
                problems += self._value_problems(field["types"], value[key], f"{path}.{key}")
            elif field["required"]:
                problems.append(f"{path}.{key}: missing in {name}")
        return problems


def _decoded(types: Sequence[str], text: str) -> object:
    """Read a form field as the richest of its types: text where it may be text, else JSON."""
    if "String" in types or "InputFile" in types:
        if "Integer" in types and text.lstrip("-").isdigit():
            return int(text)
        return text
    try:
        decoded: object = json.loads(text)
    except ValueError:
        return text
    return decoded
