"""/lines: the numbers people call, their plans in versions, and which numbers may be dialled."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field, JsonValue, StringConstraints

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Language, Line, Settings, Word
from hub.domain.callflow.problems import PlanCode, problems
from hub.domain.errors import NotFound
from hub.domain.ids import ChannelId, LineId, TeamId, UserId
from hub.domain.line import Line as PhoneLine
from hub.domain.line import LineVersion
from hub.domain.user import Action
from hub.services.calls import dialling, lines
from hub.services.calls.plans import first_plan, json_of, plan_of
from hub.services.unset import UNSET

routes = Routes("lines")

Number = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^\+[0-9]{1,15}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line."""

    id: LineId
    name: str
    channel_id: ChannelId
    number: str
    """Empty: every call of the channel that no other line takes."""
    team_id: TeamId | None
    enabled: bool
    version: int
    """The version new calls follow."""
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVersionView:
    """One version of a line's plan."""

    line_id: LineId
    version: int
    plan: dict[str, JsonValue]
    """`start`, `nodes` by name (each with its `kind`), `block`, `recording`, `wrap_up_seconds` and the rest:
    docs/telephony.md says what each does."""
    note: str
    made_by: UserId | None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblemView:
    """One thing that is wrong with a plan."""

    code: PlanCode
    """What sort of problem it is, to be said in the reader's language."""
    step: str
    """Empty for the plan as a whole."""
    field: str
    """The part that is to be mended; empty for all of the step."""
    words: str
    """The whole sentence in English."""
    parameters: dict[str, str | int]
    """What the sentence names beside the step: `target`, `way`, `most`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """What is wrong with a plan; empty if it can be saved."""

    problems: tuple[PlanProblemView, ...]
    plan: dict[str, JsonValue]
    """As it would be kept, with everything left out filled in."""


class NewLine(Input):
    """A line to make."""

    id: LineId
    name: Word
    channel_id: ChannelId
    number: Number = ""
    team_id: TeamId | None = None
    plan: Settings | None = None
    """Without it: ring whoever is longest idle, then take a message."""
    language: Language = "en"


class LineEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    number: Number | None = None
    team_id: TeamId | None = None
    enabled: bool | None = None


class NewVersion(Input):
    """A plan to follow from now on."""

    plan: Settings
    based_on: Version
    """The version that was looked at: if another one was saved since, this one is refused."""
    note: Line = ""


class PlanInput(Input):
    """A plan to look at."""

    plan: Settings


class DialRulesInput(Input):
    """Which numbers may be dialled."""

    countries: Annotated[tuple[Country, ...], Field(max_length=250)] = ()
    blocked_prefixes: Annotated[tuple[Prefix, ...], Field(max_length=500)] = ()
    premium: bool = False
    per_hour: Annotated[int, Field(ge=0, le=10_000)] = 60
    per_day: Annotated[int, Field(ge=0, le=100_000)] = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DialRulesView:
    """Which numbers may be dialled."""

    countries: tuple[str, ...]
    """Empty: only the country of the number that is shown."""
    blocked_prefixes: tuple[str, ...]
    premium: bool
    per_hour: int
    """Calls one agent may place within an hour."""
    per_day: int


def _view(line: PhoneLine) -> LineView:
    return LineView(**{name: getattr(line, name) for name in LineView.__dataclass_fields__})


def _version_view(version: LineVersion) -> LineVersionView:
    values = {name: getattr(version, name) for name in LineVersionView.__dataclass_fields__}
    return LineVersionView(**{**values, "plan": dict(version.plan)})


@routes.get("/lines", Action.calls_read)
async def list_lines(deps: ApiDeps) -> tuple[LineView, ...]:
    """List the lines, by name."""
    async with deps.storage.read() as uow:
        return tuple(_view(line) for line in await uow.lines.all())


@routes.post("/lines", Action.lines_write)
async def create_line(deps: ApiDeps, caller: Caller, body: NewLine) -> Created[LineView]:
    """Make a line for a number, or for all numbers of a channel that have none."""
    async with deps.storage.begin() as uow:
        made = await lines.create(
            uow,
            id=body.id,
            name=body.name,
            channel_id=body.channel_id,
            number=body.number,
            team_id=body.team_id,
            plan=body.plan,
            language=body.language,
            by=caller.user_id,
            now=deps.now(),
        )
    return Created(_view(made.record), new=made.created)


@routes.get("/lines/{line_id}", Action.calls_read)
async def get_line(deps: ApiDeps, line_id: LineId) -> LineView:
    """Return a line."""
    async with deps.storage.read() as uow:
        line = await uow.lines.get(line_id)
    if line is None:
        raise NotFound("There is no such line; it may have been deleted.")
    return _view(line)


@routes.patch("/lines/{line_id}", Action.lines_write)
async def change_line(deps: ApiDeps, line_id: LineId, body: LineEdit) -> LineView:
    """Rename a line, give it another number or team (null for the channel's), or switch it on or off."""
    given = body.model_fields_set
    async with deps.storage.begin() as uow:
        line = await lines.change(
            uow,
            line_id,
            name=body.name if body.name is not None else UNSET,
            number=body.number if body.number is not None else UNSET,
            team_id=body.team_id if "team_id" in given else UNSET,
            enabled=body.enabled if body.enabled is not None else UNSET,
        )
    return _view(line)


@routes.delete("/lines/{line_id}", Action.lines_write)
async def delete_line(deps: ApiDeps, line_id: LineId) -> None:
    """Delete a line with its versions; its calls stay."""
    async with deps.storage.begin() as uow:
        await lines.delete(uow, line_id)


@routes.get("/lines/{line_id}/versions", Action.calls_read)
async def list_line_versions(deps: ApiDeps, line_id: LineId) -> tuple[LineVersionView, ...]:
    """List all versions of a line's plan, the newest first."""
    async with deps.storage.read() as uow:
        return tuple(_version_view(version) for version in await uow.lines.versions(line_id))


@routes.post("/lines/{line_id}/versions", Action.lines_write)
async def save_line_version(
    deps: ApiDeps, caller: Caller, line_id: LineId, body: NewVersion
) -> Created[LineVersionView]:
    """Save a plan. New calls follow it; calls in progress keep the version they began with."""
    async with deps.storage.begin() as uow:
        version = await lines.save_version(
            uow, line_id, body.plan, based_on=body.based_on, note=body.note, by=caller.user_id, now=deps.now()
        )
    return Created(_version_view(version), new=True)


@routes.post("/lines/{line_id}/versions/{version}/restore", Action.lines_write)
async def restore_line_version(
    deps: ApiDeps, caller: Caller, line_id: LineId, version: Version
) -> Created[LineVersionView]:
    """Make an older version the newest again."""
    async with deps.storage.begin() as uow:
        made = await lines.roll_back(uow, line_id, version, by=caller.user_id, now=deps.now())
    return Created(_version_view(made), new=True)


@routes.post("/call-plans/check", Action.lines_write)
async def check_call_plan(deps: ApiDeps, body: PlanInput) -> PlanCheck:  # noqa: ARG001 - as every operation
    """Say all that is wrong with a plan, without saving it."""
    plan = plan_of(body.plan)
    found = tuple(
        PlanProblemView(code=one.code, step=one.step, field=one.field, words=one.words, parameters=dict(one.parameters))
        for one in problems(plan)
    )
    return PlanCheck(problems=found, plan=_json(json_of(plan)))


@routes.get("/call-plans/first", Action.lines_write)
async def get_first_call_plan(deps: ApiDeps, language: Language = "en") -> PlanCheck:  # noqa: ARG001 - as every operation
    """Return the plan a new line begins with."""
    return PlanCheck(problems=(), plan=_json(json_of(first_plan(language))))


@routes.get("/dialling", Action.calls_read)
async def get_dialling(deps: ApiDeps) -> DialRulesView:
    """Return which numbers may be dialled."""
    async with deps.storage.read() as uow:
        return DialRulesView(**asdict(await dialling.rules(uow)))


@routes.put("/dialling", Action.dialling_write)
async def change_dialling(deps: ApiDeps, body: DialRulesInput) -> DialRulesView:
    """Say which numbers may be dialled, and how many calls one agent may place."""
    new = dialling.DialRules(**body.model_dump())
    async with deps.storage.begin() as uow:
        await dialling.save_rules(uow, new)
    return DialRulesView(**asdict(new))


def _json(value: dict[str, object]) -> dict[str, JsonValue]:
    return value  # type: ignore[return-value]  # JSON by construction
