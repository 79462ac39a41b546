"""The page about the channels says what the manifests say."""

import re
from pathlib import Path

import connectors
from hub.commands.capabilities import capability_table
from hub.runtime.registry import discover

PAGE = Path(__file__).resolve().parents[1] / "docs" / "connectors.md"


def test_the_table_of_capabilities_is_up_to_date() -> None:
    (table,) = re.findall(r"a test says when it is stale -->\n(.*?)\n<!-- end -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert table + "\n" == capability_table(discover(connectors)), "run `python -m hub.commands.capabilities`"


def test_every_connector_has_its_line() -> None:
    page = PAGE.read_text("utf-8")
    assert [m.key for m in discover(connectors) if m.visible and f"connectors/{m.key}/README.md" not in page] == []
