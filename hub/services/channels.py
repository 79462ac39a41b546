"""Keeps our accounts: made, changed, checked before they are saved, begun from the environment, deleted."""

import asyncio
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel

from hub.contract.connector import Connector, Manifest, Tools
from hub.contract.errors import ConnectorError
from hub.domain.changes import Change, ChangeKind
from hub.domain.channel import Channel, Connection, ConnectionState, SenderRule
from hub.domain.errors import Conflict, Invalid, NotFound
from hub.domain.ids import ChannelId, TeamId
from hub.ports import Storage, UnitOfWork
from hub.services.channel_settings import (
    FieldError,
    SettingsInvalid,
    masked,
    plain_values,
    secret_fields,
    validated,
)
from hub.services.ids import new_id
from hub.services.made import Made
from hub.services.unset import UNSET, Unset

__all__ = [
    "CheckFailed",
    "Checked",
    "Edit",
    "FieldError",
    "SettingsInvalid",
    "ToolsFor",
    "bootstrap",
    "change",
    "check",
    "create",
    "delete",
    "make",
    "masked",
    "new_webhook_key",
    "plain_values",
    "restart",
    "secret_fields",
    "stored_settings",
    "validated",
]

CHECK_TIME = 20.0
"""Seconds a check may take."""

ToolsFor = Callable[[ChannelId, str], Tools]
"""Makes what a connector is lent, for a channel and its webhook key."""


class CheckFailed(ConnectorError):
    """The provider, or the way to it, did not answer the check as it should; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A check that went well."""

    address: str
    """Our own address there, as the provider names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What shall change; the rest stays. Settings that are left out or None keep their value if they are secret."""

    name: str | Unset = UNSET
    settings: Mapping[str, object] | Unset = field(default=UNSET, repr=False)
    address: str | Unset = UNSET
    """As a check said; goes with new settings."""
    enabled: bool | Unset = UNSET
    team_id: TeamId | Unset | None = UNSET
    sender_rule: SenderRule | Unset = UNSET
    reopen_window: timedelta | Unset = UNSET
    idle_after: timedelta | Unset = UNSET


async def check(
    manifest: Manifest[Any], settings: BaseModel, tools: Tools, *, time_limit: float = CHECK_TIME
) -> Checked:
    """Prove that settings work, through a connector made for the moment; nothing is stored.

    Raises CredentialsRefused or ConnectorError, in words.
    """
    connector = make(manifest, settings, tools)
    try:
        async with asyncio.timeout(time_limit):
            return Checked(address=await connector.check())
    except ConnectorError:
        raise
    except TimeoutError as error:
        raise CheckFailed(
            f"{manifest.title} did not answer within {time_limit:.0f} seconds. Check the address, the port and"
            " whether a firewall is in between."
        ) from error
    except OSError as error:
        raise CheckFailed(f"{manifest.title} cannot be reached: {error.strerror or error}.") from error
    except Exception as error:
        raise CheckFailed(
            f"The check failed unexpectedly ({type(error).__name__}). This is a fault of the connector; the log"
            " has the details."
        ) from error
    finally:
        await connector.close()


def make(manifest: Manifest[Any], settings: BaseModel, tools: Tools) -> Connector:
    """Create the connector of an account."""
    return manifest.create(settings, tools)


async def create(
    uow: UnitOfWork,
    manifest: Manifest[Any],
    *,
    id: ChannelId,  # noqa: A002 - the word of every record
    name: str,
    settings: BaseModel,
    address: str,
    now: datetime,
    team_id: TeamId | None = None,
    sender_rule: SenderRule = SenderRule.contact,
    reopen_window: timedelta | None = None,
    idle_after: timedelta | None = None,
    enabled: bool = True,
    demo: bool = False,
    webhook_key: str = "",
) -> Made[Channel]:
    """Add an account; the supervisor starts it after the commit. `address` is what the check said.

    `webhook_key` is given only where the check registered a webhook before. Raises Invalid, and Conflict if the
    same account is connected already.
    """
    known = await uow.channels.get(id)
    if known is not None:
        return Made(known, created=False)
    await _one_account_once(uow, manifest.key, address, None)
    channel = Channel(
        id=id,
        connector=manifest.key,
        kind=manifest.kind,
        name=_name(name or address or manifest.title),
        address=address,
        webhook_key=webhook_key or new_webhook_key(),
        enabled=enabled,
        team_id=team_id,
        sender_rule=sender_rule,
        demo=demo,
        connection=Connection(state=ConnectionState.connecting if enabled else ConnectionState.disabled, since=now),
        created_at=now,
    )
    if reopen_window is not None:
        channel = replace(channel, reopen_window=_window(reopen_window))
    if idle_after is not None:
        channel = replace(channel, idle_after=_window(idle_after))
    await uow.channels.add(channel, plain_values(settings), secret_fields(manifest.settings))
    _note(uow, id)
    return Made(channel, created=True)


