"""Channels: settings whose secrets never stand in the database in plain words."""

from pathlib import Path

import pytest
from uuid_utils.compat import uuid7

from hub.domain.changes import ChangeKind
from hub.domain.channel import Connection, ConnectionState
from hub.domain.errors import Conflict, NotFound
from hub.domain.hooks import Hook
from hub.domain.ids import ChannelId
from hub.runtime.secrets_box import SecretBox, SecretsUnreadable
from storage import open_storage
from storage.database import SqlStorage
from tests.storage import builders as make
from tests.storage.builders import NOW, StandingClock, later

OLD, NEW = b"o" * 32, b"n" * 32


async def test_a_channel_comes_back_as_it_was_stored(storage: SqlStorage) -> None:
    channel = make.channel(name="Sklep Łódź", webhook_key="k" * 30)
    async with storage.begin() as uow:
        await uow.channels.add(channel, {"token": "t0p", "poll": 5, "empty": None}, {"token", "empty"})
    async with storage.read() as uow:
        assert await uow.channels.get(channel.id) == channel
        assert await uow.channels.by_webhook_key(channel.webhook_key) == channel
        assert await uow.channels.by_webhook_key("other") is None
        assert await uow.channels.all() == [channel]
        settings = await uow.channels.settings(channel.id)
    assert settings is not None
    assert settings.values == {"token": "t0p", "poll": 5, "empty": None}


async def test_new_settings_raise_the_revision_and_replace_the_old(storage: SqlStorage) -> None:
    channel = make.channel()
    async with storage.begin() as uow:
        await uow.channels.add(channel, {"token": "a", "old": 1}, {"token"})
        await uow.channels.update_settings(channel.id, {"token": "b"}, {"token"})
        found, settings = await uow.channels.get(channel.id), await uow.channels.settings(channel.id)
        assert found is not None
        assert found.revision == 2
        assert settings is not None
        assert settings.values == {"token": "b"}
        with pytest.raises(NotFound):
            await uow.channels.update_settings(ChannelId(uuid7()), {}, ())


async def test_a_secret_the_provider_replaced_is_kept_without_a_restart(storage: SqlStorage) -> None:
    channel = make.channel()
    async with storage.begin() as uow:
        await uow.channels.add(channel, {"host": "h", "token": "old"}, ["token"])
        await uow.channels.keep_secret(channel.id, "token", "new")
    async with storage.begin() as uow:
        settings = await uow.channels.settings(channel.id)
        assert settings is not None
        assert settings.values == {"host": "h", "token": "new"}
        kept = await uow.channels.get(channel.id)
        assert kept is not None
        assert kept.revision == channel.revision


async def test_a_connection_is_kept_with_its_reason(storage: SqlStorage) -> None:
    channel = make.channel()
    broken = Connection(state=ConnectionState.bad_credentials, since=later(hours=1), detail="Enter the token again.")
    async with storage.begin() as uow:
        await uow.channels.add(channel, {}, ())
        await uow.channels.set_connection(channel.id, broken)
        found = await uow.channels.get(channel.id)
    assert found == make.renewed(channel, connection=broken)


async def test_a_channel_with_conversations_stays(storage: SqlStorage) -> None:
    empty = make.channel()
    async with storage.begin() as uow:
        thread = await make.begin_thread(uow)
        await uow.channels.add(empty, {}, ())
        await uow.channels.delete(empty.id)
        with pytest.raises(Conflict, match="Disable it"):
            await uow.channels.delete(thread.channel.id)
        assert [c.id for c in await uow.channels.all()] == [thread.channel.id]


async def test_no_secret_stands_in_the_file_and_keys_can_be_changed(sqlite_url: str, clock: StandingClock) -> None:
    channel = make.channel()
    hook = Hook(
        id=uuid7(), url="https://x.example", secret="hook-s3cret", kinds=(ChangeKind.contact_added,), created_at=NOW
    )
    first = await open_storage(sqlite_url, secrets=SecretBox({"old": OLD}), doorbell=None, clock=clock)
    async with first.begin() as uow:
        await uow.channels.add(channel, {"password": "pl4intext-password", "host": "imap.example"}, {"password"})
        await uow.hooks.save(hook)
    await first.close()
    file = Path(sqlite_url.split("///", 1)[1])
    content = b"".join(part.read_bytes() for part in file.parent.iterdir() if part.is_file())
    assert b"imap.example" in content
    assert b"pl4intext" not in content
    assert b"hook-s3cret" not in content

    both = await open_storage(sqlite_url, secrets=SecretBox({"new": NEW, "old": OLD}), doorbell=None, clock=clock)
    async with both.begin() as uow:
        assert await uow.channels.reencrypt() == 2
    await both.close()
    only_new = await open_storage(sqlite_url, secrets=SecretBox({"new": NEW}), doorbell=None, clock=clock)
    async with only_new.read() as uow:
        settings = await uow.channels.settings(channel.id)
        assert settings is not None
        assert settings.values["password"] == "pl4intext-password"
        assert await uow.hooks.get(hook.id) == hook
    await only_new.close()
    only_old = await open_storage(sqlite_url, secrets=SecretBox({"old": OLD}), doorbell=None, clock=clock)
    async with only_old.read() as uow:
        with pytest.raises(SecretsUnreadable):
            await uow.channels.settings(channel.id)
    await only_old.close()
