"""Targets: which one holds, when its time is up, and how it stands still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.conversation import ConversationState, Priority
from hub.domain.hours import ALWAYS, Hours
from hub.domain.ids import ChannelId, TargetId, TeamId
from hub.domain.opening_times import parse_week
from hub.domain.targets import (
    Due,
    Metric,
    Rule,
    RuleVersion,
    Subject,
    Target,
    aim_at,
    passed,
    paused,
    resumed,
    said,
    started,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OFFICE = Hours(week=parse_week([[("09:00", "17:00")]] * 5 + [[], []]))
CHAT, MAIL = ChannelId(UUID(int=1)), ChannelId(UUID(int=2))
HOUR = timedelta(hours=1)


def target(number: int = 1, *, since: datetime = NOW - 99 * HOUR, **rule: Any) -> Target:
    made = Rule(**{"goals": {Metric.first_response: 3600.0}, **rule})
    return Target(
        id=TargetId(UUID(int=number)), name=f"T{number}", versions=(RuleVersion(number=1, since=since, rule=made),)
    )


def chosen(*targets: Target, at: datetime = NOW, **subject: Any) -> str | None:
    aim = aim_at(targets, Metric.first_response, Subject(**{"channel_id": CHAT, **subject}), at)
    return aim.name if aim else None


def begun(rule: Target, hours: Hours = OFFICE, at: datetime = NOW) -> Due:
    aim = aim_at([rule], Metric.first_response, Subject(channel_id=CHAT), at)
    assert aim is not None
    return started(aim, UUID(int=7), Metric.first_response, at, hours)


@pytest.mark.parametrize(
    ("rule", "subject", "fits"),
    [
        ({}, {}, True),
        ({"channels": (MAIL,)}, {}, False),
        ({"channels": (MAIL, CHAT)}, {}, True),
        ({"teams": (TeamId(UUID(int=5)),)}, {}, False),
        ({"teams": (TeamId(UUID(int=5)),)}, {"team_id": TeamId(UUID(int=5))}, True),
        ({"priorities": (Priority.urgent,)}, {"priority": Priority.urgent}, True),
        ({"priorities": (Priority.urgent,)}, {"priority": Priority.high}, False),
        ({"tags": ("VIP", "press")}, {"tags": ("vip",)}, True),
        ({"tags": ("VIP",)}, {"tags": ()}, False),
        ({"segments": (("Segment", "Gold"),)}, {"segments": (("segment", "gold"), ("City", "Łódź"))}, True),
        ({"segments": (("Segment", "Gold"),)}, {"segments": (("Segment", "Silver"),)}, False),
        ({"goals": {Metric.resolution: 60.0}}, {}, False),
        ({"active": False}, {}, False),
    ],
)
def test_a_target_is_for_those_it_names(rule: dict[str, Any], subject: dict[str, Any], fits: bool) -> None:
    assert (chosen(target(**rule), **subject) is not None) == fits


def test_the_first_target_that_fits_counts() -> None:
    special, general = target(1, tags=("vip",)), target(2)
    assert chosen(special, general, tags=("vip",)) == "T1"
    assert chosen(special, general) == "T2"


def test_what_began_before_a_target_was_made_or_edited_is_measured_by_what_held_then() -> None:
    made = target(since=NOW)
    assert chosen(made, at=NOW - HOUR) is None
    edited = replace(
        made,
        versions=(
            *made.versions,
            RuleVersion(number=2, since=NOW + HOUR, rule=Rule(goals={Metric.first_response: 60.0})),
        ),
    )
    old = aim_at([edited], Metric.first_response, Subject(channel_id=CHAT), NOW)
    new = aim_at([edited], Metric.first_response, Subject(channel_id=CHAT), NOW + 2 * HOUR)
    assert [(aim.version.number, aim.seconds) for aim in (old, new) if aim] == [(1, 3600), (2, 60)]


def test_time_runs_in_opening_hours_and_warns_before_it_is_up() -> None:
    due = begun(target(), at=NOW.replace(hour=16, minute=30))
    assert due.due_at == datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
    assert due.warn_at == datetime(2026, 3, 3, 9, 15, tzinfo=UTC)
    assert due.next_at == due.warn_at


def test_calendar_time_goes_on_while_closed() -> None:
    due = begun(target(business=False), at=NOW.replace(hour=16, minute=30))
    assert due.due_at == NOW.replace(hour=17, minute=30)


def test_first_it_is_said_to_be_at_risk_then_breached_then_nothing_more() -> None:
    due = begun(target())
    warned = said(due, NOW + timedelta(minutes=50))
    late = said(warned, NOW + 3 * HOUR)
    assert (warned.warned_at, warned.breached_at, warned.next_at) == (due.warn_at, None, due.due_at)
    assert (late.breached_at, late.next_at) == (due.due_at, None)
    assert said(due, NOW) == due


def test_a_hub_that_slept_through_both_says_only_that_it_is_late() -> None:
    late = said(begun(target()), NOW + 3 * HOUR)
    assert late.breached_at == late.warned_at == NOW + HOUR


def test_without_a_warning_the_next_word_is_that_it_is_late() -> None:
    due = begun(target(warn_after=1.0))
    assert (due.warn_at, due.next_at) == (None, due.due_at)


def test_a_calendar_that_never_opens_gives_no_due_time() -> None:
    due = begun(target(), hours=Hours(week=parse_week([[]] * 7)))
    assert (due.due_at, due.next_at) == (None, None)


def test_resolutions_pause_while_pending_and_responses_only_if_asked() -> None:
    rule = Rule(goals={Metric.resolution: 60.0})
    assert rule.pauses(Metric.resolution, ConversationState.pending)
    assert not rule.pauses(Metric.resolution, ConversationState.snoozed)
    assert not rule.pauses(Metric.next_response, ConversationState.pending)
    assert replace(rule, pause_replies=True).pauses(Metric.next_response, ConversationState.pending)


def test_a_breach_is_not_undone_by_pausing() -> None:
    late = begun(target())
    rule = target().rule
    assert paused(late, rule, NOW + 2 * HOUR, OFFICE) == late


pauses = st.lists(st.integers(0, 14 * 24 * 60), max_size=8, unique=True).map(sorted)


@given(pauses, st.booleans(), st.integers(60, 200_000))
def test_the_time_that_runs_between_pauses_is_what_the_goal_wants(
    minutes: list[int],
    business: bool,
    goal: int,
) -> None:
    rule = Rule(goals={Metric.first_response: float(goal)}, business=business)
    made = target(goals=rule.goals, business=business)
    due, ran, since = begun(made), 0.0, NOW
    for number, minute in enumerate(minutes):
        at = NOW + timedelta(minutes=minute)
        before = due
        moves = (paused(due, rule, at, OFFICE), resumed(due, rule, float(goal), at, OFFICE))
        due = moves[number % 2]
        ran += passed(rule, since, at, OFFICE) * (before.since is not None and due.since is None)
        since = at
    done = resumed(due, rule, float(goal), since, OFFICE)
    assert done.due_at is not None
    assert done.since is not None
    assert abs(passed(rule, done.since, done.due_at, OFFICE) - done.left) < 1e-5
    assert abs(ran + done.left - goal) < 1e-5


def test_around_the_clock_a_goal_is_its_seconds() -> None:
    assert begun(target(), hours=ALWAYS).due_at == NOW + HOUR
