"""What a telephone system told of a call, as the hub's events. Pure.

The system leads its calls itself, so a call is offered when it starts, unless it says that this comes later (`queued`).
Why it ended stands in `cause`, in our words or in those of Zammad's CTI.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from connectors.cti.settings import CtiSettings
from connectors.cti.wire import Told, read
from hub.contract import Address, CallUpdate, InboundEvent, LegUpdate, RawEvent, RecordingReady, UnparseableEvent
from hub.domain.call import call_of_key
from hub.domain.call_marks import Ender, Ending, Fact, Party
from hub.domain.callflow.steps import agent_of_identity
from hub.domain.ids import ExternalId, UserId, bounded
from hub.domain.interaction import Direction
from hub.domain.recording import Lane, RecordingKind

PHONE = "phone"
_ANY_WAY = frozenset({"held", "resumed", "recording"})
"""What means the same whichever way the call went."""
EVENTS = frozenset({"started", "queued", "ringing", "answered", "held", "resumed", "ended", "recording"})

_ENDINGS: Mapping[str, Ending] = {
    **dict.fromkeys(("", "completed", "normalclearing", "normal", "200"), Ending.completed),
    **dict.fromkeys(("busy", "486"), Ending.busy),
    **dict.fromkeys(("no_answer", "noanswer", "no-answer", "missed", "304", "480"), Ending.no_answer),
    **dict.fromkeys(("cancelled", "canceled", "cancel", "487"), Ending.cancelled),
    **dict.fromkeys(("rejected", "reject", "603"), Ending.rejected),
    **dict.fromkeys(("failed", "congestion", "notfound", "not_found", "404", "503"), Ending.failed),
}
"""Numbers are Bitrix24's status codes (https://apidocs.bitrix24.com/api-reference/telephony/)."""
_TURNS: Mapping[str, Fact] = {
    "voicemail": Fact.voicemail,
    "callback": Fact.callback,
    "after_hours": Fact.after_hours,
    "blocked": Fact.blocked,
    "overflow": Fact.overflowed,
    "forwarded": Fact.overflowed,
}
"""Causes that say where the system sent the caller."""


_LANES: Mapping[str, tuple[Lane, ...]] = {
    "agent,contact": (Lane.agent, Lane.contact),
    "contact,agent": (Lane.contact, Lane.agent),
}
"""Whose voice is on which track of a recording with two."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading needs to know of the system."""

    settings: CtiSettings

    def parse(self, raw: RawEvent) -> Sequence[InboundEvent]:
        """Read one event. Raises UnparseableEvent."""
        told = read(raw.body)
        if told.event not in EVENTS:
            raise UnparseableEvent(f"The telephone system told of “{told.event[:40]}”, which the hub does not know.")
        if told.direction not in (("in", "out", "") if told.event in _ANY_WAY else ("in", "out")):
            raise UnparseableEvent(f"A call goes “in” or “out”, not “{told.direction[:40]}”.")
        key = told.key
        if not key:
            raise UnparseableEvent("The telephone system named no call: give `id`, or from, to and started_at.")
        return _Story(told, key, self.settings).events()


