"""Transcripts by a service that speaks OpenAI's words, on loopback; and numbers taken out of words and sound."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hub.domain.errors import Conflict
from hub.domain.ids import RecordingId, UserId
from hub.domain.recording import Lane
from hub.domain.review.content import ContentKind
from hub.domain.review.rules import RecordingRules
from hub.domain.review.transcript import Line, Transcript, TranscriptState
from hub.runtime.notices import Notices
from hub.runtime.transcripts_engines import OpenAiEngine, read_answer
from hub.runtime.transcripts_worker import TranscriptsWorker
from hub.services.ids import new_id
from hub.services.recordings import deleting
from hub.services.transcripts import editing
from tests.recorded import RecordingHub, gives, loudness, voices

AGENT, BOSS = UserId(new_id()), UserId(new_id())
TALK = voices(20, [(0, 4), (15, 18)], [(5, 9), (10, 14)])


@dataclass
class Service:
    """A service that transcribes as the test says."""

    answer: Callable[[int], web.Response]
    asked: list[dict[str, Any]] = field(default_factory=list)
    hang: asyncio.Event | None = None

    async def handle(self, request: web.Request) -> web.Response:
        if self.hang is not None:
            await self.hang.wait()
        form = await request.post()
        sound = form["file"]
        assert isinstance(sound, web.FileField)
        self.asked.append(
            {
                "key": request.headers.get("Authorization"),
                "model": form["model"],
                "language": form.get("language"),
                "seconds": (len(sound.file.read()) - 44) / 32_000,
            }
        )
        return self.answer(len(self.asked) - 1)


def says(*texts: str) -> Callable[[int], web.Response]:
    """Answer the nth piece with the nth text, from its beginning to its end."""

    def answer(number: int) -> web.Response:
        text = texts[min(number, len(texts) - 1)]
        segment = {"start": 0.5, "end": 2.5, "text": f" {text}", "avg_logprob": -0.1, "no_speech_prob": 0.01}
        return web.json_response({"text": text, "segments": [segment]})

    return answer


@asynccontextmanager
async def working(hub: RecordingHub, service: Service, within: float = 10.0) -> AsyncIterator[TranscriptsWorker]:
    app = web.Application(client_max_size=30_000_000)
    app.router.add_post("/v1/audio/transcriptions", service.handle)
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        engine = OpenAiEngine(http, url=str(server.make_url("/v1")), key="sk-1", model="whisper-1", within=within)
        yield TranscriptsWorker(means=hub.means, engine=engine, language="en", notices=Notices())
        if service.hang is not None:
            service.hang.set()


async def stored(hub: RecordingHub, lanes: tuple[Lane, ...] = (Lane.agent, Lane.contact)) -> RecordingId:
    key = await hub.recorded(await hub.call(AGENT), gives(TALK), lanes=lanes)
    await hub.work()
    return key


async def told(hub: RecordingHub, key: RecordingId) -> tuple[Transcript | None, list[Line]]:
    async with hub.storage.read() as uow:
        return await uow.transcripts.get(key), list(await uow.transcripts.lines(key))


async def found(hub: RecordingHub, words: str, agent: UserId | None = None) -> list[str]:
    async with hub.storage.read() as uow:
        page = await uow.transcripts.search(words, agent=agent, hidden=(), cursor=None, limit=10)
    return [hit.text for hit in page.items]


async def test_each_voice_is_heard_apart_and_becomes_lines_that_are_found(hub: RecordingHub) -> None:
    key = await stored(hub)
    service = Service(says("Good morning.", "My żółw is late.", "Let me look."))
    async with working(hub, service) as worker:
        while await worker.work_once():
            pass
    transcript, lines = await told(hub, key)
    assert transcript is not None
    assert (transcript.state, transcript.engine, transcript.language) == (
        TranscriptState.ready,
        "openai:whisper-1",
        "en",
    )
    assert [(line.speaker, line.start, line.text) for line in lines] == [
        (Lane.agent, 0.5, "Good morning."),
        (Lane.contact, pytest.approx(5.2, abs=0.05), "My żółw is late."),
        (Lane.agent, pytest.approx(15.2, abs=0.05), "Let me look."),
    ]
    assert lines[0].confidence == 0.905
    assert [(one["key"], one["model"], one["language"]) for one in service.asked] == [
        ("Bearer sk-1", "whisper-1", "en")
    ] * 3
    assert [one["seconds"] for one in service.asked] == pytest.approx([4.3, 9.6, 3.6], abs=0.05)
    assert await found(hub, "zolw lat") == ["My żółw is late."]
    assert await found(hub, "morning", agent=AGENT) == ["Good morning."]
    assert await found(hub, "morning", agent=BOSS) == []


async def test_mixed_voices_and_plain_answers_become_one_speaker(hub: RecordingHub) -> None:
    key = await stored(hub, (Lane.mixed,))
    async with working(hub, Service(lambda _n: web.json_response({"text": "All in one."}))) as worker:
        assert await worker.work_once()
    _, lines = await told(hub, key)
    assert [(line.speaker, line.start, line.end, line.text) for line in lines] == [(Lane.mixed, 0, 20, "All in one.")]


def trouble(status: int, body: bytes = b"", **headers: str) -> Callable[[int], web.Response]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _n: web.Response(status=status, body=body, headers=named)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (trouble(429, Retry_After="120"), "busy (status 429)"),
        (trouble(503), "busy (status 503)"),
        (trouble(401), "Check HUB_TRANSCRIPTS_URL, HUB_TRANSCRIPTS_KEY"),
        (trouble(302, Location="http://127.0.0.1:1/"), "did not take the sound (status 302)"),
        (trouble(200, b"<html>Welcome"), "not JSON"),
        (trouble(200, b'{"choices": []}'), "no transcript"),
        (trouble(200, b"[" * 100_000), "not JSON"),
        (trouble(400, b"bad sound"), "did not take the sound (status 400): bad sound"),
        (trouble(200, b"x" * 9_000_000), "more than a transcript can be"),
    ],
)
async def test_trouble_is_said_in_words_and_passes_when_the_service_is_well(
    hub: RecordingHub, answer: Callable[[int], web.Response], words: str
) -> None:
    key = await stored(hub)
    service = Service(answer)
    async with working(hub, service) as worker:
        assert await worker.work_once()
        transcript, lines = await told(hub, key)
        assert transcript is not None
        assert words in transcript.error
        assert lines == []
        service.answer = says("At last.")
        hub.clock.forward(hours=3)
        await editing.ask_for_transcript(hub.storage, key, engine=True, now=hub.clock.now())
        assert await worker.work_once()
    assert [line.text for line in (await told(hub, key))[1]][:1] == ["At last."]


async def test_a_service_that_hangs_is_given_up_after_a_day(hub: RecordingHub) -> None:
    key = await stored(hub)
    async with working(hub, Service(says(""), hang=asyncio.Event()), within=0.05) as worker:
        for _ in range(3):
            await worker.work_once()
            hub.clock.forward(hours=11)
        await worker.work_once()
    transcript, _ = await told(hub, key)
    assert transcript is not None
    assert transcript.state is TranscriptState.failed
    assert transcript.error.startswith("The transcription service did not answer in time. Given up after 24 hours.")


async def test_what_a_service_says_is_not_believed_blindly(hub: RecordingHub) -> None:
    key = await stored(hub)
    odd = [
        {"start": "0", "end": 1, "text": "times as text"},
        {"start": 0, "end": 1, "text": None},
        {"start": -5, "end": 1e9, "text": "far out"},
        {"start": 0, "end": 1, "text": "thanks for watching", "no_speech_prob": 0.9, "avg_logprob": -2},
        "no segment",
    ]
    async with working(hub, Service(lambda _n: web.json_response({"text": "x", "segments": odd}))) as worker:
        await worker.work_once()
    _, lines = await told(hub, key)
    assert {line.text for line in lines} == {"far out"}
    assert all(0 <= line.start <= line.end <= 20 for line in lines)


async def test_numbers_are_taken_out_of_words_and_sound_before_anybody_reads_them(hub: RecordingHub) -> None:
    await deleting.set_rules(hub.storage, RecordingRules(channel_id=hub.channel.id, redact=True))
    key = await stored(hub, (Lane.contact, Lane.agent))
    before = [content.number for content in await hub.contents(key)]
    async with working(hub, Service(says("It is 4111 1111 1111 1111.", "Thank you.", "Bye."))) as worker:
        await worker.work_once()
    await hub.work()
    transcript, lines = await told(hub, key)
    assert transcript is not None
    assert (transcript.redactions, lines[0].text, lines[0].redacted) == (1, "It is [card].", True)
    assert await found(hub, "4111") == []
    contents = await hub.contents(key)
    assert [content.kind for content in contents] == [ContentKind.redacted]
    assert contents[0].number > max(before)
    assert {file.split("/")[2] for file in await hub.files()} == {str(contents[0].number)}
    left, right = loudness(await hub.bytes_of(contents[0]))
    silent = [max(left[n], right[n]) for n in range(5, 24)]
    assert max(silent) < 5
    assert (max(left[40:]), max(right[40:])) > (3_000, 3_000)
    async with hub.storage.read() as uow:
        look = await uow.recordings.look(key)
    assert look is not None
    # The original had the customer left; what took its place has the agent left.
    assert look.peaks[1][35] > 20 > look.peaks[0][35]


async def test_a_redaction_asked_for_takes_earlier_wordings_along(hub: RecordingHub) -> None:
    key = await stored(hub)
    async with working(hub, Service(says("My card, 4111 1111 1111 1111.", "Yes.", "Good."))) as worker:
        await worker.work_once()
        now = hub.clock.now()
        line = await editing.edit_line(hub.storage, key, 0, "My card ends in 1111.", by=BOSS, now=now)
        assert (line.edited, await found(hub, "ends")) == (True, ["My card ends in 1111."])
        await editing.ask_for_redaction(hub.storage, key, now=now)
        await worker.work_once()
    async with hub.storage.read() as uow:
        (earlier,) = await uow.transcripts.revisions(key)
    assert (earlier.text, earlier.replaced_by) == ("My card, [card].", BOSS)
    assert [content.kind for content in await hub.contents(key)] == [ContentKind.redacted]


async def test_without_an_engine_nothing_is_asked_for(hub: RecordingHub) -> None:
    key = await stored(hub)
    with pytest.raises(Conflict, match="HUB_TRANSCRIPTS"):
        await editing.ask_for_transcript(hub.storage, key, engine=False, now=hub.clock.now())
    with pytest.raises(Conflict, match="there is none"):
        await editing.ask_for_redaction(hub.storage, key, now=hub.clock.now())
    worker = TranscriptsWorker(means=hub.means, engine=None, language="", notices=Notices())
    assert not await worker.work_once()


@pytest.mark.parametrize("segments", [[], ["All in one."], [{"text": "All in one.", "start": None, "end": "2"}]])
def test_words_without_times_are_one_line_and_not_lost(segments: list[object]) -> None:
    body = orjson.dumps({"text": "All in one.", "segments": segments})
    (heard,) = read_answer(body, seconds=20)
    assert (heard.start, heard.end, heard.text) == (0, 20, "All in one.")
