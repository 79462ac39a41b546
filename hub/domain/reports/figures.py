"""The definition of every figure, as data: name, formula in words, unit, what it is made of, where it is explained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.reports.measures import BY_AGENT, Measure


class Unit(StrEnum):
    """What a figure's number is."""

    number = "number"
    seconds = "seconds"
    share = "share"
    """From 0 to 1; None where there is nothing to share."""


class Cohort(StrEnum):
    """Which waits or entries belong to a period."""

    happened = "happened"
    """Entries of the period."""
    started = "started"
    """Waits that started in the period."""
    ended = "ended"
    """Waits that ended in the period."""
    now = "now"
    """What is so at this moment, whatever the period."""


class Behind(StrEnum):
    """What a figure opens into."""

    waits = "waits"
    entries = "entries"
    """Messages or calls of the timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one figure means."""

    key: str
    name: str
    formula: str
    """How it is counted, in words."""
    unit: Unit
    cohort: Cohort
    measures: tuple[Measure, ...] = ()
    """What is added up; of a share: what is counted."""
    of: tuple[Measure, ...] = ()
    """Of a share: all it is a part of."""
    lower_is_better: bool | None = None
    """None where more is neither good nor bad."""
    business: bool = False
    """Counted within opening hours, by the calendar each wait was stored with."""
    averaged: bool = False
    """A time whose own number is the mean, since the trade knows it by that; the median stands beside it."""

    @property
    def behind(self) -> Behind:
        """What can be listed of what it is made of."""
        return Behind.entries if self.cohort is Cohort.happened else Behind.waits

    @property
    def by_agent(self) -> bool:
        """Tell whether it can be told apart by agent."""
        return self.cohort is Cohort.now or (bool(self.measures) and set(self.measures) <= BY_AGENT)

    @property
    def link(self) -> str:
        """Where it is explained with an example."""
        return f"docs/metrics.md#{self.key.replace('_', '-')}"


def _count(key: str, name: str, formula: str, *measures: Measure, cohort: Cohort, lower: bool | None = None) -> Figure:
    return Figure(
        key=key,
        name=name,
        formula=formula,
        unit=Unit.number,
        cohort=cohort,
        measures=measures,
        lower_is_better=lower,
    )


def _time(key: str, name: str, formula: str, *measures: Measure, business: bool = False, cohort: Cohort) -> Figure:
    return Figure(
        key=key,
        name=name,
        formula=formula,
        unit=Unit.seconds,
        cohort=cohort,
        measures=measures,
        business=business,
        lower_is_better=True,
    )


def _kept(key: str, name: str, formula: str, met: Measure, missed: Measure) -> Figure:
    return Figure(
        key=key,
        name=name,
        formula=formula,
        unit=Unit.share,
        cohort=Cohort.started,
        measures=(met,),
        of=(met, missed),
        lower_is_better=False,
    )


