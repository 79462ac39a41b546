"""What an admin enters about receiving: an IMAP server, or a provider that posts mail. The middle third."""

import re
from typing import Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from connectors.email.account import Account
from connectors.email.choices import Arrival, ImapSecurity, is_loopback


class Receiving(Account):
    """How mail arrives."""

    receive: Arrival = Field(
        default=Arrival.imap,
        title="How mail arrives",
        description="`imap`: the hub reads the mailbox. `mailgun`, `postmark`, `sendgrid`, `ses`: that provider takes "
        "the mail and posts it to this channel's webhook address (see this connector's README).",
    )
    webhook_password: SecretStr | None = Field(
        default=None,
        validate_default=True,
        max_length=200,
        title="Password in the webhook address",
        description="For Postmark and SendGrid. Make one (openssl rand -hex 24) and enter the address there as "
        "https://hub:<password>@… Letters and digits only.",
    )
    mailgun_signing_key: SecretStr | None = Field(
        default=None,
        validate_default=True,
        max_length=200,
        title="Mailgun signing key",
        description="Mailgun → Settings → API security → “HTTP webhook signing key”.",
    )
    sendgrid_verification: str = Field(
        default="",
        validate_default=True,
        max_length=1000,
        title="SendGrid verification key",
        description="Only if a security policy with signatures is attached to your Inbound Parse setting: the public "
        "key SendGrid answered when it was made.",
    )
    sns_topic: str = Field(
        default="",
        validate_default=True,
        max_length=400,
        title="SNS topic",
        description="For Amazon SES: the ARN of the topic to which its receipt rule publishes.",
        examples=["arn:aws:sns:eu-west-1:123456789012:support-mail"],
        pattern=r"^(arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256})?$",
    )

    imap_host: str = Field(
        default="",
        title="IMAP server",
        description="Where mail is received, unless it is posted to the hub.",
        examples=["imap.example.com"],
        max_length=253,
        validate_default=True,
        json_schema_extra={"first": True},
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

    @field_validator("folder", "sent_folder")
    @classmethod
    def _folder_on_one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("Control characters and line breaks are not allowed here.")
        return value

    @field_validator("imap_host")
    @classmethod
    def _imap_server(cls, value: str, info: ValidationInfo) -> str:
        wanted = info.data.get("receive", Arrival.imap) is Arrival.imap
        return server_name(value) if value or wanted else ""

    @field_validator("webhook_password")
    @classmethod
    def _goes_into_an_address(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        text = value.get_secret_value() if value else ""
        if not text and info.data.get("receive") is Arrival.postmark:
            raise ValueError("Enter the password that stands in the webhook address you give to Postmark.")
        if text and not re.fullmatch(r"[A-Za-z0-9_-]{16,}", text):
            raise ValueError("The password needs at least 16 letters and digits, and nothing else.")
        return value if text else None

    @field_validator("mailgun_signing_key")
    @classmethod
    def _proves_mailgun(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value and value.get_secret_value():
            return value
        if info.data.get("receive") is Arrival.mailgun:
            raise ValueError("Enter Mailgun's signing key: it tells Mailgun's calls from a stranger's.")
        return None

    @field_validator("sendgrid_verification")
    @classmethod
    def _proves_sendgrid(cls, value: str, info: ValidationInfo) -> str:
        if value:
            from connectors.email.verify import sendgrid_key  # needs cryptography, which is large

            sendgrid_key(value)
        elif info.data.get("receive") is Arrival.sendgrid and info.data.get("webhook_password") is None:
            raise ValueError("Enter the password in the webhook address, or SendGrid's verification key.")
        return value

    @field_validator("sns_topic")
    @classmethod
    def _names_the_topic(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("receive") is Arrival.ses:
            raise ValueError("Enter the ARN of the SNS topic to which SES publishes the mail.")
        return value

    @model_validator(mode="after")
    def _can_receive(self) -> Self:
        if self.receive is Arrival.imap:
            self._check_imap()
        return self

    def _check_imap(self) -> None:
        if self.imap_security is ImapSecurity.none and not is_loopback(self.imap_host):
            raise ValueError(
                "Receiving without TLS is allowed only from a server on this machine. Use TLS on port 993; "
                "STARTTLS on port 143 is not supported."
            )
        if self.imap_security is ImapSecurity.tls and self.imap_port == 143:
            raise ValueError("Port 143 speaks STARTTLS, which is not supported for receiving. Use port 993 with TLS.")


def server_name(value: str) -> str:
    """Return a server's name. Raises ValueError, in words, for anything else."""
    if not value or any(char.isspace() or char in "/@\\" for char in value):
        raise ValueError("Enter the server's name only, such as imap.example.com, without https:// or a path.")
    return value
