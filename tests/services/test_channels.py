"""Channels keep their secrets, say field by field what does not fit, and are checked before they are saved."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from pydantic import BaseModel, Field, SecretStr, field_validator

from hub.contract import Connector, ConnectorError, CredentialsRefused, Manifest, OutboundMessage, SendReceipt, Tools
from hub.domain.channel import Capabilities, Channel, ChannelKind, ConnectionState
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ChannelId
from hub.services import channels
from hub.services.channels import Edit, SettingsInvalid
from hub.services.ids import new_id
from tests.scripted import T0
from tests.services.workplace import Workplace


class Box(BaseModel):
    """Settings of a mailbox."""

    host: str
    port: int = Field(default=993, ge=1)
    password: SecretStr
    token: SecretStr | None = None

    @field_validator("host")
    @classmethod
    def _no_spaces(cls, value: str) -> str:
        if " " in value:
            raise ValueError("a host has no spaces")
        return value


class Checker(Connector):
    """Checks as its settings' host says."""

    closed: Sequence[str] = ()

    def __init__(self, settings: Box) -> None:
        self._settings = settings

    async def check(self) -> str:
        match self._settings.host:
            case "refused":
                raise CredentialsRefused("The password is wrong.")
            case "down":
                raise ConnectionRefusedError(111, "Connection refused")
            case "slow":
                raise TimeoutError
            case "bug":
                raise KeyError("x")
        return f"me@{self._settings.host}"

    def parse(self, raw: object) -> tuple[()]:  # noqa: ARG002 - it hears nothing
        return ()

    async def send(self, message: OutboundMessage) -> SendReceipt:
        raise NotImplementedError

    async def close(self) -> None:
        Checker.closed = (*Checker.closed, self._settings.host)


BOX: Manifest[BaseModel] = Manifest(
    key="box",
    title="Mailbox",
    kind=ChannelKind("email"),
    capabilities=Capabilities(),
    settings=cast("type[BaseModel]", Box),
    create=lambda settings, _tools: Checker(cast("Box", settings)),
    icon="<svg/>",
)
GOOD = {"host": "mail.example", "password": "secret"}


def tools() -> Tools:
    nothing: Any = None
    return Tools(
        http=nothing,
        fetch=nothing,
        now=lambda: T0,
        channel_id=ChannelId(new_id()),
        webhook_url="",
        data_dir=Path(),
    )


async def add(place: Workplace, **changed: Any) -> Channel:
    settings = channels.validated(BOX, {**GOOD, **changed.pop("settings", {})})
    given = {"id": ChannelId(new_id()), "name": "Support", "address": "me@mail.example", **changed}
    async with place.hub.storage.begin() as uow:
        return (await channels.create(uow, BOX, settings=settings, now=T0, **given)).record


async def stored(place: Workplace, channel_id: ChannelId) -> Box:
    async with place.hub.storage.read() as uow:
        return cast("Box", await channels.stored_settings(uow, BOX, channel_id))


def test_every_mistake_is_said_at_its_field() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        channels.validated(BOX, {"host": "a b", "port": 0})
    assert {error.field for error in caught.value.errors} == {"host", "port", "password"}
    assert "host: A host has no spaces." in str(caught.value)
    with pytest.raises(SettingsInvalid, match="hots: There is no such setting"):
        channels.validated(BOX, {**GOOD, "hots": "x"})


def test_mistakes_never_quote_a_secret() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        channels.validated(BOX, {"host": "h", "password": ["my-secret-value"]})
    assert "my-secret-value" not in str(caught.value)


def test_screens_see_that_a_secret_is_set_and_not_which() -> None:
    shown = channels.masked(BOX, {**GOOD, "port": 993})
    assert shown == {
        "host": "mail.example",
        "port": 993,
        "password": None,
        "password_set": True,
        "token": None,
        "token_set": False,
    }


async def test_a_channel_is_made_once_with_a_key_nobody_guesses(place: Workplace) -> None:
    channel_id = ChannelId(new_id())
    first = await add(place, id=channel_id)
    again = await add(place, id=channel_id)
    assert first == again
    assert len(first.webhook_key) >= 32
    assert (await stored(place, channel_id)).password.get_secret_value() == "secret"
    with pytest.raises(Conflict, match="connected already, as “Support”"):
        await add(place)


async def test_secrets_left_out_stay_and_new_settings_restart_the_account(place: Workplace) -> None:
    before = await add(place)
    async with place.hub.storage.begin() as uow:
        after = await channels.change(
            uow, BOX, before.id, Edit(settings={"port": 143, "password": None}, name="Sales"), now=T0
        )
    kept = await stored(place, before.id)
    assert (after.name, after.revision > before.revision) == ("Sales", True)
    assert (kept.port, kept.host, kept.password.get_secret_value()) == (143, "mail.example", "secret")


async def test_a_channel_is_switched_off_and_on(place: Workplace) -> None:
    before = await add(place)
    async with place.hub.storage.begin() as uow:
        off = await channels.change(uow, BOX, before.id, Edit(enabled=False), now=T0)
        with pytest.raises(Invalid, match="switched off"):
            await channels.restart(uow, before.id)
        on = await channels.change(uow, BOX, before.id, Edit(enabled=True), now=T0)
        restarted = await channels.restart(uow, before.id)
    assert off.connection.state is ConnectionState.disabled
    assert on.connection.state is ConnectionState.connecting
    assert before.revision < off.revision < on.revision < restarted.revision


async def test_a_channel_with_conversations_is_not_deleted(place: Workplace) -> None:
    fresh = await add(place)
    await place.customer_writes()
    async with place.hub.storage.begin() as uow:
        await channels.delete(uow, fresh.id)
    with pytest.raises(NotFound):
        await stored(place, fresh.id)
    with pytest.raises(Conflict):
        await delete(place, place.hub.channel.id)


async def delete(place: Workplace, channel_id: ChannelId) -> None:
    async with place.hub.storage.begin() as uow:
        await channels.delete(uow, channel_id)


async def test_a_check_gives_our_address_and_closes_what_it_opened() -> None:
    checked = await channels.check(BOX, channels.validated(BOX, GOOD), tools())
    assert checked.address == "me@mail.example"
    assert Checker.closed[-1] == "mail.example"


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("refused", "The password is wrong"),
        ("down", "cannot be reached: Connection refused"),
        ("slow", "did not answer within 20 seconds"),
        ("bug", "fault of the connector"),
    ],
)
async def test_a_check_that_fails_says_what_to_do(host: str, words: str) -> None:
    with pytest.raises(ConnectorError, match=words):
        await channels.check(BOX, channels.validated(BOX, {**GOOD, "host": host}), tools())
    assert Checker.closed[-1] == host


async def test_the_environment_begins_a_channel_once_and_a_deleted_one_does_not_return(place: Workplace) -> None:
    other = replace(BOX, key="other")
    settings = channels.validated(BOX, GOOD)

    def first(manifest: Manifest[Any]) -> BaseModel | None:
        return {"box": settings}.get(manifest.key)

    (made,) = await channels.bootstrap(place.hub.storage, [BOX, other], first, now=T0)
    assert not await channels.bootstrap(place.hub.storage, [BOX, other], first, now=T0)
    await delete(place, made.id)
    assert not await channels.bootstrap(place.hub.storage, [BOX, other], first, now=T0)
    assert made.name == "Mailbox"
