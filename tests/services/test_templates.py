"""Templates: read from the provider, filled in, checked, sent at any time; and who may not be written to at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.contract import CredentialsRefused, OffersTemplates, OptedOut
from hub.domain.channel import Capabilities, MediaRule
from hub.domain.delivery import DeliveryState
from hub.domain.errors import CannotSend, Invalid
from hub.domain.ids import ConversationId
from hub.domain.interaction import AuthorKind
from hub.domain.template import Template, TemplateField, TemplateState
from hub.services import deliver, reply, templates
from hub.services.ids import new_id
from hub.services.outgoing import Written
from hub.services.templates import Chosen
from tests.scripted import T0, says
from tests.services.test_deliver import connector, means, send
from tests.services.workplace import Workplace

META = Capabilities(
    templates=True,
    text_limit=20,
    media=MediaRule(types=("image/*",)),
    reply_window=timedelta(hours=24),
    human_window=timedelta(days=7),
)
REMINDER = Template(
    key="reminder/en",
    name="reminder",
    language="en",
    body="Dear {{name}}, your parcel waits in our shop.",
    footer="The shop",
    fields=(TemplateField(key="name", title="name"), TemplateField(key="head", title="Picture", kind="image")),
)
PLAIN = Template(key="plain/en", name="plain", language="en", body="We are here for you again.")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


class Provider(OffersTemplates):
    def __init__(self, *templates: Template, error: Exception | None = None) -> None:
        self.kept, self.error = templates, error

    async def templates(self) -> Sequence[Template]:
        if self.error is not None:
            raise self.error
        return self.kept


async def offered(place: Workplace, *kept: Template) -> None:
    await templates.sync(place.hub.storage, Provider(*kept), place.hub.channel.id, place.hub.clock.now())


async def start(place: Workplace, **more: Any) -> Any:
    async with place.hub.storage.begin() as uow:
        return await reply.start_conversation(
            uow,
            id=ConversationId(new_id()),
            channel_id=place.hub.channel.id,
            to="zoe",
            capabilities=META,
            new_message_id=lambda _delivery: None,
            by=place.ann.id,
            now=place.hub.clock.now(),
            **more,
        )


async def test_a_template_goes_long_after_the_window_with_its_text_in_the_timeline(place: Workplace) -> None:
    row = await place.customer_writes()
    await offered(place, REMINDER)
    place.hub.clock.forward(days=30)
    file = await place.upload(PIXEL, "shop.png")
    chosen = Chosen(key=REMINDER.key, values={"name": "Ann"})
    made = await place.reply(row.id, "", template=chosen, attachment_ids=(file.id,), capabilities=META)
    assert made.record.text == "Dear Ann, your parcel waits in our shop.\n\nThe shop"
    await send(place)
    (message,) = place.hub.script.sent
    assert message.template is not None
    assert (message.template.key, message.template.values) == (REMINDER.key, {"name": "Ann"})
    assert message.text == made.record.text
    assert (message.attachments[0].width, message.attachments[0].height) == (1, 1)


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Chosen(key="gone", values={}), "no longer has this template"),
        (Chosen(key=REMINDER.key, values={"name": ""}), "“name” is empty"),
        (Chosen(key=REMINDER.key, values={"name": "Ann"}), "“Picture” is missing"),
        (Chosen(key="paused", values={}), "is paused"),
    ],
)
async def test_what_the_provider_would_refuse_is_refused_in_words(chosen: Chosen, words: str, place: Workplace) -> None:
    row = await place.customer_writes()
    await offered(place, REMINDER, replace(PLAIN, key="paused", state=TemplateState.paused))
    with pytest.raises(CannotSend, match=words):
        await place.reply(row.id, "", template=chosen, capabilities=META)


async def test_a_template_takes_no_text_beside_it_and_other_channels_have_none(place: Workplace) -> None:
    row = await place.customer_writes()
    await offered(place, PLAIN)
    with pytest.raises(Invalid, match="its own text"):
        await place.reply(row.id, "and more", template=Chosen(key=PLAIN.key, values={}), capabilities=META)
    with pytest.raises(CannotSend, match="no templates"):
        await place.reply(row.id, "", template=Chosen(key=PLAIN.key, values={}))


async def test_where_only_a_template_may_go_first_it_starts_a_conversation(place: Workplace) -> None:
    await offered(place, PLAIN)
    with pytest.raises(CannotSend, match="has to be a template"):
        await start(place, written=Written(text="Hi"))
    made = await start(place, written=Written(template=Chosen(key=PLAIN.key, values={})))
    assert made.record.interaction.text == PLAIN.body
    with pytest.raises(CannotSend, match="has not written here yet"):
        await place.reply(made.record.conversation.id, "Hi", capabilities=META)


async def test_a_person_may_answer_for_longer_than_a_program(place: Workplace) -> None:
    row = await place.customer_writes()
    place.hub.clock.forward(days=2)
    with pytest.raises(CannotSend, match="24 hours"):
        await place.reply(row.id, "Hi", capabilities=META, author=AuthorKind.bot)
    await place.reply(row.id, "Hi", capabilities=META)
    await send(place)
    assert place.hub.script.sent[0].last_heard_at == T0 + timedelta(hours=1)


async def test_templates_stay_when_the_provider_refuses_and_the_reason_is_kept(place: Workplace) -> None:
    await offered(place, PLAIN)
    refused = Provider(error=CredentialsRefused("The token has expired."))
    with pytest.raises(CredentialsRefused):
        await templates.sync(place.hub.storage, refused, place.hub.channel.id, place.hub.clock.now())
    async with place.hub.storage.read() as uow:
        assert await uow.templates.all(place.hub.channel.id) == [PLAIN]
        kept = await uow.templates.last_sync(place.hub.channel.id)
    assert kept is not None
    assert kept.problem == "The token has expired."


def asks(*, out: bool, minute: int) -> OptedOut:
    return OptedOut(sender=says("").sender, opted_out=out, keyword="STOP", occurred_at=T0 + timedelta(minutes=minute))


async def test_nobody_writes_to_who_opted_out_until_they_ask_for_it(place: Workplace) -> None:
    row = await place.customer_writes()
    await offered(place, PLAIN)
    await place.hub.hears(asks(out=True, minute=1))
    for author in (AuthorKind.agent, AuthorKind.bot, AuthorKind.campaign):
        with pytest.raises(CannotSend, match="asked on 2026-03-02 not to be written to"):
            await place.reply(row.id, "Hi", author=author)
    with pytest.raises(CannotSend, match="START"):
        await place.reply(row.id, "", template=Chosen(key=PLAIN.key, values={}), capabilities=META)
    await place.hub.hears(asks(out=False, minute=2))
    await place.reply(row.id, "Hi")


async def test_what_was_queued_before_an_opt_out_does_not_go(place: Workplace) -> None:
    row = await place.customer_writes()
    await place.reply(row.id, "Hi")
    await place.hub.hears(asks(out=True, minute=1))
    (due,) = await place.claim()
    outcome = await deliver.attempt(means(place), connector(place), due)
    assert (outcome.delivery.state, outcome.delivery.code) == (DeliveryState.failed, "opted_out")
    assert place.hub.script.sent == []
