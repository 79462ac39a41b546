"""aiosmtpd in this event loop, with the failures a test chooses: refusals at each step, cuts, silence."""

import asyncio
import base64
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class FakeSmtp:
    """The server. It takes mail for everybody; what it shall do otherwise is set in its fields."""

    def __init__(self, *, tls: SSLContext | None = None, utf8: bool = True) -> None:
        self.password = b"mailbox-secret"
        self.tokens: set[str] = set()
        self.offers_login = True
        self.login_answer = ""
        self.answers: dict[str, str] = {}
        """Answers by step: `MAIL`, `RCPT`, `DATA`, or `RCPT ann@x` for one recipient."""
        self.once = False
        """Whether an answer set here is given once only."""
        self.cut_at: set[str] = set()
        """Steps at which the connection breaks: `MAIL`, `RCPT`, `DATA` (after the content)."""
        self.silent_at: set[str] = set()
        self.silent = asyncio.Event()
        """Set once a client waits in vain."""
        self.taken: list[Envelope] = []
        self.greeted_as: list[str | None] = []
        self.port = 0
        self._tls = tls
        self._utf8 = utf8
        self._server: asyncio.Server | None = None
        self._protocols: list[Any] = []

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for protocol in self._protocols:
            if protocol.transport is not None:
                protocol.transport.abort()
            handler = protocol._handler_coroutine
            if handler is not None:
                handler.cancel()
                await asyncio.wait({handler})

    def _protocol(self) -> Any:
        protocol = SMTP(
            self,
            hostname="fake.smtp.test",
            enable_SMTPUTF8=self._utf8,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            auth_require_tls=self._tls is not None,
            authenticator=self._authenticate if self.offers_login else None,
            auth_exclude_mechanism=[] if self.offers_login else ["LOGIN", "PLAIN", "XOAUTH2"],
            loop=asyncio.get_running_loop(),
        )
        self._protocols.append(protocol)
        return protocol

    def _authenticate(self, *details: Any) -> AuthResult:
        data = details[-1]
        if self.login_answer:
            return AuthResult(success=False, handled=False, message=self.login_answer)
        return AuthResult(success=data.password == self.password, handled=False)

    async def auth_XOAUTH2(self, _server: Any, words: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name - aiosmtpd finds it by name
        """Check an XOAUTH2 login."""
        token = base64.b64decode(words[1]).decode().partition("Bearer ")[2].strip("\x01")
        if token in self.tokens:
            return AuthResult(success=True, auth_data=b"user")
        return AuthResult(success=False, handled=False, message="535 5.7.3 token expired")

    async def _step(self, server: Any, step: str) -> str | None:
        if step in self.silent_at:
            self.silent.set()
            await asyncio.Event().wait()
        if step in self.cut_at:
            server.transport.abort()
            await asyncio.Event().wait()
        return self.answers.pop(step, None) if self.once else self.answers.get(step)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds it by name
        self, server: Any, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the envelope sender."""
        answer = await self._step(server, "MAIL") or await self._step(server, f"MAIL {address}")
        if answer:
            return answer
        self.greeted_as.append(session.host_name)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by name
        self, server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take one recipient."""
        answer = await self._step(server, "RCPT") or await self._step(server, f"RCPT {address}")
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take the content."""
        answer = await self._step(server, "DATA")
        if answer:
            return answer
        self.taken.append(envelope)
        return "250 2.0.0 queued"
