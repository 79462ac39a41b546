"""Templates: texts a provider has approved, the only thing some channels carry outside the reply window."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from hub.domain.errors import CannotSend

_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z0-9_.]+)\s*\}\}")


class TemplateState(StrEnum):
    """What the provider says of a template."""

    approved = "approved"
    pending = "pending"
    rejected = "rejected"
    paused = "paused"
    """The provider stopped it for now, mostly after complaints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateField:
    """One thing a person fills in."""

    key: str
    """Unique in the template; the connector knows where it goes: `body.1`, `button.0.url`, `header.media`."""
    title: str
    """What to call it in the form; the provider's own name of the variable if it has one."""
    kind: Literal["text", "image", "video", "document", "location"] = "text"
    """Files are attached to the message; `location` is "latitude,longitude"."""
    example: str = ""
    max_length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateButton:
    """A button under the message, as the preview shows it."""

    label: str
    kind: Literal["reply", "link", "phone", "code", "other"] = "other"
    target: str = ""
    """The link or number, placeholders included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template in one language. `{{key}}` in its texts stands for a field's value."""

    key: str
    """Unique in the channel, stable over synchronisations: mostly name and language."""
    name: str
    language: str
    """As the provider writes it: `en_US`, `pl`."""
    category: str = ""
    """The provider's word: marketing, utility, authentication."""
    state: TemplateState = TemplateState.approved
    reason: str = ""
    """Why it is rejected or paused, in words."""
    header: str = ""
    body: str = ""
    footer: str = ""
    buttons: tuple[TemplateButton, ...] = ()
    fields: tuple[TemplateField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUse:
    """A template chosen for one message, with what was filled in."""

    key: str
    name: str
    language: str
    values: Mapping[str, str]
    """By field key; files are the message's attachments instead."""


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a template's text with its placeholders replaced; one without a value stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def preview(template: Template, values: Mapping[str, str]) -> str:
    """Return the whole text as the customer will read it: header, body and footer, blank lines between."""
    parts = (template.header, template.body, template.footer)
    return "\n\n".join(filled(part, values) for part in parts if part)


def check_template(template: Template, values: Mapping[str, str], media_types: tuple[str, ...]) -> None:
    """Raise CannotSend, in words, unless everything is filled in and the provider allows the template.

    `media_types` are those of the message's files, in order.
    """
    if template.state is not TemplateState.approved:
        raise CannotSend(f"The template “{template.name}” is {template.state.value}: it cannot be sent now.")
    known = {field.key for field in template.fields}
    if strange := sorted(values.keys() - known):
        raise CannotSend(f"The template “{template.name}” has no field {strange[0]!r}. Load the templates again.")
    files = 0
    for field in template.fields:
        if field.kind in ("image", "video", "document"):
            files += 1
            if len(media_types) < files:
                raise CannotSend(f"“{field.title}” is missing: attach the {field.kind} of the template.")
            if field.kind != "document" and not media_types[files - 1].startswith(f"{field.kind}/"):
                raise CannotSend(f"“{field.title}” has to be of the kind {field.kind}.")
            continue
        value = values.get(field.key, "")
        if not value.strip():
            raise CannotSend(f"“{field.title}” is empty: every field of the template needs a value.")
        if field.max_length is not None and len(value) > field.max_length:
            raise CannotSend(f"“{field.title}” is too long: at most {field.max_length} characters.")
    if len(media_types) > files:
        raise CannotSend("The template has no place for this file.")


__all__ = [
    "Template",
    "TemplateButton",
    "TemplateField",
    "TemplateState",
    "TemplateUse",
    "check_template",
    "filled",
    "preview",
]
