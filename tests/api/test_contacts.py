"""Contacts over HTTP: made by hand, merged and split with the way back, erased with everything of theirs."""

import pytest

from hub.domain.user import Role
from tests.api.workspace import Client, Workspace, fresh
from tests.scripted import says


async def made(client: Client, name: str, *addresses: str) -> str:
    """Make a contact and return its id."""
    points = [{"namespace": "email", "address": address} for address in addresses]
    status, body = await client.post("/contacts", {"id": fresh(), "name": name, "points": points})
    assert status == 201, body
    return str(body["id"])


async def test_a_contact_made_twice_is_one(either: Workspace) -> None:
    client = await either.person()
    contact = {"id": fresh(), "name": "Zażółć 김민준", "points": [{"namespace": "email", "address": "Z@Example.com"}]}
    first, again = await client.post("/contacts", contact), await client.post("/contacts", contact)
    assert (first[0], again[0], first[1]) == (201, 200, again[1])
    assert [p["address"] for p in first[1]["points"]] == ["Z@Example.com"]
    (row,) = (await client.get("/contacts?search=zazolc"))["items"]
    assert row["name"] == "Zażółć 김민준"


async def test_an_address_belongs_to_one_contact(either: Workspace) -> None:
    client = await either.person()
    await made(client, "Ann", "ann@example.com")
    other = await made(client, "Ola")
    point = {"namespace": "email", "address": "ANN@example.com"}
    status, body = await client.post(f"/contacts/{other}/points", point)
    assert (status, body["type"]) == (409, "/problems/conflict")
    assert "Merge the two contacts instead" in body["detail"]


async def test_what_we_know_is_changed_and_the_rest_stays(either: Workspace) -> None:
    client = await either.person()
    ann = await made(client, "Ann")
    edit = {"company": "ACME", "notes": "VIP\nsince 2020", "fields": [["Plan", "Gold"], ["Seats", "7"]]}
    _, changed = await client.patch(f"/contacts/{ann}", edit)
    assert (changed["name"], changed["company"], changed["fields"]) == (
        "Ann",
        "ACME",
        [["Plan", "Gold"], ["Seats", "7"]],
    )
    _, changed = await client.patch(f"/contacts/{ann}", {"company": ""})
    assert (changed["company"], changed["notes"]) == ("", "VIP\nsince 2020")


async def test_a_merge_shows_one_contact_with_its_reason_and_can_be_undone(either: Workspace) -> None:
    client = await either.person(name="Ben")
    ann, anna = await made(client, "Ann", "a@example.com"), await made(client, "Anna", "b@example.com")
    wish = {"other_id": anna, "reason": "Same signature", "name": "Anna N."}
    status, decision = await client.post(f"/contacts/{ann}/merge", wish)
    assert (status, decision["contact"]["name"], len(decision["contact"]["points"])) == (200, "Anna N.", 2)
    assert (await client.get(f"/contacts/{anna}"))["id"] == ann
    (entry,) = await client.get(f"/contacts/{ann}/history")
    assert (entry["change"]["reason"], entry["by_name"], entry["other_name"]) == ("Same signature", "Ben", "Anna N.")
    again, _ = await client.post(f"/contacts/{ann}/merge", wish)
    assert again == 409
    status, undone = await client.post(f"/identity-changes/{decision['change']['id']}/undo")
    assert (status, undone["change"]["undone_at"] is not None) == (200, True)
    assert (await client.get(f"/contacts/{anna}"))["id"] == anna
    assert (await client.post(f"/identity-changes/{decision['change']['id']}/undo"))[0] == 409


async def test_a_split_gives_addresses_to_a_new_contact(either: Workspace) -> None:
    client = await either.person()
    ann = await made(client, "Ann", "a@example.com", "office@example.com")
    point = (await client.get(f"/contacts/{ann}"))["points"][1]
    status, decision = await client.post(
        f"/contacts/{ann}/split", {"point_ids": [point["id"]], "name": "Office", "reason": "Shared box"}
    )
    assert (status, decision["contact"]["name"], decision["contact"]["id"] == ann) == (200, "Office", False)
    assert len((await client.get(f"/contacts/{ann}"))["points"]) == 1


async def test_two_people_are_never_merged(either: Workspace) -> None:
    client = await either.person()
    ann, twin = await made(client, "Ann", "a@example.com"), await made(client, "Ann", "b@example.com")
    status, _ = await client.post(f"/contacts/{ann}/never-merge", {"other_id": twin, "reason": "Twins"})
    assert status == 200
    status, body = await client.post(f"/contacts/{ann}/merge", {"other_id": twin})
    assert (status, "two different people: Twins" in body["detail"]) == (409, True)


async def test_likely_duplicates_are_suggested_with_the_reason(either: Workspace) -> None:
    client = await either.person()
    ann = await made(client, "Anna Nowakowska", "anna.nowakowska@work.example")
    await made(client, "Nowakowska Anna", "anna.nowakowska@home.example")
    (suggestion,) = await client.get(f"/contacts/{ann}/duplicates")
    assert suggestion["other_name"] == "Nowakowska Anna"
    assert suggestion["reason"]


async def test_a_timeline_spans_what_was_merged(either: Workspace) -> None:
    await either.hears(says("from ann", by="ann"), says("from ola", by="ola"))
    client = await either.person()
    one, other = (row["contact_id"] for row in (await client.get("/conversations"))["items"])
    await client.post(f"/contacts/{one}/merge", {"other_id": other})
    page = await client.get(f"/contacts/{one}/timeline?channel={either.channel.id}")
    assert sorted(entry["text"] for entry in page["items"]) == ["from ann", "from ola"]
    assert len((await client.get(f"/contacts/{one}/conversations"))["items"]) == 2
    assert (await client.get(f"/contacts/{one}/timeline?channel={fresh()}"))["items"] == []


async def test_erasing_a_contact_takes_everything_with_it(either: Workspace) -> None:
    await either.hears(says("Hello"))
    manager = await either.person(Role.manager)
    (row,) = (await manager.get("/conversations"))["items"]
    assert (await manager.delete(f"/contacts/{row['contact_id']}"))[0] == 204
    assert (await manager.get("/conversations"))["items"] == []
    assert (await manager.call("GET", f"/api/v1/contacts/{row['contact_id']}"))[0] == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("POST", "/keep"),
        ("POST", "/merge"),
        ("GET", "/timeline"),
        ("GET", "/conversations"),
        ("GET", "/history"),
        ("GET", "/duplicates"),
    ],
)
async def test_a_contact_that_is_not_there_is_not_found(hub: Workspace, method: str, path: str) -> None:
    body = {"/merge": {"other_id": fresh()}, "": {"name": "x"}}.get(path)
    status, problem = await (await hub.person()).call(method, f"/api/v1/contacts/{fresh()}{path}", json=body)
    assert (status, problem["type"]) == (404, "/problems/not-found")
