"""Say in words what went wrong with the receiving side, and what to do. Pure."""

import ssl

from hub.contract import ConnectorError, CredentialsRefused

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
        return ConnectorError(f"The mail server takes no login at the moment. The hub tries again. It said: {said}")
    if oauth:
        what = "The mail server refused the OAuth login. Check the user name and the app's permissions (see README)."
    elif "APPLICATION-SPECIFIC" in upper or "APP PASSWORD" in upper or "APP-SPECIFIC" in upper:
        what = "The mail server wants an app password instead of the ordinary one. Create one and enter it."
    elif "BASIC AUTH" in upper or "LOGINDISABLED" in upper or "AUTHENTICATE FAILED" in upper:
        what = (
            "The mail server refused the password. Microsoft 365 takes none over IMAP: choose the login `microsoft`. "
            "With other servers check user name and password."
        )
    else:
        what = "The mail server refused user name or password. Check both; some providers want an app password."
    return CredentialsRefused(f"{what} It said: {said}")


def unreachable(error: Exception, where: str) -> ConnectorError:
    """Return the error for a connection that did not come about."""
    if isinstance(error, ssl.SSLCertVerificationError):
        what = f"The certificate of {where} is not valid for that name or not from a known authority: "
        return ConnectorError(f"{what}{error.verify_message}.")
    if isinstance(error, ssl.SSLError):
        return ConnectorError(f"{where} does not speak TLS. Receiving needs TLS from the first byte, usually port 993.")
    if isinstance(error, TimeoutError):
        return ConnectorError(f"{where} did not answer in time. Check name and port, and that no firewall is between.")
    if isinstance(error, OSError):
        return ConnectorError(f"{where} cannot be reached: {error}. Check name and port.")
    return ConnectorError(f"{where}: {error}")
