"""Says in words what is wrong with one setting, for the person who is filling in a channel's form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_NEEDED = "Please fill this in."
_NUMBER = "Please write a number."
_WHOLE = "Please write a whole number."
_YES_OR_NO = "Please choose yes or no."
_SHAPE = "This is not written as it has to be: what stands under it says how."

_SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda _: _NEEDED,
    "extra_forbidden": lambda _: "There is no such setting.",
    "string_type": lambda _: "Please write a text.",
    "string_too_short": lambda bound: (
        _NEEDED if bound["min_length"] == 1 else f"At least {bound['min_length']} characters."
    ),
    "string_too_long": lambda bound: f"At most {bound['max_length']} characters.",
    "string_pattern_mismatch": lambda _: _SHAPE,
    "literal_error": lambda bound: f"Please choose one of these: {bound['expected']}.",
    "enum": lambda bound: f"Please choose one of these: {bound['expected']}.",
    "too_short": lambda bound: (
        "At least one is needed." if bound["min_length"] == 1 else f"At least {bound['min_length']} are needed."
    ),
    "too_long": lambda bound: f"At most {bound['max_length']}.",
    "int_type": lambda _: _WHOLE,
    "int_parsing": lambda _: _WHOLE,
    "int_from_float": lambda _: _WHOLE,
    "float_type": lambda _: _NUMBER,
    "float_parsing": lambda _: _NUMBER,
    "bool_type": lambda _: _YES_OR_NO,
    "bool_parsing": lambda _: _YES_OR_NO,
    "greater_than_equal": lambda bound: f"At least {bound['ge']}.",
    "greater_than": lambda bound: f"More than {bound['gt']}.",
    "less_than_equal": lambda bound: f"At most {bound['le']}.",
    "less_than": lambda bound: f"Less than {bound['lt']}.",
    "list_type": lambda _: "Please give a list.",
    "tuple_type": lambda _: "Please give a list.",
    "value_error": lambda bound: sentence(str(bound["error"])),
}
"""Those kinds that forms can bring about. https://docs.pydantic.dev/latest/errors/validation_errors/"""


def problems(error: ValidationError) -> Sequence[tuple[str, str]]:
    """Return what is wrong as the path of the setting (dots between its parts) and a sentence about it.

    A list one of whose items does not fit is told to be too short as well; only the item is of use to a person.
    """
    mistakes = error.errors(include_input=False, include_url=False)
    paths = [mistake["loc"] for mistake in mistakes]
    inner = {path[:depth] for path in paths for depth in range(1, len(path))}
    return [
        (".".join(map(str, mistake["loc"])), in_words(mistake)) for mistake in mistakes if mistake["loc"] not in inner
    ]


def in_words(mistake: ErrorDetails) -> str:
    """Return what pydantic found as a sentence, never quoting what was entered."""
    said = _SAID.get(mistake["type"])
    return said(mistake.get("ctx", {})) if said else sentence(mistake["msg"])


def sentence(text: str) -> str:
    """Return words that begin and end as a sentence does."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"
