"""Makes any file name safe to store, show and offer for download."""

import mimetypes
import re
import unicodedata

NAME_LIMIT = 150
"""Characters; file systems allow 255 bytes, and a character may take four in the bar of a mail program."""
_BYTES_LIMIT = 240
_JOINERS = "\u200c\u200d"  # Persian words and composed emoji need them; they reorder nothing
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")


def safe_name(name: str, media_type: str = "") -> str:
    """Return a name without path, control or direction characters, 1 to 150 characters long, its ending kept.

    Direction marks make `gpj.exe` look like `exe.jpg`; Windows opens devices by reserved names
    (https://learn.microsoft.com/windows/win32/fileio/naming-a-file). A nameless file is called `file`.
    """
    bare = unicodedata.normalize("NFC", name[-4096:]).replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(c if _is_shown(c) else " " if c in "\t\n\r" else "" for c in bare)
    tidy = _FORBIDDEN.sub("_", " ".join(shown.split())).strip(" .")
    if not tidy:
        tidy = "file" + (mimetypes.guess_extension(media_type) or "")
    if _RESERVED.fullmatch(tidy):
        tidy = f"_{tidy}"
    return _shortened(tidy)


def extension(name: str) -> str:
    """Return the ending of a name in lower case, without the dot; empty if it has none worth the name."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem and end.isalnum() and len(end) <= 16 else ""


def _is_shown(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _shortened(name: str) -> str:
    end = extension(name)
    tail = f".{end}" if end else ""
    stem = name[: len(name) - len(tail)]
    stem = stem[: NAME_LIMIT - len(tail)]
    while len((stem + tail).encode()) > _BYTES_LIMIT:
        stem = stem[:-1]
    return (stem.rstrip(" .") or "file") + tail
