"""Say which earlier mails a mail refers to, and what its subject is without reply and forward marks."""

import re

from connectors._lib.mail_headers import Headers, message_ids
from hub.domain.ids import ExternalId

_REPLY = r"re|aw|sv|vs|antw|antwort|odp|atb|ynt|rif|res|r|ref|vá|να|απ|отв|ответ|на|回复|回覆|答复|답장|返信|رد"
_FORWARD = r"fwd|fw|wg|tr|rv|enc|pd|vl|i|doorst|vb|továbbítás|πρθ|пересл|转发|轉寄|전달|転送"
_MARK = re.compile(
    rf"^\s*(?:(?P<reply>{_REPLY})|(?P<forward>{_FORWARD}))\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*", re.IGNORECASE
)
_LIST_TAG = re.compile(r"^\s*\[[^\]\r\n]{1,60}\]\s*(?=\S)")
_SPACES = re.compile(r"\s+")
_KEPT = 50
"""References looked at, nearest first; a conversation of hundreds of mails names all of them."""


def references(headers: Headers) -> tuple[ExternalId, ...]:
    """Return the ids of the mails this one refers to, nearest first: In-Reply-To, then References from the end.

    RFC 5322 section 3.6.4; a parent without References passes on its In-Reply-To.
    """
    if "in-reply-to" not in headers and "references" not in headers:
        return ()
    answered = message_ids(headers.raw("in-reply-to"))
    earlier = message_ids(" ".join(headers.all("references")))
    return tuple(dict.fromkeys([*answered, *reversed(earlier)]))[:_KEPT]


def base_subject(subject: str) -> str:
    """Return a subject without its reply and forward marks and list tags, folded for comparison."""
    return _stripped(subject)[0].casefold()


def looks_like_reply(subject: str) -> bool:
    """Tell whether a subject carries a reply mark, in any of the languages of protocols.md B13."""
    return _stripped(subject)[1]


def shown_reply_subject(subject: str) -> str:
    """Return the subject of an answer: one "Re: ", whatever marks the question carried."""
    base = subject.strip()
    while match := _MARK.match(base):
        if match["forward"]:
            break
        base = base[match.end() :]
    return f"Re: {base}".strip()


def _stripped(subject: str) -> tuple[str, bool]:
    base = _SPACES.sub(" ", subject[:1000]).strip()
    reply = False
    while True:
        match = _MARK.match(base)
        if match:
            reply = reply or match["reply"] is not None
            base = base[match.end() :]
            continue
        tag = _LIST_TAG.match(base)
        if tag is None:
            return base, reply
        base = base[tag.end() :]
