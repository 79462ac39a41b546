"""Where a run of a flow stands: all that is needed to go on, as plain data that any node can pick up."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    """What a run waits for."""

    fresh = "fresh"
    """Nothing yet: the first step comes next."""
    asking = "asking"
    """The customer's answer to a question."""
    confirming = "confirming"
    """Whether an article helped."""
    pausing = "pausing"
    """The end of a wait."""
    calling = "calling"
    """A result of a look-up."""
    moving = "moving"
    """Another flow takes over in the same breath; never stored."""
    over = "over"
    """Nothing: the run has ended."""


class End(StrEnum):
    """How a run ended."""

    handed_over = "handed_over"
    closed = "closed"
    taken = "taken"
    """A human began to speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer the customer gave, for the summary."""

    step: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a run stands. Every field is JSON-able; `dump` and `load` go there and back."""

    phase: Phase = Phase.fresh
    step: str = ""
    end: End | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    """What questions and look-ups saved, by name."""
    given: tuple[Given, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the customer said that answered nothing, the newest last."""
    language: str = ""
    """What the customer speaks, two letters; empty while nobody knows."""
    last_said: str = ""
    asked: int = 0
    """The number of the newest question; asked again in other words it keeps it."""
    asked_at: datetime | None = None
    tries: int = 0
    reminded: bool = False
    due_at: datetime | None = None
    """When `Due` is wanted."""
    ask: int = 0
    """The number of the newest look-up."""
    article: str = ""
    """The article whose help is asked about."""
    pressed: tuple[str, ...] = ()
    """Buttons that were taken for answers (`question:choice`), the newest last: a second press says nothing new."""


def dump(position: Position) -> dict[str, object]:
    """Return a position as JSON; what is at its default is left out."""
    bare = Position()
    out: dict[str, object] = {}
    for each in fields(Position):
        value = getattr(position, each.name)
        if value == getattr(bare, each.name):
            continue
        out[each.name] = _plain(value)
    return out


def load(value: Mapping[str, object]) -> Position:
    """Return the position of `dump`; what an unknown version added is passed over."""
    known = {each.name for each in fields(Position)}
    given = {name: item for name, item in value.items() if name in known}
    for name, make in _MAKERS.items():
        if given.get(name) is not None:
            given[name] = make(given[name])
    return Position(**given)  # type: ignore[arg-type]  # what dump wrote has these very types


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [
                {"step": one.step, "question": one.question, "answer": one.answer} if isinstance(one, Given) else one
                for one in value
            ]
        case Mapping():
            return dict(value)
        case _:
            return value


def _time(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()


def _answers(value: object) -> tuple[Given, ...]:
    found = value if isinstance(value, list | tuple) else ()
    return tuple(Given(**one) for one in found if isinstance(one, dict))


_MAKERS = {
    "phase": lambda value: Phase(str(value)),
    "end": lambda value: End(str(value)),
    "given": _answers,
    "remarks": _texts,
    "pressed": _texts,
    "asked_at": _time,
    "due_at": _time,
}
