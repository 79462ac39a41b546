"""The golden scenarios of docs/metrics.md that need entries, business hours, targets or two conversations.

The others are in test_waiting.py, those of calls in the tests of calls. Calendar: Monday to Friday, 09:00 to 17:00 in
Berlin.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hub.domain.conversation import Conversation
from hub.domain.delivery import DeliveryState
from hub.domain.hours import Calendar, Hours, Version
from hub.domain.ids import (
    CalendarId,
    ChannelId,
    ContactPointId,
    ConversationId,
    ExternalId,
    InteractionId,
    TargetId,
    UserId,
)
from hub.domain.interaction import AuthorKind, Direction, Interaction, InteractionKind
from hub.domain.opening_times import parse_week
from hub.domain.targets import Metric, Rule, RuleVersion, Subject, Target, aim_at, said, started
from hub.domain.timetable import Keeper, Timetable, Use
from hub.domain.wait_fold import fold, waits_of
from hub.domain.wait_items import item_of
from hub.domain.waiting import Item, Role, Rules, Wait, WaitEnd
from hub.services.measuring import timed

BERLIN = ZoneInfo("Europe/Berlin")
CHANNEL = ChannelId(UUID(int=1))
CALENDAR = CalendarId(UUID(int=2))
ANN = UserId(UUID(int=3))
LONG_AGO = datetime(2020, 1, 1, tzinfo=BERLIN)
OFFICE = Hours(zone="Europe/Berlin", week=parse_week([[("09:00", "17:00")]] * 5 + [[], []]))
TIMETABLE = Timetable(
    calendars={
        CALENDAR: Calendar(id=CALENDAR, name="Office", versions=(Version(number=1, since=LONG_AGO, hours=OFFICE),))
    },
    uses={
        (Keeper.channel, CHANNEL): [Use(keeper=Keeper.channel, keeper_id=CHANNEL, calendar_id=CALENDAR, since=LONG_AGO)]
    },
)
AROUND_THE_CLOCK = Timetable()
RULES = Rules()
CHAT = Conversation(
    id=ConversationId(UUID(int=4)),
    channel_id=CHANNEL,
    contact_point_id=ContactPointId(UUID(int=5)),
    thread=ExternalId("chat"),
    created_at=LONG_AGO,
    last_at=LONG_AGO,
)
MONDAY, FRIDAY, SATURDAY = 2, 6, 7
"""Days of March 2026."""


def at(clock: str, day: int = MONDAY) -> datetime:
    return datetime.fromisoformat(f"2026-03-{day:02d}T{clock.zfill(5)}").replace(tzinfo=BERLIN)


def said_by(author: AuthorKind, when: datetime, number: int = 1, **more: Any) -> Interaction:
    directions = {AuthorKind.contact: Direction.inbound, AuthorKind.auto: Direction.inbound}
    return Interaction(
        id=InteractionId(UUID(int=number)),
        conversation_id=CHAT.id,
        channel_id=CHANNEL,
        contact_point_id=CHAT.contact_point_id,
        direction=more.pop("direction", directions.get(author, Direction.outbound)),
        author_kind=author,
        occurred_at=when,
        received_at=more.pop("received_at", when),
        opens_wait=more.pop("opens_wait", author is AuthorKind.contact),
        author_id=ANN if author is AuthorKind.agent else None,
        **more,
    )


def waits_among(*entries: Interaction | Item | None) -> Sequence[Wait]:
    items = (item_of(entry) if isinstance(entry, Interaction) else entry for entry in entries)
    return waits_of([item for item in items if item is not None], RULES)[1]


def item(number: int, role: Role, when: datetime) -> Item:
    return Item(id=InteractionId(UUID(int=number)), at=when, role=role)


def measured(timetable: Timetable, *moments: tuple[Role, datetime]) -> Wait:
    (wait,) = waits_among(*(item(number, role, when) for number, (role, when) in enumerate(moments, 1)))
    return timed(wait, CHAT, timetable)


C, A, DONE = Role.asks, Role.replies, Role.resolves
contact, agent, auto, campaign = AuthorKind.contact, AuthorKind.agent, AuthorKind.auto, AuthorKind.campaign


def test_golden_2_the_first_answer_of_any_kind_is_the_bots() -> None:
    (wait,) = waits_among(item(1, C, at("10:00")), item(2, Role.bot, at("10:00:02")), item(3, A, at("10:30")))
    assert wait.first_any_at == at("10:00:02")
    assert not wait.contained


def test_golden_3_a_note_and_a_reaction_answer_nobody() -> None:
    (wait,) = waits_among(
        said_by(contact, at("10:00")),
        said_by(agent, at("10:01"), 2, direction=Direction.internal, kind=InteractionKind.note),
        # A reaction is no entry of the timeline: it hangs on the message.
        said_by(agent, at("10:10"), 3),
    )
    assert timed(wait, CHAT, TIMETABLE).seconds == 600


def test_golden_5_over_a_weekend_only_the_open_hours_are_business_time() -> None:
    wait = measured(TIMETABLE, (C, at("16:50", FRIDAY)), (A, at("09:10", FRIDAY + 3)))
    assert (wait.seconds, wait.business_seconds) == (231_600, 1200)
    assert (wait.calendar_id, wait.calendar_version) == (CALENDAR, 1)


def test_golden_6_answered_while_closed_takes_no_business_time() -> None:
    wait = measured(TIMETABLE, (C, at("12:00", SATURDAY)), (A, at("12:30", SATURDAY)))
    assert (wait.seconds, wait.business_seconds) == (1800, 0)


def test_golden_7_a_reply_that_finally_failed_answered_nobody() -> None:
    failed = item_of(said_by(agent, at("10:10"), 2), delivery=DeliveryState.failed, accepted_at=at("10:10"))
    arrived = item_of(said_by(agent, at("10:40"), 3), delivery=DeliveryState.sent, accepted_at=at("10:40"))
    (wait,) = waits_among(said_by(contact, at("10:00")), failed, arrived)
    assert timed(wait, CHAT, TIMETABLE).seconds == 2400


def test_golden_8_an_echo_from_the_phones_own_app_is_a_reply() -> None:
    (wait,) = waits_among(said_by(contact, at("10:00")), said_by(agent, at("10:03"), 2, external_id=ExternalId("e")))
    assert (wait.ended_by, timed(wait, CHAT, TIMETABLE).seconds, wait.answered_by) == (WaitEnd.reply, 180, ANN)


def test_golden_9_resolved_without_reply_has_no_first_response() -> None:
    wait = measured(TIMETABLE, (C, at("10:00")), (DONE, at("10:30")))
    assert (wait.ended_by, wait.first_any_at, wait.contained) == (WaitEnd.closed, None, False)


def test_golden_10_a_reopened_episode_keeps_its_first_resolution() -> None:
    moments = [(C, at("10:00")), (A, at("10:10")), (DONE, at("10:20")), (C, at("10:00", 3)), (A, at("10:05", 3))]
    folded = fold((item(n, role, when) for n, (role, when) in enumerate(moments, 1)), RULES)
    (episode,) = folded.episodes
    assert episode.first_resolved_at is not None
    assert (episode.first_resolved_at - episode.started_at).total_seconds() == 1200
    assert (episode.reopen_count, episode.ended_at) == (1, None)
    assert [timed(wait, CHAT, TIMETABLE).seconds for wait in folded.waits] == [600, 300]


def test_golden_11_after_eight_days_there_are_two_episodes() -> None:
    moments = [(C, at("10:00")), (A, at("10:10")), (DONE, at("10:20")), (C, at("10:00", 11)), (A, at("10:05", 11))]
    folded = fold((item(n, role, when) for n, (role, when) in enumerate(moments, 1)), RULES)
    assert [(e.number, e.reopen_count, e.started_at) for e in folded.episodes] == [
        (1, 0, at("10:00")),
        (2, 0, at("10:00", 11)),
    ]


def test_golden_12_an_out_of_office_answer_is_no_wait() -> None:
    assert not waits_among(said_by(agent, at("9:00")), said_by(auto, at("10:00"), 2))


def test_golden_15_two_merged_conversations_have_one_wait_as_long_as_the_earlier_ones() -> None:
    one = [item(1, C, at("10:00")), item(3, A, at("10:20"))]
    two = [item(2, C, at("10:05"))]
    (wait,) = fold([*one, *two], RULES).waits
    assert (timed(wait, CHAT, TIMETABLE).seconds, wait.first) == (1200, True)


def test_golden_16_an_edit_starts_nothing_anew() -> None:
    (wait,) = waits_among(said_by(contact, at("10:00"), edited_at=at("10:10")), said_by(agent, at("10:20"), 2))
    assert timed(wait, CHAT, TIMETABLE).seconds == 1200


def test_golden_18_the_hour_summer_time_takes_is_none_of_the_customers() -> None:
    start = datetime.fromisoformat("2026-03-29T01:30:00+01:00")
    end = datetime.fromisoformat("2026-03-29T03:30:00+02:00")
    wait = measured(AROUND_THE_CLOCK, (C, start), (A, end))
    assert (wait.seconds, wait.business_seconds) == (3600, 3600)


def test_golden_24_business_time_stops_when_the_place_closes() -> None:
    wait = measured(TIMETABLE, (C, at("16:55")), (A, at("17:20")))
    assert (wait.seconds, wait.business_seconds) == (1500, 300)


def test_golden_25_still_open_past_its_target_is_breached_and_no_response_time() -> None:
    (wait,) = waits_among(item(1, C, at("10:00")))
    rule = Rule(goals={Metric.first_response: 3600}, business=False)
    target = Target(
        id=TargetId(UUID(int=9)), name="One hour", versions=(RuleVersion(number=1, since=LONG_AGO, rule=rule),)
    )
    aim = aim_at([target], Metric.first_response, Subject(channel_id=CHANNEL), wait.started_at)
    assert aim is not None
    due = said(started(aim, wait.id, Metric.first_response, wait.started_at, OFFICE), at("12:00"))
    assert (due.breached_at, due.next_at) == (at("11:00"), None)
    assert (wait.ended_at, timed(wait, CHAT, TIMETABLE).seconds) == (None, None)
    assert at("12:00") - wait.started_at == timedelta(seconds=7200)


def test_golden_26_stop_to_a_campaign_is_no_wait() -> None:
    # What the keyword is worth is decided where it is read: see connectors' `opens_wait`.
    assert not waits_among(said_by(campaign, at("9:00")), said_by(contact, at("9:01"), 2, opens_wait=False))


def test_what_a_customer_says_to_a_campaign_is_an_answer_to_us() -> None:
    (wait,) = waits_among(said_by(campaign, at("9:00")), said_by(contact, at("9:01"), 2))
    assert (wait.first, wait.initiated_by_us) == (False, True)
