"""Who is rung, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hub.domain.ids import TeamId, UserId
from hub.domain.presence import (
    Chosen,
    Colleague,
    Presence,
    PresenceState,
    chosen_for,
    estimate,
    ordered,
    state_of,
)

T0 = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ANN, BOB, CEM = (UserId(UUID(int=n)) for n in (1, 2, 3))
SALES, HELP = TeamId(UUID(int=11)), TeamId(UUID(int=12))


def colleague(
    user: UserId,
    *,
    idle: int = 0,
    rung: int | None = None,
    skills: tuple[str, ...] = (),
    teams: tuple[TeamId, ...] = (),
    state: PresenceState = PresenceState.available,
) -> Colleague:
    """Return an agent who is idle since so many minutes and was rung so many minutes ago."""
    presence = Presence(
        user_id=user,
        chosen=Chosen.available,
        since=T0,
        idle_since=T0 - timedelta(minutes=idle),
        rung_at=None if rung is None else T0 - timedelta(minutes=rung),
        skills=skills,
    )
    return Colleague(presence=presence, team_ids=teams, state=state)


def names(colleagues: Sequence[Colleague]) -> list[UserId]:
    return [one.presence.user_id for one in colleagues]


def test_the_longest_idle_is_rung_first() -> None:
    assert names(ordered([colleague(ANN, idle=2), colleague(BOB, idle=9)], "longest_idle")) == [BOB, ANN]


def test_in_turns_whoever_was_rung_longest_ago_is_first_and_who_never_was_before_them() -> None:
    group = [colleague(ANN, rung=1, idle=60), colleague(BOB, rung=30), colleague(CEM)]
    assert names(ordered(group, "round_robin")) == [CEM, BOB, ANN]


def test_a_contact_is_put_through_to_their_own_agent_and_else_to_the_longest_idle() -> None:
    group = [colleague(ANN, idle=1), colleague(BOB, idle=20), colleague(CEM, idle=5)]
    assert names(ordered(group, "sticky", sticky=CEM)) == [CEM, BOB, ANN]
    assert names(ordered(group, "sticky")) == [BOB, CEM, ANN]
    busy = [replace(one, state=PresenceState.busy) for one in group if one.presence.user_id == CEM]
    assert names(ordered([*group[:2], *busy], "sticky", sticky=CEM)) == [BOB, ANN]


@pytest.mark.parametrize("state", [state for state in PresenceState if state is not PresenceState.available])
@pytest.mark.parametrize("strategy", ["all", "longest_idle", "round_robin", "sticky"])
def test_nobody_is_rung_who_is_not_free(state: PresenceState, strategy: str) -> None:
    assert ordered([colleague(ANN, state=state)], strategy, sticky=ANN) == []


def test_only_who_has_every_skill_belongs_to_the_group() -> None:
    group = [colleague(ANN, skills=("polish",)), colleague(BOB, skills=("polish", "returns")), colleague(CEM)]
    assert names(chosen_for(group, team=None, agents=(), skills=("returns", "polish"))) == [BOB]
    assert names(chosen_for(group, team=None, agents=(ANN, CEM), skills=("polish",))) == [ANN]


def test_a_group_is_a_team_and_whoever_is_named_beside_it() -> None:
    group = [colleague(ANN, teams=(SALES,)), colleague(BOB, teams=(HELP,)), colleague(CEM)]
    assert names(chosen_for(group, team=SALES, agents=(CEM,), skills=())) == [ANN, CEM]
    assert names(chosen_for(group, team=None, agents=(), skills=())) == [ANN, BOB, CEM]


@pytest.mark.parametrize(
    ("changed", "told", "state"),
    [
        ({}, {}, PresenceState.available),
        ({}, {"ringing": True}, PresenceState.ringing),
        ({"chosen": Chosen.away}, {"ringing": True}, PresenceState.away),
        ({"chosen": Chosen.away}, {"on_call": True}, PresenceState.busy),
        ({"wrap_up_until": T0 + timedelta(seconds=1)}, {}, PresenceState.wrap_up),
        ({"wrap_up_until": T0}, {}, PresenceState.available),
    ],
)
def test_how_somebody_stands(changed: dict[str, object], told: dict[str, bool], state: PresenceState) -> None:
    presence = replace(colleague(ANN).presence, **changed)  # type: ignore[arg-type]  # the test's own words
    assert state_of(presence, T0, **told) is state


def test_who_never_chose_is_away() -> None:
    assert state_of(None, T0) is PresenceState.away


def test_the_wait_is_shared_among_who_is_at_work_and_unknown_without_them() -> None:
    assert (estimate(2, 3, 120.0), estimate(0, 0, 120.0), estimate(0, 2, None)) == (120.0, None, None)
