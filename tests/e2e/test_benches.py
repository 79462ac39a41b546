"""The benches of reports run on both engines and measure all they promise; how fast is for `make bench-…` to say."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.e2e.hub_process import CHECKOUT

pytestmark = pytest.mark.e2e

INTERACTIONS = 100_000
BOUND = 150
"""Megabytes over idle: an XLSX of everything takes no more, however long it is."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_the_bench_of_reports_measures_every_screen_and_a_file_of_all_waits_stays_small(engine: str) -> None:
    printed = await _bench("bench.reports", engine, "--large", str(INTERACTIONS), "--seconds", "0.1")

    figures = {line["op"]: line for line in printed}
    assert {line["engine"] for line in printed} == {engine}
    assert figures.keys() == {
        "beside_ingest", "rebuild", "dashboard_day", "dashboard_week", "dashboard_month", "dashboard_tag", "by_tag",
        "waits", "waits_tag", "wallboard", "dashboard_busy_month", "xlsx",
    }  # fmt: skip
    assert all(line["value"] > 0 for op, line in figures.items() if op not in ("beside_ingest", "xlsx"))
    assert figures["rebuild"]["size"] >= INTERACTIONS
    assert figures["xlsx"]["rows"] > INTERACTIONS / 4
    assert figures["xlsx"]["value"] < BOUND


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
async def test_the_bench_of_a_rebuild_builds_all_waits_anew_and_again(engine: str) -> None:
    printed = await _bench("bench.rebuild", engine, "--entries", "5000")

    assert [line["bench"] for line in printed] == ["rebuild_waits", "rebuild_waits_again"]
    assert all(line["value"] > 0 and line["ceiling"] > 0 for line in printed)


async def _bench(module: str, engine: str, *arguments: str) -> Sequence[Mapping[str, Any]]:
    """Return what a bench prints."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, "--engine", engine, *arguments, cwd=CHECKOUT, stdout=PIPE
    )
    out, _ = await running.communicate()
    assert running.returncode == 0, f"{module} broke off; its last words stand above"
    return [json.loads(line) for line in out.splitlines()]
