"""What WhatsApp's error codes mean for a message, in words a support agent understands.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from collections.abc import Mapping, Sequence
from typing import Any

from connectors._lib.meta_errors import Meaning, Meanings, Verdict

_TEMPLATE = "Look at the template in the WhatsApp Manager, load the templates again and choose another."

_UNKNOWN_ID = Meaning(
    Verdict.stop,
    "WhatsApp does not know this phone number ID or business account ID, or the access token may not use it. Compare "
    "both in the app's dashboard: WhatsApp → API Setup.",
)

MEANINGS: Meanings = {
    33: _UNKNOWN_ID,
    (100, 33): _UNKNOWN_ID,
    130429: Meaning(Verdict.slow_down, "WhatsApp asks to send more slowly; it will be tried again."),
    130472: Meaning(
        Verdict.rejected,
        "WhatsApp holds marketing messages back from this customer as part of an experiment of its own.",
    ),
    130497: Meaning(Verdict.rejected, "This business may not write to customers in this country on WhatsApp."),
    131000: Meaning(Verdict.later, "WhatsApp failed for a moment; it will be tried again."),
    131005: Meaning(
        Verdict.stop,
        "The access token lacks a permission. Make a new one with whatsapp_business_messaging and "
        "whatsapp_business_management and paste it into the channel's settings.",
    ),
    131008: Meaning(Verdict.rejected, "WhatsApp found the message incomplete. This is a fault of the hub: report it."),
    131009: Meaning(Verdict.rejected, "WhatsApp found a part of the message not valid, perhaps the address."),
    131016: Meaning(Verdict.later, "WhatsApp is not available for the moment; it will be tried again."),
    131021: Meaning(
        Verdict.rejected, "The customer's number is this channel's own: WhatsApp carries nothing to oneself."
    ),
    131026: Meaning(
        Verdict.rejected,
        "WhatsApp cannot deliver to this customer: the number may not be on WhatsApp, its app may be too old, or its "
        "owner has not accepted WhatsApp's terms. Reach them another way.",
    ),
    131030: Meaning(
        Verdict.rejected,
        "This test number may write only to numbers on its list: add the customer's in the app's dashboard under "
        "WhatsApp → API Setup.",
    ),
    131031: Meaning(
        Verdict.stop,
        "WhatsApp has locked this business account for breaking its rules. Look into Business Support at "
        "business.facebook.com.",
    ),
    131037: Meaning(
        Verdict.stop,
        "The number has no approved display name. Choose one in the WhatsApp Manager and wait for approval.",
    ),
    131042: Meaning(
        Verdict.stop, "There is a problem with paying for WhatsApp. Check the payment method in the WhatsApp Manager."
    ),
    131045: Meaning(
        Verdict.stop, "The number is not registered completely. Register it again in the WhatsApp Manager."
    ),
    131047: Meaning(
        Verdict.rejected,
        "The customer last wrote more than 24 hours ago, so WhatsApp carries templates only. Send one.",
    ),
    131048: Meaning(
        Verdict.later,
        "WhatsApp limits this number because too many customers blocked or reported it. Look at its quality in the "
        "WhatsApp Manager.",
    ),
    131049: Meaning(
        Verdict.rejected,
        "WhatsApp held this message back, since the customer gets too many marketing messages already.",
    ),
    131050: Meaning(Verdict.rejected, "The customer has switched off marketing messages from this business."),
    131051: Meaning(Verdict.rejected, "WhatsApp does not carry this kind of message."),
    131052: Meaning(Verdict.rejected, "WhatsApp could not take over the customer's file. Ask them to send it again."),
    131053: Meaning(
        Verdict.rejected,
        "WhatsApp does not take this file: its kind or its size does not fit. Send it in another format, or as a link.",
    ),
    131056: Meaning(
        Verdict.later, "Too many messages to this customer in a short time; WhatsApp wants a pause of some seconds."
    ),
    131057: Meaning(Verdict.later, "WhatsApp is maintaining this account; it will be tried again."),
    131064: Meaning(Verdict.slow_down, "WhatsApp asks to send more slowly; it will be tried again."),
    132000: Meaning(Verdict.rejected, f"The template wants another number of values. {_TEMPLATE}"),
    132001: Meaning(
        Verdict.rejected, f"The template does not exist in this language, or is not approved yet. {_TEMPLATE}"
    ),
    132005: Meaning(Verdict.rejected, "The template's text became too long with these values. Shorten them."),
    132007: Meaning(Verdict.rejected, f"The template breaks WhatsApp's rules. {_TEMPLATE}"),
    132008: Meaning(Verdict.rejected, f"The template's values have the wrong form. {_TEMPLATE}"),
    132012: Meaning(Verdict.rejected, f"The template's values have the wrong form. {_TEMPLATE}"),
    132015: Meaning(Verdict.rejected, f"The template is paused because customers complained. {_TEMPLATE}"),
    132016: Meaning(
        Verdict.rejected, f"The template is switched off for good because customers complained. {_TEMPLATE}"
    ),
    132068: Meaning(Verdict.rejected, "The template's form (Flow) is blocked. Mend it in the WhatsApp Manager."),
    132069: Meaning(Verdict.rejected, "The template's form (Flow) is throttled. Try again in an hour."),
    133000: Meaning(
        Verdict.stop, "The number is being removed from WhatsApp. Register it again in the WhatsApp Manager."
    ),
    133004: Meaning(Verdict.later, "WhatsApp is not available for the moment; it will be tried again."),
    133010: Meaning(
        Verdict.stop, "The number is not registered with the Cloud API. Register it in the app's dashboard: API Setup."
    ),
    133016: Meaning(Verdict.slow_down, "WhatsApp asks to send more slowly; it will be tried again."),
    134011: Meaning(
        Verdict.rejected, "WhatsApp's payment terms are not accepted. Accept them in the WhatsApp Manager."
    ),
    135000: Meaning(Verdict.later, "WhatsApp failed for a moment; it will be tried again."),
}


def failure_of(errors: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Return code and reason, in words, of a message that WhatsApp took and then could not deliver."""
    error = errors[0] if errors else {}
    code = error.get("code")
    meaning = MEANINGS.get(code) if isinstance(code, int) else None
    if meaning is not None and meaning.verdict not in (Verdict.later, Verdict.slow_down):
        return str(code), meaning.words
    data = error.get("error_data")
    details = data.get("details") if isinstance(data, dict) else None
    said = str(details or error.get("message") or error.get("title") or "")[:300]
    words = f"WhatsApp could not deliver the message: “{said}”." if said else "WhatsApp could not deliver the message."
    return str(code) if code is not None else "", words
