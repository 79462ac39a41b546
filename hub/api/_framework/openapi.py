"""The OpenAPI 3.1 document of a set of operations, its schemas made by pydantic from the very types they use."""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

import orjson
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from hub.api._framework.params import Parameter, Place
from hub.api._framework.problems import MEDIA_TYPE, ProblemDetails
from hub.api._framework.routing import Access, Operation
from hub.api._framework.words import field_words

_REFS = "#/components/schemas/{model}"
_GENERIC = re.compile(rb'(?<=["/])([A-Z]\w*?)_([A-Z]\w*)_(?=")')
_CHANGING = frozenset({"POST", "PUT", "PATCH"})

Key = tuple[str, str]
Json = dict[str, Any]


class _Schemas(GenerateJsonSchema):
    """JSON Schemas as our encoder writes values: durations in seconds, every field of an answer present."""

    def timedelta_schema(self, schema: core_schema.TimedeltaSchema) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's hook
        return {"type": "number", "description": "seconds"}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        # Answers have every field, so that a default there only misleads.
        return self.generate_inner(schema["schema"]) if self.mode == "serialization" else super().default_schema(schema)

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found, kind = super().model_schema(schema), schema["cls"]
        for name, words in field_words(kind).items():
            field = kind.model_fields[name]
            if field.description is None:
                found["properties"][field.alias or name]["description"] = words
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's hook
        return False


def document(
    operations: Iterable[Operation],
    *,
    title: str,
    version: str,
    server: str,
    answers: Mapping[str, Any],
    inputs: Mapping[str, Any],
) -> Json:
    """Return the document. `answers` and `inputs` are named types that no operation uses: WebSocket frames."""
    operations = list(operations)
    entries = [
        (("problem", ""), "serialization", TypeAdapter(ProblemDetails)),
        *((("named", name), "serialization", TypeAdapter(kind)) for name, kind in answers.items()),
        *((("named", name), "validation", TypeAdapter(kind)) for name, kind in inputs.items()),
        *(entry for operation in operations for entry in _types(operation)),
    ]
    schemas, definitions = TypeAdapter.json_schemas(entries, ref_template=_REFS, schema_generator=_Schemas)  # type: ignore[arg-type]  # the modes are literals
    by_key: Mapping[Key, Json] = {key: schema for (key, _), schema in schemas.items()}
    paths: dict[str, Json] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, by_key)
    found: Json = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "license": {"name": "GPL-3.0-or-later"}},
        "servers": [{"url": server}],
        "tags": [{"name": tag} for tag in dict.fromkeys(o.tag for o in operations)],
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}) | {name: by_key["named", name] for name in [*answers, *inputs]},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "hub_session"},
                "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
                "token": {"type": "http", "scheme": "bearer"},
            },
            "responses": _problems(operations),
        },
    }
    renamed: Json = orjson.loads(_GENERIC.sub(rb"\2\1", orjson.dumps(found)))
    return renamed


def _types(operation: Operation) -> Iterable[tuple[Key, str, TypeAdapter[Any]]]:
    name = operation.name
    if operation.body is not None:
        yield (name, "body"), "validation", TypeAdapter(operation.body[1])
    if _has_json(operation):
        yield (name, "answer"), "serialization", TypeAdapter(operation.answer)
    for parameter in operation.parameters:
        yield (name, f"parameter {parameter.name}"), "validation", parameter.adapter


def _has_json(operation: Operation) -> bool:
    return operation.answer is not type(None) and not operation.media


def _operation(operation: Operation, schemas: Mapping[Key, Json]) -> Json:
    summary, description = operation.words
    found: Json = {
        "operationId": operation.name,
        "summary": summary,
        "tags": [operation.tag],
        "responses": _answers(operation, schemas),
        "security": _security(operation),
    }
    if description:
        found["description"] = description
    if operation.parameters:
        found["parameters"] = [
            _parameter(p, schemas[operation.name, f"parameter {p.name}"]) for p in operation.parameters
        ]
    if operation.body is not None:
        content = {"application/json": {"schema": schemas[operation.name, "body"]}}
        found["requestBody"] = {"required": True, "content": content}
    if operation.upload:
        content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameter(parameter: Parameter, schema: Json) -> Json:
    schema = {"type": "array", "items": schema} if parameter.many else dict(schema)
    found: Json = {"name": parameter.name, "in": parameter.place.value, "required": parameter.required}
    if parameter.place is Place.query and not parameter.required and parameter.default not in (None, ()):
        schema["default"] = parameter.default
    if description := schema.pop("description", ""):
        found["description"] = description
    return found | {"schema": schema}


def _security(operation: Operation) -> list[Json]:
    if operation.needs is Access.anyone:
        return []
    session: Json = {"session": []} if operation.method == "GET" else {"session": [], "csrf": []}
    return [session] if operation.people_only else [session, {"token": []}]


def _answers(operation: Operation, schemas: Mapping[Key, Json]) -> Json:
    found: Json = {}
    if operation.media:
        for status, media in operation.media.items():
            found[str(status)] = {"description": HTTPStatus(status).phrase} | (
                {"content": {media: {}}} if media else {}
            )
    elif not _has_json(operation):
        found["204"] = {"description": "Done"}
    else:
        content = {"application/json": {"schema": schemas[operation.name, "answer"]}}
        words = "Done before: the stored record" if operation.created else "OK"
        found["200"] = {"description": words, "content": content}
        if operation.created:
            found["201"] = {"description": "Created", "content": content}
    for status in _problem_statuses(operation):
        found[str(status)] = {"$ref": f"#/components/responses/{_response_name(status)}"}
    return dict(sorted(found.items()))


def _problem_statuses(operation: Operation) -> set[int]:
    statuses = {500, 503, *operation.problems}
    if operation.needs is not Access.anyone:
        statuses |= {401, 403}
    if operation.parameters or operation.body is not None:
        statuses.add(422)
    if any(p.place is Place.path for p in operation.parameters):
        statuses.add(404)
    if operation.method in _CHANGING:
        statuses.add(409)
    if operation.body is not None or operation.upload:
        statuses |= {413, 415}
    if operation.body is not None:
        statuses.add(404)  # records named in the body
    return statuses


def _problems(operations: Iterable[Operation]) -> Json:
    statuses = sorted({status for operation in operations for status in _problem_statuses(operation)})
    schema = {"$ref": _REFS.format(model=ProblemDetails.__name__)}
    return {
        _response_name(status): {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def _response_name(status: int) -> str:
    return "".join(word.capitalize() for word in HTTPStatus(status).phrase.replace("-", " ").split())
