"""Bots by the API: drawn, checked, tried out, published, rolled back, woken by rules, taken over and given back."""

from typing import Any

from hub.domain.user import Role
from hub.runtime.bots import means_of
from hub.runtime.bots_worker import BotsWorker
from hub.runtime.leases import LeaseKeeper
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says


def graph(**hello: Any) -> dict[str, Any]:
    """Return a flow that greets, asks for a name and hands over."""
    return {
        "schema": 1,
        "languages": ["en"],
        "start": "hello",
        "steps": [
            {"kind": "message", "id": "hello", "text": {"en": "Hello!"}, "exits": {"next": "name"}, **hello},
            {
                "kind": "question",
                "id": "name",
                "text": {"en": "Your name?"},
                "answer": "name",
                "save_as": "name",
                "contact_field": "name",
                "exits": {"next": "bye"},
            },
            {"kind": "handover", "id": "bye", "text": {"en": "Thank you, {{ name }}."}},
        ],
    }


async def published(boss: Client, hub: Workspace, **more: Any) -> str:
    """Publish a flow and wake it on the channel; returns its id."""
    flow = fresh()
    status, _ = await boss.post("/bots/flows", {"id": flow, "name": "Greeter", "draft": graph(**more)})
    assert status == 201
    assert (await boss.post(f"/bots/flows/{flow}/publish", {}))[0] == 200
    rule = {"id": fresh(), "name": "Everybody", "flow_id": flow, "channel_ids": [str(hub.channel.id)]}
    assert (await boss.post("/bots/rules", rule))[0] == 201
    return flow


async def turns(hub: Workspace) -> None:
    deps = hub.deps
    means = means_of(storage=deps.storage, clock=deps.clock, accounts=deps.accounts, ask=deps.ask)
    leases = LeaseKeeper(deps.storage, deps.clock, "test", shared=False)
    worker = BotsWorker(means=means, notices=deps.notices, leases=leases)
    while await worker.drain():
        await worker.idle()


async def test_a_flow_is_drawn_checked_published_and_rolled_back(hub: Workspace) -> None:
    boss = await hub.person(Role.manager)
    flow = fresh()
    status, made = await boss.post("/bots/flows", {"id": flow, "name": "Greeter", "draft": graph(exits={})})
    assert (status, made["revision"], made["published"]) == (201, 1, None)
    assert next((p["code"], p["step"], p["field"]) for p in made["problems"]) == ("dead_end", "hello", "next")
    half = {"languages": ["en"], "start": "a", "steps": [{"kind": "wait", "id": "a", "minutes": "x"}]}
    _, found = await boss.post("/bots/check", {"graph": half})
    said = [(one["code"], one["step"], one["field"], one["parameters"]) for one in found]
    assert said == [("no_number", "a", "minutes", {"place": "steps[0].minutes"})]
    status, problem = await boss.post(f"/bots/flows/{flow}/publish", {})
    assert (status, "leads nowhere" in problem["detail"]) == (422, True)

    status, saved = await boss.patch(f"/bots/flows/{flow}", {"revision": 1, "draft": graph()})
    assert (status, saved["revision"], saved["problems"]) == (200, 2, [])
    assert (await boss.patch(f"/bots/flows/{flow}", {"revision": 1, "name": "x"}))[0] == 409
    _, first = await boss.post(f"/bots/flows/{flow}/publish", {"note": "first"})
    assert (first["published"], first["changed"]) == (1, False)
    other = graph(text={"en": "Hi!"})
    assert (await boss.patch(f"/bots/flows/{flow}", {"revision": 2, "draft": other}))[1]["changed"]
    await boss.post(f"/bots/flows/{flow}/publish", {})
    _, back = await boss.post(f"/bots/flows/{flow}/roll-back", {"number": 1})
    assert (back["published"], back["draft"]["steps"][0]["text"]) == (3, {"en": "Hi!"})
    versions = await boss.get(f"/bots/flows/{flow}/versions")
    assert [(one["number"], one["note"], one["at_work"]) for one in versions] == [
        (3, "Back to version 1", True),
        (2, "", False),
        (1, "first", False),
    ]
    assert (await boss.get(f"/bots/flows/{flow}/versions/3"))["steps"][0]["text"] == {"en": "Hello!"}
    assert (await boss.delete(f"/bots/flows/{flow}"))[0] == 409
    assert (await boss.post(f"/bots/flows/{flow}/withdraw"))[1]["published"] is None
    assert (await boss.delete(f"/bots/flows/{flow}"))[0] == 204


