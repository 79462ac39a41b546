"""The page about the channels says what the manifests say."""

from pathlib import Path

import connectors
from hub.commands.capabilities import filled, parts
from hub.runtime.registry import discover

PAGE = Path(__file__).resolve().parents[1] / "docs" / "channels.md"


def test_what_the_page_says_of_each_channel_is_up_to_date() -> None:
    page = PAGE.read_text("utf-8")
    assert filled(page, discover(connectors)) == page, "run `make channels-page`"


def test_every_part_that_is_made_is_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for name in parts(discover(connectors)) if f"<!-- generated: {name} -->" not in page] == []


def test_every_connector_has_its_row_in_every_part() -> None:
    registry = discover(connectors)
    shown = [m.key for m in registry if m.visible]
    for part in parts(registry).values():
        assert [key for key in shown if f"connectors/{key}/README.md" not in part] == []


def test_every_connector_says_how_it_receives() -> None:
    registry = discover(connectors)
    ways = {"ReceivesWebhooks", "Listens", "HostsVisitors"}
    assert [m.key for m in registry if m.visible and not ways & set(registry.abilities(m.key))] == []
