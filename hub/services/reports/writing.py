"""Writes a saved report as it is mailed, in one language: subject, text, tables for paper, a spreadsheet's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.domain.reports.answers import Value, main_of
from hub.domain.reports.figures import FIGURES, Unit
from hub.domain.reports.saved import SavedReport
from hub.ports import Storage
from hub.services.reports import asked as asking
from hub.services.reports import dashboard
from hub.services.reports.files import Value as Cell
from hub.services.reports.files import csv_text, heads
from hub.services.reports.groups import Group
from hub.services.reports.paper import PaperTable
from hub.services.reports.words import NONE, Words

_TIMES = ("median", "ninetyShort", "file.columns.longest", "file.columns.mean")
HEADS = ("file.columns.figure", "file.columns.n", "file.columns.value", *_TIMES, "file.columns.formula")
_WIDTHS = (58, 14, 24, 22, 22, 24, 22, 91)
GROUP_HEADS = ("file.columns.name", "file.columns.replies", "median", "ninetyShort", "figures.waiting")
_GROUP_WIDTHS = (70, 20, 30, 30, 30)
CSV_HEADS = (
    *("file.columns.figure", "file.columns.unit", "file.columns.n", "file.columns.value", *_TIMES),
    *("file.columns.before", "file.columns.formula"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report as it is mailed."""

    subject: str
    text: str
    lead: str
    """What stands above the tables on paper: the text without the figures, which the tables have."""
    tables: Sequence[PaperTable]
    """Its figures, and those by channel, team and agent."""
    csv: bytes
    """Its figures with numbers a program reads: seconds, and shares of 0 to 1."""


async def write(storage: Storage, report: SavedReport, words: Words, now: datetime) -> Written:
    """Return a report in somebody's words. Raises Invalid for what cannot be asked any more."""
    period, of = asking.read(report.asked, now)
    found = await dashboard.dashboard(storage.reports, period, of, now, compare=True, language=words.language)
    days = words.days(period)
    values = [value for value in found.values if value.n]
    lines = [f"{words.say(f'figures.{value.figure}')}: {_said(words, value)}" for value in values]
    if found.open.oldest is None:
        waiting = words.say("file.waiting", n=words.number(found.open.n))
    else:
        since = words.moment(found.open.oldest, period)
        waiting = words.say("file.waitingSince", n=words.number(found.open.n), since=since)
    nothing = [] if values else [words.say("file.nothing")]
    names = await _names(storage)
    groups = (("channels", found.channels), ("teams", found.teams), ("agents", found.agents))
    return Written(
        subject=f"{report.name}: {days}",
        text="\n".join([f"{report.name}, {days} ({period.zone})", "", *lines, *nothing, waiting, *found.notes]),
        lead="\n".join([f"{days} ({period.zone})", *nothing, waiting, *found.notes]),
        tables=[
            PaperTable(
                heading=words.say("file.figures"),
                columns=heads(words, HEADS),
                widths=_WIDTHS,
                rows=[_row(words, value) for value in values],
            ),
            *(_group_table(words, names, title, some) for title, some in groups if some),
        ],
        csv=csv_text(heads(words, CSV_HEADS), [_csv_row(words, value) for value in values]),
    )


def _group_table(words: Words, names: Mapping[UUID, str], title: str, groups: Sequence[Group]) -> PaperTable:
    return PaperTable(
        heading=words.say(title),
        columns=heads(words, GROUP_HEADS),
        widths=_GROUP_WIDTHS,
        rows=[_line(words, names, group) for group in groups],
    )


def _line(words: Words, names: Mapping[UUID, str], group: Group) -> Sequence[str]:
    reply = next((value for value in group.values if value.figure == "reply"), None)
    name = names.get(group.id, NONE) if group.id is not None else group.name or NONE
    replies = [NONE] * 3
    if reply is not None:
        replies = [words.number(reply.n), words.length(reply.p50), words.length(reply.p90)]
    return [name, *replies, words.number(group.open) if group.open is not None else NONE]


def _row(words: Words, value: Value) -> Sequence[str]:
    times = [""] * 4
    match FIGURES[value.figure].unit:
        case Unit.number:
            main = words.number(value.n)
        case Unit.share:
            main = words.share(value.value)
        case Unit.seconds:
            main = "" if value.value is None else words.length(value.value)
            times = [words.length(one) for one in (value.p50, value.p90, value.longest, value.mean)]
    name, formula = words.say(f"figures.{value.figure}"), words.say(f"formulas.{value.figure}")
    return [name, words.number(value.n), main, *times, formula]


def _csv_row(words: Words, value: Value) -> Sequence[Cell]:
    unit = FIGURES[value.figure].unit
    return (
        words.say(f"figures.{value.figure}"),
        words.say(f"file.units.{unit}"),
        value.n,
        value.value,
        *(value.p50, value.p90, value.longest, value.mean),
        None if value.before is None else main_of(value.before),
        words.say(f"formulas.{value.figure}"),
    )


def _said(words: Words, value: Value) -> str:
    match FIGURES[value.figure].unit:
        case Unit.number:
            return words.number(value.n)
        case Unit.share:
            return words.say("file.share", share=words.share(value.value), n=words.number(value.n))
        case Unit.seconds:
            spread = words.say(
                "file.spread",
                median=words.length(value.p50),
                ninety=words.length(value.p90),
                longest=words.length(value.longest),
                n=words.number(value.n),
            )
            if value.value is None:
                return spread
            return words.say("file.average", mean=words.length(value.value), spread=spread)


async def _names(storage: Storage) -> Mapping[UUID, str]:
    async with storage.read() as uow:
        found: dict[UUID, str] = {channel.id: channel.name for channel in await uow.channels.all()}
        found |= {team.id: team.name for team in await uow.users.teams()}
        found |= {user.id: user.name for user in await uow.users.all()}
    return found