_M, _C = Measure, Cohort
_FIGURES: Sequence[Figure] = (
    _count(
        "received",
        "Messages received",
        "Messages of customers, by the provider's time. Edits, reactions and machines' mail are not counted.",
        _M.received,
        cohort=_C.happened,
    ),
    _count(
        "sent",
        "Messages sent",
        "Messages of agents, from the inbox or a provider's own app, that did not finally fail.",
        _M.sent,
        cohort=_C.happened,
    ),
    _count("sent_by_bot", "Messages of bots", "Messages a bot of ours sent.", _M.sent_by_bot, cohort=_C.happened),
    _count(
        "sent_automatically",
        "Automatic messages",
        "Automatic replies and campaigns. They end no wait.",
        _M.sent_automatically,
        cohort=_C.happened,
    ),
    _count(
        "calls_received", "Calls received", "Calls of customers that reached us.", _M.calls_received, cohort=_C.happened
    ),
    _count("calls_made", "Calls made", "Calls agents made.", _M.calls_made, cohort=_C.happened),
    _count(
        "waits_begun",
        "Customers who began to wait",
        "Waits that started in the period; void ones (spam, taken back unanswered) are left out.",
        _M.began,
        cohort=_C.started,
    ),
    _count(
        "waits_ended",
        "Waits that ended",
        "Waits that ended in the period by a reply or by resolving.",
        _M.ended,
        cohort=_C.ended,
    ),
    _count(
        "returned",
        "Came back after it was resolved",
        "Waits that reopened what was resolved, within the channel's reopen window.",
        _M.returned,
        cohort=_C.started,
        lower=True,
    ),
    _time(
        "first_response",
        "First response",
        "From the first message of an episode the customer began to the first reply of a person, around the clock.",
        _M.first_response,
        cohort=_C.ended,
    ),
    _time(
        "first_response_business",
        "First response, opening hours",
        "The part of the first response that lies within opening hours, by the calendar of the wait's start.",
        _M.first_response_business,
        business=True,
        cohort=_C.ended,
    ),
    _time(
        "reply",
        "Reply",
        "From a customer's message to the next reply of a person, first ones included, around the clock.",
        _M.first_response,
        _M.later_reply,
        cohort=_C.ended,
    ),
    _time(
        "later_reply",
        "Later reply",
        "As the reply, of every wait after the first of its episode.",
        _M.later_reply,
        cohort=_C.ended,
    ),
    _time(
        "reply_business",
        "Reply, opening hours",
        "The part of the reply that lies within opening hours.",
        _M.first_response_business,
        _M.later_reply_business,
        business=True,
        cohort=_C.ended,
    ),
    _time(
        "agent_reply",
        "Agent's own reply",
        "From when the agent who replied had the conversation (assigned, and on shift) to the reply.",
        _M.agent_reply,
        cohort=_C.ended,
    ),
    _time(
        "first_answer",
        "First answer, bots included",
        "From the first message of an episode to the first answer of a bot or a person.",
        _M.first_answer,
        cohort=_C.ended,
    ),
    _time(
        "handover",
        "Hand-over to a person",
        "From the bot's hand-over to the reply of a person; where no hand-over is known, from the bot's first answer.",
        _M.handover,
        cohort=_C.ended,
    ),
    _count("bot_handed_over", "Handed over by bots", "Waits that a bot began to answer and a person ended by a reply.",
           _M.handover, cohort=_C.ended),
    _count(
        "contained",
        "Solved by bots",
        "Waits a bot answered and that were resolved without a person's reply. They have no response time.",
        _M.contained,
        cohort=_C.ended,
    ),
    Figure(
        key="containment",
        name="Share solved by bots",
        formula="Solved by bots, of all waits a bot answered that ended in the period.",
        unit=Unit.share,
        cohort=_C.ended,
        measures=(_M.contained,),
        of=(_M.contained, _M.handover),
        lower_is_better=False,
    ),
    _count(
        "closed",
        "Resolved without a reply",
        "Waits that ended by resolving, nobody having replied. They are no response times.",
        _M.closed,
        cohort=_C.ended,
        lower=True,
    ),
    _count(
        "handled",
        "Conversations handled",
        "Episodes in which an agent ended a wait by a reply, once per agent, in the hour of the first such reply.",
        _M.handled,
        cohort=_C.ended,
    ),
    _time(
        "customer_reply",
        "Customer's reply",
        "From our last message to the customer's next one within the same episode.",
        _M.customer_reply,
        cohort=_C.started,
    ),
    _time(
        "first_resolution",
        "First resolution",
        "From the start of an episode to its first resolve.",
        _M.first_resolution,
        cohort=_C.ended,
    ),
    _time(
        "full_resolution",
        "Full resolution",
        "From the start of an episode to its last resolve.",
        _M.full_resolution,
        cohort=_C.ended,
    ),
    _time(
        "requester_wait",
        "Customer's total wait",
        "All waits of an episode together, however they ended. Each episode counts once, when its last wait so far"
        " ended; what is open is added when it ends.",
        _M.requester_wait,
        cohort=_C.ended,
    ),
    _kept(
        "attainment",
        "Targets met",
        "Of the waits that started in the period and have a target: replied to within it, divided by those and all"
        " that were late. Open past the target is late; open within it is not counted yet.",
        _M.in_time,
        _M.late,
    ),
    _kept(
        "resolution_attainment",
        "Resolved in time",
        "Of the episodes that started in the period and have a target for their resolution: first resolved within it,"
        " divided by those and all that were late. Open past the target is late; open within it is not counted yet.",
        _M.resolved_in_time,
        _M.resolved_late,
    ),
    _kept(
        "callback_attainment",
        "Called back in time",
        "Of the missed calls of the period that have a target: we came back to the caller within it, divided by those"
        " and all that were late. Still owed past the target is late; who called again before it is not counted.",
        _M.callback_in_time,
        _M.callback_late,
    ),
    _kept(
        "service_level",
        "Service level of calls",
        "Of the calls of the period that entered a queue and have a target: answered within its seconds, divided by"
        " offered calls less short abandons. Who hung up later, left a voicemail or still waits past it was not.",
        _M.calls_in_level,
        _M.calls_off_level,
    ),
    Figure(
        key="speed_of_answer",
        name="Average speed of answer (ASA)",
        formula="From entering the queue to the answer, the mean of all answered calls of the period that are over;"
        " the median and the slowest tenth beside it. Never averaged with replies to messages.",
        unit=Unit.seconds,
        cohort=_C.started,
        measures=(_M.calls_answered,),
        lower_is_better=True,
        averaged=True,
    ),
    Figure(
        key="abandon_rate",
        name="Abandon rate",
        formula="Abandoned calls, divided by the offered calls of the period that are over less short abandons."
        " Voicemails, promised callbacks and overflow are offered, and not abandoned.",
        unit=Unit.share,
        cohort=_C.started,
        measures=(_M.calls_abandoned,),
        of=(_M.calls_abandoned, _M.calls_answered, _M.calls_otherwise),
        lower_is_better=True,
    ),
    _count(
        "abandoned",
        "Abandoned calls",
        "Calls of the period whose caller hung up in the queue before anybody answered; short abandons are left out.",
        _M.calls_abandoned,
        cohort=_C.started,
        lower=True,
    ),
    _kept(
        "service_level_messages",
        "Service level of messages",
        "Of the first messages of episodes that began in the period and have a target for their service level:"
        " answered by a person within it, divided by those and all that were answered later, closed later without a"
        " reply, or are still open past it.",
        _M.messages_in_level,
        _M.messages_off_level,
    ),
    _count(
        "missed", "Missed calls", "Waits that a missed call or a voicemail began.", _M.missed, cohort=_C.started,
        lower=True,
    ),
    _time(
        "callback",
        "Callback",
        "From the end of a missed call to our connected call or our message, on whatever channel.",
        _M.callback,
        cohort=_C.ended,
    ),
    _count(
        "called_again",
        "Called again",
        "Missed calls whose caller called again and was answered: no reply of ours, and no callback time.",
        _M.called_again,
        cohort=_C.ended,
    ),
    _count(
        "waiting", "Waiting now", "Waits that are open at this moment.", cohort=_C.now, lower=True,
    ),
    _count(
        "waiting_late", "Waiting past the target", "Waits that are open at this moment and past their target.",
        cohort=_C.now, lower=True,
    ),
)  # fmt: skip

FIGURES: Mapping[str, Figure] = {figure.key: figure for figure in _FIGURES}
"""Every figure by its key, in the order they are shown."""
