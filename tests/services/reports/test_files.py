"""Files of waits: nothing in a cell is run, every row is there, and a long sheet goes on in the next."""

import csv
import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree as ET

import pytest

from hub.domain.ids import ChannelId, ContactId, ConversationId, InteractionId, UserId, WaitId
from hub.domain.reports.lists import ReportWait
from hub.domain.reports.period import zone_of
from hub.domain.waiting import WaitEnd
from hub.services.reports.files import WAITS, CsvSheet, Names, XlsxSheet, csv_text, harmless, heads, row_of
from hub.services.reports.paper import PaperTable, pdf_of
from hub.services.reports.words import words_of

_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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


def names(of: ReportWait, language: str = "en") -> Names:
    called: dict[UUID, str] = {of.channel_id: "Chat"} | ({of.answered_by: "Ben"} if of.answered_by else {})
    zone = zone_of("Europe/Warsaw")
    return Names(of=called, words=words_of(language), zone=zone, link="https://hub.example/inbox/")


def written(path: Path, of: ReportWait, *, language: str = "en", times: int = 1, sheet_rows: int = 100) -> Path:
    """An XLSX with the same wait some times."""
    sheet = XlsxSheet(path / "waits.xlsx", WAITS, names(of, language), name="file.waits", sheet_rows=sheet_rows)
    sheet.add([row_of(of, names(of, language))] * times)
    sheet.close()
    return path / "waits.xlsx"


@pytest.mark.parametrize(
    "text", ["=1+1", "+48 600", "-2", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%0A=1", '=HYPERLINK("x")']
)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Where is it?", "", "48 600", "(=)", "Łódź"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("language", "started", "answered_by", "ended_by", "end"),
    [
        ("en", "Started", "Answered by", "How it ended", "Answered"),
        ("ko", "시작", "답변한 사람", "끝난 방식", "답변함"),
        ("pl", "Początek", "Kto odpowiedział", "Jak się skończyło", "Odpowiedziano"),
    ],
)
def test_a_csv_has_the_waits_in_the_askers_words_and_time(
    tmp_path: Path, language: str, started: str, answered_by: str, ended_by: str, end: str
) -> None:
    one = wait(question="=cmd|' /C calc'!A0")
    sheet = CsvSheet(tmp_path / "waits.csv", WAITS, words_of(language))
    sheet.add([row_of(one, names(one, language))])
    sheet.close()
    head, row = csv.reader(io.StringIO((tmp_path / "waits.csv").read_text(encoding="utf-8-sig")))
    assert head == heads(words_of(language), WAITS)
    said, found = dict(zip(head, row, strict=True)), dict(zip(WAITS, row, strict=True))
    assert (said[started], said[answered_by], said[ended_by]) == ("2026-11-22 10:30:00+01:00", "Ben", end)
    assert (found["file.columns.seconds"], found["one.channel"], found["file.columns.first"]) == (
        "1200",
        "Chat",
        "TRUE",
    )
    assert found["file.columns.question"].startswith("'=cmd")
    assert found["file.columns.conversation"] == f"https://hub.example/inbox/{one.conversation_id}"


def test_an_xlsx_holds_texts_as_texts_and_no_formula(tmp_path: Path) -> None:
    one = wait(question="=1+1", answer="bell \x07 and \x00 nothing", subject="http://x.example")
    with zipfile.ZipFile(written(tmp_path, one, times=3)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<row ") == 4
    assert "<f>" not in page
    assert "<hyperlink" not in page
    assert "=1+1" in page
    assert "bell  and  nothing" in page


@pytest.mark.parametrize(
    ("language", "sheet", "started"),
    [("en", "Waits 1", "Started"), ("ko", "대기 1", "시작"), ("pl", "Oczekiwania 1", "Początek")],
)
def test_an_xlsx_has_words_of_the_asker_and_numbers_and_times_of_its_own(
    tmp_path: Path, language: str, sheet: str, started: str
) -> None:
    with zipfile.ZipFile(written(tmp_path, wait(), language=language)) as book:
        workbook, page, styles = (
            ET.fromstring(book.read(f"xl/{name}.xml"))  # noqa: S314 - our own file
            for name in ("workbook", "worksheets/sheet1", "styles")
        )
    assert [one.get("name") for one in workbook.iter(f"{_XLSX}sheet")] == [sheet]
    cells = {str(cell.get("r")): cell for cell in page.iter(f"{_XLSX}c")}
    assert "".join(cells["A1"].itertext()) == f"{started} (Europe/Warsaw)"
    assert (cells["A2"].get("t"), "".join(cells["A2"].itertext())) == (None, "46348.4375")
    shown = styles.findall(f"{_XLSX}cellXfs/{_XLSX}xf")[int(str(cells["A2"].get("s")))].get("numFmtId")
    (format_code,) = [one.get("formatCode") for one in styles.iter(f"{_XLSX}numFmt") if one.get("numFmtId") == shown]
    assert format_code == "yyyy-mm-dd hh:mm:ss"
    assert (cells["D2"].get("t"), "".join(cells["D2"].itertext())) == (None, "1200")
    assert (cells["H2"].get("t"), "".join(cells["H2"].itertext())) == ("b", "1")


def test_what_does_not_fit_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    one = wait(ended_at=None, ended_by=None, seconds=None, answered_by=None)
    with zipfile.ZipFile(written(tmp_path, one, times=5, sheet_rows=2)) as book:
        assert sum("worksheets/sheet" in name for name in book.namelist()) == 3


def test_an_empty_table_is_its_head() -> None:
    assert csv_text(("A", "B"), []).decode("utf-8-sig") == "A,B\r\n"


def test_a_pdf_is_made_without_the_screens_fonts_too(tmp_path: Path) -> None:
    table = PaperTable(heading="Agents", columns=("Name", "n"), widths=(60, 20), rows=[("Łucja", "1")])
    content = pdf_of("Week", "Łucja — 한국어", [table], language="pl", fonts=tmp_path)
    assert content.startswith(b"%PDF-")
    assert b"/Lang (pl)" in content
