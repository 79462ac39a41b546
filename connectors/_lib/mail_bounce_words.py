"""Say in words why a mail was not delivered, from its enhanced status code (RFC 3463) or the server's prose."""

import re

_CODE = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?=[ -])")

_PROSE: tuple[tuple[str, str], ...] = (
    # Order matters: the first that fits decides.
    (
        "5.2.2",
        (
            r"quota|mailbox (?:is )?full|full mailbox|over ?limit|exceeded storage|insufficient (?:disk )?space"
            r"|disk space"
        ),
    ),
    (
        "5.7.1",
        r"spam|blocked|blacklist|blocklist|policy|not authori[sz]ed|relay(?:ing)? (?:denied|not)|access denied|virus",
    ),
    ("5.2.3", r"too (?:large|big)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum|size)|message size"),
    (
        "5.1.2",
        (
            r"host (?:unknown|not found)|unknown host|domain (?:not found|does ?n[o']t exist)|no such (?:host|domain)"
            r"|name service error|nxdomain|no mx|couldn't find any host|unrouteable|unroutable|bad destination host"
        ),
    ),
    (
        "5.2.1",
        r"(?:mailbox|account|user)[^.]{0,40}(?:disabled|suspended|inactive|closed|discontinued|expired|no longer)",
    ),
    (
        "5.1.1",
        (
            r"user unknown|unknown user|no such (?:user|mailbox|recipient|address|person)"
            r"|does ?n[o']t (?:exist|have)|not (?:exist|found|listed)"
            r"|unknown (?:address|recipient|local|or illegal)|invalid (?:recipient|address|mailbox|user)"
            r"|no mailbox|not a (?:valid|known)"
            r"|mailbox (?:unavailable|not available)"
            r"|(?:address|recipient|user|mailbox)[^.]{0,25}(?:rejected|refused|unknown|invalid)"
            r"|undeliverable address|not our customer|bad address|no account|isn't any|is not known"
            r"|addressee unknown|delisted"
        ),
    ),
    (
        "4.4.7",
        (
            r"timed? ?out|too long|retry (?:time|timeout)|expired|not yet been delivered"
            r"|will (?:keep|continue) (?:re)?try"
        ),
    ),
    ("4.4.1", r"connection (?:refused|timed)|no answer|could not connect|unreachable"),
)
_PROSE_RULES = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _PROSE)

_WORDS = {
    "1.1": "The address does not exist. Check the spelling or ask the customer for another address.",
    "1.2": "The part of the address behind the @ does not exist. Check the spelling.",
    "1.3": "The address is not valid. Check the spelling.",
    "1.6": "The customer has moved to another address. Ask for the new one.",
    "1.8": "The other server does not accept our sender address. Ask your administrator.",
    "1.10": "The domain accepts no mail at all. Ask the customer for another address.",
    "2.1": "The mailbox is closed or disabled. Ask the customer for another address.",
    "2.2": "The customer's mailbox is full. Try again later or use another channel.",
    "2.3": "The mail is too large for the customer's mailbox. Send it with smaller files.",
    "3.4": "The mail is too large for the customer's mail server. Send it with smaller files.",
    "4.1": "The customer's mail server did not answer.",
    "4.2": "The connection to the customer's mail server broke.",
    "4.4": "No mail server was found for this address. Check the part behind the @.",
    "4.6": "The mail went in a circle between servers. The customer's mail administrator must mend it.",
    "4.7": "The customer's mail server could not be reached for too long, and ours gave up.",
    "6": "The customer's mail server could not handle the content of the mail.",
    "7.1": "The customer's mail server refused the mail by its rules. Ask your administrator.",
    "7.26": "The mail failed the other server's checks of our domain (SPF, DKIM or DMARC). Ask your administrator.",
    "1": "There is something wrong with the address. Check the spelling.",
    "2": "The customer's mailbox did not take the mail.",
    "3": "The customer's mail server has a problem.",
    "4": "The mail could not be brought to the customer's mail server.",
    "5": "The two mail servers did not understand each other. Ask your administrator.",
    "7": "The customer's mail server refused the mail by its rules. Ask your administrator.",
}
_SENDER_FAULTS = frozenset({"5.1.7", "5.1.8"})
_DEAD = frozenset({"5.2.1"})


def enhanced_code(status: str, said: str) -> str:
    """Return the enhanced status code of a report: its own, else one in the server's words, else by their meaning."""
    given = _CODE.search(status)
    spoken = _CODE.search(said)
    if given and not given.group(1).endswith(".0.0"):
        return given.group(1)
    if spoken and not spoken.group(1).endswith(".0.0"):
        return spoken.group(1)
    for code, pattern in _PROSE_RULES:
        if pattern.search(said):
            return code
    if given:
        return given.group(1)
    reply = _REPLY.search(said)
    return f"{reply.group(1)[0]}.0.0" if reply else ""


def in_words(code: str, said: str = "") -> str:
    """Say why, for a person: what happened, what to do, and what the other server said."""
    told = said[:300].strip()
    words = _meaning(code)
    return f"{words} The server said: {told}" if told else words


def _meaning(code: str) -> str:
    _, _, rest = code.partition(".")
    subject = rest.partition(".")[0]
    return _WORDS.get(rest) or _WORDS.get(subject) or "The mail was returned. Check the address or use another channel."


def is_dead_address(code: str) -> bool:
    """Tell whether the code means that the address is gone for good: 5.1.x but for sender faults, or a closed box."""
    return (code.startswith("5.1.") and code not in _SENDER_FAULTS) or code in _DEAD


def is_passing(code: str) -> bool:
    """Tell whether the code means that another try may work: 4.x.x, or a full mailbox."""
    return code.startswith("4.") or code == "5.2.2"
