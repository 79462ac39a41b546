"""A visitor and an agent talk through the door: nothing lost, nothing doubled, acknowledged only once stored."""

import asyncio

import pytest

from hub.api.live.frames import TYPING
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import seen
from tests.webhooks.browser import Line, message
from tests.webhooks.visiting import Visiting


async def test_a_message_is_acknowledged_shown_and_answered(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello", form={"name": "Łucja"})
            await line.until("ack", id="aaaaaaaa")
            await line.until_texts("Hello")
            assert [(item["mine"], item["client"]) for item in line.items.values()] == [(True, "aaaaaaaa")]
            await hub.answer("Good morning")
            await line.until_texts("Hello", "Good morning")
    assert next(entry.author_name for entry in await hub.entries()) == "Łucja"


async def test_after_a_cut_exactly_what_was_missed_comes(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")
        for text in ("one", "two", "three"):
            await hub.answer(text)
        async with visitor.socket(after=line.after) as again:
            await again.until_texts("one", "two", "three")
            await hub.answer("four")
            await again.until_texts("one", "two", "three", "four")


async def test_a_long_conversation_comes_in_pages_without_gaps(hub: Visiting) -> None:
    texts = [f"{number:03}" for number in range(205)]
    async with hub.browser() as visitor:
        await visitor.hello()
        await hub.said_before(visitor, *texts)
        async with visitor.socket() as line:
            await line.until_texts(*texts)
        polled = await visitor.feed()
        assert [(len(said["items"]), said["more"]) for said in polled] == [(100, True)]


async def test_another_window_of_the_same_visitor_sees_it_too(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as one, visitor.socket() as two:
            await one.say("From the first window")
            await two.until_texts("From the first window")


async def test_a_frame_sent_five_times_is_one_entry(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            for _ in range(5):
                await line.say("Only once")
                await line.until("ack", id="aaaaaaaa")
            await line.say("Last", client="bbbbbbbb")
            await line.until_texts("Only once", "Last")
    assert [entry.text for entry in await hub.entries()] == ["Only once", "Last"]


async def test_nothing_is_acknowledged_before_it_is_stored(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.until("items")
            hub.journal.gate.clear()
            await line.say("Hello")
            await hub.journal.knocked.wait()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(line.ws.receive(), 0.2)
            hub.journal.gate.set()
            await line.until("ack", id="aaaaaaaa")


async def test_what_could_not_be_stored_is_kept_by_the_browser_and_counts_once(hub: Visiting) -> None:
    hub.journal.faults.append(OSError("no space left on device"))
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            refused = await line.until("refused", id="aaaaaaaa")
            assert (refused["code"], refused["retry"] > 0) == ("busy", True)
            assert "no space" not in refused["detail"]
            await line.say("Hello")
            await line.until("ack", id="aaaaaaaa")
            await line.until_texts("Hello")


async def test_while_the_database_is_away_visitors_are_told_to_come_again(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")
            hub.queries.fault = OSError("database is locked")
            await hub.connector(hub.channels[0]).show_typing(ExternalId(visitor.thread))
            assert await line.closed() == 1013
        async with visitor.http.get("feed", headers=visitor.bearer) as answer:
            assert (answer.status, (await answer.json())["code"]) == (503, "busy")
            assert answer.headers["Retry-After"] == "5"
        await hub.answer("while it was away")
        hub.queries.fault = None
        async with visitor.socket(after=line.after) as again:
            await again.until_texts("while it was away")


async def test_read_means_read_up_to_there(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")
            await hub.answer("one")
            await hub.answer("two")
            await line.until_texts("Hello", "one", "two")
            await _until_states(line, {"sent"})
            last = max(line.items.values(), key=lambda item: item["at"])
            await line.send(type="read", id="rrrrrrrr", upto=last["delivery"])
            await line.until("ack", id="rrrrrrrr")
            await _until_states(line, {"read"})


async def _until_states(line: Line, states: set[str]) -> None:
    """Return once these are the states of our messages, as the visitor's browser knows them."""
    while {item["state"] for item in line.items.values() if not item["mine"]} != states:
        await line.until("items")


async def test_typing_goes_both_ways_and_seen_to_the_visitor(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")
            with hub.notices.signs() as signs:
                await line.send(type="typing")
                typing = await asyncio.wait_for(signs.get(), 10)
            shown = TYPING.validate_python(typing)
            assert (shown.who, shown.conversation_id) == ("contact", await hub.conversation())
            (entry,) = await hub.entries()
            connector = hub.connector(hub.channels[0])
            await connector.show_typing(ExternalId(visitor.thread))
            await line.until("typing")
            await connector.mark_read(seen(visitor.thread, f"{visitor.thread}:aaaaaaaa"))
            assert (await line.until("seen"))["upto"] == "aaaaaaaa"
            assert entry.text == "Hello"


async def test_the_chat_looks_open_while_an_agent_is_there(hub: Visiting) -> None:
    hub.agents.clear()
    async with hub.browser() as visitor:
        assert (await visitor.hello())["online"] is False
        async with visitor.socket() as line:
            await line.until("items")
            hub.agents.append("ann")
            await line.say("Hello")
            assert (await line.until("presence"))["online"] is True


# --- polling ------------------------------------------------------------------------------------------------


async def test_polling_shows_what_the_socket_shows(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        assert await visitor.post(message("Hello"), message("again", "bbbbbbbb")) == [
            {"type": "ack", "id": "aaaaaaaa"},
            {"type": "ack", "id": "bbbbbbbb"},
        ]
        async with visitor.socket() as line:
            await line.until_texts("Hello", "again")
        await hub.answer("Good morning")
        polled = await visitor.feed()
        async with visitor.socket() as whole:
            await whole.until_texts("Hello", "again", "Good morning")
        assert [item["id"] for said in polled for item in said["items"]] == list(whole.items)


async def test_a_waiting_poll_ends_as_soon_as_something_is_said(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")
        waiting = asyncio.create_task(visitor.feed(after=line.after, wait=20))
        await hub.answer("Good morning")
        (said,) = await asyncio.wait_for(waiting, 10)
        assert [item["text"] for item in said["items"]] == ["Good morning"]


async def test_a_poll_that_need_not_wait_answers_at_once(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        assert await visitor.feed() == []


# --- the end ------------------------------------------------------------------------------------------------


async def test_at_shutdown_every_socket_is_closed_and_told_to_come_back(hub: Visiting) -> None:
    async with hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.until("items")
            closing = asyncio.create_task(hub.server.close())
            assert await line.closed() == 1001
            await closing
