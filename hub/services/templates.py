"""Templates of a channel: kept as the provider last told them, chosen for a message, checked before it is queued."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.contract.connector import OffersTemplates
from hub.domain.changes import Change, ChangeKind
from hub.domain.errors import CannotSend
from hub.domain.ids import ChannelId
from hub.domain.template import Template, TemplateUse
from hub.ports import Storage, UnitOfWork

ASK_WITHIN = 60.0
"""Seconds in which a provider has to list its templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A template somebody picked for a message, with what they filled in; files are the message's attachments."""

    key: str
    values: Mapping[str, str]


async def sync(
    storage: Storage, connector: OffersTemplates, channel_id: ChannelId, now: datetime
) -> Sequence[Template]:
    """Ask the provider for its templates and keep them instead of those kept before.

    Raises CredentialsRefused, ConnectorError; what went wrong is kept beside the old templates, too.
    """
    try:
        async with asyncio.timeout(ASK_WITHIN):
            templates = await connector.templates()
    except Exception as error:
        late = f"The provider did not answer within {ASK_WITHIN:.0f} seconds. Try again."
        words = late if isinstance(error, TimeoutError) else str(error) or type(error).__name__
        async with storage.begin() as uow:
            await uow.templates.note_problem(channel_id, words, at=now)
        raise
    async with storage.begin() as uow:
        before = {template.key: template for template in await uow.templates.all(channel_id)}
        await uow.templates.replace(channel_id, templates, at=now)
        if before != {template.key: template for template in templates}:
            uow.note(Change(kind=ChangeKind.channel_changed, subject_id=channel_id))
    return templates


async def find(uow: UnitOfWork, channel_id: ChannelId, chosen: Chosen) -> Template:
    """Return the template somebody picked. Raises CannotSend if the channel no longer has it."""
    found = await uow.templates.get(channel_id, chosen.key)
    if found is None:
        raise CannotSend("The channel no longer has this template. Load the templates again and choose another.")
    return found


def use_of(template: Template, chosen: Chosen) -> TemplateUse:
    """Return how a message uses a template."""
    return TemplateUse(key=template.key, name=template.name, language=template.language, values=dict(chosen.values))


def as_data(use: TemplateUse) -> Mapping[str, object]:
    """Return a use as an entry's `data["template"]` keeps it."""
    return {"key": use.key, "name": use.name, "language": use.language, "values": dict(use.values)}


def template_use(data: Mapping[str, object]) -> TemplateUse | None:
    """Return the template an entry was written with, from its `data`; None if it is a free text."""
    kept = data.get("template")
    if not isinstance(kept, Mapping):
        return None
    values = kept.get("values")
    return TemplateUse(
        key=str(kept.get("key", "")),
        name=str(kept.get("name", "")),
        language=str(kept.get("language", "")),
        values={str(key): str(value) for key, value in values.items()} if isinstance(values, Mapping) else {},
    )
