from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from hub.contract import InboundMessage, SimulatedKind
from hub.services.demo.pictures import every_file
from hub.services.demo.scripts import LANGUAGES, Answer, Voice, answers, open_scripts, scripts
from hub.services.demo.steps import Changes, Fate, Replies, Says, Step, Story
from hub.services.demo.story import tell
from hub.services.demo.wording import fill, slots
from tests.services.demo.shop import CHANCE, OURS, connector, simulation

NOW = datetime(2026, 11, 18, 11, tzinfo=UTC)


@cache
def story() -> Story:
    return tell(NOW, OURS)


def steps() -> list[Step]:
    return [step for talk in story().talks for step in talk.steps]


def said() -> list[tuple[str, Says]]:
    return [(talk.connector, step) for talk in story().talks for step in talk.steps if isinstance(step, Says)]


def test_the_story_is_the_same_for_the_same_seed_and_time() -> None:
    assert tell(NOW, OURS) == story()


def test_another_seed_tells_another_story() -> None:
    assert tell(NOW, OURS, seed=1) != story()


def test_everything_happened_within_the_month_before_now() -> None:
    times = [step.at for step in steps()]
    assert min(times) > NOW - timedelta(days=32)
    assert max(times) <= NOW


def test_the_steps_of_a_talk_are_in_order_of_time() -> None:
    assert all(one.at <= other.at for talk in story().talks for one, other in pairwise(talk.steps))


def test_messages_are_numbered_once_and_in_order_of_time() -> None:
    numbered = sorted((step.said.number, step.at) for _, step in said())
    assert len({number for number, _ in numbered}) == len(numbered)
    assert [at for _, at in numbered] == sorted(at for _, at in numbered)


def test_a_month_of_a_small_shop_on_all_channels() -> None:
    talks = story().talks
    assert 230 <= len(talks) <= 270
    assert 120 <= len({talk.customer.number for talk in talks}) <= 200
    assert set(Counter(talk.connector for talk in talks)) == {"email", "telegram", "webchat"}
    assert {talk.customer.language for talk in talks} == set(LANGUAGES)


def test_what_every_team_meets_is_there() -> None:
    kinds = {step.said.kind for _, step in said()}
    fates = Counter(step.fate for step in steps() if isinstance(step, Replies))
    assert kinds == set(SimulatedKind)
    assert (fates[Fate.failed], fates[Fate.unknown]) == (1, 1)
    assert any(step.said.album for _, step in said())
    assert any(step.said.place for _, step in said())
    assert any(step.said.group for _, step in said())
    assert any(step.twice for _, step in said())
    assert any(step.snoozed_for for step in steps() if isinstance(step, Changes))
    assert story().same


def test_no_two_customers_share_an_address() -> None:
    owners = {talk.customer.email: talk.customer.number for talk in story().talks}
    assert all(owners[talk.customer.email] == talk.customer.number for talk in story().talks)


def test_everything_said_is_read_by_its_connector_as_what_it_was_made_of() -> None:
    for key, step in said():
        about = replace(step.said, about=None if step.about == "" else about_for(key))
        raw = simulation(key).write(about)
        events = connector(key).parse(raw) if raw is not None else ()
        assert (raw is None) == (not events), step
        messages = [event for event in events if isinstance(event, InboundMessage)]
        assert [words_of(message) for message in messages] == [step.said.text] * len(messages)
        assert [len(message.attachments) for message in messages] == [len(step.said.files)] * len(messages)
        assert all(message.sender.name in (step.said.name, "") for message in messages)
        assert all(message.occurred_at is not None for message in messages)


def about_for(key: str) -> Any:
    return {"email": f"hub.{'0' * 31}1@halden.example", "telegram": "4503599000000001:7", "webchat": "a-b-c"}[key]


def words_of(message: InboundMessage) -> str:
    quote = message.data.get("quote_at")
    return message.text[: quote if isinstance(quote, int) else None].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_of_every_text_can_be_filled(language: str) -> None:
    values = {**slots(language, CHANCE()), "first": "Ann"}
    opened = [open_.script for open_ in open_scripts() if open_.script.language == language]
    texts = [turn.text for script in (*scripts(language), *opened) for turn in script.turns]
    texts += [text for kind in Answer for text in answers(language, kind)]
    assert all("{" not in fill(text, values) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_script_has_a_question_and_an_answer(language: str) -> None:
    assert all(
        [turn.voice for turn in script.turns[:2]] == [Voice.customer, Voice.team] for script in scripts(language)
    )
    assert all(answers(language, kind) for kind in Answer)


def test_every_file_a_talk_names_can_be_handed_out() -> None:
    known = {file.key for file in every_file()}
    named = {file.key for _, step in said() for file in step.said.files}
    named |= {file.key for step in steps() if isinstance(step, Replies) for file in step.files}
    assert named <= known
