"""A flow is read strictly, checked while it is drawn, and described by a schema that cannot drift."""

from typing import Any
from uuid import UUID

import pytest

from hub.domain.botflow.checking import check
from hub.domain.botflow.exits import exits_of
from hub.domain.botflow.flow import (
    KINDS,
    AnswerKind,
    Case,
    Comparison,
    Condition,
    Enclosed,
    Fill,
    Flow,
    Hand,
    Http,
    Message,
    Op,
    Other,
    Pause,
)
from hub.domain.botflow.problems import Code, Level, On
from hub.domain.botflow.reading import Unreadable, read_flow, write_flow
from hub.domain.botflow.schema import json_schema
from hub.domain.channel import Capabilities, MediaRule
from hub.domain.errors import Invalid
from hub.domain.sending import Enclosure
from tests.domain.botflow.flows import flow, message, options, question

ALL = {"en": "x", "ko": "x", "pl": "x"}
END = Hand(id="end", text=ALL)


def codes(found: Flow, **more: Any) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.step, problem.field) for problem in check(found, **more)]


def test_a_sound_flow_has_no_problems() -> None:
    choices = tuple(option.__class__(id=option.id, label=dict.fromkeys(ALL, option.id)) for option in options("A", "B"))
    ask = question("ask", AnswerKind.choice, text=ALL, options=choices, exits={"a": "end", "b": "end"})
    assert codes(flow(message("hello", "ask", **ALL), ask, END)) == []


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (flow(message("hello", "", **ALL), END), ("dead_end", "hello", "next")),
        (flow(message("hello", "gone", **ALL), END), ("no_such_step", "hello", "next")),
        (flow(END, message("alone", "end", **ALL)), ("unreachable", "alone", "")),
        (flow(END, start="nowhere"), ("no_start", "", "start")),
        (flow(message("hello", "end", en="Hi"), END), ("missing_text", "hello", "text")),
        (flow(message("hello", "end", en=" "), END), ("no_text", "hello", "text")),
        (
            flow(Fill(id="a", exits={"next": "b"}), Fill(id="b", exits={"next": "a"}), END),
            ("endless", "a", ""),
        ),
        (
            flow(question("q", AnswerKind.choice, text=ALL, options=options("A"), exits={"a": "end"}), END),
            ("few_options", "q", "options"),
        ),
        (
            flow(question("q", AnswerKind.choice, text=ALL, options=options("A", "a"), exits={"next": "end"}), END),
            ("same_label", "q", "options"),
        ),
        (
            flow(Condition(id="c", cases=(Case(id="x", tests=()),), exits={"x": "end", "else": "end"}), END),
            ("empty_case", "c", "cases"),
        ),
        (
            flow(Http(id="h", url="https://{host}/", exits={"ok": "end", "failed": "end"}), END),
            ("bad_address", "h", "url"),
        ),
        (
            flow(Http(id="h", url="file:///etc/passwd", exits={"ok": "end", "failed": "end"}), END),
            ("bad_address", "h", "url"),
        ),
        (flow(question("q", text=ALL, remind_after=5, next="end"), END), ("no_reminder", "q", "reminder")),
        (flow(message("hello", "hello", **ALL)), ("no_handover", "", "")),
    ],
)
def test_what_is_wrong_is_said_with_its_place(found: Flow, problem: tuple[str, str, str]) -> None:
    assert problem in codes(found)


def test_other_flows_must_be_published() -> None:
    there, draft, gone = UUID(int=1), UUID(int=2), UUID(int=3)
    others = {there: True, draft: False}
    wrong = [codes(flow(Other(id="o", flow_id=one)), flows=others) for one in (there, draft, gone)]
    assert [[code for code, _, field in found if field == "flow_id"] for found in wrong] == [
        [],
        ["unpublished_flow"],
        ["no_such_flow"],
    ]


def test_a_sentence_can_be_said_in_another_language_by_its_parameters() -> None:
    text = {"en": "Hi", "ko": "안녕하세요", "pl": "x" * 200}
    found = flow(Message(id="hello", label="Greeting", text=text))
    sms = On(name="SMS", capabilities=Capabilities(text_limit=160))
    said = {problem.code.value: dict(problem.parameters) for problem in check(found, channels=[sms])}
    assert said == {
        "dead_end": {"name": "Greeting", "way": "next"},
        "no_handover": {},
        "too_long": {"name": "Greeting", "channel": "SMS", "language": "pl", "length": 200, "limit": 160},
    }


