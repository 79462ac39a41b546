"""Asking a model: streamed or whole, and every way in which it can go wrong said in words."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hub.domain.assistant import AssistantSettings
from hub.ports.assistant import Completion, ModelFailed, ModelRequest
from hub.runtime.fetch import GuardedHttp
from hub.runtime.llm import OpenAiEndpoint
from tests.peers.fake_model import (
    Behaviour,
    FakeModel,
    fake_model,
    frame,
    hangs,
    never_ends,
    raw_stream,
    replies,
    streams,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REQUEST = ModelRequest(messages=(("system", "Be kind."), ("user", "안녕?")), max_tokens=50)


@pytest.fixture
async def model() -> AsyncIterator[FakeModel]:
    async with fake_model() as model:
        yield model


async def ask(model: FakeModel, *, private: bool = True, **changed: Any) -> Completion:
    settings = AssistantSettings(enabled=True, url=model.url, model="small", api_key="sk-test", seconds=5)
    guarded = GuardedHttp(allowed=[model.endpoint] if private else [])
    try:
        return await OpenAiEndpoint(guarded.ask, lambda: NOW).complete(replace(settings, **changed), REQUEST)
    finally:
        await guarded.close()


async def fails(model: FakeModel, behave: Behaviour, **changed: Any) -> ModelFailed:
    model.behave = behave
    with pytest.raises(ModelFailed) as caught:
        await ask(model, **changed)
    assert "sk-test" not in str(caught.value)
    return caught.value


async def test_a_stream_is_put_together_wherever_it_is_cut(model: FakeModel) -> None:
    model.says("Dzień dobry, 배송은 이틀 걸립니다 👍", usage=(12, 7))
    assert await ask(model) == Completion(text="Dzień dobry, 배송은 이틀 걸립니다 👍", tokens_in=12, tokens_out=7)
    sent = model.asked[0]
    assert (sent["model"], sent["max_tokens"], sent["stream"]) == ("small", 50, True)
    assert sent["messages"][1] == {"role": "user", "content": "안녕?"}
    assert model.keys == ["Bearer sk-test"]


async def test_a_server_that_does_not_stream_is_understood(model: FakeModel) -> None:
    model.behave = replies(200, {"choices": [{"message": {"content": " Yes. "}, "finish_reason": "length"}]})
    assert await ask(model) == Completion(text="Yes.", tokens_in=None, tokens_out=None, cut=True)


async def test_a_stream_without_its_end_mark_is_whole_if_it_says_it_finished(model: FakeModel) -> None:
    model.says("Yes.", end=False, usage=None)
    assert (await ask(model)).text == "Yes."


TROUBLES: list[tuple[str, Behaviour, str]] = [
    ("a stream that breaks off", streams("Yes", finish=None, end=False), "broke off in the middle"),
    ("text for ever", never_ends(frame({"content": "na " * 50})), "does not end"),
    ("comments for ever", never_ends(b": still here\n" * 1000), "does not end"),
    ("a line without an end", never_ends(b"data: " + b"x" * 50_000), "does not end"),
    ("a stream of garbage", raw_stream(b"data: {oops\n\n"), "not its format"),
    ("a stream of another shape", raw_stream(b"data: [1]\n\n"), "not its format"),
    ("bytes that are no text", raw_stream(b'data: {"choices": "\xff\xfe"}\n\n'), "not its format"),
    ("a fault in the stream", raw_stream(b'data: {"error": {"message": "overloaded"}}\n\n'), "overloaded"),
    ("no words", streams(""), "answered with nothing"),
    ("a refusal", raw_stream(frame({"refusal": "I can't."})), "refuses"),
    ("a filter", raw_stream(frame({}, "content_filter")), "filter held the answer back"),
    ("a call of a tool", raw_stream(frame({"tool_calls": [{"function": {"name": "rm"}}]})), "asked for a tool"),
    ("a whole answer of garbage", replies(200, b"<html>"), "not its format"),
    ("a whole answer of another shape", replies(200, ["no"]), "not its format"),
    ("an answer without choices", replies(200, {"choices": []}), "answered with nothing"),
    ("choices of another shape", replies(200, {"choices": ["x"]}), "answered with nothing"),
    ("a message of another shape", replies(200, {"choices": [{"message": "x"}]}), "answered with nothing"),
    ("a whole answer too large", replies(200, b"[" + b" " * 2_100_000 + b"]"), "too large"),
    ("a wrong key", replies(401, {"error": {"message": "bad key sk-test"}}), "refuses the key"),
    ("a wrong model", replies(404, {}), "no such address or model"),
    ("a fault", replies(500, {"error": "down for\n repair"}), "status 500. It says: down for repair"),
    ("a redirect inwards", replies(302, {}, Location="http://169.254.169.254/"), "a redirect"),
]


@pytest.mark.parametrize(("behave", "words"), [t[1:] for t in TROUBLES], ids=[t[0] for t in TROUBLES])
async def test_what_goes_wrong_is_said_in_words(model: FakeModel, behave: Behaviour, words: str) -> None:
    assert words in str(await fails(model, behave))


async def test_a_model_that_hangs_is_left_when_its_time_is_over(model: FakeModel) -> None:
    failed = await fails(model, hangs(), seconds=0.2)
    assert "did not finish within" in str(failed)
    assert failed.partial == "Well"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "Mon, 02 Mar 2026 09:00:20 GMT"}, 20),
        ({"Retry_After": "soon"}, 30),
        ({}, 30),
        ({"Retry_After": "999999"}, 3600),
        ({"Retry_After": "-1"}, 30),
    ],
)
async def test_an_endpoint_that_is_too_busy_says_for_how_long(
    model: FakeModel, headers: dict[str, str], seconds: float
) -> None:
    assert (await fails(model, replies(429, {}, **headers))).retry_after == seconds


async def test_an_endpoint_inside_our_network_is_asked_only_where_a_setting_names_it(model: FakeModel) -> None:
    model.says("Yes.")
    with pytest.raises(ModelFailed, match="cannot be asked"):
        await ask(model, private=False)
    with pytest.raises(ModelFailed, match="cannot be asked"):
        await ask(model, url="http://169.254.169.254/v1")
    assert model.asked == []


async def test_an_endpoint_that_is_not_there_is_said_in_words() -> None:
    guarded = GuardedHttp(allowed=["127.0.0.1:9"])
    settings = AssistantSettings(url="http://127.0.0.1:9/v1", model="m")
    with pytest.raises(ModelFailed, match="cannot be reached"):
        await OpenAiEndpoint(guarded.ask, lambda: NOW).complete(settings, REQUEST)
    await guarded.close()
