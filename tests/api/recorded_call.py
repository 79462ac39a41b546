"""An agent's recorded call as the API's tests begin with it."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any

from hub.domain.call import Call
from hub.domain.ids import RecordingId
from hub.domain.recording import RecordingState
from hub.domain.review.content import CHUNK, Content, ContentKind, Look
from hub.domain.user import Role, User
from hub.ports.calls import CallFlush
from hub.runtime.recordings_store import RecordingStore
from tests.api.workspace import Client, Workspace
from tests.recorded import put_call, recording

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
