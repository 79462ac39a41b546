"""Whatever customers and authors bring: a sensible answer or a human, never silence, never a second greeting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.domain.botflow.effects import Reason
from hub.domain.botflow.flow import AnswerKind, Fill, Finish, Hand, Http, Other
from hub.domain.botflow.reading import write_flow
from hub.domain.botflow.records import BotVersion
from hub.runtime.fetch import GuardedHttp
from hub.runtime.lookups import LookUps
from tests.domain.botflow.flows import flow, message, options, question
from tests.scripted import says
from tests.services.bots.bothub import BotHub


async def greeter(bots: BotHub) -> None:
    await bots.greeter(
        message("hello", "name", en="Hello!"),
        question("name", AnswerKind.name, "topic"),
        question("topic", AnswerKind.choice, "end", options=options("Sales", "Support")),
        Hand(id="end", text={"en": "A colleague answers."}),
    )


@pytest.mark.parametrize("first", ["😀", "👍🏽👩‍🔧", "?!", "a" * 50_000, "\u202e\u0000 ", "Zażółć\n" * 2_000])
async def test_whatever_comes_first_is_greeted_once(bots: BotHub, first: str) -> None:
    await greeter(bots)
    await bots.hears(first)
    assert await bots.said() == ["Hello!", "name?"]


@pytest.mark.parametrize(
    "answer", ["😀", "x" * 50_000, "https://evil.example/{{ contact }}", "{% for i in (1..9999999) %}x"]
)
async def test_what_is_no_answer_is_asked_for_again_and_then_a_human_has_it(bots: BotHub, answer: str) -> None:
    await greeter(bots)
    row = await bots.hears("Hi")
    for _ in range(3):
        await bots.hears(answer)
    assert (await bots.said()).count("Hello!") == 1
    assert (await bots.run(row.id)).end == "handed_over"


async def test_five_messages_at_once_are_one_greeting_and_none_is_lost(bots: BotHub) -> None:
    await greeter(bots)
    await bots.hears("Hi", "are you there", "my parcel", "is late", "since monday")
    assert await bots.said() == ["Hello!", "name?"]
    row = await bots.hears("Ann", "my parcel", "is late", "it is urgent", "hurry please")
    asked = (await bots.said())[2:]
    assert asked[0] == "topic?\n1. Sales\n2. Support"
    assert len(asked) <= 2
    await bots.hears("2")
    assert (await bots.said())[-1] == "A colleague answers."
    position = (await bots.run(row.id)).position
    assert [one.answer for one in position.given] == ["Ann", "Support"]
    assert position.remarks == ("my parcel", "is late", "it is urgent", "hurry please")


async def test_answers_that_arrive_out_of_order_are_taken_in_the_order_they_were_written(bots: BotHub) -> None:
    await greeter(bots)
    row = await bots.hears("Hi")
    clock = bots.place.hub.clock
    clock.forward(seconds=10)
    for text, seconds_ago in (("my parcel is late", 2), ("Ann Nowak", 4), ("since monday", 1)):
        await bots.place.hub.hears(says(text, at=clock.now() - timedelta(seconds=seconds_ago)))
    await bots.waits(seconds=1)
    position = (await bots.run(row.id)).position
    assert [one.answer for one in position.given] == ["Ann Nowak"]
    assert position.remarks == ("my parcel is late", "since monday")
    assert (await bots.said())[2:] == ["topic?\n1. Sales\n2. Support"]
    await bots.hears("2")
    assert (await bots.run(row.id)).end == "handed_over"


async def test_an_answer_to_a_question_that_was_not_asked_yet_is_kept_for_the_human(bots: BotHub) -> None:
    await greeter(bots)
    row = await bots.hears("Hi")
    await bots.hears("Ann Nowak", "Support", turns=False)
    await bots.waits(seconds=1)
    position = (await bots.run(row.id)).position
    assert ([one.answer for one in position.given], position.remarks) == (["Ann Nowak"], ("Support",))
    assert (await bots.said())[-1] == "topic?\n1. Sales\n2. Support"


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in (1..100000000) %}x{% endfor %}",
        "{% for i in (1..900) %}{% for j in (1..900) %}xxxxxxxxxx{% endfor %}{% endfor %}",
        "{% assign a = 'x' %}{% for i in (1..900) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
        "{{ 'x' | nonsense }}",
    ],
)
async def test_a_template_that_never_ends_brings_a_human(bots: BotHub, template: str) -> None:
    await bots.greeter(message("hello", "end", en=template), Hand(id="end"))
    row = await bots.hears("Hi")
    assert (await bots.run(row.id)).end == "handed_over"
    assert await bots.notes()


async def test_a_look_up_that_fails_goes_the_way_its_author_drew(bots: BotHub) -> None:
    await bots.greeter(
        Http(id="look", url="https://10.0.0.1/x", exits={"ok": "end", "failed": "sorry"}),
        message("sorry", "end", en="I cannot look that up now."),
        Hand(id="end"),
    )
    row = await bots.hears("Hi")
    assert (await bots.said())[0] == "I cannot look that up now."
    assert (await bots.run(row.id)).end == "handed_over"


async def test_a_field_that_vanished_is_empty_and_the_talk_goes_on(bots: BotHub) -> None:
    await bots.greeter(
        Fill(id="fill", fields={"order": "{{ contact.gone.deeper }}"}, tags=("{{ nothing }}",), exits={"next": "bye"}),
        Finish(id="bye", text={"en": "Bye{{ contact.gone }}."}),
    )
    await bots.hears("Hi")
    assert await bots.said() == ["Bye."]


@pytest.mark.parametrize("path", ["/hangs", "/inside", "/elsewhere"])
async def test_an_address_that_hangs_or_leads_inside_is_given_up_and_the_customer_hears_on(
    bots: BotHub, path: str
) -> None:
    async with shop() as (url, endpoint):
        guarded = GuardedHttp(allowed=[endpoint])
        bots.with_means(look_up=LookUps(guarded.ask))
        await bots.greeter(
            message("hello", "look", en="Hello!"),
            Http(id="look", url=f"{url}{path}", seconds=0.5, exits={"ok": "end", "failed": "sorry"}),
            message("sorry", "end", en="I cannot look that up now."),
            Hand(id="end"),
        )
        row = await bots.hears("Hi")
        await guarded.close()
    assert (await bots.said())[:2] == ["Hello!", "I cannot look that up now."]
    assert (await bots.run(row.id)).end == "handed_over"


@asynccontextmanager
async def shop() -> AsyncIterator[tuple[str, str]]:
    """Serve an address that hangs, and some that redirect into networks of others; returns it and its endpoint."""
    over = asyncio.Event()

    async def hangs(_request: web.Request) -> web.Response:
        await over.wait()
        return web.Response()

    async def leads(request: web.Request) -> web.Response:
        where = {"/inside": "http://169.254.169.254/latest/meta-data", "/elsewhere": "http://10.0.0.1/"}
        raise web.HTTPFound(where[request.path])

    app = web.Application()
    app.add_routes([web.get("/hangs", hangs), web.get("/inside", leads), web.get("/elsewhere", leads)])
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/"), f"{server.host}:{server.port}"
    finally:
        over.set()
        await server.close()


async def test_flows_that_start_each_other_for_ever_bring_a_human_with_the_reason(bots: BotHub) -> None:
    other = await bots.greeter(message("hello", "end", en="Hello!"), Hand(id="end"))
    first = await bots.flow(Other(id="there", flow_id=other), name="Round")
    graph = write_flow(flow(Other(id="back", flow_id=first)))
    async with bots.place.hub.storage.begin() as uow:
        now = bots.place.hub.clock.now()
        await uow.bots.add_version(BotVersion(flow_id=other, number=2, graph=graph, published_at=now))
        known = await uow.bots.flow(other)
        assert known is not None
        await uow.bots.update_flow(replace(known, published=2))
    row = await bots.hears("Hi")
    assert (await bots.run(row.id)).reason is Reason.loop
    assert (await bots.said()) == ["I am connecting you with a colleague. They will answer here."]
    assert "went round without asking anything" in (await bots.notes())[0]


async def test_a_round_without_a_question_is_left_for_a_human_and_not_said_a_hundred_times(bots: BotHub) -> None:
    await bots.greeter(message("a", "b", en="Hello!"), message("b", "a", en="Still here."))
    row = await bots.hears("Hi")
    assert (await bots.run(row.id)).reason is Reason.loop
    assert len(await bots.said()) <= 51


async def test_a_very_long_answer_is_kept_in_part_and_the_talk_goes_on(bots: BotHub) -> None:
    await bots.greeter(question("story", next="bye", contact_field="story"), Finish(id="bye", text={"en": "Thanks."}))
    await bots.hears("Hi")
    row = await bots.hears("\u00e4" * 50_000)
    assert (await bots.said())[-1] == "Thanks."
    given = (await bots.run(row.id)).position.given[0].answer
    assert 0 < len(given) <= 1000
