"""Settings of a web chat: what the site's owner chooses; becomes the form in the screens."""

import secrets
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from connectors._lib.origins import web_origin

Language = Literal["en", "ko", "pl"]


def _link(value: str) -> str:
    text = value.strip()
    if text and urlsplit(text).scheme not in {"http", "https"}:
        raise ValueError("a link starts with https:// or http://")
    return text


def _secret() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(32))


class PreChatField(BaseModel):
    """One question asked before the first message."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(
        title="Key", description="`name`, `email` and `phone` fill the contact; any other key becomes a contact field."
    )
    label: str = Field(default="", max_length=80, title="Label", description="Empty for name, email and phone: ours.")
    required: bool = Field(default=False, title="Required")

    @model_validator(mode="after")
    def _custom_fields_have_labels(self) -> "PreChatField":
        if not self.label and self.key not in {"name", "email", "phone"}:
            raise ValueError(f"the field {self.key!r} needs a label")
        return self


class Translation(BaseModel):
    """The owner's texts in one language; what is empty falls back to the channel's text, then to ours."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Language = Field(title="Language")
    title: str = Field(default="", max_length=80, title="Title")
    welcome: str = Field(default="", max_length=500, title="Welcome text")
    offline: str = Field(default="", max_length=500, title="Text while nobody is there")
    consent: str = Field(default="", max_length=1000, title="Privacy text")


class WebchatSettings(BaseModel):
    """One web chat. Every field has a default that works, so a newcomer can press "save" at once."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Web chat")

    title: str = Field(default="", max_length=80, title="Title", description="Empty: ours, in the page's language.")
    welcome: str = Field(default="", max_length=500, title="Welcome text", description="Shown above an empty chat.")
    offline: str = Field(
        default="", max_length=500, title="Text while nobody is there", description="Shown above the offline form."
    )
    accent: str = Field(
        default="#2456c7", pattern=r"^#[0-9a-fA-F]{6}$", title="Accent colour", json_schema_extra={"format": "color"}
    )
    position: Literal["right", "left"] = Field(default="right", title="Corner of the page")
    languages: tuple[Language, ...] = Field(
        default=("en", "ko", "pl"),
        min_length=1,
        title="Languages",
        description="The page's language is used if it is in this list, else the first.",
    )
    translations: tuple[Translation, ...] = Field(default=(), title="Your texts in other languages")
    fields: tuple[PreChatField, ...] = Field(
        default=(), max_length=10, title="Questions before the chat", description="Asked once of each visitor."
    )
    presence: Literal["always", "agents", "never"] = Field(
        default="always",
        title="Online",
        description="always: the chat looks open at all times; agents: while somebody is logged in; "
        "never: visitors leave a message in the offline form.",
    )
    allowed_origins: tuple[Annotated[str, AfterValidator(web_origin)], ...] = Field(
        default=(),
        max_length=100,
        title="Websites that may embed the chat",
        description="https://shop.example.com or https://*.example.com. Empty: only the hub's own demo page.",
    )
    consent: str = Field(
        default="", max_length=1000, title="Privacy text", description="If set, visitors agree to it before they write."
    )
    consent_link: Annotated[str, AfterValidator(_link)] = Field(
        default="", max_length=500, title="Link to your privacy policy"
    )
    uploads: bool = Field(default=True, title="Visitors may send files")
    token_secret: SecretStr = Field(
        default_factory=_secret,
        min_length=32,
        title="Visitor token secret",
        description="Made by the hub. Changing it makes every visitor a new one.",
    )
    identity_secret: SecretStr = Field(
        default_factory=_secret,
        min_length=32,
        title="Identity secret",
        description="Your website signs its logged-in users with it. Make one (openssl rand -hex 32), enter it here "
        "and keep it on your server, never in a page. Left alone, nobody can be vouched for.",
    )
    previous_identity_secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        title="Former identity secret",
        description="Still accepted while you change the secret on your website.",
    )

    @model_validator(mode="after")
    def _keys_are_told_apart(self) -> "WebchatSettings":
        keys = [field.key for field in self.fields]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same key")
        return self
