"""Keeps the articles: new ones, changes, and what a customer may not be given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import UserId
from hub.domain.knowledge import (
    ANSWER_LIMIT,
    ARTICLES_LIMIT,
    QUESTION_LIMIT,
    QUESTIONS_LIMIT,
    SOURCE_LIMIT,
    TAG_LIMIT,
    TAGS_LIMIT,
    TOPIC_LIMIT,
    Article,
    ArticleId,
)
from hub.ports import UnitOfWork
from hub.services.made import Made
from hub.services.unset import UNSET, Unset


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays."""

    language: str | Unset = UNSET
    questions: tuple[str, ...] | Unset = UNSET
    answer: str | Unset = UNSET
    tags: tuple[str, ...] | Unset = UNSET
    topic: str | Unset = UNSET
    source: str | Unset = UNSET
    published: bool | Unset = UNSET


async def create(
    uow: UnitOfWork,
    *,
    id: ArticleId,  # noqa: A002 - the word of every record
    language: str,
    questions: Iterable[str],
    answer: str,
    tags: Iterable[str] = (),
    topic: str = "",
    source: str = "",
    published: bool = True,
    by: UserId | None,
    now: datetime,
) -> Made[Article]:
    """Add an article. Repeating the call gives the stored one. Raises Invalid, and Conflict (the topic has it)."""
    if (known := await uow.articles.get(id)) is not None:
        return Made(known, created=False)
    if len(await uow.articles.all()) >= ARTICLES_LIMIT:
        raise Conflict(f"There are {ARTICLES_LIMIT} articles already. Delete those nobody needs.")
    article = tidy(
        Article(
            id=id,
            language=language,
            questions=tuple(questions),
            answer=answer,
            tags=tuple(tags),
            topic=topic,
            source=source,
            published=published,
            created_at=now,
            updated_at=now,
            updated_by=by,
        )
    )
    await uow.articles.save(article)
    return Made(article, created=True)


async def change(uow: UnitOfWork, article_id: ArticleId, edit: Edit, *, by: UserId | None, now: datetime) -> Article:
    """Edit an article. Raises NotFound, Invalid, Conflict."""
    before = await get(uow, article_id)
    wanted = {name: value for name in Edit.__dataclass_fields__ if not isinstance(value := getattr(edit, name), Unset)}
    after = tidy(replace(before, **wanted))
    if after == before:
        return before
    after = replace(after, updated_at=now, updated_by=by)
    await uow.articles.save(after)
    return after


async def delete(uow: UnitOfWork, article_id: ArticleId) -> None:
    """Delete an article. Raises NotFound."""
    await get(uow, article_id)
    await uow.articles.delete(article_id)


async def get(uow: UnitOfWork, article_id: ArticleId) -> Article:
    """Return an article. Raises NotFound."""
    found = await uow.articles.get(article_id)
    if found is None:
        raise NotFound("There is no such article; it may have been deleted.")
    return found


def tidy(article: Article) -> Article:
    """Return an article as it is kept: bounded, without blanks and repetitions. Raises Invalid, in words."""
    language = article.language.strip().lower()
    if len(language) != 2 or not language.isascii() or not language.isalpha():
        raise Invalid(f"“{article.language}” is not a language code of two letters such as en, ko or pl.")
    answer = article.answer.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not answer:
        raise Invalid("The answer is empty. Write what the customer shall read.")
    if len(answer) > ANSWER_LIMIT:
        raise Invalid(f"The answer is too long: at most {ANSWER_LIMIT} characters. Put the rest behind the link.")
    return replace(
        article,
        language=language,
        questions=_questions(article.questions),
        answer=answer,
        tags=_tags(article.tags),
        topic=_short(article.topic, TOPIC_LIMIT, "topic").casefold(),
        source=_link(article.source),
    )


def _questions(questions: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for question in questions:
        text = _short(question, QUESTION_LIMIT, "question")
        if text:
            kept.setdefault(text.casefold(), text)
    if not kept:
        raise Invalid("Write at least one question the article answers.")
    if len(kept) > QUESTIONS_LIMIT:
        raise Invalid(f"Too many questions: an article answers at most {QUESTIONS_LIMIT} wordings of one.")
    return tuple(kept.values())


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    kept = {text.casefold(): text for tag in tags if (text := _short(tag, TAG_LIMIT, "tag"))}
    if len(kept) > TAGS_LIMIT:
        raise Invalid(f"Too many tags: an article carries at most {TAGS_LIMIT}.")
    return tuple(kept.values())


def _short(text: str, limit: int, what: str) -> str:
    line = " ".join(text.split())
    if len(line) > limit:
        raise Invalid(f"The {what} “{line[:30]}…” is too long: at most {limit} characters.")
    return line


def _link(source: str) -> str:
    link = source.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        fits = False
    if not fits or len(link) > SOURCE_LIMIT or any(c.isspace() or ord(c) < 32 for c in link):
        raise Invalid("The link to the source looks like https://example.com/help/returns.")
    return link
