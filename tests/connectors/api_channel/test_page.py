"""docs/api-channel.md says what the code does: every field, every kind of event, every limit."""

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from connectors.api_channel import wire
from connectors.api_channel.limits import ANSWER, EVENTS, FILES, HTML, MEGABYTES, TEXT
from connectors.api_channel.people import People
from connectors.api_channel.reading import read_events
from connectors.api_channel.render import render
from tests.connectors.api_channel.system import settings_for
from tests.connectors.conformance.kit import outbound

PAGE = (Path(__file__).parents[3] / "docs" / "api-channel.md").read_text("utf-8")
MODELS: list[type[BaseModel]] = [
    *(wire.Message, wire.Edit, wire.Delete, wire.Reacted, wire.Receipt, wire.Opted, wire.Blocked, wire.Ping),
    *(wire.Person, wire.Group, wire.Place, wire.File),
]


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_stands_on_the_page(model: type[BaseModel]) -> None:
    assert [name for name in model.model_fields if not re.search(rf"[`\"]{name}[`\"]", PAGE)] == []


def test_every_kind_of_event_has_its_line() -> None:
    kinds = [str(model.model_fields["type"].annotation).partition("'")[2].partition("'")[0] for model in MODELS[:8]]
    assert [kind for kind in kinds if f"`{kind}`" not in PAGE and f"### {kind}" not in PAGE] == []


def test_the_limits_are_those_of_the_code() -> None:
    limits = PAGE.partition("## Limits")[2]
    told = [f"{TEXT:,} and {HTML:,}", f"{EVENTS}, {FILES}", f"{MEGABYTES} MB", f"{ANSWER // 2**20} MB"]
    assert [limit for limit in told if limit not in limits] == []


def test_the_callback_shown_is_the_one_sent() -> None:
    shown = json.loads(block("json"))
    message = outbound("shop:17", "Tomorrow.", html="<b>Tomorrow.</b>", reply_to="m-1")
    sent = render(message, People(settings_for()), shown["attachments"])
    assert set(shown) - {"agent"} == set(sent)


def test_the_event_of_curl_is_one() -> None:
    (body,) = re.findall(r"^body='(.*)'$", block("bash"), re.MULTILINE)
    (event,) = read_events(body.encode())
    assert event.type == "message"


def test_the_program_is_short() -> None:
    assert len(block("python").splitlines()) < 80
