"""Channels over HTTP: checked before they are saved, secrets that go in and never come out."""

from uuid import UUID

import pytest

from hub.domain.channel import Connection, ConnectionState
from hub.domain.ids import ChannelId
from hub.domain.user import Role
from tests.api.workspace import Workspace, fresh
from tests.scripted import says

GOOD = {"box": "9", "key": "sesame-secret"}


async def test_a_new_channel_is_checked_and_saved_once(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    wish = {"id": fresh(), "connector": "paper", "name": "Second", "settings": GOOD, "reopen_window": 3600}
    first, again = await admin.post("/channels", wish), await admin.post("/channels", wish)
    assert (first[0], again[0]) == (201, 200)
    made = first[1]
    assert (made["address"], made["reopen_window"], made["connection"]["state"]) == ("9@paper", 3600.0, "connecting")
    assert made["settings"] == {"box": "9", "key": None, "key_set": True, "colour": "white"}


async def test_a_channel_that_fails_its_check_is_not_saved(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    wish = {"id": fresh(), "connector": "paper", "name": "Bad", "settings": {**GOOD, "key": "wrong"}}
    status, body = await admin.post("/channels", wish)
    assert (status, body["type"]) == (422, "/problems/check-failed")
    assert body["detail"] == "The post office does not know this key. Make a new one at the counter."
    assert len(await admin.get("/channels")) == 1
    assert (await admin.post("/channels?check=false", wish))[0] == 201


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"key": "x"}, "settings.box"),
        ({"box": "", "key": "x"}, "settings.box"),
        ({"box": "1", "key": "x", "size": 3}, "settings.size"),
        ({"box": "a\x00b", "key": "x"}, "settings"),
    ],
)
async def test_settings_that_do_not_fit_say_which(hub: Workspace, settings: dict[str, str], field: str) -> None:
    admin = await hub.person(Role.admin)
    status, body = await admin.post(
        "/channels", {"id": fresh(), "connector": "paper", "name": "Bad", "settings": settings}
    )
    assert (status, body["type"]) == (422, "/problems/invalid")
    assert [e["field"] for e in body["errors"]] == [field]
    assert '"x"' not in str(body)


async def test_a_secret_left_out_stays_and_no_answer_ever_holds_one(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    channel = fresh()
    await admin.post("/channels", {"id": channel, "connector": "paper", "name": "Second", "settings": GOOD})
    for settings in ({"box": "10"}, {"box": "11", "key": None}):
        status, changed = await admin.patch(f"/channels/{channel}", {"settings": settings})
        assert (status, changed["settings"]["box"], changed["address"]) == (
            200,
            settings["box"],
            f"{settings['box']}@paper",
        )
    assert await admin.post(f"/channels/{channel}/check") == (200, {"ok": True, "address": "11@paper", "detail": ""})
    async with either.deps.storage.read() as uow:
        stored = await uow.channels.settings(ChannelId(UUID(channel)))
    assert stored is not None
    assert stored.values["key"] == "sesame-secret"
    answers = [await admin.get(path) for path in ("/channels", f"/channels/{channel}", "/overview", "/connectors")]
    assert "sesame-secret" not in str(answers)


async def test_settings_are_tried_before_they_are_saved(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    path = "/connectors/paper/check"
    assert (await admin.post(path, {"settings": GOOD}))[1] == {"ok": True, "address": "9@paper", "detail": ""}
    _, bad = await admin.post(path, {"settings": {**GOOD, "key": "wrong"}})
    assert (bad["ok"], bad["detail"].startswith("The post office")) == (False, True)
    known = str(hub.channel.id)
    _, with_stored = await admin.post(path, {"settings": {"box": "8"}, "channel_id": known})
    assert with_stored["address"] == "8@paper"
    assert (await admin.post("/connectors/pigeon/check", {"settings": {}}))[0] == 404
    assert (await admin.post("/connectors/pigeon/check", {"settings": {}, "channel_id": known}))[0] == 422


async def test_a_channel_with_conversations_is_switched_off_not_deleted(either: Workspace) -> None:
    await either.hears(says("Hello"))
    admin = await either.person(Role.admin)
    path = f"/channels/{either.channel.id}"
    assert (await admin.delete(path))[0] == 409
    _, off = await admin.patch(path, {"enabled": False})
    assert (off["enabled"], off["connection"]["state"]) == (False, "disabled")
    status, body = await admin.post(f"{path}/restart")
    assert (status, "switched off" in body["detail"]) == (422, True)


async def test_a_restart_raises_the_revision(hub: Workspace) -> None:
    admin = await hub.person(Role.admin)
    before = (await admin.get(f"/channels/{hub.channel.id}"))["revision"]
    _, after = await admin.post(f"/channels/{hub.channel.id}/restart")
    assert after["revision"] > before


async def test_a_connector_tells_its_form(hub: Workspace) -> None:
    (paper,) = await (await hub.person()).get("/connectors")
    assert (paper["key"], paper["kind"], paper["icon"]) == ("paper", "paper", "<svg/>")
    assert paper["settings_schema"]["properties"]["key"]["writeOnly"] is True
    assert paper["settings_schema"]["required"] == ["box", "key"]
    assert paper["capabilities"]["media"]["max_bytes"] == 1_000_000


async def test_what_is_wrong_with_a_channel_is_said_in_the_readers_language_with_its_values(hub: Workspace) -> None:
    stored = "The connection failed (OSError). The hub tries again by itself."
    down = Connection(state=ConnectionState.disconnected, since=hub.clock.now(), detail=stored)
    async with hub.deps.storage.begin() as uow:
        await uow.channels.set_connection(hub.channel.id, down)
    readers = {language: await hub.person(Role.admin, language=language) for language in ("en", "ko", "pl")}
    told = {name: (await reader.get("/channels"))[0]["connection"]["detail"] for name, reader in readers.items()}
    assert told == {
        "en": stored,
        "ko": "연결에 실패했습니다(OSError). 허브가 스스로 다시 시도합니다.",
        "pl": "Połączenie się nie udało (OSError). Hub próbuje ponownie sam.",
    }
