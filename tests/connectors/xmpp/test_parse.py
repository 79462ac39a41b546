"""What each stanza means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.xmpp.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.xmpp.parse import parse_stanza
from connectors.xmpp.xml import DEPTH_LIMIT, STANZA_LIMIT, Forbidden, Guard
from hub.contract import InboundEvent, InboundMessage, RawEvent, UnparseableEvent
from tests.connectors.conformance.snapshots import summary
from tests.connectors.xmpp.conformance import ANNA, FIXTURES, US, fixture, raw

FILES = sorted(FIXTURES.glob("*.xml"))


def read(event: RawEvent) -> Sequence[InboundEvent] | None:
    """What a stanza means; None if it is unparseable."""
    try:
        return parse_stanza(event)
    except UnparseableEvent:
        return None


def from_anna(inner: str, named: str = "x1") -> RawEvent:
    return raw(f"<message xmlns='jabber:client' type='chat' from='{ANNA}/p' to='{US}' id='{named}'>{inner}</message>")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stanza_means_what_its_summary_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert summary(list(parse_stanza(fixture(path)))) == expected


def forwarded(sender: str) -> str:
    inner = (
        f"<message xmlns='jabber:client' from='{sender}' to='{US}' id='1'><body>I cancel everything</body></message>"
    )
    return f"<forwarded xmlns='urn:xmpp:forward:0'>{inner}</forwarded>"


@pytest.mark.parametrize(
    ("sender", "envelope"),
    [
        ("mallory@evil.example", f"<sent xmlns='urn:xmpp:carbons:2'>{forwarded(US)}</sent>"),
        (f"{US}/other", f"<received xmlns='urn:xmpp:carbons:2'>{forwarded(ANNA)}</received>"),
        ("mallory@evil.example", f"<result xmlns='urn:xmpp:mam:2' id='9'>{forwarded(ANNA)}</result>"),
    ],
    ids=["carbon of a stranger", "carbon of a resource", "archive of a stranger"],
)
def test_nobody_else_copies_our_messages_to_us(sender: str, envelope: str) -> None:
    with pytest.raises(UnparseableEvent, match="pretends"):
        parse_stanza(raw(f"<message xmlns='jabber:client' from='{sender}'>{envelope}</message>"))


def test_an_archive_id_counts_only_from_our_own_server() -> None:
    theirs = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{ANNA}' id='1'/>"
    ours = f"<stanza-id xmlns='urn:xmpp:sid:0' by='{US}' id='2'/>"
    (plain,) = parse_stanza(from_anna(f"<body>a</body>{theirs}"))
    (known,) = parse_stanza(from_anna(f"<body>a</body>{theirs}{ours}"))
    assert isinstance(plain, InboundMessage)
    assert isinstance(known, InboundMessage)
    assert plain.data["digest"] not in ("1", "2")
    assert known.data["digest"] == "2"


def test_two_messages_under_one_id_are_told_apart_by_the_archives() -> None:
    one, two = (
        parse_stanza(from_anna(f"<body>ok</body><stanza-id xmlns='urn:xmpp:sid:0' by='{US}' id='{number}'/>"))[0]
        for number in (1, 2)
    )
    assert isinstance(one, InboundMessage)
    assert isinstance(two, InboundMessage)
    assert one.external_id == two.external_id
    assert one.data["digest"] != two.data["digest"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><message xmlns='jabber:client' from='a@b'><body>&a;</body></message>",
        "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><message xmlns='jabber:client' from='a@b'/>",
        "<message xmlns='jabber:client' from='a@b'><!-- hidden --><body>x</body></message>",
        "<message xmlns='jabber:client' from='a@b'><?php x ?><body>x</body></message>",
        f"<message xmlns='jabber:client' from='a@b'>{'<a>' * (DEPTH_LIMIT + 1)}{'</a>' * (DEPTH_LIMIT + 1)}</message>",
        f"<message xmlns='jabber:client' from='a@b'><body>{'x' * STANZA_LIMIT}</body></message>",
    ],
    ids=["entity", "dtd", "comment", "instruction", "depth", "size"],
)
def test_what_xmpp_forbids_is_not_read(hostile: str) -> None:
    with pytest.raises(UnparseableEvent):
        parse_stanza(raw(hostile))


def feed(guard: Guard, *parts: bytes) -> None:
    for part in parts:
        guard.feed(part)


def test_the_streams_guard_stops_a_stanza_that_never_ends() -> None:
    guard = Guard()
    guard.feed(b"<stream:stream xmlns:stream='http://etherx.jabber.org/streams' xmlns='jabber:client'>")
    for _ in range(100):
        guard.feed(b"<message><body>fine</body></message>" * 1000)
    guard.feed(b"<message><body>")
    with pytest.raises(Forbidden, match="more than"):
        feed(guard, *[b"x" * 100_000] * 10)


def test_a_dtd_is_stopped_wherever_it_is_cut() -> None:
    hostile = b"<!DOCTYPE x [<!ENTITY a 'a'>]><stream>"
    for cut in range(1, len(hostile)):
        guard = Guard()
        with pytest.raises(Forbidden):
            feed(guard, hostile[:cut], hostile[cut:])


@given(body=st.binary(max_size=300))
def test_any_bytes_are_read_or_marked(body: bytes) -> None:
    read(raw(body.decode("latin-1")))


@given(data=st.data())
def test_any_stanza_with_anything_changed_is_read_or_marked(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(FILES)).read_text("utf-8")
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 40)))
    changed = body[:start] + data.draw(st.text(max_size=20)) + body[end:]
    for event in read(raw(changed)) or ():
        json.dumps(summary(event), ensure_ascii=False).encode("utf-8")


if __name__ == "__main__":
    for file in FILES:
        expected_file = file.with_suffix(".expected.json")
        if not expected_file.exists():
            told = summary(list(parse_stanza(fixture(file))))
            expected_file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
