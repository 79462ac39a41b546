"""What an admin may enter, and what is explained to them; and the demo's account."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from connectors._lib.twilio_signature import Secrets, verify_request
from connectors.twilio_sms import MANIFEST
from connectors.twilio_sms.parse import Reader
from connectors.twilio_sms.settings import TwilioSmsSettings
from hub.contract import DeliveryReceipt, InboundMessage, SimulatedFile, SimulatedKind, SimulatedMessage
from hub.domain.ids import ExternalId
from tests.connectors.conformance.kit import NOW, WEBHOOK_URL
from tests.connectors.twilio_sms.accounts import settings_for
from tests.connectors.twilio_sms.provider import KEY, KEY_SECRET, TOKEN

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"account_sid": "AC12"}, "not an Account SID"),
        ({"account_sid": "SK" + "1" * 32}, "not an Account SID"),
        ({"auth_token": " "}, "Without the auth token"),
        ({"auth_token": "short"}, "too short"),
        ({"auth_token": "with a space inside"}, "holds spaces"),
        ({"sender": "555 0100"}, "Write a number"),
        ({"api_key_sid": KEY}, "both its SID and its secret"),
        ({"api_key_secret": KEY_SECRET}, "both its SID and its secret"),
        ({"api_key_sid": "SK1", "api_key_secret": KEY_SECRET}, "not the SID of an API key"),
        ({"signing_key_id": "webhooks_sharedkey_1"}, "both its id and its secret"),
        ({"connection_overrides": "rc=3&x"}, "name=value"),
        ({"api_url": "api.twilio.com"}, "https://host"),
        ({"api_url": "http://api.twilio.com"}, "https only"),
        ({"api_url": "https://u:p@api.twilio.com"}, "must not carry"),
        ({"whatsapp_window_hours": 0}, "greater than 0"),
    ],
)
def test_a_mistake_is_explained_and_no_secret_repeated(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        settings_for("https://api.twilio.com", **given)
    assert TOKEN not in str(refused.value)
    assert KEY_SECRET not in str(refused.value)


def test_what_was_copied_with_spaces_around_it_is_good() -> None:
    made = settings_for(" https://api.twilio.com/ ", auth_token=f" {TOKEN}\n", connection_overrides="#rc=1")
    assert made.auth_token.get_secret_value() == TOKEN
    assert (made.api_url, made.connection_overrides) == ("https://api.twilio.com", "rc=1")


def test_the_words_that_opt_out_may_be_the_firms_own() -> None:
    words = settings_for("https://api.twilio.com", stop_words="stop, Nie pisz ,\nSTOP").keywords()
    assert words.stop == {"STOP", "NIE PISZ"}


def said(kind: SimulatedKind = SimulatedKind.message, **more: object) -> SimulatedMessage:
    values: dict[str, object] = {
        "kind": kind,
        "person": 7,
        "name": "Anna Example",
        "email": "anna@example.com",
        "us": "+15550100199",
        "number": 1_764_000_000_000,
        "at": NOW - timedelta(seconds=3),
        "received_at": NOW,
        "text": "Is it open?",
    }
    return SimulatedMessage(**{**values, **more})  # type: ignore[arg-type]  # a builder of any field


def test_the_demos_customers_write_real_payloads_through_the_signed_door() -> None:
    simulation = MANIFEST.simulation
    assert simulation is not None
    assert simulation.request is not None
    made = TwilioSmsSettings.model_validate(simulation.settings)
    file = SimulatedFile(key="ab" * 16, name="door.jpg", media_type="image/jpeg", content=b"x")
    raw = simulation.write(said(files=(file,)))
    assert raw is not None
    (message,) = Reader(keywords=made.keywords(), sender=made.our_sender()).parse(raw)
    assert isinstance(message, InboundMessage)
    assert (message.text, message.sender.value) == ("Is it open?", "+447700900007")
    assert str(message.attachments[0].source).endswith(file.key)
    secrets = Secrets(account_sid=made.account_sid, tokens=(made.auth_token.get_secret_value(),))
    verify_request(simulation.request(made, raw, WEBHOOK_URL), secrets)


def test_in_the_demo_a_message_may_not_arrive_and_what_sms_cannot_say_is_not_said() -> None:
    simulation = MANIFEST.simulation
    assert simulation is not None
    raw = simulation.write(said(SimulatedKind.bounce, about=ExternalId("+44:1"), text="Unknown subscriber"))
    assert raw is not None
    made = TwilioSmsSettings.model_validate(simulation.settings)
    (receipt,) = Reader(keywords=made.keywords(), sender=made.our_sender()).parse(raw)
    assert isinstance(receipt, DeliveryReceipt)
    assert (receipt.external_id, receipt.state) == ("+44:1", "failed")
    silent = [SimulatedKind.edit, SimulatedKind.reaction, SimulatedKind.read, SimulatedKind.auto_reply]
    assert [simulation.write(said(kind, about=ExternalId("x"))) for kind in silent] == [None] * 4
    assert simulation.write(said(group="Team")) is None


def test_a_hub_without_such_a_channel_loads_nothing_of_the_library() -> None:
    told = "import sys, connectors.twilio_sms; print({m.split('.')[0] for m in sys.modules} & {'twilio', 'requests'})"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("sender", "templates", "segments", "window_hours"),
    [
        ("+15550100199", False, True, None),
        ("whatsapp:+15550100199", True, False, 24),
        ("MG" + "0" * 32, True, True, None),
        ("SKARN", False, True, None),
    ],
    ids=["number", "whatsapp", "messaging service", "name"],
)
def test_what_a_channel_can_carry_is_what_its_sender_can(
    sender: str, *, templates: bool, segments: bool, window_hours: int | None
) -> None:
    assert MANIFEST.capabilities_of is not None
    able = MANIFEST.capabilities_of(settings_for("https://api.twilio.invalid", sender=sender))
    window = None if window_hours is None else timedelta(hours=window_hours)
    assert (able.templates, able.segments, able.reply_window) == (templates, segments, window)


def test_a_senders_name_carries_no_files() -> None:
    assert MANIFEST.capabilities_of is not None
    assert MANIFEST.capabilities_of(settings_for("https://api.twilio.invalid", sender="SKARN")).media is None
