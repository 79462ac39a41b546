"""/scorecards: made, versioned, tried out; and scores over time."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import AfterValidator, Field, StringConstraints

from hub.api._framework.params import Named
from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Line, Text, Time, Word
from hub.domain.errors import Forbidden, NotFound
from hub.domain.ids import UserId
from hub.domain.review.ids import ScorecardId
from hub.domain.review.scorecard import Choice, Question, QuestionKind, Scorecard, Section
from hub.domain.review.scoring import Answer, Score, score
from hub.domain.review.views import ScoreSeries
from hub.domain.user import Action
from hub.services.reviews import cards, figures
from hub.services.reviews.figures import Wanted

routes = Routes("scorecards")

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Version = Annotated[int, Field(ge=1, le=1_000_000)]


class ChoiceEdit(Input):
    """One choice of a question."""

    key: Key
    label: Word
    points: Percent


class QuestionEdit(Input):
    """One question. Its key stays the same over versions, so that its scores can be followed."""

    key: Key
    text: Line
    guide: Text = ""
    kind: QuestionKind
    weight: Percent
    """Percent of its section; 0 for what is asked but not scored."""
    choices: Annotated[tuple[ChoiceEdit, ...], Field(max_length=20)] = ()
    mandatory: bool = True
    may_be_na: bool = True
    fails: Annotated[tuple[Key, ...], Field(max_length=20)] = ()
    """Answers that fail the whole card: `no`, `1`, a choice's key."""


class SectionEdit(Input):
    """One section."""

    key: Key
    title: Word
    weight: Percent
    """Percent of the card."""
    questions: Annotated[tuple[QuestionEdit, ...], Field(max_length=100)]


class CardEdit(Input):
    """A scorecard's content."""

    name: Word
    description: Text = ""
    sections: Annotated[tuple[SectionEdit, ...], Field(max_length=20)]
    pass_mark: Percent | None = None

    def draft(self) -> cards.Draft:
        """Return it in the domain's words."""
        return cards.Draft(
            name=self.name,
            description=self.description,
            sections=[_section(section) for section in self.sections],
            pass_mark=self.pass_mark,
        )


class NewCard(CardEdit):
    """A scorecard to make."""

    id: ScorecardId


class NextCard(CardEdit):
    """The next version of a scorecard."""

    base: Version
    """The version this was made from: somebody else's change meanwhile answers 409."""


class CardUse(Input):
    """Whether a scorecard is in use."""

    active: bool


class AnswerEdit(Input):
    """What is said to one question."""

    question: Key
    value: Annotated[str, StringConstraints(max_length=5_000, pattern=r"^[^\x00]*$")] | None = None
    na: bool = False
    note: Line = ""

    def answer(self) -> Answer:
        """Return it in the domain's words."""
        return Answer(question=self.question, value=self.value, na=self.na, note=self.note)


class Answers(Input):
    """Answers to try out."""

    answers: Annotated[tuple[AnswerEdit, ...], Field(max_length=100)]


def _section(section: SectionEdit) -> Section:
    return Section(
        key=section.key,
        title=section.title,
        weight=section.weight,
        questions=tuple(
            Question(
                key=question.key,
                text=question.text,
                guide=question.guide,
                kind=question.kind,
                weight=question.weight,
                choices=tuple(Choice(key=c.key, label=c.label, points=c.points) for c in question.choices),
                mandatory=question.mandatory,
                may_be_na=question.may_be_na,
                fails=question.fails,
            )
            for question in section.questions
        ),
    )


@routes.get("/scorecards", Action.reviews_read)
async def list_scorecards(
    deps: ApiDeps, all_of_them: Annotated[bool, Named(name="all")] = False
) -> tuple[Scorecard, ...]:
    """List scorecards by name, the newest version of each; with `all` also those no longer in use."""
    async with deps.storage.read() as uow:
        return tuple(await uow.reviews.scorecards(all_of_them=all_of_them))


@routes.post("/scorecards", Action.scorecards_write)
async def create_scorecard(deps: ApiDeps, caller: Caller, body: NewCard) -> Created[Scorecard]:
    """Make a scorecard. Weights of sections, and of the questions in each, make 100."""
    made = await cards.create(deps.storage, body.id, body.draft(), by=caller.user_id, now=deps.now())
    return Created(made.record, new=made.created)


@routes.get("/scorecards/{scorecard_id}", Action.reviews_read)
async def get_scorecard(deps: ApiDeps, scorecard_id: ScorecardId, version: Version | None = None) -> Scorecard:
    """Return a scorecard, the newest version unless one is named."""
    async with deps.storage.read() as uow:
        card = await uow.reviews.scorecard(scorecard_id, version)
    if card is None:
        raise NotFound("There is no such scorecard.")
    return card


