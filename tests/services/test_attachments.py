"""Files are stored once, taken back when nobody wants them, and never half."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from hub.domain.errors import Conflict, Forbidden, Invalid, NotFound
from hub.domain.ids import AttachmentId
from hub.domain.views import Draft
from hub.services import attachments, conversations
from hub.services.attachments import TooLarge
from hub.services.ids import new_id
from tests.services.workplace import Workplace


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 300), "blue").save(out, "PNG")
    return out.getvalue()


async def keys(place: Workplace) -> list[str]:
    return [key async for key in place.blobs.keys()]  # noqa: SIM118 - the blob store's keys


async def test_an_upload_is_sniffed_measured_and_kept_once(place: Workplace) -> None:
    upload_id = AttachmentId(new_id())
    first = await place.upload(png(), "../cat.txt", id=upload_id, media_type="text/plain")
    again = await place.upload(b"other bytes", "x", id=upload_id)
    assert (first.name, first.media_type, first.size) == ("cat.txt", "image/png", len(png()))
    assert (first.width, first.height) == (600, 300)
    assert again == first
    assert sorted(await keys(place)) == sorted([str(first.blob), str(first.thumbnail)])


async def test_what_is_empty_or_too_large_leaves_nothing_behind(place: Workplace) -> None:
    with pytest.raises(TooLarge, match="at most 0 MB"):
        await place.upload(b"x" * 101, max_bytes=100)
    with pytest.raises(Invalid, match="empty"):
        await place.upload(b"")
    assert await keys(place) == []


async def test_an_upload_that_breaks_off_leaves_nothing_behind(place: Workplace) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"some"
        raise ConnectionResetError("the browser went away")

    with pytest.raises(ConnectionResetError, match="went away"):
        await attachments.store_stream(place.blobs, "file/x", broken(), max_bytes=100)
    assert await keys(place) == []


async def test_the_same_content_is_stored_under_one_key(place: Workplace) -> None:
    one = await attachments.store_content(place.blobs, png(), claimed="image/png", name="a.png")
    two = await attachments.store_content(place.blobs, png())
    assert one == two
    assert one.thumbnail is not None
    assert len(await keys(place)) == 2


async def test_only_who_uploaded_a_file_discards_it_and_only_while_it_is_loose(place: Workplace) -> None:
    row = await place.customer_writes()
    file = await place.upload()
    bob = await place.user("Bob")
    with pytest.raises(Forbidden):
        await attachments.discard(place.hub.storage, place.blobs, file.id, by=bob.id)
    await attachments.discard(place.hub.storage, place.blobs, file.id, by=place.ann.id)
    assert await keys(place) == []
    with pytest.raises(NotFound):
        await attachments.discard(place.hub.storage, place.blobs, file.id, by=place.ann.id)
    sent = await place.upload()
    await place.reply(row.id, attachment_ids=(sent.id,))
    with pytest.raises(Conflict):
        await attachments.discard(place.hub.storage, place.blobs, sent.id, by=place.ann.id)


async def test_an_id_of_somebody_elses_file_is_a_conflict(place: Workplace) -> None:
    file = await place.upload()
    bob = await place.user("Bob")
    with pytest.raises(Conflict):
        await place.upload(id=file.id, by=bob.id)


async def test_uploads_nobody_sent_or_drafted_are_forgotten(place: Workplace) -> None:
    row = await place.customer_writes()
    drafted, loose = await place.upload(), await place.upload()
    draft = Draft(
        conversation_id=row.id,
        user_id=place.ann.id,
        text="",
        attachment_ids=(drafted.id,),
        updated_at=place.hub.clock.now(),
    )
    async with place.hub.storage.begin() as uow:
        await conversations.save_draft(uow, draft)
    before = place.hub.clock.now() + timedelta(seconds=1)
    assert await attachments.forget_uploads(place.hub.storage, place.blobs, before=before) == 1
    assert await keys(place) == [drafted.blob]
    assert loose.blob != drafted.blob
