"""Plays the customers while people watch: decides who writes what and when. Pure: chance and time are given."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from hub.contract.simulation import SimulatedKind, SimulatedMessage
from hub.domain.conversation import ConversationState
from hub.domain.ids import ChannelId, ConversationId, ExternalId, UserId
from hub.domain.views import ConversationRow
from hub.services.demo import to_bots, wording
from hub.services.demo.people import AGENTS, Customer, address, names
from hub.services.demo.scripts import LANGUAGES, Answer, Script, Voice, answers, scripts
from hub.services.demo.steps import Says
from hub.services.demo.telling import Ours, Teller
from hub.services.demo.to_bots import Asked

MOST_OPEN = 40
"""Open conversations beyond which the demo's agents take the oldest on, and nobody new writes."""
LATE = 0.1
DOUBLED = 0.1
CROSSED = 0.1
"""How many messages come late, twice, or in the wrong order."""
_IN_ORDER = frozenset({"email", "webchat"})
"""Here nobody writes twice within seconds, or nothing can overtake."""
REST = timedelta(minutes=10)
"""How long a conversation is left to the people who watch before an agent of the demo takes it on."""
_PATIENCE = 2
"""How often a customer answers back before they are content."""
CLOSING = {
    "en": "Thank you for your patience! I have taken care of it; you get a confirmation in a moment.",
    "ko": "기다려 주셔서 감사합니다. 처리해 드렸고, 곧 확인 메시지를 받으실 거예요.",
    "pl": "Dziękujemy za cierpliwość! Sprawa załatwiona, za chwilę przyjdzie potwierdzenie.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrives:
    """Something the provider delivers; `said.received_at` is when."""

    connector: str
    """The key of the channel among the demo's."""
    said: SimulatedMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """The customer of a conversation begins to write."""

    at: datetime
    conversation_id: ConversationId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """An agent of the demo answers a conversation and resolves it."""

    conversation_id: ConversationId
    channel_id: ChannelId
    text: str
    by: str
    """Key of the agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an agent wrote to a customer, and to whom."""

    connector: str
    conversation_id: ConversationId
    address: str
    name: str
    language: str
    message_id: ExternalId
    subject: str
    text: str
    by: str
    """The agent's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody whose conversation is over."""

    connector: str
    address: str
    name: str
    subject: str


@dataclass(slots=True, kw_only=True)
class Cast:
    """The customers who may write."""

    chance: Random
    ours: Ours
    number: int
    """Higher than every number given before: each person and message gets one of its own."""
    answered: dict[ConversationId, int] = field(default_factory=dict)
    told: dict[str, Script] = field(default_factory=dict)
    """What those who began to write came for, by their name."""
    heeded: dict[ConversationId, str] = field(default_factory=dict)
    """The newest question of a bot that was answered, by conversation."""

    def begin(self, now: datetime, known: Sequence[Known]) -> Sequence[Arrives]:
        """Let somebody new write, or one of the known write again."""
        if known and self.chance.random() < 0.25:
            return self._again(now, self.chance.choice(known))
        language = self.chance.choices(LANGUAGES, weights=(6, 2, 2))[0]
        connector = self.chance.choice(sorted(self.ours))
        script = self.chance.choice(scripts(language))
        name, local = next(names(language, self.chance))
        self.told[name] = script
        number = self._next()
        customer = Customer(number=number, name=name, email=address(local, language, number), language=language)
        teller = Teller(
            chance=self.chance,
            customer=customer,
            connector=connector_of(connector),
            us=self.ours[connector],
            script=replace(script, turns=script.turns[:1]),
            agent=AGENTS[0],
        )
        said = [step.said for step in teller.steps([now]) if isinstance(step, Says)]
        return self._delivered(connector, [replace(one, number=self._next()) for one in said])

    def answer(self, heard: Heard, now: datetime) -> Sequence[Arrives | Types]:
        """Let the customer answer an agent: perhaps a question first, thanks in the end, then they are quiet."""
        times = self.answered.get(heard.conversation_id, 0)
        saw = self._said(heard, now + timedelta(seconds=self.chance.uniform(1, 3)), "", kind=SimulatedKind.read)
        seen = Arrives(connector=heard.connector, said=saw)
        if times >= _PATIENCE:
            return [seen]
        asks = times == 0 and self.chance.random() < 0.5
        self.answered[heard.conversation_id] = times + 1 if asks else _PATIENCE
        text = self.chance.choice(answers(heard.language, Answer.more if asks else Answer.thanks))
        at = now + timedelta(seconds=self.chance.uniform(6, 20))
        typing = Types(at=at - timedelta(seconds=3.5), conversation_id=heard.conversation_id, name=heard.name)
        return [seen, typing, *self._delivered(heard.connector, [self._said(heard, at, text)])]

    def answer_bot(self, heard: Heard, question: Asked, now: datetime) -> Sequence[Arrives | Types]:
        """Let the customer answer what a bot asks, once, however many messages it asks it in."""
        if self.heeded.get(heard.conversation_id) == question.of:
            return []
        self.heeded[heard.conversation_id] = question.of
        script = self.told.get(heard.name) or self.chance.choice(scripts(heard.language))
        topic = wording.fill(script.subject, wording.slots(heard.language, self.chance))
        name = heard.name if any(letter.isalpha() for letter in heard.name) else _some_name(heard.language, self.chance)
        text = to_bots.answer(question, name=name, topic=topic, language=heard.language, chance=self.chance)
        at = now + timedelta(seconds=self.chance.uniform(4, 12))
        typing = Types(at=at - timedelta(seconds=2.5), conversation_id=heard.conversation_id, name=heard.name)
        return [typing, Arrives(connector=heard.connector, said=self._said(heard, at, text))]

    def tidy(
        self, rows: Sequence[ConversationRow], agents: Collection[UserId], now: datetime, *, too_many: int
    ) -> Sequence[Closes]:
        """Let the demo's agents close the longest waiting of the `rows`, at most `too_many`.

        What anybody else took on, what failed, and what only just came is left alone.
        """
        free = [
            row
            for row in rows
            if (row.assignee_id is None or row.assignee_id in agents)
            and row.state is ConversationState.open
            and not row.failed
            and now - row.last_at > REST
        ]
        free.sort(key=lambda row: row.waiting_since or row.last_at)
        return [self._closing(row) for row in free[: max(0, too_many)]]

    def _closing(self, row: ConversationRow) -> Closes:
        language = language_of(row.contact_name)
        script = self.told.pop(row.contact_name, None)
        reply = next((turn.text for turn in script.turns if turn.voice is Voice.team), "") if script else ""
        by = self.chance.choice([agent for agent in AGENTS if language in agent.languages])
        values = {**wording.slots(language, self.chance), "first": row.contact_name.split()[0]}
        text = wording.fill(reply or CLOSING[language], values)
        return Closes(conversation_id=row.id, channel_id=row.channel_id, text=text, by=by.key)

    def _again(self, now: datetime, known: Known) -> Sequence[Arrives]:
        language = language_of(known.name)
        text = self.chance.choice(answers(language, Answer.again))
        said = SimulatedMessage(
            person=self._next(),
            address=known.address,
            name=known.name,
            email=known.address,
            language=language,
            us=self.ours[known.connector],
            number=self._next(),
            at=now,
            received_at=now,
            subject=known.subject,
            text=wording.fill(text, wording.slots(language, self.chance)),
        )
        return self._delivered(known.connector, [said])

    def _said(
        self, heard: Heard, at: datetime, text: str, *, kind: SimulatedKind = SimulatedKind.message
    ) -> SimulatedMessage:
        return SimulatedMessage(
            kind=kind,
            person=self._next(),
            address=heard.address,
            name=heard.name,
            email=heard.address,
            language=heard.language,
            us=self.ours[heard.connector],
            number=self._next(),
            at=at,
            received_at=at,
            subject=f"Re: {heard.subject.removeprefix('Re: ')}",
            text=text,
            about=heard.message_id,
            quoted=heard.text,
            quoted_by=heard.by,
        )

    def _delivered(self, connector: str, said: Sequence[SimulatedMessage]) -> Sequence[Arrives]:
        """Deliver messages as networks do: some late, some twice, some in the wrong order."""
        first, *_ = said
        found = list(said)
        if connector_of(connector) not in _IN_ORDER and len(found) == 1 and self.chance.random() < CROSSED:
            afterthought = self.chance.choice(answers(first.language, Answer.after))
            text = wording.fill(afterthought, wording.slots(first.language, self.chance))
            later = first.at + timedelta(seconds=4)
            crossed = replace(
                first, number=self._next(), at=later, received_at=later, text=text, files=(), place=None, about=None
            )
            found = [replace(first, received_at=later + timedelta(seconds=3)), crossed]
        elif self.chance.random() < LATE:
            late = timedelta(seconds=self.chance.uniform(30, 150))
            found = [replace(one, at=one.at - late) for one in found]
        if self.chance.random() < DOUBLED:
            found.append(replace(found[0], received_at=found[0].received_at + timedelta(seconds=2)))
        return [Arrives(connector=connector, said=one) for one in found]

    def _next(self) -> int:
        self.number += 1
        return self.number


def _some_name(language: str, chance: Random) -> str:
    """Return a name for somebody of whom only a number is known."""
    return next(names(language, chance))[0]


def connector_of(key: str) -> str:
    """Return the connector of one of the demo's channels: further ones have a word behind it."""
    return key.partition("/")[0]


def language_of(name: str) -> str:
    """Guess the language somebody writes in from how their name is written."""
    if any("가" <= letter <= "힣" for letter in name):
        return "ko"
    return "pl" if any(letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ" for letter in name) else "en"
