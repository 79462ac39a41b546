"""Read the body of a request: one event or a batch of them; say in words what does not fit. Pure."""

from collections.abc import Sequence
from functools import cache

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import from_json

from connectors.api_channel.limits import EVENTS
from connectors.api_channel.wire import Event

_SHOWN = 5
"""Problems told at once."""
_KINDS = "message, edit, delete, reaction, receipt, opted_out, blocked, ping"


class Unreadable(Exception):
    """A body that is not as documented; the problems are for the sender's developer."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def read_events(body: bytes) -> Sequence[Event]:
    """Return the events of a body, all of them or none. Raises Unreadable."""
    found = _objects(body)
    events: list[Event] = []
    problems: list[str] = []
    for number, one in enumerate(found.events):
        try:
            events.append(_adapter().validate_python(one))
        except ValidationError as error:
            problems += _in_words(error, found.place(number))
            if len(problems) >= _SHOWN:
                break
    if problems:
        raise Unreadable(problems[:_SHOWN])
    return events


def unknown_fields(event: BaseModel) -> list[str]:
    """Return the names of an event's fields that mean nothing to us, so that a typing error is seen."""
    names: list[str] = []
    for name in type(event).model_fields:
        value = getattr(event, name)
        parts = value if isinstance(value, tuple) else (value,)
        names += [f"{name}.{inner}" for part in parts if isinstance(part, BaseModel) for inner in unknown_fields(part)]
    return [str(name)[:60] for name in (event.model_extra or {})][:10] + names


class _Found:
    def __init__(self, events: Sequence[object], *, batch: bool) -> None:
        self.events = events
        self._batch = batch

    def place(self, number: int) -> str:
        return f"events.{number}" if self._batch else ""


def _objects(body: bytes) -> _Found:
    try:
        whole = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise Unreadable([f"The body is not JSON in UTF-8: {str(error)[:120]}."]) from None
    if not isinstance(whole, dict):
        raise Unreadable(['The body has to be a JSON object: one event, or {"events": [...]}.'])
    if "events" not in whole or "type" in whole:
        return _Found([whole], batch=False)
    events = whole["events"]
    if not isinstance(events, list) or not events:
        raise Unreadable(["events: has to be a list with at least one event."])
    if len(events) > EVENTS:
        raise Unreadable([f"events: a request carries at most {EVENTS} events; this one has {len(events)}."])
    return _Found(events, batch=True)


def _in_words(error: ValidationError, place: str) -> list[str]:
    told = []
    for one in error.errors(include_url=False, include_input=False)[:_SHOWN]:
        # The first part of a place is the kind of event, which pydantic adds for the union.
        where = ".".join([place, *(str(part)[:60] for part in one["loc"][1:])]).strip(".")
        match one["type"]:
            case "union_tag_not_found":
                what = "the field type is missing"
            case "union_tag_invalid":
                what = f"this type is not known; there are {_KINDS}"
            case "model_attributes_type" | "model_type" | "dict_type":
                what = "has to be a JSON object"
            case _:
                what = one["msg"].removeprefix("Value error, ")[:200]
        told.append(f"{where or 'the event'}: {what}")
    return told


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Event)