def test_limits_of_the_channels_it_runs_on_are_said() -> None:
    long = flow(message("hello", "end", **dict.fromkeys(ALL, "x" * 200)), END)
    sms = On(name="SMS", capabilities=Capabilities(text_limit=160))
    form = On(name="Web form", capabilities=Capabilities(receive_only="A form takes no answer."))
    files = flow(question("f", AnswerKind.file, text=ALL, next="end"), END)
    assert ("too_long", "hello", "text") in codes(long, channels=[sms])
    assert ("receive_only", "", "") in codes(long, channels=[form])
    assert ("no_files", "f", "answer") in codes(files, channels=[sms])


def test_errors_come_before_warnings() -> None:
    levels = [problem.level for problem in check(flow(message("hello", "", en="Hi")))]
    assert levels == sorted(levels, key=lambda level: level is not Level.error)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "the flow"),
        ({"schema": 9, "languages": ["en"], "start": "a", "steps": []}, "format 9"),
        ({"languages": [], "start": "a", "steps": []}, "languages"),
        ({"languages": ["english"], "start": "a", "steps": []}, "languages"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "dance"}]}, r"steps\[0\].kind"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "close", "id": ""}]}, "needs an id"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "close", "id": "a"}] * 2}, "twice"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "close", "id": "a", "x": 1}]}, "“x” is not known"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "message", "id": "a"}]}, "text is missing"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "wait", "id": "a", "minutes": -1}]}, "must be from"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "wait", "id": "a", "minutes": "x"}]}, "a number"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "flow", "id": "a", "flow_id": "x"}]}, "no id"),
        ({"languages": ["en"], "start": "a", "steps": [{"kind": "close", "id": "a"}] * 201}, "at most 200"),
        ({"languages": ["en"], "start": "a", "steps": "no"}, "a list"),
    ],
)
def test_what_is_no_flow_is_refused_in_words(value: object, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read_flow(value)


def test_what_cannot_be_read_names_its_place_for_programs() -> None:
    steps = [{"kind": "wait", "id": "a", "minutes": -1}]
    with pytest.raises(Unreadable) as found:
        read_flow({"languages": ["en"], "start": "a", "steps": steps})
    assert found.value.code is Code.out_of_bounds
    assert found.value.parameters == {"place": "steps[0].minutes", "least": 0, "most": 43200}


def test_a_flow_is_written_and_read_back_unchanged() -> None:
    test = Comparison(field="a", op=Op.more, value="1")
    found = flow(
        message("hello", "q", **ALL),
        question("q", AnswerKind.choice, text=ALL, options=options("A", "B"), least=1.5, exits={"a": "c", "b": "p"}),
        Condition(id="c", cases=(Case(id="x", tests=(test,)),), exits={"x": "p", "else": "end"}),
        Pause(id="p", minutes=1.5, exits={"next": "end"}, at=(1.0, 2.5)),
        Hand(id="end", team_id=UUID(int=5)),
    )
    assert read_flow(write_flow(found)) == found


def test_files_are_checked_by_what_is_kept_and_what_each_channel_carries() -> None:
    sent = Message(
        id="hello",
        text={},
        files=(Enclosed(id=UUID(int=1), name="a.pdf"), Enclosed(id=UUID(int=2))),
        exits={"next": "end"},
    )
    found = flow(sent, END)
    assert read_flow(write_flow(found)) == found
    kept = {UUID(int=1): Enclosure(name="a.pdf", media_type="application/pdf", size=5)}
    on = [
        On(name=name, capabilities=Capabilities(media=media)) for name, media in (("Chat", MediaRule()), ("SMS", None))
    ]
    problems = check(found, files=kept, channels=on)
    assert [(one.code, one.parameters.get("channel"), one.parameters.get("file")) for one in problems] == [
        (Code.no_such_file, None, ""),
        (Code.sent_as_link, "SMS", "a.pdf"),
    ]


def test_the_schema_names_every_kind_and_all_its_members() -> None:
    schema: Any = json_schema()
    kinds = {name for name in schema["$defs"] if name in KINDS}
    assert kinds == set(KINDS)
    assert schema["$defs"]["condition"]["properties"]["cases"]["items"] == {"$ref": "#/$defs/_case"}
    assert schema["$defs"]["_case"]["required"] == ["id", "all"]
    assert schema["$defs"]["question"]["properties"]["text"] == {"$ref": "#/$defs/texts"}


def test_every_choice_has_its_exit_unless_one_serves_all() -> None:
    own = question("q", AnswerKind.choice, options=options("A", "B"), exits={})
    shared = question("q", AnswerKind.choice, options=options("A", "B"), exits={"next": "end"})
    assert exits_of(own, ("en",))[0] == ("a", "b")
    assert exits_of(shared, ("en",))[0] == ()
