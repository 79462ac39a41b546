"""/surveys: whom to ask how it was after a conversation is resolved; /reports/satisfaction: what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from aiohttp import web
from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Input, Limit, Line, Word
from hub.api.report_query import What, When
from hub.domain.ids import ChannelId, ContactId, TeamId
from hub.domain.reports.answers import By
from hub.domain.survey.figures import Satisfaction, by_key, satisfaction
from hub.domain.survey.survey import LONGEST_DELAY, LONGEST_OPEN, Scale, Survey, SurveyId, Wording
from hub.domain.survey.views import RatingPage, RatingRow
from hub.domain.survey.wording import OWN, labels, wording
from hub.domain.user import Action
from hub.services.reports.files import RATINGS, csv_text, heads
from hub.services.reports.words import words_of
from hub.services.surveys import keeping

routes = Routes("surveys")

LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
_PAGE = 200
_MOST = 100_000
"""Ratings in one file."""


class WordingInput(Input):
    """What is said in one language; what is empty is said in the hub's own words."""

    question: Annotated[str, Field(max_length=1000)] = ""
    comment: Annotated[str, Field(max_length=1000)] = ""
    """Asks for some words after the score."""
    thanks: Annotated[str, Field(max_length=1000)] = ""


class SurveyEdit(Input):
    """What a survey shall be."""

    name: Word
    active: bool = True
    channel_ids: Annotated[tuple[ChannelId, ...], Field(max_length=500)] = ()
    """None: every channel on which the hub can ask."""
    team_ids: Annotated[tuple[TeamId, ...], Field(max_length=500)] = ()
    """None: all, and conversations without a team."""
    scale: Scale = Scale.five
    delay_seconds: Annotated[int, Field(ge=0, le=int(LONGEST_DELAY.total_seconds()))] = 300
    """From the resolve to the question."""
    quiet_days: Annotated[int, Field(ge=0, le=365)] = 30
    """Who was asked within so many days is not asked again."""
    open_days: Annotated[int, Field(ge=1, le=LONGEST_OPEN)] = 7
    """For so long an answer is taken; the newest counts."""
    comments: bool = True
    """Ask for some words, too."""
    people_only: bool = True
    """Ask only where a person of ours wrote."""
    wording: Annotated[dict[LanguageCode, WordingInput], Field(max_length=20, default_factory=dict)]
    templates: Annotated[dict[ChannelId, Line], Field(max_length=500, default_factory=dict)]
    """Channel → key of the template to ask with where the reply window is shut."""


class NewSurvey(SurveyEdit):
    """Whom to ask how it was after a conversation is resolved. Those there are already are tried before it."""

    id: SurveyId


