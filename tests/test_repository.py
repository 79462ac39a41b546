"""The rules of the house are checked by machine, and each check can fail."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import connectors
from hub.environment import env_example
from hub.runtime.registry import discover

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = ("hub", "connectors", "webhooks", "storage")


def tracked(*patterns: str) -> list[Path]:
    """Files git knows, without the binary ones."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--eol", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    rows = (row.partition("\t") for row in listed.split("\0") if row)
    return [ROOT / path for form, _, path in rows if "i/-text" not in form and (ROOT / path).is_file()]


# --- who may import whom

CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]
TREE = [
    *(f"hub/{name}.py" for name in ("__init__", "__main__", "cli", "app", "environment", "settings", "ports")),
    *(f"hub/{name}/__init__.py" for name in ("api", "runtime", "services", "contract", "domain")),
    *(f"{name}/__init__.py" for name in ("connectors", "connectors/_lib", "webhooks", "storage")),
    *(f"connectors/{kind}/{name}.py" for kind in ("a", "b") for name in ("__init__", "parse", "render", "verify")),
]
BREACHES = {
    "rooms: imports go one way": ("hub/services/__init__.py", "import hub.runtime"),
    "a connector sees the contract, the domain and connectors._lib, nothing else of ours": (
        "connectors/a/__init__.py",
        "import hub.services",
    ),
    "connectors do not know each other": ("connectors/a/__init__.py", "import connectors.b"),
    "the domain is pure": ("hub/domain/__init__.py", "import asyncio"),
    "parse, render and verify are pure": ("connectors/b/verify.py", "import aiohttp"),
    "only storage speaks SQL": ("hub/services/__init__.py", "import sqlalchemy"),
}


def lint_imports(tree: Path) -> dict[str, str]:
    """Verdict of each contract on a tree of packages."""
    program = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        cwd=tree,
        env=os.environ | {"COLUMNS": "200"},  # long names stay on one line
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", told.stdout, re.MULTILINE))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of empty modules that keeps every contract."""
    for name in TREE:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_a_clean_tree_keeps_every_contract(tree: Path) -> None:
    (tree / "connectors/a/__init__.py").write_text("import connectors._lib\nimport hub.contract\nimport hub.domain\n")
    assert lint_imports(tree) == dict.fromkeys(CONTRACTS, "KEPT")


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_breach_of_each_contract_is_noticed(tree: Path, contract: str) -> None:
    file, line = BREACHES[contract]
    (tree / file).write_text(f"{line}\n")
    assert lint_imports(tree)[contract] == "BROKEN"


def test_the_web_framework_stays_in_the_rooms_with_a_door() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in tracked(*(f"{room}/*.py" for room in ROOMS))
        if re.search(
            r"^\s*(from aiohttp import .*\bweb\b|from aiohttp\.web\b|import aiohttp\.web\b)",
            path.read_text(),
            re.MULTILINE,
        )
    }
    assert users, "nothing serves"
    assert [user for user in sorted(users) if not user.startswith(("hub/app/", "hub/api/", "webhooks/"))] == []


# --- who may ask the time


def ruff(code: str, name: str) -> str:
    program = Path(sys.executable).with_name("ruff")
    return subprocess.run(
        [program, "check", "--select=TID251", "--output-format=concise", f"--stdin-filename={name}", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "datetime.utcnow()", "time.time()"])
def test_only_the_clock_may_ask_the_time(call: str) -> None:
    code = f"import time\nfrom datetime import UTC, datetime\n\nNOW = {call}\n"
    assert "only runtime/clock.py" in ruff(code, "hub/services/any.py") or "naive time" in ruff(
        code, "hub/domain/any.py"
    )
    assert "All checks passed" in ruff(code, "hub/runtime/clock.py")


# --- ignores


def test_every_ignored_rule_says_why() -> None:
    ignored = re.compile(
        r"# (?:ruff: |mypy: )?(?:noqa|type: ignore|ignore-errors)|(?:ox|es)lint-disable|@ts-(?:ignore|expect)"
    )
    explained = re.compile(
        r"noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)* - \w|type: ignore\[[a-z, -]+\] +(?:#|-) \w"
        r"|lint-disable[a-z-]* [\w/@, -]+ -- \w|@ts-expect-error:? \w"
    )
    unexplained = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in tracked("*.py", "*.ts", "*.tsx")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if path != Path(__file__) and ignored.search(line) and not explained.search(line)
    ]
    assert unexplained == []


# --- generated and locked files


def test_the_example_of_settings_is_up_to_date() -> None:
    assert (ROOT / ".env.example").read_text() == env_example(discover(connectors)), "run `make env-example`"


LOCKED_EXTRAS = ("postgres", "nats")
"""What `make` installs for everybody; `stt` is 40 MB that an operator with a speech model asks for."""


def locked(name: str) -> dict[str, Version]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {
        package: Version(version) for package, version in re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE)
    }


def asked(*groups: str) -> list[Requirement]:
    project, dev = PROJECT["project"], PROJECT["dependency-groups"]
    lines = {
        "core": project["dependencies"],
        "extras": [line for extra in LOCKED_EXTRAS for line in project["optional-dependencies"][extra]],
        "build": dev["build"],
        "dev": [line for line in dev["dev"] if isinstance(line, str)],
    }
    return [Requirement(line) for group in groups for line in lines[group]]


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("runtime", ["core", "extras"]), ("build", ["build"]), ("dev", ["core", "extras", "build", "dev"])],
)
def test_a_lock_holds_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    versions = locked(lock)
    missing = [
        str(wanted)
        for wanted in asked(*groups)
        if not wanted.specifier.contains(versions.get(canonicalize_name(wanted.name), Version("0")))
    ]
    assert missing == [], "run `make lock`"


def test_tests_run_on_the_versions_that_run_in_production() -> None:
    assert (locked("runtime") | locked("build")).items() <= locked("dev").items()


@pytest.mark.parametrize("lock", ["runtime", "build", "dev"])
def test_every_locked_package_has_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = text.replace("\\\n", "").splitlines()
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"://|^-|#", text, re.MULTILINE)


def test_locks_keep_the_markers_of_other_systems() -> None:
    assert "pycparser" in locked("runtime")
    assert re.search(
        r"^pycparser==\S+ ; implementation_name", (ROOT / "requirements/runtime.txt").read_text(), re.MULTILINE
    )


# --- what must not be in the tree


def test_no_package_host_and_no_path_of_a_machine_is_in_the_tree() -> None:
    forbidden = re.compile(
        "|".join(
            [
                *(re.escape(f"{folder}/") for folder in (ROOT, ROOT.parent / "shared", Path.home())),
                r"--(?:extra-)?index-url",
                r'"resolved": *"http',
                r"https?://[^ ]*/(?:simple|packages)/",
            ]
        )
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if (match := forbidden.search(path.read_text(errors="replace")))
    ]
    assert found == []


def test_links_between_pages_lead_somewhere() -> None:
    links = [
        (page, target)
        for page in tracked("*.md")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
        if not re.match(r"[a-z]+:", target)
    ]
    assert links
    assert [
        f"{page.relative_to(ROOT)} → {target}" for page, target in links if not (page.parent / target).exists()
    ] == []
