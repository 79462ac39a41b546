"""Transcripts and what is taken out of them."""

import itertools
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from hub.domain.ids import CallId, ChannelId, ExternalId, RecordingId
from hub.domain.recording import Lane, Recording, RecordingState
from hub.domain.review.redaction import find, luhn, redact
from hub.domain.review.rules import (
    AgentsHear,
    Hold,
    Listener,
    RecordingRules,
    due_at,
    why_kept,
    why_not_downloaded,
    why_not_played,
)
from hub.domain.review.transcript import Heard, Line, in_turns
from tests.domain.review.cards import AGENT, NOW, OTHER

CHANNEL = ChannelId(UUID(int=4))


def test_two_channels_become_one_conversation() -> None:
    lines = in_turns(
        [
            (
                Lane.agent,
                [Heard(start=0, end=2, text=" Good  morning,"), Heard(start=2.5, end=4, text="how can I help?")],
            ),
            (Lane.contact, [Heard(start=4.2, end=6, text="My order is late."), Heard(start=9, end=9.5, text="")]),
            (Lane.agent, [Heard(start=6, end=8, text="Let me look.", confidence=0.5)]),
        ]
    )
    assert [(line.number, line.speaker, line.text) for line in lines] == [
        (0, Lane.agent, "Good morning, how can I help?"),
        (1, Lane.contact, "My order is late."),
        (2, Lane.agent, "Let me look."),
    ]
    assert (lines[0].start, lines[0].end) == (0, 4)


@given(st.text("0123456789", min_size=12, max_size=18))
def test_any_card_number_has_exactly_one_check_digit(digits: str) -> None:
    assert sum(luhn(digits + check) for check in "0123456789") == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("my card is 4111 1111 1111 1111 yes", ["card"]),
        ("5500-0000-0000-0004", ["card"]),
        ("it is 4 1 1 1, 1 1 1 1, 1 1 1 1, 1 1 1 1.", ["card"]),
        ("3782 822463 10005 and then 6011 1111 1111 1117", ["card", "card"]),
        ("2026 4111111111111111", ["card"]),
        ("PESEL 44051401359", ["pesel"]),
        ("konto PL61 1090 1014 0000 0712 1981 2874", ["iban"]),
        ("de89370400440532013000", ["iban"]),
        ("SSN 536-22-8726", ["ssn"]),
        ("900101-1234567", ["rrn"]),
        ("112-233-445 95", ["snils"]),
        # what has to stay
        ("order 4111 1111 1111 1112", []),
        ("call +48 22 123 45 67 or 00 48 22 123 45 67 1", []),
        ("0000 0000 0000 0000", []),
        ("900132-1234567", []),
        ("666-22-8726", []),
        ("invoice 2026/11/20 of 1234567", []),
        ("", []),
    ],
)
def test_numbers_are_known_by_their_check_digits(text: str, kinds: list[str]) -> None:
    assert [found.kind for found in find(text)] == kinds


def line(number: int, start: float, end: float, text: str, speaker: Lane = Lane.contact) -> Line:
    return Line(number=number, speaker=speaker, start=start, end=end, text=text)


def test_a_number_said_over_two_lines_goes_from_both_and_from_the_sound() -> None:
    done = redact(
        [
            line(0, 0, 3, "It is 4111 1111"),
            line(1, 3, 4, "Yes?", Lane.agent),
            line(2, 4, 7, "1111 1111, until May."),
            line(3, 30, 31, "Thanks."),
        ]
    )
    assert [one.text for one in done.lines] == ["It is [card]", "Yes?", ", until May.", "Thanks."]
    assert [one.redacted for one in done.lines] == [True, False, True, False]
    assert (done.count, done.silence) == (1, ((0.0, 3.4), (3.6, 7.4)))


def test_in_a_long_line_only_the_place_of_the_number_is_silenced() -> None:
    words = "well let me see " * 5
    done = redact([line(0, 100, 130, f"{words}4111 1111 1111 1111 {words}")])
    ((start, end),) = done.silence
    assert 100 < start < 113
    assert 117 < end < 130


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble_and_found_places_lie_apart(text: str) -> None:
    found = find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_long_row_of_digits_is_read_in_little_time() -> None:
    assert len(find("1 " * 20_000)) < 20_000


def recording(**more: object) -> Recording:
    given_: dict[str, object] = {
        "id": RecordingId(uuid7()),
        "call_id": CallId(uuid7()),
        "channel_id": CHANNEL,
        "external_id": ExternalId("RE1"),
        "state": RecordingState.ready,
        "created_at": NOW,
    }
    return Recording(**(given_ | more))  # type: ignore[arg-type]  # the test's own words


def test_a_recording_is_kept_as_long_as_its_line_says() -> None:
    began = NOW - timedelta(days=3)
    assert due_at(RecordingRules(channel_id=CHANNEL), recording()) is None
    assert due_at(RecordingRules(channel_id=CHANNEL, keep_days=30), recording(began_at=began)) == NOW + timedelta(
        days=27
    )


def test_a_hold_on_line_or_recording_keeps_it() -> None:
    rules = RecordingRules(channel_id=CHANNEL, keep_days=1)
    held = Hold(recording_id=RecordingId(uuid7()), reason="court", by=None, at=NOW)
    assert why_kept(rules, None) == ""
    assert "court" in why_kept(rules, held)
    assert "audit" in why_kept(RecordingRules(channel_id=CHANNEL, hold=True, hold_reason="audit"), None)


def test_agents_hear_their_own_calls_and_managers_all() -> None:
    rules = RecordingRules(channel_id=CHANNEL)
    agent = Listener(user_id=AGENT, hears_own=True, hears_all=False, downloads=False)
    manager = Listener(user_id=OTHER, hears_own=True, hears_all=True, downloads=True)
    nobody = Listener(user_id=AGENT, hears_own=False, hears_all=False, downloads=False)
    assert why_not_played(rules, agent, [AGENT]) == ""
    assert "your own calls only" in why_not_played(rules, agent, [OTHER])
    assert "may not play" in why_not_played(rules, nobody, [AGENT])
    assert "do not hear" in why_not_played(
        RecordingRules(channel_id=CHANNEL, agents_hear=AgentsHear.none), agent, [AGENT]
    )
    assert "not download" in why_not_downloaded(rules, agent, [AGENT])
    assert why_not_downloaded(RecordingRules(channel_id=CHANNEL, agents_download=True), agent, [AGENT]) == ""
    assert why_not_played(rules, manager, []) == why_not_downloaded(rules, manager, []) == ""
