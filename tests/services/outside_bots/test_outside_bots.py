"""A bot outside is told what customers say, speaks while it has the word, and gives way to humans in every case."""

import asyncio
import json
from uuid import UUID

from aiohttp import web

from hub.domain.botflow.speaking import Speaker
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind, Direction, InteractionKind
from hub.domain.outside_bots import BotEventId, BotEventState
from hub.domain.user import Role
from hub.services.hooks import signature
from hub.services.ids import new_id
from tests.api.workspace import fresh
from tests.scripted import says
from tests.services.outside_bots.world import BotWorld, with_actions, with_status


async def test_a_bot_is_told_signed_and_answers_with_a_call(either: BotWorld) -> None:
    conversation_id = await either.writes("Where is my parcel?")
    await either.tell()
    ((headers, body),) = either.server.heard
    assert headers["X-Hub-Signature"] == signature(either.secret, body, either.hub.clock.now())
    told = json.loads(body)
    assert (told["event"], told["message"]["text"], told["contact"]["name"]) == (
        "message",
        "Where is my parcel?",
        "Ann",
    )
    assert (told["conversation"]["id"], told["id"]) == (str(conversation_id), headers["X-Hub-Delivery"])
    reply = {"id": fresh(), "text": "On its way.", "choices": ["Thanks", "A human, please"]}
    done = await either.call(conversation_id, "replies", reply)
    assert done == {"interaction_ids": [reply["id"]], "troubles": []}
    last = (await either.thread(conversation_id))[-1]
    assert (last.author_kind, last.direction) == (AuthorKind.bot, Direction.outbound)
    assert last.text == "On its way.\n1. Thanks\n2. A human, please"
    assert [event.state for event in await either.events()] == [BotEventState.done]


async def test_a_reply_that_is_repeated_is_said_once(world: BotWorld) -> None:
    conversation_id = await world.writes()
    body = {"id": fresh(), "text": "Hi."}
    assert await world.call(conversation_id, "replies", body) == await world.call(conversation_id, "replies", body)
    assert await world.texts(conversation_id) == ["Hello", "Hi."]


async def test_a_bot_sends_a_file_it_uploaded_as_often_as_it_likes_and_nobody_elses(world: BotWorld) -> None:
    conversation_id = await world.writes()
    file, body = fresh(), b"Invoice 4711"
    status, made = await world.bot.post(f"/bot/files?id={file}&name=invoice.txt", data=body)
    assert (status, made["name"], made["size"]) == (201, "invoice.txt", len(body))
    for _ in range(2):
        await world.call(conversation_id, "replies", {"id": fresh(), "file_ids": [file]})
    sent = [one.attachments for one in await world.thread(conversation_id) if one.author_kind is AuthorKind.bot]
    assert [[each.name for each in files] for files in sent] == [["invoice.txt"], ["invoice.txt"]]
    agent = await world.hub.person(Role.agent)
    status, theirs = await agent.post(f"/attachments?id={fresh()}&name=secret.txt", data=b"secret")
    assert status == 201
    reply = {"id": fresh(), "file_ids": [theirs["id"]]}
    assert (await world.bot.post(f"/bot/conversations/{conversation_id}/replies", reply))[0] == 404


async def test_a_webhooks_answer_may_hold_all_it_wants_done(world: BotWorld) -> None:
    world.server.answer = with_actions(
        {"type": "reply", "text": "A colleague writes to you."},
        {"type": "set_field", "name": "order", "value": "4711"},
        {"type": "add_tag", "tag": "parcel"},
        {"type": "note", "text": "A good customer."},
        {"type": "hand_over", "words": "Wants to know where the parcel is."},
    )
    conversation_id = await world.writes()
    await world.tell()
    row = (await world.hub.rows())[0]
    assert row.tags == ("parcel",)
    contact = await world.hub.deps.storage.queries.contact(row.contact_id)
    assert contact is not None
    assert contact.fields == (("order", "4711"),)
    texts = await world.texts(conversation_id)
    assert sorted(texts[1:3]) == ["A colleague writes to you.", "A good customer."]
    assert "The bot “Robo” handed over: as the flow says.\nWants to know where the parcel is." in texts[-1]
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_each_message_is_told_once_and_in_order_while_the_bot_has_the_word(world: BotWorld) -> None:
    conversation_id = await world.writes("one")
    await world.writes("two")
    await world.writes("three")
    await world.tell()
    await world.tell()
    told = [json.loads(body)["message"]["text"] for _, body in world.server.heard]
    assert sorted(told) == ["one", "three", "two"]
    assert [event.conversation_id for event in await world.events()] == [conversation_id] * 3
    assert len({event.turn for event in await world.events()}) == 1


