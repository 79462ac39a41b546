"""What each event of ARI means: every file of fixtures/ beside the summary we expect of it.

`python -m tests.connectors.asterisk.test_parse` writes a summary for fixtures that have none yet: read it before you
commit it. The journals in journals/ are whole calls as they were heard, one event a line.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.asterisk import ids
from connectors.asterisk.parse import parse_event
from hub.contract import CallUpdate, InboundEvent, RawEvent, UnparseableEvent
from hub.domain.call_marks import Fact, Party
from hub.domain.ids import ExternalId, UserId
from hub.domain.recording import RecordingKind
from tests.connectors.asterisk.conformance import CASE
from tests.connectors.asterisk.desk import ADA, call_of
from tests.connectors.conformance.kit import NOW
from tests.connectors.conformance.snapshots import summary
from tests.peers.fake_ari import AriSpec

FIXTURES = dict(CASE.fixtures())
FOLDER = Path(__file__).parent / "fixtures"
JOURNALS = sorted((Path(__file__).parent / "journals").glob("*.jsonl"))
SETTINGS = CASE.settings()


def expected_of(name: str) -> Path:
    return FOLDER / f"{name}.expected.json"


@pytest.mark.parametrize("name", FIXTURES)
def test_an_event_means_what_its_summary_says(name: str) -> None:
    events = parse_event(FIXTURES[name], SETTINGS)
    assert summary(list(events)) == json.loads(expected_of(name).read_text("utf-8"))


@pytest.mark.skipif(AriSpec.load() is None, reason="the api-docs are not beside the checkout")
def test_every_event_of_the_api_docs_is_known() -> None:
    spec = AriSpec.load()
    assert spec is not None
    assert [kind for kind in sorted(spec.events) if not known(kind)] == []


def known(kind: str) -> bool:
    try:
        parse_event(RawEvent(kind=kind, body=json.dumps({"type": kind}).encode(), received_at=NOW), SETTINGS)
    except UnparseableEvent as error:
        return "does not know" not in str(error)
    return True


def events_of(journal: Path) -> list[list[InboundEvent]]:
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    raws = [
        RawEvent(
            kind=line["event"]["type"],
            body=json.dumps(line["event"]).encode(),
            headers=line["headers"],
            received_at=NOW,
        )
        for line in lines
    ]
    return [list(parse_event(raw, SETTINGS)) for raw in raws]


def calls_of(told: list[list[InboundEvent]]) -> list[str]:
    updates = [one for events in told for one in events if isinstance(one, CallUpdate)]
    return sorted({update.external_id for update in updates})


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
@settings(max_examples=40)
@given(data=st.data())
def test_any_order_and_any_repetition_of_a_journal_tells_the_same_calls(journal: Path, data: st.DataObject) -> None:
    told = events_of(journal)
    shuffled = data.draw(st.permutations(told + told))
    for call in calls_of(told):
        in_order = call_of(call, [event for events in told for event in events])
        assert call_of(call, [event for events in shuffled for event in events]) == in_order


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_every_call_of_a_journal_ends(journal: Path) -> None:
    told = events_of(journal)
    ended = [call_of(call, [event for events in told for event in events]).outcome for call in calls_of(told)]
    assert None not in ended
    assert ended


@given(st.text(max_size=80), st.sampled_from(Party), st.one_of(st.none(), st.uuids()))
def test_a_leg_tells_its_call_by_its_name(call: str, party: Party, user: Any) -> None:
    wanted = Party.agent if party is Party.contact else party
    user_id = UserId(user) if user else None
    name = ids.LegName(party=wanted, user_id=user_id, token="m9x", call=ExternalId(call or "1.1"))
    assert "\n" in call or ids.leg_of(str(name)) == name


@given(st.text(max_size=60), st.sampled_from(RecordingKind), st.sampled_from(["", "a", "c"]))
def test_a_recordings_name_is_a_safe_file_name_and_tells_its_call(call: str, kind: RecordingKind, lane: str) -> None:
    of = ExternalId(call.encode("utf-8", "ignore").decode() or "1.1")
    name = ids.RecordingName(kind=kind, token="m9x", call=of, lane=lane)
    assert set("/\\\0\n ").isdisjoint(str(name))
    assert ".." not in str(name)
    assert ids.recording_of(str(name)) == name


def test_names_of_others_are_none_of_ours() -> None:
    others = ["", "hub", "1763804000.1", "hub-x-1-2", "hub-a-zz-1-2", "PJSIP/1001-00000001"]
    assert [name for name in others if ids.call_of(name) or ids.leg_of(name)] == []
    assert ids.recording_of("../../etc/passwd") is None
    assert ids.recording_of("monitor/2026-11-22") is None


def test_who_rings_is_told_by_the_legs_name() -> None:
    leg = parse_event(FIXTURES["dial-agent"], SETTINGS)[0]
    assert (leg.user_id, leg.party, leg.fact) == (ADA, Party.agent, Fact.dialled)  # type: ignore[union-attr]  # a leg's news


def _write_missing() -> None:
    for name, raw in FIXTURES.items():
        path = expected_of(name)
        if not path.exists():
            told = json.dumps(summary(list(parse_event(raw, SETTINGS))), ensure_ascii=False, indent=1)
            path.write_text(told + "\n", "utf-8")


if __name__ == "__main__":
    _write_missing()
