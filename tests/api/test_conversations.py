"""Conversations, replies and notes over HTTP: idempotent creates, pages, drafts, words when something does not fit."""

from datetime import timedelta

import pytest

from hub.domain.user import Action
from hub.domain.views import ConversationRow
from tests.api.workspace import Workspace, fresh
from tests.scripted import T0, says


async def conversation(hub: Workspace, text: str = "Hello", by: str = "ann") -> ConversationRow:
    await hub.hears(says(text, by=by))
    return next(row for row in await hub.rows() if row.contact_name == by.capitalize())


async def test_a_customers_message_is_listed_counted_and_shown(either: Workspace) -> None:
    row = await conversation(either)
    client = await either.person()
    (listed,) = (await client.get("/conversations"))["items"]
    assert (listed["id"], listed["unread"], listed["waiting_since"]) == (str(row.id), True, "2026-03-02T10:00:00.000Z")
    counts = await client.get("/conversations/counts")
    assert (counts["unassigned"], counts["mine"], counts["waiting"]) == (1, 0, 1)
    view = await client.get(f"/conversations/{row.id}")
    assert view["capabilities"]["text_limit"] == 4000
    assert [p["name"] for p in view["participants"]] == ["Ann"]
    (entry,) = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    assert (entry["text"], entry["author_name"]) == ("Hello", "Ann")


async def test_reading_is_remembered_per_person_and_told_to_the_customer(either: Workspace) -> None:
    row = await conversation(either)
    ann, ben = await either.person(), await either.person()
    assert (await ann.post(f"/conversations/{row.id}/read"))[0] == 204
    views = [await c.get(f"/conversations/{row.id}") for c in (ann, ben)]
    assert [view["row"]["unread"] for view in views] == [False, True]
    assert [view["read_at"] for view in views] == ["2026-03-02T10:00:00.000Z", None]
    assert await either.signs.get() == ("read", "ann:Hello")


async def test_a_reply_sent_twice_is_one_message(either: Workspace) -> None:
    row = await conversation(either)
    client = await either.person(name="Ben")
    reply = {"id": fresh(), "text": "Good day"}
    first = await client.post(f"/conversations/{row.id}/replies", reply)
    again = await client.post(f"/conversations/{row.id}/replies", reply)
    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert (first[1]["author_name"], first[1]["delivery"]["state"]) == ("Ben", "queued")
    thread = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    assert [entry["text"] for entry in thread] == ["Hello", "Good day"]


async def test_an_id_of_another_conversations_message_is_a_conflict(hub: Workspace) -> None:
    one, other = await conversation(hub), await conversation(hub, by="ola")
    client = await hub.person()
    note = {"id": fresh(), "text": "x"}
    assert (await client.post(f"/conversations/{one.id}/notes", note))[0] == 201
    status, body = await client.post(f"/conversations/{other.id}/notes", note)
    assert (status, body["type"]) == (409, "/problems/conflict")


async def test_what_the_channel_cannot_carry_is_refused_in_words(hub: Workspace) -> None:
    row = await conversation(hub)
    client = await hub.person()
    status, body = await client.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "x" * 4001})
    assert (status, body["type"]) == (422, "/problems/cannot-send")
    assert body["detail"] == "The text is 1 characters too long: this channel carries 4000."


async def test_a_programs_reply_is_a_bots(hub: Workspace) -> None:
    row = await conversation(hub)
    program = await hub.program(Action.conversations_write)
    _, entry = await program.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "Hi"})
    assert (entry["author_kind"], entry["author_id"]) == ("bot", None)


async def test_a_note_is_internal(hub: Workspace) -> None:
    row = await conversation(hub)
    status, entry = await (await hub.person()).post(f"/conversations/{row.id}/notes", {"id": fresh(), "text": "VIP"})
    assert (status, entry["direction"], entry["kind"], entry["delivery"]) == (201, "internal", "note", None)


