"""What each event means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.slack.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.slack.parse import parse_event
from connectors.slack.roles import Rules
from connectors.slack.settings import Staff
from hub.contract import InboundMessage, RawEvent, UnparseableEvent
from hub.domain.interaction import AuthorKind
from tests.connectors.conformance.snapshots import summary
from tests.connectors.corpora import CORPORA, needs_corpora
from tests.connectors.slack.apps import envelope, message, raw
from tests.connectors.slack.conformance import CASE

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"
CORPUS = CORPORA / "messengers" / "slack_events.json"


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_an_event_means_what_its_summary_says(name: str) -> None:
    events = parse_event(FIXTURES[name], Rules())
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


def corpus() -> Iterator[tuple[str, bytes]]:
    """The events of another project's tests, as bodies."""
    for name, payload in json.loads(CORPUS.read_text("utf-8")).items():
        yield name, payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()


@needs_corpora
def test_events_of_another_projects_tests_are_understood() -> None:
    marked = [name for name, body in corpus() if outcome(raw(body)) == "marked"]
    # a form whose equals sign is itself encoded: Slack never sent this
    assert marked == ["payload_view_submission"]


@needs_corpora
def test_events_of_another_projects_tests_cut_or_with_more_in_them_never_break() -> None:
    for _, body in corpus():
        assert {outcome(raw(body[:end])) for end in range(0, len(body), 100)} <= {"marked", "read"}
        more = body.replace(b'"type":', b'"something_new": {"a": [1, null]}, "type":')
        assert outcome(raw(more)) in {"marked", "read"}


@needs_corpora
def test_the_same_event_told_five_times_in_any_order_is_the_same_message() -> None:
    bodies = [body for _, body in corpus()]
    once = [ids(body) for body in bodies]
    again = [ids(body) for body in reversed(bodies * 5)]
    assert sorted(again) == sorted(once * 5)


def outcome(event: RawEvent) -> str:
    try:
        parse_event(event, Rules())
    except UnparseableEvent:
        return "marked"
    return "read"


def ids(body: bytes) -> list[str]:
    try:
        return [getattr(event, "external_id", "") for event in parse_event(raw(body), Rules())]
    except UnparseableEvent:
        return ["marked"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ("type", "subtype", "user", "ts", "channel", "channel_type", "thread_ts", "text", "blocks", "files", "attachments",
     "edited", "message", "previous_message", "item", "reaction", "user_profile", "bot_id", "bot_profile", "reactions")
)  # fmt: skip


@given(given_fields=st.dictionaries(FIELDS, JSON, max_size=5))
def test_a_message_with_anything_in_its_fields_is_read_or_marked(given_fields: dict[str, Any]) -> None:
    for kind in ("webhook", "history"):
        assert outcome(raw(envelope({**message(), **given_fields}), kind)) in {"read", "marked"}


@given(junk=st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_marked(junk: bytes) -> None:
    for kind in ("webhook", "history", "directory", "socket"):
        assert outcome(raw(junk, kind)) in {"read", "marked"}


def only(event: dict[str, Any], rules: Rules, **around: Any) -> InboundMessage:
    (found,) = parse_event(raw(envelope(event, **around)), rules)
    assert isinstance(found, InboundMessage)
    return found


@pytest.mark.parametrize(
    ("staff", "shared", "author"),
    [
        (Staff.shared_channels, True, AuthorKind.agent),
        (Staff.shared_channels, False, AuthorKind.contact),
        (Staff.everywhere, False, AuthorKind.agent),
        (Staff.nobody, True, AuthorKind.contact),
    ],
)
def test_who_of_our_workspace_is_staff_is_a_setting(staff: Staff, shared: bool, author: AuthorKind) -> None:
    found = only(message(), Rules(staff=staff), is_ext_shared_channel=shared)
    assert (found.author, found.opens_wait) == (author, author is AuthorKind.contact)


def test_listed_people_are_staff_and_listed_guests_are_customers() -> None:
    rules = Rules(staff=Staff.everywhere, staff_ids=frozenset({"U0FAR"}), customer_ids=frozenset({"U0ANNA"}))
    assert only(message(user="U0FAR", team="T0OTHER"), rules).author is AuthorKind.agent
    assert only(message(), rules).author is AuthorKind.contact


def test_whoever_writes_to_the_app_directly_is_a_customer() -> None:
    direct = message(channel="D0ANNA", channel_type="im")
    assert only(direct, Rules(staff=Staff.everywhere)).author is AuthorKind.contact


def test_an_echo_belongs_to_the_channel_whose_customers_it_answers() -> None:
    found = only(message(thread_ts="1790000000.000100"), Rules(staff=Staff.everywhere))
    assert found.counterpart is not None
    assert (found.thread, found.counterpart.value) == ("C0HELP/1790000000.000100", "C0HELP")


@pytest.mark.parametrize(
    ("each_message", "more", "thread", "reply_to"),
    [
        (True, {}, "C0HELP/1790000001.000100", None),
        (True, {"thread_ts": "1790000000.000100"}, "C0HELP/1790000000.000100", None),
        (False, {}, "C0HELP", None),
        (False, {"thread_ts": "1790000001.000100"}, "C0HELP", None),
        (False, {"thread_ts": "1790000000.000100"}, "C0HELP/1790000000.000100", "C0HELP:1790000000.000100"),
    ],
)
def test_a_channel_is_one_conversation_or_each_message_is(
    each_message: bool, more: dict[str, str], thread: str, reply_to: str | None
) -> None:
    found = only(message(**more), Rules(each_message=each_message))
    assert (found.thread, found.reply_to) == (thread, reply_to)


def test_a_server_that_does_not_name_the_app_is_told_our_bots_id() -> None:
    bare = {"type": "event_callback", "team_id": "T0FAKE0001", "event": message(user="U0OURBOT")}
    assert parse_event(raw(bare), Rules(bot_user_id="U0OURBOT")) == ()


if __name__ == "__main__":
    for missing in (name for name in FIXTURES if not expected_of(name).exists()):
        shown = json.dumps(summary(list(parse_event(FIXTURES[missing], Rules()))), indent=1, ensure_ascii=False)
        expected_of(missing).write_text(f"{shown}\n", "utf-8")
