"""What a call plan is told (happenings), what it answers (steps) and where a call stands between the two (position).

Two shapes of one machine. A provider that asks by webhook and keeps nothing (TwiML) gets the position as a token in
the address it shall ask next; a live connection (ARI) keeps the position in memory and asks when something happened.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from hub.domain.call_marks import Ender, Fact
from hub.domain.callflow.plan import NodeName, Prompt
from hub.domain.ids import CallId, LineId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a call stands in its plan. Small: it travels in an address."""

    line_id: LineId | None = None
    version: int = 0
    """Of the line's plan; 0: the hub's own plan for a channel without a line."""
    node: NodeName = ""
    tries: int = 0
    """How often the node was tried: menu prompts, rounds of ringing."""
    entered_at: datetime | None = None
    """When the node was entered: for `wait_seconds`."""
    queue_at: datetime | None = None
    """When the call entered its first queue or ring group."""
    said_at: datetime | None = None
    """When the place in the queue was last announced."""
    rung: tuple[UserId, ...] = ()
    """Agents rung in vain since the node was entered."""
    consented: bool = False
    """The announcement of the recording was heard."""
    owner: UserId | None = None
    """Whom the contact spoke with before: rung first by `sticky`."""
    forwards: int = 0
    """How often the call went on to another line: bounded, so that two lines never send it to and fro for ever."""

    def token(self) -> str:
        """Return it as text fit for a query string, some 100 characters."""
        known = {
            "l": self.line_id.hex if self.line_id else None,
            "v": self.version,
            "n": self.node,
            "t": self.tries,
            "e": _seconds(self.entered_at),
            "q": _seconds(self.queue_at),
            "s": _seconds(self.said_at),
            "r": [user.hex for user in self.rung],
            "c": int(self.consented),
            "o": self.owner.hex if self.owner else None,
            "f": self.forwards,
        }
        text = json.dumps({key: value for key, value in known.items() if value}, separators=(",", ":"))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @staticmethod
    def from_token(token: str) -> "Position":
        """Read a token. Raises ValueError if it is none."""
        try:
            read = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
            return Position(
                line_id=LineId(UUID(hex=read["l"])) if "l" in read else None,
                version=int(read.get("v", 0)),
                node=str(read.get("n", "")),
                tries=int(read.get("t", 0)),
                entered_at=_time(read.get("e")),
                queue_at=_time(read.get("q")),
                said_at=_time(read.get("s")),
                rung=tuple(UserId(UUID(hex=user)) for user in read.get("r", ())),
                consented=bool(read.get("c")),
                owner=UserId(UUID(hex=read["o"])) if "o" in read else None,
                forwards=int(read.get("f", 0)),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError) as error:
            raise ValueError("not a position of a call plan") from error


def _seconds(at: datetime | None) -> float | None:
    return round(at.timestamp(), 3) if at else None


def _time(seconds: float | None) -> datetime | None:
    from datetime import UTC

    return datetime.fromtimestamp(seconds, UTC) if seconds else None


