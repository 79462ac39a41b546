"""Tokens, waits between tries, pace, passwords, rich text: rules that need no database."""

import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.errors import Invalid
from hub.domain.ids import ConversationId
from hub.domain.pace import Pace
from hub.domain.retry import Backoff, in_words
from hub.services import passwords, reply_token, rich_text
from hub.services.ids import new_id

T0 = datetime(2026, 3, 2, tzinfo=UTC)
KEY, OLD = b"k" * 32, b"o" * 32


@given(st.uuids())
def test_a_reply_token_leads_back_to_its_conversation_and_survives_folded_case(conversation: UUID) -> None:
    token = reply_token.sign(ConversationId(conversation), KEY)
    assert len(token) == reply_token.LENGTH
    assert set(token) <= set(string.ascii_lowercase + string.digits)
    assert reply_token.verify(token.upper(), KEY) == conversation
    assert reply_token.verify(token, OLD, KEY) == conversation
    assert reply_token.verify(token, OLD) is None


@given(st.uuids(), st.integers(0, reply_token.LENGTH - 2), st.sampled_from("abcdefghijklmnop"))
def test_a_changed_token_leads_nowhere(conversation: UUID, place: int, letter: str) -> None:
    token = reply_token.sign(ConversationId(conversation), KEY)
    changed = token[:place] + letter + token[place + 1 :]
    assert (reply_token.verify(changed, KEY) == conversation) is (changed == token)


@given(st.text(max_size=60))
def test_strangers_words_are_no_token(text: str) -> None:
    assert reply_token.verify(text, KEY) is None


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_waits_double_up_to_the_longest_and_jitter_only_lengthens(failures: int, chance: float) -> None:
    backoff = Backoff(first=timedelta(seconds=5), longest=timedelta(hours=1), jitter=0.25)
    wait = backoff.wait(failures, chance).total_seconds()
    base = min(5 * 2 ** (failures - 1), 3600)
    assert base <= wait <= base * 1.25 + 1e-3


@given(st.integers(1, 40), st.floats(0, 1, exclude_max=True), st.integers(0, 90_000), st.integers(0, 30_000))
def test_the_next_try_honours_the_provider_and_never_comes_after_giving_up(
    failures: int, chance: float, age: int, after: int
) -> None:
    backoff = Backoff()
    now = T0 + timedelta(seconds=age)
    due = backoff.next_try(began=T0, now=now, failures=failures, chance=chance, after=timedelta(seconds=after))
    soonest = now + max(timedelta(seconds=after), backoff.wait(failures, 0.0))
    assert due is None or soonest <= due <= T0 + backoff.give_up
    assert due is not None or soonest + timedelta(minutes=16) > T0 + backoff.give_up


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "a moment"), (1, "1 second"), (40, "40 seconds"), (300, "5 minutes"), (86400, "24 hours")],
)
def test_spans_are_said_roughly(seconds: int, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words


@given(st.floats(0.1, 50), st.lists(st.tuples(st.floats(0, 3), st.integers(0, 20)), max_size=40))
def test_no_span_of_time_sees_more_sends_than_the_pace_and_one_burst(
    rate: float, steps: list[tuple[float, int]]
) -> None:
    pace, now, sent = Pace(rate, burst=rate), 0.0, 0
    for wait, wish in steps:
        now += wait
        count = min(wish, pace.available(now) or 0)
        pace.take(count, now)
        sent += count
    assert sent <= now * rate + max(rate, 1.0) + 1e-6


def test_an_account_without_a_limit_sends_as_much_as_it_has_and_holds_when_asked() -> None:
    pace = Pace(None)
    assert pace.available(0.0) is None
    pace.hold(5.0)
    assert (pace.available(4.0), pace.ready_in(4.0), pace.available(5.0)) == (0, 1.0, None)


def test_a_slow_account_says_when_it_is_ready_again() -> None:
    pace = Pace(0.5, burst=0.5)
    assert pace.available(0.0) == 1
    pace.take(1, 0.0)
    assert (pace.available(1.0), pace.ready_in(1.0), pace.available(2.0)) == (0, 1.0, 1)


def test_ids_rise() -> None:
    ids = [new_id() for _ in range(1000)]
    assert ids == sorted(ids)


@pytest.fixture
def full_price(cheap_passwords: passwords.Cost) -> Iterator[None]:
    """Passwords cost what they cost in a hub."""
    passwords.take(passwords.Cost())
    yield
    passwords.take(cheap_passwords)


@pytest.mark.usefixtures("full_price")
async def test_a_password_is_checked_by_its_hash_and_nobody_has_the_right_one_without_a_user() -> None:
    hashed = await passwords.hash_password("correct horse")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await passwords.verify(hashed, "correct horse")
    assert not await passwords.verify(hashed, "wrong horse")
    assert not await passwords.verify(None, "correct horse")
    assert not await passwords.verify("not a hash", "correct horse")
    assert not await passwords.verify(hashed, "x" * 1000)


@pytest.mark.usefixtures("full_price")
def test_checking_for_nobody_costs_as_much_as_for_somebody() -> None:
    assert not passwords.needs_rehash(passwords.NOBODYS)


@pytest.mark.parametrize("password", ["short", "x" * 300, "aaaaaaaaaaaaaa"])
def test_weak_passwords_are_refused_in_words(password: str) -> None:
    with pytest.raises(Invalid, match="password is too"):
        passwords.checked(password)


def test_random_passwords_differ_and_may_be_set() -> None:
    made = {passwords.random_password() for _ in range(50)}
    assert len(made) == 50
    assert all(passwords.checked(password) for password in made)


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ("<b onclick=x>hi</b>", "<b>hi</b>"),
        ("<script>alert(1)</script>hi", "hi"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'),
        ('<a href="/local">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'),
        ('<img src="https://tracker.example/x.png">', "<img>"),
        ('<img src="cid:logo">', '<img src="cid:logo">'),
        ('<p style="position:fixed">x</p>', "<p>x</p>"),
    ],
)
def test_html_of_agents_and_programs_is_cleaned(html: str, clean: str) -> None:
    assert rich_text.clean(html) == clean


def test_html_gives_its_text() -> None:
    assert rich_text.plain("<p>Hello</p><ul><li>one</li><li>two</li></ul>").split() == ["Hello", "*", "one", "*", "two"]
    assert rich_text.plain("") == ""
