"""Whatever a flow looks like and whatever happens: bounded, resumable at every position, and the same each time."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.domain.botflow.effects import CallHttp, HandOver, Say
from hub.domain.botflow.flow import (
    AnswerKind,
    AnyStep,
    Case,
    Comparison,
    Condition,
    Faq,
    Fill,
    Finish,
    Flow,
    Hand,
    Http,
    Message,
    Op,
    Pause,
    Question,
)
from hub.domain.botflow.happenings import Answered, Begun, Due, Failed, Happening, HttpAnswered, Said
from hub.domain.botflow.interpreter import BUDGET, Advance, advance
from hub.domain.botflow.position import Phase, Position, dump, load
from hub.domain.botflow.reading import read_flow, write_flow
from tests.domain.botflow.flows import T0, options, tools

IDS = [f"s{number}" for number in range(8)]
targets = st.sampled_from([*IDS, "gone", ""])
texts = st.sampled_from(["", "hi {ask}", "안녕하세요", "{boom}", "x" * 3900])


def exits(*names: str) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(dict.fromkeys(names, targets))


def step(id: str) -> st.SearchStrategy[AnyStep]:  # noqa: A002 - the word of a step
    told = st.fixed_dictionaries({"en": texts, "ko": texts})
    here = st.just(id)
    case = Case(id="yes", tests=(Comparison(field="ask", op=Op.contains, value="a"),))
    return st.one_of(
        st.builds(Message, id=here, text=told, exits=exits("next")),
        st.builds(
            Question,
            id=here,
            text=told,
            answer=st.sampled_from(AnswerKind),
            options=st.just(options("Ann", "Bob")),
            save_as=st.just("ask"),
            tries=st.integers(1, 3),
            remind_after=st.integers(0, 5),
            reminder=told,
            timeout=st.integers(0, 9),
            exits=exits("next", "timeout"),
        ),
        st.builds(Condition, id=here, cases=st.just((case,)), exits=exits("yes", "else")),
        st.builds(Fill, id=here, tags=st.just(("{ask}",)), exits=exits("next")),
        st.builds(Http, id=here, url=st.just("https://a.example/{ask}"), exits=exits("ok", "failed")),
        st.builds(Pause, id=here, minutes=st.integers(0, 9), exits=exits("next", "said")),
        st.builds(Faq, id=here, exits=exits("helped", "not_helped", "none")),
        st.builds(Hand, id=here, text=told),
        st.builds(Finish, id=here, text=told),
    )


flows = st.tuples(*(step(id_) for id_ in IDS)).map(
    lambda steps: Flow(languages=("en", "ko"), start=steps[0].id, steps={one.id: one for one in steps}, timeout=30)
)
said = st.builds(
    Said,
    text=st.one_of(st.sampled_from(["Ann", "1", "yes", "human please", "ann@example.com", "🙂"]), st.text(max_size=40)),
    files=st.sampled_from([(), ("photo.jpg",)]),
    at=st.integers(-60, 6000).map(lambda seconds: T0 + timedelta(seconds=seconds)),
)
happenings: st.SearchStrategy[Happening] = st.one_of(
    said,
    st.just(Due()),
    st.just(Begun()),
    st.builds(Answered, ask=st.integers(0, 3), found=st.booleans(), text=st.just("From nine to five.")),
    st.builds(HttpAnswered, ask=st.integers(0, 3), status=st.just(200), body=st.just({"a": "b"})),
    st.builds(Failed, ask=st.integers(0, 3), words=st.just("no")),
)
histories = st.lists(st.tuples(st.integers(0, 600), happenings), max_size=12)


def walk(flow: Flow, history: list[tuple[int, Happening]], *, stored: bool) -> list[Advance]:
    """Walk a flow through a history; `stored` keeps flow and position as JSON in between, as the hub does."""
    position, now, advances = Position(), T0, []
    for seconds, happening in history:
        now += timedelta(seconds=seconds)
        flow = read_flow(write_flow(flow)) if stored else flow
        position = load(dump(position)) if stored else position
        advances.append(advance(flow, position, happening, now=now, tools=tools()))
        position = advances[-1].position
    return advances


@settings(max_examples=40, deadline=None)
@given(flows, histories)
def test_a_happening_never_costs_more_than_the_budget(flow: Flow, history: list[tuple[int, Happening]]) -> None:
    assert all(one.spent <= BUDGET for one in walk(flow, history, stored=False))


@settings(max_examples=40, deadline=None)
@given(flows, histories)
def test_every_position_can_be_stored_and_gone_on_from_and_a_replay_is_the_same(
    flow: Flow, history: list[tuple[int, Happening]]
) -> None:
    assert walk(flow, history, stored=True) == walk(flow, history, stored=False)


@settings(max_examples=40, deadline=None)
@given(flows, histories)
def test_a_run_is_over_or_waits_for_something_that_will_come(flow: Flow, history: list[tuple[int, Happening]]) -> None:
    for one in walk(flow, history, stored=False):
        waiting = one.position.phase in (Phase.asking, Phase.confirming, Phase.pausing, Phase.calling)
        assert waiting == (one.position.due_at is not None)
        assert waiting or one.position.phase in (Phase.over, Phase.fresh)


@settings(max_examples=40, deadline=None)
@given(flows, histories)
def test_after_the_end_nothing_is_said_and_an_end_comes_once(flow: Flow, history: list[tuple[int, Happening]]) -> None:
    advances = walk(flow, history, stored=False)
    ends = [number for number, one in enumerate(advances) if one.position.phase is Phase.over]
    after = advances[ends[0] + 1 :] if ends else []
    assert [one.effects for one in after] == [()] * len(after)
    assert sum(isinstance(effect, HandOver) for one in advances for effect in one.effects) <= 1


@settings(max_examples=40, deadline=None)
@given(flows, histories)
def test_what_is_said_is_bounded_and_look_ups_stay_on_their_server(
    flow: Flow, history: list[tuple[int, Happening]]
) -> None:
    effects = [effect for one in walk(flow, history, stored=False) for effect in one.effects]
    assert all(len(effect.text) <= 4100 for effect in effects if isinstance(effect, Say))
    assert all(effect.url.startswith("https://a.example/") for effect in effects if isinstance(effect, CallHttp))
