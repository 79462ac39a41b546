"""Where a handler's arguments come from: path, query and body, read and validated by their annotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from inspect import Parameter as Signature
from inspect import signature
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from aiohttp import web
from pydantic import BaseModel, TypeAdapter, ValidationError

from hub.api._framework.problems import FieldError, Problem, invalid

T = TypeVar("T")

MAX_REPEATS = 50
"""How often one query parameter may be repeated."""
MAX_BODY = 1024 * 1024
"""Bytes of a JSON body."""


class Place(StrEnum):
    """Where a parameter stands."""

    path = "path"
    query = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Marks a parameter that is called otherwise in the URL, in `Annotated`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of an operation."""

    name: str
    """As in the URL."""
    argument: str
    """As in the handler."""
    place: Place
    adapter: TypeAdapter[Any]
    many: bool = False
    """May be repeated; the adapter is that of one."""
    required: bool = True
    default: object = None

    @classmethod
    def of(cls, argument: str, annotation: Any, given: Signature, path: str) -> "Parameter":
        """Make a parameter of an argument."""
        named = [m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Named)]
        name = named[0].name if named else argument
        kind = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
        many = get_origin(kind) is tuple
        return cls(
            name=name,
            argument=argument,
            place=Place.path if f"{{{name}}}" in path else Place.query,
            adapter=_adapter(get_args(kind)[0] if many else annotation),
            many=many,
            required=given.default is Signature.empty,
            default=None if given.default is Signature.empty else given.default,
        )


@cache
def _adapter(annotation: Any) -> TypeAdapter[Any]:
    # One for all parameters of a kind: hundreds of the same would slow every start.
    return TypeAdapter(annotation)


QUERIES: set[type[Any]] = set()
"""Records whose fields are query parameters that several operations take alike."""


def query(kind: type[T]) -> type[T]:
    """Declare a dataclass whose fields, all with defaults, are query parameters; a class decorator."""
    QUERIES.add(kind)
    return kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """An argument that is made of several query parameters."""

    argument: str
    kind: type[Any]
    parameters: tuple[Parameter, ...]

    @classmethod
    def of(cls, argument: str, kind: type[Any], path: str) -> "Bundle":
        """Make a bundle of an argument."""
        fields, hints = signature(kind).parameters, get_type_hints(kind, include_extras=True)
        made = tuple(Parameter.of(name, hints[name], one, path) for name, one in fields.items())
        return cls(argument=argument, kind=kind, parameters=made)

    def gather(self, arguments: dict[str, object]) -> None:
        """Put the record in the place of its parts."""
        arguments[self.argument] = self.kind(**{one.argument: arguments.pop(one.argument) for one in self.parameters})


def is_model(annotation: object) -> bool:
    """Tell whether an argument is the request's body."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def read_parameters(request: web.Request, parameters: Sequence[Parameter]) -> dict[str, object]:
    """Return the arguments of a request. Raises Problem 404 for a malformed path, 422 for a query that does not fit."""
    known = {p.name for p in parameters if p.place is Place.query}
    strange = [FieldError(field=name, message="is not known here") for name in request.query if name not in known]
    if strange:
        raise Problem(422, f"There is no query parameter {strange[0].field!r} here.", errors=strange)
    return {p.argument: _read(request, p) for p in parameters}


def _read(request: web.Request, parameter: Parameter) -> object:
    if parameter.place is Place.path:
        return _validated(parameter, request.match_info[parameter.name])
    values = request.query.getall(parameter.name, [])
    if not values:
        if parameter.required:
            raise _misfit(parameter, "is missing")
        return parameter.default
    if parameter.many:
        if len(values) > MAX_REPEATS:
            raise _misfit(parameter, f"is repeated more than {MAX_REPEATS} times")
        return tuple(_validated(parameter, value) for value in values)
    if len(values) > 1:
        raise _misfit(parameter, "is given more than once")
    return _validated(parameter, values[0])


def _validated(parameter: Parameter, value: str) -> object:
    try:
        return parameter.adapter.validate_strings(value)
    except ValidationError as error:
        raise invalid(error, place=parameter.name) from None


def _misfit(parameter: Parameter, message: str) -> Problem:
    error = FieldError(field=parameter.name, message=message)
    return Problem(422, f"The request does not fit. {error.field}: {message}", errors=[error])


async def read_body(request: web.Request, model: type[BaseModel]) -> BaseModel:
    """Return the JSON body as a model. Raises Problem 413, 415 or 422."""
    if request.content_type != "application/json":
        raise Problem(415, "Send the body as JSON, with the header Content-Type: application/json.")
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY:
            raise Problem(413, f"The body is larger than {MAX_BODY // 1024} KiB.")
    try:
        return model.model_validate_json(bytes(body))
    except ValidationError as error:
        raise invalid(error) from None
