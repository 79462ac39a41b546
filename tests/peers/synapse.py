"""A private Synapse on loopback: the reference Matrix homeserver, in an environment of its own."""

import json
import os
import shutil
import signal
import subprocess
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from tests.peers.pip_env import python_with
from tests.peers.ports import free_port, wait_for_port

SERVER = "hub.test"
PACKAGE = "matrix-synapse==1.163.2"
_SECRET = "testbed-shared-secret"
Json = dict[str, Any]


@dataclass
class Synapse:
    """One running homeserver."""

    folder: Path
    port: int = field(default_factory=free_port)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._python = python_with(PACKAGE)
        data = self.folder / "data"
        configuration = data / "homeserver.yaml"
        data.mkdir(parents=True)
        generate = ["--generate-config", "--report-stats=no", "--server-name", SERVER, "--data-directory", str(data)]
        self._synapse(*generate, "--config-path", str(configuration), wait=True)
        configuration.write_text(_CONFIGURATION.format(data=data, port=self.port, server=SERVER, secret=_SECRET))
        (data / "log.yaml").write_text(_LOG.format(data=data))
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start, or start again on the same data."""
        self._process = self._synapse("--config-path", str(self.folder / "data" / "homeserver.yaml"))
        wait_for_port(self.port, 60)

    def stop(self) -> None:
        """Stop; the data stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(timeout=15)
            finally:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _synapse(self, *arguments: str, wait: bool = False) -> "subprocess.Popen[bytes]":
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        with (self.folder / "synapse.out").open("ab") as out:
            process = subprocess.Popen(
                [str(self._python), "-m", "synapse.app.homeserver", *arguments],
                cwd=self.folder,
                env=kept,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        if wait:
            assert process.wait(timeout=60) == 0, (self.folder / "synapse.out").read_text()[-2000:]
        return process

    def user(self, name: str, shown: str) -> "MatrixUser":
        """Register somebody and sign them in."""
        password = f"{name}-password"
        register = Path(shutil.which("register_new_matrix_user", path=str(self._python.parent)) or "")
        arguments = ["-u", name, "-p", password, "--no-admin", "-k", _SECRET, self.url]
        subprocess.run([str(self._python), str(register), *arguments], check=True, capture_output=True)
        who = {"type": "m.id.user", "user": name}
        told = self.ask("POST", "/v3/login", {"type": "m.login.password", "identifier": who, "password": password})
        user = MatrixUser(self, told["user_id"], told["access_token"])
        user.put(f"/v3/profile/{quote(user.id)}/displayname", {"displayname": shown})
        return user

    def ask(self, method: str, path: str, body: Json | None = None, *, token: str = "", base: str = "client") -> Json:
        """Ask the client API. Raises urllib.error.HTTPError."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.url}/_matrix/{base}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            told: Json = json.load(answer)
        return told


@dataclass
class MatrixUser:
    """Somebody with a client of their own."""

    server: Synapse
    id: str
    token: str
    _sent: int = 0

    def get(self, path: str) -> Json:
        """GET below /_matrix/client."""
        return self.server.ask("GET", path, token=self.token)

    def put(self, path: str, body: Json) -> Json:
        """PUT below /_matrix/client."""
        return self.server.ask("PUT", path, body, token=self.token)

    def post(self, path: str, body: Json | None = None) -> Json:
        """POST below /_matrix/client."""
        return self.server.ask("POST", path, body or {}, token=self.token)

    def make_room(self, *invited: str, **more: object) -> str:
        """Make a room and invite people; return its id."""
        room: str = self.post("/v3/createRoom", {"preset": "private_chat", "invite": list(invited), **more})["room_id"]
        return room

    def say(self, room: str, text: str = "", *, kind: str = "m.room.message", **content: object) -> str:
        """Send an event into a room; return its id."""
        self._sent += 1
        body = {"msgtype": "m.text", "body": text, **content} if text else dict(content)
        path = f"/v3/rooms/{quote(room)}/send/{kind}/client-{self._sent}"
        event_id: str = self.put(path, body)["event_id"]
        return event_id

    def redact(self, room: str, event: str) -> None:
        """Take an event back."""
        self._sent += 1
        self.put(f"/v3/rooms/{quote(room)}/redact/{quote(event)}/client-{self._sent}", {})

    def read(self, room: str, event: str) -> None:
        """Say that everything up to an event was read."""
        self.post(f"/v3/rooms/{quote(room)}/receipt/m.read/{quote(event)}")

    def upload(self, name: str, media_type: str, content: bytes) -> str:
        """Upload a file; return its mxc address."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.server.url}/_matrix/media/v3/upload?filename={quote(name)}",
            method="POST",
            data=content,
            headers={"Content-Type": media_type, "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            address: str = json.load(answer)["content_uri"]
        return address

    def download(self, address: str) -> bytes:
        """Return a file's content."""
        place = address.removeprefix("mxc://")
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.server.url}/_matrix/client/v1/media/download/{place}",
            headers={"Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            content: bytes = answer.read()
        return content

    def seen(self, room: str) -> list[Json]:
        """Return the latest events of a room, oldest first."""
        chunk = self.get(f"/v3/rooms/{quote(room)}/messages?dir=b&limit=100")["chunk"]
        return list(reversed(chunk))

    def members(self, room: str) -> set[str]:
        """Return who has joined a room."""
        return set(self.get(f"/v3/rooms/{quote(room)}/joined_members")["joined"])

    def now(self) -> str:
        """Return the present position of the sync."""
        position: str = self.get(f"/v3/sync?timeout=0&filter={quote(_LITTLE)}")["next_batch"]
        return position

    def who_read(self, room: str, since: str) -> set[str]:
        """Return who has read anything in a room since a position of the sync."""
        rooms = self.get(f"/v3/sync?timeout=0&since={quote(since)}&filter={quote(_LITTLE)}").get("rooms", {})
        events = rooms.get("join", {}).get(room, {}).get("ephemeral", {}).get("events", [])
        receipts = [
            receipt for event in events if event["type"] == "m.receipt" for receipt in event["content"].values()
        ]
        return {user for receipt in receipts for user in receipt.get("m.read", {})}


_LITTLE = json.dumps({"room": {"timeline": {"limit": 1}}, "presence": {"not_types": ["*"]}})
_CONFIGURATION = """\
server_name: "{server}"
pid_file: {data}/homeserver.pid
public_baseurl: "http://127.0.0.1:{port}/"
listeners:
  - port: {port}
    tls: false
    type: http
    bind_addresses: ['127.0.0.1']
    resources:
      - names: [client]
        compress: false
database:
  name: sqlite3
  args:
    database: {data}/homeserver.db
log_config: "{data}/log.yaml"
media_store_path: {data}/media
registration_shared_secret: "{secret}"
report_stats: false
macaroon_secret_key: "m"
form_secret: "f"
signing_key_path: "{data}/{server}.signing.key"
trusted_key_servers: []
federation_domain_whitelist: []
enable_registration: false
rc_message: {{per_second: 1000, burst_count: 1000}}
rc_login:
  address: {{per_second: 1000, burst_count: 1000}}
  account: {{per_second: 1000, burst_count: 1000}}
rc_invites:
  per_user: {{per_second: 1000, burst_count: 1000}}
  per_issuer: {{per_second: 1000, burst_count: 1000}}
rc_joins:
  local: {{per_second: 1000, burst_count: 1000}}
ip_range_blacklist: []
suppress_key_server_warning: true
"""
_LOG = """\
version: 1
formatters: {{p: {{format: '%(asctime)s %(levelname)s %(name)s %(message)s'}}}}
handlers: {{f: {{class: logging.FileHandler, filename: {data}/homeserver.log, formatter: p}}}}
root: {{level: WARNING, handlers: [f]}}
disable_existing_loggers: false
"""
