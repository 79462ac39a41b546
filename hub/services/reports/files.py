"""Writes waits and entries as CSV and XLSX, row by row: nothing in a cell is ever run, and memory stays small."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol
from uuid import UUID

from hub.domain.reports.lists import ReportEntry, ReportWait
from hub.services.reports.words import Words

WAITS: Mapping[str, int] = {
    "file.columns.started": 19,
    "file.columns.ended": 19,
    "file.columns.endedBy": 14,
    "file.columns.seconds": 10,
    "file.columns.counted": 14,
    "file.columns.business": 14,
    "file.columns.due": 19,
    "file.columns.first": 12,
    "file.columns.reopened": 10,
    "file.columns.initiated": 10,
    "file.columns.bot": 19,
    "one.channel": 18,
    "one.team": 14,
    "file.columns.answeredBy": 18,
    "file.columns.customer": 22,
    "file.columns.subject": 24,
    "file.columns.question": 50,
    "file.columns.answer": 50,
    "file.columns.conversation": 44,
}
"""The columns of a list of waits by their texts' keys, each with its width in characters."""
ENTRIES: Mapping[str, int] = {
    "file.columns.at": 19,
    "file.columns.kind": 12,
    "one.channel": 18,
    "one.team": 14,
    "file.columns.author": 18,
    "file.columns.customer": 22,
    "file.columns.subject": 24,
    "file.columns.text": 60,
    "file.columns.conversation": 44,
}
"""Those of a list of messages and calls."""
RATINGS = (
    *("file.columns.askedAt", "file.columns.ratedAt", "file.columns.scale", "file.columns.score"),
    *("file.columns.comment", "one.channel", "one.team", "one.agent"),
    *("file.columns.customer", "file.columns.conversation"),
)
"""Those of a list of ratings."""
TIMES = frozenset(f"file.columns.{name}" for name in ("started", "ended", "due", "bot", "at"))
"""Columns of times. A cell of a sheet cannot say its zone, so their headings do."""
Value = str | float | datetime | bool | None
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""A text beginning so is run as a formula by some spreadsheet: https://owasp.org/www-community/attacks/CSV_Injection"""
SHEET_ROWS = 1_000_000
"""Rows of one sheet; a sheet holds 1,048,576."""
_HEAD_HEIGHT = 45
"""Points: three lines, since a heading is longer than what stands below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What ids are called, in whose words, and the zone times are written in."""

    of: Mapping[UUID, str]
    words: Words
    zone: tzinfo
    link: str
    """Where the screens are: a conversation's id is put behind it."""

    def at(self, time: datetime | None) -> datetime | None:
        """Return a moment in the zone."""
        return None if time is None else time.astimezone(self.zone)

    def called(self, key: UUID | None) -> str:
        """Return what a channel, team or person is called; nothing for None."""
        return self.of.get(key, str(key)) if key is not None else ""


def row_of(wait: ReportWait, names: Names) -> Sequence[Value]:
    """Return a wait as a row of `WAITS`; times in the zone."""
    return (
        names.at(wait.started_at),
        names.at(wait.ended_at),
        names.words.say(f"ends.{wait.ended_by}") if wait.ended_by else "",
        wait.seconds,
        wait.counted,
        wait.business_seconds,
        names.at(wait.due_at),
        wait.first,
        wait.reopened,
        wait.initiated_by_us,
        names.at(wait.bot_at),
        names.called(wait.channel_id),
        names.called(wait.team_id),
        names.called(wait.answered_by),
        wait.contact_name,
        wait.subject,
        wait.question,
        wait.answer,
        f"{names.link}{wait.conversation_id}",
    )


def row_of_entry(entry: ReportEntry, names: Names) -> Sequence[Value]:
    """Return a message or call as a row of `ENTRIES`; its time in the zone."""
    return (
        names.at(entry.at),
        names.words.say(f"file.kinds.{entry.kind}"),
        names.called(entry.channel_id),
        names.called(entry.team_id),
        names.called(entry.author_id),
        entry.contact_name,
        entry.subject,
        entry.text,
        f"{names.link}{entry.conversation_id}",
    )


def heads(words: Words, columns: Iterable[str]) -> Sequence[str]:
    """Return the headings of columns."""
    return [words.say(column) for column in columns]


def harmless(text: str) -> str:
    """Return a text no spreadsheet takes for a formula; what is dangerous gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_RUNS) else text


class Sheet(Protocol):
    """A file rows are added to."""

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows; may take its time."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class CsvSheet:
    """A CSV file in UTF-8 with a byte order mark, as Excel wants it."""

    def __init__(self, path: Path, columns: Iterable[str], words: Words) -> None:
        """Begin the file; `columns` are their texts' keys."""
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(heads(words, columns))

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows."""
        self._writer.writerows([_plain(value) for value in row] for row in rows)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class XlsxSheet:
    """An XLSX file, written through to the disk row by row."""

    def __init__(
        self, path: Path, columns: Mapping[str, int], names: Names, *, name: str, sheet_rows: int = SHEET_ROWS
    ) -> None:
        """Begin the file; `columns` are `WAITS` or alike, `name` is the key of the sheets' name."""
        import xlsxwriter  # not at the top: only who asks for a file needs it

        self._book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        said = zip(columns, heads(names.words, columns), strict=True)
        self._heads = [f"{head} ({names.zone})" if column in TIMES else head for column, head in said]
        self._widths = tuple(columns.values())
        self._name = names.words.say(name)
        self._sheets = 0
        self._most = sheet_rows
        self._next_sheet()

    def _next_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(f"{self._name} {self._sheets}")
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_row(0, _HEAD_HEIGHT)
        for place, name in enumerate(self._heads):
            self._sheet.write_string(0, place, name, self._head)
        self._row = 1

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Write rows."""
        for row in rows:
            if self._row > self._most:
                self._next_sheet()
            for place, value in enumerate(row):
                self._write(place, value)
            self._row += 1

    def _write(self, place: int, value: Value) -> None:
        match value:
            case None | "":
                return
            case str():
                self._sheet.write_string(self._row, place, _printable(value))
            case datetime():
                self._sheet.write_datetime(self._row, place, value.replace(tzinfo=None), self._time)
            case bool():
                self._sheet.write_boolean(self._row, place, value)
            case _:
                self._sheet.write_number(self._row, place, value)

    def close(self) -> None:
        """Pack the file."""
        self._book.close()


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a small table as CSV; `columns` are its headings."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value)
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case bool():
            return "TRUE" if value else "FALSE"
        case _:
            return f"{value:.3f}".rstrip("0").rstrip(".")


def _printable(text: str) -> str:
    """Return the text without the control characters XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")
