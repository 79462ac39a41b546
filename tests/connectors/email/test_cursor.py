"""How far we are in each folder."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connectors.email.cursor import FolderState, MailCursor

SINCE = datetime(2026, 11, 22, 9, tzinfo=UTC)
START = MailCursor(since=SINCE)
STATES = st.builds(
    FolderState,
    uidvalidity=st.integers(1, 2**32),
    uid=st.integers(0, 2**32),
    modseq=st.integers(0, 2**63),
    first_scan_until=st.integers(0, 2**32),
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), STATES))
def test_a_cursor_comes_back_as_it_was(folders: dict[str, FolderState]) -> None:
    cursor = MailCursor(since=SINCE, folders=folders)
    assert MailCursor.load(cursor.dump(), since=SINCE + timedelta(days=1)) == cursor


@given(st.text())
def test_any_text_is_a_cursor(text: str) -> None:
    assert MailCursor.load(text, since=SINCE).since.tzinfo is UTC


def test_the_first_scan_passes_over_what_came_before_the_channel() -> None:
    cursor = START.opened("INBOX", uidvalidity=1, uidnext=101)
    assert not cursor.wants("INBOX", 100, SINCE - timedelta(days=1))
    assert cursor.wants("INBOX", 100, SINCE)
    assert cursor.wants("INBOX", 100, None)
    assert cursor.wants("INBOX", 101, SINCE - timedelta(days=1))


def test_after_it_everything_new_is_wanted() -> None:
    cursor = START.opened("INBOX", uidvalidity=1, uidnext=101).settled("INBOX", modseq=0)
    assert cursor.folders["INBOX"].uid == 100
    assert cursor.wants("INBOX", 102, SINCE - timedelta(days=1))


def test_a_new_uidvalidity_starts_the_folder_again() -> None:
    cursor = START.opened("INBOX", uidvalidity=1, uidnext=5).passed("INBOX", 4)
    assert cursor.opened("INBOX", uidvalidity=1, uidnext=9) is cursor
    assert cursor.opened("INBOX", uidvalidity=2, uidnext=9).folders["INBOX"].uid == 0


def test_the_uid_never_goes_back() -> None:
    cursor = START.opened("INBOX", uidvalidity=1, uidnext=9).passed("INBOX", 7).passed("INBOX", 3)
    assert cursor.folders["INBOX"].uid == 7
