"""Recordings as screens use them: played and refused with a log, held, deleted with proof, transcribed."""

from collections.abc import AsyncIterator

import pytest

from hub.domain.review.content import CHUNK
from hub.domain.review.rules import AgentsHear, RecordingRules
from hub.domain.review.transcript import Line, Transcript, TranscriptState
from hub.domain.user import Role
from hub.runtime.recordings_store import RecordingStore
from tests.api.recorded_call import SOUND, Scene, recorded_call
from tests.api.workspace import Workspace, fresh


@pytest.fixture
async def scene(hub: Workspace) -> Scene:
    return await recorded_call(hub)


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


async def test_lines_rules_are_listed_with_what_holds_elsewhere(scene: Scene) -> None:
    boss, agent = await scene.hub.person(Role.manager), await scene.hub.signed_in(scene.agent)
    before = await boss.get("/recording-rules")
    assert (before["items"], before["transcribes"], before["defaults"]["agents_hear"]) == ([], False, "own")
    admin = await scene.hub.person(Role.admin)
    path = f"/channels/{scene.hub.channel.id}/recording-rules"
    status, _ = await admin.put(path, {"keep_days": 90, "ask_reason": True})
    assert status == 200
    (rules,) = (await boss.get("/recording-rules"))["items"]
    assert (rules["channel_id"], rules["keep_days"], rules["ask_reason"]) == (str(scene.hub.channel.id), 90, True)
    assert (await agent.call("GET", "/api/v1/recording-rules"))[0] == 403
