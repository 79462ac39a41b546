"""What an admin enters to connect a mailbox: the form and its checks. The last third is about sending."""

import ssl
from typing import Self

from pydantic import ConfigDict, Field, SecretStr, field_validator, model_validator

from connectors.email.arrival import Receiving, server_name
from connectors.email.choices import Arrival, Login, SmtpSecurity, is_loopback
from connectors.email.ids import OwnAddresses


class EmailSettings(Receiving):
    """One mailbox."""

    model_config = ConfigDict(title="Mailbox", extra="forbid", str_strip_whitespace=True, validate_default=False)

    smtp_host: str = Field(
        title="SMTP server", description="Where answers are sent.", examples=["smtp.example.com"], max_length=253
    )
    smtp_port: int = Field(
        default=587, title="SMTP port", description="587 with STARTTLS, 465 with TLS.", ge=1, le=65535
    )
    smtp_security: SmtpSecurity = Field(
        default=SmtpSecurity.starttls,
        title="SMTP security",
        description="`none` is allowed only for a server on this same machine.",
    )
    smtp_user: str = Field(
        default="", title="SMTP user name", description="Only if it differs from the one above.", max_length=254
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""), title="SMTP password", description="Only if it differs from the one above."
    )
    ca_certificate: str = Field(
        default="",
        title="Certificate of your own authority",
        description="PEM text; only if your servers' certificates come from an authority of your own.",
        max_length=100_000,
    )

    plus_addressing: bool = Field(
        default=False,
        title="Put a reply mark into the Reply-To address",
        description="Answers go to support+mark@…, which ties them to their conversation even if a mail program "
        "drops the references. Your server must deliver plus addresses to this mailbox.",
    )
    bounce_addressing: bool = Field(
        default=False,
        title="Put a mark into the return address",
        description="Ties every bounce to its mail. Your server must accept plus addresses as senders; "
        "Microsoft 365 does not.",
    )
    authserv_id: str = Field(
        default="",
        title="Name of your checking mail server",
        description="The first word of the Authentication-Results line your own server adds. With it, senders proven "
        "by DKIM, SPF or DMARC count as verified. Empty: nobody is.",
        examples=["mx.google.com"],
        pattern=r"^[A-Za-z0-9._\-]*$",
        max_length=253,
    )

    @field_validator("smtp_user")
    @classmethod
    def _name_on_one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("Control characters and line breaks are not allowed here.")
        return value

    @field_validator("smtp_host")
    @classmethod
    def _smtp_server(cls, value: str) -> str:
        return server_name(value)

    @field_validator("ca_certificate")
    @classmethod
    def _certificate(cls, value: str) -> str:
        if value:
            try:
                ssl.create_default_context(cadata=value)
            except (ssl.SSLError, ValueError) as error:
                raise ValueError("This is not a certificate in PEM form (-----BEGIN CERTIFICATE-----).") from error
        return value

    @model_validator(mode="after")
    def _can_send(self) -> Self:
        if self.smtp_security is SmtpSecurity.none and not is_loopback(self.smtp_host):
            raise ValueError("Sending without TLS is allowed only to a server on this machine. Use STARTTLS or TLS.")
        if self.smtp_security is SmtpSecurity.starttls and self.smtp_port == 465:
            raise ValueError("Port 465 speaks TLS from the first byte: choose `tls`, or port 587 for STARTTLS.")
        return self

    @property
    def saves_sent(self) -> bool:
        """Whether we put our own answers into the folder of sent mail."""
        if self.receive is not Arrival.imap:
            return False
        if self.save_sent is not None:
            return self.save_sent
        provider = self.login in (Login.google, Login.microsoft)
        known = self.smtp_host.lower().endswith((".gmail.com", ".googlemail.com", ".office365.com", ".outlook.com"))
        return not provider and not known

    @property
    def own(self) -> OwnAddresses:
        """Who we are, for parse and render."""
        named = {self.address, self.user, *self.aliases}
        return OwnAddresses(
            address=self.address,
            aliases=frozenset(entry.casefold() for entry in named if "@" in entry),
            authserv_id=self.authserv_id,
        )

    def tls_context(self) -> ssl.SSLContext:
        """Return the TLS settings for both servers: certificates and names are always checked."""
        context = ssl.create_default_context()
        if self.ca_certificate:
            context.load_verify_locations(cadata=self.ca_certificate)
        return context
