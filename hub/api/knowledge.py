"""/articles and /knowledge: the knowledge base, what fits a question, what nobody could answer, its file."""

from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from hub.api._framework.problems import Problem
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.helpers import Helpers
from hub.api.inputs import Cursor, Input, Limit, Line
from hub.domain.knowledge import Article, ArticleId, ArticleMatch, AskedQuestion
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.knowledge import articles, csv_files
from hub.services.unset import UNSET

routes = Routes("knowledge")

LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Question = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Questions = Annotated[tuple[Question, ...], Field(min_length=1, max_length=100)]
Answer = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]
Tags = Annotated[tuple[Line, ...], Field(max_length=100)]
Link = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Asked = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class NewArticle(Input):
    """An answer in one language, and the ways customers ask for it."""

    id: ArticleId
    language: LanguageCode
    questions: Questions
    """The first is the title."""
    answer: Answer
    tags: Tags = ()
    topic: Line = ""
    """Articles of the same topic are translations of each other."""
    source: Link = ""
    published: bool = True


class ArticleEdit(Input):
    """What shall change; what is left out stays."""

    language: LanguageCode | None = None
    questions: Questions | None = None
    answer: Answer | None = None
    tags: Tags | None = None
    topic: Line | None = None
    source: Link | None = None
    published: bool | None = None


@routes.get("/articles", Action.knowledge_read)
async def list_articles(
    deps: ApiDeps,
    language: LanguageCode | None = None,
    tag: Line = "",
    published: bool | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Page[Article]:
    """List articles, the newest first."""
    async with deps.storage.read() as uow:
        return await uow.articles.page(
            language=language or "", tag=tag, published=published, cursor=cursor, limit=limit
        )


@routes.post("/articles", Action.knowledge_write)
async def create_article(deps: ApiDeps, caller: Caller, body: NewArticle) -> Created[Article]:
    """Write an article."""
    async with deps.storage.begin() as uow:
        made = await articles.create(
            uow,
            id=body.id,
            language=body.language,
            questions=body.questions,
            answer=body.answer,
            tags=body.tags,
            topic=body.topic,
            source=body.source,
            published=body.published,
            by=caller.user_id,
            now=deps.now(),
        )
    return Created(made.record, new=made.created)


@routes.get("/articles/{article_id}", Action.knowledge_read)
async def get_article(deps: ApiDeps, article_id: ArticleId) -> Article:
    """Return an article with how often it was given and how often it helped."""
    async with deps.storage.read() as uow:
        return await articles.get(uow, article_id)


@routes.patch("/articles/{article_id}", Action.knowledge_write)
async def change_article(deps: ApiDeps, caller: Caller, article_id: ArticleId, body: ArticleEdit) -> Article:
    """Change an article."""
    given = {name: value for name in ArticleEdit.model_fields if (value := getattr(body, name)) is not None}
    edit = articles.Edit(**{name: given.get(name, UNSET) for name in ArticleEdit.model_fields})
    async with deps.storage.begin() as uow:
        return await articles.change(uow, article_id, edit, by=caller.user_id, now=deps.now())


@routes.delete("/articles/{article_id}", Action.knowledge_write)
async def delete_article(deps: ApiDeps, article_id: ArticleId) -> None:
    """Delete an article with its counts."""
    async with deps.storage.begin() as uow:
        await articles.delete(uow, article_id)


@routes.get("/knowledge/matches", Action.knowledge_read)
async def match_articles(
    helpers: Helpers,
    q: Asked,
    language: LanguageCode | None = None,
    tag: Line = "",
    drafts: bool = False,
    limit: Annotated[int, Field(ge=1, le=20)] = 5,
) -> tuple[ArticleMatch, ...]:
    """Return the articles most alike to a question, the best first, with how alike they are (0 to 1).

    A bot gives the first if it reaches the flow's threshold, 0.4 unless the flow says otherwise. `language` picks the
    translation. Counts are as old as the last change of any article.
    """
    found = await helpers.knowledge.search(
        q, language=language or "", tags=(tag,) if tag else (), limit=limit, drafts=drafts
    )
    return tuple(found)


@routes.get("/knowledge/questions", Action.knowledge_read)
async def list_asked_questions(
    deps: ApiDeps, answered: bool | None = None, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[AskedQuestion]:
    """List what customers asked bots, the newest first; `answered=false` shows which articles are missing."""
    async with deps.storage.read() as uow:
        return await uow.articles.questions(answered=answered, cursor=cursor, limit=limit)


@routes.get("/knowledge/file", Action.knowledge_read, media={200: "text/csv"})
async def export_articles(deps: ApiDeps) -> web.Response:
    """Return all articles as a CSV file that spreadsheets open."""
    async with deps.storage.read() as uow:
        content = csv_files.export(await uow.articles.all())
    return web.Response(
        body=content,
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="knowledge-base.csv"'},
    )


@routes.post("/knowledge/file", Action.knowledge_write, upload=True)
async def import_articles(
    deps: ApiDeps, caller: Caller, request: web.Request, dry_run: bool = False
) -> csv_files.Imported:
    """Add and change articles as a CSV file says (the body); articles it does not name stay.

    With `dry_run` nothing is written: the answer says what would happen, and which lines have a problem.
    """
    content = bytearray()
    async for chunk in request.content.iter_any():
        content += chunk
        if len(content) > csv_files.MAX_BYTES:
            raise Problem(413, f"The file is larger than {csv_files.MAX_BYTES // 1_000_000} MB.")
    async with deps.storage.begin() as uow:
        return await csv_files.import_articles(uow, bytes(content), by=caller.user_id, now=deps.now(), dry_run=dry_run)
