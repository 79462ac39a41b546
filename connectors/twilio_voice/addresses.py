"""Who calls, as Twilio names them, and the addresses of ours that a call's TwiML and callbacks name. Pure.

All go to the channel's one webhook address; its query says what it is about. Twilio signs the whole address, so what
stands there is what we wrote: `step` asks what to do next, `tell` only tells.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from connectors._lib.twilio_address import callback_address
from connectors.twilio_voice.settings import TwilioVoiceSettings
from hub.domain.call import call_key
from hub.domain.call_marks import Party
from hub.domain.callflow.steps import Position, agent_of_identity
from hub.domain.ids import CallId, UserId

Step = Literal["ask", "wait", "ring", "message", "order", "confirm", "confirmed", "done"]
Tell = Literal["call", "placed", "leg", "machine", "recording", "conference"]

KEPT = frozenset({"step", "tell", "call", "order", "user", "party", "number", "kind", "lanes", "customer"})
"""Parameters `parse` needs; the position (`at`) is of use only while the call lives."""

_NUMBER = re.compile(r"\+\d{5,15}")
_CLIENT = "client:"


def number_of(address: str) -> str:
    """Return the number of an address; "" for a browser phone, a SIP address or none."""
    text = address.strip()
    # Some networks and the SIP interface leave out the plus, or put it as a blank into a form.
    text = f"+{text}" if text.isdecimal() and len(text) > 6 else text
    return text if _NUMBER.fullmatch(text) else ""


def agent_of(address: str) -> UserId | None:
    """Return whose browser phone an address is."""
    return agent_of_identity(address.removeprefix(_CLIENT)) if address.startswith(_CLIENT) else None


def is_client(address: str) -> bool:
    """Tell whether an address is a browser phone."""
    return address.startswith(_CLIENT)


@dataclass(frozen=True, slots=True)
class About:
    """What an address of ours is about: one call, and who of it."""

    call: str
    """SID of the call's first leg, by which the hub knows the call."""
    order: CallId | None = None
    """Our own id of a call we placed."""
    user: UserId | None = None
    party: Party | None = None
    number: str = ""
    """The customer's, for calls we placed."""

    def query(self) -> dict[str, str]:
        """Return it as parameters."""
        known = {
            "call": self.call,
            "order": call_key(self.order) if self.order else "",
            "user": self.user.hex if self.user else "",
            "party": self.party.value if self.party else "",
            "number": self.number,
        }
        return {name: value for name, value in known.items() if value}


class Links:
    """Makes our addresses for one channel."""

    __slots__ = ("_settings", "_webhook_url")

    def __init__(self, settings: TwilioVoiceSettings, webhook_url: str) -> None:
        self._settings = settings
        self._webhook_url = webhook_url

    def arrival(self) -> str:
        """Where Twilio asks what to do with a new call; "" where it could not reach us."""
        return self._make({})

    def step(self, step: Step, position: Position | None = None, about: About | None = None, **more: str) -> str:
        """Where Twilio asks what is next."""
        at = {"at": position.token()} if position is not None else {}
        return self._make({"step": step, **(about.query() if about else {}), **more, **at})

    def notice(self, said: Mapping[str, str]) -> str:
        """Where Twilio asks what to say to those in a conference."""
        return self._make({"step": "notice", **said})

    def tell(self, tell: Tell, about: About | None = None, **more: str) -> str:
        """Where Twilio tells what became of something."""
        return self._make({"tell": tell, **(about.query() if about else {}), **more})

    def _make(self, query: Mapping[str, str]) -> str:
        return callback_address(self._settings, self._webhook_url, query)