class SurveyOrder(Input):
    """Every survey once, in the order in which they are tried: the first that fits counts."""

    ids: Annotated[tuple[SurveyId, ...], Field(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyView:
    """A survey."""

    id: SurveyId
    name: str
    active: bool
    channel_ids: tuple[ChannelId, ...]
    team_ids: tuple[TeamId, ...]
    scale: Scale
    delay_seconds: int
    quiet_days: int
    open_days: int
    comments: bool
    people_only: bool
    wording: Mapping[str, Wording]
    templates: Mapping[str, str]
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What the hub says in one language where an admin wrote nothing."""

    language: str
    texts: Wording
    labels: Mapping[str, tuple[str, ...]]
    """The answers offered, by scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionGroup:
    """The figures of one channel, team or agent."""

    id: UUID | None
    """None: without a team, or nobody's."""
    figures: Satisfaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionReport:
    """What customers answered who were asked within a period. A figure of nothing is null, never 0."""

    whole: Satisfaction
    channels: tuple[SatisfactionGroup, ...]
    teams: tuple[SatisfactionGroup, ...]
    agents: tuple[SatisfactionGroup, ...]


@routes.get("/surveys", Action.surveys_write)
async def list_surveys(deps: ApiDeps) -> tuple[SurveyView, ...]:
    """List the surveys in the order in which they are tried."""
    async with deps.storage.read() as uow:
        return tuple(_view(one) for one in await uow.surveys.all())


@routes.get("/surveys/words", Action.surveys_write)
async def list_survey_words() -> tuple[OwnWords, ...]:
    """List what the hub says by itself, by language."""
    return tuple(
        OwnWords(
            language=language,
            texts=wording(None, language),
            labels={scale.value: tuple(labels(scale, language)) for scale in Scale},
        )
        for language in OWN
    )


@routes.post("/surveys", Action.surveys_write)
async def create_survey(deps: ApiDeps, body: NewSurvey) -> Created[SurveyView]:
    """Make a survey."""
    async with deps.storage.begin() as uow:
        made = await keeping.create(uow, _survey(body.id, body, deps.now()))
    return Created(_view(made.record), new=made.created)


@routes.put("/surveys/order", Action.surveys_write)
async def order_surveys(deps: ApiDeps, body: SurveyOrder) -> tuple[SurveyView, ...]:
    """Set the order in which surveys are tried."""
    async with deps.storage.begin() as uow:
        return tuple(_view(one) for one in await keeping.put_in_order(uow, body.ids))


@routes.put("/surveys/{survey_id}", Action.surveys_write)
async def change_survey(deps: ApiDeps, survey_id: SurveyId, body: SurveyEdit) -> SurveyView:
    """Change a survey. Who was asked already answers as they were asked."""
    async with deps.storage.begin() as uow:
        return _view(await keeping.change(uow, _survey(survey_id, body, deps.now())))


@routes.delete("/surveys/{survey_id}", Action.surveys_write)
async def delete_survey(deps: ApiDeps, survey_id: SurveyId) -> None:
    """Delete a survey; what was answered stays."""
    async with deps.storage.begin() as uow:
        await keeping.delete(uow, survey_id)


@routes.get("/reports/satisfaction", Action.waits_read)
async def get_satisfaction(deps: ApiDeps, caller: Caller, when: When, what: What) -> SatisfactionReport:
    """Return how satisfied customers were who were asked within a period. Agents get their own figures."""
    span, of = when.period_at(deps.now()).span, what.of(caller)
    ratings = deps.storage.ratings
    groups = {by: await ratings.counted(span.start, span.end, of, by) for by in (By.channel, By.team, By.agent)}
    return SatisfactionReport(
        whole=satisfaction(await ratings.counted(span.start, span.end, of, None)),
        channels=_groups(by_key(groups[By.channel])),
        teams=_groups(by_key(groups[By.team])),
        agents=_groups(by_key(groups[By.agent])),
    )


@routes.get("/reports/ratings", Action.waits_read)
async def list_ratings(
    deps: ApiDeps,
    caller: Caller,
    when: When,
    what: What,
    score: Annotated[int, Field(ge=1, le=5)] | None = None,
    answered: bool = True,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> RatingPage:
    """List the ratings behind the figures, the newest first. Not `answered`: also those nobody answered."""
    span = when.period_at(deps.now()).span
    return await deps.storage.ratings.rows(
        span.start, span.end, what.of(caller), score=score, answered=answered, cursor=cursor, limit=limit
    )


@routes.get("/reports/ratings.csv", Action.waits_read, media={200: "text/csv"})
async def get_ratings_file(deps: ApiDeps, caller: Caller, when: When, what: What) -> web.Response:
    """Return the ratings of a period as a file, answered or not; the newest 100,000."""
    period, of = when.period_at(deps.now()), what.of(caller)
    words = words_of(caller.language)
    async with deps.storage.read() as uow:
        channels = {one.id: one.name for one in await uow.channels.all()}
        teams = {one.id: one.name for one in await uow.users.teams()}
        people = {one.id: one.name for one in await uow.users.all()}
    rows: list[RatingRow] = []
    cursor: str | None = None
    while len(rows) < _MOST:
        page = await deps.storage.ratings.rows(
            period.span.start, period.span.end, of, score=None, answered=False, cursor=cursor, limit=_PAGE
        )
        rows += page.items
        cursor = page.next
        if cursor is None:
            break
    content = csv_text(
        heads(words, RATINGS),
        [
            (
                one.asked_at.astimezone(period.local),
                one.rated_at.astimezone(period.local) if one.rated_at else None,
                words.say(f"file.scales.{one.scale}"),
                one.score,
                one.comment,
                channels.get(one.channel_id, ""),
                teams.get(one.team_id, "") if one.team_id else "",
                people.get(one.agent_id, "") if one.agent_id else "",
                one.contact_name,
                f"{deps.public_url}/inbox/{one.conversation_id}",
            )
            for one in rows
        ],
    )
    return web.Response(
        body=content,
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="ratings.csv"', "Cache-Control": "private, no-store"},
    )


@routes.get("/contacts/{contact_id}/ratings", Action.contacts_read)
async def list_contact_ratings(deps: ApiDeps, contact_id: ContactId) -> RatingPage:
    """List what a contact answered, with all merged into it, the newest first; at most 20."""
    return await deps.storage.ratings.of_contact(contact_id, 20)


def _groups(found: Mapping[UUID | None, Satisfaction]) -> tuple[SatisfactionGroup, ...]:
    return tuple(SatisfactionGroup(id=key, figures=figures) for key, figures in found.items())


def _survey(survey_id: SurveyId, body: SurveyEdit, now: datetime) -> Survey:
    return Survey(
        id=survey_id,
        name=body.name,
        active=body.active,
        channel_ids=body.channel_ids,
        team_ids=body.team_ids,
        scale=body.scale,
        delay=timedelta(seconds=body.delay_seconds),
        quiet_days=body.quiet_days,
        open_days=body.open_days,
        comments=body.comments,
        people_only=body.people_only,
        wording={
            language: Wording(question=texts.question, comment=texts.comment, thanks=texts.thanks)
            for language, texts in body.wording.items()
        },
        templates=body.templates,
        created_at=now,
        updated_at=now,
    )


def _view(survey: Survey) -> SurveyView:
    shared = {name: getattr(survey, name) for name in SurveyView.__dataclass_fields__ if hasattr(survey, name)}
    return SurveyView(
        **{**shared, "templates": {str(channel): key for channel, key in survey.templates.items()}},
        delay_seconds=int(survey.delay.total_seconds()),
    )
