"""What a call or recording found in Twilio's lists means: the facts its webhooks would have told. Pure.

`listing.py` writes each down as a raw event of its own. https://www.twilio.com/docs/voice/api/call-resource
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as PydanticField

from connectors.twilio_voice.addresses import agent_of, is_client, number_of
from connectors.twilio_voice.news import person
from connectors.twilio_voice.recording_news import LANES, facts
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.status import ending_of
from hub.contract import CallUpdate, InboundEvent, LegUpdate, UnparseableEvent
from hub.domain.call_marks import Ending, Fact, Party
from hub.domain.ids import bounded
from hub.domain.interaction import Direction

Utc = Annotated[AwareDatetime, AfterValidator(lambda time: time.astimezone(UTC))]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class ListedCall(_Model):
    """A call's first leg that is over."""

    is_: Literal["call"] = "call"
    sid: str
    outbound: bool
    caller: str = ""
    called: str = ""
    customer: str = ""
    """The customer's number, for calls out."""
    status: str
    began_at: Utc | None = None
    ended_at: Utc | None = None


class ListedLeg(_Model):
    """A further leg that is over."""

    is_: Literal["leg"] = "leg"
    sid: str
    call: str
    outbound: bool
    called: str = ""
    status: str
    seconds: float = 0
    began_at: Utc | None = None
    ended_at: Utc | None = None


class ListedRecording(_Model):
    """A recording."""

    is_: Literal["recording"] = "recording"
    sid: str
    call: str
    outbound: bool
    voicemail: bool = False
    channels: int = 1
    status: str
    began_at: Utc | None = None
    seconds: float | None = None


Listed = Annotated[ListedCall | ListedLeg | ListedRecording, PydanticField(discriminator="is_")]
_READS: TypeAdapter[Any] = TypeAdapter(Listed)


def parse_listed(body: bytes, settings: TwilioVoiceSettings) -> Sequence[InboundEvent]:
    """Read one entry. Raises UnparseableEvent."""
    try:
        entry = _READS.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))[:60] or "the entry"
        raise UnparseableEvent(f"An entry of Twilio's list of calls cannot be read: {place}.") from None
    if not entry.sid:
        raise UnparseableEvent("An entry of Twilio's list of calls has no id.")
    match entry:
        case ListedCall():
            return _call(entry, settings)
        case ListedLeg():
            return _leg(entry)
        case _:
            return facts(
                call=entry.call,
                sid=entry.sid,
                status=entry.status,
                voicemail=entry.voicemail,
                lanes=LANES["ac" if entry.outbound else "ca"] if entry.channels == 2 else (),
                began_at=entry.began_at,
                seconds=entry.seconds,
                told_at=None,
            )


def _call(entry: ListedCall, settings: TwilioVoiceSettings) -> Sequence[InboundEvent]:
    sid, ending = bounded(entry.sid), _ending(entry.status)
    if entry.outbound:
        customer = number_of(entry.customer)
        if not customer:
            return ()
        known: dict[str, Any] = {"direction": Direction.outbound, "counterpart": person(customer)}
        party, address = Party.agent, entry.caller if is_client(entry.caller) else entry.called
    else:
        known = {"direction": Direction.inbound, "our_address": number_of(entry.called) or settings.number}
        withheld = settings.hides(entry.caller)
        who = number_of(entry.caller) or entry.caller[:200]
        known |= {"withheld": True} if withheld else {"counterpart": person(who)}
        party, address = Party.contact, "" if withheld else entry.caller
    began = CallUpdate(external_id=sid, fact=Fact.began, occurred_at=entry.began_at, news_id="began", **known)
    leg = LegUpdate(
        call=sid,
        leg=sid,
        party=party,
        user_id=agent_of(entry.caller),
        address=address[:200],
        fact=Fact.leg_ended,
        occurred_at=entry.ended_at,
        news_id="leg_ended",
        ending=ending,
    )
    ended = CallUpdate(external_id=sid, fact=Fact.ended, occurred_at=entry.ended_at, news_id="ended", **known)
    return (began, leg, ended)


def _leg(entry: ListedLeg) -> Sequence[InboundEvent]:
    """Twilio counts a leg's seconds from its answer, and its start is that answer; both are 0 or none without one."""
    ending = _ending(entry.status)
    agent = agent_of(entry.called)
    party = Party.contact if entry.outbound else Party.agent if agent else None
    given: dict[str, Any] = {"call": bounded(entry.call), "leg": bounded(entry.sid), "party": party, "user_id": agent}
    given["address"] = entry.called[:200]
    found = []
    if ending is Ending.completed and entry.seconds > 0 and entry.began_at is not None:
        found = [
            LegUpdate(fact=fact, occurred_at=entry.began_at, news_id=fact.value, **given)
            for fact in (Fact.picked_up, Fact.joined)
        ]
        if entry.outbound:
            # the agent, whose leg is the call's first, was connected at that moment
            first = {**given, "leg": bounded(entry.call), "party": Party.agent, "address": ""}
            found.append(LegUpdate(fact=Fact.joined, occurred_at=entry.began_at, news_id="joined", **first))
    over = LegUpdate(fact=Fact.leg_ended, occurred_at=entry.ended_at, news_id="leg_ended", ending=ending, **given)
    return (*found, over)


def _ending(status: str) -> Ending:
    ending = ending_of(status)
    if ending is None:
        raise UnparseableEvent(f"Twilio lists a call in a state that is no end ({status[:40]}).")
    return ending
