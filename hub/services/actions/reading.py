"""Actions as JSON and back, and the published schema of it."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from hub.domain.actions import AnyAction
from hub.domain.errors import Invalid

Actions = tuple[Annotated[AnyAction, Field(discriminator="do")], ...]
"""In the order in which they are done; `do` says which is which."""


@cache
def _adapter() -> TypeAdapter[Any]:
    return TypeAdapter(Actions, config=ConfigDict(extra="forbid"))


def read_actions(value: object) -> tuple[AnyAction, ...]:
    """Read actions as they are kept. Raises Invalid, in words, if they are none."""
    try:
        read: tuple[AnyAction, ...] = _adapter().validate_python(value)
    except ValidationError as error:
        raise Invalid("The actions do not fit. " + words_of(error)) from error
    return read


def json_of(actions: Sequence[AnyAction]) -> list[dict[str, Any]]:
    """Return actions as JSON, as the API shows them and the database keeps them."""
    dumped: list[dict[str, Any]] = _adapter().dump_python(tuple(actions), mode="json")
    return dumped


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `read_actions` reads."""
    return _adapter().json_schema()


def words_of(error: ValidationError) -> str:
    """Return what does not fit, and where."""
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5]) + "."