class _Story:
    """One event of one call."""

    def __init__(self, told: Told, key: str, settings: CtiSettings) -> None:
        self._told = told
        self._settings = settings
        self._users = settings.users()
        self._call = bounded(key)
        self._inbound = told.direction == "in"
        self._customer = told.from_ if self._inbound else told.to

    def events(self) -> Sequence[InboundEvent]:
        match self._told.event:
            case "started":
                return self._started()
            case "queued":
                return (self._update(Fact.queued),)
            case "ringing":
                return tuple(self._agent(Fact.ringing, extension) for extension in self._extensions())
            case "answered":
                return self._answered()
            case "held":
                return (self._turn(Fact.held),)
            case "resumed":
                return (self._turn(Fact.resumed),)
            case "ended":
                return self._ended()
            case _:
                return self._recording()

    def _started(self) -> Sequence[InboundEvent]:
        at: dict[str, Any] = {"occurred_at": self._told.at or self._told.started_at}
        began = (*self._begun(at), self._contact(Fact.dialled, **at))
        does = Fact.ringing if self._inbound else Fact.picked_up
        return (*began, *(self._agent(does, extension, **at) for extension in self._extensions()))

    def _begun(self, at: Mapping[str, Any]) -> Sequence[InboundEvent]:
        """Return that the call is there, and that it is offered, if it is one to us that nothing is said to first."""
        began = self._update(Fact.began, **at)
        return (began, self._update(Fact.queued, **at)) if self._inbound and self._told.queued else (began,)

    def _earlier(self) -> Sequence[InboundEvent]:
        """Return what a later event tells once more of the start, in case that was never heard."""
        return self._begun({"occurred_at": self._told.started_at}) if self._told.started_at else ()

    def _answered(self) -> Sequence[InboundEvent]:
        at: dict[str, Any] = {"occurred_at": self._told.answered_at or self._told.at}
        extension = next(iter(self._extensions()), "")
        talks = [self._agent(fact, extension, **at) for fact in (Fact.picked_up, Fact.joined)]
        if not self._inbound:
            talks = [*(self._contact(fact, **at) for fact in (Fact.picked_up, Fact.joined)), *talks]
        return (*self._earlier(), *talks)

    def _ended(self) -> Sequence[InboundEvent]:
        cause = self._told.cause.strip().lower()
        turn = _TURNS.get(cause)
        ending = Ending.completed if turn is not None else _ENDINGS.get(cause)
        if ending is None:
            raise UnparseableEvent(f"The telephone system gave “{cause[:40]}” as a cause, which the hub does not know.")
        found = [*(self._answered() if self._told.answered_at else self._earlier())]
        if turn is not None:
            found.append(self._update(turn))
        if self._inbound and ending in (Ending.no_answer, Ending.busy, Ending.rejected, Ending.failed):
            # the system gave the call up; a caller who hung up is `cancelled`
            found.append(self._update(Fact.gave_up))
        by = Ender.contact if self._inbound and ending is Ending.cancelled else None
        return (*found, self._contact(Fact.leg_ended, ending=ending), self._update(Fact.ended, by=by))

    def _recording(self) -> Sequence[InboundEvent]:
        url = self._told.recording_url.strip()
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise UnparseableEvent("The telephone system told of a recording without its address (recording_url).")
        voicemail = self._told.kind.strip().lower() == "voicemail"
        ready = RecordingReady(
            call=self._call,
            call_id=call_of_key(self._told.call),
            external_id=bounded(self._told.recording.strip() or url),
            kind=RecordingKind.voicemail if voicemail else RecordingKind.call,
            source=ExternalId(url),
            lanes=(Lane.contact,)
            if voicemail
            else _LANES.get(self._told.lanes.replace(" ", "").lower(), (Lane.mixed,)),
            duration=self._told.duration,
            occurred_at=self._told.at,
        )
        return (ready,)

    # --- words

    def _turn(self, fact: Fact) -> CallUpdate:
        """Return what may happen more than once in a call: told apart by its time."""
        news = f"{fact.value} {self._told.at.isoformat()}" if self._told.at else ""
        return CallUpdate(
            external_id=self._call,
            call_id=call_of_key(self._told.call),
            fact=fact,
            occurred_at=self._told.at,
            news_id=news,
        )

    def _update(self, fact: Fact, **more: Any) -> CallUpdate:
        hidden = self._inbound and self._settings.hides(self._customer)
        given: dict[str, Any] = {
            "external_id": self._call,
            "call_id": call_of_key(self._told.call),
            "occurred_at": self._told.at,
            "direction": Direction.inbound if self._inbound else Direction.outbound,
            "our_address": (self._told.to if self._inbound else self._told.from_) or self._settings.number,
        }
        if hidden:
            given["withheld"] = True
        elif self._customer:
            given["counterpart"] = Address(namespace=PHONE, value=self._customer, verified=True)
        else:
            del given["direction"]
        return CallUpdate(fact=fact, news_id=fact.value, **(given | more))

    def _contact(self, fact: Fact, *, ending: Ending | None = None, **more: Any) -> LegUpdate:
        address = "" if self._settings.hides(self._customer) else self._customer
        return self._leg(bounded(f"{self._call}/contact"), Party.contact, None, address, fact, ending, **more)

    def _agent(self, fact: Fact, extension: str, **more: Any) -> LegUpdate:
        user = self._users.get(extension) or agent_of_identity(extension)
        return self._leg(bounded(f"{self._call}/{extension}"), Party.agent, user, extension, fact, None, **more)

    def _leg(
        self,
        leg: ExternalId,
        party: Party,
        user: UserId | None,
        address: str,
        fact: Fact,
        ending: Ending | None,
        **more: Any,
    ) -> LegUpdate:
        given: dict[str, Any] = {"occurred_at": self._told.at}
        return LegUpdate(
            call=self._call,
            call_id=call_of_key(self._told.call),
            leg=leg,
            party=party,
            user_id=user,
            address=address,
            fact=fact,
            news_id=fact.value,
            ending=ending,
            **(given | more),
        )

    def _extensions(self) -> Sequence[str]:
        named = (self._told.agent, *self._told.user)
        return tuple(dict.fromkeys(extension.strip() for extension in named if extension.strip()))
