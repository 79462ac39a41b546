"""Saved replies: kept alike on both engines, counted, and one for each shortcut."""

from dataclasses import replace

import pytest

from hub.domain.errors import Conflict
from hub.domain.ids import ChannelId, TeamId
from hub.domain.saved_replies import SavedReply, SavedReplyId
from storage.database import SqlStorage
from tests.storage.builders import NOW, later, uuid7


def saved(name: str, shortcut: str = "") -> SavedReply:
    return SavedReply(
        id=SavedReplyId(uuid7()),
        name=name,
        shortcut=shortcut,
        texts={"pl": "Cześć {{ contact.name }}", "en": "Hello\n👋", "ko": "안녕하세요"},
        team_ids=(TeamId(uuid7()),),
        channel_ids=(ChannelId(uuid7()), ChannelId(uuid7())),
        created_at=NOW,
        updated_at=NOW,
    )


async def test_a_reply_is_kept_with_its_languages_in_order_changed_counted_and_deleted(storage: SqlStorage) -> None:
    first, second = saved("Hello", "hi"), saved("bye")
    async with storage.begin() as uow:
        await uow.saved_replies.save(first)
        await uow.saved_replies.save(second)
        await uow.saved_replies.count(first.id, later(minutes=1))
        await uow.saved_replies.count(first.id, later(minutes=2))
        await uow.saved_replies.save(replace(first, name="Welcome"))
    async with storage.read() as uow:
        kept = await uow.saved_replies.all()
    assert kept == [second, replace(first, name="Welcome", used=2, last_used_at=later(minutes=2))]
    assert list(kept[0].texts) == ["pl", "en", "ko"]
    async with storage.begin() as uow:
        await uow.saved_replies.delete(first.id)
        assert await uow.saved_replies.get(first.id) is None


async def test_a_shortcut_belongs_to_one_reply_and_many_have_none(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.saved_replies.save(saved("Hello", "hi"))
        await uow.saved_replies.save(saved("a"))
        await uow.saved_replies.save(saved("b"))
        with pytest.raises(Conflict, match="“Hello”"):
            await uow.saved_replies.save(saved("Hi", "hi"))