async def test_a_humans_word_takes_the_conversation_and_the_bot_is_refused(world: BotWorld) -> None:
    conversation_id = await world.writes()
    await world.call(conversation_id, "replies", {"id": fresh(), "text": "Bot here."})
    agent = await world.hub.person(Role.agent)
    status, _ = await agent.post(f"/conversations/{conversation_id}/replies", {"id": fresh(), "text": "Human here."})
    assert status == 201
    status, words = await world.refused(conversation_id)
    assert (status, "A human took this conversation over" in words) == (409, True)
    assert await world.texts(conversation_id) == ["Hello", "Bot here.", "Human here."]
    await world.writes("Thanks")
    await world.tell()
    assert len(await world.events()) == 1


async def test_what_was_not_told_yet_when_a_human_came_is_told_to_nobody(world: BotWorld) -> None:
    conversation_id = await world.writes()
    agent = await world.hub.person(Role.agent)
    await agent.post(f"/conversations/{conversation_id}/replies", {"id": fresh(), "text": "Human here."})
    await world.tell()
    assert world.server.heard == []
    assert [event.state for event in await world.events()] == [BotEventState.void]
    assert len(await world.texts(conversation_id)) == 2


async def test_a_bot_that_does_not_acknowledge_gives_way_to_humans(world: BotWorld) -> None:
    world.server.answer = with_status(503)
    conversation_id = await world.writes()
    await world.tell()
    assert (await world.lock(conversation_id)).speaker is Speaker.bot
    world.hub.clock.forward(seconds=3)
    await world.tell()
    assert len(world.server.heard) == 2
    world.hub.clock.forward(seconds=12)
    await world.tell()
    assert (await world.lock(conversation_id)).speaker is Speaker.human
    note = (await world.thread(conversation_id))[-1]
    assert note.kind is InteractionKind.note
    assert "the bot did not answer in time" in note.text
    assert "status 503" in note.text
    assert [event.state for event in await world.events()] == [BotEventState.late]
    assert (await world.refused(conversation_id))[0] == 409


async def test_a_bot_that_acknowledges_and_then_sleeps_gives_way_to_humans(world: BotWorld) -> None:
    conversation_id = await world.writes()
    await world.tell()
    assert [event.state for event in await world.events()] == [BotEventState.acknowledged]
    world.hub.clock.forward(seconds=61)
    await world.tell()
    assert "then did nothing" in (await world.texts(conversation_id))[-1]
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_a_bot_whose_address_refuses_gives_way_at_once(world: BotWorld) -> None:
    world.server.answer = with_status(404)
    conversation_id = await world.writes()
    await world.tell()
    assert "status 404" in (await world.texts(conversation_id))[-1]
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_what_cannot_be_done_gives_way_to_humans_with_the_reason(world: BotWorld) -> None:
    world.server.answer = with_actions({"type": "reply", "text": "x" * 5000})
    conversation_id = await world.writes()
    await world.tell()
    assert "could not be done" in (await world.texts(conversation_id))[-1]
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_a_bot_goes_on_where_it_has_the_word_although_its_rule_is_gone(world: BotWorld) -> None:
    await world.writes("one")
    async with world.hub.deps.storage.begin() as uow:
        for rule in await uow.bots.rules():
            await uow.bots.delete_rule(rule.id)
    await world.writes("two")
    assert len(await world.events()) == 2


async def test_an_answer_that_is_too_large_or_no_json_does_no_harm(world: BotWorld) -> None:
    async def large(_event: object) -> web.StreamResponse:
        return web.Response(body=b"x" * 100_000)

    async def word(_event: object) -> web.StreamResponse:
        return web.Response(text="OK")

    world.server.answer = large
    await world.writes()
    await world.tell()
    assert [event.state for event in await world.events()] == [BotEventState.sent]
    world.server.answer = word
    world.hub.clock.forward(seconds=3)
    await world.tell()
    assert [event.state for event in await world.events()] == [BotEventState.acknowledged]


