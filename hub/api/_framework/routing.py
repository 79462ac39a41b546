"""Typed operations: a plain async function, who may call it, and the aiohttp handler made of it."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from aiohttp import web
from pydantic import BaseModel

from hub.api._framework.params import QUERIES, Bundle, Parameter, is_model, read_body, read_parameters
from hub.domain.user import Action
from hub.services.as_json import encode

T = TypeVar("T")
H = TypeVar("H", bound=Callable[..., Awaitable[Any]])


class Access(StrEnum):
    """Who may call what needs no particular right."""

    anyone = "anyone"
    """Not signed in."""
    signed_in = "signed_in"
    """Any person, also one who must change the password first."""


GIVEN: set[Any] = {web.Request}
"""Types of arguments that the API itself supplies."""


def supplied(kind: type[T]) -> type[T]:
    """Declare a type whose value the API supplies to handlers that ask for it; a class decorator."""
    GIVEN.add(kind)
    return kind


@supplied
@dataclass(slots=True)
class Outgoing:
    """What a handler adds to its answer beside the body."""

    headers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Created(Generic[T]):
    """The record a create leads to: `new` is False if this very create was done before."""

    value: T
    new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    method: str
    path: str
    tag: str
    needs: Action | Access
    people_only: bool
    """Programs (tokens) may not call it: it acts for a person."""
    handler: Callable[..., Awaitable[Any]]
    parameters: tuple[Parameter, ...]
    """All of path and query, those of bundles among them."""
    body: tuple[str, type[BaseModel]] | None
    """Argument and model of the JSON body."""
    given: Mapping[str, type]
    """Arguments that do not come from the request's text, by type: the dependencies, the caller, the request."""
    answer: Any
    """What it returns, as annotated; None answers 204."""
    created: bool
    media: Mapping[int, str]
    """Status and media type of answers that are not JSON."""
    bundles: tuple[Bundle, ...] = ()
    upload: bool = False
    """Its body is a file, streamed by the handler."""
    problems: tuple[int, ...] = ()
    """Statuses of problems beside those every operation of its shape has."""

    @property
    def name(self) -> str:
        """The operation's id."""
        return self.handler.__name__

    @property
    def words(self) -> tuple[str, str]:
        """The summary and the description."""
        summary, _, description = inspect.cleandoc(self.handler.__doc__ or self.name).partition("\n")
        return summary.rstrip("."), description.strip()


@dataclass(slots=True)
class Routes:
    """The operations of one part of the API."""

    tag: str
    operations: list[Operation] = field(default_factory=list)

    def get(self, path: str, needs: Action | Access, **more: Any) -> Callable[[H], H]:
        """Register a reading operation."""
        return self._register("GET", path, needs, **more)

    def post(self, path: str, needs: Action | Access, **more: Any) -> Callable[[H], H]:
        """Register an operation that creates or does."""
        return self._register("POST", path, needs, **more)

    def put(self, path: str, needs: Action | Access, **more: Any) -> Callable[[H], H]:
        """Register an operation that replaces."""
        return self._register("PUT", path, needs, **more)

    def patch(self, path: str, needs: Action | Access, **more: Any) -> Callable[[H], H]:
        """Register an operation that changes what is given."""
        return self._register("PATCH", path, needs, **more)

    def delete(self, path: str, needs: Action | Access, **more: Any) -> Callable[[H], H]:
        """Register an operation that removes."""
        return self._register("DELETE", path, needs, **more)

    def _register(
        self,
        method: str,
        path: str,
        needs: Action | Access,
        *,
        people_only: bool = False,
        media: Mapping[int, str] | None = None,
        upload: bool = False,
        problems: tuple[int, ...] = (),
    ) -> Callable[[H], H]:
        def register(handler: H) -> H:
            hints = get_type_hints(handler, include_extras=True)
            answer = hints.pop("return")
            created = get_origin(answer) is Created
            signature = inspect.signature(handler).parameters
            bundles = [Bundle.of(n, a, path) for n, a in hints.items() if a in QUERIES]
            from_text = {n: a for n, a in hints.items() if a not in GIVEN | QUERIES and not is_model(a)}
            own = [Parameter.of(n, a, signature[n], path) for n, a in from_text.items()]
            bodies = [(n, a) for n, a in hints.items() if is_model(a)]
            operation = Operation(
                method=method,
                path=path,
                tag=self.tag,
                needs=needs,
                people_only=people_only,
                handler=handler,
                parameters=(*own, *(one for bundle in bundles for one in bundle.parameters)),
                bundles=tuple(bundles),
                body=bodies[0] if bodies else None,
                given={n: a for n, a in hints.items() if a in GIVEN},
                answer=get_args(answer)[0] if created else answer,
                created=created,
                media=media or {},
                upload=upload,
                problems=problems,
            )
            self.operations.append(operation)
            return handler

        return register


Guard = Callable[[web.Request, Operation], Awaitable[Mapping[type, object]]]
"""Decides whether a request may call an operation and returns what its handler is given, or raises Problem."""


def add_operations(app: web.Application, operations: Iterable[Operation], guard: Guard) -> None:
    """Add operations to an application, each behind the guard."""
    for operation in operations:
        methods = ("GET", "HEAD") if operation.method == "GET" else (operation.method,)
        resource = app.router.add_resource(operation.path, name=operation.name)
        for method in methods:
            resource.add_route(method, _handler(operation, guard))


def _handler(operation: Operation, guard: Guard) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        outgoing = Outgoing()
        given = {**await guard(request, operation), web.Request: request, Outgoing: outgoing}
        arguments: dict[str, object] = {name: given[kind] for name, kind in operation.given.items()}
        arguments |= read_parameters(request, operation.parameters)
        for bundle in operation.bundles:
            bundle.gather(arguments)
        if operation.body is not None:
            name, model = operation.body
            arguments[name] = await read_body(request, model)
        answer = _answer(await operation.handler(**arguments))
        for name, value in outgoing.headers:
            answer.headers.add(name, value)
        return answer

    return handle


def _answer(value: object) -> web.StreamResponse:
    match value:
        case web.StreamResponse():
            return value
        case None:
            return web.Response(status=204)
        case Created():
            return web.Response(
                status=201 if value.new else 200, body=encode(value.value), content_type="application/json"
            )
        case _:
            return web.Response(body=encode(value), content_type="application/json")
