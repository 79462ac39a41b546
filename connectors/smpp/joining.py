"""Parts of long messages that wait for the others: durable in the cursor, shown incomplete after a while. Pure."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from connectors.smpp.pdu import Pdu, ShortMessage, split
from connectors.smpp.segments import Part

PATIENCE = timedelta(minutes=10)
"""How long a part waits for the others; operators give up on a phone's part within minutes."""
MOST_WAITING = 200
"""Unfinished messages kept at most: the cursor stays small whatever is sent to us."""
_RECENT = 64
RESENT_WITHIN = timedelta(minutes=15)


@dataclass(slots=True, kw_only=True)
class Unfinished:
    """A message of which some parts are here."""

    total: int
    since: datetime
    parts: dict[int, bytes] = field(default_factory=dict)
    """By number: the whole unit."""


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the cursor remembers over a cut connection: unfinished messages, and what the operator may send again."""

    waiting: dict[str, Unfinished] = field(default_factory=dict)
    unsure: dict[str, datetime] = field(default_factory=dict)
    """Digests of units that were stored, but whose acknowledgement may not have arrived."""
    count: int = 0
    """Rises with every unit: part of the id of what comes next."""

    def add(self, unit: Pdu, message: ShortMessage, part: Part, now: datetime) -> bytes | None:
        """Keep a part; returns all units of its message, one after the other, once they are here."""
        key = _key(message, part)
        unfinished = self.waiting.setdefault(key, Unfinished(total=part.total, since=now))
        unfinished.parts.setdefault(part.number, unit.encode())
        if len(unfinished.parts) < unfinished.total:
            return None
        del self.waiting[key]
        return joined(unfinished)

    def overdue(self, now: datetime) -> Sequence[bytes]:
        """Take out what waited too long, or is too much; incomplete as it is."""
        by_age = sorted(self.waiting.items(), key=lambda item: item[1].since)
        spare = max(0, len(by_age) - MOST_WAITING)
        gone = [key for n, (key, found) in enumerate(by_age) if n < spare or now - found.since > PATIENCE]
        return [joined(self.waiting.pop(key)) for key in gone]

    def stored(self, digest: str, now: datetime) -> None:
        """Note that a unit is about to be stored; until `acknowledged` the operator may send it again."""
        self.count += 1
        self.unsure[digest] = now
        while len(self.unsure) > _RECENT:
            self.unsure.pop(next(iter(self.unsure)))

    def acknowledged(self, digests: Sequence[str]) -> None:
        """Note that the operator went on after our answers: it has them."""
        for digest in digests:
            self.unsure.pop(digest, None)

    def write(self) -> str:
        """Return the cursor."""
        waiting = {
            key: [found.total, found.since.timestamp(), {n: b64encode(u).decode() for n, u in found.parts.items()}]
            for key, found in self.waiting.items()
        }
        unsure = {digest: at.timestamp() for digest, at in self.unsure.items()}
        return json.dumps({"waiting": waiting, "unsure": unsure, "count": self.count}, separators=(",", ":"))


def read(cursor: str | None) -> Memory:
    """Read a cursor back."""
    known = json.loads(cursor) if cursor else {}
    return Memory(
        waiting={
            key: Unfinished(
                total=total, since=_time(since), parts={int(n): b64decode(unit) for n, unit in parts.items()}
            )
            for key, (total, since, parts) in known.get("waiting", {}).items()
        },
        unsure={digest: _time(at) for digest, at in known.get("unsure", {}).items()},
        count=known.get("count", 0),
    )


def digest_of(unit: Pdu) -> str:
    """Return what two deliveries of one unit have in common: all but the sequence number."""
    return sha256(unit.command.to_bytes(4, "big") + unit.body).hexdigest()[:24]


def joined(unfinished: Unfinished) -> bytes:
    """Return the units there are, in order."""
    return b"".join(unit for _, unit in sorted(unfinished.parts.items()))


def resent(memory: Mapping[str, datetime], digest: str, now: datetime) -> bool:
    """Tell whether a unit that comes after a cut is one that was stored before it."""
    at = memory.get(digest)
    return at is not None and now - at < RESENT_WITHIN


def sequence_free(data: bytes) -> bytes:
    """Return units with their sequence numbers set to 0: what the journal keeps says nothing of the connection."""
    return b"".join(Pdu(command=unit.command, status=unit.status, body=unit.body).encode() for unit in split(data))


def _key(message: ShortMessage, part: Part) -> str:
    return f"{message.source.value}>{message.destination.value}/{part.reference}/{part.total}"


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
