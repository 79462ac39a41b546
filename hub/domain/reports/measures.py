"""What is counted: the measures, their numbers, and which of them belong to an agent, are timed, are drawn."""

from enum import StrEnum


class Measure(StrEnum):
    """What a cell counts. Those in `TIMED` keep durations in buckets, the others a mere count."""

    received = "received"
    """Messages of customers."""
    sent = "sent"
    """Messages of our agents that did not fail."""
    sent_by_bot = "sent_by_bot"
    sent_automatically = "sent_automatically"
    """Automatic replies and campaigns."""
    calls_received = "calls_received"
    calls_made = "calls_made"
    writing = "writing"
    """Conversations an agent wrote in within the hour."""
    began = "began"
    """Waits that started, void ones left out."""
    ended = "ended"
    """Waits that ended, void ones left out; with `began` it tells the backlog."""
    returned = "returned"
    """Waits that started since a customer came back to what was resolved."""
    first_response = "first_response"
    first_response_business = "first_response_business"
    later_reply = "later_reply"
    later_reply_business = "later_reply_business"
    agent_reply = "agent_reply"
    """From when the agent who replied had the conversation to the reply."""
    first_answer = "first_answer"
    """To the first answer of a bot or an agent."""
    handover = "handover"
    """From the bot's hand-over (its first answer, where that is all we know) to the agent's reply."""
    closed = "closed"
    """Waits of which nobody made an end but by resolving: no reply."""
    contained = "contained"
    """Those of them that a bot had answered."""
    handled = "handled"
    """Episodes in which an agent gave a first reply that ended a wait."""
    customer_reply = "customer_reply"
    """How long the customer took to answer us."""
    first_resolution = "first_resolution"
    full_resolution = "full_resolution"
    requester_wait = "requester_wait"
    """How long a customer waited in all within an episode, in the hour its last wait so far ended in."""
    in_time = "in_time"
    """Waits that started in the hour and were answered within their target."""
    late = "late"
    """Waits that started in the hour and ended later than their target, or without a reply after it."""
    missed = "missed"
    """Missed calls and voicemails: waits that a call began."""
    callback = "callback"
    """From a missed call to our connected call or our message, on whatever channel."""
    called_again = "called_again"
    """Missed calls whose caller called again and was answered: no reply of ours."""
    calls_in_level = "calls_in_level"
    """Calls that began in the hour, entered a queue and were answered within the service level."""
    calls_off_level = "calls_off_level"
    """Those answered later, or not at all; short abandons left out."""
    messages_in_level = "messages_in_level"
    """First waits that started in the hour, of messages, and were answered within the service level."""
    messages_off_level = "messages_off_level"
    """Those that ended later, by a reply or without."""
    callback_in_time = "callback_in_time"
    """Missed calls of the hour that we came back to within their target."""
    callback_late = "callback_late"
    resolved_in_time = "resolved_in_time"
    """Episodes that started in the hour and were first resolved within their target."""
    resolved_late = "resolved_late"
    calls_answered = "calls_answered"
    """Calls that began in the hour, entered a queue, were answered and are over: from the queue to the answer."""
    calls_abandoned = "calls_abandoned"
    """Those whose caller hung up in the queue; short abandons left out."""
    calls_otherwise = "calls_otherwise"
    """Those that ended otherwise: by a voicemail, a promised callback, overflow, or the plan itself."""


BY_AGENT = frozenset(
    {
        Measure.sent,
        Measure.calls_made,
        Measure.writing,
        Measure.first_response,
        Measure.first_response_business,
        Measure.later_reply,
        Measure.later_reply_business,
        Measure.handover,
        Measure.agent_reply,
        Measure.handled,
        Measure.in_time,
        Measure.late,
        Measure.callback,
        Measure.calls_in_level,
        Measure.calls_off_level,
        Measure.messages_in_level,
        Measure.messages_off_level,
        Measure.callback_in_time,
        Measure.callback_late,
        Measure.calls_answered,
    }
)
"""What belongs to the agent who did it; the others belong to nobody."""

TIMED = frozenset(
    {
        Measure.first_response,
        Measure.first_response_business,
        Measure.later_reply,
        Measure.later_reply_business,
        Measure.agent_reply,
        Measure.first_answer,
        Measure.handover,
        Measure.customer_reply,
        Measure.first_resolution,
        Measure.full_resolution,
        Measure.requester_wait,
        Measure.callback,
        Measure.calls_answered,
    }
)


REPLIES = (Measure.first_response, Measure.later_reply)
"""What is drawn of durations."""

DRAWN = frozenset(
    {
        *REPLIES,
        Measure.received,
        Measure.sent,
        Measure.began,
        Measure.ended,
        Measure.in_time,
        Measure.late,
        Measure.missed,
        Measure.calls_received,
    }
)
"""What is drawn over time; the others have no brief cells."""

_NUMBERED = (
    Measure.received,
    Measure.sent,
    Measure.sent_by_bot,
    Measure.sent_automatically,
    Measure.calls_received,
    Measure.calls_made,
    Measure.writing,
    Measure.began,
    Measure.ended,
    Measure.returned,
    Measure.first_response,
    Measure.first_response_business,
    Measure.later_reply,
    Measure.later_reply_business,
    Measure.agent_reply,
    Measure.first_answer,
    Measure.handover,
    Measure.closed,
    Measure.contained,
    Measure.handled,
    Measure.customer_reply,
    Measure.first_resolution,
    Measure.full_resolution,
    Measure.in_time,
    Measure.late,
    Measure.missed,
    Measure.callback,
    Measure.called_again,
    Measure.calls_in_level,
    Measure.calls_off_level,
    Measure.messages_in_level,
    Measure.messages_off_level,
    Measure.callback_in_time,
    Measure.callback_late,
    Measure.resolved_in_time,
    Measure.resolved_late,
    Measure.requester_wait,
    Measure.calls_answered,
    Measure.calls_abandoned,
    Measure.calls_otherwise,
)
"""By their numbers, which are stored: a new one comes last, none is ever moved."""

BUCKETS = 1024
"""More than a histogram has: a measure's codes begin at so many times its number."""
FIRST_CODE = {measure: number * BUCKETS for number, measure in enumerate(_NUMBERED)}
"""The code of a measure's lowest bucket; that of another bucket is so much higher."""


def measure_of(code: int) -> Measure:
    """Return the measure of a code. Raises IndexError for one nobody gave."""
    return _NUMBERED[code // BUCKETS]