@routes.get("/scorecards/{scorecard_id}/versions", Action.reviews_read)
async def list_scorecard_versions(deps: ApiDeps, scorecard_id: ScorecardId) -> tuple[Scorecard, ...]:
    """Return all versions of a scorecard, the newest first."""
    async with deps.storage.read() as uow:
        return tuple(await uow.reviews.scorecard_versions(scorecard_id))


@routes.put("/scorecards/{scorecard_id}", Action.scorecards_write, problems=(409,))
async def change_scorecard(deps: ApiDeps, caller: Caller, scorecard_id: ScorecardId, body: NextCard) -> Scorecard:
    """Save the next version. Reviews keep the version they were scored by."""
    return await cards.change(
        deps.storage, scorecard_id, body.draft(), base=body.base, by=caller.user_id, now=deps.now()
    )


@routes.patch("/scorecards/{scorecard_id}", Action.scorecards_write)
async def use_scorecard(deps: ApiDeps, scorecard_id: ScorecardId, body: CardUse) -> Scorecard:
    """Take a scorecard out of use, or back into it."""
    return await cards.set_active(deps.storage, scorecard_id, active=body.active)


@routes.post("/scorecards/{scorecard_id}/score", Action.reviews_read)
async def try_scorecard(
    deps: ApiDeps, scorecard_id: ScorecardId, body: Answers, version: Version | None = None
) -> Score:
    """Return what answers would earn; nothing is saved."""
    card = await get_scorecard(deps, scorecard_id, version)
    return score(card, [answer.answer() for answer in body.answers])


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("is no time zone such as Europe/Warsaw") from None
    return name


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]
MONTH = timedelta(days=30)


def _own_only(caller: Caller) -> bool:
    return caller.user is not None and Action.reviews_write not in caller.actions


def _wanted(
    deps: ApiDeps,
    caller: Caller,
    *,
    since: datetime | None,
    until: datetime | None,
    zone: str,
    agents: tuple[UserId, ...],
    reviewers: tuple[UserId, ...],
    scorecard_id: ScorecardId | None,
) -> Wanted:
    """Return which reviews the caller may count: those who review and programs all, agents their own."""
    end = until or deps.now()
    if _own_only(caller):
        if reviewers or (agents and agents != (caller.person.id,)):
            raise Forbidden("You see the scores of your own calls only.")
        agents = (caller.person.id,)
    return Wanted(
        since=since or end - MONTH,
        until=end,
        zone=ZoneInfo(zone),
        agent_ids=agents,
        reviewer_ids=reviewers,
        scorecard_id=scorecard_id,
    )


@routes.get("/scores", Action.reviews_read)
async def list_scores(
    deps: ApiDeps,
    caller: Caller,
    by: Literal["all", "agent", "reviewer", "question"] = "all",
    period: Literal["day", "week", "month"] = "week",
    since: Time | None = None,
    until: Time | None = None,
    zone: Zone = "UTC",
    agents: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    reviewers: Annotated[tuple[UserId, ...], Named(name="reviewer")] = (),
    scorecard_id: Annotated[ScorecardId | None, Named(name="scorecard")] = None,
) -> tuple[ScoreSeries, ...]:
    """Return scores over time, by default of the last 30 days. A period without reviews has no mean, never 0."""
    wanted = _wanted(
        deps, caller, since=since, until=until, zone=zone, agents=agents, reviewers=reviewers, scorecard_id=scorecard_id
    )
    if by == "reviewer" and _own_only(caller):
        raise Forbidden("Who scored how is for those who review.")
    return tuple(await figures.series(deps.storage, wanted, by=by, period=period))


@routes.get("/scores.csv", Action.reviews_read, media={200: "text/csv"})
async def export_scores(
    deps: ApiDeps,
    caller: Caller,
    request: web.Request,
    since: Time | None = None,
    until: Time | None = None,
    zone: Zone = "UTC",
    agents: Annotated[tuple[UserId, ...], Named(name="agent")] = (),
    reviewers: Annotated[tuple[UserId, ...], Named(name="reviewer")] = (),
    scorecard_id: Annotated[ScorecardId | None, Named(name="scorecard")] = None,
) -> web.StreamResponse:
    """Return the reviews that count as CSV: one line each, one column for each question."""
    wanted = _wanted(
        deps, caller, since=since, until=until, zone=zone, agents=agents, reviewers=reviewers, scorecard_id=scorecard_id
    )
    figures.check_span(wanted)
    async with deps.storage.read() as uow:
        names = {user.id: user.name for user in await uow.users.all()}
    response = web.StreamResponse(headers={"Content-Disposition": 'attachment; filename="scores.csv"'})
    response.content_type = "text/csv"
    response.charset = "utf-8"
    await response.prepare(request)
    if request.method != "HEAD":
        async for lines in figures.as_csv(deps.storage, wanted, names):
            await response.write(lines)
    await response.write_eof()
    return response
