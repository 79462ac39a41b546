"""What every connector's folder holds and says of itself: files, manifest, icon, settings, guide, checklist."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import aiohttp
import pytest

from hub.contract import (
    HostsVisitors,
    Listens,
    ReceivesWebhooks,
    Reconciles,
    RegistersWebhook,
    ShowsTyping,
)
from hub.runtime.registry import ABILITIES, Registry
from tests.connectors.conformance import folders
from tests.connectors.conformance.kit import tools_for
from tests.connectors.conformance.protocol import CHECKS

KEYS = folders.keys()
CASES = folders.cases()
each_connector = pytest.mark.parametrize("key", KEYS)
each_adapted = pytest.mark.parametrize("key", sorted(CASES))


@each_connector
def test_every_connector_brings_an_adapter_to_the_conformance_suite(key: str) -> None:
    assert key in CASES, f"write tests/connectors/{key}/conformance.py; see tests/connectors/conformance/protocol.py"


@each_connector
def test_the_folder_has_the_fixed_files(key: str) -> None:
    missing = [name for name in folders.FILES if not (folders.ROOT / key / name).is_file()]
    assert missing == []


@each_connector
def test_the_manifest_says_who_it_is(key: str) -> None:
    manifest = folders.manifest_of(key)
    assert manifest.key == key
    assert manifest.title
    assert re.fullmatch(r"[a-z][a-z0-9_]*", manifest.kind)


@each_connector
def test_the_icon_is_a_small_drawing_without_scripts(key: str) -> None:
    icon = folders.manifest_of(key).icon
    root = ET.fromstring(icon)  # noqa: S314 - our own file
    drawn = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert root.get("viewBox") == "0 0 24 24"
    assert len(icon) < 4000
    assert "currentColor" in icon
    assert not drawn & {"script", "image", "foreignObject", "use", "a"}


@each_connector
def test_every_limit_names_the_page_it_comes_from(key: str) -> None:
    capabilities = folders.manifest_of(key).capabilities
    provider_sets_limits = capabilities.text_limit or capabilities.rate_per_second or capabilities.reply_window
    assert capabilities.text_unit in {"characters", "utf16", "bytes"}
    assert capabilities.receipts <= {"sent", "delivered", "read"}
    source = capabilities.limits_source
    named = source.startswith("https://") or (source != "" and (folders.ROOT.parent / source).is_file())
    assert named or not provider_sets_limits


@each_connector
def test_the_settings_make_a_form_a_person_understands(key: str) -> None:
    fields = folders.manifest_of(key).settings.model_fields
    assert [name for name, field in fields.items() if not field.title] == []
    secrets = {name: field for name, field in fields.items() if "SecretStr" in repr(field.annotation)}
    assert [name for name, field in secrets.items() if not field.description] == [], "say where to find it"


@each_connector
def test_secrets_in_the_settings_are_secrets_by_type(key: str) -> None:
    fields = folders.manifest_of(key).settings.model_fields
    secret = re.compile(r"(^|_)(token|password|secret|key|api_key|refresh_token|client_secret)$")
    open_ones = [n for n, f in fields.items() if secret.search(n) and "SecretStr" not in repr(f.annotation)]
    assert open_ones == []


@each_connector
def test_the_guide_tells_how_to_set_up_and_what_to_do_when_something_is_wrong(key: str) -> None:
    lines = (folders.ROOT / key / "README.md").read_text("utf-8").splitlines()
    headings = " ".join(line.lower() for line in lines if line.startswith("#"))
    assert [line for line in lines if line.startswith("1. ")], "the first steps, numbered"
    assert re.search(r"wrong|trouble|does not work", headings), "what to do when something is wrong"


# -- the checklist


@each_connector
def test_the_checklist_stands_to_every_rule(key: str) -> None:
    quality = folders.quality_of(key)
    assert {level: set(rules) for level, rules in quality.items()} == {
        level: set(names) for level, names in folders.RULES.items()
    }
    rules = [(name, rule) for level in quality.values() for name, rule in level.items()]
    assert [name for name, rule in rules if rule.status not in {"done", "todo", "exempt"}] == []
    assert [name for name, rule in rules if rule.status == "exempt" and len(rule.reason) < 10] == []


@each_connector
def test_nothing_of_bronze_and_silver_is_left_to_do(key: str) -> None:
    quality = folders.quality_of(key)
    rules = [*quality["bronze"].items(), *quality["silver"].items()]
    assert [name for name, rule in rules if rule.status == "todo"] == []


@each_adapted
async def test_what_the_checklist_calls_done_is_there(key: str, tmp_path: Path) -> None:
    case, capabilities = CASES[key], folders.manifest_of(key).capabilities
    async with aiohttp.ClientSession() as http:
        connector = folders.manifest_of(key).create(case.settings(), tools_for(http, tmp_path))
    there = {
        "snapshot_tests": sum(1 for _ in case.fixtures()) >= 3,
        "signature_tested": case.signed() is not None or isinstance(connector, HostsVisitors),
        "resumes_from_cursor": isinstance(connector, Listens | ReceivesWebhooks | HostsVisitors),
        "attachments_in_and_out": capabilities.media is not None,
        "receipts": bool(capabilities.receipts),
        "limits_with_link": bool(capabilities.limits_source),
        "threads_replies": capabilities.replies_to or isinstance(connector, HostsVisitors),
        "reconciles": isinstance(connector, Reconciles | Listens),
        "registers_webhook": isinstance(connector, RegistersWebhook),
        "edits_and_deletes": capabilities.edits or capabilities.deletes,
        "typing": isinstance(connector, ShowsTyping) == capabilities.typing_out,
    }
    done = {name for level in folders.quality_of(key).values() for name, rule in level.items() if rule.status == "done"}
    assert [name for name, true in there.items() if name in done and not true] == []


@each_adapted
async def test_the_registry_tells_the_abilities_without_making_the_connector(key: str, tmp_path: Path) -> None:
    async with aiohttp.ClientSession() as http:
        made = folders.manifest_of(key).create(CASES[key].settings(), tools_for(http, tmp_path))
    told = Registry({key: folders.manifest_of(key)}).abilities(key)
    has = [ability.__name__ for ability in ABILITIES if isinstance(made, ability)]
    assert set(told) >= set(has), "annotate `create` with the class it makes, imported where it can be resolved"


@each_adapted
def test_exemptions_name_a_check_and_a_reason(key: str) -> None:
    exempt = CASES[key].exempt
    assert set(exempt) <= CHECKS
    assert [name for name, reason in exempt.items() if len(reason) < 10] == []
