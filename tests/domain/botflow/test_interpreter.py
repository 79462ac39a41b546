"""A run greets, asks, understands, reminds, gives up, and always ends with an answer or a human."""

from datetime import timedelta
from uuid import UUID

import pytest

from hub.domain.botflow.effects import (
    AddTag,
    AskKnowledge,
    AskModel,
    Assign,
    CallHttp,
    Close,
    CountHelp,
    HandOver,
    Reason,
    Say,
    SetField,
    StartFlow,
)
from hub.domain.botflow.flow import (
    AnswerKind,
    Case,
    Comparison,
    Condition,
    Faq,
    Fill,
    Finish,
    Give,
    Hand,
    Hours,
    Http,
    Language,
    Model,
    Op,
    Other,
    Pause,
    Take,
)
from hub.domain.botflow.happenings import Answered, Begun, Failed, HttpAnswered
from hub.domain.botflow.position import End, Phase
from hub.domain.botflow.walk import Mark
from tests.domain.botflow.flows import Talk, flow, message, options, question, tools

TEAM = UUID(int=7)


def test_it_greets_asks_by_choices_and_hands_over_with_what_it_learned() -> None:
    talk = Talk(
        flow(
            message("hello", "name"),
            question("name", AnswerKind.name, "topic", contact_field="name"),
            question("topic", AnswerKind.choice, options=options("Sales", "Support"), exits={"next": "tag"}),
            Fill(id="tag", tags=("{topic}",), exits={"next": "bye"}),
            Hand(id="bye", text={"en": "Thank you, {name}!"}, team_id=TEAM),
        )
    )
    assert talk.says("Hi") == ["hello", "name?"]
    assert talk.says("My name is Kim Minjun.") == ["topic?"]
    assert talk.last is not None
    assert talk.last.effects[-1] == Say(text="topic?", choices=("Sales", "Support"), asked=2)
    assert talk.says("2") == ["Thank you, Kim Minjun!"]
    assert talk.of(SetField) == [SetField(name="name", value="Kim Minjun")]
    assert talk.of(AddTag) == [AddTag(tag="support")]
    assert talk.of(HandOver) == [HandOver(reason=Reason.flow, team_id=TEAM)]
    assert [(given.question, given.answer) for given in talk.position.given] == [
        ("name?", "Kim Minjun"),
        ("topic?", "Support"),
    ]
    assert talk.position.end is End.handed_over
    assert talk.says("Still there?") == []


@pytest.mark.parametrize(
    "words",
    ["human please", "I want to talk to an agent", "상담원 연결해 주세요", "Poproszę z konsultantem", "оператор"],
)
def test_a_customer_may_ask_for_a_human_at_any_time(words: str) -> None:
    talk = Talk(flow(message("hello", "ask"), question("ask", AnswerKind.email)))
    talk.says("Hi")
    assert len(talk.says(words)) == 1
    assert talk.of(HandOver)[0].reason is Reason.asked


def test_a_choice_that_reads_like_a_human_is_the_choice() -> None:
    choices = options("Prices", "Talk to a human")
    talk = Talk(
        flow(
            question("topic", AnswerKind.choice, options=choices, exits={"next": "tag"}),
            Fill(id="tag", tags=("asked",), exits={"next": "end"}),
            Hand(id="end"),
        )
    )
    talk.says("Hi")
    talk.says("Talk to a human")
    assert talk.of(AddTag) == [AddTag(tag="asked")]


def test_an_answer_that_does_not_fit_is_asked_for_again_and_then_a_human_takes_it() -> None:
    talk = Talk(flow(question("mail", AnswerKind.email, retry={"en": "An address, please."}, tries=3)))
    talk.says("Hi")
    assert talk.says("no idea") == ["An address, please."]
    assert talk.says("🙈🙈🙈") == ["An address, please."]
    assert len(talk.says("x" * 50_000)) == 1
    assert talk.of(HandOver)[0].reason is Reason.not_understood
    assert [len(remark) for remark in talk.position.remarks] == [7, 3, 1000]


def test_an_author_may_lead_misfits_and_silence_elsewhere() -> None:
    asked = question("mail", AnswerKind.email, tries=1, timeout=60, exits={"invalid": "lost", "timeout": "gone"})
    steps = (asked, message("lost", "mail"), Finish(id="gone", text={"en": "Bye."}))
    talk = Talk(flow(*steps))
    talk.says("Hi")
    assert talk.says("what?") == ["lost", "mail?"]
    assert talk.waits(minutes=61) == ["Bye."]
    assert talk.of(Close)


def test_a_silent_customer_is_reminded_once_and_then_a_human_looks() -> None:
    talk = Talk(flow(question("mail", AnswerKind.email, reminder={"en": "Still there?"}, remind_after=10, timeout=60)))
    talk.says("Hi")
    assert talk.waits(minutes=9) == []
    assert talk.waits(minutes=1) == ["Still there?"]
    assert talk.position.due_at == talk.now + timedelta(minutes=50)
    assert talk.waits(minutes=50) == []
    assert talk.of(HandOver)[0].reason is Reason.silent


