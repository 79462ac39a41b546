"""Reviews as screens use them: filled in, answered, settled, compared, counted; comments, clips and queues."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from hub.api.live.frames import changes_frame
from hub.domain.user import Role
from hub.runtime.recordings_store import RecordingStore
from tests.api.recorded_call import Scene, recorded_call
from tests.api.workspace import Workspace, fresh
from tests.recorded import loudness, voices


@pytest.fixture
async def scene(hub: Workspace) -> Scene:
    return await recorded_call(hub)


def card() -> dict[str, Any]:
    question = {"key": "greeted", "text": "Greeted by name?", "kind": "yes_no", "weight": 100, "fails": []}
    tone = {"key": "tone", "text": "Friendly?", "kind": "scale", "weight": 100}
    return {
        "id": fresh(),
        "name": "Quality",
        "sections": [
            {"key": "start", "title": "Start", "weight": 40, "questions": [question]},
            {"key": "talk", "title": "Talk", "weight": 60, "questions": [tone]},
        ],
        "pass_mark": 70,
    }


async def test_a_call_is_reviewed_answered_appealed_settled_and_counted(scene: Scene) -> None:
    hub = scene.hub
    boss, agent = await hub.person(Role.manager, name="Szefowa"), await hub.signed_in(scene.agent)
    made = card()
    assert (await boss.post("/scorecards", made))[0] == 201
    queues = {queue["key"]: queue["count"] for queue in await boss.get("/reviews/queues")}
    assert (queues["unreviewed"], queues["low_score"], queues["appeals"]) == (1, 0, 0)
    review = {"id": fresh(), "scorecard_id": made["id"]}
    status, begun = await boss.post(f"/calls/{scene.call.id}/reviews", review)
    assert (status, begun["agent_id"], begun["state"]) == (201, str(scene.agent.id), "draft")
    assert (await boss.post(f"/calls/{scene.call.id}/reviews", review | {"id": fresh()}))[1]["id"] == review["id"]
    path = f"/reviews/{review['id']}"
    assert (await agent.call("GET", f"/api/v1{path}"))[0] == 404
    assert (await boss.post(f"{path}/submit"))[0] == 422
    answers = [{"question": "greeted", "value": "no"}, {"question": "tone", "value": "4"}]
    status, filled = await boss.put(path, {"answers": answers, "summary": "Say the name."})
    assert (status, filled["score"], filled["passed"]) == (200, 45.0, False)
    assert (await boss.post(f"{path}/submit"))[0] == 200

    (seen,) = (await agent.get("/reviews"))["items"]
    assert (seen["id"], seen["summary"]) == (review["id"], "Say the name.")
    assert (await agent.post(f"{path}/appeal", {"words": "I did, at second 3."}))[1]["state"] == "appealed"
    assert [row["appealed"] for row in (await boss.get("/reviews/calls?queue=appeals"))["items"]] == [True]
    better = [{"question": "greeted", "value": "yes"}, {"question": "tone", "value": "4"}]
    status, settled = await boss.post(f"{path}/settle", {"words": "True.", "answers": better})
    assert (status, settled["score"], settled["passed"], len(settled["steps"])) == (200, 85.0, True, 3)

    (row,) = (await agent.get("/reviews/calls"))["items"]
    assert (row["score"], row["reviews"], row["appealed"], row["failed"]) == (85, 1, False, False)
    hub.clock.forward(minutes=1)
    (every,) = await agent.get("/scores?by=agent&period=month")
    assert (every["key"], every["mean"], every["n"]) == (str(scene.agent.id), 85, 1)
    assert {s["key"]: s["mean"] for s in await boss.get("/scores?by=question")} == {"greeted": 100, "tone": 75}
    assert (await agent.call("GET", "/api/v1/scores?by=reviewer"))[0] == 403
    _, table = await boss.call("GET", "/api/v1/scores.csv?zone=Europe/Warsaw")
    lines = table.decode().splitlines()
    assert lines[0].startswith("submitted_at,agent,reviewer,score,passed,failed_by,call,review,greeted,tone")
    assert "Ala,Szefowa,85.0,yes,," in lines[1]


async def test_a_scorecard_changes_by_versions_and_reviews_keep_theirs(scene: Scene) -> None:
    boss = await scene.hub.person(Role.manager)
    made = card()
    await boss.post("/scorecards", made)
    path = f"/scorecards/{made['id']}"
    changed = {name: value for name, value in made.items() if name != "id"} | {"name": "Quality 2"}
    assert (await boss.put(path, changed | {"base": 1}))[1]["version"] == 2
    assert (await boss.put(path, changed | {"base": 1}))[0] == 409
    assert (await boss.put(path, changed | {"base": 2}))[1]["version"] == 2
    wrong = changed | {"base": 2, "sections": made["sections"][:1]}
    status, body = await boss.put(path, wrong)
    assert (status, "weigh 40 % together" in body["detail"]) == (422, True)
    assert [one["version"] for one in await boss.get(f"{path}/versions")] == [2, 1]
    tried = await boss.post(f"{path}/score?version=1", {"answers": [{"question": "tone", "value": "5"}]})
    assert tried[1]["percent"] == 100
    assert (await boss.patch(path, {"active": False}))[0] == 200
    assert (await boss.get("/scorecards"), len(await boss.get("/scorecards?all=true"))) == ([], 1)
    status, body = await boss.post(f"/calls/{scene.call.id}/reviews", {"id": fresh(), "scorecard_id": made["id"]})
    assert (status, "not in use" in body["detail"]) == (404, True)


async def test_calibration_is_blind_until_ones_own_is_submitted(scene: Scene) -> None:
    hub, made = scene.hub, card()
    first, second, agent = (
        await hub.person(Role.manager),
        await hub.person(Role.manager),
        await hub.signed_in(scene.agent),
    )
    await first.post("/scorecards", made)
    reviews = f"/calls/{scene.call.id}/reviews"
    for client, tone in ((first, "1"), (second, "5")):
        begun = {"id": fresh(), "scorecard_id": made["id"], "calibration": True}
        await client.post(reviews, begun)
        assert len(await client.get(reviews)) == 1
        answers = [{"question": "greeted", "value": "yes"}, {"question": "tone", "value": tone}]
        await client.put(f"/reviews/{begun['id']}", {"answers": answers})
        assert (await client.post(f"/reviews/{begun['id']}/submit"))[0] == 200
    compared = (await second.get(f"/calls/{scene.call.id}/calibration"))["calibration"]
    assert (compared["mean"], compared["spread"], compared["agreement"]) == (70, 60, 50)
    assert (await agent.get(reviews), (await agent.get("/reviews"))["items"]) == ([], [])
    assert (await agent.get("/reviews/calls"))["items"][0]["reviews"] == 0


async def test_comments_stand_at_a_place_reach_whom_they_mention_and_are_resolved(scene: Scene) -> None:
    hub = scene.hub
    boss_user = await hub.user(Role.manager)
    boss, agent, colleague = (
        await hub.signed_in(boss_user),
        await hub.signed_in(scene.agent),
        await hub.user(Role.agent, name="Piotr"),
    )
    path = f"/calls/{scene.call.id}/comments"
    private = {"id": fresh(), "text": "Between us.", "start": 5}
    shown = {"id": fresh(), "text": "Nice!", "start": 10, "end": 12.5, "visibility": "agent"}
    mention = shown | {"mentions": [str(scene.agent.id)]}
    assert [(await boss.post(path, one))[0] for one in (private, mention, mention)] == [201, 201, 200]
    assert [one["text"] for one in await agent.get(path)] == ["Nice!"]
    assert [one["id"] for one in (await agent.get("/comments/mentions"))["items"]] == [shown["id"]]
    status, body = await boss.post(path, private | {"id": fresh(), "mentions": [str(colleague.id)]})
    assert (status, "Piotr may not see" in body["detail"]) == (422, True)
    assert (await boss.post(path, private | {"id": fresh(), "start": 200}))[0] == 422
    assert (await agent.post(path, private | {"id": fresh()}))[0] == 403
    answer = {"id": fresh(), "text": "Thank you.", "parent_id": shown["id"], "mentions": [str(boss_user.id)]}
    status, answered = await agent.post(path, answer)
    assert (status, answered["start"], answered["visibility"]) == (201, 10, "agent")
    assert [one["text"] for one in (await boss.get("/comments/mentions"))["items"]] == ["Thank you."]
    assert (await boss.get("/reviews/calls?commented=true"))["items"][0]["open_comments"] == 2
    assert (await boss.put(f"/comments/{private['id']}/resolved", {"resolved": True}))[1]["resolved_by"] == str(
        boss_user.id
    )
    assert (await agent.patch(f"/comments/{shown['id']}", {"text": "Mine."}))[0] == 403
    assert (await boss.patch(f"/comments/{shown['id']}", {"text": "Very nice!"}))[1]["edited_at"] is not None
    assert (await boss.delete(f"/comments/{shown['id']}"))[0] == 204
    assert [one["text"] for one in await boss.get(path)] == ["Between us."]


async def test_clips_go_into_playlists_that_are_sorted_and_shared(scene: Scene) -> None:
    boss, agent = await scene.hub.person(Role.manager), await scene.hub.signed_in(scene.agent)
    path = f"/playlists/{fresh()}"
    assert (await boss.put(path, {"name": "Good starts", "shared": False}))[0] == 201
    call = str(scene.call.id)
    one = {"id": fresh(), "call_id": call, "start": 1, "end": 5, "title": "Greeting"}
    two = {"id": fresh(), "call_id": call, "start": 7, "end": 9.5, "title": "Name"}
    assert (await boss.put(f"{path}/clips", {"clips": [one, two]}))[0] == 200
    status, sorted_anew = await boss.put(f"{path}/clips", {"clips": [two, one]})
    assert (status, [clip["title"] for clip in sorted_anew["clips"]]) == (200, ["Name", "Greeting"])
    assert (await boss.put(f"{path}/clips", {"clips": [one, one]}))[0] == 422
    assert (await boss.put(f"{path}/clips", {"clips": [one | {"end": 500}]}))[0] == 422
    assert await agent.get("/playlists") == []
    assert (await boss.put(path, {"name": "Good starts", "shared": True}))[0] == 200
    assert [clip["title"] for clip in (await agent.get("/playlists"))[0]["clips"]] == ["Name", "Greeting"]
    assert (await boss.delete(path))[0] == 204


async def test_a_saved_queue_holds_what_its_rule_says(scene: Scene) -> None:
    boss, other = await scene.hub.person(Role.manager), await scene.hub.person(Role.manager)
    queue = {"id": fresh(), "name": "Long", "rule": {"min_seconds": 80, "reviewed": False, "order": "longest"}}
    status, made = await boss.post("/reviews/queues", queue)
    assert (status, made["count"]) == (201, 1)
    assert [row["seconds"] for row in (await boss.get(f"/reviews/calls?queue={queue['id']}"))["items"]] == [90]
    assert (await other.call("GET", f"/api/v1/reviews/calls?queue={queue['id']}"))[0] == 404
    path = f"/reviews/queues/{queue['id']}"
    changed = {"name": "Longer", "rule": {"min_seconds": 100}, "shared": True}
    assert (await other.put(path, changed))[0] == 404
    assert (await boss.put(path, changed))[1]["count"] == 0
    assert (await other.put(path, changed))[0] == 403
    assert (await other.get(f"/reviews/calls?queue={queue['id']}"))["items"] == []
    assert (await boss.delete(path))[0] == 204


async def test_screens_hear_that_a_review_changed(scene: Scene) -> None:
    hub, boss = scene.hub, await scene.hub.person(Role.manager)
    _, last = await hub.deps.storage.queries.notice_bounds()
    await boss.post(f"/calls/{scene.call.id}/comments", {"id": fresh(), "text": "Here!", "start": 1})
    notices = await hub.deps.storage.queries.notices(after=last, limit=10)
    frame = orjson.loads(await changes_frame(hub.deps.storage, notices))
    assert frame["reviews"] == [str(scene.call.id)]


async def test_a_shared_clip_is_heard_by_agents_its_seconds_and_no_others(scene: Scene) -> None:
    hub = scene.hub
    boss, colleague = await hub.person(Role.manager), await hub.user(Role.agent)
    sound, store = voices(8, [(0, 2)], [(4, 6)]), RecordingStore(hub.deps.blobs, sealed=False)
    async with hub.deps.storage.read() as uow:
        (before,) = await uow.recordings.contents(scene.key)

    async def source() -> AsyncIterator[bytes]:
        yield sound

    async def told(_stored: int) -> None:
        return

    whole = await store.write(replace(before, number=2, key=None), source(), told=told, most=10**9)
    async with hub.deps.storage.begin() as uow:
        await uow.recordings.add_content(whole)
        await uow.recordings.update_content(whole)
    path, clip = f"/playlists/{fresh()}", {"id": fresh(), "call_id": str(scene.call.id), "title": "Answer"}
    await boss.put(path, {"name": "Training"})
    await boss.put(f"{path}/clips", {"clips": [clip | {"start": 4, "end": 5.5}]})
    listener = await hub.signed_in(colleague)
    audio = f"/api/v1{path}/clips/{clip['id']}/audio"
    assert (await listener.call("GET", audio))[0] == 404
    await boss.put(path, {"name": "Training", "shared": True})
    status, heard = await listener.call("GET", audio)
    left, right = loudness(heard)
    assert (status, len(left)) == (200, 15)
    assert max(left) < 300 < 3_000 < min(right)
    (line,) = await scene.log()
    assert (line["user_id"], line["reason"], line["sent"]) == (str(colleague.id), "Clip “Answer”", [[4, 5.5]])


async def test_the_call_list_learns_scores_agents_those_of_their_own_calls(scene: Scene) -> None:
    agent, boss, other = (
        await scene.hub.signed_in(scene.agent),
        await scene.hub.person(Role.manager),
        await scene.hub.person(Role.agent),
    )
    path = f"/reviews/call-scores?call={scene.call.id}"
    assert await boss.get(path) == []
    await boss.post(f"/calls/{scene.call.id}/comments", {"id": fresh(), "text": "Kind.", "start": 1})
    for client in (boss, agent):
        (score,) = await client.get(path)
        assert (score["call_id"], score["score"], score["open_comments"]) == (str(scene.call.id), None, 1)
    assert await other.get(path) == []


async def test_the_review_list_is_filtered_as_queues_are(scene: Scene) -> None:
    boss = await scene.hub.person(Role.manager)
    found = {
        query: len((await boss.get(f"/reviews/calls?{query}"))["items"])
        for query in (
            "sample=100",
            "new_agents=30",
            "recorded=true&min_seconds=90",
            "min_seconds=91",
            "agent=" + fresh(),
        )
    }
    assert list(found.values()) == [1, 1, 1, 0, 0]
    assert (await boss.call("GET", "/api/v1/reviews/calls?sample=0"))[0] == 422
