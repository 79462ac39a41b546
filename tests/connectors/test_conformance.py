"""What holds for every connector, whatever its provider. A new folder in connectors/ is tested without an edit here.

Each connector brings `tests/connectors/<name>/conformance.py`; how to write it is in `conformance/protocol.py`.
"""

import asyncio
import copy
import logging
import random
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import aiohttp
import lxml.html
import orjson
import pytest

from hub.contract import (
    CallUpdate,
    Connector,
    ConnectorError,
    CredentialsRefused,
    FetchesAttachments,
    InboundEvent,
    InboundMessage,
    OutboundButton,
    OutcomeUnknown,
    RawEvent,
    ReceivesWebhooks,
    Rejected,
    RetryLater,
    Tools,
    UnparseableEvent,
    WebhookRejected,
)
from hub.domain.ids import EXTERNAL_ID_LIMIT
from hub.domain.sending import buttons_for
from tests.connectors.conformance import folders
from tests.connectors.conformance.kit import NOW, tools_for
from tests.connectors.conformance.protocol import Failure

CASES = folders.ways()
KEYS = sorted(CASES)
each_connector = pytest.mark.parametrize("key", KEYS)

SENDERS = sorted(folders.cases())
"""A further way in sends as its connector does."""
each_sender = pytest.mark.parametrize("key", SENDERS)

MUTE = [key for key in SENDERS if folders.manifest_of(key).capabilities.receive_only]
"""Those that only receive, such as forms: nothing goes out on them."""
each_answering = pytest.mark.parametrize("key", [key for key in SENDERS if key not in MUTE])

OUTCOMES: dict[Failure, tuple[type[Exception], ...]] = {
    Failure.credentials_refused: (CredentialsRefused,),
    Failure.rejected: (Rejected,),
    Failure.rate_limited: (RetryLater,),
    Failure.server_error: (RetryLater, OutcomeUnknown),
    Failure.unreachable: (RetryLater,),
    Failure.time_out: (OutcomeUnknown,),
    Failure.reset: (OutcomeUnknown,),
}
"""What the hub must be told of each failure."""

FAILURES = [(key, failure) for key in SENDERS for failure in CASES[key].failures]


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


@pytest.fixture
def tools(http: aiohttp.ClientSession, tmp_path: Path) -> Tools:
    return tools_for(http, tmp_path)


def made(key: str, tools: Tools) -> Connector:
    """A connector as the hub makes it, at nobody's address."""
    return folders.manifest_of(key).create(CASES[key].settings(), tools)


async def running(key: str, tools: Tools) -> Connector:
    """The same, with what its door needs."""
    return await CASES[key].running(lambda given: made(key, given), tools)


# -- reading


def ids_of(events: Sequence[InboundEvent]) -> list[str]:
    return [getattr(event, "external_id", type(event).__name__) for event in events]


@each_connector
def test_parse_is_pure(key: str, tools: Tools, http: aiohttp.ClientSession, tmp_path: Path) -> None:
    one, later = made(key, tools), made(key, tools_for(http, tmp_path, now=NOW + timedelta(days=400)))
    for name, raw in CASES[key].fixtures():
        before = copy.deepcopy(raw)
        assert one.parse(raw) == one.parse(raw) == later.parse(raw), name
        assert raw == before, name


