"""The command `hub` as people call it: answers in words, exit codes, nothing heavy before it is needed."""

import json
import logging
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
import structlog
from typer.testing import CliRunner

from hub import cli
from hub.contract import RawEvent
from hub.domain.channel import Channel, ChannelKind, Connection, ConnectionState
from hub.domain.delivery import DeliveryState
from hub.domain.errors import HubError
from hub.domain.ids import ChannelId, JournalSeq
from hub.domain.user import Role
from hub.runtime.secrets_box import SecretBox, load_keys
from hub.services.ids import new_id
from hub.settings import Part
from storage import open_storage
from storage.database import SqlStorage
from storage.engine import Database
from tests.storage.builders import NOW, StandingClock
from tests.storage.filled import SECRET, fill_storage

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "123456789:AAHfakeFAKEfakeFAKEfakeFAKEfakeFAKE"


class Shell:
    """A shell in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def process(self, *arguments: str, code: int = 0) -> str:
        """Run a command as a process of its own; returns what it says, errors included."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("HUB_") and k != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "hub", *arguments],
            cwd=self.folder,
            env=kept | {"PYTHONPATH": str(ROOT), **self._environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said
        return said

    def hub(self, *arguments: str, code: int = 0, given: str = "", **environ: str) -> str:
        """Run a command here, in a thread: some tests have a loop of their own. Says what `process` would."""
        with ThreadPoolExecutor(1) as pool:
            run = partial(CliRunner().invoke, cli.cli, arguments, input=given, env=self._environ | environ)
            done = pool.submit(run).result()
        ours = str(done.exception) * isinstance(done.exception, HubError)
        assert done.exit_code == code, f"{done.output}{done.exception!r}"
        assert isinstance(done.exception, HubError | SystemExit | None), repr(done.exception)
        return done.output + ours

    @property
    def _environ(self) -> dict[str, str]:
        return {"HUB_DATA_DIR": str(self.data), "HUB_PORT": "0"}

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.data}/hub.db"

    async def storage(self) -> SqlStorage:
        keys = SecretBox(load_keys("", self.data / "secret.key"))
        return await open_storage(self.url, secrets=keys, doorbell=None, clock=StandingClock())

    async def delivery_states(self) -> list[str]:
        database = Database(self.url)
        try:
            async with database.read() as session:
                return [str(row[0]) for row in await session.rows(sa.text("SELECT state FROM deliveries"))]
        finally:
            await database.close()


