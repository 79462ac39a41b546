"""/rules: what is done by itself when something happens; in order, in versions, tried before, with a log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.inputs import Cursor, Document, Input, Limit, Word
from hub.domain.ids import ConversationId, UserId
from hub.domain.rules.records import On, Outcome, Rule, RuleRun, RuleVersion, WorkRuleId
from hub.domain.user import Action
from hub.domain.views import Page
from hub.services.rules import managing, trying
from hub.services.rules.managing import Who
from hub.services.rules.reading import json_of, json_schema, read_body

routes = Routes("rules")

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class WorkRuleEdit(Input):
    """What a rule shall be."""

    name: Word
    body: Document
    """`triggers`, `conditions`, `actions` and the rest, as /rules/schema says."""


class NewWorkRule(WorkRuleEdit):
    """A rule; it is switched off at first."""

    id: WorkRuleId


class WorkRuleOrder(Input):
    """The order in which rules look."""

    ids: Annotated[tuple[WorkRuleId, ...], Field(max_length=managing.RULES_LIMIT)]


class WorkRuleSwitch(Input):
    """Whether a rule is at work."""

    active: bool


class WorkRuleRollBack(Input):
    """The version that shall be the newest again."""

    version: Number


class WorkRuleTry(Input):
    """A rule to try, saved or not."""

    body: Document
    cursor: Annotated[str, Field(max_length=60)] | None = None
    """`next` of the stretch before; without one, from a week ago."""


class WorkRuleTryHere(Input):
    """A rule to try on one conversation."""

    body: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRuleView:
    """A rule."""

    id: WorkRuleId
    name: str
    place: int
    active: bool
    active_since: datetime | None
    paused: str
    """Why the hub switched it off, in words; empty unless it did."""
    version: int
    body: dict[str, Any]
    ran: int
    """How often it did something."""
    failed: int
    """How often something could not be done."""
    last_run_at: datetime | None
    updated_at: datetime
    updated_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRuleVersionView:
    """What a rule said from one moment on."""

    number: int
    name: str
    body: dict[str, Any]
    made_at: datetime
    made_by: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRuleRunView:
    """One line of a rule's log."""

    version: int
    on: On
    conversation_id: ConversationId
    at: datetime
    outcome: Outcome
    words: str
    """Why it was held back or could not be done."""
    done: tuple[str, ...]
    """What was done, by `do`."""


@routes.get("/rules", Action.rules_read)
async def list_rules(deps: ApiDeps) -> tuple[WorkRuleView, ...]:
    """List the rules in the order in which they look."""
    async with deps.storage.read() as uow:
        return tuple(_view(rule) for rule in await uow.rules.all())


@routes.post("/rules", Action.rules_write)
async def create_rule(deps: ApiDeps, caller: Caller, body: NewWorkRule) -> Created[WorkRuleView]:
    """Make a rule below the others, switched off."""
    read = read_body(body.body)
    async with deps.storage.begin() as uow:
        made = await managing.create(uow, body.id, body.name, read, _who(deps, caller))
    return Created(_view(made.record), new=made.created)


