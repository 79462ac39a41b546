"""/connectors: the kinds of channels there are, with the form and the guide of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.api._framework.routing import Routes
from hub.api.caller import Caller
from hub.api.deps import ApiDeps
from hub.api.settings_form import form_in
from hub.domain.channel import Capabilities, ChannelKind
from hub.domain.user import Action
from hub.runtime.registry import AnyManifest

routes = Routes("connectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorView:
    """A connector, with all a screen needs to offer it."""

    key: str
    title: str
    kind: ChannelKind
    icon: str
    """SVG text."""
    capabilities: Capabilities
    settings_schema: Mapping[str, object]
    """JSON Schema of its settings; secrets have the format `password` and are `writeOnly`."""
    abilities: tuple[str, ...]
    """What it offers beyond sending and parsing, such as `ReceivesWebhooks` or `Listens`."""
    readme: str
    """Its setup guide, Markdown."""


@routes.get("/connectors", Action.channels_read)
async def list_connectors(deps: ApiDeps, caller: Caller) -> tuple[ConnectorView, ...]:
    """List the connectors a channel can be made with. The words of their forms are in the caller's language."""
    return tuple(
        ConnectorView(
            key=manifest.key,
            title=manifest.title,
            kind=manifest.kind,
            icon=manifest.icon,
            capabilities=manifest.capabilities,
            settings_schema=_form(manifest, deps.registry.texts(manifest.key, caller.language)),
            abilities=tuple(deps.registry.abilities(manifest.key)),
            readme=deps.registry.readme(manifest.key),
        )
        for manifest in deps.registry
        if manifest.visible
    )


def _form(manifest: AnyManifest, texts: Mapping[str, str]) -> Mapping[str, object]:
    return form_in(manifest.settings.model_json_schema(), lambda english: texts.get(english) or english)
