"""The ready flows have no problem at all, and do what they are for in three languages."""

import pytest

from hub.domain.botflow.checking import check
from hub.domain.botflow.effects import AddTag, AskKnowledge, HandOver, SetField
from hub.domain.botflow.flow import Flow
from hub.domain.botflow.happenings import Answered
from hub.domain.botflow.problems import On
from hub.domain.botflow.reading import read_flow
from hub.domain.channel import Capabilities
from hub.services.bots import demo
from hub.services.bots.rendering import fault_of, render
from hub.services.bots.starters import KEYS, starter
from tests.domain.botflow.flows import Talk, tools
from tests.services.bots.bothub import BotHub

SMS = On(name="SMS", capabilities=Capabilities(text_limit=1600, segments=True))


def flow(key: str) -> Flow:
    return read_flow(starter(key))


def talk(key: str, **more: object) -> Talk:
    return Talk(flow(key), tools(render=render, context={"channel": {"name": "Shop"}}, **more))


@pytest.mark.parametrize("key", KEYS)
def test_a_ready_flow_has_no_problem(key: str) -> None:
    assert check(flow(key), channels=[SMS], templates=fault_of) == ()


async def test_the_demo_publishes_them_and_takes_them_away_again(bots: BotHub) -> None:
    hub = bots.place.hub
    async with hub.storage.begin() as uow:
        await demo.make(uow, {"telegram": hub.channel.id, "webchat": hub.channel.id}, now=hub.clock.now())
    async with hub.storage.begin() as uow:
        assert [(flow.name, flow.published) for flow in await uow.bots.flows()] == [
            ("Greet and qualify", 1),
            ("Out of hours: callback", 1),
            ("Questions and answers", 1),
        ]
        await uow.demo.remove(())
        assert (await uow.bots.flows(), await uow.bots.rules()) == ([], [])


def test_greeting_and_qualifying_in_korean() -> None:
    customer = talk("greet_and_qualify")
    assert customer.says("안녕하세요")[0].startswith("안녕하세요! Shop의 상담 도우미")
    customer.says("저는 김민준입니다")
    customer.says("환불")
    assert customer.says("텐트가 찢어졌어요") == ["감사합니다, 김민준님! 담당자가 곧 이 대화에서 답변드릴게요."]
    assert customer.of(AddTag) == [AddTag(tag="교환·환불")]
    assert SetField(name="name", value="김민준") in customer.of(SetField)


def test_a_callback_is_asked_for_out_of_hours_in_polish() -> None:
    customer = talk("out_of_hours", opened=lambda _calendar: False)
    customer.says("Dzień dobry, proszę o pomoc")
    customer.says("1")
    customer.says("+48601234567")
    customer.says("rano")
    assert customer.says("Chodzi o fakturę za namiot") == ["Dziękujemy. Oddzwonimy, gdy tylko wrócimy."]
    assert customer.of(AddTag) == [AddTag(tag="callback"), AddTag(tag="out of hours")]
    assert customer.of(HandOver)


def test_who_answers_in_the_morning_hears_that_we_are_here() -> None:
    hours = iter([False, True])
    customer = talk("out_of_hours", opened=lambda _calendar: next(hours))
    customer.says("Hello, can you help me?")
    customer.says("2")
    assert customer.says("It is about my tent") == [
        "Thank you. We are here by now: a colleague will answer here shortly."
    ]


def test_in_hours_a_colleague_answers() -> None:
    assert talk("out_of_hours").says("Hi") == ["Hello! A colleague will answer you in a moment."]


def test_questions_are_answered_asked_again_and_handed_over() -> None:
    customer = talk("faq")
    customer.says("Hello")
    assert "What would you like to know" in customer.happens(Answered(ask=1, found=False))[0]
    customer.says("When are you open?")
    assert customer.of(AskKnowledge)[-1].text == "When are you open?"
    customer.happens(Answered(ask=2, found=True, text="From nine to five.", article_id="a"))
    assert customer.says("no")[0].startswith("I am sorry")
    customer.says("talk to a colleague")
    assert customer.of(HandOver)
