"""Plans a month of calls on the shop's phone line: who called when, who picked up, who was missed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hub.services.demo import sounds

DAYS = 30
RECORDED = 8
"""How many of the ordinary calls have a recording."""
_AGENTS = ("jonas", "minji", "mateusz")
_NAMES = (
    "Gerald Whitcombe|Anneke de Vries|Florence Okonkwo|Tadeusz Borowiec|박서연|Marguerite Delacroix-Hollingsworth|"
    "Desmond Achterberg|Hyacinth Moreland|Ludmiła Ostrowska|정민호|Bertrand Vasseur|Imogen Castellanos|Ottilie Brandt|"
    "Callum Rutherford|Zofia Wierzbicka|Percival Nakamura"
)
NAMES = tuple(_NAMES.split("|"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCall:
    """One call of the month."""

    caller: int
    """Number of the caller, from 0; below 0 they withhold it."""
    agent: str = ""
    """Key of the agent who picked up, or whose phone rang; empty if it rang nobody's."""
    began_at: datetime
    ending: str
    inbound: bool = True
    waited: timedelta
    """Until somebody picked up, or until the caller was gone."""
    talked: timedelta = timedelta()
    """Zero if nobody picked up."""
    recording: str = ""
    """Name of its sound."""
    sound_seconds: int = 0
    review: str = ""
    """Which review of the demo is about it."""

    @property
    def ended_at(self) -> datetime:
        """When it was over."""
        return self.began_at + self.waited + self.talked


def number_of(caller: int) -> str:
    """Return a caller's number: Ofcom keeps these for drama (https://www.ofcom.org.uk/phones-and-broadband)."""
    return f"+447700900{caller:03d}" if caller >= 0 else ""


def name_of(caller: int) -> str:
    """Return who calls from there; empty for whom the shop does not know."""
    return NAMES[caller] if 0 <= caller < len(NAMES) else ""


def month(now: datetime, *, ordinary: int, seed: int) -> Sequence[PhoneCall]:
    """Return the month's calls in order of time: some that are always there, and this many ordinary ones."""
    chance = Random(seed)  # noqa: S311 - it plays
    found = [*_told(now)]
    for number in range(ordinary):
        found += _ordinary(chance, now, number)
    return sorted(found, key=lambda call: call.began_at)


def _told(now: datetime) -> Sequence[PhoneCall]:
    """Return what a newcomer looks for: who is owed a call, what is reviewed, and one that took long."""

    def ago(**span: float) -> datetime:
        return now - timedelta(**span)

    def wait(seconds: float) -> timedelta:
        return timedelta(seconds=seconds)

    jonas, minji = "jonas", "minji"
    return (
        PhoneCall(caller=0, agent=jonas, began_at=ago(minutes=36), ending="no_answer", waited=wait(31)),
        PhoneCall(caller=1, began_at=ago(minutes=52), ending="cancelled", waited=wait(74)),
        _voicemail(2, minji, ago(hours=2), waited=52, seconds=17),
        _voicemail(70, "", ago(hours=5), waited=44, seconds=12),
        # Called back, and not reached yet.
        PhoneCall(caller=3, agent=jonas, began_at=ago(hours=22), ending="no_answer", waited=wait(28)),
        PhoneCall(caller=3, agent=jonas, began_at=ago(hours=21), ending="no_answer", inbound=False, waited=wait(26)),
        # Called back, and helped.
        PhoneCall(caller=4, agent=minji, began_at=ago(hours=25), ending="no_answer", waited=wait(33)),
        _talk(4, minji, ago(hours=24.5), waited=11, seconds=188, inbound=False),
        _talk(5, jonas, ago(days=3, hours=1), waited=19, seconds=47 * 60 + 12),
        _recorded(6, jonas, ago(days=4, hours=2), waited=14, seconds=64, review="calm"),
        _recorded(7, minji, ago(days=6, hours=3), waited=41, seconds=52, review="hasty"),
        PhoneCall(caller=8, began_at=ago(days=8, hours=-9), ending="after_hours", waited=wait(16)),
        _talk(8, minji, ago(days=7, hours=2), waited=9, seconds=140, inbound=False),
        _talk(-1, jonas, ago(days=2, hours=4), waited=22, seconds=95),
    )


def _ordinary(chance: Random, now: datetime, number: int) -> Sequence[PhoneCall]:
    """Return a call of somebody, and our calling back where nobody had picked up."""
    began, agent = _in_hours(chance, now), chance.choice(_AGENTS)
    caller = 9 + number % (len(NAMES) - 9) if chance.random() < 0.4 else 100 + number
    if number < RECORDED:
        seconds = chance.randrange(28, 80)
        return (_recorded(caller, agent, began, waited=chance.uniform(6, 40), seconds=seconds),)
    waited, seconds = chance.uniform(5, 55), round(min(1500, chance.lognormvariate(5, 0.8)))
    luck = chance.random()
    if luck < 0.72:
        return (_talk(caller, agent, began, waited=waited, seconds=seconds),)
    if luck < 0.84:
        return (_talk(caller, agent, began, waited=waited / 2, seconds=seconds, inbound=False),)
    ending = "no_answer" if luck < 0.93 else "cancelled"
    missed = PhoneCall(
        caller=caller, agent=agent, began_at=began, ending=ending, waited=timedelta(seconds=20 + 2 * waited)
    )
    back = began + timedelta(minutes=chance.uniform(8, 90))
    return (missed, _talk(caller, agent, back, waited=waited / 3, seconds=seconds, inbound=False))


def _talk(
    caller: int, agent: str, began: datetime, *, waited: float, seconds: float, inbound: bool = True
) -> PhoneCall:
    return PhoneCall(
        caller=caller,
        agent=agent,
        began_at=began,
        ending="completed",
        inbound=inbound,
        waited=timedelta(seconds=waited),
        talked=timedelta(seconds=seconds),
    )


def _recorded(caller: int, agent: str, began: datetime, *, waited: float, seconds: int, review: str = "") -> PhoneCall:
    talk = _talk(caller, agent, began, waited=waited, seconds=seconds)
    return replace(talk, recording=sounds.named(sounds.CALL, seconds), sound_seconds=seconds, review=review)


def _voicemail(caller: int, agent: str, began: datetime, *, waited: float, seconds: int) -> PhoneCall:
    return PhoneCall(
        caller=caller,
        agent=agent,
        began_at=began,
        ending="voicemail",
        waited=timedelta(seconds=waited + seconds),
        recording=sounds.named(sounds.VOICEMAIL, seconds),
        sound_seconds=seconds,
    )


def _in_hours(chance: Random, now: datetime) -> datetime:
    """Return a moment on a working day of the month, while somebody is in the shop."""
    while True:
        day = now - timedelta(days=chance.uniform(1.2, DAYS))
        began = day.replace(hour=chance.randrange(8, 16), minute=chance.randrange(60), second=chance.randrange(60))
        if began.weekday() < 5 and began < now - timedelta(days=1):
            return began