async def test_a_bot_sees_and_touches_no_other_conversation(world: BotWorld) -> None:
    mine = await world.writes()
    async with world.hub.deps.storage.begin() as uow:
        for rule in await uow.bots.rules():
            await uow.bots.delete_rule(rule.id)
    await world.hub.hears(says("Secret", by="bob", at=world.hub.clock.now()))
    other = next(row.id for row in await world.hub.rows() if row.id != mine)
    assert (await world.refused(other))[0] == 404
    assert (await world.refused(ConversationId(new_id())))[0] == 404
    for path in ("/conversations", f"/conversations/{mine}", "/contacts"):
        assert (await world.bot.call("GET", f"/api/v1{path}"))[0] == 403


async def test_a_bot_that_is_switched_off_leaves_the_next_message_to_humans(world: BotWorld) -> None:
    conversation_id = await world.writes()
    await world.call(conversation_id, "replies", {"id": fresh(), "text": "Hi."})
    admin = await world.hub.person(Role.admin)
    assert (await admin.patch(f"/outside-bots/{world.bot_id}", {"active": False}))[0] == 200
    assert (await world.refused(conversation_id))[0] == 404
    await world.writes("Hello?")
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_a_deleted_bots_token_ends_and_its_customers_get_humans(world: BotWorld) -> None:
    conversation_id = await world.writes()
    admin = await world.hub.person(Role.admin)
    assert (await admin.delete(f"/outside-bots/{world.bot_id}"))[0] == 204
    assert (await world.refused(conversation_id))[0] == 401
    await world.writes("Hello?")
    assert (await world.lock(conversation_id)).speaker is Speaker.human


async def test_new_secrets_end_the_old_ones(world: BotWorld) -> None:
    admin = await world.hub.person(Role.admin)
    status, made = await admin.post(f"/outside-bots/{world.bot_id}/renew")
    assert (status, made["secret"] == world.secret) == (200, False)
    assert (await world.bot.call("GET", "/api/v1/bot"))[0] == 401
    world.bot.headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await world.bot.get("/bot"))["name"] == "Robo"


async def test_closing_resolves_and_a_new_message_wakes_the_bot_again(world: BotWorld) -> None:
    conversation_id = await world.writes()
    await world.call(conversation_id, "close")
    assert (await world.hub.rows())[0].state == "resolved"
    assert (await world.lock(conversation_id)).speaker is Speaker.nobody
    world.hub.clock.forward(minutes=1)
    await world.writes("One more thing")
    assert (await world.lock(conversation_id)).speaker is Speaker.bot
    assert len(await world.events()) == 2


async def test_an_assignment_and_what_cannot_be_set_are_told(world: BotWorld) -> None:
    conversation_id = await world.writes()
    ann = await world.hub.user(Role.agent)
    assert await world.call(conversation_id, "assign", {"user_id": str(ann.id)}) == {
        "interaction_ids": [],
        "troubles": [],
    }
    assert (await world.hub.rows())[0].assignee_id == ann.id
    done = await world.call(conversation_id, "assign", {"team_id": fresh()})
    assert "no such team" in done["troubles"][0]
    assert await world.call(conversation_id, "tags", {"tag": "vip"})
    assert await world.call(conversation_id, "fields", {"name": "company", "value": "ACME"})
    assert (await world.lock(conversation_id)).speaker is Speaker.bot


async def test_many_late_bots_and_humans_at_once_leave_one_note_each(either: BotWorld) -> None:
    conversation_id = await either.writes()
    either.hub.clock.forward(seconds=20)
    reply = {"id": fresh(), "text": "Late."}
    await asyncio.gather(
        either.tell(), either.tell(), either.bot.post(f"/bot/conversations/{conversation_id}/replies", reply)
    )
    entries = await either.thread(conversation_id)
    notes = [one for one in entries if one.kind is InteractionKind.note]
    said = [one for one in entries if one.author_kind is AuthorKind.bot and one.kind is InteractionKind.message]
    assert len(notes) + len(said) == 1


