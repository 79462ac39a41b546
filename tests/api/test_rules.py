"""Rules over the API: made, tried on last week, switched on, edited in versions, rolled back; with a log."""

from typing import Any
from uuid import UUID

import pytest

from hub.domain.user import Role
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says

LATE: dict[str, Any] = {"triggers": ["message_in"], "actions": [{"do": "tag", "add": ["late"]}]}


async def made(manager: Client, **changed: Any) -> dict[str, Any]:
    status, rule = await manager.post("/rules", {"id": fresh(), "name": "Late", "body": LATE, **changed})
    assert status == 201, rule
    return dict(rule)


async def test_a_rule_is_made_once_switched_on_edited_rolled_back_and_deleted(hub: Workspace) -> None:
    manager, agent = await hub.person(Role.manager), await hub.person()
    rule = await made(manager)
    assert (rule["active"], rule["version"], rule["body"]["actions"][0]["add"]) == (False, 1, ["late"])
    path = f"/rules/{rule['id']}"
    assert (await manager.post(f"{path}/switch", {"active": True}))[1]["active"] is True
    other = {**LATE, "actions": [{"do": "tag", "add": ["very late"]}]}
    assert (await manager.put(path, {"name": "Later", "body": other}))[1]["version"] == 2
    assert (await manager.put(path, {"name": "Later", "body": other}))[1]["version"] == 2
    assert [one["name"] for one in await agent.get(f"{path}/versions")] == ["Later", "Late"]
    _, back = await manager.post(f"{path}/roll-back", {"version": 1})
    assert (back["version"], back["name"], back["body"]) == (3, "Late", rule["body"])
    assert (await agent.get(f"{path}/log"))["items"] == []
    assert (await manager.delete(path))[0] == 204
    assert (await manager.delete(path))[0] == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({**LATE, "actions": []}, "no action yet"),
        ({**LATE, "triggers": ["idle"]}, "after how many minutes"),
        ({**LATE, "trigers": []}, "trigers"),
        ({**LATE, "actions": [{"do": "explode"}]}, "do not fit"),
        ({**LATE, "actions": [{"do": "assign", "user_id": fresh()}]}, "does not work here any more"),
        ({**LATE, "conditions": [{"field": "text", "op": "contains", "values": []}]}, "say what to compare with"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused_in_words(hub: Workspace, body: dict[str, Any], words: str) -> None:
    manager = await hub.person(Role.manager)
    status, problem = await manager.post("/rules", {"id": fresh(), "name": "Late", "body": body})
    assert status == 422
    assert words in problem["detail"].replace("The rule does not fit", "do not fit")


async def test_the_order_names_each_rule_once(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    first, second = await made(manager, name="a"), await made(manager, name="b")
    status, rules = await manager.put("/rules/order", {"ids": [second["id"], first["id"]]})
    assert (status, [one["name"] for one in rules]) == (200, ["b", "a"])
    assert (await manager.put("/rules/order", {"ids": [first["id"]]}))[0] == 422


async def test_a_rule_is_tried_on_last_week_and_on_a_conversation_and_nothing_is_done(hub: Workspace) -> None:
    # Ids are made by the machine's clock, and the week is looked through by them.
    hub.clock.forward(seconds=(UUID(fresh()).int >> 80) / 1000 + 1 - hub.clock.now().timestamp())
    manager = await hub.person(Role.manager)
    await hub.hears(says("I want a refund"))
    await hub.hears(says("Hello", by="bob"))
    body = {**LATE, "conditions": [{"field": "text", "op": "contains", "values": ["refund"]}]}
    _, page = await manager.post("/rules/try", {"body": body})
    assert [(one["text"], one["actions"]) for one in page["items"]] == [("I want a refund", ["tag"])]
    assert (page["looked"], page["share"], page["next"], page["untried"]) == (2, 1.0, None, [])
    refund = page["items"][0]["conversation_id"]
    rows = (await manager.get("/conversations"))["items"]
    other = next(row["id"] for row in rows if row["id"] != refund)
    _, here = await manager.post(f"/conversations/{refund}/try-rule", {"body": body})
    _, there = await manager.post(f"/conversations/{other}/try-rule", {"body": body})
    assert (here["matches"], here["actions"]) == (True, ["tag"])
    assert (there["matches"], there["failing"]) == (False, [1])
    _, opened = await manager.post("/rules/try", {"body": {**LATE, "triggers": ["opened"]}})
    assert len(opened["items"]) == 2
    assert all(row["tags"] == [] for row in (await manager.get("/conversations"))["items"])


async def test_the_schema_is_published(hub: Workspace) -> None:
    assert "triggers" in (await (await hub.person()).get("/rules/schema"))["properties"]
