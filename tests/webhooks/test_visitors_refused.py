"""What the visitors' door refuses: strangers, forgeries, too much, too fast: each in words, and nothing is stored."""

import asyncio
import json
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.webhooks.browser import Said, message
from tests.webhooks.visiting import IDENTITY_SECRET, Visiting

EVIL = "https://evil.example"


async def problem(hub: Visiting, method: str, path: str, **request: object) -> tuple[int, Said]:
    """Ask the door something and return its refusal."""
    async with hub.browser() as visitor, visitor.http.request(method, path, **request) as answer:  # type: ignore[arg-type]  # passed through
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        return answer.status, await answer.json()


async def test_a_page_of_another_origin_is_told_what_to_change(small_hub: Visiting) -> None:
    status, said = await problem(small_hub, "POST", "hello", json={}, headers={"Origin": EVIL})
    assert (status, said["code"]) == (403, "origin")
    assert "evil.example" in said["detail"]
    assert "Websites that may embed" in said["detail"]


async def test_a_stolen_token_does_not_work_from_another_origin(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, small_hub.browser(Origin=EVIL) as thief:
        await visitor.hello()
        thief.token = visitor.token
        async with thief.socket() as line:
            assert await line.closed() == 4403
        async with thief.http.get("feed", headers=thief.bearer) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("token", ["", "junk", "x.y.z"])
async def test_without_a_token_nothing_is_shown_or_taken(small_hub: Visiting, token: str) -> None:
    async with small_hub.browser() as visitor:
        visitor.token = token
        async with visitor.socket() as line:
            assert await line.closed() == 4401
        statuses = []
        for method, path in (("GET", "feed"), ("POST", "frames"), ("POST", "files")):
            async with visitor.http.request(method, path, headers=visitor.bearer, json={}) as answer:
                statuses.append(answer.status)
        assert statuses == [401, 401, 401]


async def test_one_visitor_never_sees_another(small_hub: Visiting) -> None:
    async with small_hub.browser() as one, small_hub.browser() as two:
        await one.hello()
        await two.hello()
        await small_hub.said_before(one, "private")
        assert await two.feed() == []


async def test_a_token_of_one_channel_is_worth_nothing_at_another(small_hub: Visiting) -> None:
    async with small_hub.browser() as shop, small_hub.browser(small_hub.channels[1]) as docs:
        await shop.hello()
        docs.token = shop.token
        async with docs.http.get("feed", headers=docs.bearer) as answer:
            assert (answer.status, (await answer.json())["code"]) == (401, "token")


async def test_a_logged_in_user_is_vouched_for(small_hub: Visiting) -> None:
    exp = int((small_hub.clock.now() + timedelta(hours=1)).timestamp())
    identity = jwt.encode(
        {"alg": "HS256"}, {"id": "42", "name": "Łucja", "exp": exp}, OctKey.import_key(IDENTITY_SECRET)
    )
    async with small_hub.browser() as visitor:
        said = await visitor.hello(identity=identity)
        assert said["identified"] is True
        await write_one(small_hub, visitor.token)
    (entry,) = await small_hub.entries()
    assert entry.author_name == "Łucja"


async def write_one(hub: Visiting, token: str) -> None:
    """Write one message with a token and wait until it is on the timeline."""
    async with hub.browser() as visitor:
        visitor.token = token
        async with visitor.socket() as line:
            await line.say("Hello")
            await line.until_texts("Hello")


async def test_a_bad_identity_is_told_apart_so_that_the_visitor_can_still_chat(small_hub: Visiting) -> None:
    status, said = await problem(small_hub, "POST", "hello", json={"identity": "x.y.z"})
    assert (status, said["code"]) == (401, "identity")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "hello", b"", 400),
        ("POST", "hello", b"[]", 400),
        ("POST", "hello", b"\xff", 400),
        ("POST", "hello", b"{" * 1000, 400),
        ("POST", "hello", b"x" * 600_000, 413),
        ("GET", "nowhere", b"", 404),
        ("GET", "hello", b"", 405),
        ("GET", "files/not-an-id", b"", 404),
        ("GET", "files/01930000-0000-7000-8000-000000000001", b"", 403),
        ("GET", "socket", b"", 400),
    ],
)
async def test_nonsense_gets_a_clear_answer(
    small_hub: Visiting, method: str, path: str, body: bytes, status: int
) -> None:
    got, said = await problem(small_hub, method, path, data=body)
    assert (got, said["status"]) == (status, status)


