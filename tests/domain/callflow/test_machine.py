"""What a call does next, as its plan says: from the block list to voicemail."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.call_marks import Fact
from hub.domain.callflow.machine import decide
from hub.domain.callflow.plan import (
    AnnounceNode,
    BlockList,
    CallbackNode,
    CallbackOffer,
    ForwardNode,
    HangUpNode,
    HoursNode,
    MenuNode,
    Node,
    Plan,
    Prompt,
    RingNode,
    VoicemailNode,
)
from hub.domain.callflow.problems import problems
from hub.domain.callflow.steps import (
    FINAL,
    WAITING,
    Arrived,
    Ask,
    Continued,
    Decision,
    Forward,
    HangUp,
    MessageLeft,
    Position,
    Pressed,
    Rang,
    Reject,
    Ring,
    Say,
    TakeMessage,
    Target,
    Wait,
    What,
)
from hub.domain.callflow.world import Caller, LinePlan, Place
from hub.domain.ids import LineId, UserId
from tests.calls import ANN, BOB, CUSTOMER, T0

LINE, OTHER = LineId(UUID(int=50)), LineId(UUID(int=51))


def phone(user: UserId) -> tuple[Target, ...]:
    return (Target(kind="browser", address=f"agent_{user.hex}", user_id=user),)


@dataclass
class Office:
    """A world a test sets up."""

    now: datetime = T0
    open: bool = True
    free_agents: tuple[UserId, ...] = (ANN, BOB)
    at_work: bool = True
    ahead: int = 0
    seconds: float | None = 90.0
    others: dict[LineId, LinePlan] = field(default_factory=dict)

    def is_open(self, calendar: UUID | None) -> bool:
        assert calendar is None
        return self.open

    def free(self, node: RingNode, owner: UserId | None) -> tuple[tuple[Target, ...], ...]:
        first = [owner] if node.strategy == "sticky" and owner is not None and owner in self.free_agents else []
        return tuple(phone(user) for user in dict.fromkeys([*first, *self.free_agents]))

    def staffed(self, node: RingNode) -> bool:
        assert node.kind == "ring"
        return self.at_work

    def place(self, node: RingNode, since: datetime) -> Place:
        assert node.kind == "ring"
        assert since <= self.now
        return Place(ahead=self.ahead, rivals=self.ahead, seconds=self.seconds)

    def group(self, node: RingNode) -> str:
        return ",".join(node.skills)

    def seen_from(self, line_id: LineId) -> "Office":
        assert line_id in self.others
        return self

    def line(self, line_id: LineId) -> LinePlan | None:
        return self.others.get(line_id)


VOICEMAIL = VoicemailNode(prompt=Prompt(text="Leave a message."), thanks=Prompt(text="Thank you."))
RING = RingNode(ring_seconds=15, no_answer="voicemail")
QUEUE = RingNode(
    ring_seconds=15,
    wait_seconds=120,
    queue_limit=5,
    say_every=30,
    place=Prompt(text="You are number {position}, about {minutes} minutes."),
    callback=CallbackOffer(
        after_seconds=30, prompt=Prompt(text="Press 1 to be called back."), thanks=Prompt(text="We call you.")
    ),
    no_answer="voicemail",
    full="full",
)


def plan(start: str, **nodes: Node) -> Plan:
    return Plan(start=start, nodes={"voicemail": VOICEMAIL, **nodes})


class Call:
    """A call that goes through a plan."""

    def __init__(self, it: Plan, office: Office | None = None, caller: str = CUSTOMER, **more: Any) -> None:
        self.line = LinePlan(line_id=LINE, version=3, plan=it)
        self.office = office or Office()
        self.caller = Caller(number=caller, withheld=not caller, name="Anna")
        self.decision: Decision
        self._owner = more.get("owner")
        self.facts: list[Fact] = []
        self.then(Arrived(), None)

    def then(self, what: What, position: Position | str | None = "last", after: float = 0) -> "Call":
        self.office.now += timedelta(seconds=after)
        at = self.decision.position if isinstance(position, str) else position
        # A position travels as text and comes back.
        at = Position.from_token(at.token()) if at is not None else None
        self.decision = decide(self.line, at, what, self.caller, self.office, owner=self._owner)
        self.facts += [one.fact for one in self.decision.facts]
        return self

    @property
    def last(self) -> Any:
        return self.decision.last

    @property
    def said(self) -> list[str]:
        return [step.prompt.text for step in self.decision.steps if isinstance(step, Say)]

    @property
    def rung(self) -> list[UserId | None]:
        assert isinstance(self.last, Ring)
        return [target.user_id for target in self.last.targets]


def test_a_blocked_number_is_turned_away_before_anything_is_said() -> None:
    blocked = replace(plan("ring", ring=RING), block=BlockList(numbers=("+48600*",), answer="busy"))
    call = Call(blocked)
    assert call.decision.steps == (Reject(reason="busy"),)
    assert call.facts == [Fact.blocked]
    assert isinstance(Call(blocked, caller="+48700100200").last, Ring)


def test_callers_without_a_number_are_turned_away_only_if_the_line_says_so() -> None:
    assert isinstance(Call(replace(plan("ring", ring=RING), block=BlockList(withheld=True)), caller="").last, Reject)
    assert isinstance(Call(plan("ring", ring=RING), caller="").last, Ring)


def test_the_longest_idle_agent_rings_first_and_then_the_next_one() -> None:
    call = Call(plan("ring", ring=RING))
    assert (call.rung, call.facts) == ([ANN], [Fact.queued])
    assert call.then(Rang(result="no_answer"), after=15).rung == [BOB]
    call.then(Rang(result="no_answer"), after=15)
    assert isinstance(call.last, TakeMessage)
    assert call.facts == [Fact.queued, Fact.gave_up]


def test_all_ring_at_once() -> None:
    call = Call(plan("ring", ring=replace(RING, strategy="all")))
    assert call.rung == [ANN, BOB]
    assert isinstance(call.then(Rang(result="no_answer")).last, TakeMessage)


def test_the_agent_a_contact_knows_rings_first() -> None:
    assert Call(plan("ring", ring=replace(RING, strategy="sticky")), owner=BOB).rung == [BOB]


def test_after_the_talk_the_call_is_over() -> None:
    call = Call(plan("ring", ring=RING)).then(Rang(result="answered"))
    assert call.decision.steps == (HangUp(),)
    assert Fact.gave_up not in call.facts


def test_a_caller_who_left_while_it_rang_hears_nothing_more() -> None:
    call = Call(plan("ring", ring=RING)).then(Rang(result="cancelled", caller_left=True))
    assert call.decision.steps == (HangUp(),)
    assert Fact.gave_up not in call.facts


def test_greeting_and_consent_come_before_the_ringing_and_allow_the_recording() -> None:
    nodes: dict[str, Node] = {
        "hello": AnnounceNode(prompt=Prompt(text="Hello {name}."), then="consent"),
        "consent": AnnounceNode(prompt=Prompt(text="This call is recorded."), consent=True, then="ring"),
        "ring": RING,
    }
    call = Call(replace(plan("hello", **nodes), recording="after_consent"))
    assert call.said == ["Hello Anna.", "This call is recorded."]
    assert call.last.record
    silent = Call(replace(plan("ring", **nodes), recording="after_consent"))
    assert not silent.last.record


def test_outside_hours_the_other_branch_is_taken_and_marked() -> None:
    it = plan("hours", hours=HoursNode(open="ring", closed="voicemail"), ring=RING)
    assert isinstance(Call(it).last, Ring)
    closed = Call(it, Office(open=False))
    assert isinstance(closed.last, TakeMessage)
    assert closed.facts == [Fact.after_hours]


def test_a_menu_goes_where_the_digit_leads_and_repeats_what_is_wrong() -> None:
    menu = MenuNode(
        prompt=Prompt(text="Sales 1, help 2."),
        choices={"1": "ring", "2": "voicemail"},
        wrong=Prompt(text="That is none."),
        otherwise="voicemail",
    )
    call = Call(plan("menu", menu=menu, ring=RING))
    assert call.last == Ask(prompt=menu.prompt, digits=1, seconds=5)
    assert isinstance(call.then(Pressed(digits="1")).last, Ring)
    wrong = Call(plan("menu", menu=menu, ring=RING)).then(Pressed(digits="9"))
    assert (wrong.said, wrong.last) == (["That is none."], Ask(prompt=menu.prompt, digits=1, seconds=5))
    assert isinstance(wrong.then(Pressed()).last, TakeMessage)


def test_a_queue_says_the_place_now_and_then_and_waits_with_music() -> None:
    call = Call(plan("queue", queue=QUEUE), Office(free_agents=(), ahead=2, seconds=240))
    assert (call.said, call.last) == (["You are number 3, about 4 minutes."], Wait(seconds=8))
    assert call.then(Continued(), after=8).said == []
    call.office.ahead = 1
    assert call.then(Continued(), after=24).said == [
        "You are number 2, about 4 minutes.",
        "Press 1 to be called back.",
    ]


def test_how_long_it_takes_is_not_said_while_nobody_knows() -> None:
    call = Call(plan("queue", queue=QUEUE), Office(free_agents=(), ahead=2, seconds=None))
    assert call.said == ["You are number 3"]


def test_who_may_be_called_back_is_told_so_though_places_are_never_said() -> None:
    call = Call(plan("queue", queue=replace(QUEUE, say_every=0)), Office(free_agents=()))
    assert call.said == []
    assert call.then(Continued(), after=31).said == ["Press 1 to be called back."]
    assert call.then(Continued(), after=8).said == []


def test_a_free_agent_goes_to_who_waits_longest() -> None:
    later = Call(plan("queue", queue=QUEUE), Office(free_agents=(ANN,), ahead=1))
    assert isinstance(later.last, Wait)
    later.office.ahead = 0
    assert later.then(Continued(), after=8).rung == [ANN]


def test_a_queue_rings_everybody_again_in_the_next_round() -> None:
    call = Call(plan("queue", queue=QUEUE), Office(free_agents=(ANN,)))
    assert isinstance(call.then(Rang(result="no_answer"), after=15).last, Wait)
    assert call.then(Continued(), after=8).rung == [ANN]


def test_the_wait_in_a_queue_ends_with_voicemail() -> None:
    call = Call(plan("queue", queue=QUEUE), Office(free_agents=()))
    assert call.then(Continued(), after=119).last == Wait(seconds=1, keys="1")
    assert isinstance(call.then(Continued(), after=2).last, TakeMessage)


def test_nobody_waits_where_nobody_is_at_work() -> None:
    assert isinstance(Call(plan("queue", queue=QUEUE), Office(free_agents=(), at_work=False)).last, TakeMessage)


def test_a_full_queue_takes_nobody_more() -> None:
    full = HangUpNode(prompt=Prompt(text="Too many callers."))
    call = Call(plan("queue", queue=QUEUE, full=full), Office(ahead=5))
    assert (call.said, call.last) == (["Too many callers."], HangUp())


def test_a_waiting_caller_may_ask_to_be_called_back() -> None:
    call = Call(plan("queue", queue=QUEUE), Office(free_agents=()))
    assert call.last.keys == ""
    assert call.then(Continued(), after=31).last.keys == "1"
    call.then(Pressed(digits="1"))
    assert (call.said, call.last, call.facts[-1]) == (["We call you."], HangUp(), Fact.callback)
    assert call.decision.facts[-1].detail == "60 min"


def test_a_message_counts_only_if_something_was_said() -> None:
    left = Call(plan("voicemail")).then(MessageLeft(seconds=12))
    assert (left.said, left.facts) == (["Thank you."], [Fact.voicemail])
    assert Call(plan("voicemail")).then(MessageLeft(seconds=0)).facts == []


def test_overflow_goes_to_a_number_or_to_another_line() -> None:
    call = Call(plan("over", over=ForwardNode(number="+48221112233", no_answer="voicemail")))
    assert (call.last, call.facts) == (Forward(number="+48221112233", seconds=30), [Fact.overflowed])
    assert isinstance(call.then(Rang(result="busy")).last, TakeMessage)
    other = LinePlan(line_id=OTHER, version=9, plan=plan("ring", ring=RING))
    sent = Call(plan("over", over=ForwardNode(line=OTHER)), Office(others={OTHER: other}))
    assert isinstance(sent.last, Ring)
    assert (sent.decision.position.line_id, sent.decision.position.version) == (OTHER, 9)


def test_two_lines_do_not_send_a_caller_to_and_fro_for_ever() -> None:
    here = LinePlan(line_id=LINE, version=3, plan=plan("over", over=ForwardNode(line=OTHER, no_answer="voicemail")))
    there = LinePlan(line_id=OTHER, version=1, plan=plan("over", over=ForwardNode(line=LINE, no_answer="voicemail")))
    call = Call(here.plan, Office(others={LINE: here, OTHER: there}))
    assert isinstance(call.last, TakeMessage)


def test_a_menu_may_promise_a_callback() -> None:
    call = Call(plan("callback", callback=CallbackNode(prompt=Prompt(text="We call you."), due_minutes=30)))
    assert (call.facts, call.decision.facts[0].detail) == ([Fact.callback], "30 min")


def test_a_position_of_a_plan_that_is_gone_ends_with_words() -> None:
    call = Call(plan("ring", ring=RING)).then(Continued(), Position(node="was here", version=3))
    assert (len(call.said), call.last) == (1, HangUp())


@pytest.mark.parametrize("token", ["", "x", "ey", "bnVsbA", "W10", "eyJ2IjoieCJ9", "eyJsIjoxfQ", "eyJlIjoxZTk5fQ"])
def test_a_token_that_is_none_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="not a position"):
        Position.from_token(token)


names = st.sampled_from(["a", "b", "c", "voicemail", ""])
nodes = st.one_of(
    st.builds(HoursNode, open=names, closed=names),
    st.builds(AnnounceNode, prompt=st.just(Prompt(text="x")), then=names),
    st.builds(
        MenuNode,
        prompt=st.just(Prompt(text="x")),
        choices=st.dictionaries(st.sampled_from("12"), names, min_size=1),
        otherwise=names,
    ),
    st.builds(RingNode, wait_seconds=st.sampled_from([0, 30]), no_answer=names, full=names),
    st.just(VOICEMAIL),
    st.builds(ForwardNode, line=st.sampled_from([LINE, OTHER]), no_answer=names),
    st.builds(HangUpNode),
)
whats = st.one_of(
    st.builds(Continued),
    st.builds(Pressed, digits=st.sampled_from(["", "1", "2", "9"])),
    st.builds(Rang, result=st.sampled_from(["answered", "no_answer", "busy", "failed", "cancelled"])),
    st.builds(MessageLeft, seconds=st.sampled_from([0.0, 5.0])),
)


@given(
    graph=st.fixed_dictionaries({"a": nodes, "b": nodes, "c": nodes}),
    happenings=st.lists(whats, max_size=12),
    free=st.sampled_from([(), (ANN,), (ANN, BOB)]),
    is_open=st.booleans(),
)
def test_whatever_the_plan_and_whatever_happens_the_caller_is_never_left_in_silence(
    graph: dict[str, Node], happenings: list[What], free: tuple[UserId, ...], is_open: bool
) -> None:
    it = plan("a", **graph)
    other = LinePlan(line_id=OTHER, version=1, plan=it)
    call = Call(it, Office(free_agents=free, open=is_open, others={OTHER: other}))
    for what in happenings:
        steps = call.decision.steps
        assert isinstance(steps[-1], (*WAITING, *FINAL))
        assert all(isinstance(step, Say) for step in steps[:-1])
        call.then(what, after=10)


def test_what_is_wrong_with_a_plan_is_said_before_it_is_saved() -> None:
    wrong = plan(
        "start",
        menu=MenuNode(prompt=Prompt(), choices={"1": "nowhere", "22": "voicemail"}),
        one=HoursNode(open="two", closed="two"),
        two=HoursNode(open="one", closed="one"),
        over=ForwardNode(),
    )
    found = problems(wrong)
    assert {(one.code.value, one.step, one.field) for one in found} == {
        ("no_start", "", "start"),
        ("nowhere", "menu", "choices"),
        ("key_lengths", "menu", "choices"),
        ("no_target", "over", "number"),
        ("silent_loop", "one", ""),
        *(("unreachable", step, "") for step in wrong.nodes),
    }
    (nowhere,) = (one for one in found if one.code == "nowhere")
    assert (nowhere.words, nowhere.parameters) == (
        "“menu” leads to “nowhere” (key 1), which does not exist.",
        {"way": "key 1", "target": "nowhere"},
    )
    assert problems(plan("ring", ring=RING)) == []
