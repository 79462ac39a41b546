"""A private Dovecot on loopback: IMAP with and without TLS, LMTP, logins for Postfix. Needs Debian's dovecot packages.

Use as a context manager: `with private_folder() as folder, Dovecot(folder) as dovecot: …`. Started as root it runs as
an unprivileged user made on demand, since Dovecot refuses mailboxes of root; started by anybody else, as that user.
"""

import getpass
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.peers.ports import free_port, wait_for_port

USER = "hubpeers"


def missing() -> str:
    """Return "" if Dovecot can be started here, else why not."""
    return (
        ""
        if shutil.which("dovecot", path=_PATH)
        else "Dovecot is not installed (apt-get install dovecot-imapd dovecot-lmtpd)"
    )


_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def unprivileged_user() -> str:
    """Return the user daemons run as: ourselves, or one made on demand when we are root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = subprocess.run(["id", "-u", USER], capture_output=True, check=False)
    if known.returncode != 0:
        subprocess.run(["useradd", "-r", "-M", "-d", "/nonexistent", "-s", "/usr/sbin/nologin", USER], check=True)
    return USER


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make a folder for a peer that the daemon's own user can reach, and remove it at the end.

    Not one of pytest's: those are closed to other users, and every pytest that starts closes them again.
    """
    folder = Path(tempfile.mkdtemp(prefix="hub-peer-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Write a self-signed certificate for localhost; return (certificate, key)."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    key.chmod(0o600)
    return certificate, key


@dataclass
class Dovecot:
    """One running Dovecot."""

    folder: Path
    users: dict[str, str] = field(
        default_factory=lambda: {
            "support@example.test": "supportpw",
            "alice@example.test": "alicepw",
            "bob@example.test": "bobpw",
        }
    )
    """Passwords by address; each has a mailbox of its own."""
    imap_port: int = field(default_factory=free_port)
    imaps_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    auth_port: int = field(default_factory=free_port)
    """Where Postfix checks logins (Dovecot's SASL)."""
    extra: str = ""
    """More lines of configuration."""
    _process: "subprocess.Popen[bytes] | None" = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def certificate(self) -> Path:
        """The certificate in PEM form, its own authority."""
        return self.folder / "etc" / "cert.pem"

    def maildir(self, user: str, name: str = "") -> Path:
        """Return the Maildir of a user, or of a folder of theirs."""
        base = self.folder / "mail" / user / "Maildir"
        return base / f".{name}" if name else base

    def start(self) -> None:
        """Start, or start again with the same ports and mailboxes."""
        owner = unprivileged_user()
        for part in ("etc", "run", "mail", "log"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        if not self.certificate.exists():
            make_certificate(self.folder / "etc")
        lines = [f"{address}:{{PLAIN}}{password}::::::\n" for address, password in self.users.items()]
        (self.folder / "etc" / "users").write_text("".join(lines))
        configuration = self.folder / "etc" / "dovecot.conf"
        configuration.write_text(_CONFIGURATION.format(base=self.folder, owner=owner, peer=self, extra=self.extra))
        command = [shutil.which("dovecot", path=_PATH) or "dovecot", "-F", "-c", str(configuration)]
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{owner}:{owner}", str(self.folder)], check=True)
            command = ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--clear-groups", *command]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        for port in (self.imap_port, self.imaps_port, self.lmtp_port, self.auth_port):
            wait_for_port(port)

    def stop(self) -> None:
        """Stop; the mailboxes stay."""
        if self._process is not None:
            # The master alone would leave the clients' own processes, and their connections, behind.
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(timeout=10)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None

    def log(self) -> str:
        """Return what Dovecot wrote into its log."""
        path = self.folder / "log" / "dovecot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def put(self, user: str, mails: Sequence[bytes], name: str = "") -> None:
        """Lay mails into a mailbox's Maildir, as a delivery would: for filling it quickly."""
        target = self.maildir(user, name)
        for part in ("cur", "new", "tmp"):
            (target / part).mkdir(parents=True, exist_ok=True)
        stamp = time.time_ns()
        for number, mail in enumerate(mails):
            (target / "new" / f"{stamp // 10**9}.M{number:06d}P{stamp % 10**9}.peer").write_bytes(mail)
        if os.geteuid() == 0:
            owner = unprivileged_user()
            subprocess.run(["chown", "-R", f"{owner}:{owner}", str(self.folder / "mail")], check=True)

    def tls_context(self) -> ssl.SSLContext:
        """Return a TLS context that trusts this server."""
        return ssl.create_default_context(cafile=str(self.certificate))


_CONFIGURATION = """\
base_dir = {base}/run
state_dir = {base}/run
instance_name = hub-{peer.imap_port}
log_path = {base}/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = {owner}
default_internal_group = {owner}
default_login_user = {owner}
mail_uid = {owner}
mail_gid = {owner}
first_valid_uid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {peer.imap_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {peer.imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {peer.lmtp_port}
  }}
}}
service auth {{
  inet_listener sasl {{
    address = 127.0.0.1
    port = {peer.auth_port}
  }}
}}
service stats {{
  chroot =
}}
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {{
  driver = passwd-file
  args = {base}/etc/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={base}/mail/%u
}}
ssl = yes
ssl_cert = <{base}/etc/cert.pem
ssl_key = <{base}/etc/key.pem
mail_location = maildir:~/Maildir
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    special_use = \\Sent
    auto = subscribe
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
}}
imap_idle_notify_interval = 10 secs
protocol lmtp {{
  postmaster_address = postmaster@example.test
  auth_username_format = %Lu
}}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
mail_max_userip_connections = 100
{extra}
"""
