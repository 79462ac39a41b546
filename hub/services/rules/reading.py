"""What a rule says as JSON and back, and the published schema of it."""

from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from hub.domain.errors import Invalid
from hub.domain.rules.records import RuleBody
from hub.services.actions.reading import words_of


@cache
def _adapter() -> TypeAdapter[tuple[RuleBody]]:
    # Wrapped, since strictness can be told to what holds a record, not to the record itself.
    return TypeAdapter(tuple[RuleBody], config=ConfigDict(extra="forbid"))


def read_body(value: object) -> RuleBody:
    """Read what a rule says. Raises Invalid, in words."""
    try:
        return _adapter().validate_python((value,))[0]
    except ValidationError as error:
        raise Invalid("The rule does not fit. " + words_of(error)) from error


def json_of(body: RuleBody) -> dict[str, Any]:
    """Return what a rule says as JSON, as the API shows it and the versions keep it."""
    dumped: list[dict[str, Any]] = _adapter().dump_python((body,), mode="json")
    return dumped[0]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what `read_body` reads."""
    return TypeAdapter(RuleBody).json_schema()
