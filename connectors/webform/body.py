"""Reads what a browser or a script posted: url-encoded, multipart without files, or JSON. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import parse_qsl

BODY_LIMIT = 256 * 1024
FIELDS_LIMIT = 100
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

TOKEN = "_token"  # noqa: S105 - the name of a field
TRAP = "_more"
CONSENT = "_consent"
LANGUAGE = "_lang"
PAGE = "_page"
REFERRER = "_referrer"
EMBED = "_embed"
THEME = "_theme"
UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


class Unreadable(Exception):
    """The body is not what a form sends. The message says why, in words."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: names and values, cleaned; of a repeated name the last."""

    values: Mapping[str, str] = field(default_factory=dict)
    files: bool = False
    """A file came along, which a form cannot take."""

    def get(self, name: str) -> str:
        """Return a value, empty if it is not there."""
        return self.values.get(name, "")


def clean(text: str) -> str:
    """Return text without control characters; line breaks and tabs stay."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(text: str) -> str:
    """Return text as one line."""
    return " ".join(clean(text).split())


def read_body(body: bytes, content_type: str) -> Posted:
    """Read a body. Raises Unreadable."""
    if len(body) > BODY_LIMIT:
        raise Unreadable(f"This is too long: at most {BODY_LIMIT // 1024} kB are taken.")
    media_type = content_type.split(";", 1)[0].strip().lower()
    match media_type:
        case "application/x-www-form-urlencoded":
            return _url_encoded(body)
        case "multipart/form-data":
            return _multipart(body, content_type)
        case "application/json":
            return _json(body)
        case _:
            raise Unreadable("Send the form as application/x-www-form-urlencoded, multipart/form-data or JSON.")


def _url_encoded(body: bytes) -> Posted:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, errors="replace", max_num_fields=FIELDS_LIMIT
        )
    except ValueError:
        raise Unreadable(f"There are more than {FIELDS_LIMIT} fields.") from None
    return Posted({name: clean(value) for name, value in pairs})


def _multipart(body: bytes, content_type: str) -> Posted:
    if not content_type.isascii() or "\n" in content_type or "\r" in content_type:
        raise Unreadable("The content type has letters that do not belong there.")
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not whole.is_multipart():
        raise Unreadable("The parts of the form cannot be told apart: the boundary is missing.")
    values: dict[str, str] = {}
    files = False
    for part in whole.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise Unreadable("A part of the form has no name.")
        if part.get_filename() is not None:
            # A browser sends an empty part for a file that was not chosen.
            files = files or bool(content)
            continue
        values[name] = clean(content.decode("utf-8", "replace"))
        if len(values) > FIELDS_LIMIT:
            raise Unreadable(f"There are more than {FIELDS_LIMIT} fields.")
    return Posted(values, files)


def _json(body: bytes) -> Posted:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("This is not JSON.") from None
    if not isinstance(told, dict) or len(told) > FIELDS_LIMIT:
        raise Unreadable(f"Send one JSON object of at most {FIELDS_LIMIT} names and texts.")
    values = {}
    for name, value in told.items():
        if not isinstance(value, str | bool):
            raise Unreadable("Every value of the JSON object has to be a text, true or false.")
        values[name] = clean(value) if isinstance(value, str) else ("yes" if value else "")
    return Posted(values)
