"""/bots/rules: which messages wake which flow."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Word
from hub.domain.botflow.records import After, Begins, BotRule, FlowId, People, RuleId, When
from hub.domain.ids import CalendarId, ChannelId
from hub.domain.user import Action
from hub.services.bots import rules

routes = Routes("bots")

Channels = Annotated[tuple[ChannelId, ...], Field(max_length=100)]
Place = Annotated[int, Field(ge=0, le=10_000)]
Outside = Annotated[str, Field(pattern=r"^(outside:[0-9a-f-]{36})?$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """Which messages wake which flow; the first active rule that fits counts."""

    id: RuleId
    name: str
    flow_id: FlowId | None
    bot: str
    """A bot outside the hub, `outside:<id>`, instead of a flow."""
    place: int
    active: bool
    channel_ids: tuple[ChannelId, ...]
    people: People
    hours: When
    calendar: str
    """The calendar `hours` goes by; empty: the conversation's own."""
    begins: Begins
    after_human: After
    created_at: datetime
    demo: bool


class NewRule(Input):
    """A new rule."""

    id: RuleId
    name: Word
    flow_id: FlowId | None = None
    bot: Outside = ""
    place: Place = 0
    active: bool = True
    channel_ids: Channels = ()
    people: People = People.anyone
    hours: When = When.any
    calendar: CalendarId | None = None
    begins: Begins = Begins.new
    after_human: After = After.resolved


class RuleEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    flow_id: FlowId | None = None
    place: Place | None = None
    active: bool | None = None
    channel_ids: Channels | None = None
    people: People | None = None
    hours: When | None = None
    calendar: CalendarId | None = None
    own_calendar: bool = False
    """Go by the conversation's own calendar again."""
    begins: Begins | None = None
    after_human: After | None = None


@routes.get("/bots/rules", Action.bots_read)
async def list_bot_rules(deps: ApiDeps) -> tuple[RuleView, ...]:
    """List the rules in the order in which they are tried."""
    async with deps.storage.read() as uow:
        return tuple(_view(rule) for rule in await uow.bots.rules())


@routes.post("/bots/rules", Action.bots_write)
async def create_bot_rule(deps: ApiDeps, body: NewRule) -> Created[RuleView]:
    """Make a rule."""
    async with deps.storage.begin() as uow:
        known = await uow.bots.rule(body.id)
        if known is not None:
            return Created(_view(known), new=False)
        rule = BotRule(
            **{name: getattr(body, name) for name in NewRule.model_fields if name != "calendar"},
            calendar=str(body.calendar or ""),
            created_at=deps.now(),
        )
        return Created(_view(await rules.save(uow, rule)))


@routes.patch("/bots/rules/{rule_id}", Action.bots_write)
async def change_bot_rule(deps: ApiDeps, rule_id: RuleId, body: RuleEdit) -> RuleView:
    """Change a rule; switch it on or off."""
    async with deps.storage.begin() as uow:
        before = await rules.get(uow, rule_id)
        changed = {
            name: value
            for name in RuleEdit.model_fields
            if name not in ("calendar", "own_calendar") and (value := getattr(body, name)) is not None
        }
        if body.flow_id is not None:
            changed["bot"] = ""
        if body.calendar is not None or body.own_calendar:
            changed["calendar"] = str(body.calendar or "")
        return _view(await rules.save(uow, replace(before, **changed)))


@routes.delete("/bots/rules/{rule_id}", Action.bots_write)
async def delete_bot_rule(deps: ApiDeps, rule_id: RuleId) -> None:
    """Delete a rule; what it woke goes on."""
    async with deps.storage.begin() as uow:
        await rules.delete(uow, rule_id)


def _view(rule: BotRule) -> RuleView:
    return RuleView(**{name: getattr(rule, name) for name in RuleView.__dataclass_fields__})
