"""Merging conversations over HTTP: what is offered, the merge, its history, its undoing."""

from datetime import timedelta

from hub.domain.ids import ExternalId
from tests.api.workspace import Workspace
from tests.scripted import T0, says


async def test_a_merge_is_offered_done_told_and_undone(hub: Workspace) -> None:
    await hub.hears(
        says("invoice?", at=T0 - timedelta(minutes=5), thread=ExternalId("1")), says("order?", thread=ExternalId("2"))
    )
    rows = {row.last_preview: str(row.id) for row in await hub.rows()}
    kept, gone = rows["invoice?"], rows["order?"]
    client = await hub.person(name="Ben")
    assert [row["id"] for row in await client.get(f"/conversations/{kept}/mergeable")] == [gone]
    status, made = await client.post(f"/conversations/{kept}/merge", {"other_id": gone, "reason": "One matter"})
    assert (status, made["row"]["last_preview"]) == (200, "order?")
    assert [row["id"] for row in (await client.get("/conversations"))["items"]] == [kept]
    assert (await client.get(f"/conversations/{gone}"))["row"]["merged_into_id"] == kept
    entries = (await client.get(f"/conversations/{kept}/interactions"))["items"]
    assert [entry["text"] for entry in entries if entry["text"]] == ["invoice?", "order?"]
    (told,) = (entry["data"] for entry in entries if entry["kind"] == "event")
    assert (told["event"], told["merge"], told["why"]) == ("merged", made["merge"]["id"], "One matter")
    status, problem = await client.patch(f"/conversations/{gone}", {"state": "open"})
    assert (status, problem["detail"]) == (409, "This conversation was merged into another one. Go on there.")
    status, _ = await client.post(f"/conversation-merges/{made['merge']['id']}/undo")
    assert status == 200
    (entry,) = await client.get(f"/conversations/{kept}/merges")
    assert (entry["by_name"], entry["merge"]["reason"]) == ("Ben", "One matter")
    assert entry["merge"]["undone_at"] is not None
    assert {row["id"] for row in (await client.get("/conversations"))["items"]} == {kept, gone}
