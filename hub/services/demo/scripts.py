"""Reads the demo's talks from their text files (texts/*.txt, whose first lines say how they are written)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ko", "pl")
_EXTRA = re.compile(r"\[(\w+) ([^\]]+)\]")
_AGE = {"m": "minutes", "h": "hours"}


class Voice(StrEnum):
    """Who speaks in a line, by the sign it begins with."""

    customer = ">"
    team = "<"
    note = "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing said. `extra` is what comes with it: ("photo", "zip"), ("place", "57.1,-2.0"), ("pdf", "label")."""

    voice: Voice
    text: str
    extra: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One talk, with slots such as {order} in its texts."""

    language: str
    tag: str
    subject: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenScript:
    """A talk that stands open when the demo begins."""

    script: Script
    connector: str
    age: timedelta
    """How long ago the last line was said."""
    state: str
    """`open`, `answered`, `pending`, `snoozed`, or a priority: `high`, `urgent`."""
    name: str


@cache
def scripts(language: str) -> tuple[Script, ...]:
    """Return the talks of a language."""
    found = []
    for header, turns in _blocks(f"{language}.txt"):
        tag, subject = (part.strip() for part in header.split("|"))
        found.append(Script(language=language, tag=tag, subject=subject, turns=turns))
    return tuple(found)


@cache
def open_scripts() -> tuple[OpenScript, ...]:
    """Return the talks that stand open, youngest first within each state."""
    found = []
    for header, turns in _blocks("open.txt"):
        first, name, tag, subject = (part.strip() for part in header.split("|"))
        language, connector, age, state = first.split()
        found.append(
            OpenScript(
                script=Script(language=language, tag=tag, subject=subject, turns=turns),
                connector=connector,
                age=timedelta(**{_AGE[age[-1]]: int(age[:-1])}),
                state=state,
                name=name,
            )
        )
    return tuple(found)


class Answer(StrEnum):
    """What a customer may say when an agent has answered."""

    more = "more"
    thanks = "thanks"
    again = "again"
    """Not to an answer: somebody known writes anew."""
    after = "after"
    """Right after their first message."""


@cache
def answers(language: str, kind: Answer) -> tuple[str, ...]:
    """Return the answers of a kind."""
    return tuple(turns[0].text for header, turns in _blocks("answers.txt") if header.split() == [language, kind])


def _blocks(name: str) -> list[tuple[str, tuple[Turn, ...]]]:
    text = files("hub.services.demo").joinpath("texts", name).read_text("utf-8")
    blocks = []
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        header, _, body = block.partition("\n")
        blocks.append((header, tuple(_turn(part) for part in re.split(r"\n(?=[><~] )", body.strip()))))
    return blocks


def _turn(block: str) -> Turn:
    lines = [line.strip() for line in block[1:].splitlines()]
    extras = [match for line in lines if (match := _EXTRA.fullmatch(line))]
    extra = (extras[0].group(1), extras[0].group(2)) if extras else None
    text = "\n".join(line for line in lines if not _EXTRA.fullmatch(line)).strip()
    return Turn(voice=Voice(block[0]), text=text, extra=extra)
