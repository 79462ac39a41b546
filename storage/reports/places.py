"""Where rows of facts belong: the hour they are read for, their channel, team, tags and source."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hub.domain.reports.happened import HOUR, Place
from storage import tables
from storage.types import load_json

v, p, c = tables.conversations, tables.contact_points, tables.contacts


def ends_of(hour: datetime) -> Mapping[str, datetime]:
    """Return the values of what `within` binds."""
    return {"lo": hour, "hi": hour + HOUR}


def within(column: Any) -> sa.ColumnElement[bool]:
    """Return "it is within the hour"."""
    return sa.and_(
        column >= sa.bindparam("lo", type_=column.type),
        column < sa.bindparam("hi", type_=column.type),
    )


def placed(at: Any) -> tuple[sa.ColumnElement[Any], ...]:
    """Return the columns a place is made of, from `owners`."""
    return (at.c.channel_id, v.c.team_id, sa.cast(v.c.tags, sa.Text), c.c.source)


def owners(at: Any) -> sa.Join:
    """Return a table joined with the conversation of its rows and their contact."""
    talks = sa.join(at, v, v.c.id == at.c.conversation_id)
    return talks.join(p, p.c.id == v.c.contact_point_id).join(c, c.c.id == p.c.contact_id)


def _tags(text: str | None) -> Sequence[str]:
    return () if not text or text == "[]" else tuple(str(tag) for tag in load_json(text))


class Places(dict[tuple[Any, ...], Place]):
    """Places by what they are made of, and people: equal ones are one, so that they are cut once."""

    def __init__(self) -> None:
        super().__init__()
        self._people: dict[Any, Any] = {}

    def person(self, user_id: Any) -> Any:
        """Return the id as it was first seen."""
        return self._people.setdefault(user_id, user_id)

    def __missing__(self, key: tuple[Any, ...]) -> Place:
        channel_id, team_id, tags, source = key
        place = self[key] = Place(channel_id=channel_id, team_id=team_id, tags=_tags(tags), source=source)
        return place
