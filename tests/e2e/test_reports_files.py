"""Files and paper of reports in the readers' languages: what a Korean takes away, and what a printed page shows."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from playwright.async_api import Browser, expect

from hub.domain.reports.figures import FIGURES
from hub.domain.reports.period import Named, period_named
from hub.services.reports.files import WAITS, heads
from hub.services.reports.paper import PaperTable, pdf_of
from hub.services.reports.words import words_of
from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", {"HUB_DEMO": "true"}) as running:
        yield running


async def test_a_korean_takes_a_file_away_and_finds_it_again(browser: Browser, api: HubApi, tmp_path: Path) -> None:
    manager = await Agent.sign_in(browser, api.hub)
    page, words = manager.page, words_of("ko")
    await api.insist("PATCH", "/session", {"language": "ko"})
    await page.goto(f"{api.hub.url}/reports/waits?period=last_week&figure=first_response")
    download = page.get_by_role("button", name="내려받기")
    # First something is in the way where files are kept.
    obstacle = api.hub.folder / "data" / "blobs" / "exports"
    obstacle.write_text("in the way")
    await download.click()
    await page.get_by_role("menuitem", name="엑셀").click()
    await expect(page.get_by_role("alert")).to_contain_text("exports/")
    obstacle.unlink()
    await download.click()
    await page.get_by_role("menuitem", name="엑셀").click()
    await expect(page.get_by_role("alert")).to_have_count(0)
    save = page.get_by_role("link", name="파일 저장")
    async with page.expect_download() as downloading:
        await save.click()
    file = tmp_path / "waits.xlsx"
    await (await downloading.value).save_as(file)
    with ZipFile(file) as book:
        names, sheet = (book.read(f"xl/{name}.xml").decode() for name in ("workbook", "worksheets/sheet1"))
    assert 'name="대기 1"' in names
    assert [head for head in heads(words, WAITS) if f"<t>{head}" not in sheet] == []
    # Who looks elsewhere meanwhile finds the file later.
    await page.goto(f"{api.hub.url}/reports/waits?period=today&figure=received")
    await download.click()
    earlier = page.get_by_role("menuitem", name=words.say("figures.first_response"))
    await expect(earlier).to_have_attribute("href", await _file_of(api))
    await pictures(page, "reports-files")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    assert await serious(page) == []
    assert manager.errors == []


async def _file_of(api: HubApi) -> str:
    made = next(export for export in await api.get("/exports") if export["state"] == "done")
    return f"/api/v1/exports/{made['id']}/file"


@pytest.mark.parametrize("language", ["en", "ko", "pl"])
def test_every_letter_of_a_printed_report_is_there(language: str, tmp_path: Path) -> None:
    words = words_of(language)
    period = period_named(Named.last_30_days, datetime(2026, 11, 23, tzinfo=UTC), "Asia/Seoul")
    rows = [(words.say(f"figures.{key}"), words.length(187_200), words.say(f"formulas.{key}")) for key in FIGURES]
    table = PaperTable(heading=words.say("file.figures"), columns=("A", "B", "C"), widths=(80, 40, 150), rows=rows)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf_of(words.days(period), words.say("file.nothing"), [table], language=language))
    with pypdfium2.PdfDocument(path) as paper:
        printed = "".join(one.get_textpage().get_text_range() for one in paper)
    shown = "".join(printed.split())
    told = [words.days(period), words.say("file.nothing"), *(cell for row in rows for cell in row)]
    assert [text for text in told if "".join(text.split()) not in shown] == []
