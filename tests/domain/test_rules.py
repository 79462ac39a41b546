"""Which rules look, when their conditions hold, and what is wrong with one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from time import perf_counter
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.actions import SendReply, SetPriority, Tag, Work
from hub.domain.conversation import ConversationState, Priority
from hub.domain.ids import ConversationId
from hub.domain.rules.conditions import Condition, Facts, Field, Op, fits, holds
from hub.domain.rules.matching import CHAIN_LIMIT, Event, circles, faults, looks, matches, may_match, plan
from hub.domain.rules.records import On, Rule, RuleBody, Step, Timing, WorkRuleId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
URGENT = SetPriority(priority=Priority.urgent)
HELLO = SendReply(texts={"en": "Hello"})


def body(**changed: Any) -> RuleBody:
    return RuleBody(**{"triggers": (On.message_in,), "actions": (URGENT,), **changed})


def rule(**changed: Any) -> Rule:
    base = Rule(
        id=WorkRuleId(UUID(int=1)),
        name="Rule",
        active=True,
        active_since=NOW,
        body=body(),
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(base, **changed)


def event(**changed: Any) -> Event:
    given = {"key": "k", "on": On.message_in, "conversation_id": ConversationId(UUID(int=2)), "at": NOW, **changed}
    return Event(**given)


def facts(**values: str) -> Facts:
    return Facts(values={Field(name): (value,) for name, value in values.items()})


def test_a_rule_looks_at_its_triggers_from_when_it_was_switched_on() -> None:
    assert looks(rule(), event())
    assert not looks(rule(), event(at=NOW - timedelta(seconds=1)))
    assert not looks(rule(), event(on=On.resolved))
    assert not looks(rule(active=False), event())


def test_a_rule_sets_itself_off_neither_directly_nor_by_others() -> None:
    others = tuple(WorkRuleId(UUID(int=n)) for n in range(2, 2 + CHAIN_LIMIT))
    assert not circles(rule(), event(chain=others[:2]))
    assert circles(rule(), event(chain=(others[0], rule().id)))
    assert circles(rule(), event(chain=others))


@pytest.mark.parametrize(
    ("op", "values", "expected"),
    [
        (Op.contains, ("REFUND",), True),
        (Op.contains, ("invoice", "refund"), True),
        (Op.lacks, ("invoice",), True),
        (Op.lacks, ("refund",), False),
        (Op.matches, ("i want*now",), True),
        (Op.matches, ("*want",), False),
        (Op.is_any, ("i want a refund, now",), True),
        (Op.is_none, ("hello",), True),
        (Op.filled, (), True),
        (Op.empty, (), False),
    ],
)
def test_texts_are_compared_without_case_and_blanks(op: Op, values: tuple[str, ...], expected: bool) -> None:
    condition = Condition(field=Field.text, op=op, values=values)
    assert holds(condition, facts(text="I want\na  Refund, now")) is expected


@given(
    st.sampled_from(["", "refund", "my REFUND now", "hello"]),
    st.sampled_from(list(Op)),
    st.sampled_from(["refund", "x"]),
)
def test_what_the_words_of_an_event_rule_out_never_matches(text: str, op: Op, value: str) -> None:
    said = body(
        conditions=(Condition(field=Field.text, op=op, values=(value,)), Condition(field=Field.team, op=Op.empty))
    )
    assert may_match(said, event(text=text)) == matches(said, facts(text=text))


def test_one_of_several_tags_is_enough() -> None:
    tagged = Facts(values={Field.tags: ("VIP", "late")})
    assert holds(Condition(field=Field.tags, values=("vip",)), tagged)
    assert not holds(Condition(field=Field.tags, op=Op.is_none, values=("vip",)), tagged)


def test_a_contacts_own_fields_are_looked_up_by_name() -> None:
    known = Facts(contact={"segment": "Gold"})
    assert holds(Condition(field=Field.contact, name="Segment", values=("gold",)), known)
    assert holds(Condition(field=Field.contact, name="Other", op=Op.empty), known)


def test_full_width_and_composed_letters_are_the_same() -> None:
    assert holds(
        Condition(field=Field.text, op=Op.contains, values=("zażółć",)), facts(text="ZAZ\u0307O\u0301ŁC\u0301")
    )


@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_a_pattern_fits_what_a_shells_pattern_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text) is fnmatchcase(text, pattern)


def test_no_pattern_takes_long() -> None:
    began = perf_counter()
    holds(Condition(field=Field.text, op=Op.matches, values=("*a" * 200 + "b",) * 20), facts(text="a" * 20_000))
    assert perf_counter() - began < 1


def test_an_automatic_answer_goes_to_no_group_and_not_after_a_human() -> None:
    answering = body(auto_reply=True, actions=(HELLO,))
    assert matches(answering, Facts())
    assert not matches(answering, Facts(group=True))
    assert not matches(answering, Facts(answered_by_human=True))
    assert matches(body(), Facts(group=True, answered_by_human=True))


def test_the_plan_holds_what_would_change_something() -> None:
    work = Work(state=ConversationState.open, tags=("vip",))
    assert plan((Tag(add=("VIP",)), URGENT, URGENT, HELLO), work, NOW) == [URGENT, HELLO]


def test_the_steps_of_an_escalation_are_in_order_of_time() -> None:
    steps = (Step(percent=200, actions=(HELLO,)), Step(percent=50, actions=(Tag(add=("soon",)),)))
    timed = body(triggers=(On.unanswered,), timing=Timing(minutes=10), steps=steps)
    assert timed.percents == (50, 100, 200)
    assert timed.actions_at(50) == (Tag(add=("soon",)),)
    assert timed.actions_at(100) == (URGENT,)
    assert faults(timed) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"triggers": ()}, "no trigger yet"),
        ({"actions": ()}, "no action yet"),
        ({"triggers": (On.idle,)}, "after how many minutes"),
        ({"triggers": (On.idle, On.opened), "timing": Timing(minutes=5)}, "alone"),
        ({"timing": Timing(minutes=5)}, "have minutes"),
        ({"triggers": (On.idle,), "timing": Timing(minutes=0)}, "from 1 to"),
        ({"steps": (Step(percent=50, actions=(URGENT,)),)}, "Only rules by time"),
        (
            {"triggers": (On.idle,), "timing": Timing(minutes=5), "steps": (Step(percent=100, actions=(URGENT,)),)},
            "100 %",
        ),
        ({"conditions": (Condition(field=Field.text, values=()),)}, "Condition 1: say what"),
        ({"conditions": (Condition(field=Field.hours, values=("late",)),)}, "closed, open"),
        ({"conditions": (Condition(field=Field.contact, op=Op.filled),)}, "name the contact's field"),
        ({"auto_reply": True}, "automatic answer"),
    ],
)
def test_what_is_wrong_is_said(changed: dict[str, Any], words: str) -> None:
    assert any(words in fault for fault in faults(body(**changed)))
