"""How far an account was heard: the archive's id of the last message stored, and when that was. Pure."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

_OVERLAP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Position:
    """Where to go on."""

    last: str | None = None
    """The archive's id of the last message; "" for the beginning of the archive, None if there is no archive."""
    at: datetime | None = None

    @property
    def stamp(self) -> str:
        """The time as rooms want it (XEP-0082); "" if nothing was heard yet."""
        return self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.at else ""

    @property
    def rooms_since(self) -> str:
        """Since when rooms shall repeat their history: an hour more, since it comes after the messages of people."""
        return replace(self, at=self.at - _OVERLAP).stamp if self.at else ""

    def heard(self, archive_id: str, now: datetime | None = None) -> "Position":
        """Return the position after one more message; one without an archive's id moves only the time."""
        return replace(self, last=archive_id or self.last, at=now or self.at)

    def write(self) -> str:
        """Return it as the hub keeps it."""
        return json.dumps({"last": self.last, "at": self.stamp}, separators=(",", ":"))


def read_position(cursor: str | None) -> Position:
    """Read a cursor back; a blank position for anything else."""
    try:
        told = json.loads(cursor or "{}")
        last, at = told.get("last"), told.get("at")
        when = datetime.fromisoformat(at) if isinstance(at, str) and at else None
    except (ValueError, AttributeError):
        return Position()
    return Position(last if isinstance(last, str) else None, when)
