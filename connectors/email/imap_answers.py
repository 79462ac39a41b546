"""Read what an IMAP server answered: folders, UIDs, sizes, bodies. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from connectors.email.utf7 import decode_name

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LIST = re.compile(rb"LIST \((?P<flags>[^)]*)\) (?:\"(?P<sep>(?:\\.|[^\"])*)\"|NIL) ?(?P<name>.*)$", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_DATE = re.compile(rb"\bINTERNALDATE \"([^\"]{1,40})\"", re.IGNORECASE)
_CODE = re.compile(rb"\[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) (\d+)\]", re.IGNORECASE)
_QUOTED_BODY = re.compile(rb"\bBODY\[[^\]]*\] \"((?:[^\"\\]|\\.)*)\"", re.IGNORECASE)
_SENT_NAMES = frozenset(
    {
        *("sent", "sent items", "sent mail", "sent messages", "gesendet", "gesendete elemente", "gesendete objekte"),
        *("envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados", "inviata"),
        *("posta inviata", "wysłane", "elementy wysłane", "verzonden", "verzonden items", "skickat", "sendt"),
        *("отправленные", "보낸편지함", "보낸 편지함", "送信済みアイテム", "送信済み", "已发送"),
    }
)


class OpenFolder(NamedTuple):
    """A folder as the server described it when it was opened."""

    uidvalidity: int
    uidnext: int
    """0 if the server did not say."""
    modseq: int
    """0 if the server counts none."""


class Listed(NamedTuple):
    """A mail in a folder, before it is fetched."""

    uid: int
    size: int
    arrived: datetime | None


def text_of(lines: Iterable[Any]) -> str:
    """Return the words of an answer, for a person; at most 400 characters."""
    return b" ".join(line for line in lines if isinstance(line, bytes)).decode("utf-8", "replace")[:400]


def uid_set(uids: Sequence[int]) -> str:
    """Return UIDs as an IMAP set, runs joined: 1,2,3,7 becomes 1:3,7."""
    runs: list[list[int]] = []
    for uid in uids:
        if runs and runs[-1][1] == uid - 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(f"{first}:{last}" if last > first else str(first) for first, last in runs)


def opened(lines: Iterable[Any]) -> OpenFolder | None:
    """Read the answer to EXAMINE; None if the server gives the folder no UIDVALIDITY."""
    found: dict[bytes, int] = {}
    for line in lines:
        if isinstance(line, bytes):
            found |= {name.upper(): int(value) for name, value in _CODE.findall(line)}
    if b"UIDVALIDITY" not in found:
        return None
    return OpenFolder(found[b"UIDVALIDITY"], found.get(b"UIDNEXT", 0), found.get(b"HIGHESTMODSEQ", 0))


def found_uids(lines: Sequence[Any]) -> list[int]:
    """Read the answer to UID SEARCH, rising; its last line is the status."""
    words = b" ".join(line for line in lines[:-1] if isinstance(line, bytes)).split()
    return sorted({int(word) for word in words if word.isdigit()})


def listed_mails(lines: Iterable[Any]) -> dict[int, Listed]:
    """Read the answer to a FETCH of sizes, by UID."""
    found: dict[int, Listed] = {}
    for meta, _ in _fetched(lines):
        uid, size = _UID.search(meta), _SIZE.search(meta)
        if uid and size:
            found[int(uid.group(1))] = Listed(int(uid.group(1)), int(size.group(1)), _arrived(meta))
    return found


def bodies_by_uid(lines: Iterable[Any]) -> dict[int, bytes]:
    """Read the answer to a FETCH of bodies; mails the server gave no body for are left out."""
    found: dict[int, bytes] = {}
    for meta, literal in _fetched(lines):
        uid = _UID.search(meta)
        body = literal if literal is not None else _quoted_body(meta)
        if uid and body is not None:
            found[int(uid.group(1))] = body
    return found


def is_sent_folder_name(name: str) -> bool:
    """Tell whether a folder bears one of the usual names of sent mail, in any of a dozen languages."""
    return re.split(r"[./]", name)[-1].casefold() in _SENT_NAMES


def _fetched(lines: Iterable[Any]) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield (words, literal) of each FETCH answer; unsolicited ones, such as flag changes, come along."""
    for line in lines:
        if isinstance(line, list):
            yield b" ".join(line[::2]), line[1] if len(line) > 1 else None
        elif isinstance(line, bytes) and b" FETCH (" in line[:30].upper():
            yield line, None


def _quoted_body(meta: bytes) -> bytes | None:
    match = _QUOTED_BODY.search(meta)
    return re.sub(rb"\\(.)", rb"\1", match.group(1)) if match else None


def listed_folders(lines: Iterable[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Read the answer to LIST: names as people read them, attributes in lower case without the backslash."""
    for line in lines:
        first = line[0] if isinstance(line, list) else line
        match = _LIST.match(first)
        if match is None:
            continue
        raw = line[1] if isinstance(line, list) and len(line) > 1 else match["name"]
        if raw.startswith(b'"') and not isinstance(line, list):
            raw = re.sub(rb"\\(.)", rb"\1", raw[1:-1])
        flags = frozenset(match["flags"].decode("ascii", "replace").lower().replace("\\", "").split())
        yield decode_name(raw.decode("utf-8", "replace")), flags


def _arrived(meta: bytes) -> datetime | None:
    match = _DATE.search(meta)
    if match is None:
        return None
    try:
        day, month, rest = match.group(1).decode("ascii").strip().split("-", 2)
        number = _MONTHS.index(month.title()) + 1
        return datetime.strptime(f"{day}-{number}-{rest}", "%d-%m-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, UnicodeDecodeError):
        return None


def search_day(day: date) -> str:
    """Return a day as SEARCH wants it."""
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
