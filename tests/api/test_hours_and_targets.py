"""Calendars, who keeps which, targets and what is due, over HTTP."""

from datetime import timedelta

from hub.domain.user import Role
from hub.services import targets
from tests.api.workspace import Workspace, fresh
from tests.scripted import says

WEEK = [[{"opens": "09:00", "closes": "17:00"}]] * 5 + [[], []]


async def test_a_calendar_is_made_edited_chosen_and_deleted(either: Workspace) -> None:
    manager = await either.person(Role.manager)
    wish = {"id": fresh(), "name": "Warsaw", "zone": "Europe/Warsaw", "week": WEEK, "country": "PL"}
    first, again = await manager.post("/calendars", wish), await manager.post("/calendars", wish)
    assert (first[0], again[0], first[1]) == (201, 200, again[1])
    made = first[1]
    assert (made["version"], made["zone"], made["week"][0]) == (1, "Europe/Warsaw", WEEK[0])
    assert {"date": "2026-11-11", "name": "National Independence Day", "own": False, "hours": []} in made["days"]
    path = f"/calendars/{wish['id']}"
    own = [{"date": "2026-11-11", "name": "We work", "hours": [{"opens": "10:00", "closes": "14:00"}]}]
    status, changed = await manager.patch(path, {"own_days": own})
    assert (status, changed["version"]) == (200, 2)
    assert {**own[0], "own": True} in changed["days"]
    assert [version["version"] for version in await manager.get(f"{path}/versions")] == [2, 1]
    status, kept = await manager.put("/hours", {"keeper": "company", "calendar_id": wish["id"]})
    assert (status, [kept]) == (200, await manager.get("/hours"))
    status, refused = await manager.delete(path)
    assert (status, "is used" in refused["detail"]) == (409, True)
    await manager.put("/hours", {"keeper": "company", "calendar_id": None})
    assert (await manager.delete(path))[0] == 204
    assert (await manager.get("/calendars"), (await manager.call("GET", f"/api/v1{path}"))[0]) == ([], 404)


async def test_an_ical_file_gives_closed_days(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    wish = {"id": fresh(), "name": "Shop"}
    await manager.post("/calendars", wish)
    event = "BEGIN:VEVENT\r\nSUMMARY:Inventory\r\nDTSTART;VALUE=DATE:20260302\r\nEND:VEVENT"
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VCALENDAR\r\n"
    status, found = await manager.post(f"/calendars/{wish['id']}/closed-days", {"text": text})
    assert (status, found["added"], found["skipped"]) == (200, 1, 0)
    assert found["calendar"]["days"] == [{"date": "2026-03-02", "name": "Inventory", "own": True, "hours": []}]
    status, problem = await manager.post(f"/calendars/{wish['id']}/closed-days", {"text": "hello"})
    assert (status, "iCalendar" in problem["detail"]) == (422, True)


async def test_what_makes_no_sense_is_refused_in_words(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    overlapping = [[{"opens": "09:00", "closes": "12:00"}, {"opens": "11:00", "closes": "17:00"}], *WEEK[1:]]
    for part, said in (
        ({"zone": "Mars/Olympus"}, "no time zone"),
        ({"week": overlapping}, "overlap"),
        ({"country": "QQ"}, "no holidays"),
    ):
        status, problem = await manager.post("/calendars", {"id": fresh(), "name": "X", **part})
        assert (status, said in problem["detail"]) == (422, True)
    status, problem = await manager.post("/targets", {"id": fresh(), "name": "X", "rule": {"goals": {}}})
    assert (status, "at least one goal" in problem["detail"]) == (422, True)


async def test_countries_and_their_holidays_are_told(hub: Workspace) -> None:
    agent = await hub.person()
    countries = {country["code"]: country["subdivisions"] for country in await agent.get("/holidays/countries")}
    assert "BY" in countries["DE"]
    days = {day["date"]: day["name"] for day in await agent.get("/holidays?country=KR&year=2026")}
    assert days["2026-08-15"] == "Liberation Day"


async def test_a_target_makes_what_waits_due_and_the_list_shows_it(either: Workspace) -> None:
    manager = await either.person(Role.manager)
    wish = {"id": fresh(), "name": "Quick", "rule": {"goals": {"first_response": 600, "resolution": 7200}}}
    first, again = await manager.post("/targets", wish), await manager.post("/targets", wish)
    assert (first[0], again[0], first[1]) == (201, 200, again[1])
    assert first[1]["goals"] == [
        {"metric": "first_response", "seconds": 600.0},
        {"metric": "resolution", "seconds": 7200.0},
    ]
    either.clock.forward(minutes=1)
    await either.hears(says("hello", at=either.clock.now()))
    (row,) = (await manager.get("/conversations"))["items"]
    assert (row["due_metric"], row["due_at"] is not None) == ("first_response", True)
    dues = await manager.get(f"/conversations/{row['id']}/dues")
    assert {(due["metric"], due["state"], due["target_name"]) for due in dues} == {
        ("first_response", "running", "Quick"),
        ("resolution", "running", "Quick"),
    }
    either.clock.forward(minutes=11)
    await targets.say_due(either.deps.storage, either.clock.now())
    late = await manager.get("/dues?breached=true")
    assert [(due["metric"], due["state"]) for due in late["items"]] == [("first_response", "breached")]
    risks = {risk["metric"]: risk for risk in await manager.get("/dues/risk")}
    assert (risks["first_response"]["breached"], risks["resolution"]["breached"]) == (1, 0)


async def test_targets_are_edited_ordered_and_deleted(hub: Workspace) -> None:
    manager = await hub.person(Role.manager)
    ids = [fresh(), fresh()]
    for number, target_id in enumerate(ids):
        rule = {"goals": {"callback": 60 * (number + 1)}, "segments": [{"field": "Segment", "value": "VIP"}]}
        await manager.post("/targets", {"id": target_id, "name": f"T{number}", "rule": rule})
    status, ordered = await manager.put("/targets", {"ids": ids[::-1]})
    assert (status, [target["id"] for target in ordered]) == (200, ids[::-1])
    hub.clock.forward(seconds=timedelta(minutes=1).total_seconds())
    rule = {"goals": {"next_response": 90}, "pause_when": ["snoozed"]}
    status, changed = await manager.patch(f"/targets/{ids[0]}", {"name": "Other", "rule": rule})
    assert (status, changed["name"], changed["version"], changed["pause_when"]) == (200, "Other", 2, ["snoozed"])
    assert (await manager.delete(f"/targets/{ids[0]}"))[0] == 204
    assert [target["id"] for target in await manager.get("/targets")] == [ids[1]]
