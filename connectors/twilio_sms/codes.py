"""Twilio's error codes in words a support agent understands, and what each means for sending again. Pure.

The list: https://www.twilio.com/docs/api/errors. Twilio says that causes may get other codes, so a code only chooses
the words and whether an address is dead; a code we do not know is told in Twilio's own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hub.domain.phrase import Phrase


class Outcome(StrEnum):
    """What an error means for a message that was not taken."""

    rejected = "rejected"
    later = "later"
    account = "account"
    """Nothing can be sent until a person acts at Twilio or in the settings."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one code means."""

    words: str
    outcome: Outcome = Outcome.rejected
    unreachable: bool = False
    """The address is dead for us. A number that takes no SMS, or is not on WhatsApp, is not: it may take the other, and
    calls; all are one contact point."""


OPTED_OUT = "21610"
WINDOW_CLOSED = "63016"

WINDOW_WORDS = (
    "WhatsApp takes free text only within {hours} hours after the customer's last message. Send an approved template, "
    "or wait until they write."
)
_OPTED_OUT_WORDS = "The customer opted out (they answered STOP). They have to send START before they can be written to."
_NO_NUMBER = "This is no number that can be written to. Check it: + and country code, then the number."
_LANDLINE = "The number takes no SMS: it is a landline, or the network cannot be reached from ours."
_SUSPENDED = "Twilio has suspended the account. Open the Twilio console: it says why, and what to do."
REFUSED_US = Phrase(
    "Twilio does not accept the Account SID and auth token (or API key). Copy the current ones from the Twilio console "
    "into the channel's settings."
)
"""What to say where Twilio refuses our credentials without a code."""
_NOT_OURS = (
    "Twilio does not let this account send from our sender. Check the sender in the channel's settings; it must belong "
    "to the same (sub)account."
)
_CARRIER = "The customer's network took the message for spam and dropped it. Write it differently, without short links."
_UNREGISTERED = (
    "US networks take messages from this number only after its registration (A2P 10DLC, or toll-free verification). "
    "Finish the registration in the Twilio console."
)
_QUEUE = "Too many messages of ours wait at Twilio."
_TEMPLATE = "The template is not approved by WhatsApp, paused or gone. Load the templates again and choose another."
_VALUES = "The values do not fit the template. Load the templates again and fill in every field."
_FILE_LOST = "Twilio could not fetch the file from the hub. Is HUB_PUBLIC_URL reachable from the internet?"
_FILE_TYPE = "The file is of a type this channel does not carry."
_FILE_SIZE = "The file is too large for this channel."
_NO_MMS = "Our number sends no files (MMS): that works from numbers of the USA, Canada and a few others only."
_NOT_ON_WHATSAPP = "This number is not on WhatsApp, or cannot get messages from businesses."

