"""Open winmail.dat: the wrapper in which some Exchange servers hide a mail's files and formatted text."""

import logging
from typing import TYPE_CHECKING

from connectors._lib.mail_charsets import decode_text
from connectors._lib.mail_mime import Part
from connectors._lib.mail_parameters import safe_file_name

if TYPE_CHECKING:
    from tnefparse.tnef import TNEFAttachment

_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NAMES = frozenset({"winmail.dat", "win.dat"})

logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)  # it reports each unknown property as a warning


def is_tnef(part: Part) -> bool:
    """Tell whether a part is a TNEF wrapper, by type, name or signature."""
    named = part.media_type in _TYPES or part.name.lower() in _NAMES
    return named and part.content[:4] == b"\x78\x9f\x3e\x22"


def opened(part: Part) -> tuple[list[Part], str]:
    """Return the files inside a TNEF wrapper, and its HTML body or "".

    A wrapper that cannot be read yields itself, so that nothing a customer sent is lost.
    """
    from tnefparse import TNEF  # not at the top: few mails hide their files

    try:
        tnef = TNEF(part.content, do_checksum=False)
        files = [_file(found) for found in tnef.attachments]
        html = tnef.htmlbody or b""
    except Exception:  # noqa: BLE001 - a foreign parser on hostile bytes; the wrapper itself is kept
        return [part], ""
    text = html if isinstance(html, str) else decode_text(html)
    if not all(file.content for file in files) or not (files or text):
        files.append(part)  # cut off: what is left of it stays at hand
    return files, text


def _file(found: "TNEFAttachment") -> Part:
    name = found.long_filename() if callable(found.long_filename) else found.name
    text = decode_text(name) if isinstance(name, bytes) else str(name or "file")
    return Part(
        media_type="application/octet-stream",
        content=bytes(found.data or b""),
        name=safe_file_name(text.strip("\x00")),
        inline=False,
    )