@pytest.fixture(autouse=True)
def _logs_as_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Commands set logging up, here for the whole test process; and they read the .env of the folder they are in."""
    monkeypatch.chdir(tmp_path)
    root, config = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**config)
    logging.captureWarnings(capture=False)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
async def filled(shell: Shell) -> Shell:
    """A hub with something of everything in it."""
    shell.hub("migrate")
    storage = await shell.storage()
    await fill_storage(storage)
    await storage.close()
    return shell


# --- the command itself


def test_help_answers_at_once(shell: Shell) -> None:
    shell.process("--help")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = shell.process("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
    commands = "serve check replay backup restore migrate rotate-keys new-secret-key new-connector export env user"
    assert [name for name in commands.split() if name not in said] == []


def test_nothing_heavy_is_imported_for_help() -> None:
    code = (
        "import sys, hub.cli; print([m for m in ('pydantic', 'sqlalchemy', 'aiohttp', 'hub.app') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_words_of_options_are_those_of_the_hub() -> None:
    assert set(get_args(cli.PartName)) == {*Part}
    assert set(get_args(cli.RoleName)) == {*Role}


def test_an_unknown_word_is_refused(shell: Shell) -> None:
    assert "No such command" in shell.hub("serv", code=2)
    assert "owner" in shell.hub("user", "set-role", "a@example.org", "owner", code=2)


def test_wrong_settings_are_all_named(shell: Shell) -> None:
    said = shell.hub("check", code=1, HUB_PORT="eighty", HUB_BLOBS_URL="ftp://x")
    assert "HUB_PORT: it must be a whole number" in said
    assert "HUB_BLOBS_URL" in said


def test_env_prints_the_example(shell: Shell) -> None:
    assert shell.hub("env") == (ROOT / ".env.example").read_text()


# --- people


def test_people_are_let_in_and_get_new_passwords(shell: Shell) -> None:
    said = shell.hub("user", "add", "Ann@Example.org", "--name", "Ann Lee", "--role", "admin")
    assert re.search(r"Password: \w{20}\n", said)
    assert shell.hub("user", "list") == "ann@example.org\tadmin\tAnn Lee\n"
    assert "works here already" in shell.hub("user", "add", "ann@example.org", code=1)
    first, second = (re.search(r"Password: (\w+)", text) for text in (said, _reset(shell)))
    assert first
    assert second
    assert first[1] != second[1]


def _reset(shell: Shell) -> str:
    return shell.hub("user", "reset-password", "ann@example.org")


def test_the_last_admin_stays_one(shell: Shell) -> None:
    shell.hub("user", "add", "ann@example.org", "--role", "admin")
    assert "last active admin" in shell.hub("user", "set-role", "ann@example.org", "agent", code=1)
    shell.hub("user", "add", "ben@example.org")
    assert "is admin now" in shell.hub("user", "set-role", "ben@example.org", "admin")
    assert "is agent now" in shell.hub("user", "set-role", "ann@example.org", "agent")


def test_somebody_unknown_is_said_so(shell: Shell) -> None:
    assert "Nobody with the address x@example.org" in shell.hub("user", "reset-password", "x@example.org", code=1)


# --- channels


def test_a_channel_is_made_from_what_is_given(shell: Shell) -> None:
    said = shell.hub("channel", "add", "webchat", "--name", "Shop", "--no-ask", "--set", 'languages=["pl", "en"]')
    assert "Web chat accepts us" in said
    assert "\twebchat\tShop\t" in shell.hub("channel", "list")
    assert "switched off" in shell.hub("channel", "disable", "shop")
    assert "\tdisabled" in shell.hub("channel", "list")
    assert "switched on" in shell.hub("channel", "enable", "Shop")


def test_what_is_missing_is_asked_for(shell: Shell, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    said = shell.hub(
        "channel", "add", "telegram", "--no-check", "--name", "Bot", "--set", f"token=@{token}", given="\n"
    )
    assert "Previous token" in said
    assert "“Bot” is there" in said
    assert TOKEN not in said


def test_what_does_not_fit_is_said_and_asked_again(shell: Shell) -> None:
    said = shell.hub(
        *("channel", "add", "telegram", "--no-check", "--set", "mode=pigeon", "--set", f"token={TOKEN}"),
        given="\nwebhook\n",
    )
    assert "This does not fit yet: mode" in said
    assert "How messages arrive (webhook, polling)" in said
    assert "is there" in said


def test_a_command_as_a_process_says_errors_in_one_sentence(shell: Shell) -> None:
    assert "Password: " in shell.process("user", "add", "ann@example.org", "--role", "admin")
    said = shell.process("user", "add", "ann@example.org", code=1)
    assert said == "Somebody with the address ann@example.org works here already.\n"


def test_settings_nobody_can_be_asked_for_are_named(shell: Shell) -> None:
    assert "token: Please fill this in" in shell.hub("channel", "add", "telegram", "--no-ask", code=1)
    assert "no setting here" in shell.hub("channel", "add", "telegram", "--no-ask", "--set", "tokn=x", code=1)
    assert "Connectors: api_channel, asterisk, cti, discord" in shell.hub("channel", "add", "fax", code=1)
    assert "There is no channel “x”" in shell.hub("channel", "disable", "x", code=1)


# --- looking


def test_check_says_what_is_well_and_what_is_not(filled: Shell) -> None:
    said = filled.hub("check", code=1)
    assert "ok       database: SQLite; it answers" in said
    assert "PROBLEM  channel “Shop”" in said, "its made-up token is refused"
    assert SECRET not in said


def test_check_of_nothing_makes_nothing(shell: Shell) -> None:
    assert "All is well." in shell.hub("check")
    assert not (shell.data / "hub.db").exists()
    assert not (shell.data / "secret.key").exists()


def test_check_points_at_a_key_file_others_may_read(filled: Shell) -> None:
    (filled.data / "secret.key").chmod(0o644)
    assert "PROBLEM  keys: Other users may read the key file" in filled.hub("check", code=1)


# --- reading again


@pytest.fixture
async def unread(shell: Shell) -> Shell:
    """A web chat with two events that nobody understood: one that can be read now, one that cannot."""
    shell.hub("migrate")
    storage = await shell.storage()
    channel = Channel(
        id=ChannelId(new_id()),
        connector="webchat",
        kind=ChannelKind("webchat"),
        name="Shop",
        address="shop",
        webhook_key=new_id().hex,
        connection=Connection(state=ConnectionState.connected, since=NOW),
        created_at=NOW,
    )
    body = json.dumps({"type": "message", "id": "aaaaaaaa", "text": "Hello", "files": []}).encode()
    good = RawEvent(kind="visitor", body=body, headers={"thread": "v-1"}, received_at=NOW)
    bad = RawEvent(kind="visitor", body=b"?", headers={"thread": "v-1"}, received_at=NOW)
    async with storage.begin() as uow:
        await uow.channels.add(
            channel, {"token_secret": "x" * 40, "identity_secret": "y" * 40}, {"token_secret", "identity_secret"}
        )
    seqs = await storage.journal.append(channel.id, [good, bad])
    async with storage.begin() as uow:
        for seq in seqs:
            await uow.journal.set_unparsed(seq, "an old fault", at=NOW)
    await storage.close()
    return shell


async def test_what_was_not_understood_is_read_again(unread: Shell) -> None:
    said = unread.hub("replay", "--channel", "shop", code=1)
    assert "2 raw events marked" in said
    assert "1 raw event understood now, 1 still not." in said
    storage = await unread.storage()
    async with storage.read() as uow:
        states = [event.state.value for event in await uow.journal.get_many([JournalSeq(1), JournalSeq(2)])]
    await storage.close()
    assert states == ["done", "unparsed"]
    assert "understood now" in unread.hub("replay", "--seq", "1")
    assert len(unread.hub("export").splitlines()) == 1 + 1 + 1, "read twice, shown once: a contact, a message, a count"


def test_replay_wants_to_know_what(unread: Shell) -> None:
    assert "Say what to read again" in unread.hub("replay", code=1)
    assert "Say what to read again" in unread.hub("replay", "--all-unparsed", "--seq", "1", code=1)
    assert "There is no raw event 99" in unread.hub("replay", "--seq", "99", code=1)


def test_replay_of_nothing_says_so(shell: Shell) -> None:
    assert "nothing to read again" in shell.hub("replay", "--all-unparsed")


# --- keeping and getting back


async def test_everything_is_kept_and_comes_back(filled: Shell, tmp_path: Path) -> None:
    archive = tmp_path / "hub.zip"
    said = filled.hub("backup", str(archive))
    assert "It was proven" in said
    assert "secret.key" in said
    assert "holds data already" in filled.hub("restore", str(archive), code=1)
    again = filled.hub("restore", str(archive), "--replace")
    assert "kept as" in again
    assert "All secrets in it open" in again
    assert "2 messages were waiting to go out" in again
    states = await filled.delivery_states()
    assert not {DeliveryState.queued, DeliveryState.sending} & {*states}
    assert states.count(DeliveryState.unknown) == 3, "one was unknown before; none is sent on a guess"


async def test_what_waited_goes_out_if_a_person_says_so(filled: Shell, tmp_path: Path) -> None:
    filled.hub("backup", str(tmp_path / "hub.zip"))
    filled.hub("restore", str(tmp_path / "hub.zip"), "--replace", "--send-waiting")
    assert (await filled.delivery_states()).count(DeliveryState.queued) == 1


def test_a_backup_moves_to_another_server(filled: Shell, postgres_url: str, tmp_path: Path) -> None:
    filled.hub("backup", str(tmp_path / "hub.zip"))
    said = filled.hub("restore", str(tmp_path / "hub.zip"), "--into-url", postgres_url)
    assert "Restored what version" in said
    back = filled.hub("backup", str(tmp_path / "back.zip"), HUB_DATABASE_URL=postgres_url)
    assert "It was proven" in back
    tables = [_tables(tmp_path / name) for name in ("hub.zip", "back.zip")]
    assert {name for name in tables[0] if tables[0][name] != tables[1][name]} <= {
        *("deliveries", "delivery_events", "conversations", "notices", "facts", "interaction_changes", "report_dirty")
    }, "what restoring held back, and nothing else"


def _tables(file: Path) -> dict[str, str]:
    with ZipFile(file) as archive:
        return {table["name"]: table["sha256"] for table in json.loads(archive.read("manifest.json"))["tables"]}


def test_without_the_key_a_restore_says_which_secrets_are_lost(filled: Shell, tmp_path: Path) -> None:
    filled.hub("backup", str(tmp_path / "hub.zip"))
    other = Shell(tmp_path / "other")
    other.folder.mkdir()
    said = other.hub("restore", str(tmp_path / "hub.zip"))
    assert "do not open with the hub's present keys" in said
    assert "Shop: The secret at" in said


def test_a_folder_gets_a_backup_named_by_the_time(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    filled.hub("backup", str(tmp_path / "kept"))
    assert re.fullmatch(r"hub-\d{8}-\d{6}\.zip", next((tmp_path / "kept").iterdir()).name)
    assert "There is no folder" in filled.hub("backup", str(tmp_path / "no" / "where.zip"), code=1)


def test_what_is_no_backup_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    assert "not a backup" in shell.hub("restore", str(tmp_path / "x.zip"), code=1)
    assert "There is no file" in shell.hub("restore", str(tmp_path / "y.zip"), code=1)


# --- keys


async def test_keys_are_rotated_and_old_backups_still_open(filled: Shell, tmp_path: Path) -> None:
    filled.hub("backup", str(tmp_path / "old.zip"))
    said = filled.hub("rotate-keys")
    assert "2 secrets are sealed with it" in said
    assert len(load_keys("", filled.data / "secret.key")) == 2
    storage = await filled.storage()
    async with storage.read() as uow:
        (channel,) = await uow.channels.all()
        stored = await uow.channels.settings(channel.id)
    await storage.close()
    assert stored is not None
    assert stored.values["token"] == SECRET
    assert "All secrets in it open" in filled.hub("restore", str(tmp_path / "old.zip"), "--replace")


def test_a_new_key_can_be_configured(shell: Shell) -> None:
    key = shell.hub("new-secret-key").strip()
    assert "0 secrets are sealed with the first of HUB_SECRET_KEYS" in shell.hub("rotate-keys", HUB_SECRET_KEYS=key)


# --- giving away


def test_an_export_holds_contacts_and_interactions(filled: Shell, tmp_path: Path) -> None:
    said = filled.hub("export", str(tmp_path / "all.jsonl"))
    records = [json.loads(line) for line in (tmp_path / "all.jsonl").read_bytes().splitlines()]
    assert "1 contacts and 11 interactions exported" in said
    assert [record["type"] for record in records] == ["contact"] + ["interaction"] * 11
    assert "exists already" in filled.hub("export", str(tmp_path / "all.jsonl"), code=1)
