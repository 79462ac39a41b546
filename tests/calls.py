"""Builders of what providers tell of calls, for tests: an inbound and an outbound call, one fact at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hub.contract.address import Address
from hub.contract.call_events import CallUpdate, LegUpdate, RecordingReady
from hub.domain.call import Call, CallState
from hub.domain.call_marks import Ender, Ending, Fact, Mark, Party
from hub.domain.call_story import retold
from hub.domain.ids import (
    CallId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    UserId,
)
from hub.domain.interaction import Direction
from hub.domain.recording import Lane

T0 = datetime(2026, 3, 2, 10, tzinfo=UTC)
ANN = UserId(UUID(int=0xA1))
BOB = UserId(UUID(int=0xB0))
CUSTOMER = "+48600100200"
OURS = "+48221002003"
FIRST = ExternalId("call-1")


@dataclass(frozen=True)
class Telling:
    """One call, told a fact at a time; `at` is seconds after its beginning."""

    began: datetime
    external_id: ExternalId = FIRST
    direction: Direction = Direction.inbound
    number: str = CUSTOMER
    withheld: bool = False

    def at(self, seconds: float) -> datetime:
        return self.began + timedelta(seconds=seconds)

    def fact(self, fact: Fact, seconds: float = 0, **more: Any) -> CallUpdate:
        """Tell a fact about the whole call."""
        return CallUpdate(
            external_id=self.external_id,
            fact=fact,
            occurred_at=self.at(seconds),
            direction=self.direction,
            counterpart=None if self.withheld else Address(namespace="phone", value=self.number, verified=True),
            withheld=self.withheld,
            our_address=OURS,
            **more,
        )

    def leg(self, fact: Fact, seconds: float, leg: str = "agent-leg", **more: Any) -> LegUpdate:
        """Tell a fact about an agent's leg."""
        more.setdefault("party", Party.agent)
        more.setdefault("user_id", ANN if more["party"] is Party.agent else None)
        return LegUpdate(call=self.external_id, leg=ExternalId(leg), fact=fact, occurred_at=self.at(seconds), **more)

    def contact_leg(self, fact: Fact, seconds: float, **more: Any) -> LegUpdate:
        """Tell a fact about the customer's leg."""
        return self.leg(fact, seconds, "contact-leg", party=Party.contact, **more)

    def answered(self, after: float = 18, talk: float = 60) -> list[CallUpdate | LegUpdate]:
        """Tell a call that waited and was answered."""
        return [
            self.fact(Fact.began),
            self.fact(Fact.queued, 0),
            self.leg(Fact.dialled, 1),
            self.leg(Fact.ringing, 2),
            self.leg(Fact.joined, after),
            self.leg(Fact.leg_ended, after + talk, ending=Ending.completed),
            self.fact(Fact.ended, after + talk, by=Ender.contact),
        ]

    def missed(self, after: float = 30) -> list[CallUpdate | LegUpdate]:
        """Tell a call whose caller gave up in the queue."""
        return [
            self.fact(Fact.began),
            self.fact(Fact.queued, 0),
            self.leg(Fact.dialled, 1),
            self.leg(Fact.leg_ended, after, ending=Ending.cancelled),
            self.fact(Fact.ended, after, by=Ender.contact),
        ]

    def reached(self, after: float = 10, talk: float = 40) -> list[CallUpdate | LegUpdate]:
        """Tell an outbound call that a person answered."""
        return [
            self.fact(Fact.began),
            self.leg(Fact.joined, 2),
            self.contact_leg(Fact.ringing, 3),
            self.contact_leg(Fact.joined, after),
            self.contact_leg(Fact.leg_ended, after + talk, ending=Ending.completed),
            self.fact(Fact.ended, after + talk, by=Ender.agent),
        ]

    def unreached(self, ending: Ending = Ending.no_answer) -> list[CallUpdate | LegUpdate]:
        """Tell an outbound call nobody answered."""
        return [
            self.fact(Fact.began),
            self.leg(Fact.joined, 2),
            self.contact_leg(Fact.leg_ended, 30, ending=ending),
            self.fact(Fact.ended, 30),
        ]

    def recording(self, state: Any = "ready", name: str = "rec-1", **more: Any) -> RecordingReady:
        """Tell a recording."""
        return RecordingReady(
            call=self.external_id,
            external_id=ExternalId(name),
            state=state,
            source=ExternalId(f"at/{name}") if state == "ready" else None,
            lanes=(Lane.agent, Lane.contact),
            duration=60.0,
            occurred_at=self.at(90),
            **more,
        )


def call(began: datetime, **changed: Any) -> Call:
    """Build a call about which nothing was told yet."""
    values: dict[str, Any] = {
        "id": CallId(UUID(int=1)),
        "channel_id": ChannelId(UUID(int=2)),
        "direction": Direction.inbound,
        "contact_point_id": ContactPointId(UUID(int=3)),
        "conversation_id": ConversationId(UUID(int=4)),
        "interaction_id": InteractionId(UUID(int=5)),
        "began_at": began,
        "state": CallState.arriving,
        **changed,
    }
    return Call(**values)


def by(user: UserId, news: list[CallUpdate | LegUpdate]) -> list[CallUpdate | LegUpdate]:
    """Return the same news with another agent on the legs."""
    return [replace(one, user_id=user) if isinstance(one, LegUpdate) else one for one in news]


def mark(event: CallUpdate | LegUpdate, at: datetime = T0) -> Mark:
    """Return the mark of news; `at` is the time of news that has none."""
    at = event.occurred_at or at
    match event:
        case CallUpdate():
            return Mark(fact=event.fact, at=at, by=event.by, detail=event.detail, id=event.news_id)
        case LegUpdate():
            return Mark(
                fact=event.fact,
                at=at,
                leg=event.leg,
                party=event.party,
                user_id=event.user_id,
                address=event.address,
                ending=event.ending,
                id=event.news_id,
            )


def story(events: Sequence[CallUpdate | LegUpdate], direction: Direction = Direction.inbound) -> Call:
    """Return the call that news tells."""
    return retold(call(T0, direction=direction), [mark(event) for event in events])
