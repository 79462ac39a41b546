"""Turns one script into a talk: who speaks when, in the words and with the files of the channel. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hub.contract.simulation import SimulatedFile, SimulatedKind, SimulatedMessage
from hub.domain.conversation import ConversationState
from hub.services.demo import pictures, wording
from hub.services.demo.people import AGENTS, SHOP, TEAM_OF_TAG, Agent, Customer
from hub.services.demo.scripts import Script, Turn, Voice
from hub.services.demo.steps import About, Changes, Notes, Replies, Says, Step, Talk

OPENS, CLOSES = 7, 17
"""Hours of the day (UTC) between which the team answers."""
_PACE: Mapping[str, tuple[float, float]] = {"email": (25, 240), "telegram": (4, 45), "webchat": (1, 6)}
"""Minutes the team takes for an answer, from and to; a slow day triples them. Other channels: as mail."""
_THEIR_PACE: Mapping[str, tuple[float, float]] = {"email": (20, 900), "telegram": (2, 60), "webchat": (1, 4)}

Ours = Mapping[str, str]
"""Our address on the channel of each connector."""


@dataclass(slots=True)
class Teller:
    """Tells one customer's talk on one channel; `chance` decides everything that is left open."""

    chance: Random
    customer: Customer
    connector: str
    us: str
    script: Script
    agent: Agent
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = {**wording.slots(self.script.language, self.chance), "first": self.customer.first}
        self.values = values

    @property
    def subject(self) -> str:
        """The mail's subject, slots filled."""
        return wording.fill(self.script.subject, self.values)

    def times_from(self, start: datetime) -> list[datetime]:
        """Return when each turn is said if the first is said at `start`; the team keeps its hours."""
        times = [start]
        for turn in self.script.turns[1:]:
            slow = 3 if self.chance.random() < 0.15 else 1
            pace = _THEIR_PACE if turn.voice is Voice.customer else _PACE
            low, high = pace.get(self.connector, pace["email"])
            at = times[-1] + timedelta(minutes=self.chance.uniform(low, high * slow))
            if turn.voice is Voice.note:
                at = times[-1] + timedelta(minutes=self.chance.uniform(1, 5))
            times.append(at if turn.voice is Voice.customer else working(at, self.chance))
        return times

    def times_to(self, end: datetime) -> list[datetime]:
        """Return when each turn is said if the last is said at `end`."""
        times = [end]
        for before, turn in reversed(list(pairwise(self.script.turns))):
            pace = _THEIR_PACE if turn.voice is Voice.customer else _PACE
            low, high = pace.get(self.connector, pace["email"])
            if turn.voice in (Voice.note, before.voice):
                low, high = 0.4, 3
            times.insert(0, times[0] - timedelta(minutes=self.chance.uniform(low, high / 2)))
        return times

    def steps(self, times: list[datetime]) -> list[Step]:
        """Return what is said at these times, one for each turn."""
        steps: list[Step] = []
        before: Turn | None = None
        for turn, at in zip(self.script.turns, times, strict=True):
            match turn.voice:
                case Voice.customer:
                    steps += self._says(turn, at, before)
                case Voice.team:
                    steps.append(self._replies(turn, at))
                case Voice.note:
                    steps.append(Notes(at=at, by=self.agent.key, text=wording.fill(turn.text, self.values)))
            before = turn
        return steps

    def taken(self, at: datetime, **more: object) -> Changes:
        """Return that the agent takes the conversation up."""
        team = TEAM_OF_TAG.get(self.script.tag, AGENTS[0].team)
        return Changes(at=at, by=self.agent.key, assignee=self.agent.key, team=team, tags=(self.script.tag,), **more)  # type: ignore[arg-type]  # fields of Changes by name

    def talk(self, steps: list[Step]) -> Talk:
        """Return the talk of these steps."""
        ordered = tuple(sorted(steps, key=lambda step: step.at))
        return Talk(customer=self.customer, connector=self.connector, steps=ordered)

    def message(self, at: datetime, text: str, **more: object) -> SimulatedMessage:
        """Return something this customer says on this channel."""
        base = {
            "person": self.customer.number,
            "name": self.customer.name,
            "email": self.customer.email,
            "language": self.customer.language,
            "us": self.us,
            "number": 0,  # given when everything that was said is known
            "at": at,
            "received_at": at + timedelta(seconds=self.chance.uniform(0.2, 3)),
            "text": text,
        }
        return SimulatedMessage(**{**base, **more})  # type: ignore[arg-type]  # fields of SimulatedMessage by name

    def _says(self, turn: Turn, at: datetime, before: Turn | None) -> list[Step]:
        text = wording.fill(turn.text, self.values)
        kind, what = turn.extra or ("", "")
        if kind == "place":
            latitude, longitude = what.split(",")
            return [Says(at=at, said=self.message(at, "", place=(float(latitude), float(longitude))))]
        files = self._files(turn)
        if self.connector == "email":
            return [self._mails(text, at, before, files)]
        if len(files) > 1 or (files and self.connector == "telegram"):
            return self._album(text, at, files)
        more: dict[str, object] = {"files": files}
        if self.connector == "webchat" and before is None:
            more |= {"page": f"https://{self.us}/", "subject": SHOP, "form": self._form()}
        return [self._says_or_late(Says(at=at, said=self.message(at, text, **more)))]

    def _mails(self, text: str, at: datetime, before: Turn | None, files: tuple[SimulatedFile, ...]) -> Step:
        first = before is None
        words = wording.letter(text, self.customer, self.chance) if first else wording.short_letter(text, self.customer)
        quoted = (
            wording.our_letter(wording.fill(before.text, self.values), self.customer, self.agent.name) if before else ""
        )
        club = "Club" in self.customer.name
        html = wording.as_html(words, picture=wording.SIGNATURE_PICTURE if club else "")
        said = self.message(
            at,
            words,
            subject=self.subject if first else f"Re: {self.subject}",
            html=html if club or self.chance.random() < 0.5 else "",
            quoted=quoted,
            quoted_by=f"{self.agent.name} ({SHOP})" if quoted else "",
            files=files,
        )
        return self._says_or_late(Says(at=at, said=said, about=About.nothing if first else About.last))

    def _album(self, text: str, at: datetime, files: tuple[SimulatedFile, ...]) -> list[Step]:
        """One message for each file, as messengers do; the words stand under the first."""
        album = f"{self.customer.number}{int(at.timestamp())}" if len(files) > 1 else ""
        return [
            Says(
                at=at + timedelta(milliseconds=position),
                said=self.message(at, "" if position else text, files=(file,), album=album),
            )
            for position, file in enumerate(files)
        ]

    def _says_or_late(self, step: Says) -> Says:
        """Let a provider be late now and then, or say things twice."""
        said, twice = step.said, self.chance.random() < 0.04
        if self.connector != "webchat" and self.chance.random() < 0.03:
            late = timedelta(minutes=self.chance.uniform(1, 9))
            said = self.message(step.at, said.text, **{**_given(said), "received_at": step.at + late})
        return Says(at=step.at, said=said, about=step.about, twice=twice)

    def _form(self) -> Mapping[str, str]:
        form = {"name": self.customer.name}
        return form | ({"email": self.customer.email} if self.chance.random() < 0.4 else {})

    def _replies(self, turn: Turn, at: datetime) -> Replies:
        text = wording.fill(turn.text, self.values)
        if self.connector == "email":
            text = wording.our_letter(text, self.customer, self.agent.name)
        return Replies(at=at, by=self.agent.key, text=text, files=self._files(turn))

    def _files(self, turn: Turn) -> tuple[SimulatedFile, ...]:
        kind, what = turn.extra or ("", "")
        draw: Callable[[str], SimulatedFile] = pictures.paper if kind == "pdf" else pictures.picture
        return tuple(draw(name) for name in what.split(",")) if kind in ("pdf", "photo", "album") else ()


def _given(said: SimulatedMessage) -> dict[str, object]:
    names = ("subject", "html", "quoted", "quoted_by", "files", "page", "form")
    return {name: getattr(said, name) for name in names}


def working(at: datetime, chance: Random) -> datetime:
    """Return `at`, or the next morning on which somebody is there: Monday to Saturday."""
    if at.hour >= CLOSES:
        at = (at + timedelta(days=1)).replace(hour=OPENS, minute=0) + timedelta(minutes=chance.uniform(5, 80))
    elif at.hour < OPENS:
        at = at.replace(hour=OPENS, minute=0) + timedelta(minutes=chance.uniform(5, 80))
    if at.weekday() == 6:
        at += timedelta(days=1)
    return at


def resolves(at: datetime, by: str) -> Changes:
    """Return that an agent resolves the conversation."""
    return Changes(at=at, by=by, state=ConversationState.resolved)


def reads(teller: Teller, at: datetime) -> Says:
    """Return that the customer saw what we wrote."""
    return Says(at=at, said=teller.message(at, "", kind=SimulatedKind.read), about=About.ours)
