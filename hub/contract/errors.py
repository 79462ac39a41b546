"""What a connector raises. Each send error answers one question: may the hub send it again?"""

from datetime import timedelta

from hub.domain.errors import HubError


class ConnectorError(HubError):
    """Something went wrong between a connector and its provider."""


class WebhookRejected(ConnectorError):
    """The request did not prove it comes from the provider. The door answers 403 and stores nothing."""


class OriginRefused(WebhookRejected):
    """A page of this origin may not use the visitors' door. The message tells the site's owner what to change."""


class UnparseableEvent(ConnectorError):
    """`parse` does not understand this raw event. It stays in the journal, marked, and is replayed after a fix."""


class CredentialsRefused(ConnectorError):
    """The provider refused our credentials. The account stops, visibly; a person must act. Nothing was sent."""


class FetchFailed(ConnectorError):
    """An attachment could not be fetched; `passing` tells whether another try may help."""

    def __init__(self, message: str, *, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class SendError(ConnectorError):
    """A message could not be handed over. `code` is the provider's own code, for searching."""

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class Rejected(SendError):
    """The provider said no, for certain and for good. Nothing went out."""

    def __init__(self, message: str, *, code: str = "", unreachable: bool = False) -> None:
        super().__init__(message, code=code)
        self.unreachable = unreachable
        """The person blocked us or the address is dead: the contact point is marked blocked."""


class RetryLater(SendError):
    """Nothing went out, for certain, and it may work later; `after` when the provider says how much later."""

    def __init__(self, message: str, *, code: str = "", after: timedelta | None = None) -> None:
        super().__init__(message, code=code)
        self.after = after


class OutcomeUnknown(SendError):
    """It may have gone out: a time-out or a cut after the request left. Never sent again on a guess."""
