"""/channels: our accounts and addresses, their settings and connections."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from hub.api._framework.routing import Created, Routes
from hub.api.accounts import account_of
from hub.api.caller import Caller
from hub.api.channel_views import (
    ChannelCheckView,
    ChannelView,
    SetupStepView,
    SetupView,
    TemplatesView,
    settings_for,
    shown_channel,
)
from hub.api.deps import ApiDeps
from hub.api.inputs import Input, Key, Settings, Word
from hub.contract.connector import SetupStep
from hub.contract.errors import ConnectorError
from hub.domain.changes import Change, ChangeKind
from hub.domain.channel import Channel, ChannelSettings, SenderRule
from hub.domain.errors import Invalid, NotFound
from hub.domain.ids import ChannelId, TeamId
from hub.domain.phrase import said
from hub.domain.user import Action
from hub.runtime.registry import AnyManifest
from hub.runtime.wizard import Wizard
from hub.services import channels
from hub.services.unset import UNSET, Unset

routes = Routes("channels")

Seconds = Annotated[float, Field(ge=0, le=3650 * 86400, description="seconds")]


class NewChannel(Input):
    """An account to connect."""

    id: ChannelId
    connector: Key
    name: Word
    settings: Settings
    sender_rule: SenderRule = SenderRule.contact
    team_id: TeamId | None = None
    reopen_window: Seconds | None = None
    idle_after: Seconds | None = None
    enabled: bool = True


class ChannelEdit(Input):
    """What shall change; what is left out stays."""

    name: Word | None = None
    settings: Settings | None = None
    """Merged into the present ones: settings and secrets left out stay."""
    sender_rule: SenderRule | None = None
    team_id: TeamId | None = None
    reopen_window: Seconds | None = None
    idle_after: Seconds | None = None
    enabled: bool | None = None


class SettingsToCheck(Input):
    """Settings to try before they are saved."""

    settings: Settings
    channel_id: ChannelId | None = None
    """The channel whose secrets stand in for those left out."""


@routes.get("/channels", Action.channels_read)
async def list_channels(deps: ApiDeps, caller: Caller) -> tuple[ChannelView, ...]:
    """List our channels."""
    async with deps.storage.read() as uow:
        found = [(channel, await settings_for(uow, caller, channel.id)) for channel in await uow.channels.all()]
        recovered = await uow.journal.recoveries()
    return tuple(shown_channel(deps, caller, channel, settings, recovered) for channel, settings in found)


@routes.get("/channels/{channel_id}", Action.channels_read)
async def get_channel(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> ChannelView:
    """Return one channel."""
    async with deps.storage.read() as uow:
        channel = await uow.channels.get(channel_id)
        settings = await settings_for(uow, caller, channel_id)
        recovered = await uow.journal.recoveries()
    if channel is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    return shown_channel(deps, caller, channel, settings, recovered)


@routes.post("/channels", Action.channels_write)
async def create_channel(deps: ApiDeps, caller: Caller, body: NewChannel, check: bool = True) -> Created[ChannelView]:
    """Connect an account. Unless `check=false`, its settings are tried first and nothing is saved if they fail."""
    manifest = _manifest(deps, body.connector)
    settings = channels.validated(manifest, body.settings)
    key = channels.new_webhook_key()
    async with deps.storage.read() as uow:
        known = await uow.channels.get(body.id) is not None
    address = ""
    if check and not known:
        address = (await channels.check(manifest, settings, deps.tools(body.id, key))).address
    async with deps.storage.begin() as uow:
        made = await channels.create(
            uow,
            manifest,
            id=body.id,
            name=body.name,
            settings=settings,
            address=address,
            now=deps.now(),
            team_id=body.team_id,
            sender_rule=body.sender_rule,
            reopen_window=_span(body.reopen_window),
            idle_after=_span(body.idle_after),
            enabled=body.enabled,
            webhook_key=key,
        )
    await deps.accounts.refresh()
    return Created(await get_channel(deps, caller, made.record.id), new=made.created)


@routes.patch("/channels/{channel_id}", Action.channels_write)
async def change_channel(
    deps: ApiDeps, caller: Caller, channel_id: ChannelId, body: ChannelEdit, check: bool = True
) -> ChannelView:
    """Change a channel. Unless `check=false`, new settings are tried first."""
    channel, stored = await _stored(deps, channel_id)
    manifest = _manifest(deps, channel.connector)
    address: str | Unset = UNSET
    merged: Mapping[str, object] | Unset = UNSET
    if body.settings is not None:
        merged = {**stored.values, **_given(manifest, body.settings)}
        if check:
            settings = channels.validated(manifest, merged)
            address = (await channels.check(manifest, settings, deps.tools(channel_id, channel.webhook_key))).address
    edit = channels.Edit(
        name=UNSET if body.name is None else body.name,
        settings=merged,
        address=address,
        enabled=UNSET if body.enabled is None else body.enabled,
        team_id=body.team_id if "team_id" in body.model_fields_set else UNSET,
        sender_rule=UNSET if body.sender_rule is None else body.sender_rule,
        reopen_window=_span(body.reopen_window) or UNSET,
        idle_after=_span(body.idle_after) or UNSET,
    )
    async with deps.storage.begin() as uow:
        await channels.change(uow, manifest, channel_id, edit, now=deps.now())
    await deps.accounts.refresh()
    return await get_channel(deps, caller, channel_id)


@routes.delete("/channels/{channel_id}", Action.channels_write, problems=(409,))
async def delete_channel(deps: ApiDeps, channel_id: ChannelId) -> None:
    """Delete a channel that never had a conversation; switch others off instead."""
    async with deps.storage.begin() as uow:
        await channels.delete(uow, channel_id)
    await deps.accounts.refresh()


@routes.post("/channels/{channel_id}/check", Action.channels_write)
async def check_channel(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> ChannelCheckView:
    """Try a channel's credentials now."""
    channel, _ = await _stored(deps, channel_id)
    return await _check(deps, caller, channel.connector, {}, channel_id)


