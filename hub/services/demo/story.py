"""Plans the shop's last month: who wrote what on which channel, who answered when. Pure, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from hub.contract.simulation import SimulatedKind
from hub.domain.conversation import ConversationState, Priority
from hub.services.demo import wording
from hub.services.demo.opinions import opinions
from hub.services.demo.people import AGENTS, Agent, Customer, address, local_part, names
from hub.services.demo.scripts import LANGUAGES, OpenScript, Script, Turn, Voice, open_scripts, scripts
from hub.services.demo.steps import About, Changes, Fate, Replies, SamePerson, Says, Step, Story, Talk
from hub.services.demo.telling import Ours, Teller, reads, resolves

DAYS = 30
PAST = 214
"""Talks that are over when the demo begins."""
SEED = 2207
_LANGUAGES = {"en": 0.56, "pl": 0.22, "ko": 0.22}
_CHANNELS = {"email": 0.42, "telegram": 0.3, "webchat": 0.28}
RETURNS = 0.36
"""How many talks are with somebody who wrote before."""


def tell(now: datetime, ours: Ours, *, seed: int = SEED, past: int = PAST) -> Story:
    """Return the month before `now`. `ours` gives our address on the channel of each connector that is played."""
    return _Author(Random(seed), now, ours, seed).story(past)  # noqa: S311 - it plays


@dataclass(slots=True)
class _Author:
    chance: Random
    now: datetime
    ours: Ours
    seed: int
    """What people think is drawn apart, so that it changes nothing of what they say before."""
    talks: list[Talk] = field(default_factory=list)
    same: list[SamePerson] = field(default_factory=list)
    _people: dict[str, list[tuple[Customer, dict[str, Talk]]]] = field(default_factory=dict)
    """Known customers by language, each with the first talk on every channel they used."""
    _names: dict[str, Iterator[tuple[str, str]]] = field(default_factory=dict)
    _number: int = 0

    def story(self, past: int) -> Story:
        self._names = {language: names(language, self.chance) for language in LANGUAGES}
        decks = {language: self._deck(language) for language in LANGUAGES}
        for script in open_scripts():
            if script.connector in self.ours:
                self._open(script)
        self._odd_ones()
        for _ in range(past):
            language = self._choice(_LANGUAGES)
            self._past(next(decks[language]))
        for talk, after in list(opinions(self.talks, self.now, Random(self.seed))):  # noqa: S311 - it plays
            self._goes_on(talk, after)
            self.talks[self.talks.index(talk)] = after
        return Story(talks=tuple(self._numbered()), same=tuple(self.same))

    # --- talks that are over

    def _past(self, script: Script) -> None:
        customer, connector, earlier = self._somebody(script.language)
        teller = self._teller(script, customer, connector)
        times, done = self._when(teller)
        steps = teller.steps(times)
        answers = [step for step in steps if isinstance(step, Replies)]
        steps.append(teller.taken(answers[0].at - timedelta(seconds=self.chance.uniform(20, 90))))
        steps += self._seen(teller, answers, done)
        steps += self._second_thoughts(teller, steps)
        talk = teller.talk([*steps, resolves(done, teller.agent.key)])
        self.talks.append(talk)
        if earlier and connector not in earlier:
            self._recognise(next(iter(earlier.values())), talk)
        earlier.setdefault(connector, talk)

    def _when(self, teller: Teller) -> tuple[list[datetime], datetime]:
        """Find a time in the month for a talk that is over by now."""
        latest = self.now - timedelta(hours=3)
        while True:
            days = self.chance.uniform(0.4, DAYS)
            start = (self.now - timedelta(days=days)).replace(hour=min(21, max(6, int(self.chance.gauss(12.5, 3)))))
            if start.weekday() >= 5 and self.chance.random() < 0.6:
                continue
            times = teller.times_from(start.replace(minute=self.chance.randrange(60), second=self.chance.randrange(60)))
            done = times[-1] + timedelta(minutes=self.chance.uniform(2, 40))
            if done < latest:
                return times, done

    def _seen(self, teller: Teller, answers: list[Replies], done: datetime) -> list[Step]:
        """Browsers tell what their visitors saw; on other channels nobody does."""
        if teller.connector != "webchat":
            return []
        moments = [answer.at + timedelta(seconds=self.chance.uniform(4, 50)) for answer in answers]
        return [reads(teller, at) for at in moments if at < done]

    def _second_thoughts(self, teller: Teller, steps: list[Step]) -> list[Step]:
        """Now and then somebody mends a message, or answers with a sign."""
        if teller.connector != "telegram":
            return []
        first = steps[0]
        last = max((step for step in steps if isinstance(step, Replies)), key=lambda step: step.at)
        found: list[Step] = []
        if isinstance(first, Says) and first.said.text and not first.said.files and self.chance.random() < 0.15:
            at = first.at + timedelta(seconds=40)
            thanks = {"en": "Thanks in advance!", "ko": "미리 감사드려요!", "pl": "Z góry dziękuję!"}
            text = f"{first.said.text} {thanks[teller.customer.language]}"
            said = teller.message(at, text, kind=SimulatedKind.edit)
            found.append(Says(at=at, said=said, about=About.own))
        if self.chance.random() < 0.3:
            at = last.at + timedelta(seconds=self.chance.uniform(20, 50))
            sign = self.chance.choice(("👍", "❤", "🙏", "🔥"))
            said = teller.message(at, sign, kind=SimulatedKind.reaction)
            found.append(Says(at=at, said=said, about=About.ours))
        return found

    def _recognise(self, one: Talk, other: Talk) -> None:
        """Say that it is the same person on another channel; some are left for the newcomer to find."""
        if self.chance.random() < 0.7:
            reason = "Confirmed the order number on both channels"
            self.same.append(SamePerson(one=one, other=other, by=self.chance.choice(AGENTS).key, reason=reason))

    # --- talks that stand open

    def _open(self, open_: OpenScript) -> None:
        script = open_.script
        customer = self._new(script.language, open_.name, local_part(open_.name))
        teller = self._teller(script, customer, open_.connector)
        times = teller.times_to(self.now - open_.age)
        steps = teller.steps(times)
        answers = [step for step in steps if not isinstance(step, Says)]
        since = times[0] + timedelta(seconds=self.chance.uniform(20, 50))
        if answers:
            steps.append(teller.taken(answers[0].at - timedelta(seconds=30)))
        elif self.chance.random() < 0.35:
            steps.append(teller.taken(since))
        priority = {"high": Priority.high, "urgent": Priority.urgent}.get(open_.state)
        if priority:
            steps.append(Changes(at=since, by="sofia", priority=priority, tags=(script.tag,)))
        last = times[-1] + timedelta(seconds=30)
        if open_.state == "pending":
            steps.append(Changes(at=last, by=teller.agent.key, state=ConversationState.pending))
        if open_.state == "snoozed":
            snoozed = timedelta(hours=self.chance.randrange(20, 90))
            until = ConversationState.snoozed
            steps.append(Changes(at=last, by=teller.agent.key, state=until, snoozed_for=snoozed))
        self.talks.append(teller.talk(steps))

    # --- what every support team meets

    def _odd_ones(self) -> None:
        if "email" in self.ours:
            self._replied("Ingrid Solberg", "delivery", timedelta(hours=5), bounce=True)
            self._replied("Robert Ashdown", "invoice", timedelta(days=2), auto_reply=True)
            self._replied("Claire Beaumont", "returns", timedelta(hours=3), fate=Fate.unknown)
        if "telegram" in self.ours:
            self._replied("Viktor Hale", "product", timedelta(hours=8), connector="telegram", fate=Fate.failed)
            self._group()

    def _replied(
        self,
        name: str,
        tag: str,
        age: timedelta,
        *,
        connector: str = "email",
        fate: Fate = Fate.sent,
        bounce: bool = False,
        auto_reply: bool = False,
    ) -> None:
        """A question and one answer, with which something is the matter."""
        script = next(script for script in scripts("en") if script.tag == tag)
        teller = self._teller(
            replace(script, turns=script.turns[:2]), self._new("en", name, local_part(name)), connector
        )
        times = teller.times_to(self.now - age)
        steps: list[Step] = [
            replace(step, fate=fate) if isinstance(step, Replies) else step for step in teller.steps(times)
        ]
        after = times[-1] + timedelta(seconds=self.chance.uniform(20, 60))
        if bounce:
            words = "550 5.1.1 The mailbox is not in use any more"
            said = teller.message(after, words, kind=SimulatedKind.bounce, subject=teller.subject)
            steps.append(Says(at=after, said=said, about=About.ours))
        if auto_reply:
            subject, words = wording.OUT_OF_OFFICE["en"]
            said = teller.message(
                after, words, kind=SimulatedKind.auto_reply, subject=subject.format(subject=teller.subject)
            )
            steps.append(Says(at=after, said=said, about=About.last))
        steps.append(teller.taken(times[-1] - timedelta(seconds=40)))
        self.talks.append(teller.talk(steps))

    def _group(self) -> None:
        """A group chat of a hiking club: three people, one conversation."""
        lines = (
            (0, "Hi Halden team 👋 we are planning a hut tour for twelve people and need tents. Can we rent?"),
            (1, "Six two-person tents would be ideal, from the 12th to the 15th"),
            (2, "And maybe two stoves, if you have them to rent as well?"),
        )
        members = [self._new("en", name, local_part(name)) for name in ("Ruth Adler", "Tobias Lang", "Mei-Lin Chen")]
        turns = (Turn(voice=Voice.customer, text=lines[0][1]),)
        script = Script(language="en", tag="business", subject="", turns=turns)
        start = self.now - timedelta(hours=2, minutes=20)
        steps: list[Step] = []
        for position, (who, text) in enumerate(lines):
            teller = self._teller(script, members[who], "telegram")
            at = start + timedelta(minutes=2.5 * position)
            steps.append(Says(at=at, said=teller.message(at, text, group="Hut tour 2207")))
        self.talks.append(self._teller(script, members[0], "telegram").talk(steps))

    # --- people

    def _somebody(self, language: str) -> tuple[Customer, str, dict[str, Talk]]:
        """Return a customer and a channel, and on which channels they wrote before."""
        known = self._people.setdefault(language, [])
        connector = self._choice({key: share for key, share in _CHANNELS.items() if key in self.ours})
        if known and self.chance.random() < RETURNS:
            customer, earlier = self.chance.choice(known)
            # A messenger goes on in the old thread; a second talk there would have to wait for the first.
            if connector == "email" or connector not in earlier:
                return customer, connector, earlier
        found = next(self._names[language], None)
        if found is None:
            customer, earlier = self.chance.choice(known)
            return customer, "email", earlier
        customer, earlier = self._new(language, *found), {}
        known.append((customer, earlier))
        return customer, connector, earlier

    def _new(self, language: str, name: str, local: str) -> Customer:
        self._number += 1
        email = address(local or f"customer{self._number}", language, self._number)
        return Customer(number=self._number, name=name, email=email, language=language)

    def _teller(self, script: Script, customer: Customer, connector: str) -> Teller:
        return Teller(
            chance=self.chance,
            customer=customer,
            connector=connector,
            us=self.ours[connector],
            script=script,
            agent=self._agent(script.language),
        )

    def _agent(self, language: str) -> Agent:
        return self.chance.choice([agent for agent in AGENTS if language in agent.languages])

    # --- small things

    def _deck(self, language: str) -> Iterator[Script]:
        """Yield a language's scripts in turn, shuffled anew each time, so that none comes twice in a row."""
        while True:
            deck = list(scripts(language))
            self.chance.shuffle(deck)
            yield from deck

    def _choice(self, shares: dict[str, float]) -> str:
        return self.chance.choices(list(shares), weights=list(shares.values()))[0]

    def _goes_on(self, talk: Talk, after: Talk) -> None:
        """Have what names a talk name it as it is now."""
        for index, pair in enumerate(self.same):
            self.same[index] = replace(
                pair,
                one=after if pair.one is talk else pair.one,
                other=after if pair.other is talk else pair.other,
            )

    def _numbered(self) -> Iterator[Talk]:
        """Give messages their numbers, rising with time."""
        said = sorted((step.at, t, s) for t, talk in enumerate(self.talks) for s, step in enumerate(talk.steps))
        place = {(t, s): number for number, (_, t, s) in enumerate(said, 1)}
        for t, talk in enumerate(self.talks):
            steps = tuple(
                replace(step, said=replace(step.said, number=place[t, s])) if isinstance(step, Says) else step
                for s, step in enumerate(talk.steps)
            )
            numbered = replace(talk, steps=steps)
            self._goes_on(talk, numbered)
            yield numbered