async def test_an_exported_flow_is_imported_and_ready_ones_are_there(hub: Workspace) -> None:
    boss = await hub.person(Role.manager)
    flow, copy, ready = fresh(), fresh(), fresh()
    await boss.post("/bots/flows", {"id": flow, "name": "Greeter", "description": "Greets.", "draft": graph()})
    file = await boss.get(f"/bots/flows/{flow}/export")
    _, made = await boss.post("/bots/flows", {"id": copy, "draft": file})
    assert (made["name"], made["description"], made["draft"]) == ("Greeter", "Greets.", graph())
    starters = await boss.get("/bots/starters")
    assert [one["key"] for one in starters] == ["greet_and_qualify", "out_of_hours", "faq"]
    _, begun = await boss.post("/bots/flows", {"id": ready, "starter": "faq"})
    assert (begun["name"], begun["problems"]) == ("Questions and answers", [])
    assert [row["name"] for row in await boss.get("/bots/flows")] == ["Greeter", "Greeter", "Questions and answers"]
    assert (await boss.get("/bots/schema"))["$defs"]["question"]["type"] == "object"


async def test_the_panel_talks_as_a_customer_and_touches_nothing(hub: Workspace) -> None:
    boss = await hub.person(Role.manager)
    _, shot = await boss.post("/bots/simulate", {"graph": graph(), "text": "Hi", "channel_id": str(hub.channel.id)})
    assert [one["text"] for one in shot["said"]] == ["Hello!", "Your name?"]
    assert (shot["step"], shot["phase"]) == ("name", "asking")
    more = {"graph": graph(), "position": shot["position"], "at": shot["due_at"]}
    _, named = await boss.post("/bots/simulate", {**more, "text": "I'm Ann"})
    assert ([one["text"] for one in named["said"]], named["end"]) == (["Thank you, Ann."], "handed_over")
    assert [(one["kind"], one["data"].get("value")) for one in named["done"]] == [
        ("set_field", "Ann"),
        ("hand_over", None),
    ]
    _, silent = await boss.post("/bots/simulate", {**more, "what": "due"})
    assert silent["done"][0]["data"]["reason"] == "silent"
    assert (await boss.post("/bots/simulate", {**more, "position": {"phase": "dancing"}}))[0] == 422
    long = graph(text={"en": "x" * 3900 + "{{ name }}"})
    _, shot = await boss.post("/bots/simulate", {"graph": long, "text": "Hi", "connector": "paper"})
    assert shot["trouble"] == ""
    assert await hub.rows() == []


async def test_a_customer_is_greeted_and_a_person_takes_over_and_gives_back(hub: Workspace) -> None:
    boss, agent = await hub.person(Role.manager), await hub.person()
    flow = await published(boss, hub)
    await hub.hears(says("Hi", at=hub.clock.now()))
    await turns(hub)
    (row,) = await hub.rows()
    path = f"/conversations/{row.id}"
    speaker = await agent.get(f"{path}/speaker")
    assert (speaker["speaker"], speaker["bot"], speaker["run"]["step"]) == ("bot", f"flow:{flow}", "name")
    _, taken = await agent.post(f"{path}/take-over")
    assert (taken["speaker"], taken["run"]["end"]) == ("human", "taken")
    entries = (await agent.get(f"{path}/interactions"))["items"]
    ours = [(entry["text"], entry["delivery"]["code"]) for entry in entries if entry["delivery"]]
    assert ours == [("Hello!", "overtaken"), ("Your name?", "overtaken")]
    await hub.hears(says("Ann", at=hub.clock.now()))
    await turns(hub)
    _, back = await agent.post(f"{path}/give-back", {})
    assert (back["speaker"], back["run"]["end"], back["run"]["step"]) == ("bot", "", "name")
    assert (await agent.post(f"{path}/give-back", {}))[0] == 409
    hub.clock.forward(seconds=5)
    await hub.hears(says("My name is Ann Lee", at=hub.clock.now()))
    await turns(hub)
    speaker = await agent.get(f"{path}/speaker")
    assert (speaker["run"]["answers"], speaker["speaker"]) == (
        [{"question": "Your name?", "answer": "Ann Lee"}],
        "human",
    )
    counts = (await boss.get(f"/bots/flows/{flow}/counts"))["steps"]
    assert {one["step"]: one["entered"] for one in counts} == {"hello": 1, "name": 1, "bye": 1}


async def test_a_rule_is_changed_and_names_what_exists(hub: Workspace) -> None:
    boss = await hub.person(Role.manager)
    await published(boss, hub)
    (rule,) = await boss.get("/bots/rules")
    assert (rule["people"], rule["hours"], rule["begins"], rule["after_human"]) == ("anyone", "any", "new", "resolved")
    path = f"/bots/rules/{rule['id']}"
    _, changed = await boss.patch(path, {"active": False, "people": "new"})
    assert (changed["active"], changed["people"]) == (False, "new")
    assert (await boss.patch(path, {"channel_ids": [fresh()]}))[0] == 422
    await hub.hears(says("Hi", at=hub.clock.now()))
    await turns(hub)
    assert (await boss.get(f"/conversations/{(await hub.rows())[0].id}/speaker"))["speaker"] == "nobody"
    assert (await boss.delete(path))[0] == 204
    assert await boss.get("/bots/rules") == []
