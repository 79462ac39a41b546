"""Which choice a customer means, by button, number, words or likeness; and how choices are shown on a channel."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.domain.botflow.flow import Option, said
from hub.domain.botflow.words import ALIKE, CLEARER, fold, likeness, number_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A text as a channel carries it, and the buttons under it."""

    text: str
    buttons: tuple[str, ...] = ()


def shown(text: str, choices: Sequence[str], *, buttons: int) -> Shown:
    """Return how choices are shown on a channel that carries so many buttons: as buttons, else as numbered lines."""
    if not choices or len(choices) <= buttons:
        return Shown(text=text, buttons=tuple(choices))
    lines = "\n".join(f"{number}. {label}" for number, label in enumerate(choices, 1))
    return Shown(text=f"{text}\n{lines}" if text else lines)


def labels(options: Sequence[Option], language: str, otherwise: str) -> tuple[str, ...]:
    """Return the labels of options in one language."""
    return tuple(said(option.label, language, otherwise) for option in options)


def chosen(options: Sequence[Option], text: str) -> Option | None:
    """Return the option a text means: its words in any language, its number, or words much like its own.

    None where it means none of them, or two equally well.
    """
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
