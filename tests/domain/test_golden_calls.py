"""The golden scenarios 19 to 23 of docs/metrics.md: what calls count as."""

from datetime import timedelta
from uuid import UUID

from hub.contract.call_events import CallUpdate, LegUpdate
from hub.domain.call import Call
from hub.domain.call_marks import Ending, Fact, Mark
from hub.domain.call_numbers import Counted, numbers_of
from hub.domain.call_story import retold
from hub.domain.debts import CallWaitEnd, Happened, What, call_waits_of, debts_of
from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId
from hub.domain.interaction import Direction
from tests.calls import T0, Telling, call

ANNA = ContactId(UUID(int=7))
VOICE, SMS = ChannelId(UUID(int=20)), ChannelId(UUID(int=21))
MINUTE = timedelta(minutes=1)


def told(events: list[CallUpdate | LegUpdate], direction: Direction = Direction.inbound) -> Call:
    marks = [
        Mark(
            fact=event.fact,
            at=event.occurred_at or T0,
            leg=getattr(event, "leg", None),
            party=getattr(event, "party", None),
            user_id=getattr(event, "user_id", None),
            ending=getattr(event, "ending", None),
            by=getattr(event, "by", None),
        )
        for event in events
    ]
    return retold(call(T0, direction=direction), marks)


def counted(it: Call) -> Counted:
    assert it.outcome is not None
    return Counted(
        direction=it.direction,
        outcome=it.outcome,
        offered=it.offered,
        waited=it.waited.total_seconds() if it.waited is not None else None,
        talked=it.talked.total_seconds(),
    )


def happened(what: What, minute: float, number: int, channel: ChannelId = VOICE) -> Happened:
    return Happened(
        what=what,
        at=T0 + minute * MINUTE,
        item=InteractionId(UUID(int=number)),
        channel_id=channel,
        conversation_id=ConversationId(UUID(int=channel.int)),
    )


def test_golden_19_a_short_abandon_is_in_neither_service_level_nor_abandon_rate() -> None:
    figures = numbers_of([counted(told(Telling(T0).missed(after=3)))])
    assert figures.outcomes == {"short_abandon": 1}
    assert (figures.offered, figures.service_level, figures.abandon_rate) == (1, None, None)
    beside = numbers_of([counted(told(Telling(T0).missed(after=3))), counted(told(Telling(T0).answered(after=18)))])
    assert (beside.service_level, beside.abandon_rate) == (1.0, 0.0)


def test_golden_20_an_answer_after_18_seconds_is_in_time() -> None:
    figures = numbers_of([counted(told(Telling(T0).answered(after=18)))])
    assert (figures.asa, figures.asa_p90, figures.service_level) == (18.0, 18.0, 1.0)
    assert figures.service_formula == "answered within 20 s / (offered − short abandons)"


def test_golden_21_a_callback_counts_from_the_miss_to_the_connection_with_every_attempt() -> None:
    out = Telling(T0, direction=Direction.outbound)
    assert not told(out.unreached(Ending.no_answer), Direction.outbound).connected
    assert told(out.reached(talk=40), Direction.outbound).connected
    (wait,) = call_waits_of(
        ANNA,
        [
            happened(What.missed_call, 0, 1),
            happened(What.attempt, 10, 2),
            happened(What.reached_by_call, 30, 3),
        ],
    )
    assert (wait.callback_time, wait.attempts, wait.ended_by) == (timedelta(seconds=1800), 2, CallWaitEnd.callback)


def test_golden_22_a_customer_who_calls_again_was_not_called_back_by_us() -> None:
    again = told(Telling(T0).answered())
    assert again.direction is Direction.inbound
    (wait,) = call_waits_of(ANNA, [happened(What.missed_call, 0, 1), happened(What.called_back, 5, 2)])
    assert (wait.ended_by, wait.callback_time) == (CallWaitEnd.customer_called_back, None)


def test_golden_23_a_miss_with_voicemail_is_one_wait_that_a_message_on_another_channel_ends() -> None:
    it = told([*Telling(T0).missed(after=61), Telling(T0).fact(Fact.voicemail, 60)])
    assert it.asks_since == T0 + MINUTE
    (wait,) = call_waits_of(
        ANNA, [happened(What.voicemail, 1, 1), happened(What.reached_by_message, 16, 2, channel=SMS)]
    )
    assert (wait.callback_time, wait.ended_by, wait.via_other_channel) == (
        timedelta(seconds=900),
        CallWaitEnd.message,
        True,
    )
    (debt,) = debts_of(ANNA, [happened(What.voicemail, 1, 1), happened(What.reached_by_message, 16, 2, channel=SMS)])
    assert debt.closed_at == T0 + 16 * MINUTE
