"""Sorts Meta's error codes by what they prove, and says them in words a support agent understands.

Codes all products share: https://developers.facebook.com/docs/graph-api/guides/error-handling. A channel's own are in
its `words.py`; (code, subcode) is looked up before the code alone, the channel's before these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from connectors._lib.http import LOOK_AT
from connectors._lib.meta_graph import GraphError, NotSent, Refused
from hub.contract import ConnectorError, CredentialsRefused, FetchFailed, OutcomeUnknown, Rejected, RetryLater
from hub.domain.phrase import Phrase


class Verdict(Enum):
    """What a code means for the message that was to be sent."""

    rejected = auto()
    """Final: nothing was sent."""
    unreachable = auto()
    """Final, and the person cannot be written to here any more."""
    later = auto()
    """Nothing was sent; the hub tries again."""
    slow_down = auto()
    """The same, and the whole account should pause."""
    stop = auto()
    """A person must act before anything can be sent."""
    unknown = auto()
    """It may have gone out."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code's verdict and its words."""

    verdict: Verdict
    words: str


Meanings = Mapping[int | tuple[int, int], Meaning]

_TOKEN = Meaning(
    Verdict.stop,
    Phrase(
        "Meta does not accept the access token: it has expired or was revoked. Make a new one and paste it into the "
        "channel's settings."
    ),
)
_RIGHTS = Meaning(
    Verdict.stop,
    Phrase(
        "The access token lacks a permission for this. Make a new one with all permissions of the setup guide and "
        "paste it into the channel's settings."
    ),
)
_SLOWER = Meaning(Verdict.slow_down, "Meta asks to send more slowly; it will be tried again.")

_SHARED: dict[int | tuple[int, int], Meaning] = {
    0: _TOKEN,
    2: Meaning(Verdict.unknown, "Meta's servers are in trouble for the moment."),
    3: _RIGHTS,
    4: _SLOWER,
    10: _RIGHTS,
    17: _SLOWER,
    32: _SLOWER,
    102: _TOKEN,
    190: _TOKEN,
    368: Meaning(
        Verdict.stop,
        Phrase(
            "Meta has blocked this account for breaking its rules. Look into Business Support at business.facebook.com."
        ),
    ),
    463: _TOKEN,
    467: _TOKEN,
    613: _SLOWER,
    80007: _SLOWER,
}
_PROOF = Meaning(
    Verdict.stop,
    Phrase("The app secret is not that of the app the access token was made for. Copy both from the same app."),
)


def meaning_of(error: Refused, meanings: Meanings) -> Meaning | None:
    """Return what is known of an error's code; None for a code nobody has described."""
    code, subcode = error.code, error.subcode
    if code is None:
        return _TOKEN if error.status == 401 else _SLOWER if error.status == 429 else None
    for table in (meanings, _SHARED):
        found = table.get((code, subcode or 0)) or table.get(code)
        if found is not None:
            return found
    if code == 100 and "appsecret_proof" in error.said:
        return _PROOF
    if 200 <= code <= 299:
        return _RIGHTS
    return _TOKEN if error.status == 401 else _SLOWER if error.status == 429 else None


def send_error(error: GraphError, meanings: Meanings) -> ConnectorError:
    """Say what became of a send: CredentialsRefused or a SendError."""
    if isinstance(error, NotSent):
        return RetryLater(f"{error} Nothing was sent; it will be tried again.")
    if not isinstance(error, Refused):
        return OutcomeUnknown(f"{error} The message may have gone out: look into the chat before you resend.")
    code = str(error.code or error.status)
    meaning = meaning_of(error, meanings)
    if meaning is None and error.status >= 500:
        return OutcomeUnknown(
            f"Meta's servers failed with “{error.said}”. The message may have gone out: look into the chat before you "
            "resend.",
            code=code,
        )
    if meaning is None:
        return Rejected(f"Meta refused the message: “{error.said}”. Nothing was sent.", code=code)
    match meaning.verdict:
        case Verdict.stop:
            return CredentialsRefused(_with_code(meaning, code))
        case Verdict.later:
            return RetryLater(meaning.words, code=code)
        case Verdict.slow_down:
            return RetryLater(meaning.words, code=code, after=error.after)
        case Verdict.unknown:
            return OutcomeUnknown(f"{meaning.words} The message may have gone out.", code=code)
        case verdict:
            words = f"{meaning.words} Nothing was sent."
            return Rejected(words, code=code, unreachable=verdict is Verdict.unreachable)


def account_error(error: GraphError, meanings: Meanings) -> ConnectorError:
    """Say why the account cannot work: CredentialsRefused or a plain ConnectorError."""
    if isinstance(error, NotSent):
        return ConnectorError(f"{error} {LOOK_AT}")
    if not isinstance(error, Refused):
        return ConnectorError(str(error))
    meaning = meaning_of(error, meanings)
    if meaning is not None and meaning.verdict is Verdict.stop:
        return CredentialsRefused(_with_code(meaning, str(error.code or error.status)))
    return ConnectorError(meaning.words if meaning is not None else Phrase("Meta refused: “{told}”.", told=error.said))


def _with_code(meaning: Meaning, code: str) -> Phrase:
    return Phrase("{words} (Meta's code {code})", words=meaning.words, code=code)


def passes(error: Refused, meanings: Meanings) -> bool:
    """Tell whether the same question may be answered later."""
    meaning = meaning_of(error, meanings)
    slow = meaning is not None and meaning.verdict in (Verdict.later, Verdict.slow_down)
    return slow or error.status >= 500 or error.status == 429


def fetch_error(error: GraphError, meanings: Meanings) -> ConnectorError:
    """Say why a file could not be fetched: CredentialsRefused or FetchFailed."""
    if not isinstance(error, Refused):
        return FetchFailed(str(error), passing=True)
    meaning = meaning_of(error, meanings)
    if meaning is not None and meaning.verdict is Verdict.stop and error.status != 404:
        return CredentialsRefused(meaning.words)
    if passes(error, meanings):
        return FetchFailed(Phrase("Meta cannot give the file at the moment: “{told}”.", told=error.said), passing=True)
    return FetchFailed(
        Phrase("Meta does not give the file any more: it keeps what customers send for a limited time only.")
    )
