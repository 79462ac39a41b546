"""The figures of calls as docs/metrics.md 12 to 15 defines them. Pure; nearest-rank percentiles; empty sets None."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from hub.domain.call import Outcome
from hub.domain.interaction import Direction

SERVICE_WITHIN = 20.0
"""Seconds within which a call is answered in time, unless a target says otherwise."""
SERVICE_FORMULA = "answered within {within} s / (offered − short abandons)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What figures need of one ended call."""

    direction: Direction
    outcome: Outcome
    offered: bool
    waited: float | None
    """Seconds from entering the queue to the answer, or to the end."""
    talked: float = 0.0
    held: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumbers:
    """The figures of a set of calls. Times are seconds; shares are 0 to 1; None where the set is empty."""

    calls: int = 0
    offered: int = 0
    answered: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    """Ended inbound calls by outcome; each call has one."""
    asa: float | None = None
    asa_p90: float | None = None
    abandon_rate: float | None = None
    service_level: float | None = None
    service_within: float = SERVICE_WITHIN
    service_formula: str = ""
    talk_mean: float | None = None
    hold_mean: float | None = None
    placed: int = 0
    """Outbound calls."""
    connected: int = 0
    """Outbound calls a person answered."""
    outbound_talk_mean: float | None = None


def numbers_of(calls: Iterable[Counted], *, within: float = SERVICE_WITHIN) -> CallNumbers:
    """Return the figures of ended calls."""
    everything = list(calls)
    inbound = [call for call in everything if call.direction is Direction.inbound]
    outbound = [call for call in everything if call.direction is Direction.outbound]
    offered = [call for call in inbound if call.offered]
    answered = [call for call in offered if call.outcome is Outcome.answered]
    short = sum(call.outcome is Outcome.short_abandon for call in offered)
    left = sum(call.outcome is Outcome.abandoned for call in offered)
    waits = sorted(call.waited for call in answered if call.waited is not None)
    base = len(offered) - short
    outcomes: dict[str, int] = {}
    for call in inbound:
        outcomes[call.outcome.value] = outcomes.get(call.outcome.value, 0) + 1
    connected = [call for call in outbound if call.outcome is Outcome.answered]
    return CallNumbers(
        calls=len(everything),
        offered=len(offered),
        answered=len(answered),
        outcomes=outcomes,
        asa=mean(waits),
        asa_p90=percentile(waits, 90),
        abandon_rate=left / base if base else None,
        service_level=sum(wait <= within for wait in waits) / base if base else None,
        service_within=within,
        service_formula=SERVICE_FORMULA.format(within=f"{within:g}"),
        talk_mean=mean([call.talked for call in answered]),
        hold_mean=mean([call.held for call in answered]),
        placed=len(outbound),
        connected=len(connected),
        outbound_talk_mean=mean([call.talked for call in connected]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackNumbers:
    """The figures of call waits (docs/metrics.md 14)."""

    missed: int = 0
    open: int = 0
    oldest_open: float | None = None
    """Seconds."""
    called_back: int = 0
    """Ended by us: a call or a message."""
    via_other_channel: int = 0
    customer_called_back: int = 0
    callback_median: float | None = None
    callback_p90: float | None = None
    attempts_mean: float | None = None
    """Calls per callback."""


def percentile(ordered: Sequence[float], rank: int) -> float | None:
    """Return the percentile by nearest rank of ordered values; None if there are none."""
    if not ordered:
        return None
    return ordered[max(ceil(rank / 100 * len(ordered)), 1) - 1]


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return sum(values) / len(values) if values else None
