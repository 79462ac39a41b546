"""The bounded types and base model of everything clients send."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_NO_NUL = r"^[^\x00]*$"


class Input(BaseModel):
    """A body clients send: strictly typed, nothing unknown."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        defer_build=True,  # at the first request: a hundred of them would slow every start
    )


def _reasonable(value: datetime) -> datetime:
    if not _EARLIEST <= value < _LATEST:
        raise ValueError("must lie between the years 2000 and 2200")
    return value.astimezone(UTC)


Time = Annotated[AwareDatetime, AfterValidator(_reasonable)]
"""An aware time near ours; stored as UTC."""
Word = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_NO_NUL)]
"""A short name or label. No text may hold NUL: PostgreSQL cannot store it."""
Line = Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
"""A line of text, maybe empty."""
Text = Annotated[str, StringConstraints(max_length=100_000, pattern=_NO_NUL)]
"""A message."""
Html = Annotated[str, StringConstraints(max_length=500_000, pattern=_NO_NUL)]
Address = Annotated[str, StringConstraints(min_length=1, max_length=320, pattern=_NO_NUL)]
"""An address on some channel: a mail address, a number, a provider's id."""
Email = Annotated[str, StringConstraints(min_length=1, max_length=254, pattern=_NO_NUL)]
"""A person's mail address; the use case says in words if it is none."""
Secret = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=_NO_NUL)]
"""A password."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12)]
Cursor = Annotated[str, Field(min_length=1, max_length=600, description="`next` of the page before")]
Limit = Annotated[int, Field(ge=1, le=200, description="Records of one page")]
Seq = Annotated[int, Field(ge=1, le=2**62)]
"""A place in the journal or among the notices."""
Search = Annotated[str, StringConstraints(max_length=200, pattern=_NO_NUL)]
Place = Annotated[int, Field(ge=0, le=2**62)]
"""A place among the notices; 0 is before the first."""
Namespace = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
"""The space an address is unique in: `email`, `phone`, a provider."""
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]
Reason = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]


def _without_nul(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    open_values: list[JsonValue] = list(value.values())
    while open_values:
        match open_values.pop():
            case str() as text if "\x00" in text:
                raise ValueError("must not contain the character NUL")
            case list() as items:
                open_values.extend(items)
            case dict() as items:
                open_values.extend([*items.keys(), *items.values()])
    return value


Settings = Annotated[dict[Key, JsonValue], Field(max_length=100), AfterValidator(_without_nul)]
"""Settings of a channel, as its connector's schema says."""
Document = Annotated[
    dict[Annotated[str, StringConstraints(max_length=100, pattern=_NO_NUL)], JsonValue],
    Field(max_length=100),
    AfterValidator(_without_nul),
]
"""A JSON document somebody draws or imports; who keeps it says what does not fit."""
