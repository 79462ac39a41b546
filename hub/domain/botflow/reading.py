"""Reads a flow from its JSON, strictly and with bounds, and writes it back; says in words what does not fit."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hub.domain.botflow.flow import (
    KIND_OF,
    KINDS,
    SCHEMA,
    AnyStep,
    Case,
    Comparison,
    Enclosed,
    Flow,
    Option,
    Step,
    Take,
)
from hub.domain.botflow.problems import Code
from hub.domain.errors import Invalid

STEPS_LIMIT = 200
TEXT_LIMIT = 4000
ITEMS_LIMIT = 100
ID_LIMIT = 60

_RECORDS = (Option, Comparison, Case, Take, Enclosed)
NAMES = {"tests": "all"}
"""Fields whose name in JSON is another."""
LIMITS: Mapping[str, tuple[float, float]] = {
    "tries": (1, 10),
    "remind_after": (0, 60 * 24 * 14),
    "timeout": (0, 60 * 24 * 30),
    "minutes": (0, 60 * 24 * 30),
    "seconds": (0.5, 10),
    "threshold": (0, 1),
}


class Unreadable(Invalid):
    """A flow cannot be read: where, and what is wanted there, for people and for programs."""

    def __init__(self, code: Code, place: str, words: str, **more: str | float) -> None:
        self.code = code
        self.place = place
        self.parameters: Mapping[str, str | float] = {"place": place, **more}
        super().__init__(words)


def read_flow(value: object) -> Flow:
    """Return the flow a JSON value describes. Raises Unreadable, which names the place."""
    top = _object(value, "the flow")
    version = top.get("schema", SCHEMA)
    if version != SCHEMA:
        words = f"This flow is of the format {version!r}; this hub reads format {SCHEMA}."
        raise Unreadable(Code.unknown_format, "schema", words, format=str(version)[:100], known=SCHEMA)
    _known(top, {"schema", "languages", "start", "steps", "timeout", "name", "description"}, "the flow")
    languages = tuple(_text(one, "languages") for one in _list(top.get("languages"), "languages"))
    if not languages or any(not (len(one) == 2 and one.isascii() and one.islower()) for one in languages):
        words = "languages: name at least one language by its two letters, such as “en”."
        raise Unreadable(Code.bad_languages, "languages", words)
    steps: dict[str, AnyStep] = {}
    listed = _list(top.get("steps"), "steps")
    if len(listed) > STEPS_LIMIT:
        words = f"steps: a flow has at most {STEPS_LIMIT} steps."
        raise Unreadable(Code.too_many_steps, "steps", words, most=STEPS_LIMIT)
    for place, each in enumerate(listed):
        step = _step(each, f"steps[{place}]")
        if step.id in steps:
            words = f"steps[{place}]: the id “{step.id}” is there twice."
            raise Unreadable(Code.same_step, f"steps[{place}]", words, id=step.id)
        steps[step.id] = step
    start = _text(top.get("start", ""), "start")
    timeout = _read(int, top.get("timeout", 24 * 60), "timeout")
    return Flow(languages=tuple(dict.fromkeys(languages)), start=start, steps=steps, timeout=max(int(timeout), 1))


def write_flow(flow: Flow) -> dict[str, object]:
    """Return a flow as JSON; what is at its default is left out."""
    return {
        "schema": SCHEMA,
        "languages": list(flow.languages),
        "start": flow.start,
        "timeout": flow.timeout,
        "steps": [{"kind": KIND_OF[type(step)], **_written(step)} for step in flow.steps.values()],
    }


def _step(value: object, place: str) -> AnyStep:
    given = _object(value, place)
    kind = given.get("kind")
    record = KINDS.get(kind) if isinstance(kind, str) else None
    if record is None:
        known = ", ".join(KINDS)
        words = f"{place}.kind: “{kind}” is no kind of step. There are {known}."
        raise Unreadable(Code.no_such_kind, f"{place}.kind", words, kind=str(kind)[:100], known=known)
    step = _record(record, {name: item for name, item in given.items() if name != "kind"}, place)
    if not step.id:
        raise Unreadable(Code.no_id, f"{place}.id", f"{place}.id: every step needs an id.")
    return step  # type: ignore[no-any-return]  # one of KINDS, which are AnyStep


def _record(record: Any, value: object, place: str) -> Any:
    given = _object(value, place)
    types, known = get_type_hints(record), {each.name: each for each in fields(record)}
    _known(given, {NAMES.get(name, name) for name in known}, place)
    made: dict[str, Any] = {}
    for name, each in known.items():
        outside = NAMES.get(name, name)
        if outside in given:
            made[name] = _read(types[name], given[outside], f"{place}.{outside}")
        elif _needed(each):
            raise Unreadable(Code.lacking, f"{place}.{outside}", f"{place}.{outside} is missing.")
    return record(**made)


def _needed(each: "Field[Any]") -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _read(kind: Any, value: object, place: str) -> Any:
    """Return a JSON value as a field's type."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return None if value is None else _read(next(one for one in inner if one is not type(None)), value, place)
    if origin is tuple:
        items = _list(value, place)
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], one, f"{place}[{n}]") for n, one in enumerate(items))
        if len(items) != len(inner):
            words = f"{place}: {len(inner)} values are wanted."
            raise Unreadable(Code.wrong_count, place, words, count=len(inner))
        return tuple(_read(one, item, place) for one, item in zip(inner, items, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        given = _object(value, place)
        return {_id(name, place): _text(one, f"{place}.{name}") for name, one in given.items()}
    if kind in _RECORDS:
        return _record(kind, value, place)
    return _SCALARS[_scalar(kind)](kind, value, place)


def _scalar(kind: type) -> type:
    return next(one for one in (StrEnum, bool, int, float, str, UUID) if issubclass(kind, one))


def _enum(kind: type[StrEnum], value: object, place: str) -> StrEnum:
    found = next((one for one in kind if one.value == value), None)
    if found is None:
        known = ", ".join(kind)
        words = f"{place}: “{value}” is none of {known}."
        raise Unreadable(Code.not_among, place, words, value=str(value)[:100], known=known)
    return found


def _flag(_kind: type, value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise Unreadable(Code.no_flag, place, f"{place}: true or false is wanted.")
    return value


def _number(kind: type, value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or (kind is int and value != int(value)):
        raise Unreadable(Code.no_number, place, f"{place}: a number is wanted.")
    low, high = LIMITS.get(place.rpartition(".")[2], (-1e12, 1e12))
    if not low <= value <= high:
        words = f"{place}: the number must be from {low:g} to {high:g}."
        raise Unreadable(Code.out_of_bounds, place, words, least=low, most=high)
    return int(value) if kind is int else float(value)


def _words(_kind: type, value: object, place: str) -> str:
    name = place.rpartition(".")[2]
    return _id(value, place) if name in ("id", "save_as") else _text(value, place)


def _uuid(_kind: type, value: object, place: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise Unreadable(Code.bad_id, place, f"{place}: this is no id.") from None


_SCALARS: Mapping[type, Callable[[Any, object, str], Any]] = {
    StrEnum: _enum,
    bool: _flag,
    int: _number,
    float: _number,
    str: _words,
    UUID: _uuid,
}


def _object(value: object, place: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or len(value) > ITEMS_LIMIT:
        words = f"{place}: an object with at most {ITEMS_LIMIT} members is wanted."
        raise Unreadable(Code.no_object, place, words, most=ITEMS_LIMIT)
    return value


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list | tuple) or (len(value) > ITEMS_LIMIT and place != "steps"):
        raise Unreadable(Code.no_list, place, f"{place}: a list of at most {ITEMS_LIMIT} is wanted.", most=ITEMS_LIMIT)
    return list(value)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > TEXT_LIMIT or "\x00" in value:
        words = f"{place}: a text of at most {TEXT_LIMIT} characters is wanted."
        raise Unreadable(Code.no_words, place, words, most=TEXT_LIMIT)
    return value


def _id(value: object, place: str) -> str:
    text = _text(value, place)
    if len(text) > ID_LIMIT or text != text.strip():
        words = f"{place}: a name of at most {ID_LIMIT} characters without spaces around it is wanted."
        raise Unreadable(Code.bad_name, place, words, most=ID_LIMIT)
    return text


def _known(given: Mapping[str, object], names: set[str], place: str) -> None:
    strange = sorted(given.keys() - names)
    if strange:
        known = ", ".join(sorted(names))
        words = f"{place}: “{strange[0]}” is not known here. There are {known}."
        raise Unreadable(Code.unknown_part, place, words, part=strange[0][:100], known=known)


def _written(record: Step | Option | Comparison | Case | Take | Enclosed) -> dict[str, object]:
    out: dict[str, object] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if _needed(each) or value != default:
            out[NAMES.get(each.name, each.name)] = _plain(value)
    return out


def _plain(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case UUID():
            return str(value)
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return dict(value)
        case Option() | Comparison() | Case() | Take() | Enclosed():
            return _written(value)
        case _:
            return value
