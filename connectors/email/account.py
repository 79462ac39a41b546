"""What an admin enters about a mailbox: who we are, and how we log in. The first third of the form."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from connectors._lib.mail_headers import clean_address
from connectors.email.choices import Login, is_loopback


class Account(BaseModel):
    """Who we are."""

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

    @field_validator("display_name", "user")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("Control characters and line breaks are not allowed here.")
        return value

    @model_validator(mode="after")
    def _can_log_in(self) -> Self:
        if self.login is Login.password:
            if not self.password.get_secret_value():
                raise ValueError("Enter the mailbox's password, or choose another way to log in.")
            return self
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
        return self

    @property
    def login_name(self) -> str:
        """The name we log in with for receiving."""
        return self.user or self.address
