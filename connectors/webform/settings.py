"""Settings of one form: its questions, texts and guards. The model becomes the form in the screens."""

import re
import secrets
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, model_validator
from pydantic.config import JsonDict

from connectors._lib.origins import web_origin

Language = Literal["en", "ko", "pl"]
Kind = Literal["text", "textarea", "email", "phone", "select", "checkbox"]

_IMPLIED: dict[str, Kind] = {"email": "email", "phone": "phone", "message": "textarea"}
"""Keys whose kind follows from their meaning unless another was chosen."""
OWN_LABELS = frozenset({"name", "email", "phone", "message"})
"""Keys we have words for in every language."""

_FIRST: JsonDict = {"first": True}
"""Most want to set it, though it need not be."""
Line = Annotated[str, StringConstraints(strip_whitespace=True)]


def _https(value: str) -> str:
    text = value.strip()
    if text and not re.fullmatch(r"https://[a-z0-9.-]+(:\d{1,5})?([/?#][!-~]*)?", text, re.IGNORECASE):
        raise ValueError("Write a whole address that begins with https:// (non-Latin letters in their encoded form).")
    return text


def _secret() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(32))


class FormField(BaseModel):
    """One question of the form."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Question")

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(
        title="Key",
        description="`name`, `email`, `phone` and `message` have their own meaning; any other key becomes a contact "
        "field of that name. Small Latin letters, digits and _.",
    )
    kind: Kind = Field(
        default="text", title="Kind", description="`email`, `phone` and `message` choose theirs by themselves."
    )
    label: Line = Field(
        default="", max_length=120, title="Label", description="Empty for name, email, phone and message: ours."
    )
    required: bool = Field(default=False, title="Required")
    options: tuple[Annotated[Line, Field(min_length=1, max_length=120)], ...] = Field(
        default=(),
        max_length=50,
        title="Choices",
        description="Kept and shown as written here. Press Enter after each.",
        json_schema_extra={"when": {"kind": ["select"]}, "sentences": True},
    )
    max_length: int | None = Field(
        default=None,
        ge=1,
        le=10_000,
        title="Longest answer",
        description="Letters; empty: 200, for a text area 5000.",
        json_schema_extra={"when": {"kind": ["text", "textarea", "email", "phone"]}},
    )

    @property
    def shape(self) -> Kind:
        """The kind that counts."""
        return _IMPLIED.get(self.key, self.kind) if self.kind == "text" else self.kind

    @property
    def limit(self) -> int:
        """The longest answer in letters."""
        return self.max_length or (5000 if self.shape == "textarea" else 254 if self.shape == "email" else 200)

    @model_validator(mode="after")
    def _complete(self) -> "FormField":
        if not self.label and self.key not in OWN_LABELS:
            raise ValueError(f"the question {self.key!r} needs a label")
        if self.kind == "select" and not self.options:
            raise ValueError(f"the question {self.key!r} is a select and needs choices")
        if self.shape != self.kind and self.kind != "text":
            raise ValueError(f"the question {self.key!r} has to be of the kind {self.shape}")
        if self.key in {"email", "phone"} and self.shape != self.key:
            raise ValueError(f"the question {self.key!r} has to be of the kind {self.key}")
        return self


class LabelText(BaseModel):
    """The label of one question in another language."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Label")

    key: str = Field(max_length=40, title="Key of the question")
    label: Line = Field(min_length=1, max_length=120, title="Label")


