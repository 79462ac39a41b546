"""Phone calls through Twilio: one number per channel."""

from importlib.resources import files

from connectors.twilio_voice.settings import TwilioVoiceSettings
from connectors.twilio_voice.words import NO_TEXTS
from hub.contract import Connector, Manifest, Tools
from hub.domain.channel import CallCapabilities, Capabilities, ChannelKind


def _create(settings: TwilioVoiceSettings, tools: Tools) -> Connector:
    """Make the connector; imported here, since every start of the hub reads this module and few have the channel."""
    from connectors.twilio_voice.connector import TwilioVoice

    return TwilioVoice(settings, tools)


def _capabilities(*, browser: bool) -> Capabilities:
    return Capabilities(
        receive_only=NO_TEXTS,
        calls=CallCapabilities(
            controls=frozenset(
                {
                    *("hang_up", "hold", "mute", "transfer", "consult", "record", "pause_recording"),
                    *("listen", "whisper", "barge"),
                }
            ),
            plan=True,
            browser_phone="twilio" if browser else "",
            # every edge, the events its library tells Twilio, and the tones it loads
            # https://www.twilio.com/docs/voice/sdks/javascript/best-practices#support-for-content-security-policy-csp
            phone_hosts=("wss://*.twilio.com", "https://*.twilio.com") if browser else (),
            recording_lanes=2,
            detects_machines=True,
        ),
        limits_source="https://www.twilio.com/docs/voice/twiml/dial",
    )


MANIFEST = Manifest(
    key="twilio_voice",
    title="Phone calls (Twilio)",
    kind=ChannelKind("voice"),
    capabilities=_capabilities(browser=True),
    # browser phones log in with a key
    capabilities_of=lambda settings: _capabilities(browser=settings.api_key_secret is not None),
    settings=TwilioVoiceSettings,
    create=_create,
    icon=files(__name__).joinpath("icon.svg").read_text("utf-8"),
)

__all__ = ["MANIFEST"]
