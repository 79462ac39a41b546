"""Channels as the screens show them: to each reader what their role lets them know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.contract.connector import ShowsPage
from hub.contract.visitors import HostsVisitors
from hub.domain.channel import Capabilities, Channel, ChannelKind, ChannelSettings, Connection, SenderRule
from hub.domain.ids import ChannelId, TeamId
from hub.domain.journal import Recovery
from hub.domain.phrase import said
from hub.domain.replacing import replace
from hub.domain.template import Template
from hub.domain.user import Action
from hub.ports import UnitOfWork
from hub.runtime.registry import abilities_of
from hub.services import channels


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A channel as the screens show it."""

    id: ChannelId
    connector: str
    kind: ChannelKind
    name: str
    address: str
    enabled: bool
    team_id: TeamId | None
    sender_rule: SenderRule
    reopen_window: timedelta
    idle_after: timedelta
    demo: bool
    webhook_url: str | None
    """Where the provider calls us. Only for those who may change channels: whoever knows it can write to it."""
    embed: str | None
    """The line of HTML that puts the channel on a website, where one can. Only for those who may change channels."""
    connection: Connection
    """`state` and `since` for everybody; `detail`, in the caller's language where it can be, is empty for those who may
    not know why (`connections_read`)."""
    capabilities: Capabilities
    abilities: tuple[str, ...]
    """What else the connector can do: `OffersTemplates`, `Reconciles`, `RegistersWebhook`, `ChecksSetup` …"""
    recovered: Recovery | None
    """Messages that the provider did not tell in time and reconciling found, until somebody dismisses the notice."""
    settings: Mapping[str, object] | None = field(repr=False)
    """Secrets are null, with `<name>_set` telling whether there is one. Only for those who may change channels."""
    created_at: datetime
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatesView:
    """A channel's templates as the provider last told them."""

    items: tuple[Template, ...]
    """By name and language, whatever their state; only `approved` ones can be sent."""
    synced_at: datetime | None
    """When they were last read."""
    tried_at: datetime | None
    problem: str
    """Why the last try failed, in words; empty if it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStepView:
    """One thing that has to be right at the provider."""

    title: str
    done: bool | None
    """Null: it cannot be told from here."""
    help: str
    """What to do; empty if it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupView:
    """How the setup of a channel stands, for the connect wizard, in the caller's language."""

    steps: tuple[SetupStepView, ...]
    """In the order a person does them."""
    last_received_at: datetime | None
    """When the channel was last told anything."""
    webhook_url: str
    """The address to enter at the provider, where it has to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCheckView:
    """What a check found."""

    ok: bool
    address: str
    """Our own address there."""
    detail: str
    """What is wrong and what to do; empty if all is well."""


async def settings_for(uow: UnitOfWork, caller: Caller, channel_id: ChannelId) -> ChannelSettings | None:
    """Return a channel's settings for a caller who may change them; None for others."""
    return await uow.channels.settings(channel_id) if Action.channels_write in caller.actions else None


def shown_channel(
    deps: ApiDeps,
    caller: Caller,
    channel: Channel,
    stored: ChannelSettings | None,
    recovered: Mapping[ChannelId, Recovery],
) -> ChannelView:
    """Return a channel as a caller may see it. `stored` are its settings, if they may see those."""
    manifest = deps.registry.get(channel.connector)
    may_write = Action.channels_write in caller.actions
    return ChannelView(
        id=channel.id,
        connector=channel.connector,
        kind=channel.kind,
        name=channel.name,
        address=channel.address,
        enabled=channel.enabled,
        team_id=channel.team_id,
        sender_rule=channel.sender_rule,
        reopen_window=channel.reopen_window,
        idle_after=channel.idle_after,
        demo=channel.demo,
        webhook_url=f"{deps.public_url}/webhooks/{channel.webhook_key}" if may_write else None,
        embed=_embed(deps, channel) if may_write else None,
        connection=_told(deps, caller, channel),
        capabilities=deps.accounts.capabilities(channel),
        abilities=_abilities(deps, channel),
        recovered=recovered.get(channel.id),
        settings=channels.masked(manifest, stored.values) if manifest and stored else None,
        created_at=channel.created_at,
        revision=channel.revision,
    )


def _told(deps: ApiDeps, caller: Caller, channel: Channel) -> Connection:
    """Return a channel's connection, what is wrong in the caller's language where its connector has these words."""
    if Action.connections_read not in caller.actions:
        return replace(channel.connection, detail="")
    texts = deps.registry.texts(channel.connector, caller.language)
    return replace(channel.connection, detail=said(channel.connection.detail, texts))


def _abilities(deps: ApiDeps, channel: Channel) -> tuple[str, ...]:
    """Return what this channel's connector can: a mailbox that is read over IMAP receives no webhooks."""
    account = None if channel.demo else deps.accounts.get(channel.id)
    made = account.connector if account is not None else None
    told = deps.registry.abilities(channel.connector)
    return tuple(told if made is None else [name for name in told if name in abilities_of(made)])


def _embed(deps: ApiDeps, channel: Channel) -> str | None:
    account = deps.accounts.get(channel.id)
    made: object = account.connector if account is not None else None
    if isinstance(made, ShowsPage):
        return made.embed()
    if HostsVisitors.__name__ not in deps.registry.abilities(channel.connector):
        return None
    return f'<script async src="{deps.public_url}/webchat/{channel.webhook_key}/widget.js"></script>'
