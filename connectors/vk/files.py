"""Files in VK's attachments: what they are, and the address VK gives for them. Pure."""

import mimetypes
from collections.abc import Sequence

from connectors._lib.loose_json import Json, inner, number, objects, text, whole
from hub.contract import InboundAttachment
from hub.domain.ids import ExternalId

_LONGEST_ADDRESS = 2000


def photo(thing: Json) -> InboundAttachment | None:
    """Return the largest size VK offers: https://dev.vk.com/en/reference/objects/photo-sizes."""
    original = inner(thing, "orig_photo")
    return _picture([original] if text(original, "url") else objects(thing, "sizes"), "photo.jpg", "image/jpeg")


def sticker(thing: Json) -> InboundAttachment | None:
    """Return a sticker's picture; the transparent one, in the size nearest to what a screen shows."""
    fitting = [one for one in objects(thing, "images") if (whole(one, "width") or 0) <= 256]
    return _picture(fitting or objects(thing, "images"), "sticker.png", "image/png")


def graffiti(thing: Json) -> InboundAttachment | None:
    """Return a drawing."""
    return _picture([thing], "drawing.png", "image/png")


def document(thing: Json) -> InboundAttachment | None:
    """Return a file; its title is its name, mostly."""
    name, ending = text(thing, "title") or "file", text(thing, "ext")
    if ending and not name.lower().endswith(f".{ending.lower()}"):
        name = f"{name}.{ending}"
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _file(text(thing, "url"), name, media_type, size=whole(thing, "size"))


def audio_message(thing: Json) -> InboundAttachment | None:
    """Return a voice note."""
    ogg = text(thing, "link_ogg")
    address, name, media_type = (
        (ogg, "voice.ogg", "audio/ogg") if ogg else (text(thing, "link_mp3"), "voice.mp3", "audio/mpeg")
    )
    return _file(address, name, media_type, voice=True, duration=number(thing, "duration"))


def _picture(sizes: Sequence[Json], name: str, media_type: str) -> InboundAttachment | None:
    known = [(whole(one, "width") or 0, whole(one, "height") or 0, text(one, "url")) for one in sizes]
    fetchable = [one for one in known if _is_address(one[2])]
    if not fetchable:
        return None
    width, height, address = max(fetchable, key=lambda one: one[0] * one[1])
    return InboundAttachment(
        name=name, media_type=media_type, source=ExternalId(address), width=width or None, height=height or None
    )


def _file(
    address: str,
    name: str,
    media_type: str,
    *,
    size: int | None = None,
    voice: bool = False,
    duration: float | None = None,
) -> InboundAttachment | None:
    if not _is_address(address):
        return None
    return InboundAttachment(
        name=name, media_type=media_type, source=ExternalId(address), size=size, voice=voice, duration=duration
    )


def _is_address(address: str) -> bool:
    return address.startswith(("https://", "http://")) and len(address) <= _LONGEST_ADDRESS
