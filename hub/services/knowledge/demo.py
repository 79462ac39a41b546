"""The demo's knowledge base: what customers of an outdoor shop ask, in English, Polish and Korean."""

import json
from datetime import datetime
from pathlib import Path

from hub.domain.knowledge import Article, ArticleId
from hub.ports import UnitOfWork
from hub.services.ids import new_id

_TEXTS = Path(__file__).parents[1] / "demo" / "texts" / "articles.json"


async def make_demo(uow: UnitOfWork, *, now: datetime) -> None:
    """Write the articles; a topic that has one in a language already keeps it."""
    for text in json.loads(_TEXTS.read_text(encoding="utf-8")):
        if await uow.articles.by_topic(text["topic"], text["language"]) is not None:
            continue
        await uow.articles.save(
            Article(
                id=ArticleId(new_id()),
                language=text["language"],
                questions=tuple(text["questions"]),
                answer=text["answer"],
                tags=tuple(text["tags"]),
                topic=text["topic"],
                created_at=now,
                updated_at=now,
                demo=True,
            )
        )
