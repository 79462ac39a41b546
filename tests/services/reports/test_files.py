"""Files of waits: nothing in a cell is run, every row is there, and a long sheet goes on in the next."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, UserId, WaitId
from hub.domain.reports.lists import ReportWait
from hub.domain.reports.period import zone_of
from hub.domain.waiting import WaitEnd
from hub.services.reports.files import COLUMNS, CsvSheet, Names, XlsxSheet, csv_text, harmless, row_of
from hub.services.reports.mailing import length
from hub.services.reports.paper import pdf_of

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def wait(**more: object) -> ReportWait:
    key = uuid4()
    given: dict[str, object] = {
        "id": WaitId(key),
        "conversation_id": ConversationId(uuid4()),
        "channel_id": ChannelId(uuid4()),
        "team_id": None,
        "contact_id": ContactId(uuid4()),
        "contact_name": "Łucja Żak",
        "subject": "주문",
        "question": "Where is it?",
        "question_id": InteractionId(key),
        "answer": "On its way.",
        "answer_id": None,
        "started_at": NOW,
        "ended_at": NOW + timedelta(minutes=20),
        "ended_by": WaitEnd.reply,
        "first": True,
        "reopened": False,
        "initiated_by_us": False,
        "answered_by": UserId(uuid4()),
        "bot_at": None,
        "seconds": 1200.0,
    }
    return ReportWait(**(given | more))  # type: ignore[arg-type]  # overridden by name


def names(of: ReportWait) -> Names:
    called: dict[UUID, str] = {of.channel_id: "Chat"} | ({of.answered_by: "Ben"} if of.answered_by else {})
    return Names(of=called, zone=zone_of("Europe/Warsaw"), link="https://hub.example/inbox/")


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 600", "-2", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%0A=1", '=HYPERLINK("x")']
)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Where is it?", "", "48 600", "(=)", "Łódź"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_csv_has_the_waits_in_the_askers_time(tmp_path: Path) -> None:
    one = wait(question="=cmd|' /C calc'!A0")
    sheet = CsvSheet(tmp_path / "waits.csv")
    sheet.add([row_of(one, names(one))])
    sheet.close()
    rows = list(csv.reader(io.StringIO((tmp_path / "waits.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == list(COLUMNS)
    found = dict(zip(COLUMNS, rows[1], strict=True))
    assert found["Started"] == "2026-11-22 10:30:00+01:00"
    assert (found["Seconds"], found["Channel"], found["Answered by"]) == ("1200", "Chat", "Ben")
    assert found["Question"].startswith("'=cmd")
    assert found["Conversation"] == f"https://hub.example/inbox/{one.conversation_id}"


def test_an_xlsx_holds_texts_as_texts_and_no_formula(tmp_path: Path) -> None:
    one = wait(question="=1+1", answer="bell \x07 and \x00 nothing", subject="http://x.example")
    sheet = XlsxSheet(tmp_path / "waits.xlsx")
    sheet.add([row_of(one, names(one))] * 3)
    sheet.close()
    with zipfile.ZipFile(tmp_path / "waits.xlsx") as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<row ") == 4
    assert "<f>" not in page
    assert "<hyperlink" not in page
    assert "=1+1" in page
    assert "bell  and  nothing" in page


def test_what_does_not_fit_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    one = wait(ended_at=None, ended_by=None, seconds=None, answered_by=None)
    sheet = XlsxSheet(tmp_path / "waits.xlsx", sheet_rows=2)
    sheet.add([row_of(one, names(one))] * 5)
    sheet.close()
    with zipfile.ZipFile(tmp_path / "waits.xlsx") as book:
        assert sum("worksheets/sheet" in name for name in book.namelist()) == 3


def test_an_empty_table_is_its_head() -> None:
    assert csv_text(("A", "B"), []).decode("utf-8-sig") == "A,B\r\n"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "—"),
        (0.2, "0 s"),
        (45, "45 s"),
        (720, "12 min"),
        (11_100, "3 h 5 min"),
        (7200, "2 h"),
        (187_200, "2 d 4 h"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float | None, said: str) -> None:
    assert length(seconds) == said


def test_a_pdf_is_made_without_the_screens_fonts_too(tmp_path: Path) -> None:
    row = ["Reply", "9", "", "12 min", "1 h", "2 d", "3 h", "half within 9 min", "From … to …"]
    content = pdf_of(
        "Week",
        "Łucja — 한국어",
        [f"c{n}" for n in range(9)],
        [row],
        [("Agents", [["Łucja", "1", "2", "3", "4"]])],
        fonts=tmp_path,
    )
    assert content.startswith(b"%PDF-")
