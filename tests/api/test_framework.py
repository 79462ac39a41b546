"""The typed layer: annotations become validation, problems in words and a valid OpenAPI document."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from io import BytesIO
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import Field

from hub.api._framework.openapi import document
from hub.api._framework.params import Named
from hub.api._framework.problems import Problem
from hub.api._framework.routing import Access, Created, Operation, Outgoing, Routes, add_operations
from hub.api.inputs import Input, Time, Word
from hub.domain.views import Page
from hub.services.as_json import encode

ID = UUID("01900000-0000-7000-8000-000000000001")
routes = Routes("things")


class Colour(StrEnum):
    red = "red"
    blue = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing."""

    id: UUID
    at: datetime
    took: timedelta = timedelta()
    labels: frozenset[str] = frozenset()


class NewThing(Input):
    """A new thing."""

    id: UUID
    name: Word
    due: Time | None = None


@routes.get("/things", Access.anyone)
async def list_things(
    colours: Annotated[tuple[Colour, ...], Named(name="colour")] = (),
    sort: Literal["new", "old"] = "new",
    limit: Annotated[int, Field(ge=1, le=9)] = 5,
) -> Page[Thing]:
    """List things.

    The newest come first.
    """
    at = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=UTC)
    things = tuple(Thing(id=ID, at=at, labels=frozenset((c.value, sort))) for c in colours)
    return Page(items=things[:limit])


@routes.post("/things/{thing_id}", Access.anyone)
async def make_thing(thing_id: UUID, body: NewThing, outgoing: Outgoing) -> Created[Thing]:
    """Make a thing."""
    outgoing.headers.append(("X-Name", body.name))
    at = body.due or datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9)))
    return Created(Thing(id=thing_id, at=at, took=timedelta(minutes=1)), new=body.id != thing_id)


@routes.delete("/things/{thing_id}", Access.anyone)
async def drop_thing(thing_id: UUID) -> None:
    """Drop a thing."""
    assert thing_id == ID


async def everybody(_request: web.Request, _operation: Operation) -> Mapping[type, object]:
    return {}


@web.middleware
async def problems(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        answer: web.StreamResponse = await handler(request)
    except Problem as problem:
        return problem.response("r1", {})
    return answer


@asynccontextmanager
async def serving() -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application(middlewares=[problems])
    add_operations(app, routes.operations, everybody)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_repeated_query_parameters_are_a_tuple_and_times_have_milliseconds() -> None:
    async with serving() as client:
        answer = await client.get("/things?colour=red&colour=blue&limit=1")
        assert await answer.json() == {
            "items": [{"id": str(ID), "at": "2026-11-22T09:00:00.123Z", "took": 0.0, "labels": ["new", "red"]}],
            "next": None,
        }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("limit=1&limit=2", "limit"),
        ("sort=sideways", "sort"),
        ("colour=green", "colour"),
        ("colour=red&" * 51, "colour"),
        ("page=2", "page"),
    ],
)
async def test_a_query_that_does_not_fit_is_a_problem_that_names_the_parameter(query: str, field: str) -> None:
    async with serving() as client:
        answer = await client.get(f"/things?{query}")
        problem = await answer.json()
        assert (answer.status, answer.content_type) == (422, "application/problem+json")
        assert problem["errors"][0]["field"].startswith(field)
        assert problem["request_id"] == "r1"


async def test_a_create_answers_201_and_its_repetition_200() -> None:
    async with serving() as client:
        other = UUID(int=7)
        new = await client.post(f"/things/{ID}", json={"id": str(other), "name": "a"})
        known = await client.post(f"/things/{ID}", json={"id": str(ID), "name": "b"})
        assert (new.status, known.status) == (201, 200)
        assert known.headers["X-Name"] == "b"
        assert (await known.json())["at"] == "2025-12-31T15:00:00.000Z"
        assert (await known.json())["took"] == 60.0


