"""Calendars, who keeps which, and targets, with all their versions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from hub.domain.conversation import ConversationState, Priority
from hub.domain.hours import Calendar, Hours, Span, Spans, Version
from hub.domain.ids import CalendarId, ChannelId, TargetId, TeamId, UserId
from hub.domain.targets import Metric, Rule, RuleVersion, Target
from hub.domain.timetable import Timetable, Use
from hub.ports.hours import HolidaySource, Plan
from storage import tables
from storage.engine import Database, Session
from storage.prepared import Prepared

REVISION = "timetable"
"""The fact that changes whenever a calendar, a choice or a target does."""

c, cv, cu, t, tv, f = (
    tables.calendars,
    tables.calendar_versions,
    tables.calendar_uses,
    tables.targets,
    tables.target_versions,
    tables.facts,
)


@dataclass(frozen=True, slots=True)
class _Read:
    revision: str
    plan: Plan


_KNOWN: "WeakKeyDictionary[Database, _Read]" = WeakKeyDictionary()


class SqlTimetables:
    """Implements hub.ports.hours.Timetables."""

    def __init__(self, session: Session, database: Database) -> None:
        self._session = session
        self._database = database

    async def plan(self) -> Plan:
        rows = await self._session.fetch(_AT_PRESENT, {})
        revision = rows[0][0] if rows else ""
        known = _KNOWN.get(self._database)
        if known is None or known.revision != revision:
            known = _KNOWN[self._database] = _Read(revision, await self._read() if revision else _NOTHING)
        return known.plan

    async def _read(self) -> Plan:
        uses: dict[Any, list[Use]] = {}
        for keeper, keeper_id, calendar_id, since in await self._session.rows(
            sa.select(cu.c.keeper, cu.c.keeper_id, cu.c.calendar_id, cu.c.since).order_by(cu.c.since, cu.c.seq)
        ):
            use = Use(keeper=keeper, keeper_id=keeper_id, calendar_id=calendar_id, since=since)
            uses.setdefault((keeper, keeper_id), []).append(use)
        calendars = {calendar.id: calendar for calendar in await self._calendars(sa.true())}
        return Plan(timetable=Timetable(calendars=calendars, uses=uses), targets=tuple(await self._targets(sa.true())))

    async def _changed(self) -> None:
        await self._session.upsert(f, [{"name": REVISION, "value": str(uuid4())}], keys=("name",))

    # --- calendars

    async def calendars(self) -> Sequence[Calendar]:
        return await self._calendars(c.c.archived_at.is_(None))

    async def calendar(self, calendar_id: CalendarId) -> Calendar | None:
        found = await self._calendars(sa.and_(c.c.id == calendar_id, c.c.archived_at.is_(None)))
        return found[0] if found else None

    async def _calendars(self, which: sa.ColumnElement[bool]) -> Sequence[Calendar]:
        rows = await self._session.rows(
            sa.select(c.c.id, c.c.name, cv.c.number, cv.c.since, cv.c.zone, cv.c.week, cv.c.days)
            .join(cv, cv.c.calendar_id == c.c.id)
            .where(which)
            .order_by(c.c.name, c.c.id, cv.c.number)
        )
        names: dict[CalendarId, str] = {}
        versions: dict[CalendarId, list[Version]] = {}
        for calendar_id, name, number, since, zone, week, days in rows:
            names[CalendarId(calendar_id)] = name
            hours = Hours(
                zone=zone,
                week=tuple(_spans(day) for day in week),
                days={date.fromisoformat(day): _spans(spans) for day, spans in days.items()},
            )
            versions.setdefault(CalendarId(calendar_id), []).append(Version(number=number, since=since, hours=hours))
        return [Calendar(id=key, name=name, versions=tuple(versions[key])) for key, name in names.items()]

    async def holidays(self, calendar_id: CalendarId) -> HolidaySource:
        row = await self._session.one(
            sa.select(cv.c.holidays).where(cv.c.calendar_id == calendar_id).order_by(cv.c.number.desc()).limit(1)
        )
        return HolidaySource(**{**row[0], "own": tuple(row[0]["own"])}) if row is not None else HolidaySource()

    async def add_calendar(self, calendar: Calendar, source: HolidaySource, *, by: UserId | None) -> None:
        await self._session.insert(c, [{"id": calendar.id, "name": calendar.name, "archived_at": None}])
        for version in calendar.versions:
            await self.add_version(calendar.id, version, source, by=by)

    async def add_version(
        self, calendar_id: CalendarId, version: Version, source: HolidaySource, *, by: UserId | None
    ) -> None:
        hours = version.hours
        await self._session.insert_once(
            cv,
            {
                "calendar_id": calendar_id,
                "number": version.number,
                "since": version.since,
                "zone": hours.zone,
                "week": [_plain(spans) for spans in hours.week],
                "days": {day.isoformat(): _plain(spans) for day, spans in hours.days.items()},
                "holidays": {
                    "country": source.country,
                    "subdivision": source.subdivision,
                    "names": dict(source.names),
                    "own": list(source.own),
                    "until": source.until,
                },
                "made_by": by,
            },
        )
        await self._changed()

    async def rename_calendar(self, calendar_id: CalendarId, name: str) -> None:
        await self._session.run(sa.update(c).where(c.c.id == calendar_id).values(name=name))
        await self._changed()

    async def archive_calendar(self, calendar_id: CalendarId, at: datetime) -> None:
        await self._session.run(sa.update(c).where(c.c.id == calendar_id).values(archived_at=at))
        await self._changed()

    async def use(self, use: Use) -> None:
        await self._session.run(
            sa.insert(cu).values(
                keeper=use.keeper, keeper_id=use.keeper_id, calendar_id=use.calendar_id, since=use.since
            )
        )
        await self._changed()

    # --- targets

    async def targets(self) -> Sequence[Target]:
        return await self._targets(t.c.archived_at.is_(None))

    async def _targets(self, which: sa.ColumnElement[bool]) -> Sequence[Target]:
        rows = await self._session.rows(
            sa.select(t.c.id, t.c.name, tv.c.number, tv.c.since, tv.c.rule)
            .join(tv, tv.c.target_id == t.c.id)
            .where(which)
            .order_by(t.c.seq, t.c.id, tv.c.number)
        )
        names: dict[TargetId, str] = {}
        versions: dict[TargetId, list[RuleVersion]] = {}
        for target_id, name, number, since, rule in rows:
            names[TargetId(target_id)] = name
            versions.setdefault(TargetId(target_id), []).append(
                RuleVersion(number=number, since=since, rule=_load_rule(rule))
            )
        return [Target(id=key, name=name, versions=tuple(versions[key])) for key, name in names.items()]

    async def add_target(self, target: Target, *, by: UserId | None) -> None:
        last = await self._session.value(sa.select(sa.func.max(t.c.seq)))
        await self._session.insert(t, [{"id": target.id, "seq": (last or 0) + 1, "name": target.name}])
        for version in target.versions:
            await self.add_rule(target.id, version, by=by)

    async def add_rule(self, target_id: TargetId, version: RuleVersion, *, by: UserId | None) -> None:
        await self._session.insert_once(
            tv,
            {
                "target_id": target_id,
                "number": version.number,
                "since": version.since,
                "rule": _dump_rule(version.rule),
                "made_by": by,
            },
        )
        await self._changed()

    async def rename_target(self, target_id: TargetId, name: str) -> None:
        await self._session.run(sa.update(t).where(t.c.id == target_id).values(name=name))
        await self._changed()

    async def archive_target(self, target_id: TargetId, at: datetime) -> None:
        await self._session.run(sa.update(t).where(t.c.id == target_id).values(archived_at=at))
        await self._changed()

    async def forget(self, calendar_ids: Collection[CalendarId], target_ids: Collection[TargetId]) -> None:
        session, ours = self._session, cu.c.calendar_id.in_(calendar_ids)
        users = sa.select(cu.c.keeper_id).where(ours)
        await session.run(sa.delete(cu).where(sa.or_(ours, cu.c.keeper_id.in_(users))))
        await session.run(sa.delete(c).where(c.c.id.in_(calendar_ids)))
        await session.run(sa.delete(t).where(t.c.id.in_(target_ids)))
        await self._changed()

    async def order_targets(self, target_ids: Sequence[TargetId]) -> None:
        for seq, target_id in enumerate(target_ids, 1):
            await self._session.run(sa.update(t).where(t.c.id == target_id).values(seq=seq))
        await self._changed()


_NOTHING = Plan(timetable=Timetable(), targets=())
_AT_PRESENT = Prepared(lambda _postgres: sa.select(f.c.value).where(f.c.name == sa.literal_column(f"'{REVISION}'")))


def _spans(value: Sequence[Sequence[int]]) -> Spans:
    return tuple(Span(opens, closes) for opens, closes in value)


def _plain(spans: Spans) -> list[list[int]]:
    return [[span.opens, span.closes] for span in spans]


def _dump_rule(rule: Rule) -> dict[str, Any]:
    return {
        "channels": [str(key) for key in rule.channels],
        "teams": [str(key) for key in rule.teams],
        "priorities": [priority.value for priority in rule.priorities],
        "tags": list(rule.tags),
        "segments": [list(pair) for pair in rule.segments],
        "goals": {metric.value: seconds for metric, seconds in rule.goals.items()},
        "share": rule.share,
        "business": rule.business,
        "pause_when": sorted(state.value for state in rule.pause_when),
        "pause_replies": rule.pause_replies,
        "warn_after": rule.warn_after,
        "active": rule.active,
    }


def _load_rule(value: Mapping[str, Any]) -> Rule:
    return Rule(
        channels=tuple(ChannelId(UUID(key)) for key in value["channels"]),
        teams=tuple(TeamId(UUID(key)) for key in value["teams"]),
        priorities=tuple(Priority(word) for word in value["priorities"]),
        tags=tuple(value["tags"]),
        segments=tuple((name, text) for name, text in value["segments"]),
        goals={Metric(metric): seconds for metric, seconds in value["goals"].items()},
        share=value["share"],
        business=value["business"],
        pause_when=frozenset(ConversationState(word) for word in value["pause_when"]),
        pause_replies=value["pause_replies"],
        warn_after=value["warn_after"],
        active=value["active"],
    )
