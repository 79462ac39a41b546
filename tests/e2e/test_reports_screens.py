"""A manager reads the demo's month, opens a figure down to its messages, takes it away as a file and trusts it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e import screens
from tests.e2e.hub_api import HubApi
from tests.e2e.hub_process import HubProcess
from tests.e2e.looking import picture, pictures, serious
from tests.e2e.screens import PATIENCE_MS, Agent

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(bool(screens.missing()), reason=screens.missing())]
expect.set_options(timeout=PATIENCE_MS)

MONTH = "/reports/dashboard?period=last_30_days"
WEEK = "/reports/dashboard?period=last_week"
"""Its figures stand still, while the demo's customers go on writing."""


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubProcess]:
    async with HubProcess(tmp_path / "hub", {"HUB_DEMO": "true"}) as running:
        yield running


@pytest.fixture
async def manager(browser: Browser, api: HubApi) -> Agent:
    await api.post("/reports/trust/check")
    return await Agent.sign_in(browser, api.hub)


def tile(page: Page, name: str) -> Locator:
    """One figure of the dashboard, by its name."""
    links = page.get_by_role("link", name=f"How “{name}” is counted")
    return page.locator("[data-figure]").filter(has=links)


@pytest.mark.timeout(300)
async def test_a_manager_reads_a_month_and_believes_it(manager: Agent, api: HubApi, tmp_path: Path) -> None:
    # One test of several scenes: making the demo's month takes longer than all of them.
    await a_figure_opens_into_its_waits_and_their_messages(manager, api)
    await every_point_of_a_chart_and_every_hour_of_the_week_opens(manager, api)
    await what_a_customer_waited_in_all_opens_into_each_matter(manager, api)
    await how_fast_calls_were_answered_opens_into_the_calls(manager, api)
    await what_a_figure_is_made_of_is_taken_away_as_a_file(manager, api, tmp_path)
    await filters_stand_in_the_address_and_every_figure_says_what_it_is(manager, api)
    await a_manager_checks_the_figures_and_has_them_counted_anew(manager, api)
    await what_cannot_be_told_is_said_in_the_readers_words(manager, api)
    await a_dark_screen_is_printed_light(manager, api)
    await each_number_of_the_wall_opens_into_what_it_counts(manager, api)
    await the_wall_is_live_and_people_see_their_own_figures(manager, api)
    assert manager.errors == []


async def what_a_customer_waited_in_all_opens_into_each_matter(manager: Agent, api: HubApi) -> None:
    page = manager.page
    told = await api.get("/reports/dashboard", [("period", "last_week"), ("compare", "false")])
    values = {value["figure"]: value for value in told["values"]}
    assert 0 < values["requester_wait"]["n"] < values["waits_ended"]["n"]
    await page.goto(api.hub.url + WEEK)
    found = tile(page, "Customer's total wait")
    await expect(found).to_contain_text(f"n = {values['requester_wait']['n']}")
    await pictures(page, "reports-total")
    await found.locator("a[href*='figure=requester_wait']").first.click()
    await expect(page.get_by_role("status").filter(has_text=f"{values['requester_wait']['n']} waits")).to_be_visible()
    await pictures(page, "reports-total-waits")


