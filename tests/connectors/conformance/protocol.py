"""What a connector brings to the conformance suite: one adapter file, `tests/connectors/<name>/conformance.py`.

How to write yours (the suite finds it by the folder's name; nothing else is edited):

1. Make the file `tests/connectors/<name>/conformance.py` and in it a module attribute `CASE`, an instance of a
   subclass of `Case`. `tests/connectors/telegram/conformance.py` is the model.
2. `settings()`: a valid settings object with made-up secrets; `secrets()`: those secrets as plain strings.
   The suite looks for them in every repr, log line and error text.
3. `fixtures()`: every inbound payload you have, as `(name, RawEvent)`. Glob your fixtures folder: a new file is a
   new test. Include at least one event that makes an `InboundMessage`.
4. `unknown()`: raw events of a kind the provider may invent tomorrow, and junk. `parse` must raise UnparseableEvent.
   Where any bytes at all are a valid event (mail), return () and name the reason in `exempt`.
5. `signed()`: only if the connector is a `ReceivesWebhooks`: requests that must pass and requests that must not.
6. `connect(tools)`: an async context manager that starts your fake peer on loopback, creates the connector against
   it with *short time-outs* (a time-out test should take well under a second) and yields a `Peer`.
   A connector that hands nothing to a provider (web chat) names the reason in `exempt["failures"]`; its `Peer` only
   needs the connector and a message.
7. `ways()`: where settings choose who brings the messages (mail is fetched, or posted by one of four providers), an
   adapter for each further way in, see `tests/connectors/email/posted_cases.py`.
8. `exempt`: check or kind of failure -> reason in words, for what cannot apply. The keys are the names in `CHECKS`;
   an unknown key or an empty reason fails the suite.
9. Beside the adapter the suite reads the folder itself: the fixed files, MANIFEST, README.md (numbered first
   steps, and a heading such as "If something is wrong") and quality.yaml (see `connectors/telegram/` for both).

`tests/connectors/conformance/kit.py` has builders for tools, messages and files.

What the suite then proves for every connector is in `tests/connectors/test_conformance.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel

from hub.contract import Connector, OutboundMessage, RawEvent, Tools, WebhookRequest


class Failure(StrEnum):
    """What a provider does to the next send."""

    credentials_refused = "credentials_refused"
    """It refuses our credentials. Must raise CredentialsRefused."""
    rejected = "rejected"
    """A final no: HTTP 400, SMTP 550. Must raise Rejected."""
    rate_limited = "rate_limited"
    """Too fast: HTTP 429 with its waiting time. Must raise RetryLater, with `after` where the provider says when."""
    server_error = "server_error"
    """HTTP 5xx, SMTP 451. RetryLater where it is certain that nothing went out, else OutcomeUnknown."""
    unreachable = "unreachable"
    """Nobody listens there: the request never left. Must raise RetryLater."""
    time_out = "time_out"
    """It takes the whole message and never answers. Must raise OutcomeUnknown."""
    reset = "reset"
    """It takes the whole message and cuts the connection. Must raise OutcomeUnknown."""


CHECKS = frozenset({"unknown", "webhooks", "failures", "buttons", "extra fields", *Failure})
"""What an adapter may exempt itself from, with a reason: a check, one kind of failure, or `failures` altogether."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRequests:
    """Webhook requests as `verify` sees them."""

    good: Sequence[WebhookRequest]
    """Each must pass."""
    bad: Mapping[str, WebhookRequest] = field(default_factory=dict)
    """Each must raise WebhookRejected. At least the names `wrong`, `missing` and `another account`."""


class Peer(ABC):
    """A running fake provider with one connector that talks to it."""

    connector: Connector

    @abstractmethod
    def message(self) -> OutboundMessage:
        """Return a fresh small text message to a customer the peer knows."""

    def pressed(self, place: int) -> RawEvent:
        """Return what the provider tells when a customer presses the button at this place of the last message.

        Made of what the peer really took, so that a button that went out wrongly cannot come back rightly. Only where
        the capabilities have buttons.
        """
        raise AssertionError(f"this peer knows no buttons ({place})")

    @abstractmethod
    async def inject(self, failure: Failure) -> None:
        """Make the next send fail in this way."""

    @abstractmethod
    def delivered(self) -> int:
        """Return how many messages the peer has taken for delivery so far.

        The suite holds the connector to it: after Rejected, RetryLater and CredentialsRefused it must not have risen.
        """


class Case(ABC):
    """One connector's adapter."""

    key: ClassVar[str]
    """The connector's folder name."""
    exempt: ClassVar[Mapping[str, str]] = {}
    """Check or kind of failure -> why it cannot apply."""

    signature_has_time: ClassVar[bool] = False
    """Whether a signed request grows old: then `signed().bad` brings one that is `replayed …`."""

    @property
    def failures(self) -> Sequence[Failure]:
        """The failures this provider can have: all that are not exempt."""
        return [] if "failures" in self.exempt else [failure for failure in Failure if failure not in self.exempt]

    @abstractmethod
    def settings(self) -> BaseModel:
        """Return valid settings with made-up secrets."""

    @abstractmethod
    def secrets(self) -> Sequence[str]:
        """Return the secrets of `settings()` as plain strings, and whatever is derived from them and equally secret."""

    @abstractmethod
    def fixtures(self) -> Iterator[tuple[str, RawEvent]]:
        """Yield every inbound payload with its name."""

    @abstractmethod
    def connect(self, tools: Tools) -> AbstractAsyncContextManager[Peer]:
        """Start the fake peer and a connector against it, with short time-outs; stop both at the end."""

    def unknown(self) -> Sequence[RawEvent]:
        """Return raw events `parse` must refuse with UnparseableEvent."""
        return ()

    def signed(self) -> SignedRequests | None:
        """Return webhook requests to verify, if the connector receives webhooks."""
        return None

    async def running(self, made: Callable[[Tools], Connector], tools: Tools) -> Connector:
        """Return the connector as a running account has it; only where its door has to fetch something first."""
        return made(tools)

    def ways(self) -> "Mapping[str, Case]":
        """Return further ways in by name, where settings choose between providers of the same messages.

        Each is read and verified as a connector of its own; sending is the same for all of them and asked of the
        first only.
        """
        return {}
