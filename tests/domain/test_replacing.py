"""A copy with changes is what the standard `dataclasses.replace` makes of it."""

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest

from hub.domain.ids import WaitId
from hub.domain.replacing import replace
from hub.domain.waiting import Clock, Wait, WaitEnd

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WAIT = Wait(id=WaitId(UUID(int=1)), episode=1, started_at=AT, first=True)


@pytest.mark.parametrize("changes", [{}, {"ended_at": AT, "ended_by": WaitEnd.reply}, {"first": False, "seconds": 0.0}])
def test_a_copy_has_what_changed_and_all_the_rest(changes: dict[str, object]) -> None:
    assert replace(WAIT, **changes) == dataclasses.replace(WAIT, **changes)  # type: ignore[arg-type]  # fields of a wait


def test_the_original_stays_as_it_was() -> None:
    clock = Clock(episode=3, open=WAIT)
    assert (replace(clock, open=None).open, clock.open) == (None, WAIT)


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="Wait has no field 'colour'"):
        replace(WAIT, colour="red")  # type: ignore[call-arg]  # it is what is refused


def test_a_record_that_checks_itself_is_refused() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Checked:
        n: int

        def __post_init__(self) -> None:
            assert self.n

    with pytest.raises(TypeError, match=r"use dataclasses\.replace"):
        replace(Checked(1), n=0)
