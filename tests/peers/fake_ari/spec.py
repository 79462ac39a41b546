"""Checks ARI requests, answers and events against Asterisk's own api-docs (Swagger 1.1 and 1.2).

They are `specs/asterisk-ari/*.json` of the corpora folder beside the checkout; without them nothing is checked and
`AriSpec.load()` returns None.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

SPEC_PATH = Path(__file__).resolve().parents[3] / ".." / "shared" / "corpora" / "specs" / "asterisk-ari"

_SCALARS: Mapping[str, type | tuple[type, ...]] = {
    "string": str,
    "int": int,
    "long": int,
    "double": (int, float),
    "boolean": bool,
    "object": dict,
    "containers": (dict, list),
    "binary": bytes,
}


class AriSpec:
    """Every operation with its parameters, every model with its properties."""

    def __init__(self, documents: list[Mapping[str, Any]]) -> None:
        self._models: dict[str, Any] = {}
        self.operations: dict[tuple[str, str], Any] = {}
        """(HTTP method, path template) -> the operation as documented."""
        for document in documents:
            self._models |= document["models"]
            for api in document["apis"]:
                for operation in api["operations"]:
                    self.operations[operation["httpMethod"], api["path"]] = operation
        self.events: frozenset[str] = frozenset(self._models["Event"]["subTypes"])

    @staticmethod
    @cache
    def load(path: Path = SPEC_PATH) -> "AriSpec | None":
        """Return the api-docs, or None where the corpora folder is missing."""
        files = sorted(path.glob("*.json"))
        return AriSpec([json.loads(file.read_text("utf-8")) for file in files]) if files else None

    def request_problems(self, method: str, template: str, values: Mapping[str, object]) -> list[str]:
        """Say in words what is wrong with a request's parameters, whichever way they came."""
        parameters = {one["name"]: one for one in self.operations[method, template].get("parameters", [])}
        where = f"{method} {template}"
        problems = [f"{where}: unknown parameter {name}" for name in values if name not in parameters]
        for name, one in parameters.items():
            if name not in values:
                problems += [f"{where}: missing parameter {name}"] if one.get("required") else []
                continue
            problems += [f"{where}: {problem}" for problem in _parameter(one, values[name])]
        return problems

    def answer_problems(self, method: str, template: str, status: int, body: object) -> list[str]:
        """Say in words where an answer differs from what the operation documents."""
        operation = self.operations[method, template]
        where = f"answer {status} of {method} {template}"
        if status >= 400:
            known = {int(error["code"]) for error in operation.get("errorResponses", [])} | {400, 401, 404, 500}
            problems = [] if status in known else [f"{where}: this status is not documented"]
            return problems + self._problems("string", _message(body), where)
        returns = operation["responseClass"]
        if returns == "void":
            return [] if body is None else [f"{where}: a body where none is documented"]
        return self._problems(returns, body, where)

    def event_problems(self, event: Mapping[str, object]) -> list[str]:
        """Say in words where an event differs from its model."""
        name = str(event.get("type"))
        if name not in self.events:
            return [f"{name} is no event of ARI"]
        return self._problems(name, event, name)

    def _properties(self, name: str) -> dict[str, Any]:
        properties = dict(self._models[name]["properties"])
        for parent, model in self._models.items():
            if name in model.get("subTypes", ()):
                properties |= self._properties(parent)
        return properties

    def _problems(self, kind: str, value: object, where: str) -> list[str]:
        many = re.fullmatch(r"List\[(\w+)\]", kind)
        if many:
            if not isinstance(value, list):
                return [f"{where}: not a list"]
            return [p for n, one in enumerate(value) for p in self._problems(many[1], one, f"{where}[{n}]")]
        if kind == "Date":
            return _date_problems(value, where)
        if kind in _SCALARS:
            fits = isinstance(value, _SCALARS[kind]) and (kind == "boolean" or not isinstance(value, bool))
            return [] if fits else [f"{where}: {value!r} is no {kind}"]
        if not isinstance(value, dict):
            return [f"{where}: not an object"]
        properties = self._properties(kind)
        problems = [f"{where}: {name} is no property of {kind}" for name in value if name not in properties]
        for name, about in properties.items():
            if name not in value:
                problems += [f"{where}: {name} is missing"] if about.get("required") else []
                continue
            problems += self._problems(about["type"], value[name], f"{where}.{name}")
            allowed = about.get("allowableValues", {}).get("values")
            if allowed and value[name] not in allowed:
                problems.append(f"{where}.{name}: {value[name]!r} is none of {allowed}")
        return problems


def _parameter(one: Mapping[str, Any], value: object) -> list[str]:
    name, kind = one["name"], one["dataType"]
    if kind in ("int", "long") and not re.fullmatch(r"-?\d+", str(value)):
        return [f"{name}: {value!r} is no number"]
    if kind == "boolean" and str(value) not in ("true", "false"):
        return [f"{name}: {value!r} is neither true nor false"]
    if kind in ("containers", "object") and not isinstance(value, dict | list):
        return [f"{name}: not an object"]
    allowed = one.get("allowableValues", {})
    if allowed.get("values") and value not in allowed["values"]:
        return [f"{name}: {value!r} is none of {allowed['values']}"]
    if "min" in allowed and int(str(value)) < allowed["min"]:
        return [f"{name}: {value!r} is less than {allowed['min']}"]
    return []


def _message(body: object) -> object:
    return body.get("message") if isinstance(body, dict) else body


def _date_problems(value: object, where: str) -> list[str]:
    try:
        return [] if datetime.fromisoformat(str(value)).tzinfo else [f"{where}: a time without zone"]
    except ValueError:
        return [f"{where}: {value!r} is no time"]
