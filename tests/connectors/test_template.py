"""A new connector is whole from its first minute: the copy of the template passes all that every connector must."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "acme_sms"
CACHES = shutil.ignore_patterns("__pycache__", ".pytest_cache")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of our own, to make a connector in."""
    copy = tmp_path_factory.mktemp("checkout")
    for folder in ("connectors", "tests/connectors", "tests/peers"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=CACHES)
    for file in ("tests/conftest.py", "tests/calls.py", "tests/databases.py", "pyproject.toml"):
        shutil.copy(ROOT / file, copy / file)
    for room in ("hub", "storage", "webhooks"):
        (copy / room).symlink_to(ROOT / room)
    return copy


def python(checkout: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HUB_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=checkout,
        env=kept | {"PYTHONPATH": str(checkout)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(checkout: Path) -> Path:
    done = python(checkout, "hub", "new-connector", KEY)
    assert done.returncode == 0, done.stderr
    assert "docs/writing-a-connector.md" in done.stdout
    return checkout


def test_the_copy_passes_the_suite_of_every_connector(made: Path) -> None:
    every = ("test_conformance.py", "test_connector_folders.py", "test_connector_texts.py")
    suite = [f"tests/connectors/{name}" for name in (*every, KEY)]
    done = python(made, "pytest", *suite, "-k", KEY, "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    assert done.returncode == 0, done.stdout[-4000:]
    assert "skipped" not in done.stdout


def test_the_copy_is_named_throughout(made: Path) -> None:
    texts = [
        f.read_text("utf-8")
        for place in ("connectors", "tests/connectors")
        for f in (made / place / KEY).rglob("*.*")
        if f.is_file() and f.suffix != ".pyc"
    ]
    assert len(texts) > 15
    assert [text[:80] for text in texts if "emplate" in text] == []
    assert 'title="Acme sms"' in (made / "connectors" / KEY / "__init__.py").read_text()


def test_the_copy_is_clean_by_our_linter(made: Path) -> None:
    done = python(made, "ruff", "check", "--no-cache", f"connectors/{KEY}", f"tests/connectors/{KEY}")
    assert done.returncode == 0, done.stdout


def test_a_connector_that_exists_stays(made: Path) -> None:
    done = python(made, "hub", "new-connector", "telegram")
    assert done.returncode == 1
    assert "exists already" in done.stderr


@pytest.mark.parametrize("key", ["../evil", "Acme", "a", "1st", "acme-sms", "_template", ""])
def test_a_key_is_a_plain_name(made: Path, key: str) -> None:
    done = python(made, "hub", "new-connector", key)
    assert done.returncode == 1
    assert "small letters" in done.stderr


def test_without_a_checkout_it_is_said_where_to_go(made: Path, tmp_path: Path) -> None:
    done = python(made, "hub", "new-connector", "acme", "--into", str(tmp_path))
    assert done.returncode == 1
    assert "Name a checkout with --into" in done.stderr
