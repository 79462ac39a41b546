"""Twilio's words for where a call stands, as ours. Pure.

https://www.twilio.com/docs/voice/api/call-resource#call-status-values
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from hub.domain.call_marks import Ending, Fact

_ENDINGS: Mapping[str, Ending] = {
    "completed": Ending.completed,
    "answered": Ending.completed,
    "busy": Ending.busy,
    "no-answer": Ending.no_answer,
    "canceled": Ending.cancelled,
    "failed": Ending.failed,
}
"""`answered` is a word of `<Dial>` only (https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus-values)."""

LEG_FACTS: Mapping[str, Fact] = {
    "queued": Fact.dialled,
    "initiated": Fact.dialled,
    "ringing": Fact.ringing,
    "in-progress": Fact.picked_up,
    **dict.fromkeys(("completed", "busy", "no-answer", "canceled", "failed"), Fact.leg_ended),
}
TERMINAL = frozenset(status for status, fact in LEG_FACTS.items() if fact is Fact.leg_ended)


def ending_of(status: str) -> Ending | None:
    """Return how a leg ended; None while it lives."""
    return _ENDINGS.get(status)


def time_of(text: str) -> datetime | None:
    """Return a time as Twilio writes it in callbacks (RFC 2822), UTC; None if there is none."""
    try:
        found = parsedate_to_datetime(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
