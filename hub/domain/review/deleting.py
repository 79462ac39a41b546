"""Proves deletions: each record's hash covers the record and the hash before it. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime

from hub.domain.review.content import Deletion


def chained(record: Deletion, previous: Deletion | None) -> Deletion:
    """Return the record as the next one of the chain."""
    number = 1 if previous is None else previous.number + 1
    linked = replace(record, number=number, previous="" if previous is None else previous.hash, hash="")
    return replace(linked, hash=_hash(linked))


def broken_at(records: Iterable[Deletion], *, before: Deletion | None = None) -> int | None:
    """Return the number of the first record that does not follow from those before it; None if all do.

    `records` in order of number; `before` is the one before the first, if it is not the very first.
    """
    last = before
    for record in records:
        if record != chained(record, last):
            return record.number
        last = record
    return None


def _hash(record: Deletion) -> str:
    lines = [f"{f.name}={_plain(getattr(record, f.name))}" for f in fields(record) if f.name != "hash"]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return "" if value is None else str(value).replace("\\", "\\\\").replace("\n", "\\n")
