"""Which connectors there are, and what their folders say of themselves."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml  # type: ignore[import-untyped]  # it ships no types

import connectors
from hub.contract import Manifest
from tests.connectors.conformance.protocol import Case

ROOT = Path(connectors.__file__).parent

FILES = ("__init__.py", "settings.py", "parse.py", "render.py", "connector.py", "icon.svg", "README.md", "quality.yaml")
"""What every folder has; `verify.py` besides if it receives webhooks."""

RULES: Mapping[str, tuple[str, ...]] = {
    "bronze": (
        *("manifest", "pure_parse", "snapshot_tests", "signature_tested", "idempotent", "errors_mapped"),
        *("secrets_redacted", "setup_readme", "check_proves_credentials"),
    ),
    "silver": (
        *("resumes_from_cursor", "reports_connection_state", "logs_once_down_once_up", "attachments_in_and_out"),
        *("receipts", "limits_with_link", "respects_retry_after", "threads_replies", "reconciles"),
    ),
    "gold": ("registers_webhook", "history_import", "edits_and_deletes", "typing", "troubleshooting"),
}
"""The checklist of docs/architecture.md section 7."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a connector stands to one rule."""

    status: str
    reason: str = ""


def keys() -> list[str]:
    """Return the folders of connectors; those with an underscore are none."""
    return sorted(p.parent.name for p in ROOT.glob("*/__init__.py") if not p.parent.name.startswith("_"))


def manifest_of(key: str) -> Manifest[Any]:
    """Return a connector's manifest, also by the key of one of its ways in."""
    manifest = importlib.import_module(f"connectors.{key.partition('/')[0]}").MANIFEST
    assert isinstance(manifest, Manifest)
    return manifest


def cases() -> dict[str, Case]:
    """Return every connector's adapter (see protocol.py) by its key. Those without one fail in the folder tests."""
    here = Path(__file__).parents[1]
    found = [key for key in keys() if (here / key / "conformance.py").is_file()]
    return {key: importlib.import_module(f"tests.connectors.{key}.conformance").CASE for key in found}


def ways() -> dict[str, Case]:
    """Return the adapters with their further ways in, as `email/mailgun`: all that reads holds for each of them."""
    main = cases()
    return main | {f"{key}/{name}": way for key, case in main.items() for name, way in case.ways().items()}


def quality_of(key: str) -> dict[str, dict[str, Rule]]:
    """Read a connector's quality.yaml: level -> rule -> standing."""
    document = yaml.safe_load((ROOT / key / "quality.yaml").read_text("utf-8"))
    return {level: {name: _rule(value) for name, value in rules.items()} for level, rules in document.items()}


def _rule(value: object) -> Rule:
    if isinstance(value, dict):
        return Rule(str(value.get("status", "")), str(value.get("reason", "")).strip())
    return Rule(str(value))
