"""A private Postfix on loopback that delivers to a Dovecot beside it and nowhere else. Needs root and Debian's postfix.

Ports: `smtp_port` takes mail for example.test from anybody (the outside world), `submission_port` wants STARTTLS and a
login, `smtps_port` TLS and a login. A mail to an unknown mailbox comes back to its sender as a bounce.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.peers.dovecot import Dovecot
from tests.peers.ports import free_port, wait_for_port

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def missing() -> str:
    """Return "" if Postfix can be started here, else why not."""
    if not shutil.which("postfix", path=_PATH):
        return "Postfix is not installed (apt-get install postfix)"
    return "" if os.geteuid() == 0 else "Postfix starts as root only"


@dataclass
class Postfix:
    """One running Postfix."""

    folder: Path
    dovecot: Dovecot
    smtp_port: int = field(default_factory=free_port)
    submission_port: int = field(default_factory=free_port)
    smtps_port: int = field(default_factory=free_port)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start with an empty queue or what was left in it."""
        for part in ("etc", "queue", "data", "log"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        shutil.chown(self.folder / "data", "postfix", "postfix")
        (self.folder / "etc" / "dynamicmaps.cf").touch()
        (self.folder / "etc" / "main.cf").write_text(_MAIN.format(base=self.folder, peer=self, dovecot=self.dovecot))
        (self.folder / "etc" / "master.cf").write_text(_MASTER.format(peer=self))
        self._run("start")
        for port in (self.smtp_port, self.submission_port, self.smtps_port):
            wait_for_port(port)

    def stop(self) -> None:
        """Stop all its processes."""
        self._run("stop")

    def _run(self, action: str) -> None:
        command = [shutil.which("postfix", path=_PATH) or "postfix", "-c", str(self.folder / "etc"), action]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"postfix {action}: {done.stderr or done.stdout}{self.log()[-2000:]}")

    def log(self) -> str:
        """Return what Postfix wrote into its log."""
        path = self.folder / "log" / "mail.log"
        return path.read_text(errors="replace") if path.exists() else ""


_MAIN = """\
compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
multi_instance_name = postfix-hub{peer.smtp_port}
multi_instance_enable = yes
maillog_file = {base}/log/mail.log
maillog_file_prefixes = {base}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_bind_address = 127.0.0.1
myhostname = mx.example.test
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = example.test
virtual_transport = lmtp:inet:127.0.0.1:{dovecot.lmtp_port}
# Everything not ours is refused: nothing ever leaves the machine.
default_transport = error:no outbound mail on the test bed
relay_transport = error:no relay on the test bed
disable_dns_lookups = yes
smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated reject_unauth_destination
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{dovecot.auth_port}
smtpd_sasl_auth_enable = no
smtpd_tls_cert_file = {dovecot.folder}/etc/cert.pem
smtpd_tls_key_file = {dovecot.folder}/etc/key.pem
smtpd_tls_security_level = may
message_size_limit = 36700160
smtputf8_enable = yes
biff = no
lmtp_destination_recipient_limit = 1
"""

_MASTER = """\
127.0.0.1:{peer.smtp_port} inet n - n - - smtpd
127.0.0.1:{peer.submission_port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o mynetworks=
127.0.0.1:{peer.smtps_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
  -o mynetworks=
pickup    unix  n - n 60    1 pickup
cleanup   unix  n - n -     0 cleanup
qmgr      unix  n - n 300   1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n -     - trivial-rewrite
bounce    unix  - - n -     0 bounce
defer     unix  - - n -     0 bounce
trace     unix  - - n -     0 bounce
verify    unix  - - n -     1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n -     - proxymap
smtp      unix  - - n -     - smtp
relay     unix  - - n -     - smtp
error     unix  - - n -     - error
retry     unix  - - n -     - error
discard   unix  - - n -     - discard
lmtp      unix  - - n -     - lmtp
anvil     unix  - - n -     1 anvil
scache    unix  - - n -     1 scache
postlog   unix-dgram n - n - 1 postlogd
"""