async def change(
    uow: UnitOfWork, manifest: Manifest[Any], channel_id: ChannelId, edit: Edit, *, now: datetime
) -> Channel:
    """Edit an account; new settings or switching it on or off restart it. Raises NotFound, Invalid, Conflict."""
    before = await _get(uow, channel_id)
    after = before
    if not isinstance(edit.name, Unset):
        after = replace(after, name=_name(edit.name))
    if not isinstance(edit.team_id, Unset):
        after = replace(after, team_id=edit.team_id)
    if not isinstance(edit.sender_rule, Unset):
        after = replace(after, sender_rule=edit.sender_rule)
    if not isinstance(edit.reopen_window, Unset):
        after = replace(after, reopen_window=_window(edit.reopen_window))
    if not isinstance(edit.idle_after, Unset):
        after = replace(after, idle_after=_window(edit.idle_after))
    if not isinstance(edit.address, Unset) and edit.address != before.address:
        await _one_account_once(uow, before.connector, edit.address, channel_id)
        after = replace(after, address=edit.address)
    if not isinstance(edit.enabled, Unset) and edit.enabled != before.enabled:
        state = ConnectionState.connecting if edit.enabled else ConnectionState.disabled
        after = replace(
            after,
            enabled=edit.enabled,
            connection=Connection(state=state, since=now),
            revision=before.revision + 1,
        )
    if after != before:
        await uow.channels.update(after)
        if after.connection != before.connection:
            await uow.channels.set_connection(channel_id, after.connection)
    if not isinstance(edit.settings, Unset):
        stored = await uow.channels.settings(channel_id)
        settings = validated(manifest, edit.settings, stored=stored.values if stored else None)
        await uow.channels.update_settings(channel_id, plain_values(settings), secret_fields(manifest.settings))
    _note(uow, channel_id)
    return await _get(uow, channel_id)


async def delete(uow: UnitOfWork, channel_id: ChannelId) -> None:
    """Delete an account that never had a conversation. Raises NotFound, and Conflict otherwise: switch it off."""
    await _get(uow, channel_id)
    await uow.channels.delete(channel_id)
    _note(uow, channel_id)


async def restart(uow: UnitOfWork, channel_id: ChannelId) -> Channel:
    """Make every node start the account afresh: after its credentials were mended at the provider."""
    before = await _get(uow, channel_id)
    if not before.enabled:
        raise Invalid("The channel is switched off. Switch it on instead.")
    after = replace(before, revision=before.revision + 1)
    await uow.channels.update(after)
    _note(uow, channel_id)
    return after


async def stored_settings(uow: UnitOfWork, manifest: Manifest[Any], channel_id: ChannelId) -> BaseModel:
    """Return a channel's settings as its connector's model. Raises NotFound, SettingsInvalid (the model moved on)."""
    stored = await uow.channels.settings(channel_id)
    if stored is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    return validated(manifest, {}, stored=stored.values)


async def bootstrap(
    storage: Storage,
    manifests: Sequence[Manifest[Any]],
    first: Callable[[Manifest[Any]], BaseModel | None],
    *,
    now: datetime,
) -> Sequence[Channel]:
    """Make the first channel of each connector that the environment describes and that was not made before.

    `first` reads a connector's settings from the environment. The environment only begins a channel: from then
    on the row counts, and a deleted one does not come back. The account shows by itself whether it connects.
    """
    made = []
    for manifest in manifests:
        settings = first(manifest)
        if settings is None:
            continue
        async with storage.begin() as uow:
            fact = f"bootstrapped:{manifest.key}"
            if await uow.facts.get(fact) is not None:
                continue
            await uow.facts.put(fact, now.isoformat())
            record = await create(
                uow, manifest, id=ChannelId(new_id()), name=manifest.title, settings=settings, address="", now=now
            )
            made.append(record.record)
    return made


def new_webhook_key() -> str:
    """Return the last part of a webhook URL: 192 random bits."""
    return secrets.token_urlsafe(24)


async def _get(uow: UnitOfWork, channel_id: ChannelId) -> Channel:
    channel = await uow.channels.get(channel_id)
    if channel is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    return channel


async def _one_account_once(uow: UnitOfWork, connector: str, address: str, but: ChannelId | None) -> None:
    for channel in await uow.channels.all():
        if address and channel.id != but and (channel.connector, channel.address) == (connector, address):
            raise Conflict(f"{address} is connected already, as “{channel.name}”. Change that channel instead.")


def _name(name: str) -> str:
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= 100:
        raise Invalid("A channel's name has 1 to 100 characters.")
    return tidy


def _window(window: timedelta) -> timedelta:
    if not timedelta() <= window <= timedelta(days=3650):
        raise Invalid("A window of time is between none and ten years.")
    return window


def _note(uow: UnitOfWork, channel_id: ChannelId) -> None:
    uow.note(Change(kind=ChangeKind.channel_changed, subject_id=channel_id))
