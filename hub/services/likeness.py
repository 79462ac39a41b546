"""Finds contacts that may be one person, and says why with the values compared."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from hub.domain.contact import Suggestion
from hub.domain.ids import ContactId
from hub.domain.views import ContactPointView, ContactView
from hub.ports import Queries
from hub.services.addresses import normalise

CANDIDATES = 40
LONG_ENDING = 8
"""Digits at the end of a number that are too many to agree by chance."""
ALIKE = 90.0
"""Similarity (0 to 100) from which two longer names count as one spelled differently."""
LONG_NAME = 9
"""Below this many letters one letter makes another name: Kim Minsu and Kim Minsuk."""

_GENERIC = frozenset(
    {
        "admin", "billing", "biuro", "contact", "hello", "help", "info", "jobs", "kontakt", "mail", "no-reply",
        "noreply", "office", "post", "postmaster", "sales", "service", "shop", "sklep", "support", "team", "webmaster",
    }
)  # fmt: skip
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for two contacts being one person."""

    score: float
    words: str


async def suggestions(queries: Queries, contact_id: ContactId, *, limit: int = 10) -> Sequence[Suggestion]:
    """Return contacts that may be the same person, likeliest first; none that were marked as two people."""
    shown = await queries.contact(contact_id)
    if shown is None:
        return ()
    found: dict[ContactId, Suggestion] = {}
    apart = await queries.never_merge(shown.id)
    for other_id in await _candidates(queries, shown):
        other = await queries.contact(other_id)
        if other is None or other.id == shown.id or other.id in found or _marked(apart, other):
            continue
        reasons = sorted(compare(shown, other), key=lambda reason: -reason.score)
        if reasons:
            found[other.id] = Suggestion(
                contact_id=shown.id,
                other_id=other.id,
                other_name=other.name,
                score=_together(reasons),
                reason=" ".join(reason.words for reason in reasons[:3]),
            )
    return sorted(found.values(), key=lambda one: -one.score)[:limit]


def compare(one: ContactView, other: ContactView) -> Iterator[Reason]:
    """Yield what speaks for two contacts being one person. Pure."""
    yield from _numbers(one, other)
    yield from _told(one, other)
    yield from _told(other, one)
    name = _same_name(one.name, other.name)
    if name is None:
        return
    both = f"“{one.name}” and “{other.name}”" if one.name != other.name else f"“{one.name}”"
    called = "Both are called" if one.name == other.name else "The names are alike:"
    company = _folded(one.company)
    local = _shared_local_part(one, other)
    if company and company == _folded(other.company):
        yield Reason(0.8 * name, f"{called} {both}, and both are with {one.company}.")
    if local is not None:
        yield Reason(0.75 * name, f"{called} {both}, and their mail addresses {local[0]} and {local[1]} begin alike.")
    if not (company and company == _folded(other.company)) and local is None and _different_ways(one, other):
        spaces = f"{_spaces(one)} and {_spaces(other)}"
        yield Reason(0.45 * name, f"{called} {both}, and they write by different ways ({spaces}).")


def _numbers(one: ContactView, other: ContactView) -> Iterator[Reason]:
    for mine, theirs in product(_of(one, "phone"), _of(other, "phone")):
        left, right = normalise("phone", mine.address), normalise("phone", theirs.address)
        if set(left.candidates) & set(right.candidates):
            why = f" {left.reason or right.reason}" if left.reason or right.reason else ""
            yield Reason(0.95, f"{mine.address} and {theirs.address} are one number.{why}")
        elif (ending := _common_ending(mine.address, theirs.address)) >= LONG_ENDING:
            yield Reason(0.6, f"{mine.address} and {theirs.address} end with the same {ending} digits.")


def _told(teller: ContactView, other: ContactView) -> Iterator[Reason]:
    """Compare what a contact said of itself, unproven, with the other's addresses."""
    for field, value in teller.fields:
        for point in _of(other, field):
            if set(normalise(field, value).candidates) & set(normalise(field, point.address).candidates):
                yield Reason(0.7, f"“{teller.name}” gave {value} as {field}, which is an address of “{other.name}”.")


def _same_name(one: str, other: str) -> float | None:
    """Return how surely two names are one (0 to 1), or None. Order, case, marks and strokes do not count."""
    if _is_address(one) or _is_address(other):
        return None
    left, right = sorted(_folded(one).split()), sorted(_folded(other).split())
    whole = "".join(left)
    if left == right and (len(left) > 1 or len(whole) >= 3):
        return 1.0
    if min(len(whole), len("".join(right))) < LONG_NAME or len(left) != len(right) or len(left) < 2:
        return None
    from rapidfuzz import fuzz  # not at the top: a start needs none of it

    score = fuzz.ratio(" ".join(left), " ".join(right))
    return score / 100 if score >= ALIKE else None


def _folded(name: str) -> str:
    """Return a name for comparison: no case, no marks, strokes as letters; Hangul stays whole syllables."""
    spread = unicodedata.normalize("NFKD", name.casefold()).translate(_STROKES)
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", bare))
    return " ".join(letters.split())


def _is_address(name: str) -> bool:
    return "@" in name or sum(c.isdigit() for c in name) > 4


def _shared_local_part(one: ContactView, other: ContactView) -> tuple[str, str] | None:
    for mine, theirs in product(_of(one, "email"), _of(other, "email")):
        left = mine.address.casefold().partition("@")[0].partition("+")[0]
        right = theirs.address.casefold().partition("@")[0].partition("+")[0]
        if left == right and len(left) > 2 and left not in _GENERIC:
            return mine.address, theirs.address
    return None


def _different_ways(one: ContactView, other: ContactView) -> bool:
    left, right = ({p.namespace for p in contact.points} for contact in (one, other))
    return bool(left) and bool(right) and not left & right


def _spaces(contact: ContactView) -> str:
    return ", ".join(sorted({point.namespace for point in contact.points}))


def _common_ending(one: str, other: str) -> int:
    left, right = ("".join(c for c in text.partition(";")[0] if c.isdigit()) for text in (one, other))
    count = 0
    while count < min(len(left), len(right)) and left[-1 - count] == right[-1 - count]:
        count += 1
    return count


def _of(contact: ContactView, namespace: str) -> Sequence[ContactPointView]:
    return [point for point in contact.points if point.namespace == namespace]


def _together(reasons: Sequence[Reason]) -> float:
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - min(reason.score, 0.99)
    return round(1 - doubt, 3)


def _marked(apart: frozenset[ContactId], other: ContactView) -> bool:
    return bool(apart & {other.id, *other.merged})


async def _candidates(queries: Queries, contact: ContactView) -> Sequence[ContactId]:
    """Return who is worth comparing: found by the index, and by the addresses the person told us."""
    ids = [row.id for row in await queries.similar(contact.id, CANDIDATES)]
    for namespace, value in contact.fields:
        if namespace in {"phone", "email"} and value:
            forms = normalise(namespace, value).candidates
            for form in forms:
                ids += [row.id for row in (await queries.contacts(form, cursor=None, limit=5)).items]
    return list(dict.fromkeys(ids))
