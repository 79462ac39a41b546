"""Recordings and reviews as screens use them: played with a log, refused with a log, reviewed, answered, counted."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

import orjson
import pytest

from hub.api.live.frames import changes_frame
from hub.domain.call import Call, RecordingState
from hub.domain.ids import RecordingId
from hub.domain.review.content import CHUNK, Content, ContentKind, Look
from hub.domain.review.rules import AgentsHear, RecordingRules
from hub.domain.review.transcript import Line, Transcript, TranscriptState
from hub.domain.user import Role, User
from hub.ports.calls import CallFlush
from hub.runtime.recordings_store import RecordingStore
from tests.api.workspace import Client, Workspace, fresh
from tests.recorded import loudness, put_call, recording, voices

SOUND = bytes(range(256)) * 6_000  # a chunk and a half


class Scene:
    """An agent's recorded call, the agent, a colleague and a manager."""

    def __init__(self, hub: Workspace, agent: User, call: Call, key: RecordingId) -> None:
        self.hub = hub
        self.agent = agent
        self.call = call
        self.key = key

    async def play(self, client: Client, **more: Any) -> str:
        status, body = await client.post(f"/recordings/{self.key}/plays", {"kind": "play", **more})
        assert status == 201, body
        return str(body["id"])

    async def hear(self, client: Client, play: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        path = f"/api/v1/recordings/{self.key}/audio?play={play}"
        response, body = await client.full("GET", path, headers=named)
        return response.status, response.headers, body

    async def log(self) -> list[dict[str, Any]]:
        boss = await self.hub.person(Role.manager)
        return list((await boss.get(f"/plays?call={self.call.id}"))["items"])


@pytest.fixture
async def scene(hub: Workspace) -> Scene:
    return await recorded_call(hub)


async def recorded_call(hub: Workspace, *, complete: bool = True) -> Scene:
    agent = await hub.user(Role.agent, name="Ala")
    store = RecordingStore(hub.deps.blobs, sealed=True)
    async with hub.deps.storage.begin() as uow:
        call = await put_call(uow, hub.channel, [agent.id], began_at=hub.clock.now(), seconds=90)
        found = recording(call, state=RecordingState.pending, duration=90.0)
        await uow.calls.save(CallFlush(new_recordings=[found], recordings={found.id: found}))
    content = Content(
        recording_id=found.id,
        number=1,
        kind=ContentKind.original,
        key=store.new_key(),
        media_type="audio/wav",
        created_at=hub.clock.now(),
    )

    async def sound() -> AsyncIterator[bytes]:
        yield SOUND if complete else SOUND[:CHUNK]

    async def told(_stored: int) -> None:
        return

    whole = await store.write(content, sound(), told=told, most=10**9)
    look = Look(
        recording_id=found.id,
        seconds=90.0,
        codec="pcm_s16le",
        rate=8_000,
        channels=2,
        peaks=(bytes([1, 50]), bytes([0, 100])),
        talk={"agent_share": 40.0},
        looked_at=hub.clock.now(),
    )
    async with hub.deps.storage.begin() as uow:
        await uow.recordings.add_content(whole)
        await uow.recordings.update_content(replace(whole, complete=complete))
        if complete:
            await uow.recordings.update(replace(found, state=RecordingState.ready))
            await uow.recordings.save_look(look)
        await uow.reviews.refresh(call.id)
    return Scene(hub, agent, call, found.id)


async def test_an_agent_plays_an_own_call_and_every_second_is_logged(scene: Scene) -> None:
    agent = await scene.hub.signed_in(scene.agent)
    (shown,) = await agent.get(f"/calls/{scene.call.id}/recordings")
    assert (shown["state"], shown["why_not_play"], shown["silent"], shown["fetching"]) == ("ready", "", "", False)
    assert "not download" in shown["why_not_download"]
    play = await scene.play(agent)
    status, headers, body = await scene.hear(agent, play)
    assert (status, body, headers["Content-Type"], headers["Accept-Ranges"]) == (200, SOUND, "audio/wav", "bytes")
    first, second = [[0.0, 4.26], [10, 12]], [[4.2, 6], [11, 13.5]]
    assert (await agent.put(f"/plays/{play}/heard", {"spans": first}))[0] == 200
    status, told = await agent.put(f"/plays/{play}/heard", {"spans": second})
    assert (status, told["heard"], told["heard_seconds"]) == (200, [[0, 6], [10, 13.5]], 9.5)
    (line,) = await scene.log()
    assert (line["user_id"], line["kind"], line["heard_seconds"], line["sent"]) == (
        str(scene.agent.id),
        "play",
        9.5,
        [[0, 90]],
    )


async def test_ranges_play_any_second_and_are_logged_as_sent(scene: Scene) -> None:
    agent = await scene.hub.signed_in(scene.agent)
    play = await scene.play(agent)
    status, headers, body = await scene.hear(agent, play, Range=f"bytes={CHUNK - 2}-{CHUNK + 1}")
    assert (status, body) == (206, SOUND[CHUNK - 2 : CHUNK + 2])
    assert headers["Content-Range"] == f"bytes {CHUNK - 2}-{CHUNK + 1}/{len(SOUND)}"
    assert (await scene.hear(agent, play, Range=f"bytes={len(SOUND)}-"))[0] == 416
    assert (await scene.hear(agent, play, If_None_Match=headers["ETag"]))[0] == 304
    half = len(SOUND) // 2
    assert (await scene.hear(agent, play, Range=f"bytes={half}-"))[2] == SOUND[half:]
    (line,) = await scene.log()
    assert line["sent"] == [[45, 90]]


async def test_who_may_not_hear_gets_403_and_a_line_in_the_log(scene: Scene) -> None:
    colleague = await scene.hub.user(Role.agent)
    other = await scene.hub.signed_in(colleague)
    status, body = await other.post(f"/recordings/{scene.key}/plays", {"kind": "play"})
    assert (status, "your own calls only" in body["detail"]) == (403, True)
    agent = await scene.hub.signed_in(scene.agent)
    status, body = await agent.post(f"/recordings/{scene.key}/plays", {"kind": "download"})
    assert (status, "not download" in body["detail"]) == (403, True)
    assert (await other.call("GET", f"/api/v1/recordings/{scene.key}/waveform"))[0] == 403
    assert (await other.call("GET", f"/api/v1/recordings/{scene.key}/transcript"))[0] == 403
    refused, before = await scene.log()
    assert (refused["kind"], refused["user_id"], "not download" in refused["reason"]) == (
        "refused",
        str(scene.agent.id),
        True,
    )
    assert (before["kind"], before["user_id"], before["address"]) == ("refused", str(colleague.id), "127.0.0.1")


async def test_nothing_is_heard_without_a_play_of_ones_own(scene: Scene) -> None:
    agent, boss = await scene.hub.signed_in(scene.agent), await scene.hub.person(Role.manager)
    play = await scene.play(agent)
    assert (await scene.hear(boss, play))[0] == 403
    assert (await scene.hear(agent, fresh()))[0] == 403
    assert (await agent.put(f"/plays/{fresh()}/heard", {"spans": []}))[0] == 403
    assert (await agent.call("GET", f"/api/v1/recordings/{scene.key}/download?play={play}"))[0] == 403
    assert (await agent.put(f"/plays/{play}/heard", {"spans": [[200, 300]]}))[0] == 422
    scene.hub.clock.forward(hours=13)
    assert (await scene.hear(agent, play))[0] == 403


async def test_a_download_is_the_original_and_carries_its_line_of_the_log(scene: Scene) -> None:
    boss = await scene.hub.person(Role.manager)
    status, play = await boss.post(f"/recordings/{scene.key}/plays", {"kind": "download", "reason": "For the court."})
    response, body = await boss.full("GET", f"/api/v1/recordings/{scene.key}/download?play={play['id']}")
    assert (status, response.status, body) == (201, 200, SOUND)
    assert f"{play['id']}.wav" in response.headers["Content-Disposition"]
    (line,) = await scene.log()
    assert (line["kind"], line["reason"], line["sent_seconds"]) == ("download", "For the court.", 90)


async def test_a_line_may_ask_for_a_reason_and_keep_agents_out(scene: Scene) -> None:
    admin, agent = await scene.hub.person(Role.admin), await scene.hub.signed_in(scene.agent)
    path = f"/channels/{scene.hub.channel.id}/recording-rules"
    assert (await admin.get(path))["agents_hear"] == "own"
    status, rules = await admin.put(path, {"ask_reason": True})
    assert (status, rules["ask_reason"]) == (200, True)
    status, body = await agent.post(f"/recordings/{scene.key}/plays", {"kind": "play"})
    assert (status, "say why" in body["detail"]) == (422, True)
    await scene.play(agent, reason="I want to learn.")
    assert (await admin.put(path, {"agents_hear": "none"}))[0] == 200
    assert (await agent.post(f"/recordings/{scene.key}/plays", {"kind": "play"}))[0] == 403


async def test_a_recording_plays_while_it_is_still_being_fetched(hub: Workspace) -> None:
    scene = await recorded_call(hub, complete=False)
    agent = await hub.signed_in(scene.agent)
    (shown,) = await agent.get(f"/calls/{scene.call.id}/recordings")
    assert (shown["state"], shown["fetching"], shown["silent"]) == ("pending", True, "")
    play = await scene.play(agent)
    store = RecordingStore(hub.deps.blobs, sealed=True)
    async with hub.deps.storage.read() as uow:
        (begun,) = await uow.recordings.contents(scene.key)

    async def all_of_it() -> AsyncIterator[bytes]:
        yield SOUND

    async def told(_stored: int) -> None:
        return

    address = f"{agent.origin}/api/v1/recordings/{scene.key}/audio?play={play}"
    async with agent.http.get(address, headers=agent.headers) as answer:
        first = await answer.content.readexactly(CHUNK)
        whole = await store.write(begun, all_of_it(), told=told, most=10**9)
        async with hub.deps.storage.begin() as uow:
            await uow.recordings.update_content(whole)
        rest = await answer.content.read()
        assert (answer.status, answer.headers["Accept-Ranges"], answer.content_length) == (200, "none", None)
    assert first + rest == SOUND
    (line,) = await scene.log()
    assert line["sent_seconds"] == 90


async def test_the_waveform_has_both_lanes_and_what_the_voices_tell(scene: Scene) -> None:
    agent = await scene.hub.signed_in(scene.agent)
    shown = await agent.get(f"/recordings/{scene.key}/waveform")
    assert shown["lanes"] == [{"lane": "agent", "peaks": [1, 50]}, {"lane": "contact", "peaks": [0, 100]}]
    assert (shown["seconds"], shown["talk"]) == (90, {"agent_share": 40})


async def test_a_recording_is_held_deleted_and_the_deletion_proved(scene: Scene) -> None:
    admin = await scene.hub.person(Role.admin)
    path = f"/recordings/{scene.key}"
    assert (await admin.put(f"{path}/hold", {"reason": "Case 7"}))[0] == 200
    status, body = await admin.post(f"{path}/deletion", {"reason": "old"})
    assert (status, "Case 7" in body["detail"]) == (409, True)
    assert (await admin.delete(f"{path}/hold"))[0] == 204
    status, record = await admin.post(f"{path}/deletion", {"reason": "The customer asked."})
    assert (status, record["number"], record["size"], record["sealed"]) == (200, 1, len(SOUND), True)
    proof = await admin.get("/deletions")
    assert (proof["items"], proof["broken_at"], proof["next"]) == ([record], None, None)
    assert await admin.get(f"{path}/deletion") == record
    (shown,) = await admin.get(f"/calls/{scene.call.id}/recordings")
    assert (shown["state"], "The customer asked." in shown["silent"]) == ("deleted", True)
    assert (await admin.post(f"{path}/plays", {"kind": "play"}))[0] == 404


async def test_a_transcript_is_read_edited_with_history_and_found(scene: Scene) -> None:
    agent, boss = await scene.hub.signed_in(scene.agent), await scene.hub.person(Role.manager)
    path = f"/recordings/{scene.key}/transcript"
    assert ((await agent.get(path))["state"], (await boss.post(path))[0]) == (None, 409)
    made = Transcript(
        recording_id=scene.key, call_id=scene.call.id, state=TranscriptState.ready, created_at=scene.hub.clock.now()
    )
    async with scene.hub.deps.storage.begin() as uow:
        lanes = (await uow.recordings.get(scene.key)).lanes  # type: ignore[union-attr]  # it was stored above
        lines = [Line(number=0, speaker=lanes[0], start=1, end=2, text="Dzień dobri")]
        await uow.transcripts.replace_lines(made, lines)
    assert (await agent.put(f"{path}/lines/0", {"text": "Dzień dobry"}))[0] == 403
    status, line = await boss.put(f"{path}/lines/0", {"text": "Dzień dobry"})
    assert (status, line["edited"]) == (200, True)
    (before,) = await agent.get(f"{path}/revisions")
    assert before["text"] == "Dzień dobri"
    (hit,) = (await agent.get("/transcripts/search?q=dobry"))["items"]
    assert (hit["text"], hit["call_id"], hit["start"]) == ("Dzień dobry", str(scene.call.id), 1)
    colleague = await scene.hub.person(Role.agent)
    assert (await colleague.get("/transcripts/search?q=dobry"))["items"] == []
    async with scene.hub.deps.storage.begin() as uow:
        await uow.recordings.save_rules(RecordingRules(channel_id=scene.hub.channel.id, agents_hear=AgentsHear.none))
    assert (await agent.get("/transcripts/search?q=dobry"))["items"] == []


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
