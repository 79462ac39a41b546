"""Articles, the assistant's log and limits, outside bots: kept alike on both engines."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.domain.assistant import (
    AssistantCall,
    AssistantCallId,
    AssistantDay,
    AssistantSettings,
    Outcome,
    Redact,
    Task,
)
from hub.domain.errors import Conflict
from hub.domain.ids import InteractionId
from hub.domain.knowledge import AskedQuestion
from hub.services.ids import new_id
from storage.database import SqlStorage
from tests.services.knowledge.articles import T, article

TODAY = date(2026, 3, 2)


async def test_articles_are_kept_counted_and_listed(storage: SqlStorage) -> None:
    first = article("en", "returns", "How can I return it?", tags=("shop",), source="https://example.com/returns")
    second = replace(article("pl", "returns", "Jak zwrócić?"), created_at=T + timedelta(seconds=1))
    async with storage.begin() as uow:
        await uow.articles.save(first, second)
        await uow.articles.count(first.id, shown=2, helped=1)
        await uow.articles.save(replace(first, answer="By post."))
    async with storage.read() as uow:
        kept = await uow.articles.get(first.id)
        page = await uow.articles.page(language="", tag="", published=None, cursor=None, limit=1)
        rest = await uow.articles.page(language="", tag="", published=True, cursor=page.next, limit=1)
        tagged = await uow.articles.page(language="en", tag="shop", published=None, cursor=None, limit=5)
    assert kept == replace(first, answer="By post.", shown=2, helped=1)
    assert [one.id for one in (*page.items, *rest.items)] == [second.id, first.id]
    assert (rest.next, [one.id for one in tagged.items]) == (None, [first.id])


async def test_a_topic_has_one_article_in_a_language(storage: SqlStorage) -> None:
    async with storage.begin() as uow:
        await uow.articles.save(article("en", "returns", "How can I return it?"), article("en", "", "Other?"))
        await uow.articles.save(article("en", "", "Another without a topic?"))
        with pytest.raises(Conflict, match="How can I return it"):
            await uow.articles.save(article("en", "returns", "Return?"))


async def test_the_revision_changes_with_articles_and_not_with_counts(storage: SqlStorage) -> None:
    one = article("en", "", "Where?")
    async with storage.begin() as uow:
        await uow.articles.save(one)
        saved = await uow.articles.revision()
        await uow.articles.count(one.id, shown=1)
        assert await uow.articles.revision() == saved
        await uow.articles.delete(one.id)
        assert await uow.articles.revision() != saved
        assert await uow.articles.all() == []


async def test_unanswered_questions_are_listed_and_forgotten(storage: SqlStorage) -> None:
    asked = [
        AskedQuestion(
            id=new_id(), asked_at=T + timedelta(days=day), text="?", language="en", article_id=given, score=0.5,
            conversation_id=None,
        )
        for day, given in ((0, None), (1, article("en", "", "x").id), (2, None))
    ]  # fmt: skip
    async with storage.begin() as uow:
        for one in asked:
            await uow.articles.note_question(one)
        unanswered = await uow.articles.questions(answered=False, cursor=None, limit=1)
        more = await uow.articles.questions(answered=False, cursor=unanswered.next, limit=5)
        assert [*unanswered.items, *more.items] == [asked[2], asked[0]]
        assert await uow.articles.forget_questions(T + timedelta(days=1), 10) == 1
        assert len((await uow.articles.questions(answered=None, cursor=None, limit=5)).items) == 2


async def test_the_assistants_key_is_sealed(storage: SqlStorage) -> None:
    settings = AssistantSettings(enabled=True, url="https://x/v1", model="m", api_key="sk-1", redact=(Redact.phone,))
    async with storage.begin() as uow:
        assert not (await uow.assistant.settings()).enabled
        await uow.assistant.save_settings(settings)
        assert await uow.assistant.settings() == settings
        assert "sk-1" not in (await uow.facts.get("assistant.settings") or "")


async def test_a_day_never_takes_more_than_its_limits_whoever_asks_at_once(storage: SqlStorage) -> None:
    async def ask() -> bool:
        async with storage.begin() as uow:
            return await uow.assistant.reserve(TODAY, tokens=30, micros=10, most_tokens=100, most_micros=1000)

    assert sorted(await asyncio.gather(*(ask() for _ in range(6)))) == [False] * 3 + [True] * 3
    async with storage.begin() as uow:
        await uow.assistant.settle(TODAY, tokens=-25, micros=-5)
        assert await uow.assistant.day(TODAY) == AssistantDay(day=TODAY, calls=3, tokens=65, micros=25)
        assert not await uow.assistant.reserve(TODAY, tokens=1, micros=976, most_tokens=100, most_micros=1000)
        assert await uow.assistant.day(TODAY + timedelta(days=1)) == AssistantDay(day=TODAY + timedelta(days=1))


async def test_calls_are_logged_in_full(storage: SqlStorage) -> None:
    call = AssistantCall(
        id=AssistantCallId(new_id()), at=T, task=Task.answer, outcome=Outcome.answered, model="m",
        conversation_id=None, user_id=None, prompt=(("system", "s"), ("user", "u")), answer="a", sources=("1",),
        tokens_in=3, tokens_out=4, micros=5, seconds=0.5,
    )  # fmt: skip
    used = InteractionId(new_id())
    async with storage.begin() as uow:
        await uow.assistant.log(call)
        assert await uow.assistant.call(call.id) == call
        await uow.assistant.mark_used(call.id, used)
        assert (await uow.assistant.calls(conversation_id=None, cursor=None, limit=5)).items == (
            replace(call, used_in=used),
        )
        refused = replace(call, outcome=Outcome.refused, answer="no")
        await uow.assistant.settle_call(refused)
        assert await uow.assistant.call(call.id) == refused
        assert await uow.assistant.forget_calls(T + timedelta(days=1), 10) == 1
        await uow.assistant.settle_call(refused)
        assert await uow.assistant.call(call.id) is None
