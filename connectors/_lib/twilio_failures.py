"""How a request to Twilio can fail: it never left, it may have been acted on, or Twilio said no."""

from dataclasses import dataclass
from datetime import timedelta

_LONGEST_WAIT = 24 * 3600


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds we wait for Twilio."""

    connect: float = 10
    answer: float = 30


class TwilioFailure(Exception):
    """A request did not end well; the message is written for a person and holds no secret."""


class NotSent(TwilioFailure):
    """The request never reached Twilio."""


class Unclear(TwilioFailure):
    """Twilio may have acted: no answer, a broken one, or a 5xx."""


class Refused(TwilioFailure):
    """Twilio said no: for certain nothing was done."""

    def __init__(self, status: int, code: str, words: str, after: timedelta | None) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        """Twilio's own (https://www.twilio.com/docs/api/errors), or ""."""
        self.after = after


def seconds_asked(wait: str) -> timedelta | None:
    """Return how long a Retry-After header asks to wait."""
    return timedelta(seconds=min(int(wait), _LONGEST_WAIT)) if wait.strip().isdecimal() else None