CODES: Mapping[str, Meaning] = {
    "10001": Meaning(_SUSPENDED, Outcome.account),
    "20003": Meaning(REFUSED_US, Outcome.account),
    "20005": Meaning(_SUSPENDED, Outcome.account),
    "20008": Meaning("These are Twilio's test credentials, which send nothing. Use the live ones.", Outcome.account),
    "20403": Meaning(REFUSED_US, Outcome.account),
    "20429": Meaning("Twilio asks us to send more slowly.", Outcome.later),
    "11200": Meaning(_FILE_LOST),
    "11751": Meaning(_FILE_SIZE),
    "12300": Meaning(_FILE_TYPE),
    "14107": Meaning("Twilio asks us to send more slowly.", Outcome.later),
    "21201": Meaning(_NO_NUMBER),
    "21211": Meaning(_NO_NUMBER),
    "21212": Meaning(_NOT_OURS),
    "21214": Meaning(_NO_NUMBER),
    "21217": Meaning(_NO_NUMBER),
    "21265": Meaning("A short code cannot be written to."),
    "21266": Meaning("Customer and sender are the same number."),
    "21267": Meaning("A trial account cannot send under a name. Use a number, or upgrade."),
    "21408": Meaning("The account may not write to this country. Allow it in the Twilio console: Geo permissions."),
    "21601": Meaning("Our number cannot send SMS. Choose another sender in the channel's settings."),
    "21602": Meaning("There is no text to send."),
    "21603": Meaning(_NOT_OURS),
    "21604": Meaning(_NO_NUMBER),
    "21605": Meaning("The text is too long for one message."),
    "21606": Meaning(_NOT_OURS),
    "21607": Meaning(_NOT_OURS),
    "21608": Meaning(
        "A trial account writes to verified numbers only. Verify this one in the Twilio console, or upgrade."
    ),
    "21609": Meaning("Twilio does not take the hub's address (HUB_PUBLIC_URL): it must be a public https address."),
    "21610": Meaning(_OPTED_OUT_WORDS, unreachable=True),
    "21611": Meaning(_QUEUE, Outcome.later),
    "21612": Meaning("This number cannot be written to from our sender: perhaps another country."),
    "21614": Meaning("This is no mobile number, so it takes no SMS."),
    "21617": Meaning("The text is too long: Twilio takes 1600 characters in one message."),
    "21619": Meaning("There is nothing to send: neither text nor files."),
    "21620": Meaning("Twilio does not take the file's address. Is HUB_PUBLIC_URL a public https address?"),
    "21621": Meaning(_NO_MMS),
    "21622": Meaning(_NO_MMS),
    "21623": Meaning("Too many files: one message carries ten."),
    "21635": Meaning("This is a landline, so it takes no SMS."),
    "21654": Meaning(_TEMPLATE),
    "21655": Meaning(_TEMPLATE),
    "21656": Meaning(_VALUES),
    "21659": Meaning(_NOT_OURS),
    "21660": Meaning(_NOT_OURS),
    "21661": Meaning(_NOT_OURS),
    "21701": Meaning("The messaging service does not exist. Check the sender in the channel's settings."),
    "21703": Meaning("The messaging service has no sender. Add a number to it in the Twilio console."),
    "21704": Meaning("The messaging service has no sender for this number or file. Add one in the Twilio console."),
    "21705": Meaning("The messaging service cannot be used. Look at it in the Twilio console."),
    "21712": Meaning("The messaging service has no sender. Add a number to it in the Twilio console."),
    "21910": Meaning("Customer and sender are not on the same channel: one is on WhatsApp, the other is not."),
    "30001": Meaning("Too many messages of ours waited at Twilio; this one was dropped. Send it again."),
    "30002": Meaning(_SUSPENDED),
    "30003": Meaning("The phone could not be reached: switched off, without signal or abroad. Try again later."),
    "30004": Meaning("The customer, or their network, has blocked messages from us."),
    "30005": Meaning("The number does not exist or is out of service.", unreachable=True),
    "30006": Meaning(_LANDLINE),
    "30007": Meaning(_CARRIER),
    "30008": Meaning("The customer's network did not deliver the message and gave no reason. Try again later."),
    "30009": Meaning("A part of the message got lost on the way. Send it again."),
    "30010": Meaning("The message costs more than the account allows."),
    "30011": Meaning("The customer's network carries no files (MMS). Send text or a link."),
    "30012": Meaning("The message waited too long at Twilio and was dropped. Send it again."),
    "30017": Meaning("The customer's network is overloaded. Try again later."),
    "30018": Meaning("This country takes messages from registered senders only. Register ours in the Twilio console."),
    "30019": Meaning(_FILE_SIZE),
    "30022": Meaning("We sent more than US networks allow for our registration. Try again later."),
    "30023": Meaning("We sent more today than US networks allow for our registration. Try again tomorrow."),
    "30024": Meaning("Our sender is not set up for this network yet. Twilio's support can tell when it will be."),
    "30032": Meaning(_UNREGISTERED),
    "30034": Meaning(_UNREGISTERED),
    "30036": Meaning("The message waited too long at Twilio and was dropped. Send it again."),
    "30410": Meaning("The customer's network did not answer in time. Try again later."),
    "30450": Meaning("Twilio held the message back as possible fraud. Its support can tell more."),
    "30453": Meaning("Twilio held the message back as possible fraud. Its support can tell more."),
    "63001": Meaning("WhatsApp does not accept our account. Look at the sender in the Twilio console."),
    "63003": Meaning(_NOT_ON_WHATSAPP),
    "63005": Meaning("WhatsApp did not take the content of the message."),
    "63007": Meaning(_NOT_OURS),
    "63010": Meaning("WhatsApp has a problem of its own. Try again later."),
    "63012": Meaning("WhatsApp has a problem of its own. Try again later."),
    "63013": Meaning("WhatsApp refused the message: it breaks its rules for businesses."),
    "63014": Meaning("WhatsApp did not deliver: the customer has blocked us, or their app is too old."),
    "63015": Meaning("The customer has not joined the WhatsApp sandbox: they have to send its join code first."),
    "63016": Meaning(WINDOW_WORDS.format(hours=24)),
    "63017": Meaning("WhatsApp did not deliver: the customer has not agreed to messages from us."),
    "63018": Meaning("WhatsApp asks us to send more slowly. Try again later."),
    "63019": Meaning(_FILE_LOST),
    "63020": Meaning("WhatsApp does not know our account yet: accept Twilio's invitation in Meta's Business Manager."),
    "63021": Meaning("WhatsApp did not take the content of the message."),
    "63022": Meaning("WhatsApp did not take the contact card."),
    "63024": Meaning(_NOT_ON_WHATSAPP),
    "63027": Meaning(_TEMPLATE),
    "63028": Meaning(_VALUES),
    "63030": Meaning(_VALUES),
    "63031": Meaning("Customer and sender are the same number."),
    "63032": Meaning("WhatsApp did not deliver: it limits this kind of message to this customer."),
    "63033": Meaning("WhatsApp did not deliver: the customer has blocked us or takes no such messages."),
    "63034": Meaning(_FILE_SIZE),
    "63036": Meaning(_NOT_ON_WHATSAPP),
    "63038": Meaning("The account has sent all it may send today. Try again tomorrow, or raise the limit."),
    "63040": Meaning(_TEMPLATE),
    "63041": Meaning(_TEMPLATE),
    "63042": Meaning(_TEMPLATE),
    "63049": Meaning("WhatsApp chose not to deliver this: customers get only so many marketing messages."),
    "63051": Meaning("WhatsApp has locked our account. Look into Meta's Business Manager."),
}


def meaning_of(code: str) -> Meaning | None:
    """Return what a code means, if we know it."""
    return CODES.get(code)
