"""The knowledge base's tables."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from hub.domain.knowledge import Article, ArticleId, AskedQuestion
from hub.domain.views import Page


class Articles(Protocol):
    """Articles, how often they helped, and what customers asked."""

    async def revision(self) -> str:
        """Return a word that changes whenever an article does (counts aside): what an index was made of."""
        ...

    async def all(self) -> Sequence[Article]: ...
    async def get(self, article_id: ArticleId) -> Article | None: ...
    async def by_topic(self, topic: str, language: str) -> Article | None: ...
    async def page(
        self, *, language: str, tag: str, published: bool | None, cursor: str | None, limit: int
    ) -> Page[Article]:
        """List articles, the newest first; empty texts and None do not filter."""
        ...

    async def save(self, *articles: Article) -> None:
        """Add or replace articles; what was counted stays. Raises Conflict if a topic has the language already."""
        ...

    async def delete(self, article_id: ArticleId) -> None: ...
    async def count(self, article_id: ArticleId, *, shown: int = 0, helped: int = 0, not_helped: int = 0) -> None:
        """Add to what is counted. An article that is gone counts nothing."""
        ...

    async def note_question(self, question: AskedQuestion) -> None: ...
    async def questions(self, *, answered: bool | None, cursor: str | None, limit: int) -> Page[AskedQuestion]: ...
    async def forget_questions(self, before: datetime, limit: int) -> int: ...
