"""The assistant over the API: set up, asked, written down; the mark of AI stays with what a person sends."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hub.domain.channel import Capabilities
from hub.domain.user import Role
from hub.runtime.fetch import GuardedHttp
from tests.api.workspace import Client, Workspace, fresh
from tests.peers.fake_model import FakeModel, fake_model
from tests.scripted import says

Room = tuple[Workspace, FakeModel]


@pytest.fixture
async def room(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    """A served hub whose assistant is switched on, and its model."""
    async with fake_model() as model:
        guarded = GuardedHttp(allowed=[model.endpoint])
        capabilities = Capabilities(text_limit=1000)
        async with Workspace.open(sqlite_url, tmp_path, capabilities=capabilities, ask=guarded.ask) as hub:
            admin = await hub.person(Role.admin)
            status, body = await admin.patch(
                "/assistant/settings", {"enabled": True, "url": model.url, "model": "small", "api_key": "sk-secret"}
            )
            assert (status, body["api_key_set"], "sk-secret" in str(body)) == (200, True, False)
            yield hub, model
        await guarded.close()


async def conversation(hub: Workspace, text: str = "Where is my order?") -> str:
    await hub.hears(says(text, at=hub.clock.now()))
    return str((await hub.rows())[0].id)


async def drafted(agent: Client, conversation_id: str, **more: Any) -> dict[str, Any]:
    status, body = await agent.post(
        "/assistant/help", {"task": "draft", "conversation_id": conversation_id, "language": "en", **more}
    )
    assert status == 200, body
    return dict(body)


async def test_a_draft_is_ais_until_a_person_sends_it_and_keeps_its_mark(room: Room) -> None:
    hub, model = room
    agent, place = await hub.person(), await conversation(hub)
    model.says("It is on its way.")
    made = await drafted(agent, place)
    assert (made["text"], made["model"], made["sources"]) == ("It is on its way.", "small", [])
    assert len((await agent.get(f"/conversations/{place}/interactions"))["items"]) == 1
    draft = {"text": made["text"], "assistant_call_id": made["call_id"]}
    assert (await agent.put(f"/conversations/{place}/draft", draft))[0] == 204
    kept = (await agent.get(f"/conversations/{place}"))["draft"]
    assert kept["assistant_call_id"] == made["call_id"]
    reply = {"id": fresh(), "text": made["text"], "assistant_call_id": made["call_id"]}
    status, sent = await agent.post(f"/conversations/{place}/replies", reply)
    assert status == 201, sent
    mark = {"call_id": made["call_id"], "task": "draft", "model": "small", "edited": False}
    assert (sent["data"]["ai"], sent["author_kind"]) == (mark, "agent")


async def test_an_address_that_was_put_back_is_no_change_by_a_person(room: Room) -> None:
    hub, model = room
    agent, place = await hub.person(), await conversation(hub, "Where is my order? I am ann@example.com")
    model.says("We write to [email 1] today.")
    made = await drafted(agent, place)
    assert made["text"] == "We write to ann@example.com today."
    reply = {"id": fresh(), "text": made["text"], "assistant_call_id": made["call_id"]}
    assert (await agent.post(f"/conversations/{place}/replies", reply))[1]["data"]["ai"]["edited"] is False


async def test_the_mark_says_that_a_person_changed_the_text_and_the_log_where_it_went(room: Room) -> None:
    hub, model = room
    agent, manager, place = await hub.person(), await hub.person(Role.manager), await conversation(hub)
    model.says("It is on its way.")
    made = await drafted(agent, place)
    note = {"id": fresh(), "text": "It left yesterday.", "assistant_call_id": made["call_id"]}
    status, written = await agent.post(f"/conversations/{place}/notes", note)
    assert (status, written["data"]["ai"]["edited"]) == (201, True)
    (call,) = (await manager.get(f"/assistant/calls?conversation={place}"))["items"]
    assert (call["used_in"], call["outcome"], call["answer"]) == (note["id"], "answered", "It is on its way.")
    assert 'Customer: "Where is my order?"' in call["prompt"][1][1]


async def test_a_text_of_one_conversation_is_not_sent_as_ais_in_another(room: Room) -> None:
    hub, model = room
    agent, place = await hub.person(), await conversation(hub)
    model.says("It is on its way.")
    made = await drafted(agent, place)
    await hub.hears(says("Hi", by="bob", at=hub.clock.now()))
    other = next(str(row.id) for row in await hub.rows() if str(row.id) != place)
    reply = {"id": fresh(), "text": "x", "assistant_call_id": made["call_id"]}
    assert (await agent.post(f"/conversations/{other}/replies", reply))[0] == 422
    reply = {"id": fresh(), "text": "x", "assistant_call_id": fresh()}
    assert (await agent.post(f"/conversations/{place}/replies", reply))[0] == 404


async def test_texts_are_worked_on_in_the_callers_language(room: Room) -> None:
    hub, model = room
    agent = await hub.person(language="pl")
    model.says("Cześć")
    status, body = await agent.post("/assistant/help", {"task": "translate", "text": "Hi"})
    assert (status, body["text"], body["task"]) == (200, "Cześć", "translate")
    assert "“pl”" in model.asked[0]["messages"][0]["content"]
    assert (await agent.post("/assistant/help", {"task": "shorten", "text": "Hi there"}))[0] == 200
    for wrong in ({"task": "draft"}, {"task": "answer"}, {"task": "shorten"}, {"task": "summarise"}):
        assert (await agent.post("/assistant/help", wrong))[0] == 422


async def test_what_today_used_up_is_shown_and_a_limit_said_in_words(room: Room) -> None:
    hub, model = room
    agent, admin = await hub.person(), await hub.person(Role.admin)
    model.says("Short.", usage=(100, 20))
    await agent.post("/assistant/help", {"task": "shorten", "text": "Long."})
    state = await agent.get("/assistant")
    assert (state["enabled"], state["tokens_used"], state["calls"]) == (True, 120, 1)
    await admin.patch("/assistant/settings", {"tokens_per_day": 120})
    status, problem = await agent.post("/assistant/help", {"task": "shorten", "text": "Long."})
    assert (status, "limit for today is used up" in problem["detail"]) == (409, True)


async def test_a_trial_says_whether_the_endpoint_works(room: Room) -> None:
    hub, model = room
    admin = await hub.person(Role.admin)
    model.says("A trial.")
    assert (await admin.post("/assistant/check"))[1]["works"] is True
    model.says("")
    status, body = await admin.post("/assistant/check")
    assert (status, body["works"], body["words"]) == (200, False, "The model answered with nothing.")


async def test_a_key_never_goes_to_another_address_than_its_own(room: Room) -> None:
    hub, model = room
    admin = await hub.person(Role.admin)
    status, problem = await admin.patch("/assistant/settings", {"url": "https://evil.example/v1"})
    assert (status, "Enter its key again" in problem["detail"]) == (422, True)
    moved = {"url": "https://api.example/v1/chat/completions/", "api_key": "sk-2"}
    status, body = await admin.patch("/assistant/settings", moved)
    assert (status, body["url"]) == (200, "https://api.example/v1")
    for wrong in ({"url": "ftp://x"}, {"url": "https://me:you@x/"}, {"url": "", "api_key": ""}, {"seconds": 0.1}):
        assert (await admin.patch("/assistant/settings", wrong))[0] == 422
    assert model.asked == []


async def test_an_endpoint_in_a_private_network_is_refused_unless_a_setting_names_it(room: Room) -> None:
    hub, _ = room
    admin = await hub.person(Role.admin)
    await admin.patch("/assistant/settings", {"url": "http://169.254.169.254/v1", "api_key": ""})
    body = (await admin.post("/assistant/check"))[1]
    assert (body["works"], "not a public address" in body["words"]) == (False, True)


async def test_it_is_off_until_an_admin_switches_it_on(hub: Workspace) -> None:
    agent = await hub.person()
    assert (await agent.get("/assistant"))["enabled"] is False
    status, problem = await agent.post("/assistant/help", {"task": "shorten", "text": "Hi"})
    assert (status, "switched off" in problem["detail"]) == (409, True)
