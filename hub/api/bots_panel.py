"""/bots/simulate: the test panel; it talks with a flow as a customer on any channel and touches nothing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from hub.api._framework.routing import Routes
from hub.api.bot_hands import BotHands
from hub.api.deps import ApiDeps
from hub.api.inputs import Document, Input, Line, Text, Time
from hub.domain.botflow.effects import Effect, Say
from hub.domain.botflow.position import Position, dump, load
from hub.domain.channel import Capabilities
from hub.domain.errors import Invalid
from hub.domain.ids import ChannelId
from hub.domain.user import Action

if TYPE_CHECKING:
    from hub.domain.botflow.happenings import Happening
    from hub.services.bots.simulate import Panel, Shot

routes = Routes("bots")


class What(StrEnum):
    """What happens to the flow now."""

    said = "said"
    """The customer writes."""
    begun = "begun"
    """It is started by hand."""
    due = "due"
    """The time it waits for comes."""


class Step(Input):
    """One step of the test panel. Give back `position` and `at` of the answer for the next."""

    graph: Document
    position: Document | None = None
    """Left out: a new customer."""
    what: What = What.said
    text: Text = ""
    files: Annotated[tuple[Line, ...], Field(max_length=10)] = ()
    channel_id: ChannelId | None = None
    """On which channel; its limits count."""
    connector: Line = ""
    """Instead of a channel: on which kind of channel, by the connector's key."""
    name: Line = ""
    """The customer's name, for placeholders."""
    language: Line = ""
    """The language the contact is known to speak."""
    opened: bool | None = None
    """Pretend business hours to be open or closed; left out: as they are now."""
    looks_up: bool = False
    """Really ask addresses and the model. The knowledge base is always asked."""
    at: Time | None = None
    """The time in the panel; left out: now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidView:
    """A message of the bot, as the channel shows it."""

    text: str
    buttons: tuple[str, ...]
    files: tuple[str, ...]
    """Names of the files that come with it."""
    links: tuple[str, ...]
    """Names of the files that come as links: the channel does not carry them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneView:
    """Something else the flow would have done: `set_field`, `add_tag`, `assign`, `hand_over`, `close` and so on."""

    kind: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A step that was entered, left or handed over at, for the builder to show the way."""

    step: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShotView:
    """What one step came to."""

    position: Mapping[str, object]
    step: str
    """Where the flow stands."""
    phase: str
    """What it waits for: `asking`, `confirming`, `pausing`; `over` where it ended."""
    end: str | None
    due_at: datetime | None
    """When a reminder, a time-out or the end of a wait comes: send `due` with this as `at` to see it."""
    said: tuple[SaidView, ...]
    done: tuple[DoneView, ...]
    marks: tuple[MarkView, ...]
    trouble: str
    """Why the channel would not carry what the flow says; a human would get the conversation then."""
    at: datetime


@routes.post("/bots/simulate", Action.bots_read)
async def simulate_flow(deps: ApiDeps, hands: BotHands, body: Step) -> ShotView:
    """Talk with a draft as a customer; nothing is stored, nothing is sent."""
    from hub.services.bots.simulate import simulate  # not at the top: every start of the hub would wait for it

    at = body.at or deps.now()
    try:
        position = load(body.position) if body.position is not None else Position()
    except (TypeError, ValueError) as error:
        raise Invalid("This is no position of a flow. Begin the test anew.") from error
    happening, panel = _happening(body, at), _panel(deps, body)
    try:
        shot = await simulate(hands.means, body.graph, position, happening, panel, now=at)
        return _view(shot, at)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        if body.position is None:
            raise
        # A position is opaque to clients, and this one was written by somebody else than us.
        raise Invalid("This is no position of a flow. Begin the test anew.") from error


def _happening(body: Step, at: datetime) -> "Happening":
    from hub.domain.botflow.happenings import Begun, Due, Said  # as above

    match body.what:
        case What.said:
            return Said(text=body.text, files=body.files, at=at)
        case What.begun:
            return Begun()
        case What.due:
            return Due()


def _panel(deps: ApiDeps, body: Step) -> "Panel":
    from hub.services.bots.simulate import Panel  # as above

    name, kind, capabilities = "…", "", Capabilities()  # a name a template has a place for
    if body.channel_id is not None:
        account = deps.accounts.get(body.channel_id)
        if account is None:
            raise Invalid("There is no such channel; it may have been deleted.")
        name, kind, capabilities = account.channel.name, str(account.channel.kind), account.capabilities
    elif body.connector:
        manifest = deps.registry.get(body.connector)
        if manifest is None:
            raise Invalid(f"The connector “{body.connector}” is not installed in this hub.")
        name, kind, capabilities = manifest.title, str(manifest.kind), manifest.capabilities
    return Panel(
        capabilities=capabilities,
        channel_name=name,
        channel_kind=kind,
        name=body.name,
        language=body.language,
        opened=body.opened,
        looks_up=body.looks_up,
    )


def _view(shot: "Shot", at: datetime) -> ShotView:
    position = shot.position
    return ShotView(
        position=dump(position),
        step=position.step,
        phase=position.phase.value,
        end=position.end.value if position.end is not None else None,
        due_at=position.due_at,
        said=tuple(
            SaidView(text=one.shown.text, buttons=one.shown.buttons, files=one.files, links=one.links)
            for one in shot.said
        ),
        done=tuple(_done(effect) for effect in shot.effects if not isinstance(effect, Say)),
        marks=tuple(MarkView(step=step, mark=mark.value) for step, mark in shot.marks),
        trouble=shot.trouble,
        at=at,
    )


def _done(effect: Effect) -> DoneView:
    name = type(effect).__name__
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
    return DoneView(kind=words, data=asdict(effect))
