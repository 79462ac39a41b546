"""What Messenger's and Instagram's error codes mean for a message, in words a support agent understands.

https://developers.facebook.com/docs/messenger-platform/error-codes; pairs are (code, subcode).
"""

from connectors._lib.meta_errors import Meaning, Meanings, Verdict

_WINDOW = Meaning(
    Verdict.rejected,
    "The customer last wrote too long ago: a reply is allowed for 24 hours, and a person's for 7 days if Meta has "
    "given the app the “Human Agent” feature. They have to write again first.",
)
_GONE = Meaning(
    Verdict.unreachable, "The customer cannot be written to: they blocked this account or do not receive messages now."
)
_NOBODY = Meaning(
    Verdict.rejected, "Meta does not know this customer for this account. The conversation may be of another account."
)
_BUSY = Meaning(Verdict.slow_down, "Meta asks to send more slowly; it will be tried again.")
_FILE = Meaning(Verdict.rejected, "Meta does not take this file: its kind or its size does not fit.")

MEANINGS: Meanings = {
    (10, 2018278): _WINDOW,
    (10, 2534022): _WINDOW,
    (10, 2018065): _WINDOW,
    (100, 2018278): _WINDOW,
    (100, 2018108): _GONE,
    (10, 2018108): _GONE,
    (200, 1545041): _GONE,
    (100, 1545041): _GONE,
    551: _GONE,
    (100, 2018001): _NOBODY,
    (100, 2534014): _NOBODY,
    (100, 2018007): _FILE,
    (100, 2018047): _FILE,
    (100, 2018074): _FILE,
    (100, 2018109): _FILE,
    (100, 2018028): Meaning(
        Verdict.rejected,
        "Meta lets this app write to its own testers only, until the app has passed App Review for messages.",
    ),
    (200, 2018028): Meaning(
        Verdict.rejected,
        "Meta lets this app write to its own testers only, until the app has passed App Review for messages.",
    ),
    (10, 2018300): Meaning(
        Verdict.rejected,
        "Another app controls this conversation at present. Take it over in Meta's inbox, then try again.",
    ),
    (200, 2534037): Meaning(
        Verdict.rejected,
        "The Instagram account does not allow access to messages: in Instagram's settings switch on “Allow access to "
        "messages” under “Connected tools”.",
    ),
    1200: Meaning(Verdict.unknown, "Meta failed while sending."),
    (613, 0): _BUSY,
    80006: _BUSY,
    80002: _BUSY,
}
