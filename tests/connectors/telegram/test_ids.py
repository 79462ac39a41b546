"""Ids survive the way through the hub and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.telegram.ids import Thread, message_number, read_thread
from hub.domain.ids import ExternalId

CHATS = st.integers(-(2**52), 2**52)
TOPICS = st.none() | st.integers(1, 2**52)
CONNECTIONS = st.none() | st.text("ABCxyz019_-", min_size=1, max_size=40)


@given(chat=CHATS, topic=TOPICS, connection=CONNECTIONS)
def test_a_thread_is_read_back_as_it_was(chat: int, topic: int | None, connection: str | None) -> None:
    for thread in (Thread(chat, topic, None, connection), Thread(chat, None, topic, connection)):
        assert read_thread(thread.id) == thread


@given(chat=CHATS, message=st.integers(1, 2**52), connection=CONNECTIONS)
def test_a_message_is_read_back_as_it_was(chat: int, message: int, connection: str | None) -> None:
    assert message_number(Thread(chat, connection_id=connection).message(message)) == message


@given(one=st.tuples(CHATS, TOPICS, CONNECTIONS), other=st.tuples(CHATS, TOPICS, CONNECTIONS))
def test_two_threads_never_share_an_id(
    one: tuple[int, int | None, str | None], other: tuple[int, int | None, str | None]
) -> None:
    ids = {Thread(chat, topic, None, connection).id for chat, topic, connection in (one, other)}
    assert len(ids) == len({one, other})


@pytest.mark.parametrize("foreign", ["", "mail@example.com", "x", "1/x", "1/d", "v-anonymous", "<id@host>"])
def test_an_id_of_another_channel_is_refused(foreign: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        read_thread(ExternalId(foreign))


def test_a_pressed_button_is_no_message_to_answer() -> None:
    assert message_number(ExternalId("cb:4382")) is None
    assert message_number(ExternalId("nonsense")) is None
