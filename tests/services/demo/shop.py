"""The demo's channels for tests: real connectors with the settings of their simulation."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import connectors
from hub.contract import Simulation, Tools
from hub.contract.connector import Connector
from hub.domain.ids import ChannelId
from hub.runtime.registry import Registry, discover
from hub.services.channels import ToolsFor, validated
from hub.services.ids import new_id

KEYS = ("email", "telegram", "webchat")


def CHANCE() -> Random:  # noqa: N802 - a fresh one each time
    return Random(7)  # noqa: S311 - it plays


@cache
def registry() -> Registry:
    """Return all connectors."""
    return discover(connectors)


def tools(now: Callable[[], datetime] = lambda: datetime(2026, 3, 2, tzinfo=UTC)) -> ToolsFor:
    """Return tools that reach nothing."""
    nothing: Any = None
    return lambda channel_id, key: Tools(
        http=nothing,
        fetch=nothing,
        now=now,
        channel_id=channel_id,
        webhook_url=f"http://127.0.0.1/webhooks/{key}",
        data_dir=Path(),
    )


def simulation(key: str) -> Simulation:
    """Return how a connector is played."""
    manifest = registry().get(key)
    assert manifest is not None
    assert manifest.simulation is not None
    return manifest.simulation


@cache
def connector(key: str) -> Connector:
    """Return the real connector of a demo channel."""
    manifest = registry().get(key)
    assert manifest is not None
    settings = validated(manifest, simulation(key).settings)
    return manifest.create(settings, tools()(ChannelId(new_id()), "x"))


OURS = {key: simulation(key).address for key in KEYS}