async def test_an_unknown_channel_is_said_in_words(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, visitor.http.post("/webchat/no-such-key/hello", json={}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (404, "no_chat")


@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        "null",
        '{"type":"message","id":"aaaaaaaa","text":"\\ud800"}',
        '{"type":"message"}',
        '{"type":"from tomorrow","id":"aaaaaaaa"}',
        json.dumps(message("x" * 10_001)),
        "[" * 10_000,
    ],
    ids=lambda frame: frame[:30],
)
async def test_a_frame_that_makes_no_sense_is_refused_for_good_and_the_line_stays(
    small_hub: Visiting, frame: str
) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.ws.send_str(frame)
            refused = await line.until("refused")
            assert (refused["code"], refused["retry"]) == ("malformed", None)
            await line.say("Still here", client="bbbbbbbb")
            await line.until("ack", id="bbbbbbbb")


async def test_a_frame_larger_than_any_message_ends_the_line(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        async with visitor.socket() as line:
            await line.say("x" * 70_000)
            assert await line.closed() == 1009


async def test_a_first_frame_that_is_none_ends_the_line(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, visitor.http.ws_connect("socket") as ws:
        await ws.send_bytes(b"\x00")
        assert (await ws.receive()).data == 4401


async def test_who_writes_too_fast_is_asked_to_wait_and_loses_nothing(small_hub: Visiting) -> None:
    small_hub.clock.stopped = small_hub.clock.monotonic()
    async with small_hub.browser() as visitor:
        await visitor.hello()
        frames = [message(str(number), f"{number:08}") for number in range(35)]
        said = [one for start in (0, 20) for one in await visitor.post(*frames[start : start + 20])]
    acked = [one for one in said if one["type"] == "ack"]
    refused = [one for one in said if one["type"] == "refused"]
    assert (len(acked), {one["code"] for one in refused}) == (30, {"rate"})
    assert all(0 < one["retry"] <= 5 for one in refused)


async def test_one_address_cannot_make_visitors_without_end(small_hub: Visiting) -> None:
    small_hub.clock.stopped = small_hub.clock.monotonic()
    async with small_hub.browser() as visitor:
        statuses = []
        for _ in range(121):
            async with visitor.http.post("hello", json={}) as answer:
                statuses.append(answer.status)
        assert statuses == [200] * 120 + [429]
        assert int(answer.headers["Retry-After"]) >= 1


async def test_a_visitor_has_a_bounded_number_of_windows(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, AsyncExitStack() as windows:
        await visitor.hello()
        lines = [await windows.enter_async_context(visitor.socket()) for _ in range(10)]
        for line in lines:
            await line.until("items")
        async with visitor.socket() as one_more:
            assert await one_more.closed() == 4429
        await lines[0].ws.close()
        async with asyncio.timeout(10), visitor.socket() as instead:
            assert await instead.until("items")


async def test_too_many_frames_at_once_are_refused_whole(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        frames = [message("x", f"{number:08}") for number in range(21)]
        async with visitor.http.post("frames", json={"frames": frames}, headers=visitor.bearer) as answer:
            assert answer.status == 400


async def test_a_preflight_is_answered(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, visitor.http.options("hello") as answer:
        assert answer.status == 204
        assert "authorization" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("origin", ["http://[", "null", "file://", "https://"])
async def test_an_origin_no_page_has_is_refused(small_hub: Visiting, origin: str) -> None:
    status, said = await problem(small_hub, "POST", "hello", json={}, headers={"Origin": origin})
    assert (status, said["code"]) == (403, "origin")


async def test_what_comes_in_is_counted(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        await visitor.post(message("Hello"), {"type": "message"})
        async with visitor.http.get("feed") as answer:
            assert answer.status == 401
    figures = small_hub.metrics.render()[0].decode()
    assert 'hub_received_total{connector="webchat",outcome="stored"} 1.0' in figures
    assert 'hub_received_total{connector="webchat",outcome="rejected"} 2.0' in figures


async def test_what_was_refused_is_not_in_the_journal(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor:
        await visitor.hello()
        await visitor.post({"type": "message"}, "nonsense", None)
    page = await small_hub.storage.queries.raw_events(channel_id=None, state=None, cursor=None, limit=10)
    assert page.items == ()