@routes.post("/connectors/{key}/check", Action.channels_write)
async def check_settings(deps: ApiDeps, caller: Caller, key: Key, body: SettingsToCheck) -> ChannelCheckView:
    """Try settings before they are saved."""
    if body.channel_id is not None and (await _stored(deps, body.channel_id))[0].connector != key:
        raise Invalid("The channel is one of another connector, so its secrets do not fit here.")
    return await _check(deps, caller, key, body.settings, body.channel_id)


@routes.post("/channels/{channel_id}/restart", Action.channels_write)
async def restart_channel(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> ChannelView:
    """Start a channel's account afresh, on whichever node serves it."""
    async with deps.storage.begin() as uow:
        await channels.restart(uow, channel_id)
    await deps.accounts.refresh()
    return await get_channel(deps, caller, channel_id)


@routes.get("/channels/{channel_id}/templates", Action.channels_read)
async def list_templates(deps: ApiDeps, channel_id: ChannelId) -> TemplatesView:
    """List a channel's templates."""
    async with deps.storage.read() as uow:
        if await uow.channels.get(channel_id) is None:
            raise NotFound("There is no such channel; it may have been deleted.")
        items, last = await uow.templates.all(channel_id), await uow.templates.last_sync(channel_id)
    return TemplatesView(
        items=tuple(items),
        synced_at=last.synced_at if last else None,
        tried_at=last.tried_at if last else None,
        problem=last.problem if last else "",
    )


@routes.post("/channels/{channel_id}/templates/refresh", Action.conversations_write)
async def refresh_templates(deps: ApiDeps, channel_id: ChannelId) -> TemplatesView:
    """Read a channel's templates from the provider now. If that fails, the old ones stay and `problem` says why."""
    await account_of(deps, channel_id)
    await deps.desk.refresh_templates(channel_id, deps.now())
    return await list_templates(deps, channel_id)


@routes.get("/channels/{channel_id}/setup", Action.channels_write)
async def look_at_setup(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> SetupView:
    """Look at every step between the hub and the provider and say which is missing. Changes nothing; takes seconds."""
    account = await account_of(deps, channel_id)
    wizard = Wizard(storage=deps.storage, clock=deps.clock, tools=deps.tools, public_url=deps.public_url)
    found = await wizard.look(account)
    texts = deps.registry.texts(account.channel.connector, caller.language)
    return SetupView(
        steps=tuple(_said(step, texts) for step in found.steps),
        last_received_at=found.last_received_at,
        webhook_url=f"{deps.public_url}/webhooks/{account.channel.webhook_key}",
    )


@routes.post("/channels/{channel_id}/recovered/dismiss", Action.ledger_read)
async def dismiss_recovered(deps: ApiDeps, caller: Caller, channel_id: ChannelId) -> ChannelView:
    """Take the notice away that says how many messages reconciling found; the ledger keeps its count."""
    async with deps.storage.begin() as uow:
        await uow.journal.dismiss_recovery(channel_id)
        uow.note(Change(kind=ChangeKind.channel_changed, subject_id=channel_id))
    return await get_channel(deps, caller, channel_id)


def _said(step: SetupStep, texts: Mapping[str, str]) -> SetupStepView:
    words = "" if step.done else step.help.said_in(texts)
    return SetupStepView(title=step.title.said_in(texts), done=step.done, help=words)


async def _check(
    deps: ApiDeps, caller: Caller, connector: str, settings: Mapping[str, object], channel_id: ChannelId | None
) -> ChannelCheckView:
    try:
        address = await deps.desk.check(connector, settings, channel_id)
    except ConnectorError as error:
        texts = deps.registry.texts(connector, caller.language)
        return ChannelCheckView(ok=False, address="", detail=said(str(error), texts))
    return ChannelCheckView(ok=True, address=address, detail="")


def _manifest(deps: ApiDeps, key: str) -> AnyManifest:
    manifest = deps.registry.get(key)
    if manifest is None:
        raise NotFound(f"The connector “{key}” is not installed in this hub.")
    return manifest


async def _stored(deps: ApiDeps, channel_id: ChannelId) -> tuple[Channel, ChannelSettings]:
    async with deps.storage.read() as uow:
        channel, stored = await uow.channels.get(channel_id), await uow.channels.settings(channel_id)
    if channel is None or stored is None:
        raise NotFound("There is no such channel; it may have been deleted.")
    return channel, stored


def _given(manifest: AnyManifest, settings: Mapping[str, object]) -> Mapping[str, object]:
    secret = channels.secret_fields(manifest.settings)
    return {name: value for name, value in settings.items() if not (name in secret and value is None)}


def _span(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
