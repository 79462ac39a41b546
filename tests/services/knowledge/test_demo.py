"""The demo's articles answer what its customers ask, in three languages, and go with the demo."""

from pathlib import Path

import pytest

from hub.domain.knowledge import ALIKE
from hub.services.knowledge import articles
from hub.services.knowledge.articles import tidy
from hub.services.knowledge.base import KnowledgeBase
from hub.services.knowledge.demo import make_demo
from tests.scripted import T0, small_hub


@pytest.mark.parametrize(
    ("language", "question", "topic"),
    [
        ("en", "hi, where's my parcel?", "delivery"),
        ("pl", "chcę zwrócić kurtkę", "returns"),
        ("ko", "지퍼가 고장났는데 수선 되나요", "repair"),
        ("ko", "Which size fits me", "sizes"),
    ],
)
async def test_the_demos_articles_are_found_in_the_customers_language(
    sqlite_url: str, tmp_path: Path, language: str, question: str, topic: str
) -> None:
    async with small_hub(sqlite_url, tmp_path) as hub:
        async with hub.storage.begin() as uow:
            await make_demo(uow, now=T0)
            await make_demo(uow, now=T0)
            kept = await uow.articles.all()
        assert [tidy(one) for one in kept] == kept
        assert len(kept) == 24
        first, *_ = await KnowledgeBase(hub.storage, hub.clock.now).search(question, language=language, at_least=ALIKE)
        assert (first.article.topic, first.article.language) == (topic, language)


async def test_removing_the_demo_keeps_what_somebody_made_their_own(sqlite_url: str, tmp_path: Path) -> None:
    async with small_hub(sqlite_url, tmp_path) as hub, hub.storage.begin() as uow:
        await make_demo(uow, now=T0)
        first = (await uow.articles.all())[0]
        edit = articles.Edit(answer="Ours.")
        await articles.change(uow, first.id, edit, by=hub.channel.id, now=T0)  # type: ignore[arg-type]  # any id will do
        await uow.demo.remove(())
        (left,) = await uow.articles.all()
        assert (left.answer, left.demo) == ("Ours.", False)
