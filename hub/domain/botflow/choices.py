"""Which choice a customer means, by button, number, words or likeness; and how choices are shown on a channel."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.domain.botflow.flow import Option, said
from hub.domain.botflow.happenings import Press
from hub.domain.botflow.words import ALIKE, CLEARER, fold, likeness, number_in
from hub.domain.channel import Capabilities
from hub.domain.sending import buttons_for

_BUTTON = re.compile(r"hub:([0-9a-f]{32}):(\d{1,6}):(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text as a channel carries it, and the buttons under it."""

    text: str
    buttons: tuple[str, ...] = ()


def shown(text: str, choices: Sequence[str], capabilities: Capabilities) -> Shown:
    """Return how choices are shown on a channel: as buttons where it carries them, else as numbered lines."""
    if not choices or buttons_for(capabilities, text, choices) is not None:
        return Shown(text=text, buttons=tuple(choices))
    lines = "\n".join(f"{number}. {label}" for number, label in enumerate(choices, 1))
    return Shown(text=f"{text}\n{lines}" if text else lines)


def button_data(run: UUID, asked: int, place: int) -> str:
    """Return what a button carries: the run and the question it belongs to, and which of its choices it is."""
    return f"hub:{run.hex}:{asked}:{place}"


def read_button(data: str, run: UUID) -> Press | None:
    """Return the press that came back; None for what is no button of a flow. One of another run is of no question."""
    found = _BUTTON.fullmatch(data)
    if found is None:
        return None
    return Press(asked=int(found[2]) if found[1] == run.hex else 0, place=int(found[3]))


def labels(options: Sequence[Option], language: str, otherwise: str) -> tuple[str, ...]:
    """Return the labels of options in one language."""
    return tuple(said(option.label, language, otherwise) for option in options)


def chosen(options: Sequence[Option], text: str, press: Press | None = None) -> Option | None:
    """Return the option a press or a text means: its words in any language, its number, or words much like its own.

    None where it means none of them, or two equally well.
    """
    if press is not None and press.place < len(options):
        return options[press.place]
    words = fold(text)
    if not words or not options:
        return None
    names = [{name for one in (*option.label.values(), *option.also) if (name := fold(one))} for option in options]
    for option, known in zip(options, names, strict=True):
        if words in known or words == fold(option.id):
            return option
    number = number_in(words)
    if number is not None:
        return options[number - 1] if 1 <= number <= len(options) else None
    within = [
        option for option, known in zip(options, names, strict=True) if any(_within(name, words) for name in known)
    ]
    if len(within) == 1:
        return within[0]
    if len(words) > 60:
        return None
    scores = sorted(
        ((max((likeness(words, name) for name in known), default=0.0), place) for place, known in enumerate(names)),
        reverse=True,
    )
    best, place = scores[0]
    clear = len(scores) == 1 or best - scores[1][0] >= CLEARER
    return options[place] if best >= ALIKE and clear else None


def _within(name: str, words: str) -> bool:
    """Tell whether all words of a label stand in a text in a row: “sales please” names Sales."""
    return f" {name} " in f" {words} " and len(words) <= 4 * len(name) + 20
