"""Templates are kept as the provider last told them, and how that went."""

from hub.domain.ids import ChannelId
from hub.domain.journal import Recovery, Tally
from hub.domain.template import Template, TemplateButton, TemplateField, TemplateState
from hub.ports import TemplateSync
from hub.services.ids import new_id
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, later

REMINDER = Template(
    key="reminder/pl",
    name="reminder",
    language="pl",
    state=TemplateState.paused,
    reason="Za dużo skarg",
    body="Cześć {{1}}",
    buttons=(TemplateButton(label="Tak", kind="reply"),),
    fields=(TemplateField(key="1", title="imię", example="Ola", max_length=60),),
)
HELLO = Template(key="hello/en", name="hello", language="en", body="Hello")


async def channel(storage: SqlStorage) -> ChannelId:
    made = make.channel()
    async with storage.begin() as uow:
        await uow.channels.add(made, {}, ())
    return made.id


async def test_templates_come_back_as_they_were_told_and_replace_the_old(storage: SqlStorage) -> None:
    channel_id = await channel(storage)
    async with storage.begin() as uow:
        await uow.templates.replace(channel_id, [REMINDER, HELLO], at=NOW)
        assert await uow.templates.all(channel_id) == [HELLO, REMINDER]
        assert await uow.templates.get(channel_id, REMINDER.key) == REMINDER
        await uow.templates.replace(channel_id, [HELLO], at=later(hours=1))
        assert await uow.templates.all(channel_id) == [HELLO]
        assert await uow.templates.get(channel_id, REMINDER.key) is None
        assert await uow.templates.all(ChannelId(new_id())) == []


async def test_a_failed_try_keeps_the_templates_and_says_why(storage: SqlStorage) -> None:
    channel_id = await channel(storage)
    async with storage.begin() as uow:
        assert await uow.templates.last_sync(channel_id) is None
        await uow.templates.replace(channel_id, [HELLO], at=NOW)
        await uow.templates.note_problem(channel_id, "The token has expired.", at=later(hours=1))
        assert await uow.templates.all(channel_id) == [HELLO]
        assert await uow.templates.last_sync(channel_id) == TemplateSync(
            synced_at=NOW, tried_at=later(hours=1), problem="The token has expired."
        )


async def test_what_reconciling_found_is_told_until_somebody_dismisses_it(storage: SqlStorage) -> None:
    channel_id = await channel(storage)
    async with storage.begin() as uow:
        await uow.journal.count(channel_id, Tally(shown=2), at=NOW)
        assert await uow.journal.recoveries() == {}
        await uow.journal.count(channel_id, Tally(shown=3, recovered=3), at=NOW)
        await uow.journal.count(channel_id, Tally(shown=1, recovered=1), at=later(hours=1))
        assert await uow.journal.recoveries() == {channel_id: Recovery(count=4, since=NOW, last_at=later(hours=1))}
        await uow.journal.dismiss_recovery(channel_id)
        assert await uow.journal.recoveries() == {}