# What happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A customer's call reached us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """The steps given last were carried out to their end: what was to be said was said, the wait is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The caller pressed keys in answer to `Ask` or during `Wait`; `digits` is empty if the time ran out."""

    digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """Ringing (`Ring` or `Forward`) is over."""

    result: Literal["answered", "no_answer", "busy", "failed", "cancelled"]
    """`answered`: they talked, and the agent's side has hung up: the call is over unless the plan goes on."""
    caller_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLeft:
    """Recording a voicemail is over."""

    seconds: float
    """0: nothing was recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDials:
    """An agent's own device (browser phone) calls out through us and asks whom to reach.

    The number comes from the order the agent placed with the hub (`call_id`), never from the browser alone.
    """

    user_id: UserId
    call_id: CallId | None = None
    number: str = ""
    """What the device itself asks for, where it has no order (a desk phone's keypad): authorised like an order."""


What = Arrived | Continued | Pressed | Rang | MessageLeft | AgentDials


# What to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One device to ring."""

    kind: Literal["browser", "number", "endpoint"]
    """`browser`: the agent's browser phone, named by `browser_identity`. `number`: E.164. `endpoint`: the connector's
    own, e.g. `PJSIP/1001`."""
    address: str
    user_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Let the caller hear something, its placeholders filled in."""

    prompt: Prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Let the caller hear something and wait for digits; then tell `Pressed`. Keys pressed meanwhile cut the prompt."""

    prompt: Prompt
    digits: int = 1
    seconds: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Music for `seconds`, then tell `Continued`; `keys` pressed meanwhile end it with `Pressed`."""

    seconds: int
    music: Prompt | None = None
    keys: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Ring these devices all at once; the first to answer is connected. Then tell `Rang`.

    The caller keeps hearing ringing or, in a queue, music; the call shall not count as answered at the provider before
    an agent answers. Devices still ringing are stopped when one answers or the caller leaves.
    """

    targets: tuple[Target, ...]
    seconds: int
    caller_id: str = ""
    """What the devices show; empty: the customer's number."""
    record: bool = False
    """Record both sides from the moment of connection."""
    music: Prompt | None = None
    """What the caller hears meanwhile where they come from a queue; None: ringing."""
    queued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """Connect the caller with a number outside. Then tell `Rang`."""

    number: str
    seconds: int
    caller_id: str = ""
    record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMessage:
    """Record a voicemail after a beep, then tell `MessageLeft`. A caller who hangs up has left what was recorded."""

    seconds: int
    finish_key: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Connect an agent, who is on the line, with a customer: the answer to `AgentDials`."""

    call_id: CallId
    number: str
    caller_id: str
    seconds: int = 45
    record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Do not answer the call at all."""

    reason: Literal["busy", "rejected"] = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """End the call."""


Step = Say | Ask | Wait | Ring | Forward | TakeMessage | Dial | Reject | HangUp
WAITING = (Ask, Wait, Ring, Forward, TakeMessage, Dial)
FINAL = (Reject, HangUp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A fact the plan itself creates: entered the queue, came after hours, asked for a callback."""

    fact: Fact
    by: Ender | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do next. `steps` are done in order; any number of `Say`, then exactly one that waits or ends the call."""

    steps: tuple[Step, ...]
    position: Position
    """Where the call stands while the steps are carried out: to be given back with what happens next."""
    facts: tuple[Decided, ...] = ()
    """What this means for the call; the hub has them, connectors need not look."""

    @property
    def last(self) -> Step:
        """The step that waits for something or ends the call."""
        return self.steps[-1]


_PARTS = re.compile(r"(?<=[.,;!?。])\s+")
"""Where a text falls apart into what it says one after the other."""
FALLBACK = Prompt(text="We are sorry, we cannot take your call right now. Please try again in a few minutes.")
"""Said where the hub cannot decide (its storage is down, a bug): the call never ends in silence."""


def fallback(position: Position | None = None, prompt: Prompt = FALLBACK) -> Decision:
    """Return what to do where the hub cannot decide. Connectors document the same for when the hub is not there."""
    return Decision(steps=(Say(prompt=prompt), HangUp()), position=position or Position())


def browser_identity(user_id: UserId) -> str:
    """Return the name by which providers ring an agent's browser phone."""
    return f"agent_{user_id.hex}"


def agent_of_identity(identity: str) -> UserId | None:
    """Return the agent of such a name; None if it is none of ours."""
    try:
        return UserId(UUID(hex=identity.removeprefix("agent_"))) if identity.startswith("agent_") else None
    except ValueError:
        return None


def filled(prompt: Prompt, values: Mapping[str, object]) -> Prompt:
    """Return the prompt with its placeholders filled in; unknown ones stay as they are.

    A value of None is not known: the parts of the text that speak of it are left out, since a guess would be a promise.
    """
    text = prompt.text
    unknown = [f"{{{name}}}" for name, value in values.items() if value is None]
    if any(name in text for name in unknown):
        parts = [part for part in _PARTS.split(text) if not any(name in part for name in unknown)]
        text = " ".join(parts).rstrip(" ,;")
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", "" if value is None else str(value))
    return replace(prompt, text=text)