async def test_a_delete_answers_nothing() -> None:
    async with serving() as client:
        answer = await client.delete(f"/things/{ID}")
        assert (answer.status, await answer.read()) == (204, b"")


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (b"{", "", "the body is not valid JSON"),
        (b"", "", "the body is not valid JSON"),
        (b"[]", "", "object"),
        (b'{"id":"x"}', "id", "UUID"),
        (b'{"id":"%s"}' % str(ID).encode(), "name", "is missing"),
        (b'{"id":"%s","name":""}' % str(ID).encode(), "name", "must not be empty"),
        (b'{"id":"%s","name":"a\\u0000b"}' % str(ID).encode(), "name", "pattern"),
        (b'{"id":"%s","name":"\\ud800"}' % str(ID).encode(), "", "the body is not valid JSON"),
        (b'{"id":"%s","name":"a","nmae":"b"}' % str(ID).encode(), "nmae", "is not known here"),
        (b'{"id":"%s","name":7}' % str(ID).encode(), "name", "string"),
        (b'{"id":"%s","name":"a","due":0}' % str(ID).encode(), "due", "datetime"),
        (b'{"id":"%s","name":"a","due":"2026-01-01T00:00:00"}' % str(ID).encode(), "due", "timezone"),
        (b'{"id":"%s","name":"a","due":"0001-01-01T00:00:00+14:00"}' % str(ID).encode(), "due", "between the years"),
        (b"[" * 100_000, "", "the body is not valid JSON"),
    ],
)
async def test_a_body_that_does_not_fit_is_a_problem_that_names_the_field(body: bytes, field: str, words: str) -> None:
    async with serving() as client:
        answer = await client.post(f"/things/{ID}", data=body, headers={"Content-Type": "application/json"})
        problem = await answer.json()
        assert answer.status == 422
        assert any(e["field"] == field and words in e["message"] for e in problem["errors"]), problem


async def test_what_was_sent_is_not_quoted_back() -> None:
    async with serving() as client:
        answer = await client.post(f"/things/{ID}", json={"id": "hunter2-secret", "name": ["hunter2-secret"]})
        assert "hunter2" not in await answer.text()


async def test_a_body_of_another_type_or_size_is_refused() -> None:
    async with serving() as client:
        form = await client.post(f"/things/{ID}", data={"id": str(ID)})
        large = await client.post(
            f"/things/{ID}", data=BytesIO(b" " * (1024 * 1024 + 1)), headers={"Content-Type": "application/json"}
        )
        assert (form.status, large.status) == (415, 413)


async def test_a_malformed_id_in_the_path_is_a_problem() -> None:
    async with serving() as client:
        answer = await client.delete("/things/seven")
        assert answer.status == 422
        assert (await answer.json())["errors"][0]["field"] == "thing_id"


def test_the_document_is_valid_and_says_what_the_annotations_say() -> None:
    made = document(routes.operations, title="T", version="1", server="/", answers={"Any": Thing}, inputs={})
    assert [error.message for error in OpenAPIV31SpecValidator(made).iter_errors()] == []
    listing = made["paths"]["/things"]["get"]
    assert (listing["operationId"], listing["summary"]) == ("list_things", "List things")
    assert listing["description"] == "The newest come first."
    assert [p["name"] for p in listing["parameters"]] == ["colour", "sort", "limit"]
    assert made["components"]["schemas"]["Thing"]["required"] == ["id", "at", "took", "labels"]
    assert made["components"]["schemas"]["Thing"]["properties"]["took"]["type"] == "number"
    assert "ThingPage" in made["components"]["schemas"]
    assert {"200", "201", "409", "413", "415", "422"} <= made["paths"]["/things/{thing_id}"]["post"]["responses"].keys()


def test_what_has_no_json_form_is_an_error() -> None:
    with pytest.raises(TypeError, match="not JSON serializable: bytes"):
        encode(b"bytes")
