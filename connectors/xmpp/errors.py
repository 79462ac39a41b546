"""What an error stanza says, in words a support agent understands. Pure.

Conditions: https://www.rfc-editor.org/rfc/rfc6120#section-8.3.3
"""

from connectors.xmpp.xml import CLIENT, STANZAS, Element, attribute, child, names, text_of

_WORDS = {
    "item-not-found": "This address does not exist any more.",
    "service-unavailable": "The customer cannot be reached there: the address does not exist, or takes no messages.",
    "remote-server-not-found": "The customer's server does not exist.",
    "remote-server-timeout": "The customer's server does not answer.",
    "gone": "The customer has another address now.",
    "recipient-unavailable": "The customer is not there, and their server keeps no messages for later.",
    "forbidden": "The customer's server does not let us write to them.",
    "not-allowed": "The customer's server does not let us write to them.",
    "not-acceptable": "We are not in this room: join it first, or its name has changed.",
    "blocked": "The customer has blocked us.",
    "policy-violation": "The server asks to send less.",
    "resource-constraint": "The server is overloaded.",
    "jid-malformed": "This is not an address of XMPP.",
}
_GONE = frozenset({"item-not-found", "service-unavailable", "gone", "remote-server-not-found", "jid-malformed"})
_BLOCKED = "urn:xmpp:blocking:errors"


def reason_of(stanza: Element) -> tuple[str, str, bool]:
    """Return an error's condition, what it means, and whether the address is dead."""
    error = child(stanza, CLIENT, "error")
    if child(error, _BLOCKED, "blocked") is not None:
        return "blocked", _WORDS["blocked"], True
    for space, condition in names(error) if error is not None else ():
        if space == STANZAS and condition != "text":
            said = text_of(child(error, STANZAS, "text")).strip()[:200]
            words = _WORDS.get(condition) or "The server refused the message" + (f": “{said}”." if said else ".")
            return condition, words, condition in _GONE
    return "error", "The server refused the message and gave no reason.", False


def is_passing(stanza: Element) -> bool:
    """Tell whether the same may work later (type `wait`)."""
    return attribute(child(stanza, CLIENT, "error"), "type") == "wait"