async def how_fast_calls_were_answered_opens_into_the_calls(manager: Agent, api: HubApi) -> None:
    page = manager.page
    told = await api.get("/reports/dashboard", [("period", "last_week"), ("compare", "false")])
    values = {value["figure"]: value for value in told["values"]}
    period = [("since", told["span"]["start"]), ("until", told["span"]["end"])]
    total = (await api.get("/call-numbers", period))["total"]
    speed, rate = values["speed_of_answer"], values["abandon_rate"]
    assert (speed["n"], rate["value"]) == (total["answered"], total["abandon_rate"])
    assert speed["value"] == pytest.approx(total["asa"])
    await page.goto(api.hub.url + WEEK)
    found = tile(page, "Average speed of answer (ASA)")
    await expect(found).to_contain_text(re.compile(rf"\d+[ms].*90 % within.*half within.*n = {speed['n']}"))
    await expect(tile(page, "Abandon rate")).to_contain_text(f"n = {rate['n']}")
    await found.scroll_into_view_if_needed()
    await pictures(page, "reports-calls")
    agents = page.get_by_role("region", name="By agent")
    await expect(agents.get_by_role("columnheader", name="Average speed of answer (ASA)")).to_be_visible()
    await agents.scroll_into_view_if_needed()
    await pictures(page, "reports-calls-agents")
    await tile(page, "Abandoned calls").get_by_title("Show what is behind it").click()
    await expect(page.get_by_role("status").filter(has_text=f"{values['abandoned']['n']} ")).to_be_visible()
    await expect(page.locator("main li").filter(has_text="Not answered")).to_have_count(values["abandoned"]["n"])
    await pictures(page, "reports-calls-abandoned")
    assert await serious(page) == []


async def a_figure_opens_into_its_waits_and_their_messages(manager: Agent, api: HubApi) -> None:
    page = manager.page
    await page.goto(api.hub.url + MONTH)
    told = await api.get("/reports/dashboard", [("period", "last_30_days"), ("compare", "false")])
    values = {value["figure"]: value for value in told["values"]}
    assert values["received"]["n"] > 200, "the demo tells a believable month"
    assert values["first_response"]["n"] > 100
    reply = tile(page, "Reply")
    await expect(reply).to_contain_text(f"n = {values['reply']['n']}")
    await expect(page.get_by_role("heading", name="Hours of the week")).to_be_visible()
    await expect(page.locator("canvas, figure svg").first).to_be_visible()
    await picture(page, "reports")
    assert await serious(page) == []
    await reply.get_by_title("Show what is behind it").click()
    await expect(page.get_by_text(f"{values['reply']['n']} waits.")).to_be_visible()
    assert "figure=reply" in page.url
    assert "last_30_days" in page.url
    await picture(page, "reports-waits")
    assert await serious(page) == []
    first = page.locator("main li a[href*='/inbox/']").first
    await first.click()
    await expect(page.get_by_role("article").first).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text(f"{values['reply']['n']} waits.")).to_be_visible()


async def every_point_of_a_chart_and_every_hour_of_the_week_opens(manager: Agent, api: HubApi) -> None:
    page = manager.page
    await page.goto(api.hub.url + WEEK)
    told = await api.get("/reports/dashboard", [("period", "last_week"), ("compare", "false")])
    received = next(value["n"] for value in told["values"] if value["figure"] == "received")
    await tile(page, "Messages received").get_by_title("Show what is behind it").click()
    await expect(page.get_by_role("status").filter(has_text=f"{received} entries.")).to_be_visible()
    await page.go_back()
    # With the mouse: a point of a chart, of which the list may be taken away again.
    chart = page.get_by_role("img", name="Messages in and out")
    await chart.locator("canvas").click(position={"x": 300, "y": 100})
    part = page.get_by_role("list", name="Only a part")
    await expect(part.get_by_role("listitem")).to_have_count(1)
    assert "since=" in page.url
    assert await serious(page) == []
    await part.get_by_role("button").click()
    await expect(page.get_by_role("status").filter(has_text=f"{received} entries.")).to_be_visible()
    await page.goto(api.hub.url + WEEK)
    # With the keyboard: one stop for all hours of the week, arrows within.
    grid = page.get_by_role("grid", name="Hours of the week")
    await grid.locator("[tabindex='0']").focus()
    cell = grid.locator(":focus")
    # Hours in which nobody wrote are passed through and open nothing.
    for _ in range(24):
        if await cell.get_attribute("href") is not None:
            break
        await page.keyboard.press("ArrowRight")
    said = await cell.get_attribute("aria-label") or ""
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status").filter(has_text="entr")).to_contain_text(said.rsplit(" ", 1)[1])
    assert "weekday=" in page.url


