"""Hand one mail to the SMTP server, over a connection of its own, and say exactly whether it may be sent again.

The one moment that matters is when the mail's content leaves: before it, nothing went out and a retry is safe; after
it, a missing answer means the mail may be on its way. aiosmtplib's `data()` does not tell the two apart, so DATA and
the content are two steps here.
"""

import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiosmtplib

from connectors._lib.mail_bounce_words import enhanced_code, in_words, is_dead_address
from connectors.email.choices import Login, SmtpSecurity
from connectors.email.render import Envelope
from connectors.email.settings import EmailSettings
from hub.contract import ConnectorError, CredentialsRefused, OutcomeUnknown, Rejected, RetryLater
from hub.domain.phrase import Phrase

_CONNECT_TIMEOUT = 20.0
_COMMAND_TIMEOUT = 60.0
_DATA_TIMEOUT = 300.0
"""RFC 5321 section 4.5.3.2.6 asks for ten minutes after the final dot; servers that take five have lost it."""
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_LONE_BREAKS = re.compile(rb"\r\n|\r|\n")

Token = Callable[[], Awaitable[str]]


class SmtpSender:
    """The sending side of one mailbox. Keeps no connection: a failed one is never used again."""

    def __init__(self, settings: EmailSettings, token: Token | None, forget_token: Callable[[], None]) -> None:
        self._settings = settings
        self._token = token
        self._forget_token = forget_token
        self.timeout = _COMMAND_TIMEOUT
        self.data_timeout = _DATA_TIMEOUT

    async def check(self) -> None:
        """Connect and log in, sending nothing. Raises CredentialsRefused, ConnectorError."""
        async with self._connected() as smtp:
            await smtp.noop()

    async def send(self, envelope: Envelope) -> None:
        """Hand over one mail. Raises CredentialsRefused, Rejected, RetryLater, OutcomeUnknown."""
        content = _LEADING_DOT.sub(b"..", _LONE_BREAKS.sub(b"\r\n", envelope.data))
        if not content.endswith(b"\r\n"):
            content += b"\r\n"
        async with self._connected() as smtp:
            try:
                await self._announce(smtp, envelope)
                await self._begin_data(smtp)
            except aiosmtplib.SMTPRecipientRefused as error:
                raise _recipient_refused(error, first=envelope.recipients[0]) from error
            except aiosmtplib.SMTPResponseException as error:
                raise _refused(error.code, error.message) from error
            except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
                raise _not_sent(error) from error
            await self._finish_data(smtp, content)

    async def _announce(self, smtp: aiosmtplib.SMTP, envelope: Envelope) -> None:
        encoding = "ascii"
        options: list[str] = []
        if envelope.utf8:
            if not smtp.supports_extension("smtputf8"):
                raise Rejected(
                    "The mail server cannot write to addresses with letters outside A to Z (SMTPUTF8). "
                    "Use another address of the customer.",
                    code="smtputf8",
                )
            encoding = "utf-8"
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        if smtp.supports_extension("size"):
            options.append(f"SIZE={len(envelope.data)}")
        try:
            await smtp.mail(envelope.sender, options=options, encoding=encoding)
        except aiosmtplib.SMTPSenderRefused as error:
            if envelope.sender or error.code < 500:
                raise
            # Gmail and Microsoft refuse the null sender of automatic mail from their own users.
            await smtp.rset()
            await smtp.mail(self._settings.address, options=options, encoding=encoding)
        for recipient in envelope.recipients:
            await smtp.rcpt(recipient, encoding=encoding)

    async def _begin_data(self, smtp: aiosmtplib.SMTP) -> None:
        response = await smtp.execute_command(b"DATA")
        if response.code != 354:
            raise aiosmtplib.SMTPDataError(response.code, response.message)

    async def _finish_data(self, smtp: aiosmtplib.SMTP, content: bytes) -> None:
        protocol = smtp.protocol
        if protocol is None:
            raise RetryLater("The mail server closed the connection before it took the mail. The hub tries again.")
        try:
            protocol.write(content + b".\r\n")
            response = await protocol.read_response(timeout=self.data_timeout)
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise OutcomeUnknown(
                "The connection broke after the mail had left, before the server confirmed it. It may have gone out: "
                "look into the customer's answer or your folder of sent mail before you send it again.",
                code=type(error).__name__,
            ) from error
        if response.code != 250:
            raise _refused(response.code, response.message)

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """Connect and log in; leave politely, or cut a connection that failed."""
        smtp = await self._open()
        try:
            yield smtp
        except BaseException:
            smtp.close()
            raise
        try:
            await smtp.quit(timeout=5)
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            smtp.close()  # the mail was accepted; a lost goodbye changes nothing

    async def _open(self) -> aiosmtplib.SMTP:
        settings = self._settings
        secure = settings.smtp_security
        context = None if secure is SmtpSecurity.none else settings.tls_context()
        smtp = aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            local_hostname=settings.own.domain if settings.own.domain.isascii() else "localhost",
            timeout=self.timeout,
            use_tls=secure is SmtpSecurity.tls,
            start_tls=secure is SmtpSecurity.starttls,
            tls_context=context,
        )
        try:
            await smtp.connect(timeout=_CONNECT_TIMEOUT)
            await self._log_in(smtp)
        except CredentialsRefused:
            smtp.close()
            raise
        except aiosmtplib.SMTPAuthenticationError as error:
            smtp.close()
            raise _login_refused(error.code, error.message, settings) from error
        except aiosmtplib.SMTPResponseException as error:
            smtp.close()
            raise _refused(error.code, error.message) from error
        except (aiosmtplib.SMTPException, OSError, TimeoutError, ssl.SSLError) as error:
            smtp.close()
            raise _unreachable(error, settings) from error
        except BaseException:
            smtp.close()
            raise
        return smtp

    async def _log_in(self, smtp: aiosmtplib.SMTP) -> None:
        settings = self._settings
        if not await _offers_login(smtp):
            if settings.smtp_security is SmtpSecurity.none:
                return  # a relay on this machine that trusts local programs
            raise CredentialsRefused(
                Phrase(
                    "{host} offers no login on port {port}. Check the port: programs send over 587 or 465, not 25.",
                    host=settings.smtp_host,
                    port=str(settings.smtp_port),
                )
            )
        user = settings.smtp_user or settings.login_name
        if self._token is None:
            password = settings.smtp_password.get_secret_value() or settings.password.get_secret_value()
            await smtp.login(user, password)
            return
        try:
            await smtp.auth_xoauth2(user, await self._token())
        except aiosmtplib.SMTPAuthenticationError as error:
            if error.code < 500:
                raise
            self._forget_token()
            await smtp.auth_xoauth2(user, await self._token())