@routes.get("/rules/schema", Action.rules_read)
async def get_rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of what a rule says."""
    return json_schema()


@routes.put("/rules/order", Action.rules_write)
async def order_rules(deps: ApiDeps, body: WorkRuleOrder) -> tuple[WorkRuleView, ...]:
    """Set the order in which rules look; each is named once."""
    async with deps.storage.begin() as uow:
        return tuple(_view(rule) for rule in await managing.put_in_order(uow, body.ids))


@routes.post("/rules/try", Action.rules_write)
async def try_rule(deps: ApiDeps, body: WorkRuleTry) -> trying.TriedPage:
    """Look through a stretch of the last week for what a rule would have done. Nothing is done."""
    return await trying.try_week(deps.storage, read_body(body.body), now=deps.now(), cursor=body.cursor)


@routes.get("/rules/{rule_id}", Action.rules_read)
async def get_rule(deps: ApiDeps, rule_id: WorkRuleId) -> WorkRuleView:
    """Return a rule."""
    async with deps.storage.read() as uow:
        return _view(await managing.get(uow, rule_id))


@routes.put("/rules/{rule_id}", Action.rules_write)
async def change_rule(deps: ApiDeps, caller: Caller, rule_id: WorkRuleId, body: WorkRuleEdit) -> WorkRuleView:
    """Edit a rule into a new version; from now on it does what this one says."""
    read = read_body(body.body)
    async with deps.storage.begin() as uow:
        return _view(await managing.change(uow, rule_id, body.name, read, _who(deps, caller)))


@routes.delete("/rules/{rule_id}", Action.rules_write)
async def delete_rule(deps: ApiDeps, rule_id: WorkRuleId) -> None:
    """Delete a rule with its versions and its log; what it did stays done."""
    async with deps.storage.begin() as uow:
        await managing.delete(uow, rule_id)


@routes.post("/rules/{rule_id}/switch", Action.rules_write)
async def switch_rule(deps: ApiDeps, caller: Caller, rule_id: WorkRuleId, body: WorkRuleSwitch) -> WorkRuleView:
    """Switch a rule on or off. What happened while it was off does not concern it."""
    return _view(await managing.switch(deps.storage, rule_id, on=body.active, who=_who(deps, caller)))


@routes.get("/rules/{rule_id}/versions", Action.rules_read)
async def list_rule_versions(deps: ApiDeps, rule_id: WorkRuleId) -> tuple[WorkRuleVersionView, ...]:
    """List a rule's versions, newest first."""
    async with deps.storage.read() as uow:
        await managing.get(uow, rule_id)
        return tuple(_version(one) for one in await uow.rules.versions(rule_id))


@routes.post("/rules/{rule_id}/roll-back", Action.rules_write)
async def roll_back_rule(deps: ApiDeps, caller: Caller, rule_id: WorkRuleId, body: WorkRuleRollBack) -> WorkRuleView:
    """Make an earlier version the newest again."""
    async with deps.storage.begin() as uow:
        return _view(await managing.roll_back(uow, rule_id, body.version, _who(deps, caller)))


@routes.get("/rules/{rule_id}/log", Action.rules_read)
async def list_rule_runs(
    deps: ApiDeps, rule_id: WorkRuleId, cursor: Cursor | None = None, limit: Limit = 50
) -> Page[WorkRuleRunView]:
    """List what a rule did, newest first; lines are kept for 90 days."""
    async with deps.storage.read() as uow:
        await managing.get(uow, rule_id)
        page = await uow.rules.log(rule_id, cursor=cursor, limit=limit)
    return Page(items=tuple(_run(run) for run in page.items), next=page.next)


@routes.post("/conversations/{conversation_id}/try-rule", Action.rules_write)
async def try_rule_here(deps: ApiDeps, conversation_id: ConversationId, body: WorkRuleTryHere) -> trying.TriedHere:
    """Say what a rule would do in a conversation now, as if the customer's newest message had just come."""
    read = read_body(body.body)
    async with deps.storage.read() as uow:
        return await trying.try_here(uow, read, conversation_id, deps.now())


def _who(deps: ApiDeps, caller: Caller) -> Who:
    return Who(by=caller.user_id, now=deps.now())


def _view(rule: Rule) -> WorkRuleView:
    values = {name: getattr(rule, name) for name in WorkRuleView.__dataclass_fields__ if name != "body"}
    return WorkRuleView(**values, body=json_of(rule.body))


def _version(version: RuleVersion) -> WorkRuleVersionView:
    return WorkRuleVersionView(
        number=version.number,
        name=version.name,
        body=json_of(version.body),
        made_at=version.made_at,
        made_by=version.made_by,
    )


def _run(run: RuleRun) -> WorkRuleRunView:
    done = tuple(str(one["do"]) for one in run.done if not one.get("problem") and not one.get("idle"))
    return WorkRuleRunView(
        version=run.version,
        on=run.on,
        conversation_id=run.conversation_id,
        at=run.at,
        outcome=run.outcome,
        words=run.words,
        done=done,
    )
