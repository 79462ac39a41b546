"""Whatever customers and authors bring: a sensible answer or a human, never silence, never a second greeting."""

import pytest

from hub.domain.botflow.flow import AnswerKind, Fill, Finish, Hand, Http
from tests.domain.botflow.flows import message, options, question
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


async def test_answers_before_the_question_answer_nothing(bots: BotHub) -> None:
    await greeter(bots)
    await bots.hears("Hi")
    row = await bots.hears("Support", "Ann Nowak")
    given = [one.answer for one in (await bots.run(row.id)).position.given]
    assert given[0] in {"Support", "Ann Nowak"}
    assert (await bots.said())[:2] == ["Hello!", "name?"]


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
