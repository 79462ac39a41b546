"""Get access tokens for XOAUTH2 from a refresh token or as the app itself, and keep them until shortly before they end.

Google: https://developers.google.com/identity/protocols/oauth2/web-server#offline
Microsoft: https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import aiohttp
import orjson

from connectors.email.choices import Login
from connectors.email.settings import EmailSettings
from hub.contract import ConnectorError, CredentialsRefused
from hub.domain.phrase import Phrase

_GOOGLE = "https://oauth2.googleapis.com/token"
_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_MICROSOFT_SCOPES = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)
_MICROSOFT_APP_SCOPE = "https://outlook.office365.com/.default"
_EARLY = timedelta(minutes=2)
_MAX_ANSWER = 256 * 1024
_TIMEOUT = aiohttp.ClientTimeout(total=20)

KeepSecret = Callable[[str, str], Awaitable[None]]


class TokenSource:
    """The access tokens of one mailbox."""

    def __init__(
        self,
        settings: EmailSettings,
        http: aiohttp.ClientSession,
        now: Callable[[], datetime],
        keep: KeepSecret | None = None,
    ) -> None:
        self._settings = settings
        self._http = http
        self._now = now
        self._keep = keep
        self._refresh_token = settings.refresh_token.get_secret_value()
        self._token = ""
        self._ends: datetime | None = None
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """Return a token that is good for at least two more minutes.

        Raises CredentialsRefused if the provider refuses us, ConnectorError if it cannot be reached.
        """
        async with self._lock:
            if not self._token or self._ends is None or self._now() + _EARLY >= self._ends:
                await self._renew()
            return self._token

    def forget(self) -> None:
        """Drop the token after a server refused it; the next call renews it."""
        self._token = ""

    async def _renew(self) -> None:
        url, form = self._request()
        try:
            async with self._http.post(url, data=form, timeout=_TIMEOUT, allow_redirects=False) as response:
                body = await response.content.read(_MAX_ANSWER)
                status = response.status
                charset = response.charset or "utf-8"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ConnectorError(
                Phrase("The login service did not answer: {told}.", told=str(error) or type(error).__name__)
            ) from error
        answer = _json(body, charset)
        if status >= 500 or status == 429:
            raise ConnectorError(
                Phrase(
                    "The login service has a problem (HTTP {status}). The hub tries again by itself.",
                    status=str(status),
                )
            )
        token = answer.get("access_token")
        if status >= 400 or not isinstance(token, str) or not token or not token.isascii():
            raise CredentialsRefused(_refusal(answer, status))
        lifetime = answer.get("expires_in")
        seconds = int(lifetime) if isinstance(lifetime, int | float | str) and str(lifetime).isdigit() else 3600
        self._token = token
        self._ends = self._now() + timedelta(seconds=seconds)
        renewed = answer.get("refresh_token")
        if isinstance(renewed, str) and renewed and renewed != self._refresh_token:
            # Microsoft hands out a new one each time, and the old one ends after 90 days.
            self._refresh_token = renewed
            if self._keep is not None:
                await self._keep("refresh_token", renewed)

    def _request(self) -> tuple[str, dict[str, str]]:
        settings = self._settings
        form = {"client_id": settings.client_id}
        secret = settings.client_secret.get_secret_value()
        if secret:
            form["client_secret"] = secret
        if self._refresh_token:
            form |= {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
        else:
            form |= {"grant_type": "client_credentials"}
        if settings.login is Login.google:
            return settings.token_url or _GOOGLE, form
        if settings.login is Login.microsoft:
            scope = _MICROSOFT_SCOPES if self._refresh_token else _MICROSOFT_APP_SCOPE
            url = settings.token_url or _MICROSOFT.format(tenant=settings.tenant or "organizations")
            return url, form | {"scope": scope}
        return settings.token_url, form


def _json(body: bytes, charset: str) -> dict[str, object]:
    try:
        parsed = orjson.loads(body.decode(charset, "replace"))
    except (orjson.JSONDecodeError, LookupError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _refusal(answer: dict[str, object], status: int) -> str:
    error = str(answer.get("error", ""))[:100]
    told = str(answer.get("error_description", "")).split("\n")[0][:300]
    if error == "invalid_grant":
        what = Phrase(
            "The permission to use this mailbox has ended: the refresh token was revoked or is too old, or the "
            "password was changed. Get a new refresh token and enter it in the channel's settings."
        )
    elif error in ("invalid_client", "unauthorized_client"):
        what = Phrase("The login service does not know the app. Check client id, client secret and tenant.")
    elif error == "invalid_scope":
        what = Phrase("The app may not use mail. Give it the permissions listed in this connector's README.")
    else:
        what = Phrase("The login service refused us ({told}).", told=f"HTTP {status} {error}".rstrip())
    return Phrase("{what} It said: {said}", what=what, said=told) if told else what