def test_messages_that_came_before_the_question_answer_nothing_and_are_kept() -> None:
    talk = Talk(flow(message("hello", "name"), question("name", AnswerKind.name)))
    talk.says("Hi")
    assert talk.says("I need help", at=talk.now - timedelta(seconds=3)) == []
    assert talk.position.phase is Phase.asking
    assert talk.position.remarks == ("I need help",)


@pytest.mark.parametrize(
    ("text", "greeting"), [("안녕하세요", "안녕"), ("Dzień dobry, mam pytanie", "cześć"), ("Hi", "hello")]
)
def test_it_greets_in_the_customers_language(text: str, greeting: str) -> None:
    talk = Talk(flow(message("hello", "end", en="hello", ko="안녕", pl="cześć"), Hand(id="end", text={"en": "bye"})))
    assert talk.says(text)[0] == greeting


def test_the_contacts_language_counts_where_the_text_tells_nothing() -> None:
    talk = Talk(
        flow(message("hello", "end", en="hello", pl="cześć"), Hand(id="end")),
        tools(context={"contact": {"language": "pl-PL"}}),
    )
    assert talk.says("ok")[0] == "cześć"


def test_ways_are_chosen_by_conditions_hours_and_language() -> None:
    talk = Talk(
        flow(
            question("amount", AnswerKind.number, "big"),
            Condition(
                id="big",
                cases=(Case(id="yes", tests=(Comparison(field="amount", op=Op.more, value="100"),)),),
                exits={"yes": "hours", "else": "small"},
            ),
            message("small"),
            Hours(id="hours", exits={"open": "small", "closed": "tongue"}),
            Language(id="tongue", exits={"pl": "polish", "else": "small"}),
            Hand(id="polish", text={"en": "po polsku"}),
        ),
        tools(opened=lambda _calendar: False),
    )
    talk.says("Dzień dobry, proszę")
    assert talk.says("1 200,50 zł") == ["po polsku"]


def test_a_field_that_vanished_counts_as_empty() -> None:
    test = Comparison(field="gone.away", op=Op.equal, value="x")
    talk = Talk(
        flow(Condition(id="c", cases=(Case(id="a", tests=(test,)),), exits={"a": "no", "else": "yes"}), Hand(id="yes"))
    )
    talk.says("Hi")
    assert talk.position.step == "yes"


def test_the_knowledge_base_answers_and_the_customer_says_whether_it_helped() -> None:
    talk = Talk(
        flow(
            Faq(id="faq", tags=("shop",), exits={"helped": "bye", "not_helped": "end", "none": "end"}),
            Finish(id="bye", text={"en": "Glad to help."}),
            Hand(id="end"),
        )
    )
    talk.says("When are you open?")
    assert talk.of(AskKnowledge) == [AskKnowledge(ask=1, text="When are you open?", language="en", tags=("shop",))]
    told = talk.happens(Answered(ask=1, found=True, text="From nine to five.", article_id="a1"))
    assert told == ["From nine to five.\n\nDid this help?"]
    assert talk.says("Where are you?") == []
    assert talk.of(AskKnowledge)[-1].text == "Where are you?"
    talk.happens(Answered(ask=2, found=True, text="In Łódź.", article_id="a2"))
    assert talk.says("yes") == ["Glad to help."]
    assert talk.of(CountHelp) == [CountHelp(article_id="a2", helped=True)]
    assert talk.of(Close)


def test_a_late_or_repeated_result_changes_nothing() -> None:
    talk = Talk(flow(Faq(id="faq", exits={"helped": "end", "not_helped": "end", "none": "end"}), Hand(id="end")))
    talk.says("When are you open?")
    assert talk.happens(Answered(ask=7, found=True, text="old")) == []
    talk.happens(Answered(ask=1, found=False))
    assert talk.position.end is End.handed_over
    assert talk.happens(Answered(ask=1, found=True, text="again")) == []


def test_a_model_that_refuses_or_fails_leads_on() -> None:
    steps = (Model(id="m", instructions="Be short.", exits={"answered": "end", "refused": "end"}), Hand(id="end"))
    talk = Talk(flow(*steps))
    talk.says("Why?")
    assert talk.of(AskModel) == [AskModel(ask=1, text="Why?", language="en", instructions="Be short.")]
    talk.happens(Failed(ask=1, words="switched off"))
    assert talk.position.end is End.handed_over


