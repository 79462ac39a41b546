"""A line's call plan as data: named nodes from the first greeting to voicemail. Versioned; a version never changes.

A call keeps the version it began with. `Plan.start` names the first node; each node names what follows it. A name that
leads nowhere is found by `problems`, before a version is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from hub.domain.ids import ChannelId, LineId, TeamId, UserId

NodeName = str
END: NodeName = ""
"""Follows nothing: the call is hung up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """Something the caller hears: a text the provider speaks, or an uploaded file; the file wins where both are given.

    A text may hold `{position}`, `{minutes}` and `{name}`.
    """

    text: str = ""
    file: str = ""
    """The id of an uploaded sound: the hub gives it to the provider as a signed link."""
    language: str = "en"
    """BCP 47, for the voice."""
    voice: str = ""
    """The provider's own name of a voice; empty: its usual one for the language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursNode:
    """Goes one way in business hours, another outside."""

    kind: Literal["hours"] = "hours"
    calendar: UUID | None = None
    """None: the calendar of the line's team or channel; where none is set it is always open."""
    open: NodeName
    closed: NodeName


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceNode:
    """Says something, then goes on: greeting, consent to be recorded, closing hours."""

    kind: Literal["announce"] = "announce"
    prompt: Prompt
    consent: bool = False
    """This announces the recording: with `Plan.recording = "after_consent"` nothing is recorded unless it was heard."""
    then: NodeName = END


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuNode:
    """Asks for digits and goes where they lead."""

    kind: Literal["menu"] = "menu"
    prompt: Prompt
    choices: Mapping[str, NodeName]
    """Digits (`1`, `12`, `*`) to node."""
    seconds: int = 5
    """How long to wait for a digit after the prompt."""
    tries: int = 2
    """How often the prompt is said in all, before `otherwise`."""
    wrong: Prompt | None = None
    """Said before the prompt is repeated after an unknown choice."""
    otherwise: NodeName = END


@dataclass(frozen=True, slots=True, kw_only=True)
class RingNode:
    """Rings agents, and lets the caller wait in a queue until one is free.

    Who is rung: the agents of `team` and those in `agents`, that have all of `skills`; both empty: everybody on the
    channel's team.
    """

    kind: Literal["ring"] = "ring"
    team: TeamId | None = None
    agents: tuple[UserId, ...] = ()
    skills: tuple[str, ...] = ()
    strategy: Literal["all", "longest_idle", "round_robin", "sticky"] = "longest_idle"
    """`sticky`: the contact's owner first (who had the last talk or holds the conversation), then longest idle."""
    ring_seconds: int = 20
    """How long one agent (or, with `all`, everybody) is rung before the next round."""
    wait_seconds: int = 0
    """How long the caller may wait in the queue in all; 0: one round of ringing, no queue."""
    queue_limit: int = 50
    """More waiting callers than this: go to `full` at once."""
    music: Prompt | None = None
    """What is heard while waiting; None: the provider's own music."""
    say_every: int = 60
    """Seconds between announcements of the place in the queue; 0: none."""
    place: Prompt | None = None
    """The announcement, e.g. "You are number {position}; about {minutes} minutes."."""
    callback: "CallbackOffer | None" = None
    no_answer: NodeName = END
    full: NodeName = END


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackOffer:
    """Lets a waiting caller press a key to be called back instead, keeping the place in the queue."""

    key: str = "1"
    after_seconds: int = 60
    """Offered once the caller waited this long."""
    prompt: Prompt
    thanks: Prompt
    due_minutes: int = 60
    """The callback is due this long after it was asked for, in business time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoicemailNode:
    """Takes a message."""

    kind: Literal["voicemail"] = "voicemail"
    prompt: Prompt
    seconds: int = 180
    """The longest message."""
    finish_key: str = "#"
    thanks: Prompt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardNode:
    """Sends the caller to another line of ours (`line`) or to a number outside (`number`): overflow."""

    kind: Literal["forward"] = "forward"
    line: LineId | None = None
    number: str = ""
    """E.164; authorised like any dialled number."""
    seconds: int = 30
    overflow: bool = True
    """Counts as overflow (docs/metrics.md 12); False for a menu's plain forwarding."""
    no_answer: NodeName = END


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackNode:
    """Notes that the caller wants to be called back, thanks them and hangs up: for menus and after hours."""

    kind: Literal["callback"] = "callback"
    prompt: Prompt
    due_minutes: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUpNode:
    """Says something, if wanted, and hangs up."""

    kind: Literal["hang_up"] = "hang_up"
    prompt: Prompt | None = None


Node = HoursNode | AnnounceNode | MenuNode | RingNode | VoicemailNode | ForwardNode | CallbackNode | HangUpNode


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockList:
    """Who is turned away before anything is said."""

    numbers: tuple[str, ...] = ()
    """E.164; a `*` at the end blocks all numbers that begin so."""
    withheld: bool = False
    """Turn away callers who hide their number."""
    answer: Literal["busy", "reject"] = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedText:
    """A message to callers who were missed, by itself and on another channel. Answers no wait: a machine wrote it."""

    channel_id: ChannelId
    text: str
    """May hold `{name}` and `{number}` (the number they called)."""
    to: Literal["opted_in", "everybody"] = "opted_in"
    """`opted_in`: only who wrote to us there before, or asked to be written to. Who opted out is never written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenNotice:
    """What is said before a manager listens in, whispers or joins: the law of many countries asks for it."""

    to: Literal["agent", "everybody"]
    """Who hears it: the agent alone, or the customer, too."""
    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One version of a line's call plan."""

    start: NodeName
    nodes: Mapping[NodeName, Node]
    after_hours: NodeName = ""
    """The first node of the after-hours branch: reaching it marks the call as after hours. Where it is empty, every
    `HoursNode.closed` does."""
    block: BlockList = field(default_factory=BlockList)
    recording: Literal["off", "on", "after_consent"] = "off"
    """`on`: both sides, on channels of their own where the provider can, from the moment an agent is connected."""
    wrap_up_seconds: int = 15
    """How long an agent is not rung after a call."""
    short_seconds: int = 5
    """A caller who leaves the queue sooner is a short abandon (docs/metrics.md 12)."""
    caller_id: str = ""
    """What an agent's phone is shown: empty: the customer's number; else one of our numbers."""
    missed_text: MissedText | None = None
    results: tuple[str, ...] = ()
    """What an agent may choose as the result of a call."""
    listening: ListenNotice | None = None
    """None: managers listen in without a word. Each time is logged either way."""


def sounds_of(plan: Plan) -> list[Prompt]:
    """Return all that a plan may let anybody hear."""
    said = [prompt for node in plan.nodes.values() for prompt in prompts_of(node)]
    return said if plan.listening is None else [*said, plan.listening.prompt]


def prompts_of(node: Node) -> list[Prompt]:
    """Return all that a node may let a caller hear."""
    match node:
        case AnnounceNode(prompt=prompt) | CallbackNode(prompt=prompt):
            found: list[Prompt | None] = [prompt]
        case MenuNode(prompt=prompt, wrong=wrong):
            found = [prompt, wrong]
        case VoicemailNode(prompt=prompt, thanks=thanks):
            found = [prompt, thanks]
        case HangUpNode(prompt=ending):
            found = [ending]
        case RingNode(music=music, place=place, callback=offer):
            found = [music, place, *((offer.prompt, offer.thanks) if offer is not None else ())]
        case _:
            found = []
    return [prompt for prompt in found if prompt is not None]
