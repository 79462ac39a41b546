"""What one incoming message consists of: text, files, places, pressed buttons, and where the person came from. Pure.

Parameters: https://www.twilio.com/docs/messaging/guides/webhook-request
"""

import json
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from connectors._lib.twilio_wire import Form
from hub.contract import InboundAttachment
from hub.domain.ids import bounded
from hub.domain.interaction import ContentKind

_MOST_FILES = 20
_FIELD_LIMIT = 2000
_NAMES = {"image": "photo", "video": "video", "audio": "audio", "text": "text"}
_CARDS = {"text/vcard", "text/x-vcard", "text/directory", "application/vcard"}
_ENDINGS = {
    "audio/ogg": ".ogg",
    "audio/amr": ".amr",
    "image/webp": ".webp",
    "audio/aac": ".aac",
    "text/x-vcard": ".vcf",
    "text/directory": ".vcf",
    "application/vcard": ".vcf",
    "video/3gpp": ".3gp",
    "audio/3gpp": ".3gp",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message without its envelope."""

    kind: ContentKind = ContentKind.text
    text: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[InboundAttachment, ...] = ()


def read_content(form: Form, channel: str) -> Content:
    """Say what an incoming message consists of."""
    text = form["Body"]
    files = tuple(attachments(form, channel))
    kind = form["MessageType"].strip().lower()
    data = dict(_context(form))
    if (place := _place(form)) is not None:
        named = "\n".join(part for part in (form["Label"], form["Address"]) if part)
        return Content(kind=ContentKind.location, text=named or text, data={**data, **place}, attachments=files)
    if label := form.first("ButtonText", "ListTitle"):
        pressed = {"label": label, "data": form.first("ButtonPayload", "ListId")[:_FIELD_LIMIT]}
        return Content(kind=ContentKind.button, text=text or label, data={**data, **pressed}, attachments=files)
    if filled := _filled_in(form["InteractiveData"]):
        return Content(text=text or filled, data=data, attachments=files)
    if files and not text and (kind == "sticker" or (channel == "whatsapp" and _is_sticker(files))):
        return Content(kind=ContentKind.sticker, data=data, attachments=files)
    if not text and not files and kind not in {"", "text"}:
        return Content(kind=ContentKind.unsupported, data={**data, "what": kind[:100]})
    return Content(text=text, data=data, attachments=files)


def attachments(form: Form, channel: str) -> Iterator[InboundAttachment]:
    """Yield the files, which stay at Twilio until fetched. Twilio tells neither names nor sizes."""
    count = min(int(form.number("NumMedia") or 0), _MOST_FILES)
    for index in range(count):
        if address := form[f"MediaUrl{index}"].strip():
            yield media(address, form[f"MediaContentType{index}"], index, channel)


def media(address: str, media_type: str, index: int, channel: str) -> InboundAttachment:
    """Return one file at Twilio."""
    kind = media_type.partition(";")[0].strip().lower() or "application/octet-stream"
    return InboundAttachment(
        name=_name(kind, index),
        media_type=kind,
        source=bounded(address),
        # WhatsApp records voice notes as Ogg; music and the notes of MMS phones come in other formats.
        voice=channel == "whatsapp" and kind == "audio/ogg",
    )


def referral_of(form: Form) -> str:
    """Return where the person came from: the page, or the heading, of the advertisement they clicked."""
    return form.first("ReferralSourceUrl", "ReferralHeadline", "ReferralSourceId")[:_FIELD_LIMIT]


def _name(media_type: str, index: int) -> str:
    stem = "contact" if media_type in _CARDS else _NAMES.get(media_type.partition("/")[0], "file")
    ending = _ENDINGS.get(media_type) or mimetypes.guess_extension(media_type, strict=False) or ""
    return f"{stem}{index + 1 if index else ''}{ending}"


def _is_sticker(files: tuple[InboundAttachment, ...]) -> bool:
    return len(files) == 1 and files[0].media_type == "image/webp"


def _place(form: Form) -> dict[str, object] | None:
    latitude, longitude = form.number("Latitude"), form.number("Longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    named = {"name": form["Label"], "address": form["Address"]}
    return {"latitude": latitude, "longitude": longitude} | {key: value for key, value in named.items() if value}


def _context(form: Form) -> Iterator[tuple[str, object]]:
    """Yield what is beside the content: that it was forwarded, and the advertisement it answers."""
    if form.flag("Forwarded") or form.flag("FrequentlyForwarded"):
        yield "forwarded", True
    shown = {
        "headline": form["ReferralHeadline"],
        "text": form["ReferralBody"],
        "url": form["ReferralSourceUrl"],
        "kind": form["ReferralSourceType"],
        "id": form["ReferralSourceId"],
        "click": form["ReferralCtwaClid"],
    }
    if referral := {name: value[:_FIELD_LIMIT] for name, value in shown.items() if value}:
        yield "referral", referral


def _filled_in(flow: str) -> str:
    """Return the answers of a WhatsApp Flow as lines; "" for anything else."""
    try:
        answers = json.loads(flow) if flow else None
    except (ValueError, RecursionError):
        return flow[:_FIELD_LIMIT]
    if not isinstance(answers, dict):
        return ""
    lines = [f"{name}: {value}" for name, value in answers.items() if isinstance(value, str | int | float | bool)]
    return "\n".join(lines)[:_FIELD_LIMIT]
