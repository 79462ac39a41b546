"""A recording goes out as the channel's voice note, made once and kept beside the original; or as a file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.domain.channel import Capabilities, MediaRule, VoiceFormat
from hub.domain.delivery import DeliveryState
from hub.domain.errors import CannotSend
from hub.domain.sending import recording_format
from hub.runtime.media import MediaWork
from hub.runtime.media_work import ENCODERS
from hub.services import deliver, voice
from hub.services.file_links import FileLinks, Form, verify
from tests import media
from tests.services.test_deliver import KEY, connector, means
from tests.services.workplace import CAPABILITIES, Workplace

VOICE = replace(CAPABILITIES, voice=VoiceFormat.ogg_opus, media=MediaRule(types=("audio/ogg",)))
PLAIN = replace(CAPABILITIES, media=MediaRule(types=("audio/*",)))


async def send(place: Workplace, capabilities: Capabilities) -> deliver.Outcome:
    (due,) = await place.claim()
    links = FileLinks(public_url="https://hub.example.com", key=KEY)
    able = means(place, media=MediaWork(place.blobs), links=links)
    return await deliver.attempt(able, connector(place), due, voice=recording_format(capabilities))


async def test_a_recording_becomes_the_channels_voice_note(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload(media.webm(), "voice message.webm", media_type="audio/webm", voice=True)
    await place.reply(row.id, "", attachment_ids=(file.id,), capabilities=VOICE)
    await send(place, VOICE)
    (sent,) = place.hub.script.sent[0].attachments
    content = await sent.read()
    assert (sent.name, sent.media_type, sent.voice, sent.size) == ("voice message.ogg", "audio/ogg", True, len(content))
    assert media.read_back(content)[:2] == ("opus", 1)
    async with place.hub.storage.read() as uow:
        kept = await uow.timeline.attachment(file.id)
    assert kept is not None
    assert (kept.media_type, kept.converted) == ("audio/webm", f"{file.blob}.ogg")
    assert sent.link is not None
    link = sent.link(timedelta(hours=1)).removeprefix("https://hub.example.com/files/")
    linked = verify(link, place.hub.clock.now(), KEY)
    assert linked is not None
    assert (linked.attachment_id, linked.form) == (file.id, Form.converted)


async def test_where_there_are_no_voice_notes_it_goes_as_a_file_everybody_plays(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload(media.webm(), "v.webm", media_type="audio/webm", voice=True)
    await place.reply(row.id, "", attachment_ids=(file.id,), capabilities=PLAIN)
    await send(place, PLAIN)
    (sent,) = place.hub.script.sent[0].attachments
    assert (sent.name, sent.media_type) == ("v.mp3", "audio/mpeg")
    assert media.read_back(await sent.read())[0].startswith("mp3")
    another = await place.upload(media.webm(), "v.webm", media_type="audio/webm", voice=True)
    with pytest.raises(CannotSend, match="does not carry"):
        await place.reply(row.id, "", attachment_ids=(another.id,))


async def test_a_broken_recording_fails_in_words(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload(media.webm()[:150], "v.webm", media_type="audio/webm", voice=True)
    await place.reply(row.id, "", attachment_ids=(file.id,), capabilities=VOICE)
    outcome = await send(place, VOICE)
    assert (outcome.delivery.state, outcome.delivery.code) == (DeliveryState.failed, "voice_not_converted")
    assert "Record it again" in outcome.delivery.reason


def test_the_sizes_recordings_are_judged_by_are_those_they_are_made_in() -> None:
    assert {kind.value: bits for kind, bits in voice.BITS.items()} == {kind: made[3] for kind, made in ENCODERS.items()}


async def test_a_recording_longer_than_the_channel_carries_is_refused_before_it_is_queued(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload(media.webm(), "v.webm", media_type="audio/webm", voice=True)
    async with place.hub.storage.begin() as uow:
        await uow.timeline.update_attachment(replace(file, duration=90.0))
    mms = replace(PLAIN, media=MediaRule(types=("audio/*",), max_bytes=500_000))
    with pytest.raises(CannotSend, match="at most 500 KB"):
        await place.reply(row.id, "", attachment_ids=(file.id,), capabilities=mms)
