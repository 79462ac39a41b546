"""Tokens, counts, colours and settings on their own."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from connectors.webform.rate import MOST_ADDRESSES, Rate, network
from connectors.webform.simulate import SIMULATION
from connectors.webform.style import style_of
from hub.contract import InboundMessage, SimulatedMessage
from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.connectors.webform.browser import NOW, asked, form, settings


def test_the_count_forgets_after_an_hour_and_keeps_no_more_than_it_must() -> None:
    rate = Rate(1)
    assert rate.take("203.0.113.7", NOW)
    assert not rate.take("203.0.113.7", NOW + timedelta(minutes=59))
    assert rate.take("203.0.113.7", NOW + timedelta(hours=1))
    taken = [rate.take(f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", NOW) for n in range(MOST_ADDRESSES)]
    assert all(taken)
    assert rate.take("203.0.113.7", NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.7"),
        ("unix", "unix"),
    ],
)
def test_a_household_counts_as_one(client: str, counted: str) -> None:
    assert network(client) == counted


@pytest.mark.parametrize(("accent", "on"), [("#2456c7", "#fff"), ("#ffe066", "#000"), ("#000000", "#fff")])
def test_the_button_can_be_read_in_any_colour(accent: str, on: str) -> None:
    assert style_of(settings(accent=accent)).endswith(f"--on:{on}}}")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fields": [{"key": "message"}]}, "no question has the key email"),
        ({"fields": [{"key": "message"}], "reach": "email or phone"}, "no question has the key email or phone"),
        ({"fields": [{"key": "email"}, {"key": "email"}]}, "same key"),
        ({"fields": [{"key": "email"}, {"key": "size"}]}, "needs a label"),
        ({"fields": [{"key": "email"}, {"key": "size", "kind": "select", "label": "Size"}]}, "needs choices"),
        ({"fields": [{"key": "email", "kind": "checkbox"}]}, "of the kind email"),
        ({"redirect": "http://shop.example.com"}, "begins with https"),
        ({"redirect": "https://shop.example.com/\r\nSet-Cookie: x"}, "begins with https"),
        ({"allowed_origins": ["*"]}, "is not an origin"),
        (
            {"translations": [{"language": "pl", "labels": [{"key": "size", "label": "Rozmiar"}]}]},
            "a question that is not there",
        ),
    ],
)
def test_settings_that_cannot_work_are_refused_in_words(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        settings(**changes)


def test_each_form_has_a_secret_of_its_own() -> None:
    one, two = (type(settings()).model_validate({"name": "x"}).token_secret for _ in range(2))
    assert one != two


def test_the_demos_visitors_come_through_the_real_door() -> None:
    played = type(settings()).model_validate(SIMULATION.settings)
    said = SimulatedMessage(
        person=1,
        name="Ann Baker",
        email="ann.baker@example.com",
        language="pl",
        us=SIMULATION.address,
        number=7,
        at=NOW,
        received_at=NOW,
        text="Do you repair tents?",
    )
    raw = SIMULATION.write(said)
    assert raw is not None
    assert SIMULATION.request is not None
    request = SIMULATION.request(played, raw, WEBHOOK_URL)
    connector = form(played)
    assert asked(connector, request).store
    (event,) = connector.parse(raw)
    assert isinstance(event, InboundMessage)
    assert (event.sender.value, event.sender.name, event.sender.language) == (said.email, said.name, "pl")
