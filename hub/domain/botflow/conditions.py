"""Does a comparison hold? Conditions are data; a field that does not exist counts as empty."""

from collections.abc import Mapping

from hub.domain.botflow.answers import as_number
from hub.domain.botflow.flow import Case, Comparison, Op
from hub.domain.botflow.words import fold


def first_case(cases: tuple[Case, ...], values: Mapping[str, object]) -> str | None:
    """Return the id of the first case of which all tests hold, None if none does."""
    return next((case.id for case in cases if case.tests and all(holds(test, values) for test in case.tests)), None)


def holds(test: Comparison, values: Mapping[str, object]) -> bool:
    """Tell whether a comparison holds for these values (see `look_up` for how a field is named)."""
    found = look_up(values, test.field)
    folded, wanted = [fold(one) for one in found], fold(test.value)
    match test.op:
        case Op.filled:
            return any(one.strip() for one in found)
        case Op.empty:
            return not any(one.strip() for one in found)
        case Op.equal:
            return wanted in folded
        case Op.not_equal:
            return wanted not in folded
        case Op.contains:
            return bool(wanted) and any(wanted in one for one in folded)
        case Op.starts_with:
            return bool(wanted) and any(one.startswith(wanted) for one in folded)
        case Op.among:
            return any(fold(one) in folded for one in test.value.split(",") if fold(one))
        case Op.more:
            return any(_compare(one, test.value) > 0 for one in found)
        case Op.less:
            return any(_compare(one, test.value) < 0 for one in found)


def look_up(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return what a name with dots between its parts (`contact.language`) stands for: nothing, a text, or several."""
    value: object = values
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return ()
        value = value[part]
    match value:
        case None:
            return ()
        case str():
            return (value,)
        case bool():
            return ("yes" if value else "no",)
        case list() | tuple() | set() | frozenset():
            return tuple(str(one) for one in value)
        case Mapping():
            return ()
        case _:
            return (str(value),)


def _compare(one: str, other: str) -> int:
    """Return -1, 0 or 1 for two numbers or two ISO dates; 0 where they do not compare."""
    first, second = as_number(one), as_number(other)
    if first is not None and second is not None:
        return (first > second) - (first < second)
    dates = len(one) == len(other) == 10 and one[4] == other[4] == "-"
    return (one > other) - (one < other) if dates else 0