async def what_a_figure_is_made_of_is_taken_away_as_a_file(manager: Agent, api: HubApi, tmp_path: Path) -> None:
    page = manager.page
    await page.goto(f"{api.hub.url}/reports/waits?period=last_30_days&figure=first_response")
    total = (await api.get("/reports/waits", [("period", "last_30_days"), ("figure", "first_response")]))["total"]
    await page.get_by_role("button", name="Download").click()
    await page.get_by_role("menuitem", name="Excel").click()
    save = page.get_by_role("link", name=f"Save the file ({total} rows)")
    await expect(save).to_be_visible()
    async with page.expect_download() as downloading:
        await save.click()
    file = tmp_path / "waits.xlsx"
    await (await downloading.value).save_as(file)
    with ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row") == total + 1


async def filters_stand_in_the_address_and_every_figure_says_what_it_is(manager: Agent, api: HubApi) -> None:
    page = manager.page
    channels = {channel["name"]: channel["id"] for channel in (await api.get("/channels"))}
    mail = channels["E-mail (demo)"]
    await page.goto(f"{api.hub.url}{MONTH}&channel={mail}")
    narrowed = await api.get("/reports/dashboard", [("period", "last_30_days"), ("channel", mail)])
    count = next(value["n"] for value in narrowed["values"] if value["figure"] == "received")
    await expect(tile(page, "Messages received")).to_contain_text(str(count))
    await expect(page.get_by_role("button", name="1 filter")).to_be_visible()
    await page.get_by_role("link", name="How “First response” is counted").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="first-response", exact=True)).to_be_focused()
    await expect(page.get_by_text("Ann writes at 10:00, the bot answers at once")).to_be_visible()
    assert await serious(page) == []


async def a_manager_checks_the_figures_and_has_them_counted_anew(manager: Agent, api: HubApi) -> None:
    page = manager.page
    await page.goto(api.hub.url + MONTH)
    trust = page.get_by_role("region", name="Can this be trusted?")
    await expect(trust.get_by_text("no difference")).to_be_visible()
    await trust.get_by_role("button", name="Count everything anew").click()
    await expect(trust.get_by_role("progressbar").or_(trust.get_by_text("is being counted"))).not_to_have_count(0)
    assert (await api.get("/reports/trust"))["recount_hours"] > 200


async def what_cannot_be_told_is_said_in_the_readers_words(manager: Agent, api: HubApi) -> None:
    page, reports = manager.page, f"{api.hub.url}/reports"
    for query, words in (
        ("from=2026-02-31&to=2026-03-02", "The calendar has no such day."),
        ("from=2026-03-02&to=2026-03-01", "It ends before it begins."),
        ("from=1900-01-01&to=1900-01-31", "Reports reach from the year 2000"),
        ("from=2015-01-01&to=2026-01-01", "It is longer than three years."),
        ("team=shop", "names a channel, team or agent that does not exist"),
    ):
        await page.goto(f"{reports}/dashboard?{query}")
        await expect(page.get_by_role("alert")).to_contain_text(words)
        await expect(page.locator("[data-figure]")).to_have_count(0)
    await pictures(page, "reports-nonsense")
    await page.goto(f"{reports}/waits?figure=nonsense")
    await expect(page.get_by_text("There is no figure “nonsense”")).to_be_visible()
    team = "01a208a6-3ac8-70c5-9c6d-29369f0dbbd3"
    await page.goto(f"{reports}/dashboard?period=last_week&team={team}")
    await expect(page.get_by_text("has been deleted")).to_be_visible()
    await page.get_by_role("button", name="1 filter").click()
    await expect(page.get_by_text("Deleted", exact=True).first).to_be_visible()
    assert await serious(page) == []


