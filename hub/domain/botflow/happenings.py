"""What moves a flow on: the customer's words, a result that was asked for, the time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of ours that was pressed, maybe long after its question."""

    asked: int
    """The number of the question it was under (`Position.asked`); 0: one of another run."""
    place: int
    """Which of the choices it is, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The customer wrote, pressed a button or sent files. Several messages before an answer are one happening."""

    text: str
    files: tuple[str, ...] = ()
    """Names of the files that came with it."""
    press: Press | None = None
    """The button, where one was pressed; the text is its label."""
    at: datetime
    """When the hub received it: our clock, by which the question was asked; providers' clocks differ from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Another flow handed its run over, somebody started the flow by hand, or a human gave the word back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The time the position waits for has come: a reminder, a time-out, the end of a wait or of a look-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The knowledge base or the model answered, or (`found` is False) has nothing for this."""

    ask: int
    found: bool
    text: str = ""
    article_id: str = ""
    sources: tuple[str, ...] = ()
    """Links the answer rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswered:
    """The address answered with a success."""

    ask: int
    status: int
    body: Mapping[str, object] | str = field(default="")
    """The JSON object of the answer, else its text, bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A look-up came to nothing; the words are for colleagues."""

    ask: int
    words: str


Happening: TypeAlias = Said | Begun | Due | Answered | HttpAnswered | Failed