def test_only_what_a_model_wrote_is_marked_so() -> None:
    steps = (Model(id="m", exits={"answered": "bye", "refused": "bye"}), Hand(id="bye", text={"en": "Bye."}))
    talk = Talk(flow(*steps))
    talk.says("Why?")
    talk.happens(Answered(ask=1, found=True, text="Because."))
    assert [(said.text, said.by_model) for said in talk.of(Say)] == [("Because.", True), ("Bye.", False)]


def test_a_look_up_keeps_what_is_wanted_and_escapes_what_it_asks() -> None:
    talk = Talk(
        flow(
            question("order", next="look"),
            Http(
                id="look",
                url="https://shop.example/orders/{order}",
                take=(Take(path="order.items.0.name", save_as="item"), Take(path="nope.x", save_as="empty")),
                exits={"ok": "say", "failed": "sorry"},
            ),
            Hand(id="say", text={"en": "You bought {item}{empty}."}),
            Hand(id="sorry", text={"en": "I cannot look it up now."}),
        )
    )
    talk.says("Hi")
    talk.says("../../admin?x=1")
    assert talk.of(CallHttp)[0].url == "https://shop.example/orders/..%2F..%2Fadmin%3Fx%3D1"
    body = {"order": {"items": [{"name": "a tent"}]}}
    assert talk.happens(HttpAnswered(ask=1, status=200, body=body)) == ["You bought a tent."]


def test_a_look_up_that_fails_or_never_answers_leads_on() -> None:
    steps = (
        Http(id="look", url="https://shop.example/x", exits={"ok": "say", "failed": "sorry"}),
        Hand(id="say"),
        Hand(id="sorry", text={"en": "Not now."}),
    )
    talk = Talk(flow(*steps))
    talk.says("Hi")
    assert talk.waits(minutes=2) == ["Not now."]


def test_nobodys_words_move_a_look_up_to_another_server() -> None:
    talk = Talk(
        flow(question("host", next="look"), Http(id="look", url="https://{host}/x", exits={"ok": "", "failed": ""}))
    )
    talk.says("Hi")
    talk.says("evil.example")
    assert talk.of(CallHttp) == []
    assert talk.of(HandOver)[0].reason is Reason.fault


def test_a_wait_ends_by_time_or_by_the_customer() -> None:
    steps = (Pause(id="w", minutes=5, exits={"next": "late", "said": "early"}), Hand(id="late"), Hand(id="early"))
    by_time, by_word = Talk(flow(*steps)), Talk(flow(*steps))
    by_time.says("Hi")
    by_time.waits(minutes=5)
    by_word.says("Hi")
    by_word.says("Hello?")
    assert (by_time.position.step, by_word.position.step) == ("late", "early")


def test_a_flow_that_goes_round_ends_with_a_human() -> None:
    talk = Talk(flow(Fill(id="a", exits={"next": "b"}), Fill(id="b", exits={"next": "a"})))
    talk.says("Hi")
    assert talk.last is not None
    assert talk.last.spent == 50
    assert talk.of(HandOver)[0].reason is Reason.loop


@pytest.mark.parametrize(
    "broken",
    [
        flow(message("hello", "gone")),
        flow(message("hello", "")),
        flow(message("hello", "x", en="{boom}")),
        flow(message("hello"), start="nowhere"),
    ],
)
def test_a_broken_flow_ends_with_a_human_who_is_told_why(broken: object) -> None:
    talk = Talk(broken)  # type: ignore[arg-type]  # a flow, as all of them
    assert talk.says("Hi")[-1].startswith("I am connecting you")
    (handed,) = talk.of(HandOver)
    assert handed.reason is Reason.fault
    assert handed.words


def test_a_step_that_vanished_under_a_waiting_customer_ends_with_a_human() -> None:
    talk = Talk(flow(question("mail", AnswerKind.email)))
    talk.says("Hi")
    talk.flow = flow(question("phone", AnswerKind.phone))
    talk.says("ann@example.com")
    assert talk.of(HandOver)[0].reason is Reason.fault


def test_another_flow_goes_on_with_the_answers() -> None:
    first = flow(question("name", AnswerKind.name, "go"), Other(id="go", flow_id=TEAM))
    talk = Talk(first)
    talk.says("Hi")
    talk.says("Ann")
    assert talk.of(StartFlow) == [StartFlow(flow_id=TEAM)]
    talk.flow = flow(Give(id="g", team_id=TEAM, exits={"next": "end"}), Hand(id="end", text={"en": "Hi {name}"}))
    assert talk.happens(Begun()) == ["Hi Ann"]
    assert talk.of(Assign) == [Assign(team_id=TEAM)]


def test_steps_are_counted_as_entered_left_and_handed_over() -> None:
    talk = Talk(flow(message("hello", "end"), Hand(id="end")))
    talk.says("Hi")
    assert talk.last is not None
    assert talk.last.marks == (
        ("hello", Mark.entered),
        ("hello", Mark.left),
        ("end", Mark.entered),
        ("end", Mark.handed_over),
    )
