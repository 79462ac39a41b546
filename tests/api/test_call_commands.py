"""Commands to live calls over the API: who may, what is recorded meanwhile, and who is told."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest

from hub.contract.calls import (
    Hold,
    Record,
    Supervise,
)
from hub.domain.callflow.plan import ListenNotice, Prompt
from hub.domain.ids import CallId
from hub.domain.user import Role
from hub.services.calls.controlling import control
from tests.api.phone_office import CAPABILITIES, Office, Phone, phone_office
from tests.api.workspace import Workspace, fresh
from tests.calls import by


@pytest.fixture
async def office(hub: Workspace) -> AsyncIterator[Office]:
    async with phone_office(hub) as served:
        yield served


async def test_only_who_is_on_a_call_changes_it_and_only_managers_listen_in(office: Office) -> None:
    user, client = await office.agent()
    _, other = await office.agent()
    told = replace(office.call(), began=office.hub.clock.now())
    await office.hears(*by(user.id, told.answered()[:5]))
    (live,) = (await client.get("/calls?live=true"))["items"]
    commands = f"/calls/{live['id']}/commands"
    assert (await client.post(commands, {"do": "hold", "on": True}))[0] == 200
    assert office.exchange.commands[0][1] == Hold(on=True)
    assert (await other.post(commands, {"do": "hold", "on": True}))[0] == 403
    assert (await client.post(commands, {"do": "supervise", "mode": "listen"}))[0] == 403
    boss, manager = await office.agent(Role.manager)
    assert (await manager.post(commands, {"do": "supervise", "mode": "listen"}))[0] == 200
    log = (await manager.get(f"/plays?call={live['id']}"))["items"]
    assert [(line["kind"], line["user_id"]) for line in log] == [("listen", str(boss.id)), ("refused", str(user.id))]
    status, problem = await client.post(commands, {"do": "digits", "digits": "1"})
    assert (status, "cannot do this" in problem["detail"]) == (422, True)
    assert (await client.post(commands, {"do": "hold"}))[0] == 422
    status, problem = await client.post(
        commands, {"do": "transfer", "to": {"kind": "number", "address": "+19005550199"}}
    )
    assert (status, "not allowed" in problem["detail"]) == (422, True)


async def test_a_paused_recording_is_a_fact_of_the_call_that_everybody_sees(office: Office) -> None:
    user, client = await office.agent()
    _, manager = await office.agent(Role.manager)
    told = replace(office.call(), began=office.hub.clock.now())
    await office.hears(*by(user.id, told.answered()[:5]))
    (live,) = (await client.get("/calls?live=true"))["items"]
    assert live["recording_paused"] is False
    commands = f"/calls/{live['id']}/commands"
    assert (await client.post(commands, {"do": "record", "recording": "pause"}))[0] == 200
    await office.read()
    assert (await manager.get(f"/calls/{live['id']}"))["recording_paused"] is True
    assert (await manager.get("/calls?live=true"))["items"][0]["recording_paused"] is True
    assert (await client.post(commands, {"do": "record", "recording": "resume"}))[0] == 200
    await office.read()
    after = await manager.get(f"/calls/{live['id']}")
    assert (after["recording_paused"], len(after["pauses"])) == (False, 1)
    office.exchange.refuses = "Nothing of this call is recorded now."
    assert (await client.post(commands, {"do": "record", "recording": "pause"}))[0] == 422
    await office.read()
    assert (await manager.get(f"/calls/{live['id']}"))["recording_paused"] is False


async def test_a_pause_the_provider_did_not_answer_is_unknown_until_it_is_asked_again(office: Office) -> None:
    user, client = await office.agent()
    await office.hears(*by(user.id, replace(office.call(), began=office.hub.clock.now()).answered()[:5]))
    (live,) = (await client.get("/calls?live=true"))["items"]
    pause = {"do": "record", "recording": "pause"}
    office.exchange.unclear = True
    status, problem = await client.post(f"/calls/{live['id']}/commands", pause)
    assert (status, "not known" in problem["detail"]) == (422, True)
    await office.read()
    unsure = await client.get(f"/calls/{live['id']}")
    assert (unsure["recording_paused"], unsure["recording_unsure"]) == (False, True)
    office.exchange.unclear = False
    office.hub.clock.forward(seconds=5)
    assert (await client.post(f"/calls/{live['id']}/commands", pause))[0] == 200
    await office.read()
    sure = await client.get(f"/calls/{live['id']}")
    assert (sure["recording_paused"], sure["recording_unsure"]) == (True, False)
    assert [one["sure"] for one in sure["pauses"]] == [False, True]


async def test_a_hub_that_dies_while_a_recording_is_paused_leaves_word_of_it(office: Office) -> None:
    user, client = await office.agent()
    await office.hears(*by(user.id, replace(office.call(), began=office.hub.clock.now()).answered()[:5]))
    (live,) = (await client.get("/calls?live=true"))["items"]
    office.exchange.hangs = True
    storage, pause = office.hub.deps.storage, Record(change="pause")
    phone = Phone(office.script, office.exchange)
    asking = asyncio.create_task(
        control(
            storage,
            phone,
            CAPABILITIES,
            CallId(UUID(live["id"])),
            pause,
            by=user.id,
            supervisor=False,
            clock=office.hub.clock,
        )
    )
    await office.exchange.asked.wait()
    asking.cancel()
    await asyncio.wait([asking])
    await office.read()
    found = await client.get(f"/calls/{live['id']}")
    assert (found["recording_unsure"], [one["sure"] for one in found["pauses"]]) == (True, [False])


async def test_a_line_says_who_is_told_before_a_manager_listens_in(office: Office) -> None:
    user, _ = await office.agent()
    _, manager = await office.agent(Role.manager)
    _, admin = await office.agent(Role.admin)
    first = (await admin.get("/call-plans/first"))["plan"]
    said, silent = ({"to": "everybody", "prompt": {"text": text}} for text in ("Somebody listens.", " "))
    line = {"id": fresh(), "name": "Main", "channel_id": str(office.channel.id)}
    status, problem = await admin.post("/lines", {**line, "plan": {**first, "listening": silent}})
    assert (status, "before a manager listens in" in problem["detail"]) == (422, True)
    assert (await admin.post("/lines", {**line, "plan": {**first, "listening": said}}))[0] == 201
    told = replace(office.call(), began=office.hub.clock.now())
    await office.hears(*by(user.id, told.answered()[:5]))
    (live,) = (await manager.get("/calls?live=true"))["items"]
    assert (await manager.post(f"/calls/{live['id']}/commands", {"do": "supervise", "mode": "listen"}))[0] == 200
    command = office.exchange.commands[-1][1]
    assert isinstance(command, Supervise)
    assert command.notice == ListenNotice(to="everybody", prompt=Prompt(text="Somebody listens."))
    (line_of_log,) = (await manager.get(f"/plays?call={live['id']}"))["items"]
    assert line_of_log["reason"] == "Agent and customer were told first."
