"""From marks to the call: a fold that gives the same call whatever order its marks come in, and however often."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from hub.domain.call import Call, CallState, Leg, Outcome, Span
from hub.domain.call_marks import LEG_FACTS, Ender, Ending, Fact, Mark, Party
from hub.domain.call_pauses import pauses_of
from hub.domain.ids import ExternalId, UserId
from hub.domain.interaction import Direction

MINUTE_DIGITS = 6
SHORT_AFTER = timedelta(seconds=5)
"""A caller who leaves sooner after entering the queue is a short abandon (docs/metrics.md 12); 5 to 10 s by line."""


def retold(call: Call, marks: Iterable[Mark], *, short_after: timedelta = SHORT_AFTER) -> Call:
    """Return the call as its marks tell it, whatever order they came in and however often."""
    told = in_order(marks)
    legs = legs_of(told)
    first: dict[Fact, Mark] = {}
    for mark in told:
        first.setdefault(mark.fact, mark)

    def at(fact: Fact) -> datetime | None:
        return first[fact].at if fact in first else None

    began = at(Fact.began) or (told[0].at if told else call.began_at)
    ended = first.get(Fact.ended) or first.get(Fact.failed)
    queue_at = answered_at = None
    if call.direction is Direction.inbound:
        rung = [leg.began_at for leg in legs if leg.party is Party.agent]
        queue_at = at(Fact.queued) or (min(rung) if rung else None)
        joins = _joins(legs, Party.agent)
        answered_at = joins[0][0] if joins else None
    else:
        contacts = _joins(legs, Party.contact)
        answered_at = contacts[0][0] if contacts else None
    machine = any(leg.machine for leg in legs if leg.party is Party.contact)
    agents = tuple(dict.fromkeys(user for _, user in _joins(legs, Party.agent) if user is not None))
    told_call = replace(
        call,
        began_at=began,
        queue_at=queue_at,
        answered_at=answered_at,
        ended_at=ended.at if ended else None,
        ended_by=ended.by or (Ender.hub if Fact.gave_up in first else None) if ended else None,
        after_hours=Fact.after_hours in first,
        machine=machine,
        voicemail_at=max((m.at for m in told if m.fact is Fact.voicemail), default=None),
        agents=agents,
        legs=legs,
        holds=_spans(told, Fact.held, Fact.resumed),
        pauses=pauses_of(told),
        due_minutes=_minutes(first.get(Fact.callback)),
        reason=first[Fact.failed].detail if Fact.failed in first else "",
    )
    outcome = _outcome(told_call, frozenset(first), short_after) if ended else None
    return replace(told_call, outcome=outcome, state=_state(told_call))


def in_order(marks: Iterable[Mark]) -> Sequence[Mark]:
    """Return the marks in order, each once; of two with one key the one that is earlier and says more."""
    once: dict[str, Mark] = {}
    for mark in sorted(marks, key=lambda m: (m.at, repr(m))):
        once.setdefault(mark.key, mark)
    return sorted(once.values(), key=lambda mark: mark.order)


def legs_of(marks: Sequence[Mark]) -> tuple[Leg, ...]:
    """Return the legs that ordered marks tell of, in the order they began."""
    by_leg: dict[ExternalId, list[Mark]] = {}
    for mark in marks:
        if mark.leg is not None and mark.fact in LEG_FACTS:
            by_leg.setdefault(mark.leg, []).append(mark)
    legs = [_leg(leg, told) for leg, told in by_leg.items()]
    return tuple(sorted(legs, key=lambda leg: (leg.began_at, leg.external_id)))


def _leg(external_id: ExternalId, marks: Sequence[Mark]) -> Leg:
    def at(fact: Fact) -> datetime | None:
        return next((mark.at for mark in marks if mark.fact is fact), None)

    end = next((mark for mark in marks if mark.fact is Fact.leg_ended), None)
    joins = [mark.at for mark in marks if mark.fact is Fact.joined]
    leaves = [mark.at for mark in marks if mark.fact is Fact.left]
    away = bool(leaves) and (not joins or leaves[-1] >= joins[-1])
    return Leg(
        external_id=external_id,
        party=next((mark.party for mark in marks if mark.party), None),
        user_id=next((mark.user_id for mark in marks if mark.user_id), None),
        address=next((mark.address for mark in marks if mark.address), ""),
        began_at=marks[0].at,
        ringing_at=at(Fact.ringing),
        picked_up_at=at(Fact.picked_up),
        joined_at=joins[0] if joins else None,
        left_at=leaves[-1] if away else None,
        ended_at=end.at if end else None,
        ending=end.ending if end else None,
        machine=any(mark.fact is Fact.machine for mark in marks),
    )


def _joins(legs: Sequence[Leg], party: Party) -> list[tuple[datetime, UserId | None]]:
    joined = [(leg.joined_at, leg.external_id, leg.user_id) for leg in legs if leg.party is party and leg.joined_at]
    return [(at, user) for at, _, user in sorted(joined, key=lambda join: (join[0], join[1]))]


def _spans(marks: Sequence[Mark], begins: Fact, ends: Fact) -> tuple[Span, ...]:
    """Return the stretches between two facts; the last one ends with the call."""
    spans: list[Span] = []
    since: datetime | None = None
    for mark in marks:
        if mark.fact is begins and since is None:
            since = mark.at
        elif mark.fact in (ends, Fact.ended, Fact.failed) and since is not None:
            spans.append(Span(began_at=since, ended_at=mark.at))
            since = None
    if since is not None:
        spans.append(Span(began_at=since))
    return tuple(spans)


def _minutes(mark: Mark | None) -> int | None:
    """Return the minutes of a promised callback, which the plan writes as "60 min"."""
    number = mark.detail.partition(" ")[0] if mark is not None else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) <= MINUTE_DIGITS else None


def _state(call: Call) -> CallState:
    if call.ended_at is not None:
        return CallState.ended
    if call.answered_at is not None:
        return CallState.held if call.holds and call.holds[-1].ended_at is None else CallState.active
    if call.direction is not Direction.inbound:
        return CallState.placing
    return CallState.arriving if call.queue_at is None else CallState.queued


def _outcome(call: Call, facts: frozenset[Fact], short_after: timedelta) -> Outcome:
    if call.direction is not Direction.inbound:
        return _outcome_out(call, facts)
    decided = (
        (Fact.blocked in facts, Outcome.blocked),
        (call.answered_at is not None, Outcome.answered),
        (Fact.voicemail in facts, Outcome.voicemail),
        (Fact.callback in facts, Outcome.callback),
        (Fact.overflowed in facts, Outcome.overflow),
        (call.after_hours, Outcome.after_hours),
    )
    outcome = next((outcome for holds, outcome in decided if holds), None)
    if outcome is not None:
        return outcome
    if call.queue_at is None:
        return Outcome.failed if Fact.failed in facts else Outcome.left_early
    if Fact.gave_up in facts or call.ended_by is Ender.hub or Fact.failed in facts:
        return Outcome.missed
    waited = call.waited
    return Outcome.short_abandon if waited is not None and waited < short_after else Outcome.abandoned


_OUT = {
    Ending.busy: Outcome.busy,
    Ending.no_answer: Outcome.no_answer,
    Ending.rejected: Outcome.no_answer,
    Ending.cancelled: Outcome.cancelled,
    Ending.failed: Outcome.failed,
}


def _outcome_out(call: Call, facts: frozenset[Fact]) -> Outcome:
    if call.machine:
        return Outcome.machine
    if call.answered_at is not None:
        return Outcome.answered
    endings = [leg.ending for leg in call.legs if leg.party is Party.contact and leg.ending]
    if endings:
        return _OUT.get(endings[-1], Outcome.no_answer)
    return Outcome.failed if Fact.failed in facts else Outcome.cancelled
