"""Say in words what went wrong with the receiving side, and what to do. Pure."""

import ssl

from hub.contract import ConnectorError, CredentialsRefused
from hub.domain.phrase import Phrase

_PASSING = (
    "[UNAVAILABLE]",
    "[INUSE]",
    "[LIMIT]",
    "[SERVERBUG]",
    "[CONTACTADMIN]",
    "TOO MANY",
    "TEMPORARY",
    "TRY AGAIN",
)


def login_refused(said: str, *, oauth: bool) -> ConnectorError:
    """Return the error for a NO to LOGIN or AUTHENTICATE: refused for good, or only for now (RFC 5530)."""
    upper = said.upper()
    if any(word in upper for word in _PASSING):
        return ConnectorError(
            Phrase("The mail server takes no login at the moment. The hub tries again. It said: {said}", said=said)
        )
    if oauth:
        what = Phrase(
            "The mail server refused the OAuth login. Check the user name and the app's permissions (see README)."
        )
    elif "APPLICATION-SPECIFIC" in upper or "APP PASSWORD" in upper or "APP-SPECIFIC" in upper:
        what = Phrase("The mail server wants an app password instead of the ordinary one. Create one and enter it.")
    elif "BASIC AUTH" in upper or "LOGINDISABLED" in upper or "AUTHENTICATE FAILED" in upper:
        what = Phrase(
            "The mail server refused the password. Microsoft 365 takes none over IMAP: choose the login `microsoft`. "
            "With other servers check user name and password."
        )
    else:
        what = Phrase("The mail server refused user name or password. Check both; some providers want an app password.")
    return CredentialsRefused(Phrase("{what} It said: {said}", what=what, said=said))


def unreachable(error: Exception, where: str) -> ConnectorError:
    """Return the error for a connection that did not come about."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return ConnectorError(
            Phrase(
                "The certificate of {where} is not valid for that name or not from a known authority: {told}.",
                where=where,
                told=error.verify_message,
            )
        )
    if isinstance(error, ssl.SSLError):
        return ConnectorError(
            Phrase(
                "{where} does not speak TLS. Receiving needs TLS from the first byte, usually port 993.", where=where
            )
        )
    if isinstance(error, TimeoutError):
        return ConnectorError(
            Phrase("{where} did not answer in time. Check name and port, and that no firewall is between.", where=where)
        )
    if isinstance(error, OSError):
        return ConnectorError(
            Phrase("{where} cannot be reached: {told}. Check name and port.", where=where, told=str(error))
        )
    return ConnectorError(f"{where}: {error}")
