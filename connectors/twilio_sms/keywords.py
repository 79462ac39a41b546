"""Which messages are opt-out keywords: Twilio's own word for it, else the words it handles by default. Pure.

Twilio blocks a number that answers one of them, alone and in any case, and answers it itself
(https://help.twilio.com/articles/223134027-Twilio-support-for-opt-out-keywords-SMS-STOP-filtering-). With Advanced
Opt-Out the request says which it was (`OptOutType`), whatever the word and the language
(https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out). On WhatsApp only that, STOP and UNSUBSCRIBE count:
nobody blocks CANCEL there, and it may answer a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from hub.contract import Address, OptedOut

STOP = "STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT, ARRET"
START = "START, YES, UNSTOP"
HELP = "HELP, INFO"

Keyword = Literal["STOP", "START", "HELP"]

_EVERYWHERE = frozenset({"STOP", "UNSUBSCRIBE", "START", "UNSTOP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keywords:
    """The words, in capitals."""

    stop: frozenset[str]
    start: frozenset[str]
    help: frozenset[str]


def words_of(text: str) -> tuple[str, ...]:
    """Read a list of words as an admin writes it: in capitals, each once."""
    return tuple(dict.fromkeys(word.strip().upper() for word in text.replace("\n", ",").split(",") if word.strip()))


def keyword_in(text: str, opt_out_type: str, keywords: Keywords, *, channel: str) -> Keyword | None:
    """Return which keyword a message is; None for an ordinary one."""
    match opt_out_type.strip().upper():
        case "STOP":
            return "STOP"
        case "START":
            return "START"
        case "HELP":
            return "HELP"
    word = text.strip().upper()
    if channel != "sms" and word not in _EVERYWHERE:
        return None
    if word in keywords.stop:
        return "STOP"
    if word in keywords.start:
        return "START"
    return "HELP" if word in keywords.help else None


def opens_wait(text: str, keyword: Keyword | None) -> bool:
    """Tell whether somebody should answer. Who opts out, or in, asks for nothing; a YES may answer our question."""
    match keyword:
        case "STOP":
            return False
        case "START":
            return text.strip().upper() not in {"START", "UNSTOP"}
    return True


def opt_outs(sender: Address, keyword: Keyword | None, text: str, at: datetime | None) -> Sequence[OptedOut]:
    """Return the opt-out, or its end, that a keyword is."""
    if keyword not in {"STOP", "START"}:
        return ()
    said = text.strip()[:40] or keyword
    return (OptedOut(sender=sender, opted_out=keyword == "STOP", keyword=said, occurred_at=at),)
