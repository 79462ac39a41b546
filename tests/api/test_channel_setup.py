"""Templates, the connect wizard and the notice of recovered messages over HTTP."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hub.contract import OptedOut, RawEvent
from hub.domain.template import Template, TemplateField, TemplateState
from hub.domain.user import Action, Role
from tests.api.workspace import CAPABILITIES, Workspace, fresh
from tests.scripted import T0, says

FORM = Template(
    key="form/en", name="form", language="en", body="Dear {{1}}", fields=(TemplateField(key="1", title="name"),)
)
PAUSED = replace(FORM, key="old/en", name="old", state=TemplateState.paused, reason="Too many complaints")


async def test_templates_are_loaded_by_a_button_and_listed(either: Workspace) -> None:
    ann = await either.person()
    path = f"/channels/{either.channel.id}/templates"
    empty: dict[str, Any] = {"items": [], "synced_at": None, "tried_at": None, "problem": ""}
    assert await ann.get(path) == empty
    either.script.templates = [PAUSED, FORM]
    status, body = await ann.post(f"{path}/refresh")
    assert status == 200
    assert [(t["name"], t["state"], t["reason"]) for t in body["items"]] == [
        ("form", "approved", ""),
        ("old", "paused", "Too many complaints"),
    ]
    assert body["items"][0]["fields"][0]["title"] == "name"
    assert body["problem"] == ""
    assert await ann.get(path) == body


async def test_a_provider_that_fails_leaves_the_templates_and_says_why(hub: Workspace) -> None:
    ann = await hub.person()
    path = f"/channels/{hub.channel.id}/templates"
    hub.script.templates = [FORM]
    await ann.post(f"{path}/refresh")
    hub.script.templates = []
    status, body = await ann.post(f"{path}/refresh")
    assert (status, len(body["items"])) == (200, 1)
    assert body["problem"] == "The post office keeps no forms today."
    assert (await ann.post(f"/channels/{fresh()}/templates/refresh"))[0] == 404


async def test_a_template_is_sent_with_its_preview_as_text(either: Workspace) -> None:
    ann = await either.person()
    either.script.templates = [FORM]
    await ann.post(f"/channels/{either.channel.id}/templates/refresh")
    await either.hears(says("hello"))
    (row,) = await either.rows()
    wish = {"id": fresh(), "template": {"key": FORM.key, "values": {"1": "Ann"}}}
    status, entry = await ann.post(f"/conversations/{row.id}/replies", wish)
    assert (status, entry["text"]) == (201, "Dear Ann")
    assert entry["data"]["template"] == {"key": "form/en", "name": "form", "language": "en", "values": {"1": "Ann"}}
    first = {"id": fresh(), "channel_id": str(either.channel.id), "address": "zoe", "template": wish["template"]}
    assert (await ann.post("/conversations", first))[0] == 201
    status, problem = await ann.post(
        f"/conversations/{row.id}/replies", {"id": fresh(), "template": {"key": FORM.key, "values": {"2": "x"}}}
    )
    assert (status, problem["detail"]) == (422, "The template “form” has no field '2'. Load the templates again.")


async def test_the_wizard_says_which_step_is_missing(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    path = f"/channels/{either.channel.id}/setup"
    found = await admin.get(path)
    assert [(step["title"], step["done"]) for step in found["steps"]] == [
        ("The provider accepts the credentials of 7@paper", True),
        ("The box is rented", False),
        ("A first event has arrived", False),
    ]
    assert found["last_received_at"] is None
    await either.hears(says("hello"))
    found = await admin.get(path)
    assert found["steps"][-1]["done"] is True
    assert found["last_received_at"] is not None
    assert (await (await either.person(Role.agent)).call("GET", f"/api/v1{path}"))[0] == 403


async def test_the_wizard_speaks_the_readers_language(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    path = f"/channels/{hub.channel.id}/setup"
    assert (await admin.patch("/session", {"language": "ko"}))[0] == 200
    credentials, box, event = (await admin.get(path))["steps"]
    assert credentials == {"title": "제공업체가 7@paper의 인증 정보를 받아들입니다", "done": True, "help": ""}
    assert (box["title"], box["help"]) == ("The box is rented", "Rent one at the counter.")
    assert event["title"] == "첫 이벤트가 도착했습니다"
    await admin.patch("/session", {"language": "pl"})
    assert (await admin.get(path))["steps"][2]["title"] == "Dotarło pierwsze zdarzenie"
    program = await hub.program(Action.channels_write)
    assert (await program.get(path))["steps"][2]["title"] == "A first event has arrived"


async def test_what_reconciling_found_is_shown_until_dismissed(either: Workspace) -> None:
    manager = await either.person(Role.manager)
    body = either.script.body(says("lost", at=T0 - timedelta(hours=1)))
    raw = RawEvent(kind="line", body=body, received_at=T0, recovered=True)
    await either.deps.storage.journal.append(either.channel.id, [raw])
    await either.worker.drain()
    (channel,) = await manager.get("/channels")
    assert channel["recovered"]["count"] == 1
    (row,) = await either.rows()
    (entry,) = (await manager.get(f"/conversations/{row.id}/interactions"))["items"]
    assert entry["recovered"] is True
    status, after = await manager.post(f"/channels/{channel['id']}/recovered/dismiss")
    assert (status, after["recovered"]) == (200, None)
    agent = await either.person(Role.agent)
    assert (await agent.post(f"/channels/{channel['id']}/recovered/dismiss"))[0] == 403


async def test_a_draft_keeps_its_copies(either: Workspace) -> None:
    ann = await either.person()
    await either.hears(says("hello"))
    (row,) = await either.rows()
    await ann.put(f"/conversations/{row.id}/draft", {"text": "Dear", "cc": ["boss@example.org"]})
    assert (await ann.get(f"/conversations/{row.id}"))["draft"]["cc"] == ["boss@example.org"]


WINDOWS = replace(CAPABILITIES, reply_window=timedelta(hours=24), human_window=timedelta(days=7))


async def test_a_screen_is_told_until_when_and_why_not(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, capabilities=WINDOWS) as hub:
        ann, program = await hub.person(), await hub.program(Action.conversations_read)
        await hub.hears(says("hello", at=T0 - timedelta(hours=1)))
        (row,) = await hub.rows()
        shown, to_program = await ann.get(f"/conversations/{row.id}"), await program.get(f"/conversations/{row.id}")
        assert (shown["reply_until"][:10], to_program["reply_until"][:10]) == ("2026-03-09", "2026-03-03")
        assert shown["refused"] == ""
        await hub.hears(OptedOut(sender=says("").sender, opted_out=True, keyword="STOP", occurred_at=T0))
        assert "asked on 2026-03-02 not to be written to" in (await ann.get(f"/conversations/{row.id}"))["refused"]
        contact = await ann.get(f"/contacts/{row.contact_id}")
        assert (contact["points"][0]["opted_out"], contact["points"][0]["blocked"]) == (True, False)
