"""What an admin enters to connect a mailbox: the form, its help texts and its checks."""

import ssl
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from connectors._lib.mail_headers import clean_address
from connectors.email.choices import ImapSecurity, Login, SmtpSecurity, is_loopback
from connectors.email.ids import OwnAddresses


class EmailSettings(BaseModel):
    """One mailbox."""

    model_config = ConfigDict(title="Mailbox", extra="forbid", str_strip_whitespace=True, validate_default=False)

    address: str = Field(
        title="Address",
        description="The address customers write to, and from which answers go out.",
        examples=["support@example.com"],
        max_length=254,
    )
    display_name: str = Field(
        default="",
        title="Name shown to customers",
        description="Stands before the address in every answer.",
        examples=["Example Support"],
        max_length=100,
    )
    aliases: list[str] = Field(
        default_factory=list,
        title="Further addresses of ours",
        description="Other addresses whose mail arrives in this mailbox. They are never taken for customers.",
        examples=[["info@example.com", "sales@example.com"]],
        max_length=50,
    )
    login: Login = Field(
        default=Login.password,
        title="Log in with",
        description="`password` for ordinary servers and app passwords. `google` and `microsoft` use OAuth "
        "(see this connector's README). `oauth` is any other server with XOAUTH2: enter its token address below.",
    )
    user: str = Field(
        default="",
        title="User name",
        description="Empty means: the address.",
        examples=["support@example.com"],
        max_length=254,
    )
    password: SecretStr = Field(
        default=SecretStr(""),
        title="Password",
        description="For the login with a password. With Gmail, iCloud or Yahoo this must be an app password.",
    )
    client_id: str = Field(
        default="", title="OAuth client id", description="Of the app you registered with the provider.", max_length=300
    )
    client_secret: SecretStr = Field(
        default=SecretStr(""), title="OAuth client secret", description="Empty if the app is a public client."
    )
    refresh_token: SecretStr = Field(
        default=SecretStr(""),
        title="OAuth refresh token",
        description="Empty with Microsoft means: log in as the app itself (client credentials).",
    )
    tenant: str = Field(
        default="",
        title="Microsoft tenant",
        description="Tenant id or domain; only for Microsoft. Empty means `organizations`.",
        examples=["contoso.onmicrosoft.com"],
        pattern=r"^[A-Za-z0-9.\-]*$",
        max_length=100,
    )
    token_url: str = Field(
        default="",
        title="OAuth token address",
        description="Only for the login `oauth`.",
        examples=["https://login.example.com/oauth2/token"],
        max_length=500,
    )

    imap_host: str = Field(
        title="IMAP server", description="Where mail is received.", examples=["imap.example.com"], max_length=253
    )
    imap_port: int = Field(default=993, title="IMAP port", description="993 with TLS.", ge=1, le=65535)
    imap_security: ImapSecurity = Field(
        default=ImapSecurity.tls,
        title="IMAP security",
        description="TLS from the first byte, as on port 993. STARTTLS on port 143 is not supported. "
        "`none` is allowed only for a server on this same machine.",
    )
    folder: str = Field(
        default="INBOX", title="Folder with customers' mail", description="Almost always INBOX.", max_length=200
    )
    more_folders: list[str] = Field(
        default_factory=list,
        title="More folders to read",
        description="For example the spam folder, so that no customer is lost in it.",
        examples=[["Junk"]],
        max_length=10,
    )
    sent_folder: str = Field(
        default="",
        title="Folder of sent mail",
        description="Answers that people send from their own mail program are read from it and stop the clock. "
        "Empty means: the one the server marks as such.",
        examples=["Sent"],
        max_length=200,
    )
    save_sent: bool | None = Field(
        default=None,
        title="Save our answers to the folder of sent mail",
        description="Empty means: yes, except with Gmail and Microsoft, which do so themselves.",
    )

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
    history_days: int = Field(
        default=0,
        title="Import mail of the last days",
        description="0 means: only mail that arrives after the channel was made.",
        ge=0,
        le=3650,
    )
    max_mail_mb: int = Field(
        default=50,
        title="Largest mail fetched, in MB",
        description="Of larger ones only the header is shown, with a note where to read them.",
        ge=1,
        le=200,
    )
    idle_minutes: float = Field(
        default=9,
        title="Renew the open connection after, in minutes",
        description="Gmail ends it after about 10 minutes; no server must keep it for more than 29.",
        gt=0,
        le=28,
    )
    sweep_minutes: float = Field(
        default=5,
        title="Look for new mail at least every, in minutes",
        description="The server also tells us at once; this finds what it failed to tell.",
        gt=0,
        le=60,
    )

    @field_validator("address")
    @classmethod
    def _address(cls, value: str) -> str:
        if clean_address(value) != value:
            raise ValueError("This is not an e-mail address; it should look like support@example.com.")
        return value

    @field_validator("aliases")
    @classmethod
    def _aliases(cls, value: list[str]) -> list[str]:
        wrong = [entry for entry in value if clean_address(entry) != entry]
        if wrong:
            raise ValueError(f"Not an e-mail address: {', '.join(wrong)}.")
        return value

    @field_validator("display_name", "user", "smtp_user", "folder", "sent_folder")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("Control characters and line breaks are not allowed here.")
        return value

    @field_validator("imap_host", "smtp_host")
    @classmethod
    def _host(cls, value: str) -> str:
        if not value or any(char.isspace() or char in "/@\\" for char in value):
            raise ValueError("Enter the server's name only, such as imap.example.com, without https:// or a path.")
        return value

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
    def _fits_together(self) -> Self:
        if self.imap_security is ImapSecurity.none and not is_loopback(self.imap_host):
            raise ValueError(
                "Receiving without TLS is allowed only from a server on this machine. Use TLS on port 993; "
                "STARTTLS on port 143 is not supported."
            )
        if self.imap_security is ImapSecurity.tls and self.imap_port == 143:
            raise ValueError("Port 143 speaks STARTTLS, which is not supported for receiving. Use port 993 with TLS.")
        if self.smtp_security is SmtpSecurity.none and not is_loopback(self.smtp_host):
            raise ValueError("Sending without TLS is allowed only to a server on this machine. Use STARTTLS or TLS.")
        if self.smtp_security is SmtpSecurity.starttls and self.smtp_port == 465:
            raise ValueError("Port 465 speaks TLS from the first byte: choose `tls`, or port 587 for STARTTLS.")
        self._check_login()
        return self

    def _check_login(self) -> None:
        if self.login is Login.password:
            if not self.password.get_secret_value():
                raise ValueError("Enter the mailbox's password, or choose another way to log in.")
            return
        if not self.client_id:
            raise ValueError("OAuth needs the client id of the app you registered with the provider.")
        if self.login is Login.oauth and not self.token_url.startswith("https://"):
            local = self.token_url.startswith("http://") and is_loopback(
                self.token_url.removeprefix("http://").partition("/")[0].partition(":")[0]
            )
            if not local:
                raise ValueError("The login `oauth` needs the provider's token address, starting with https://.")
        if self.login is not Login.microsoft and not self.refresh_token.get_secret_value():
            raise ValueError("OAuth needs a refresh token; see this connector's README for how to get one.")
        if not self.refresh_token.get_secret_value() and not self.client_secret.get_secret_value():
            raise ValueError("Enter a refresh token, or the client secret to log in as the app itself.")

    @property
    def login_name(self) -> str:
        """The name we log in with for receiving."""
        return self.user or self.address

    @property
    def saves_sent(self) -> bool:
        """Whether we put our own answers into the folder of sent mail."""
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
