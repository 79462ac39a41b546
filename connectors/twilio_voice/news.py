"""Words for the hub's call events: what one request of Twilio's is about, and the facts made of it. Pure.

Every fact has an id made of what happened, not of when it came: a request that Twilio repeats tells nothing new.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from connectors._lib.twilio_wire import Form
from connectors.twilio_voice.addresses import About, number_of
from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.status import time_of
from hub.contract import Address, CallUpdate, LegUpdate
from hub.domain.call import call_of_key
from hub.domain.call_marks import Ending, Fact, Party
from hub.domain.ids import ExternalId, UserId, bounded
from hub.domain.interaction import Direction

PHONE = "phone"
"""Numbers share this namespace with SMS and other messengers, so that one person is one contact."""


def about_of(query: Mapping[str, str], sid: str) -> About:
    """Read what one of our addresses is about; the call itself is `sid` where the address does not say."""
    party = query.get("party", "")
    try:
        user = UserId(UUID(hex=query["user"]))
    except (KeyError, ValueError):
        user = None
    return About(
        call=query.get("call", "") or sid,
        order=call_of_key(query.get("order", "")),
        user=user,
        party=Party(party) if party in set(Party) else None,
        number=number_of(query.get("number", "")),
    )


def person(address: str) -> Address:
    """Return the customer behind a number, or behind an address of internet telephony."""
    if address.lower().startswith(("sip:", "sips:")):
        return Address(namespace="sip", value=address.partition(":")[2].partition(";")[0])
    return Address(namespace=PHONE, value=address, verified=bool(number_of(address)))


def shown(settings: TwilioVoiceSettings, caller: str) -> str:
    """Return a caller's address as a leg shows it; "" if they hide it."""
    return "" if settings.hides(caller) else caller.strip()


class News:
    """One request: its call, its leg, its time."""

    __slots__ = ("_address", "_at", "_order_of_browser", "_sid", "about", "confirms", "customer_leg")

    def __init__(self, form: Form, query: Mapping[str, str]) -> None:
        self._sid = bounded(form["CallSid"].strip())
        self._at = time_of(form["Timestamp"])
        self._address = form.first("Called", "To")
        self._order_of_browser = call_of_key(form["call"].strip())
        self.about = about_of(query, self._sid)
        self.confirms = query.get("kind") == "confirm"
        """Who picks up still has to press a key before they are connected."""
        self.customer_leg = query.get("customer", "")

    @property
    def call(self) -> ExternalId:
        """The call, as the hub knows it."""
        return bounded(self.about.call)

    # --- of the call

    def of_call(self, fact: Fact, news_id: str, **more: Any) -> CallUpdate:
        """Return a fact about the whole call."""
        given: dict[str, Any] = {"external_id": self.call, "call_id": self.about.order, "occurred_at": self._at}
        if self.about.number:
            given |= {"direction": Direction.outbound, "counterpart": person(self.about.number)}
        return CallUpdate(fact=fact, news_id=news_id, **(given | more))

    def began(self, direction: Direction, **more: Any) -> CallUpdate:
        """Return the beginning of a call."""
        return self.of_call(Fact.began, "began", direction=direction, **more)

    def ended(self, **more: Any) -> CallUpdate:
        """Return the end of the call."""
        return self.of_call(Fact.ended, "ended", **more)

    def failed(self, detail: str) -> CallUpdate:
        """Return that the call never came about."""
        return self.of_call(Fact.failed, "failed", detail=detail)

    def customer(self, settings: TwilioVoiceSettings, caller: str, called: str) -> dict[str, Any]:
        """Return who calls us, and where."""
        ours = {"direction": Direction.inbound, "our_address": number_of(called) or settings.number}
        if settings.hides(caller):
            return {**ours, "withheld": True}
        return {**ours, "counterpart": person(number_of(caller) or caller.strip()[:200])}

    def arrived(self, settings: TwilioVoiceSettings, caller: str, called: str) -> tuple[CallUpdate | LegUpdate, ...]:
        """Return that a customer calls."""
        known = self.customer(settings, caller, called)
        direction = known.pop("direction")
        address = shown(settings, caller)
        return (self.began(direction, **known), *self.leg(Fact.dialled, Party.contact, None, address=address))

    def placed_by_browser(self, called: str, user: UserId | None) -> tuple[CallUpdate, LegUpdate]:
        """Return that an agent's browser phone calls out, for an order the hub knows or with a number of its own."""
        number = number_of(called)
        known = {"counterpart": person(number)} if number else {}
        began = self.began(Direction.outbound, call_id=self._order_of_browser, **known)
        leg = LegUpdate(
            call=self.call,
            call_id=self._order_of_browser,
            leg=self._sid,
            party=Party.agent,
            user_id=user,
            fact=Fact.picked_up,
            occurred_at=self._at,
            news_id="picked_up",
        )
        return (began, leg)

    # --- of a leg

    def leg(
        self,
        fact: Fact,
        party: Party | None,
        user: UserId | None,
        *,
        ending: Ending | None = None,
        address: str | None = None,
    ) -> tuple[LegUpdate, ...]:
        """Return a fact about the leg the request is about; `user` counts for devices of our own people only."""
        whose = user if party in (Party.agent, Party.supervisor) else None
        where = self._address if address is None else address
        return self.leg_of(self._sid, fact, party=party, user=whose, ending=ending, address=where[:200])

    def leg_of(
        self,
        leg: ExternalId,
        fact: Fact,
        *,
        party: Party | None = None,
        user: UserId | None = None,
        ending: Ending | None = None,
        address: str = "",
    ) -> tuple[LegUpdate, ...]:
        """Return a fact about a leg."""
        return (
            LegUpdate(
                call=self.call,
                call_id=self.about.order,
                leg=leg,
                party=party,
                user_id=user,
                address=address,
                fact=fact,
                occurred_at=self._at,
                news_id=fact.value,
                ending=ending,
            ),
        )

    def joined(self) -> tuple[LegUpdate, ...]:
        """Return that the leg is connected with the call."""
        return self.leg(Fact.joined, self.about.party, self.about.user)

    def agent_joined(self) -> tuple[LegUpdate, ...]:
        """Return that the agent, whose leg is the call's first, is connected with the customer."""
        return self.leg_of(self.call, Fact.joined, party=Party.agent, user=self.about.user)