@each_connector
def test_the_same_event_five_times_in_any_order_has_the_same_ids(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    fixtures = list(CASES[key].fixtures())
    once = {name: ids_of(connector.parse(raw)) for name, raw in fixtures}
    shuffled = fixtures * 5
    random.Random(20261122).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert [name for name, raw in shuffled if ids_of(connector.parse(raw)) != once[name]] == []


@each_connector
def test_what_parse_gives_can_be_stored_and_shown(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    events = [event for _, raw in CASES[key].fixtures() for event in connector.parse(raw)]
    assert any(isinstance(event, InboundMessage | CallUpdate) for event in events)
    for event in events:
        assert len(getattr(event, "external_id", "")) <= EXTERNAL_ID_LIMIT
        occurred_at = getattr(event, "occurred_at", None)
        assert occurred_at is None or occurred_at.tzinfo is UTC or occurred_at.utcoffset() == timedelta(0)
        assert dangers(getattr(event, "html", "")) == []
        getattr(event, "text", "").encode("utf-8")
        orjson.dumps(getattr(event, "data", {}))


@each_connector
def test_files_come_with_their_bytes_or_can_be_fetched(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    for name, raw in CASES[key].fixtures():
        for event in connector.parse(raw):
            for file in getattr(event, "attachments", ()):
                assert file.name, name
                assert file.content is not None or (file.source and isinstance(connector, FetchesAttachments)), name


@each_connector
def test_a_truncated_event_is_read_or_marked_and_never_breaks(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    for _, raw in CASES[key].fixtures():
        for cut in cuts(raw):
            read_or_marked(connector, cut)


@pytest.mark.parametrize("key", [key for key in KEYS if "unknown" not in CASES[key].exempt])
def test_an_unknown_kind_is_marked_not_lost(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    assert CASES[key].unknown()
    for raw in CASES[key].unknown():
        with pytest.raises(UnparseableEvent) as refused:
            connector.parse(raw)
        assert str(refused.value)


@pytest.mark.parametrize("key", [key for key in KEYS if "extra fields" not in CASES[key].exempt])
def test_fields_the_provider_adds_tomorrow_change_nothing(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    for name, raw in CASES[key].fixtures():
        said = connector.parse(raw)
        if any(isinstance(event, InboundMessage) for event in said):
            assert connector.parse(with_more(raw)) == said, name


def with_more(raw: RawEvent) -> RawEvent:
    """The event with a field more, where it is a JSON object or a form; any other as it is."""
    more = {"a_field_of_tomorrow": {"holds": ["anything", None, 1]}}
    with suppress(ValueError):
        told = orjson.loads(raw.body)
        return replace(raw, body=orjson.dumps({**told, **more})) if isinstance(told, dict) else raw
    return replace(raw, body=raw.body + b"&AFieldOfTomorrow=anything") if _FORM.fullmatch(raw.body) else raw


_FORM = re.compile(rb"[A-Za-z_]\w*=[\x21-\x7e]*")


def cuts(raw: RawEvent) -> Iterator[RawEvent]:
    """The event cut at every position; large ones at 400 positions spread over them."""
    step = max(1, len(raw.body) // 400) if len(raw.body) > 2000 else 1
    for end in range(0, len(raw.body), step):
        yield RawEvent(kind=raw.kind, body=raw.body[:end], headers=raw.headers, received_at=raw.received_at)


def read_or_marked(connector: Connector, raw: RawEvent) -> None:
    with suppress(UnparseableEvent):
        connector.parse(raw)


def dangers(html: str) -> list[str]:
    """What must not be in HTML the hub shows."""
    if not html:
        return []
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    elements = [str(element.tag) for element in tree.iter() if element.tag in _ACTIVE]
    attributes = [(name, value) for element in tree.iter() for name, value in element.attrib.items()]
    handlers = [name for name, _ in attributes if name.startswith("on")]
    addresses = [value.strip().lower() for name, value in attributes if name in {"href", "src"}]
    return [*elements, *handlers, *(a for a in addresses if a.startswith(("javascript:", "data:", "vbscript:")))]


_ACTIVE = {"script", "style", "iframe", "form", "object", "embed", "link", "meta", "base", "svg"}


# -- the door


@pytest.mark.parametrize("key", [key for key in KEYS if CASES[key].signed() is not None])
async def test_the_door_opens_to_the_provider_only(key: str, tools: Tools) -> None:
    connector, signed = await running(key, tools), CASES[key].signed()
    assert isinstance(connector, ReceivesWebhooks)
    assert signed is not None
    assert signed.good
    assert signed.bad.keys() >= {"wrong", "missing", "another account"}
    for request in signed.good:
        connector.verify(request)
        assert 200 <= connector.answer(request).status < 300
    for request in signed.bad.values():
        with pytest.raises(WebhookRejected):
            connector.verify(request)


@pytest.mark.parametrize("key", [key for key in KEYS if CASES[key].signature_has_time])
async def test_what_was_signed_long_ago_is_refused(key: str, tools: Tools) -> None:
    connector, signed = await running(key, tools), CASES[key].signed()
    assert isinstance(connector, ReceivesWebhooks)
    assert signed is not None
    replayed = [request for name, request in signed.bad.items() if name.startswith("replayed")]
    assert replayed
    for request in replayed:
        with pytest.raises(WebhookRejected):
            connector.verify(request)


@each_connector
def test_who_receives_webhooks_brings_signed_requests(key: str, tools: Tools) -> None:
    receives = isinstance(made(key, tools), ReceivesWebhooks)
    assert not receives or CASES[key].signed() is not None or "webhooks" in CASES[key].exempt


# -- sending


@each_answering
async def test_a_message_goes_out_once_and_the_receipt_names_it(key: str, tools: Tools) -> None:
    async with CASES[key].connect(tools) as peer:
        first = await peer.connector.send(peer.message())
        second = await peer.connector.send(peer.message())
        handed_on = peer.delivered()
        await peer.connector.close()
    assert first.external_id
    assert 0 < len(first.external_id) <= EXTERNAL_ID_LIMIT
    assert handed_on == 2 or "failures" in CASES[key].exempt
    assert first.external_id != second.external_id


PRESSABLE = [
    (key, form)
    for key in SENDERS
    for form, _ in enumerate(folders.manifest_of(key).capabilities.buttons)
    if "buttons" not in CASES[key].exempt
]


@pytest.mark.parametrize(("key", "form"), PRESSABLE)
async def test_buttons_go_out_at_their_limits_and_a_press_comes_back_as_its_label(
    key: str, form: int, tools: Tools
) -> None:
    rule = folders.manifest_of(key).capabilities.buttons[form]
    labels = [f"{place:02} Ä{'x' * rule.label_limit}"[: rule.label_limit] for place in range(rule.max_count)]
    buttons = tuple(OutboundButton(label=one, data=f"hub:{'0' * 32}:12345:{n}") for n, one in enumerate(labels))
    async with CASES[key].connect(tools) as peer:
        message = replace(peer.message(), text="Which one?", buttons=buttons)
        assert buttons_for(folders.manifest_of(key).capabilities, message.text, labels) == rule
        await peer.connector.send(message)
        assert peer.delivered() == 1
        presses = [peer.connector.parse(peer.pressed(place)) for place in (0, rule.max_count - 1)]
        await peer.connector.close()
    for place, events in zip((0, -1), presses, strict=True):
        [press] = [event for event in events if isinstance(event, InboundMessage)]
        assert press.text == labels[place]
        assert press.data.get("data", buttons[place].data) == buttons[place].data


@pytest.mark.parametrize("key", MUTE)
async def test_who_only_receives_refuses_to_send_in_words(key: str, tools: Tools) -> None:
    async with CASES[key].connect(tools) as peer:
        with pytest.raises(Rejected) as refused:
            await peer.connector.send(peer.message())
        handed_on = peer.delivered()
        await peer.connector.close()
    assert str(refused.value) == folders.manifest_of(key).capabilities.receive_only
    assert handed_on == 0


@each_sender
async def test_check_proves_the_credentials_and_names_our_address(key: str, tools: Tools) -> None:
    async with CASES[key].connect(tools) as peer:
        assert await asyncio.wait_for(peer.connector.check(), 20)
        assert peer.delivered() == 0
        await peer.connector.close()


@pytest.mark.parametrize("key", [key for key, failure in FAILURES if failure is Failure.unreachable])
async def test_a_check_that_reaches_nobody_says_what_to_look_at(key: str, tools: Tools) -> None:
    async with CASES[key].connect(tools) as peer:
        await peer.inject(Failure.unreachable)
        with pytest.raises(ConnectorError, match=r"\b[Cc]heck\b") as told:
            await asyncio.wait_for(peer.connector.check(), 20)
        assert leaks(key, everything_told(told.value)) == []
        await peer.connector.close()


@pytest.mark.parametrize(("key", "failure"), FAILURES)
async def test_a_failure_says_whether_to_send_again_and_tells_no_secret(
    key: str, failure: Failure, tools: Tools, caplog: pytest.LogCaptureFixture
) -> None:
    async with CASES[key].connect(tools) as peer:
        await peer.inject(failure)
        with caplog.at_level(logging.DEBUG), pytest.raises(OUTCOMES[failure]) as raised:
            await asyncio.wait_for(peer.connector.send(peer.message()), 20)
        error = raised.value
        assert isinstance(error, OutcomeUnknown) or peer.delivered() == 0
        assert len(str(error)) > 15
        assert leaks(key, everything_told(error) + caplog.text + repr(peer.connector)) == []
        await peer.connector.close()


@pytest.mark.parametrize("key", sorted({key for key, _ in FAILURES}))
async def test_after_a_failure_the_next_message_goes_out(key: str, tools: Tools) -> None:
    async with CASES[key].connect(tools) as peer:
        await peer.inject(Failure.rejected)
        with pytest.raises(Rejected):
            await peer.connector.send(peer.message())
        receipt = await peer.connector.send(peer.message())
        assert receipt.external_id
        assert peer.delivered() == 1
        await peer.connector.close()


# -- secrets


@each_connector
def test_no_repr_tells_a_secret(key: str, tools: Tools) -> None:
    settings = CASES[key].settings()
    connector = made(key, tools)
    shown = repr(settings) + str(settings) + settings.model_dump_json() + repr(connector) + str(connector)
    assert leaks(key, shown) == []


@each_connector
def test_no_event_tells_a_secret(key: str, tools: Tools) -> None:
    connector = made(key, tools)
    assert leaks(key, repr([connector.parse(raw) for _, raw in CASES[key].fixtures()])) == []


def leaks(key: str, told: str) -> list[str]:
    """Which secrets a text holds, as their first letters."""
    return [secret[:4] for secret in CASES[key].secrets() if secret in told]


def everything_told(error: BaseException) -> str:
    """What a log could show of an error and its causes."""
    chain = [error]
    for _ in range(10):  # chains of causes may be circles
        chain += [link for link in (chain[-1].__cause__ or chain[-1].__context__,) if link]
    return " ".join(f"{link} {link!r}" for link in chain)
