"""Names we give to Asterisk's channels, bridges and recordings: each says which call it is part of.

So an event tells its call by itself, whatever was forgotten meanwhile; and what a caller sends never becomes a name.
The call's own name is the customer's channel: the PBX's unique id for who calls us, `hub-c-<key>` for whom we call.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote
from uuid import UUID

from hub.domain.call import call_key, call_of_key
from hub.domain.call_marks import Party
from hub.domain.callflow.steps import agent_of_identity
from hub.domain.ids import CallId, ExternalId, UserId
from hub.domain.recording import RecordingKind

LONGEST_CALL = 80
"""Asterisk takes ids of up to 149 characters; the longest of ours adds some 50 to a call's."""
_YEAR_3000 = 32_503_680_000
_CUSTOMER = re.compile(r"hub-c-([0-9a-f]{32})")
_LEG = re.compile(r"hub-([aos])-([0-9a-f]{32}|0)-([0-9a-z]{1,12})-(.+)")
_SPY = re.compile(r"hub-([rln])-([0-9a-z]{1,12})-(.+)")
_BRIDGE = re.compile(r"hub-([bhqs])-(.+)")
_RECORDING = re.compile(r"hub-(rec|msg)-([0-9a-z]{1,12})-(.+?)(?:\.([ac]))?")
_BROWSER = re.compile(r"[A-Za-z]+/(agent_[0-9a-f]{32})-[0-9a-f]+")
_PARTIES = {"a": Party.agent, "o": Party.outside, "s": Party.supervisor}
_LETTERS = {party: letter for letter, party in _PARTIES.items()}

Room = Literal["b", "h", "q", "s"]
"""A bridge: `b` where customer and agent talk, `h` where the customer is on hold, `q` where an agent asks a colleague,
`s` where a manager listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegName:
    """The channel of an agent, of a number outside, of a manager."""

    party: Party
    user_id: UserId | None
    token: str
    """Tells the legs of a call apart."""
    call: ExternalId

    def __str__(self) -> str:
        """The channel's id."""
        user = self.user_id.hex if self.user_id is not None else "0"
        return f"hub-{_LETTERS[self.party]}-{user}-{self.token}-{self.call}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingName:
    """A recording: of the talk (`rec`), or a voicemail (`msg`). `lane` is `a` for the agent, `c` for the customer."""

    kind: RecordingKind
    token: str
    """When it was begun: `moment`."""
    call: ExternalId
    lane: str = ""

    def __str__(self) -> str:
        """The recording's name at Asterisk; with all lanes alike: the name the hub knows it by."""
        return f"{self.whole}.{self.lane}" if self.lane else self.whole

    @property
    def whole(self) -> str:
        """The name without the lane."""
        word = "msg" if self.kind is RecordingKind.voicemail else "rec"
        return f"hub-{word}-{self.token}-{_as_file(self.call)}"

    @property
    def began(self) -> float | None:
        """Seconds since 1970 when it was begun; None for a token that is no moment of these centuries."""
        seconds = int(self.token, 36) / 1000
        return seconds if seconds < _YEAR_3000 else None


def moment(milliseconds: int) -> str:
    """Return a time since 1970 as a short token, e.g. `m9x3k2p0`."""
    number, digits = milliseconds, ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def customer_of(call_id: CallId) -> ExternalId:
    """Return the channel id of a customer we call: also the name of the call."""
    return ExternalId(f"hub-c-{call_key(call_id)}")


def call_id_of(call: str) -> CallId | None:
    """Return our own id of a call that we placed."""
    found = _CUSTOMER.fullmatch(call)
    return call_of_key(found[1]) if found else None


def leg_of(channel: str) -> LegName | None:
    """Read the id of a leg that we rang; None if it is none."""
    found = _LEG.fullmatch(channel)
    if found is None:
        return None
    user = UserId(UUID(hex=found[2])) if found[2] != "0" else None
    return LegName(party=_PARTIES[found[1]], user_id=user, token=found[3], call=ExternalId(found[4]))


def spy_id(kind: Literal["r", "l", "n"], token: str, call: str) -> str:
    """Return the id of a channel at another one: to record (`r`), for a manager (`l`), to tell an agent (`n`)."""
    return f"hub-{kind}-{token}-{call}"


def is_spy(channel: str) -> bool:
    """Tell whether a channel is one that listens."""
    return _SPY.fullmatch(channel) is not None


def bridge_id(room: Room, call: str) -> str:
    """Return the id of one of a call's bridges."""
    return f"hub-{room}-{call}"


def bridge_of(bridge: str) -> tuple[str, ExternalId] | None:
    """Read the id of a bridge: which of the call's, and the call."""
    found = _BRIDGE.fullmatch(bridge)
    return (found[1], ExternalId(found[2])) if found else None


def recording_of(name: str) -> RecordingName | None:
    """Read a recording's name; None if it is none of ours."""
    found = _RECORDING.fullmatch(name)
    if found is None:
        return None
    kind = RecordingKind.voicemail if found[1] == "msg" else RecordingKind.call
    return RecordingName(kind=kind, token=found[2], call=ExternalId(_as_call(found[3])), lane=found[4] or "")


def call_of(channel: str) -> ExternalId | None:
    """Return the call of a channel we named; None if Asterisk named it."""
    if _CUSTOMER.fullmatch(channel):
        return ExternalId(channel)
    leg = leg_of(channel)
    if leg is not None:
        return leg.call
    spy = _SPY.fullmatch(channel)
    return ExternalId(spy[3]) if spy else None


def agent_of(name: str) -> UserId | None:
    """Return whose browser phone a channel is, by the device it came from, as `PJSIP/agent_<id>-0000001a`."""
    found = _BROWSER.fullmatch(name)
    return agent_of_identity(found[1]) if found else None


def _as_file(call: str) -> str:
    """Write a call's name so that it can be part of a file's: a system's name may hold anything."""
    safe = quote(call, safe="")
    plain = ".." not in call and call == call.strip(".")
    return (safe if plain else safe.replace(".", "%2E")).replace("%", "=")


def _as_call(file: str) -> str:
    return unquote(file.replace("=", "%"))
