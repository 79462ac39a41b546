"""What we owe a person is one debt, whatever went wrong and on however many channels."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hub.domain.debts import CAUSES, DebtEnd, Happened, What, call_waits_of, debts_of
from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId
from tests.calls import T0

ANNA = ContactId(UUID(int=7))
HOUR = timedelta(hours=1)


def happened(what: What, minute: int, number: int = 0, due: timedelta | None = None) -> Happened:
    return Happened(
        what=what,
        at=T0 + timedelta(minutes=minute),
        item=InteractionId(UUID(int=number or minute + 1)),
        channel_id=ChannelId(UUID(int=1)),
        conversation_id=ConversationId(UUID(int=2)),
        due=due,
    )


def test_all_that_went_wrong_is_one_debt_due_when_the_first_cause_is() -> None:
    (debt,) = debts_of(
        ANNA,
        [
            happened(What.failed_send, 0),
            happened(What.missed_call, 10),
            happened(What.voicemail, 20),
            happened(What.bounced_mail, 30),
        ],
    )
    assert [cause.what for cause in debt.causes] == ["failed_send", "missed_call", "voicemail", "bounced_mail"]
    assert (debt.opened_at, debt.due_at, debt.closed_at) == (T0, T0 + 4 * HOUR, None)


def test_a_wish_to_be_called_back_may_be_due_sooner() -> None:
    (debt,) = debts_of(ANNA, [happened(What.missed_call, 0), happened(What.wants_callback, 5, due=HOUR)])
    assert debt.due_at == T0 + timedelta(minutes=65)


def test_any_successful_contact_settles_it_and_what_goes_wrong_later_is_a_new_one() -> None:
    first, second = debts_of(
        ANNA,
        [happened(What.missed_call, 0), happened(What.reached_by_message, 5), happened(What.abandoned, 9)],
    )
    assert (first.closed_by, second.closed_at) == (DebtEnd.message, None)


def test_attempts_are_counted_and_settle_nothing() -> None:
    (debt,) = debts_of(ANNA, [happened(What.missed_call, 0), happened(What.attempt, 5), happened(What.attempt, 9)])
    assert (debt.attempts, debt.closed_at) == (2, None)


def test_who_was_reached_before_is_owed_nothing() -> None:
    assert debts_of(ANNA, [happened(What.reached_by_call, 0)]) == []


things = st.builds(happened, st.sampled_from(list(What)), st.integers(0, 60), st.integers(1, 12))


@given(told=st.lists(things, max_size=12), data=st.data())
def test_any_order_and_repetition_give_the_same_debts_and_waits(told: list[Happened], data: st.DataObject) -> None:
    again = data.draw(st.permutations(told + told[:4]))
    assert debts_of(ANNA, again) == debts_of(ANNA, told)
    assert call_waits_of(ANNA, again) == call_waits_of(ANNA, told)


@given(told=st.lists(things, max_size=12))
def test_at_most_the_last_debt_is_open_and_each_has_a_cause(told: list[Happened]) -> None:
    debts = debts_of(ANNA, told)
    assert all(debt.closed_at is not None for debt in debts[:-1])
    assert all(debt.causes and {cause.what for cause in debt.causes} <= CAUSES for debt in debts)
