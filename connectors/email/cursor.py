"""What we have seen of each folder, as the small text the hub stores beside every mail. Pure."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Self

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """How far we are in one folder."""

    uidvalidity: int
    """UIDs mean something only together with it: when it changes, the folder is read again."""
    uid: int = 0
    """The highest UID whose mail the hub has."""
    modseq: int = 0
    """HIGHESTMODSEQ when we last found nothing new (RFC 7162); 0 if the server counts none."""
    first_scan_until: int = 0
    """While the first scan runs: the UID it ends at. Mail older than the channel is passed over up to there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCursor:
    """How far we are in every folder of a mailbox."""

    since: datetime
    """Mail that arrived before is not imported by a first scan."""
    folders: dict[str, FolderState] = field(default_factory=dict)

    @classmethod
    def load(cls, text: str | None, *, since: datetime) -> Self:
        """Read a stored cursor; None, or one we cannot read, starts from `since` again: twice is better than never."""
        try:
            stored = orjson.loads(text or "")
            folders = {
                name: FolderState(
                    uidvalidity=int(state["v"]),
                    uid=int(state["u"]),
                    modseq=int(state.get("m", 0)),
                    first_scan_until=int(state.get("f", 0)),
                )
                for name, state in stored["folders"].items()
            }
            return cls(since=datetime.fromisoformat(stored["since"]).astimezone(UTC), folders=folders)
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls(since=since.astimezone(UTC))

    def dump(self) -> str:
        """Return the cursor as text."""
        folders = {name: _short(state) for name, state in self.folders.items()}
        return orjson.dumps({"since": self.since.isoformat(), "folders": folders}).decode()

    def opened(self, folder: str, *, uidvalidity: int, uidnext: int) -> "MailCursor":
        """Return the cursor after a folder was opened: unchanged, or at a new start if its UIDs have a new meaning."""
        known = self.folders.get(folder)
        if known is not None and known.uidvalidity == uidvalidity:
            return self
        return self.at(folder, FolderState(uidvalidity=uidvalidity, first_scan_until=uidnext - 1))

    def at(self, folder: str, state: FolderState) -> "MailCursor":
        """Return the cursor with one folder's state replaced."""
        return replace(self, folders=self.folders | {folder: state})

    def passed(self, folder: str, uid: int) -> "MailCursor":
        """Return the cursor after the mail with this UID."""
        state = self.folders[folder]
        return self.at(folder, replace(state, uid=max(uid, state.uid)))

    def settled(self, folder: str, *, modseq: int) -> "MailCursor":
        """Return the cursor after a sweep found nothing more."""
        state = self.folders[folder]
        uid = max(state.uid, state.first_scan_until)
        return self.at(folder, replace(state, uid=uid, modseq=modseq, first_scan_until=0))

    def wants(self, folder: str, uid: int, arrived: datetime | None) -> bool:
        """Tell whether a mail is to be imported: not those from before the channel, met in a first scan."""
        state = self.folders[folder]
        return uid > state.first_scan_until or arrived is None or arrived >= self.since


def _short(state: FolderState) -> dict[str, int]:
    short = {"v": state.uidvalidity, "u": state.uid}
    if state.modseq:
        short["m"] = state.modseq
    if state.first_scan_until:
        short["f"] = state.first_scan_until
    return short
