"""Macros over the API: one's own and shared ones, previewed, carried out once with one's own rights, taken back."""

from typing import Any

import pytest

from hub.domain.user import Role
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says

TAG: dict[str, Any] = {"do": "tag", "add": ["refund"]}
NOTE: dict[str, Any] = {"do": "note", "text": "{{ contact.name }} wants the money back"}
REPLY: dict[str, Any] = {"do": "reply", "texts": {"en": "Hello {{ contact.name }}, it is on its way."}}
URGENT: dict[str, Any] = {"do": "set_priority", "priority": "urgent"}
RESOLVE: dict[str, Any] = {"do": "set_state", "state": "resolved"}


def macro(*actions: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"id": fresh(), "name": "Refund", "actions": list(actions or (TAG,)), **changed}


async def made(client: Client, *actions: dict[str, Any], **changed: Any) -> str:
    status, answer = await client.post("/macros", macro(*actions, **changed))
    assert status == 201, answer
    return str(answer["id"])


async def conversation(hub: Workspace) -> str:
    await hub.hears(says("Where is my money?", at=hub.clock.now()))
    return str((await hub.rows())[0].id)


async def run(client: Client, conversation_id: str, macro_id: str, run_id: str) -> tuple[int, Any]:
    return await client.post(f"/conversations/{conversation_id}/macros/{macro_id}/run", {"id": run_id})


async def test_an_own_macro_is_seen_by_its_owner_alone_and_a_shared_one_by_all(hub: Workspace) -> None:
    manager, agent, other = await hub.person(Role.manager), await hub.person(), await hub.person()
    body = macro()
    assert (await agent.post("/macros", body))[0] == 201
    assert (await agent.post("/macros", body))[0] == 200
    shared = await made(manager, name="Shared", shared=True)
    assert [one["name"] for one in await agent.get("/macros")] == ["Refund", "Shared"]
    assert [one["name"] for one in await other.get("/macros")] == ["Shared"]
    assert (await other.delete(f"/macros/{body['id']}"))[0] == 404
    assert (await agent.delete(f"/macros/{shared}"))[0] == 403
    assert (await agent.post("/macros", macro(shared=True)))[0] == 403
    status, changed = await manager.put(f"/macros/{shared}", {"name": "Ours", "shared": True, "actions": [URGENT]})
    assert (status, changed["name"], changed["actions"]) == (200, "Ours", [URGENT])
    assert (await manager.delete(f"/macros/{shared}"))[0] == 204


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": "  "}, "a name"),
        ({"actions": [{"do": "fly"}]}, "do not fit"),
        ({"actions": [{"do": "assign", "user_id": fresh()}]}, "Action 1: somebody named"),
        ({"actions": [{"do": "tag"}]}, "name a tag"),
        ({"team_ids": [fresh()]}, "teams is not there"),
    ],
)
async def test_what_cannot_be_kept_is_refused_in_words(hub: Workspace, wrong: dict[str, Any], words: str) -> None:
    status, problem = await (await hub.person()).post("/macros", macro(**wrong))
    assert status == 422
    assert words in problem["detail"]


async def test_the_preview_says_what_would_be_done_and_does_nothing(hub: Workspace) -> None:
    agent, where = await hub.person(), await conversation(hub)
    key = await made(agent, REPLY, URGENT, {"do": "set_priority", "priority": "urgent"})
    steps = await agent.get(f"/conversations/{where}/macros/{key}")
    assert [step["text"] for step in steps] == ["Hello Ann, it is on its way.", "", ""]
    assert [step["idle"] for step in steps] == [False, False, True]
    assert (await hub.rows())[0].priority == "normal"


async def test_a_macro_does_all_once_and_says_so_in_one_line(hub: Workspace) -> None:
    agent, where = await hub.person(), await conversation(hub)
    key, once = await made(agent, REPLY, NOTE, TAG, URGENT, RESOLVE), fresh()
    status, done = await run(agent, where, key, once)
    assert status == 201
    assert [one["problem"] for one in done["done"]] == [""] * 5
    assert (await run(agent, where, key, once))[0] == 200
    row = (await hub.rows())[0]
    assert (row.state, row.priority, row.tags) == ("resolved", "urgent", ("refund",))
    entries = (await agent.get(f"/conversations/{where}/interactions"))["items"]
    assert [one["text"] for one in entries if one["kind"] == "message"][1:] == ["Hello Ann, it is on its way."]
    assert [one["text"] for one in entries if one["kind"] == "note"] == ["Ann wants the money back"]
    assert [one["data"]["event"] for one in entries if one["kind"] == "event"].count("macro") == 1
    assert [one["used"] for one in await agent.get(f"/conversations/{where}/macros")] == [1]


async def test_a_macro_is_taken_back_but_for_what_was_changed_since(hub: Workspace) -> None:
    agent, where = await hub.person(), await conversation(hub)
    once = fresh()
    await run(agent, where, await made(agent, TAG, URGENT, RESOLVE), once)
    await agent.patch(f"/conversations/{where}", {"priority": "low"})
    assert (await agent.post(f"/interactions/{once}/undo-macro"))[0] == 204
    row = (await hub.rows())[0]
    assert (row.state, row.priority, row.tags) == ("open", "low", ())
    status, problem = await agent.post(f"/interactions/{once}/undo-macro")
    assert (status, "nothing to take back" in problem["detail"]) == (409, True)
    assert (await agent.post(f"/interactions/{fresh()}/undo-macro"))[0] == 404


async def test_an_agent_does_no_more_by_a_macro_than_by_hand(hub: Workspace) -> None:
    admin, agent, where = await hub.person(Role.admin), await hub.person(), await conversation(hub)
    hook = fresh()
    status, _ = await admin.post(
        "/hooks", {"id": hook, "url": "https://example.org/hook", "kinds": ["conversation_changed"]}
    )
    assert status == 201
    call = {"do": "call_hook", "hook_id": hook}
    assert (await agent.post("/macros", macro(call)))[0] == 403
    shared = await made(admin, call, TAG, shared=True)
    steps = await agent.get(f"/conversations/{where}/macros/{shared}")
    assert "do not have the right" in steps[0]["problem"]
    _, done = await run(agent, where, shared, fresh())
    assert {one["do"]: bool(one["problem"]) for one in done["done"]} == {"call_hook": True, "tag": False}


async def test_a_macro_of_another_team_is_not_offered(hub: Workspace) -> None:
    manager, where = await hub.person(Role.manager), await conversation(hub)
    _, team = await manager.post("/teams", {"id": fresh(), "name": "Returns", "member_ids": []})
    await made(manager, shared=True, team_ids=[team["id"]])
    assert await manager.get(f"/conversations/{where}/macros") == []
    await manager.patch(f"/conversations/{where}", {"team_id": team["id"]})
    assert len(await manager.get(f"/conversations/{where}/macros")) == 1