async def _offers_login(smtp: aiosmtplib.SMTP) -> bool:
    if smtp.is_ehlo_or_helo_needed:
        await smtp.ehlo()
    return smtp.supports_extension("auth")


def _refused(code: int, said: str) -> ConnectorError:
    """Map a definite answer to the contract: 4xx passes, 5xx is final, a missing login is a person's business."""
    status = enhanced_code("", f"{code} {said}")
    shown = f"{code} {' '.join(said.split())}"[:400]
    if code in (530, 534, 535, 538) or status == "5.7.30":
        return CredentialsRefused(
            Phrase("The mail server wants another login: {told}. Check the channel's settings.", told=shown)
        )
    if 500 <= code < 600:
        return Rejected(in_words(status, shown), code=status or str(code), unreachable=False)
    return RetryLater(f"The mail server asked us to wait: {shown}", code=status or str(code))


def _recipient_refused(error: aiosmtplib.SMTPRecipientRefused, *, first: str) -> ConnectorError:
    mapped = _refused(error.code, error.message)
    if not isinstance(mapped, Rejected):
        return mapped
    if error.recipient == first:
        return Rejected(str(mapped), code=mapped.code, unreachable=is_dead_address(mapped.code))
    words = f"Nobody got the mail, since the copy to {error.recipient} was refused. Remove it and send again. {mapped}"
    return Rejected(words, code=mapped.code)


def _not_sent(error: Exception) -> RetryLater:
    what = "did not answer in time" if isinstance(error, TimeoutError) else "closed the connection"
    return RetryLater(
        f"The mail server {what} before it took the mail. The hub tries again.", code=type(error).__name__
    )


def _login_refused(code: int, said: str, settings: EmailSettings) -> ConnectorError:
    shown = f"{code} {' '.join(said.split())}"[:300]
    if code < 500:
        return RetryLater(f"The mail server cannot check logins at the moment: {shown}", code=str(code))
    if settings.login is not Login.password:
        what = Phrase("The mail server refused the OAuth login for sending. Check user name, permissions and scopes.")
    elif "5.7.30" in said or "5.7.139" in said or "basic auth" in said.lower():
        what = Phrase("The mail server takes no passwords any more. Choose the login `microsoft` or `google` instead.")
    elif "application-specific" in said.lower() or "app password" in said.lower():
        what = Phrase("The mail server wants an app password instead of the ordinary one. Create one and enter it.")
    else:
        what = Phrase("The mail server refused user name or password for sending. Check both.")
    return CredentialsRefused(Phrase("{what} It said: {said}", what=what, said=shown))


def _unreachable(error: Exception, settings: EmailSettings) -> RetryLater:
    where = f"{settings.smtp_host} port {settings.smtp_port}"
    text = str(error)
    if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in text:
        what = f"The certificate of {where} is not valid for that name or not from a known authority."
    elif isinstance(error, ssl.SSLError) or "SSL" in text or "TLS" in text.upper():
        what = f"{where} does not speak TLS as set. Try port 587 with STARTTLS or 465 with TLS."
    elif isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        what = f"{where} did not answer in time. Check name and port, and that no firewall is between."
    else:
        what = f"{where} cannot be reached: {text or type(error).__name__}. Check name and port."
    return RetryLater(what, code=type(error).__name__)