async def test_changes_are_applied_and_what_is_left_out_stays(either: Workspace) -> None:
    row = await conversation(either)
    client = await either.person()
    me = (await client.get("/session"))["user"]["id"]
    path = f"/conversations/{row.id}"
    _, changed = await client.patch(path, {"assignee_id": me, "priority": "high", "tags": ["VIP", "vip"]})
    assert (changed["assignee_id"], changed["priority"], changed["tags"]) == (me, "high", ["VIP"])
    later = T0 + timedelta(days=1)
    _, changed = await client.patch(path, {"state": "snoozed", "snoozed_until": later.isoformat()})
    assert (changed["state"], changed["snoozed_until"]) == ("snoozed", "2026-03-03T10:00:00.000Z")
    _, changed = await client.patch(path, {"assignee_id": None, "state": "resolved"})
    assert (changed["assignee_id"], changed["state"], changed["priority"]) == (None, "resolved", "high")
    assert (await client.get("/conversations"))["items"] == []
    (listed,) = (await client.get("/conversations?state=resolved&state=open&tag=VIP&sort=newest"))["items"]
    assert listed["id"] == str(row.id)


@pytest.mark.parametrize(
    "edit",
    [
        {"assignee_id": "01900000-0000-7000-8000-000000000001"},
        {"team_id": "01900000-0000-7000-8000-000000000001"},
        {"snoozed_until": "2020-01-01T00:00:00Z"},
        {"state": "asleep"},
        {"state": "open", "colour": "red"},
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(hub: Workspace, edit: dict[str, str]) -> None:
    row = await conversation(hub)
    status, body = await (await hub.person()).patch(f"/conversations/{row.id}", edit)
    assert (status, body["type"]) == (422, "/problems/invalid")


async def test_the_list_comes_in_pages_that_fit_together(either: Workspace) -> None:
    await either.hears(*(says("Hello", by=f"p{n:02}", at=T0 + timedelta(minutes=n)) for n in range(7)))
    client = await either.person()
    names, cursor = [], ""
    for _ in range(3):
        page = await client.get(f"/conversations?limit=3&sort=newest{cursor}")
        names += [row["contact_name"] for row in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert names == [f"P{n:02}" for n in reversed(range(7))]


async def test_a_thread_comes_newest_page_first_each_in_order(hub: Workspace) -> None:
    await hub.hears(*(says(f"m{n}", at=T0 + timedelta(minutes=n)) for n in range(5)))
    (row,) = await hub.rows()
    client = await hub.person()
    page = await client.get(f"/conversations/{row.id}/interactions?limit=3")
    older = await client.get(f"/conversations/{row.id}/interactions?limit=3&cursor={page['next']}")
    assert [e["text"] for e in page["items"]] == ["m2", "m3", "m4"]
    assert [e["text"] for e in older["items"]] == ["m0", "m1"]
    assert older["next"] is None


@pytest.mark.parametrize("path", ["/conversations", "/contacts", "/search", "/raw-events", "/waits"])
async def test_a_made_up_cursor_is_refused_in_words(hub: Workspace, path: str) -> None:
    client = await hub.program(*Action)
    status, body = await client.call("GET", f"/api/v1{path}?cursor=nonsense" + "&q=x" * (path == "/search"))
    assert (status, body["type"]) == (422, "/problems/invalid")


@pytest.mark.parametrize(
    "path", ["", "/interactions", "/read", "/typing", "/related/accept", "/spam", "/notes", "/replies", "/draft"]
)
async def test_a_conversation_that_is_not_there_is_not_found(hub: Workspace, path: str) -> None:
    client = await hub.person()
    methods = {"": "GET", "/interactions": "GET", "/draft": "PUT"}
    bodies = {"/notes": {"id": fresh(), "text": "x"}, "/replies": {"id": fresh(), "text": "x"}, "/draft": {"text": "x"}}
    answer, body = await client.full(
        methods.get(path, "POST"), f"/api/v1/conversations/{fresh()}{path}", json=bodies.get(path)
    )
    assert (answer.status, body["type"]) == (404, "/problems/not-found")


async def test_a_draft_comes_back_with_its_files_and_the_message_it_answers(either: Workspace) -> None:
    row = await conversation(either)
    client = await either.person()
    (asked,) = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    files = [fresh(), fresh()]
    for name, at in zip(("one.txt", "two.txt"), files, strict=True):
        await client.call("POST", f"/api/v1/attachments?id={at}&name={name}", data=b"x")
    assert (await client.delete(f"/attachments/{files[0]}"))[0] == 204
    draft = {"text": "", "attachment_ids": files, "reply_to_id": asked["id"]}
    assert (await client.put(f"/conversations/{row.id}/draft", draft))[0] == 204
    view = await client.get(f"/conversations/{row.id}")
    assert [(file["id"], file["name"]) for file in view["draft_files"]] == [(files[1], "two.txt")]
    assert view["draft_quote"] == {"id": asked["id"], "author_name": "Ann", "preview": "Hello"}


async def test_a_draft_is_kept_per_person_until_the_reply_goes(either: Workspace) -> None:
    row = await conversation(either)
    ann, ben = await either.person(), await either.person()
    assert (await ann.put(f"/conversations/{row.id}/draft", {"text": "Dear", "note": True}))[0] == 204
    drafts = [(await c.get(f"/conversations/{row.id}"))["draft"] for c in (ann, ben)]
    assert (drafts[0]["text"], drafts[0]["note"], drafts[1]) == ("Dear", True, None)
    await ann.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "Dear Ann"})
    assert (await ann.get(f"/conversations/{row.id}"))["draft"] is None
    await ann.put(f"/conversations/{row.id}/draft", {"text": "More"})
    assert (await ann.delete(f"/conversations/{row.id}/draft"))[0] == 204
    assert (await ann.get(f"/conversations/{row.id}"))["draft"] is None


async def test_writing_first_makes_the_contact_and_the_conversation_once(either: Workspace) -> None:
    client = await either.person()
    start = {"id": fresh(), "channel_id": str(either.channel.id), "address": "jan", "name": "Jan", "text": "Witam"}
    first, again = await client.post("/conversations", start), await client.post("/conversations", start)
    assert (first[0], again[0]) == (201, 200)
    assert first[1]["id"] == again[1]["id"] == start["id"]
    assert (first[1]["contact_name"], first[1]["last_preview"]) == ("Jan", "Witam")
    status, body = await client.post("/conversations", {**start, "id": fresh(), "contact_point_id": fresh()})
    assert (status, "either contact_point_id or address" in body["detail"]) == (422, True)


async def test_a_failed_delivery_is_only_retried_when_it_failed(hub: Workspace) -> None:
    row = await conversation(hub)
    client = await hub.person()
    _, entry = await client.post(f"/conversations/{row.id}/replies", {"id": fresh(), "text": "Hi"})
    delivery = entry["delivery"]["id"]
    status, body = await client.post(f"/deliveries/{delivery}/retry")
    assert (status, "Only a failed or unclear message" in body["detail"]) == (409, True)
    (event,) = await client.get(f"/deliveries/{delivery}/events")
    assert event["state"] == "queued"
    assert (await client.call("GET", f"/api/v1/deliveries/{fresh()}/events"))[0] == 404


async def test_words_are_found(either: Workspace) -> None:
    await conversation(either, "Gdzie jest moja paczka?")
    client = await either.person()
    (hit,) = (await client.get("/search?q=PACZ"))["items"]
    assert (hit["contact_name"], hit["interaction"]["text"]) == ("Ann", "Gdzie jest moja paczka?")
    assert (await client.get("/search?q=nothing"))["items"] == []


async def test_waits_prove_themselves(hub: Workspace) -> None:
    row = await conversation(hub)
    (wait,) = (await (await hub.person()).get(f"/waits?conversation={row.id}"))["items"]
    assert (wait["first"], wait["ended_at"]) == (True, None)
