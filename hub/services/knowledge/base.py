"""Answers from the knowledge base: the index in step with the articles, what was given and what helped."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from hub.domain.botflow.effects import AskKnowledge
from hub.domain.ids import ConversationId
from hub.domain.knowledge import ALIKE, Article, ArticleId, ArticleMatch, AskedQuestion
from hub.ports import Storage
from hub.ports.bots import KnowledgeAnswer, Talk
from hub.services.assistant.redaction import redacted
from hub.services.ids import new_id
from hub.services.knowledge.matching import Index

LARGE = 300
"""Articles from which the index is made and asked in a thread, so that nothing else waits."""
_KEPT_TEXT = 500


class KnowledgeBase:
    """The articles, ready to be asked; one for each process. Implements `hub.ports.bots.Knowledge`."""

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._now = now
        self._revision: str | None = None
        self._index = Index(())
        self._lock = asyncio.Lock()

    async def index(self) -> Index:
        """Return the index of the articles as they are now: one small query if nothing changed."""
        async with self._storage.read() as uow:
            if await uow.articles.revision() == self._revision:
                return self._index
        async with self._lock:
            async with self._storage.read() as uow:
                revision = await uow.articles.revision()
                if revision == self._revision:
                    return self._index
                articles = await uow.articles.all()
            self._index = await _maybe_elsewhere(len(articles), lambda: Index(articles))
            self._revision = revision
        return self._index

    async def search(
        self,
        text: str,
        *,
        language: str = "",
        tags: Collection[str] = (),
        at_least: float = 0.0,
        limit: int = 5,
        drafts: bool = False,
    ) -> Sequence[ArticleMatch]:
        """Return the articles most alike to a text, the best first, with today's counts left out."""
        index = await self.index()
        return await _maybe_elsewhere(
            len(index.articles),
            lambda: index.find(text, language=language, tags=tags, at_least=at_least, limit=limit, drafts=drafts),
        )

    async def answer(self, ask: AskKnowledge, talk: Talk) -> KnowledgeAnswer | None:
        """Return the best article above the threshold, None if there is none; both are noted for a real customer."""
        threshold = ALIKE if ask.threshold is None else ask.threshold
        found = await self.search(ask.text, language=ask.language, tags=ask.tags, at_least=threshold, limit=1)
        match = found[0] if found else None
        if talk.conversation_id is not None:
            await self._note(ask.text, ask.language, match, talk.conversation_id)
        if match is None:
            return None
        article = match.article
        return KnowledgeAnswer(
            article_id=str(article.id), text=article.answer, source=article.source, score=match.score
        )

    async def helped(self, article_id: str, *, yes: bool) -> None:
        """Count the customer's verdict on an article; one that is gone, or no id at all, counts nothing."""
        try:
            known = ArticleId(UUID(article_id))
        except ValueError:
            return
        async with self._storage.begin() as uow:
            await uow.articles.count(known, helped=int(yes), not_helped=int(not yes))

    async def given(self, articles: Sequence[Article]) -> None:
        """Count that customers were given answers that rest on these articles."""
        async with self._storage.begin() as uow:
            for article in articles:
                await uow.articles.count(article.id, shown=1)

    async def _note(
        self, text: str, language: str, match: ArticleMatch | None, conversation_id: ConversationId
    ) -> None:
        asked = AskedQuestion(
            id=new_id(),
            asked_at=self._now(),
            text=redacted(text[: 2 * _KEPT_TEXT]).text[:_KEPT_TEXT],
            language=language,
            article_id=match.article.id if match else None,
            score=match.score if match else 0.0,
            conversation_id=conversation_id,
        )
        async with self._storage.begin() as uow:
            await uow.articles.note_question(asked)
            if match is not None:
                await uow.articles.count(match.article.id, shown=1)


T = TypeVar("T")


async def _maybe_elsewhere(size: int, work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work) if size >= LARGE else work()
