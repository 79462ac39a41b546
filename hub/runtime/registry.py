"""Finds connectors and makes them: every folder of `connectors`, and third parties' entry points.

A connector is imported when it is first asked for: a hub starts with the code of the channels it has, however many
connectors and providers' libraries are installed.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import entry_points
from importlib.resources import files
from types import ModuleType
from typing import get_args, get_type_hints

from pydantic import BaseModel, ValidationError

from hub.contract.calls import AnswersCalls, ControlsCalls, FetchesRecordings, GivesPhoneTokens, PlacesCalls
from hub.contract.connector import (
    ChecksSetup,
    Connector,
    FetchesAttachments,
    Listens,
    Manifest,
    MarksRead,
    NamesPeople,
    OffersTemplates,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    ShowsPage,
    ShowsTyping,
    Tools,
)
from hub.contract.visitors import HostsVisitors
from hub.domain.channel import Capabilities
from hub.domain.errors import HubError, Invalid
from hub.runtime.catalogue import texts_of

AnyManifest = Manifest[BaseModel]

ABILITIES: tuple[type, ...] = (
    ReceivesWebhooks,
    Listens,
    FetchesAttachments,
    RegistersWebhook,
    Reconciles,
    MarksRead,
    NamesPeople,
    ShowsTyping,
    OffersTemplates,
    ChecksSetup,
    HostsVisitors,
    ShowsPage,
    AnswersCalls,
    PlacesCalls,
    ControlsCalls,
    GivesPhoneTokens,
    FetchesRecordings,
)


def abilities_of(connector: Connector) -> Sequence[str]:
    """Return the names of the optional abilities one connector has; its manifest's other connectors may have more."""
    return [ability.__name__ for ability in ABILITIES if isinstance(connector, ability)]


class Registry:
    """The manifests of all connectors, by key."""

    def __init__(self, manifests: Mapping[str, AnyManifest]) -> None:
        self._manifests = manifests
        self._abilities: dict[str, Sequence[str]] = {}

    def __iter__(self) -> Iterator[AnyManifest]:
        """Iterate over the manifests in the order of their titles."""
        return iter(sorted(self._manifests.values(), key=lambda manifest: manifest.title))

    @property
    def manifests(self) -> Mapping[str, AnyManifest]:
        """Return all manifests by key."""
        return self._manifests

    def abilities(self, key: str) -> Sequence[str]:
        """Return the names of the optional abilities a connector has, such as `ReceivesWebhooks`."""
        if key not in self._abilities:
            manifest = self._manifests.get(key)
            made = _made_by(manifest) if manifest is not None else ()
            self._abilities[key] = [a.__name__ for a in ABILITIES if any(issubclass(kind, a) for kind in made)]
        return self._abilities[key]

    def readme(self, key: str) -> str:
        """Return a connector's setup guide, Markdown; empty if it has none."""
        manifest = self._manifests.get(key)
        if manifest is None:
            return ""
        guide = files(_package_of(manifest)) / "README.md"
        return guide.read_text(encoding="utf-8") if guide.is_file() else ""

    def texts(self, key: str, language: str) -> Mapping[str, str]:
        """Return a connector's words in a language, English to translation: what `Phrase.said_in` wants."""
        manifest = self._manifests.get(key)
        return texts_of(_package_of(manifest), language) if manifest is not None else {}

    def get(self, key: str) -> AnyManifest | None:
        """Return a connector's manifest, or None if its package is not installed."""
        return self._manifests.get(key)

    def capabilities(self, key: str) -> Capabilities:
        """Return what a connector's channels can carry; nothing, if its package is gone."""
        manifest = self._manifests.get(key)
        return manifest.capabilities if manifest is not None else Capabilities()

    def capabilities_of(self, key: str, settings: Mapping[str, object]) -> Capabilities:
        """Return what a channel with these settings can carry; what its connector's can, if they do not fit."""
        manifest = self._manifests.get(key)
        if manifest is None or manifest.capabilities_of is None:
            return self.capabilities(key)
        try:
            return manifest.capabilities_of(manifest.settings.model_validate(dict(settings)))
        except ValidationError:  # said where the connector is made
            return manifest.capabilities

    def create(self, key: str, settings: Mapping[str, object], tools: Tools) -> Connector:
        """Make a connector. Raises Invalid, in words, if the package is missing or the settings do not fit."""
        manifest = self._manifests.get(key)
        if manifest is None:
            raise Invalid(
                f"The connector “{key}” is not installed in this hub. Install its package, or disable the channel."
            )
        try:
            values = manifest.settings.model_validate(dict(settings))
        except ValidationError as error:
            fields = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise Invalid(
                f"The settings of this channel no longer fit: {fields}. Open its settings and save them anew."
            ) from error
        return manifest.create(values, tools)


def discover(connectors: ModuleType) -> Registry:
    """Return the manifests of the folders of the package `connectors` and of the entry points `hub.connectors`."""
    found: dict[str, Callable[[], object]] = {
        module.name: partial(importlib.import_module, f"{connectors.__name__}.{module.name}")
        for module in pkgutil.iter_modules(connectors.__path__)
        if not module.name.startswith("_")
    }
    found |= {entry.name: entry.load for entry in entry_points(group="hub.connectors")}
    return Registry(_Installed(found))


class _Installed(Mapping[str, AnyManifest]):
    """Manifests by key, each loaded when it is first asked for."""

    def __init__(self, load: Mapping[str, Callable[[], object]]) -> None:
        self._load = load
        self._loaded: dict[str, AnyManifest] = {}

    def __getitem__(self, key: str) -> AnyManifest:
        """Return the manifest. Raises KeyError, and HubError if the package is no connector."""
        if key not in self._loaded:
            self._loaded[key] = _manifest(key, self._load[key]())
        return self._loaded[key]

    def __contains__(self, key: object) -> bool:
        return key in self._load

    def __iter__(self) -> Iterator[str]:
        return iter(self._load)

    def __len__(self) -> int:
        return len(self._load)


def _manifest(key: str, loaded: object) -> AnyManifest:
    manifest = loaded if isinstance(loaded, Manifest) else getattr(loaded, "MANIFEST", None)
    if not isinstance(manifest, Manifest) or manifest.key != key:
        raise HubError(
            f"The package of the connector “{key}” has no MANIFEST with this key. Remove the package, or mend it:"
            " docs/writing-a-connector.md says how."
        )
    return manifest


def _package_of(manifest: AnyManifest) -> str:
    return manifest.settings.__module__.rpartition(".")[0]


def _made_by(manifest: AnyManifest) -> Sequence[type]:
    """Return the classes a manifest's `create` may make: itself, what it says it returns, or what its folder has.

    A `create` that imports a provider's library only when it is called says no more than `Connector`: then the classes
    are those of the folder's `connector` module.
    """
    if isinstance(manifest.create, type):
        return (manifest.create,)
    hint: object = get_type_hints(manifest.create).get("return")
    made = [kind for kind in get_args(hint) or (hint,) if isinstance(kind, type)]
    return made if made != [Connector] else _classes_of(f"{manifest.create.__module__}.connector")


def _classes_of(name: str) -> Sequence[type]:
    """Return the connectors a module defines; none if there is no such module."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return ()
    found = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Connector)]
    return [kind for kind in found if kind.__module__ == name]
