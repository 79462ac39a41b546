"""The knowledge base's articles, what was counted of them, and what customers asked."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from hub.domain.errors import Conflict
from hub.domain.knowledge import Article, ArticleId, AskedQuestion
from hub.domain.views import Page
from hub.services.ids import new_id
from storage import cursors, tables
from storage.engine import Session
from storage.installation import SqlFacts

a, q = tables.articles, tables.asked_questions
_REVISION = "knowledge.revision"
_COUNTED = ("shown", "helped", "not_helped")
_KEPT = ("id", "created_at", "demo", *_COUNTED)


class SqlArticles:
    """Implements hub.ports.Articles."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def revision(self) -> str:
        return await SqlFacts(self._session).get(_REVISION) or ""

    async def all(self) -> Sequence[Article]:
        return [_article(row) for row in await self._session.rows(sa.select(a).order_by(a.c.created_at, a.c.id))]

    async def get(self, article_id: ArticleId) -> Article | None:
        row = await self._session.one(sa.select(a).where(a.c.id == article_id))
        return None if row is None else _article(row)

    async def by_topic(self, topic: str, language: str) -> Article | None:
        row = await self._session.one(
            sa.select(a).where(a.c.topic == topic, a.c.language == language, sa.text("topic <> ''"))
        )
        return None if row is None else _article(row)

    async def page(
        self, *, language: str, tag: str, published: bool | None, cursor: str | None, limit: int
    ) -> Page[Article]:
        statement = sa.select(a)
        if language:
            statement = statement.where(a.c.language == language)
        if published is not None:
            statement = statement.where(a.c.published == published)
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(
                sa.tuple_(a.c.created_at, a.c.id) < cursors.after(a.c.created_at, a.c.id, at, last)
            )
        statement = statement.order_by(a.c.created_at.desc(), a.c.id.desc())
        # There are at most some thousand articles, so tags are compared here, alike on both engines.
        found = [
            _article(row) for row in await self._session.rows(statement.limit(limit + 1) if not tag else statement)
        ]
        fitting = [one for one in found if not tag or tag in one.tags]
        items = tuple(fitting[:limit])
        more = cursors.encode(items[-1].created_at, items[-1].id) if len(fitting) > limit else None
        return Page(items=items, next=more)

    async def save(self, *articles: Article) -> None:
        for article in articles:
            row = {**asdict(article), "questions": list(article.questions), "tags": list(article.tags)}
            changed = {name: value for name, value in row.items() if name not in _KEPT}
            if article.topic:
                other = await self.by_topic(article.topic, article.language)
                if other is not None and other.id != article.id:
                    raise Conflict(
                        f"The topic “{article.topic}” has an article in this language already: “{other.title}”."
                    )
            insert = self._session.dialect_insert(a).values(row)
            await self._session.run(insert.on_conflict_do_update(index_elements=["id"], set_=changed))
        if articles:
            await self._changed()

    async def delete(self, article_id: ArticleId) -> None:
        await self._session.run(sa.delete(a).where(a.c.id == article_id))
        await self._changed()

    async def delete_demo(self) -> None:
        """Delete the demo's articles that nobody made their own by editing them."""
        t = tables.articles
        await self._session.run(sa.delete(t).where(t.c.demo, t.c.updated_by.is_(None)))
        await self._session.run(sa.update(t).where(t.c.demo).values(demo=False))
        await self._changed()

    async def count(self, article_id: ArticleId, *, shown: int = 0, helped: int = 0, not_helped: int = 0) -> None:
        more = zip(_COUNTED, (shown, helped, not_helped), strict=True)
        await self._session.run(
            sa.update(a).where(a.c.id == article_id).values({name: a.c[name] + count for name, count in more if count})
        )

    async def note_question(self, question: AskedQuestion) -> None:
        await self._session.insert(q, [asdict(question)])

    async def questions(self, *, answered: bool | None, cursor: str | None, limit: int) -> Page[AskedQuestion]:
        statement = sa.select(q)
        if answered is not None:
            statement = statement.where(q.c.article_id.is_not(None) if answered else q.c.article_id.is_(None))
        if cursor is not None:
            at, last = cursors.decode(cursor, datetime, UUID)
            statement = statement.where(sa.tuple_(q.c.asked_at, q.c.id) < cursors.after(q.c.asked_at, q.c.id, at, last))
        rows = await self._session.rows(statement.order_by(q.c.asked_at.desc(), q.c.id.desc()).limit(limit + 1))
        items = tuple(AskedQuestion(**row._mapping) for row in rows[:limit])
        more = cursors.encode(items[-1].asked_at, items[-1].id) if len(rows) > limit else None
        return Page(items=items, next=more)

    async def forget_questions(self, before: datetime, limit: int) -> int:
        old = sa.select(q.c.id).where(q.c.asked_at < before).limit(limit)
        return (await self._session.run(sa.delete(q).where(q.c.id.in_(old)))).rowcount

    async def _changed(self) -> None:
        # A fresh word rather than a number that two nodes might raise at once to the same.
        await SqlFacts(self._session).put(_REVISION, new_id().hex)


def _article(row: sa.Row[Any]) -> Article:
    values = dict(row._mapping)
    return Article(**{**values, "questions": tuple(values["questions"]), "tags": tuple(values["tags"])})
