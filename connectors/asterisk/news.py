"""One event of ARI, looked at: whose call it is, which leg, which caller, when. Pure.

An event tells its call by the names we gave, or by a header the listener added.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from connectors._lib.loose_json import Json, inner, text
from connectors.asterisk import ids
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import Address, CallUpdate, LegUpdate
from hub.contract.errors import UnparseableEvent
from hub.domain.call_marks import Ender, Ending, Fact, Party
from hub.domain.ids import ExternalId, UserId

CALL, BY = "call", "by"
"""Headers the listener adds: the call of a channel that Asterisk named, and who ended a call."""
GONE, FOUND, SEEN, ENDED = "HubGone", "HubFound", "HubSeen", "HubEnded"
"""Kinds of the listener's own: a channel that went while we were away, one that came, who is connected in a call that
goes on, a call that came to nothing."""


class News:
    """One event, looked at."""

    def __init__(self, event: Json, headers: Mapping[str, str], settings: AsteriskSettings) -> None:
        self.event = event
        self.headers = headers
        self.settings = settings
        self.at = time_of(text(event, "timestamp"))

    def channel(self, name: str = "channel") -> Json:
        """A channel the event is about. Raises UnparseableEvent if there is none."""
        found = inner(self.event, name)
        if not text(found, "id"):
            raise UnparseableEvent("The event names no channel.")
        return found

    def call_of(self, channel: Json) -> ExternalId:
        """The call of a channel: by our name for it, by the listener's note, or the channel is the customer's."""
        known = ids.call_of(text(channel, "id"))
        return known or ExternalId(self.headers.get(CALL, "") or text(channel, "id"))

    def leg(self, channel: Json, fact: Fact, *, ending: Ending | None = None, often: bool = False) -> LegUpdate:
        """A fact about the leg that a channel is. `often`: it may come again, so its time tells it apart."""
        channel_id = text(channel, "id")
        name, call = ids.leg_of(channel_id), self.call_of(channel)
        party = name.party if name else Party.contact if call == channel_id else Party.agent
        return LegUpdate(
            call=call,
            call_id=ids.call_id_of(call),
            leg=ExternalId(channel_id),
            party=party,
            user_id=name.user_id if name else dialling_agent(channel),
            address=_address(channel, self.event, party),
            fact=fact,
            occurred_at=self.at,
            news_id="" if often else fact.value,
            ending=ending,
        )

    def call(self, call: ExternalId, fact: Fact, *, often: bool = False, by: Ender | None = None) -> CallUpdate:
        """A fact about the call."""
        return CallUpdate(
            external_id=call,
            call_id=ids.call_id_of(call),
            fact=fact,
            occurred_at=self.at,
            news_id="" if often else fact.value,
            by=by,
        )


def time_of(written: str) -> datetime | None:
    """Read a time as ARI writes it: `2026-11-22T09:30:00.123+0000`."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo else None
    except OverflowError:
        return None


def caller_of(channel: Json, settings: AsteriskSettings) -> Address | None:
    """Return who calls; None if the number is withheld or missing."""
    caller = inner(channel, "caller")
    value = text(caller, "number").strip()[:80]
    if not value or value.lower() in settings.hidden or not any(sign.isdigit() for sign in value):
        return None
    name = text(caller, "name").strip()[:200]
    return Address(namespace="phone", value=value, name="" if name == value else name)


def number_called(channel: Json, args: Sequence[str], settings: AsteriskSettings) -> str:
    """Return which number of ours was called: what the dialplan passed on, else what it matched, else our number."""
    for told in (args[0] if args else "", text(inner(channel, "dialplan"), "exten")):
        if any(sign.isdigit() for sign in told) and len(told) <= 40:
            return told
    return settings.number


def comes_from_outside(channel: Json) -> bool:
    """Tell whether Asterisk named a channel: a customer's who calls, or an agent's own."""
    return not text(channel, "id").startswith("hub-")


def dialling_agent(channel: Json) -> UserId | None:
    """Return the agent whose browser phone dials in by a channel; None for everybody else, and where we rang it."""
    return ids.agent_of(text(channel, "name")) if comes_from_outside(channel) else None


def _address(channel: Json, event: Json, party: Party) -> str:
    if party is Party.contact:
        return text(inner(channel, "caller"), "number")[:80]
    dialled = text(event, "dialstring")[:80]
    return dialled or text(channel, "name").rpartition("-")[0][:80]
