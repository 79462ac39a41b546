"""A wheel holds all the hub needs to run: code, the connectors' own files, migrations, the built screens."""

import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("hub", "connectors", "webhooks", "storage")
FILES = ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore")
CACHES = shutil.ignore_patterns("__pycache__", "static")


def build(checkout: Path, kind: str, out: Path) -> Path:
    """Build one kind of package as pip does, without the isolation, and return its file."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", out],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree without `web`: its screens are built already, so that no test needs npm."""
    copy = tmp_path_factory.mktemp("checkout")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=CACHES)
    for file in FILES:
        shutil.copy(ROOT / file, copy / file)
    for page in ("app/index.html", "app/assets/main.js.gz", "widget/widget.js"):
        built = copy / "hub/static" / page
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_text("built")
    (copy / "hub/static/.built").touch()
    return copy


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    return ZipFile(build(checkout, "wheel", tmp_path_factory.mktemp("wheel")))


def test_every_file_of_the_rooms_is_inside(checkout: Path, wheel: ZipFile) -> None:
    files = {
        path.relative_to(checkout).as_posix()
        for room in ROOMS
        for path in (checkout / room).rglob("*")
        if path.is_file()
    }
    assert files - set(wheel.namelist()) == {"hub/static/.built"}


def test_nothing_else_is_inside(wheel: ZipFile) -> None:
    assert {name.partition("/")[0].partition("-")[0] for name in wheel.namelist()} == {*ROOMS, "interaction_hub"}


def test_the_command_is_called_hub(wheel: ZipFile) -> None:
    (name,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    entries = ConfigParser()
    entries.read_string(wheel.read(name).decode())
    assert dict(entries["console_scripts"]) == {"hub": "hub.cli:main"}


def test_a_wheel_made_from_an_sdist_brings_the_screens_without_building_them(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "sdist").mkdir()
    (tmp_path / "wheel").mkdir()
    shutil.unpack_archive(build(checkout, "sdist", tmp_path / "sdist"), tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    web = unpacked / "web"
    web.mkdir()
    (web / "package.json").write_text("npm would stumble over this")
    names = ZipFile(build(unpacked, "wheel", tmp_path / "wheel")).namelist()
    assert {"hub/static/app/index.html", "hub/static/widget/widget.js"} <= set(names)
