"""Saved replies over the API: written by managers, offered to agents filled in, counted when they are used."""

from typing import Any

import pytest

from hub.domain.user import Role
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says

HELLO = {"en": "Hello {{ contact.name }}, {{ agent.first_name }} here.", "pl": "Cześć {{ contact.name }}"}


def reply(**changed: Any) -> dict[str, Any]:
    return {"id": fresh(), "name": "Greeting", "shortcut": "hi", "texts": HELLO, **changed}


async def write(manager: Client, **changed: Any) -> dict[str, Any]:
    status, made = await manager.post("/saved-replies", reply(**changed))
    assert status == 201, made
    return dict(made)


async def offered(agent: Client, conversation: str, query: str = "") -> list[dict[str, Any]]:
    return list(await agent.get(f"/conversations/{conversation}/saved-replies{query}"))


async def test_a_reply_is_written_once_changed_listed_and_deleted(hub: Workspace) -> None:
    manager, agent = await hub.person(Role.manager), await hub.person()
    body = reply(name="  A   greeting ", shortcut="/Hi")
    status, made = await manager.post("/saved-replies", body)
    assert (status, made["name"], made["shortcut"], made["used"]) == (201, "A greeting", "hi", 0)
    assert (await manager.post("/saved-replies", body))[0] == 200
    assert await agent.get("/saved-replies") == [made]
    status, changed = await manager.put(f"/saved-replies/{made['id']}", {"name": "Hello", "texts": {"ko": "안녕"}})
    assert (status, changed["texts"], changed["shortcut"]) == (200, {"ko": "안녕"}, "")
    assert (await manager.delete(f"/saved-replies/{made['id']}"))[0] == 204
    assert (await manager.delete(f"/saved-replies/{made['id']}"))[0] == 404
    assert (await manager.put(f"/saved-replies/{made['id']}", {"name": "Hello", "texts": HELLO}))[0] == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"texts": {"en": "Hello {{ contact.nmae }}"}}, "{{ contact.nmae }}"),
        ({"texts": {"en": "Hello {{ contact.nmae }}"}}, "Did you mean {{ contact.name }}?"),
        ({"texts": {"en": "Hello {{ contact.name"}}, "does not work"),
        ({"texts": {"en": "Hello", "pl": "   "}}, "“pl” is empty"),
        ({"name": "   "}, "a name"),
        ({"shortcut": "two words"}, "cannot be a shortcut"),
        ({"team_ids": [fresh()]}, "teams is not there"),
        ({"channel_ids": [fresh()]}, "channels is not there"),
    ],
)
async def test_what_cannot_be_kept_is_refused_in_words(hub: Workspace, wrong: dict[str, Any], words: str) -> None:
    status, problem = await (await hub.person(Role.manager)).post("/saved-replies", reply(**wrong))
    assert status == 422
    assert words in problem["detail"]


async def test_a_shortcut_belongs_to_one_reply(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    await write(manager)
    status, problem = await manager.post("/saved-replies", reply(name="Another", shortcut="HI"))
    assert (status, "“Greeting”" in problem["detail"]) == (409, True)


async def test_an_agent_is_offered_what_fits_filled_in_the_customers_language_first(hub: Workspace) -> None:
    await hub.hears(says("dzień dobry"))
    (row,) = await hub.rows()
    manager, agent = await hub.person(Role.manager), await hub.person(name="Kim Min-jun")
    await manager.patch(f"/contacts/{row.contact_id}", {"name": "Ola", "language": "pl"})
    status, team = await manager.post("/teams", {"id": fresh(), "name": "Shop"})
    assert status == 201
    here = await write(manager, channel_ids=[str(hub.channel.id)])
    await write(
        manager, name="English", shortcut="", texts={"en": "Bye {{ contact.fields.order }}{{ 1 | divided_by: 0 }}"}
    )
    await write(manager, name="Shop's", shortcut="", team_ids=[team["id"]])
    conversation = str(row.id)
    first, second = await offered(agent, conversation)
    assert (first["id"], first["text"], first["language"]) == (here["id"], "Cześć Ola", "pl")
    assert first["languages"] == ["en", "pl"]
    assert second["text"] == ""
    assert "A template does not work" in second["problem"]
    asked = await offered(agent, conversation, "?language=en")
    assert [one["text"] for one in asked if one["shortcut"]] == ["Hello Ola, Kim here."]
    await agent.patch(f"/conversations/{conversation}", {"team_id": team["id"]})
    assert "Shop's" in [one["name"] for one in await offered(agent, conversation)]


async def test_uses_are_counted_and_change_nothing_else(hub: Workspace) -> None:
    manager, agent = await hub.person(Role.manager), await hub.person()
    made = await write(manager)
    assert (await agent.post(f"/saved-replies/{made['id']}/use"))[0] == 204
    assert (await agent.post(f"/saved-replies/{made['id']}/use"))[0] == 204
    kept = await agent.get(f"/saved-replies/{made['id']}")
    assert (kept["used"], kept["updated_at"]) == (2, made["updated_at"])
    assert (await agent.post(f"/saved-replies/{fresh()}/use"))[0] == 404