async def test_a_bot_listens_on_the_websocket_and_acknowledges_there(listening: BotWorld) -> None:
    conversation_id = await listening.writes("one")
    address = f"{listening.hub.origin}/api/v1/bot/live"
    async with listening.bot.http.ws_connect(
        address, headers=listening.bot.headers, protocols=("hub.bot.v1",)
    ) as socket:
        first = await socket.receive_json(timeout=5)
        assert (first["message"]["text"], first["conversation"]["id"]) == ("one", str(conversation_id))
        await listening.writes("two")
        second = await socket.receive_json(timeout=5)
        assert (second["message"]["text"], second["seq"] > first["seq"]) == ("two", True)
        await socket.send_json({"acknowledge": second["id"]})
        await socket.send_json({"acknowledge": "nonsense"})
        assert (await socket.receive(timeout=5)).type.name in {"CLOSE", "CLOSED", "CLOSING"}
    states = {event.id: event.state for event in await listening.events()}
    assert states[BotEventId(UUID(second["id"]))] is BotEventState.acknowledged
    async with listening.bot.http.ws_connect(
        f"{address}?after={first['seq']}", headers=listening.bot.headers
    ) as socket:
        assert (await socket.receive_json(timeout=5))["message"]["text"] == "two"
    events = await listening.bot.get("/bot/events")
    assert [one["seq"] for one in events] == [first["seq"], second["seq"]]


async def test_a_bot_that_is_not_connected_gives_way_to_humans(listening: BotWorld) -> None:
    conversation_id = await listening.writes()
    listening.hub.clock.forward(seconds=16)
    await listening.tell()
    assert (await listening.lock(conversation_id)).speaker is Speaker.human


async def test_a_bot_acknowledges_by_a_call(listening: BotWorld) -> None:
    await listening.writes()
    (event,) = await listening.bot.get("/bot/events")
    status, answer = await listening.bot.post(f"/bot/events/{event['id']}/acknowledge")
    assert (status, answer["state"]) == (200, "acknowledged")
    assert (await listening.bot.post(f"/bot/events/{fresh()}/acknowledge"))[0] == 404


async def test_the_log_tells_an_admin_what_became_of_each_event(world: BotWorld) -> None:
    await world.writes()
    await world.tell()
    admin = await world.hub.person(Role.admin)
    (event,) = (await admin.get(f"/outside-bots/{world.bot_id}/events"))["items"]
    assert (event["state"], event["kind"]) == ("acknowledged", "message")
    (bot,) = await admin.get("/outside-bots")
    assert world.secret not in str(bot)


async def test_who_makes_a_bot_gets_its_secrets_once_and_mistakes_in_words(world: BotWorld) -> None:
    admin = await world.hub.person(Role.admin)
    body = {"id": fresh(), "name": "Two", "url": "https://bot.example/hub", "ack_within": 5}
    status, made = await admin.post("/outside-bots", body)
    assert (status, made["token"][:4], made["secret"][:7]) == (201, "hub_", "hubbot_")
    status, again = await admin.post("/outside-bots", body)
    assert (status, again["token"], again["secret"]) == (200, None, None)
    for wrong in ({"url": "https://me:you@bot.example/"}, {"name": "  "}, {"ack_within": 1}):
        assert (await admin.post("/outside-bots", {**body, "id": fresh(), **wrong}))[0] == 422


async def test_a_person_gives_a_conversation_to_the_bot_and_it_is_told_of_the_last_message(world: BotWorld) -> None:
    conversation_id = await world.writes("Where is my parcel?")
    agent = await world.hub.person(Role.agent)
    await agent.post(f"/conversations/{conversation_id}/replies", {"id": fresh(), "text": "One moment."})
    path, body = f"/conversations/{conversation_id}/outside-bot", {"bot_id": str(world.bot_id)}
    status, event = await agent.post(path, body)
    assert (status, event["kind"], event["state"]) == (200, "given", "queued")
    assert (await agent.post(path, body))[0] == 409
    await world.tell()
    told = json.loads(world.server.heard[-1][1])
    assert (told["event"], told["message"]["text"]) == ("given", "Where is my parcel?")
    await world.call(conversation_id, "replies", {"id": fresh(), "text": "It is on its way."})
    assert (await agent.post(path, {"bot_id": fresh()}))[0] == 404