async def a_dark_screen_is_printed_light(manager: Agent, api: HubApi) -> None:
    page = manager.page
    await page.emulate_media(color_scheme="dark")
    await page.goto(api.hub.url + WEEK)
    await expect(tile(page, "Reply")).to_be_visible()
    root = page.locator("html")
    await expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    await page.emulate_media(media="print", color_scheme="dark")
    await expect(root).to_have_attribute("data-mantine-color-scheme", "light")
    await page.emulate_media(media="screen", color_scheme="dark")
    await expect(root).to_have_attribute("data-mantine-color-scheme", "dark")
    await page.emulate_media(color_scheme="light")


async def each_number_of_the_wall_opens_into_what_it_counts(manager: Agent, api: HubApi) -> None:
    page = manager.page
    wall = f"{api.hub.url}/wallboard"

    async def opens(region: Locator, figure: str, query: list[tuple[str, str]]) -> None:
        # The demo's customers go on writing: as many as the hub says once the list is there.
        await region.get_by_role("link").last.click()
        await expect(page).to_have_url(re.compile(f"figure={figure}"))
        said = page.get_by_role("status").filter(has_text="wait")
        await expect(said).to_be_visible()
        total = (await api.get("/reports/waits", [("figure", figure), *query]))["total"]
        told = int((await said.inner_text()).split()[0])
        assert 0 < told <= total <= told + 3

    await page.goto(wall)
    now = page.get_by_role("region", name="Waiting now")
    await opens(now.locator("div").filter(has_text="longest wait"), "waiting", [])
    first = (await api.get("/reports/waits", [("figure", "waiting"), ("limit", "1")]))["items"][0]
    await expect(page.locator("main li time").first).to_have_attribute("datetime", first["started_at"])
    await page.goto(wall)
    await opens(now.locator("div").filter(has_text="past the target"), "waiting_late", [])
    await expect(page.locator("main li").first).to_contain_text("Past the target")
    await page.goto(wall)
    await opens(page.get_by_role("listitem").filter(has_text="No team"), "waiting", [("team", "none")])
    await expect(page.get_by_role("button", name="1 filter")).to_be_visible()
    await page.goto(wall)
    row = page.get_by_role("listitem").filter(has_text="Away")
    count = int(await row.locator("strong").inner_text())
    await row.get_by_role("button").click()
    people = page.get_by_role("dialog", name=f"Away: {count}")
    await expect(people.get_by_role("row")).to_have_count(count + 1)
    await pictures(page, "wallboard-agents")
    assert await serious(page) == []
    agent = people.get_by_role("row").filter(has_text="Jonas Keller")
    theirs = agent.get_by_role("link").first
    open_ones = int(await theirs.inner_text())
    assert open_ones > 0
    await theirs.click()
    await expect(page).to_have_url(re.compile("assignee="))
    rows = page.get_by_role("list", name="Conversations").get_by_role("button")
    await expect(rows).to_have_count(open_ones)


async def the_wall_is_live_and_people_see_their_own_figures(manager: Agent, api: HubApi) -> None:
    page = manager.page
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await page.goto(f"{api.hub.url}/wallboard")
    waiting = page.get_by_role("region", name="Waiting now")
    first, second = (await api.get("/conversations", [("waiting", "true"), ("limit", "2")]))["items"]
    longest = waiting.locator("time")
    await expect(longest).to_have_attribute("datetime", first["waiting_since"])
    await api.post(f"/conversations/{first['id']}/spam")
    await expect(longest).to_have_attribute("datetime", second["waiting_since"])
    await picture(page, "wallboard")
    assert await serious(page) == []
    await waiting.get_by_role("link").first.click()
    await expect(page).to_have_url(re.compile("figure=waiting"))
    await expect(page.locator("time", has_text=":").first).to_be_visible()
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(f"{api.hub.url}/reports/mine?period=last_30_days")
    await expect(page.get_by_role("heading", name="Reply time")).to_be_visible()
    assert await serious(page) == []
