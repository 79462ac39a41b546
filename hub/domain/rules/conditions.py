"""Conditions of rules: one field, one comparison, some values; and whether they hold for what is known. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from unicodedata import normalize

CONDITIONS_LIMIT = 30
VALUES_LIMIT = 100
VALUE_LIMIT = 500
LOOKED_AT = 20_000
"""Characters of a text that are compared; what comes later in a longer one is not."""


class Field(StrEnum):
    """What a condition looks at."""

    channel = "channel"
    kind = "kind"
    """The channel's kind: `email`, `telegram` …"""
    team = "team"
    assignee = "assignee"
    tags = "tags"
    priority = "priority"
    state = "state"
    language = "language"
    """The contact's, by its first two letters."""
    text = "text"
    """Of the message that came or went."""
    subject = "subject"
    contact = "contact"
    """A field of the contact, by `name`: `name`, `company`, `source`, or one of their own."""
    hours = "hours"
    """`open` or `closed`: whether the conversation's calendar is."""
    first = "first"
    """`yes`: the contact never wrote before."""
    speaker = "speaker"
    """`bot`, `human` or `nobody`."""


class Op(StrEnum):
    """How it is compared; case never counts."""

    is_any = "is_any"
    """It is one of the values; of several things (tags), one of them is."""
    is_none = "is_none"
    """It is none of the values."""
    contains = "contains"
    """One of the values stands in it."""
    lacks = "lacks"
    """None of the values stands in it."""
    matches = "matches"
    """One of the values fits all of it, where `*` stands for anything."""
    empty = "empty"
    filled = "filled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that has to be so."""

    field: Field
    name: str = ""
    """Of the contact's field."""
    op: Op = Op.is_any
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a rule looks."""

    values: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    """By field, folded when compared; one that is missing is empty."""
    contact: Mapping[str, str] = field(default_factory=dict)
    """The contact's fields by name, in small letters."""
    group: bool = False
    answered_by_human: bool = False
    """A person of ours wrote in the conversation."""


def hold(conditions: Iterable[Condition], facts: Facts) -> bool:
    """Tell whether all conditions hold."""
    return all(holds(condition, facts) for condition in conditions)


def holds(condition: Condition, facts: Facts) -> bool:
    """Tell whether a condition holds. Takes time in proportion to text and values, whatever they are."""
    found = [folded(one) for one in _found(condition, facts) if one.strip()]
    wanted = [folded(one) for one in condition.values]
    match condition.op:
        case Op.empty:
            return not found
        case Op.filled:
            return bool(found)
        case Op.is_any:
            return any(one in wanted for one in found)
        case Op.is_none:
            return not any(one in wanted for one in found)
        case Op.contains:
            return any(value in one for one in found for value in wanted if value)
        case Op.lacks:
            return not any(value in one for one in found for value in wanted if value)
        case Op.matches:
            return any(fits(value, one) for one in found for value in wanted)


def _found(condition: Condition, facts: Facts) -> tuple[str, ...]:
    if condition.field is Field.contact:
        value = facts.contact.get(condition.name.casefold(), "")
        return (value,) if value else ()
    return facts.values.get(condition.field, ())


def folded(text: str) -> str:
    """Return a text as it is compared: bounded, in one form of each character, without case and repeated blanks."""
    return " ".join(normalize("NFKC", text[:LOOKED_AT]).casefold().split())


def fits(pattern: str, text: str) -> bool:
    """Tell whether a pattern with `*` fits all of a text: each part is looked for once, from where the last ended."""
    first, *rest = pattern.split("*")
    if not rest:
        return pattern == text
    *middle, last = rest
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


_WORDS: Mapping[Field, frozenset[str]] = {
    Field.hours: frozenset({"open", "closed"}),
    Field.first: frozenset({"yes", "no"}),
    Field.speaker: frozenset({"bot", "human", "nobody"}),
}


def faults(conditions: Sequence[Condition]) -> Sequence[str]:
    """Say, in words, what is wrong with conditions."""
    found = [f"There are at most {CONDITIONS_LIMIT} conditions."] if len(conditions) > CONDITIONS_LIMIT else []
    return [*found, *(f"Condition {n}: {words}" for n, one in enumerate(conditions, 1) if (words := _fault(one)))]


def _fault(condition: Condition) -> str:
    if condition.field is Field.contact and not condition.name.strip():
        return "name the contact's field."
    if condition.op in (Op.empty, Op.filled):
        return ""
    if not any(value.strip() for value in condition.values):
        return "say what to compare with."
    if len(condition.values) > VALUES_LIMIT or any(len(value) > VALUE_LIMIT for value in condition.values):
        return f"at most {VALUES_LIMIT} values of {VALUE_LIMIT} characters."
    allowed = _WORDS.get(condition.field)
    if allowed is not None and not allowed.issuperset(condition.values):
        return f"only {', '.join(sorted(allowed))} can be compared here."
    return ""
