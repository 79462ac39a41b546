"""How a stream can fail, and what that means for the hub, in words a person can act on."""

from dataclasses import dataclass

from connectors.xmpp.errors import is_passing, reason_of
from connectors.xmpp.xml import Element
from hub.contract import (
    ConnectorError,
    CredentialsRefused,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendError,
)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for the server."""

    login: float = 15
    answer: float = 30
    ack: float = 30
    idle: float = 60
    """Without a word, before we ask whether the server still hears us."""
    ready: float = 10
    """For the stream, before a message is put back."""
    goodbye: float = 1


class NotUp(Exception):
    """There is no stream: nothing left."""


class Unclear(Exception):
    """The stanza left, and no word came of it."""


class Gone(Exception):
    """The connection is lost, or could not be made; the words say why."""


class Refused(Exception):
    """The stanza came back as an error."""

    def __init__(self, stanza: Element) -> None:
        super().__init__("the server refused")
        self.stanza = stanza


class LoginRefused(Exception):
    """The server does not let us in. `final` unless it may work later."""

    def __init__(self, condition: str, *, final: bool) -> None:
        super().__init__(condition)
        self.condition = condition
        self.final = final


def send_error(error: NotUp | Unclear | Refused) -> SendError:
    """Say what became of a message."""
    if isinstance(error, NotUp):
        return RetryLater("The account is not connected at the moment. Nothing was sent; it will be tried again.")
    if isinstance(error, Unclear):
        return OutcomeUnknown("The server did not confirm that it has the message.")
    code, words, unreachable = reason_of(error.stanza)
    if is_passing(error.stanza):
        return RetryLater(f"{words} Nothing was sent; it will be tried again.", code=code)
    return Rejected(f"{words} Nothing was sent.", code=code, unreachable=unreachable)


def account_error(error: Gone | LoginRefused | Refused) -> ConnectorError:
    """Say why the account cannot work."""
    if isinstance(error, Gone):
        return ConnectorError(
            f"The XMPP server cannot be used: {error}. Check address, server and port in the settings, and the hub's "
            "connection; the hub tries again by itself."
        )
    if isinstance(error, Refused):
        code, words, _ = reason_of(error.stanza)
        return ConnectorError(f"{words} ({code})")
    if error.condition == "no-secure-login":
        return CredentialsRefused(
            "The server offers no login the hub may use: it needs TLS and SCRAM. If it offers only PLAIN inside TLS, "
            "allow that in the settings."
        )
    if not error.final:
        return ConnectorError("The server cannot check the password at the moment. The hub tries again by itself.")
    return CredentialsRefused("The server does not accept the address and password. Correct them in the settings.")
