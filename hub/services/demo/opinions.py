"""Plans what customers of the last two weeks think of how they were helped: whom the shop asks, who answers. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hub.contract.simulation import SimulatedKind, SimulatedMessage
from hub.domain.conversation import ConversationState
from hub.domain.survey.survey import Scale
from hub.domain.survey.wording import labels
from hub.services.demo.steps import About, Asks, Changes, Fate, Replies, Says, Step, Talk

SINCE = timedelta(days=14)
"""For so long the shop has asked."""
DELAY = timedelta(minutes=5)
ANSWERS = 0.55
"""How many of those who are asked answer."""
IN_WORDS = 0.45
"""How many of those say why; who was not satisfied always does."""
_AT_ONCE = timedelta(seconds=3)
_QUIET = timedelta(hours=12)
"""For so long after the question its customer must begin nothing else: the answer belongs to what was asked about."""
_SCORES = {5: 0.56, 4: 0.24, 3: 0.1, 2: 0.06, 1: 0.04}
_WORDS: Mapping[str, Mapping[int, Sequence[str]]] = {
    "en": {
        5: ("Fast and friendly, thank you!", "Solved within an hour. I will order again.", "A person who reads. Rare!"),
        4: ("All good, only the first answer took a while.", "Helpful, thank you."),
        3: ("It was solved in the end, but I had to ask twice.",),
        2: ("I waited a whole day for the first answer.",),
        1: ("Nobody told me that the parcel would be late. I found out by myself.",),
    },
    "ko": {
        5: ("빠르고 친절하게 답해 주셔서 감사합니다!", "바로 해결됐어요. 다음에도 이용할게요."),
        4: ("친절했어요. 답장이 조금만 더 빨랐으면 좋겠어요.",),
        3: ("해결은 됐지만 두 번 문의해야 했어요.",),
        2: ("첫 답장까지 하루나 걸렸어요.",),
        1: ("배송이 늦어진다는 안내를 받지 못했어요.",),
    },
    "pl": {
        5: ("Szybko i miło, dziękuję!", "Załatwione od ręki, na pewno jeszcze zamówię."),
        4: ("Wszystko dobrze, tylko na pierwszą odpowiedź trochę czekałam.", "Pomocna obsługa, dziękuję."),
        3: ("W końcu się udało, ale trzeba było pytać dwa razy.",),
        2: ("Na pierwszą odpowiedź czekałem cały dzień.",),
        1: ("Nikt nie uprzedził, że paczka się spóźni.",),
    },
}


def opinions(talks: Sequence[Talk], now: datetime, chance: Random) -> Iterator[tuple[Talk, Talk]]:
    """Yield the talks whose customers are asked, each with the talk as it goes on: once per customer, newest first."""
    asked: set[int] = set()
    begins = [(talk.customer.number, talk.steps[0].at) for talk in talks]
    for talk in sorted(talks, key=lambda one: one.steps[-1].at, reverse=True):
        done, who = talk.steps[-1], talk.customer.number
        if not isinstance(done, Changes) or done.state is not ConversationState.resolved:
            continue
        if who in asked or not _reached(talk):
            continue
        if not now - SINCE < done.at < now - _QUIET:
            continue
        if any(number == who and done.at < at < done.at + 2 * _QUIET for number, at in begins):
            continue
        asked.add(who)
        more = _asked(talk, done.at + DELAY, chance)
        yield talk, replace(talk, steps=(*talk.steps, *more))


def _reached(talk: Talk) -> bool:
    """Tell whether one person wrote, and an answer came to them."""
    alone = not any(isinstance(step, Says) and step.said.group for step in talk.steps)
    return alone and any(isinstance(step, Replies) and step.fate is Fate.sent for step in talk.steps)


def _asked(talk: Talk, at: datetime, chance: Random) -> Sequence[Step]:
    steps: list[Step] = [Asks(at=at, language=talk.customer.language)]
    if chance.random() >= ANSWERS:
        return steps
    score = chance.choices(list(_SCORES), list(_SCORES.values()))[0]
    words = ""
    if score < 3 or chance.random() < IN_WORDS:
        words = chance.choice(_WORDS[talk.customer.language][score])
    if talk.connector == "email":
        at += timedelta(minutes=chance.uniform(8, 600))
        return [*steps, *_says(talk, at, f"{score}\n\n{words}".strip())]
    at += timedelta(minutes=chance.uniform(0.3, 90))
    steps += _says(talk, at, labels(Scale.five, talk.customer.language)[score - 1])
    if words:
        steps += _says(talk, at + timedelta(seconds=chance.uniform(20, 200)), words)
    return steps


def _says(talk: Talk, at: datetime, text: str) -> Sequence[Step]:
    """Return what the customer says, and that the shop says what it owes to it."""
    about = About.ours if talk.connector == "email" else About.nothing
    return (
        Says(at=at, said=_message(talk, at, text), about=about),
        Asks(at=at + _AT_ONCE, language=talk.customer.language),
    )


def _message(talk: Talk, at: datetime, text: str) -> SimulatedMessage:
    first = next(step.said for step in talk.steps if isinstance(step, Says))
    return replace(
        first,
        number=0,
        kind=SimulatedKind.message,
        at=at,
        received_at=at + timedelta(seconds=1),
        text=text,
        subject=f"Re: {first.subject}" if talk.connector == "email" else first.subject,
        html="",
        files=(),
        place=None,
        about=None,
        album="",
        form={},
        page="",
    )
