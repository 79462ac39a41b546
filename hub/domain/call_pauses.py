"""When a call's recording was paused, and when nobody knows whether it was: a fold over the call's marks. Pure."""

from collections.abc import Iterable
from datetime import datetime

from hub.domain.call import Span
from hub.domain.call_marks import Fact, Mark

_OUTCOMES = frozenset({Fact.recording_paused, Fact.recording_resumed, Fact.recording_kept})


def pauses_of(marks: Iterable[Mark]) -> tuple[Span, ...]:
    """Return the stretches of silence in order; the last one ends with the call.

    A wish to pause or to go on that nothing answered (the hub died, the provider did not say) begins a stretch that is
    not `sure`: it lasts until an outcome is known.
    """
    told = list(marks)
    answered = {mark.id for mark in told if mark.fact in _OUTCOMES and mark.id}
    spans: list[Span] = []
    since: datetime | None = None
    sure = True

    def change(at: datetime, *, opens: bool, as_sure: bool = True) -> None:
        nonlocal since, sure
        if since is not None:
            spans.append(Span(began_at=since, ended_at=at, sure=sure))
        since, sure = (at if opens else None), as_sure

    for mark in told:
        silent = since is not None and sure
        match mark.fact:
            case Fact.recording_pausing if mark.id not in answered and since is None:
                change(mark.at, opens=True, as_sure=False)
            case Fact.recording_resuming if mark.id not in answered and silent:
                change(mark.at, opens=True, as_sure=False)
            case Fact.recording_paused if not silent:
                change(mark.at, opens=True)
            case Fact.recording_resumed | Fact.ended | Fact.failed if since is not None:
                change(mark.at, opens=False)
            case _:
                pass
    if since is not None:
        spans.append(Span(began_at=since, sure=sure))
    return tuple(spans)