class Translation(BaseModel):
    """The owner's texts in one language; what is empty falls back to the form's own text."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Translation")

    language: Language = Field(title="Language")
    title: Line = Field(default="", max_length=120, title="Heading")
    intro: Line = Field(default="", max_length=2000, title="Text above the form")
    consent: Line = Field(default="", max_length=1000, title="Consent")
    thanks: Line = Field(default="", max_length=1000, title="Text after sending")
    labels: tuple[LabelText, ...] = Field(default=(), max_length=30, title="Labels")


_USUAL = (
    FormField(key="name", required=True),
    FormField(key="email", required=True),
    FormField(key="message", required=True),
)


class WebformSettings(BaseModel):
    """One form. All but its name has a default that works."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Web form", hide_input_in_errors=True)

    name: Line = Field(
        min_length=1,
        max_length=80,
        title="Form",
        description="What your team calls it; another name for each form: Contact.",
    )
    title: Line = Field(default="", max_length=120, title="Heading", description="Empty: ours, in the page's language.")
    intro: Line = Field(default="", max_length=2000, title="Text above the form")
    fields: tuple[FormField, ...] = Field(
        default=_USUAL, min_length=1, max_length=30, title="Questions", json_schema_extra=_FIRST
    )
    reach: Literal["email", "email or phone", "not needed"] = Field(
        default="email",
        title="Needed to answer",
        description="Nothing can be sent back through a form: your team answers by e-mail or phone. Choose what a "
        "person has to give for that.",
    )
    consent: Line = Field(
        default="",
        max_length=1000,
        title="Consent",
        description="Shown beside a box to tick, as: I agree that … The exact words are kept with each submission.",
        json_schema_extra=_FIRST,
    )
    consent_required: bool = Field(default=True, title="Nothing is taken without consent")
    consent_link: Annotated[str, AfterValidator(_https)] = Field(
        default="", max_length=500, title="Link to your privacy policy"
    )
    thanks: Line = Field(default="", max_length=1000, title="Text after sending", description="Empty: ours.")
    redirect: Annotated[str, AfterValidator(_https)] = Field(
        default="",
        max_length=500,
        title="Page after sending",
        description="https:// address of your own thank-you page; empty: the text above.",
    )
    languages: tuple[Language, ...] = Field(
        default=("en", "ko", "pl"),
        min_length=1,
        title="Languages",
        description="The visitor's language is used if it is in this list, else the first.",
    )
    translations: tuple[Translation, ...] = Field(default=(), max_length=3, title="Your texts in other languages")
    accent: str = Field(
        default="#2456c7", pattern=r"^#[0-9a-fA-F]{6}$", title="Accent colour", json_schema_extra={"format": "color"}
    )
    allowed_origins: tuple[Annotated[str, AfterValidator(web_origin)], ...] = Field(
        default=(),
        max_length=100,
        title="Websites that may embed the form",
        description="https://shop.example.com or https://*.example.com. Empty: only the form's own page.",
        json_schema_extra=_FIRST,
    )
    least_seconds: int = Field(
        default=2,
        ge=0,
        le=60,
        title="Seconds a person needs at least",
        description="Who sends faster is asked to press the button once more; programs do not.",
    )
    per_hour: int = Field(
        default=10, ge=1, le=10_000, title="Submissions an hour", description="From one network address, at most."
    )
    token_secret: SecretStr = Field(
        default_factory=_secret,
        min_length=32,
        title="Form secret",
        description="Made by the hub; it signs each page of the form. Pages opened before a change must be reloaded.",
        json_schema_extra={"first": False},
    )

    @model_validator(mode="after")
    def _fits_together(self) -> "WebformSettings":
        keys = [field.key for field in self.fields]
        if len(keys) != len(set(keys)):
            raise ValueError("two questions have the same key")
        if self.reach == "email" and "email" not in keys:
            raise ValueError("an e-mail address is needed to answer, and no question has the key email")
        if self.reach == "email or phone" and not {"email", "phone"} & set(keys):
            raise ValueError("an address is needed to answer, and no question has the key email or phone")
        languages = [text.language for text in self.translations]
        if len(languages) != len(set(languages)):
            raise ValueError("there are two translations into the same language")
        unknown = {label.key for text in self.translations for label in text.labels} - set(keys)
        if unknown:
            raise ValueError(
                f"a translation has a label for a question that is not there: {', '.join(sorted(unknown))}"
            )
        return self
