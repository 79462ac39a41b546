"""Read a calendar invitation (RFC 5545, RFC 6047) into what a screen shows of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from connectors._lib.mail_charsets import decode_text

if TYPE_CHECKING:
    from icalendar.cal import Component

_METHODS = frozenset({"REQUEST", "REPLY", "CANCEL", "PUBLISH", "COUNTER", "DECLINECOUNTER", "REFRESH", "ADD"})
_LIMIT = 512 * 1024


def read_invite(content: bytes, charset: str = "") -> dict[str, object] | None:
    """Return an invitation as JSON-able data, or None if these bytes hold no event.

    Keys: `method`, `uid`, `summary`, `location`, `starts` and `ends` (RFC 3339, or a date for whole days),
    `organizer`, `attendees` (each `{"address", "name", "status"}`), `description`, `status`.
    """
    from icalendar import Calendar  # not at the top: few mails invite, and every start would wait for it

    try:
        calendar: Component = Calendar.from_ical(decode_text(content[:_LIMIT], charset))
        event = next(iter(calendar.walk("VEVENT")), None)
        return _described(calendar, event) if event is not None else None
    except Exception:  # noqa: BLE001 - a foreign parser on hostile bytes; the invitation stays as a file
        return None


def _described(calendar: "Component", event: "Component") -> dict[str, object]:
    method = str(calendar.get("method", "")).upper()
    attendees = event.get("attendee", [])
    people = attendees if isinstance(attendees, list) else [attendees]
    return {
        "method": method if method in _METHODS else "",
        "uid": str(event.get("uid", ""))[:500],
        "summary": str(event.get("summary", ""))[:500],
        "location": str(event.get("location", ""))[:500],
        "description": str(event.get("description", ""))[:4000],
        "status": str(event.get("status", "")).upper()[:20],
        "starts": _moment(event.get("dtstart")),
        "ends": _moment(event.get("dtend")),
        "organizer": _mailbox(event.get("organizer", "")),
        "attendees": [
            {
                "address": _mailbox(person),
                "name": str(getattr(person, "params", {}).get("CN", ""))[:200],
                "status": str(getattr(person, "params", {}).get("PARTSTAT", "")).lower()[:20],
            }
            for person in people[:100]
        ],
    }


def _mailbox(value: object) -> str:
    text = str(value).strip()
    return (text[7:] if text.lower().startswith("mailto:") else text)[:320]


def _moment(value: object) -> str:
    moment = getattr(value, "dt", None)
    return moment.isoformat() if isinstance(moment, date | datetime) else ""
