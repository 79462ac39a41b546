"""A private Prosody on loopback: an XMPP server with TLS, archive, rooms and a place for files.

Debian: prosody. It refuses to run as root, so then it runs as the peers' own unprivileged user.
"""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.peers.dovecot import unprivileged_user
from tests.peers.ports import free_port, wait_for_port

DOMAIN = "hub.test"
ROOMS = f"rooms.{DOMAIN}"


def missing() -> str:
    """Return "" if Prosody can be started here, else why not."""
    return "" if shutil.which("prosody") else "Prosody is not installed (apt-get install prosody)"


@dataclass
class Prosody:
    """One running server."""

    folder: Path
    port: int = field(default_factory=free_port)
    http_port: int = field(default_factory=free_port)
    _process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> Self:
        for part in ("data", "run", "certs"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        key, certificate = self.folder / "certs" / "key.pem", self.folder / "certs" / "cert.pem"
        names = f"subjectAltName=DNS:{DOMAIN},DNS:{ROOMS},DNS:upload.{DOMAIN}"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", f"/CN={DOMAIN}"),
                *("-addext", names, "-keyout", str(key), "-out", str(certificate)),
            ],
            check=True,
            capture_output=True,
        )
        key.chmod(0o600)
        self._configuration.write_text(_CONFIGURATION.format(base=self.folder, peer=self, domain=DOMAIN, rooms=ROOMS))
        self._own()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def certificate(self) -> str:
        """Its certificate in PEM form, its own authority."""
        return (self.folder / "certs" / "cert.pem").read_text()

    @property
    def _configuration(self) -> Path:
        return self.folder / "prosody.cfg.lua"

    def start(self) -> None:
        """Start, or start again on the same data."""
        with (self.folder / "run" / "out").open("ab") as out:
            self._process = subprocess.Popen(
                self._as_owner("prosody", "--config", str(self._configuration)),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        wait_for_port(self.port, 20)

    def stop(self) -> None:
        """Stop; accounts and archive stay."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def user(self, name: str) -> str:
        """Make an account; return its JID. The password is the name and `-password`."""
        command = ("prosodyctl", "--config", str(self._configuration), "register", name, DOMAIN, f"{name}-password")
        subprocess.run(self._as_owner(*command), check=True, capture_output=True, cwd=self.folder)
        return f"{name}@{DOMAIN}"

    def log(self) -> str:
        """Return what it logged."""
        path = self.folder / "run" / "prosody.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _own(self) -> None:
        if os.geteuid() == 0:
            owner = unprivileged_user()
            subprocess.run(["chown", "-R", f"{owner}:{owner}", str(self.folder)], check=True)

    def _as_owner(self, *command: str) -> list[str]:
        if os.geteuid() != 0:
            return list(command)
        owner = unprivileged_user()
        return ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--clear-groups", *command]

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            try:
                self._process.wait(timeout=10)
            finally:
                self._process.kill()
                self._process.wait()
            self._process = None


_CONFIGURATION = """\
pidfile = "{base}/run/prosody.pid"
data_path = "{base}/data"
certificates = "{base}/certs"
daemonize = false
interfaces = {{ "127.0.0.1" }}
local_interfaces = {{ "127.0.0.1" }}
c2s_ports = {{ {peer.port} }}
s2s_ports = {{ }}
http_ports = {{ {peer.http_port} }}
http_interfaces = {{ "127.0.0.1" }}
https_ports = {{ }}
c2s_direct_tls_ports = {{ }}
legacy_ssl_ports = {{ }}
modules_enabled = {{
  "roster", "saslauth", "tls", "disco", "ping", "carbons", "mam", "smacks", "time", "version", "pep", "vcard_legacy"
}}
modules_disabled = {{ "s2s" }}
ssl = {{ key = "{base}/certs/key.pem"; certificate = "{base}/certs/cert.pem" }}
c2s_require_encryption = true
authentication = "internal_hashed"
archive_expires_after = "never"
default_archive_policy = true
limits = {{ c2s = {{ rate = "1mb/s" }} }}
log = {{ info = "{base}/run/prosody.log" }}
VirtualHost "{domain}"
Component "{rooms}" "muc"
  modules_enabled = {{ "muc_mam" }}
  muc_log_by_default = true
Component "upload.{domain}" "http_file_share"
  http_host = "127.0.0.1"
  http_external_url = "http://127.0.0.1:{peer.http_port}/"
"""
