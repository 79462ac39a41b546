"""Bots send files: with the message where the channel carries them, as links where not, for as long as flows may."""

from datetime import timedelta

import pytest

from hub.domain.botflow.flow import Enclosed, Hand, Message
from hub.domain.botflow.reading import write_flow
from hub.domain.botflow.records import FlowId
from hub.domain.channel import MediaRule
from hub.domain.errors import Invalid
from hub.domain.interaction import Attachment
from hub.services.attachments import forget_uploads
from hub.services.bots import flows
from hub.services.ids import new_id
from tests.domain.botflow.flows import flow
from tests.services.bots.bothub import BotHub

TEXT = MediaRule(types=("text/plain",), max_bytes=100, max_count=2)


def sending(*files: Attachment, text: str = "Our prices") -> Message:
    """Say something with files, then hand over."""
    named = tuple(Enclosed(id=file.id, name=file.name) for file in files)
    return Message(id="prices", text={"en": text} if text else {}, files=named, exits={"next": "end"})


async def test_a_file_goes_with_the_words_and_every_customer_gets_their_own(bots: BotHub) -> None:
    prices = await bots.place.upload(b"tent 99", "prices.txt")
    await bots.greeter(sending(prices), Hand(id="end"))
    for name in ("ann", "ben"):
        row = await bots.hears("Hi", by=name)
        (said, *_) = [one for one in await bots.place.hub.thread(row.id) if one.author_kind.value == "bot"]
        assert (said.text, [file.name for file in said.attachments]) == ("Our prices", ["prices.txt"])
    sent = [due for due in await bots.place.claim() if due.interaction.text == "Our prices"]
    async with bots.place.hub.storage.read() as uow:
        files = [await uow.timeline.attachments(due.interaction.id) for due in sent]
    assert [[file.blob for file in each] for each in files] == [[prices.blob], [prices.blob]]


async def test_a_file_may_go_without_words_and_many_go_in_several_messages(bots: BotHub) -> None:
    files = [await bots.place.upload(b"x", f"{number}.txt") for number in range(3)]
    bots.able(media=TEXT)
    await bots.greeter(sending(*files, text=""), Hand(id="end"))
    row = await bots.hears("Hi")
    said = [one for one in await bots.place.hub.thread(row.id) if one.author_kind.value == "bot" and one.attachments]
    assert [[file.name for file in one.attachments] for one in said] == [["0.txt", "1.txt"], ["2.txt"]]


@pytest.mark.parametrize("media", [None, MediaRule(types=("image/*",)), MediaRule(max_bytes=3)])
async def test_what_the_channel_does_not_carry_goes_as_a_link(bots: BotHub, media: MediaRule | None) -> None:
    prices = await bots.place.upload(b"tent 99", "prices.txt")
    bots.able(media=media)
    bots.with_means(link=lambda file: f"https://hub.example/files/{file.name}")
    await bots.greeter(sending(prices), Hand(id="end"))
    await bots.hears("Hi")
    assert (await bots.said())[0] == "Our prices\nprices.txt: https://hub.example/files/prices.txt"


async def test_a_file_that_is_gone_brings_a_human_with_its_name(bots: BotHub) -> None:
    gone = Message(
        id="prices", text={"en": "Our prices"}, files=(Enclosed(id=new_id(), name="old.pdf"),), exits={"next": "end"}
    )
    await bots.greeter(gone, Hand(id="end"))
    row = await bots.hears("Hi")
    assert (await bots.run(row.id)).end == "handed_over"
    assert "“old.pdf” is not in this hub any more" in (await bots.notes())[0]


async def test_what_a_draft_names_is_kept_for_good_and_other_uploads_are_forgotten(bots: BotHub) -> None:
    hub, now = bots.place.hub, bots.place.hub.clock.now()
    prices, other = await bots.place.upload(b"1", "prices.txt"), await bots.place.upload(b"2", "other.txt")
    draft = write_flow(flow(sending(prices), Hand(id="end"), languages=("en",)))
    async with hub.storage.begin() as uow:
        made = await flows.create(uow, id=FlowId(new_id()), name="Prices", draft=draft, by=None, now=now)
        await flows.publish(uow, made.record.id, by=None, now=now)
        await flows.withdraw(uow, made.record.id, now=now)
        await flows.delete(uow, made.record.id)
    assert await forget_uploads(hub.storage, bots.place.blobs, before=now + timedelta(days=9)) == 1
    async with hub.storage.read() as uow:
        assert await uow.timeline.attachment(prices.id) == prices
        assert await uow.timeline.attachment(other.id) is None


async def test_a_flow_that_names_a_file_of_another_hub_is_not_published(bots: BotHub) -> None:
    hub, now = bots.place.hub, bots.place.hub.clock.now()
    lost = Message(id="a", text={"en": "x"}, files=(Enclosed(id=new_id(), name="list.pdf"),), exits={"next": "end"})
    async with hub.storage.begin() as uow:
        draft = write_flow(flow(lost, Hand(id="end"), languages=("en",)))
        made = await flows.create(uow, id=FlowId(new_id()), name="Prices", draft=draft, by=None, now=now)
        with pytest.raises(Invalid, match=r"“list\.pdf” of “a” is not in this hub"):
            await flows.publish(uow, made.record.id, by=None, now=now)
