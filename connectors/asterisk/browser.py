"""Browser phones: makes an agent's SIP account at Asterisk by its dynamic configuration, and tells how to log in.

https://docs.asterisk.org/Configuration/Interfaces/Asterisk-REST-Interface-ARI/ARI-Push-Configuration/
https://docs.asterisk.org/Configuration/WebRTC/Configuring-Asterisk-for-WebRTC-Clients/
"""

import base64
import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from connectors.asterisk.client import Ari, AriRefused, part
from connectors.asterisk.settings import AsteriskSettings
from hub.contract import ConnectorError, PhoneToken
from hub.domain.callflow.steps import browser_identity
from hub.domain.ids import ChannelId, UserId

VALID = timedelta(hours=1)


async def phone_token(
    ari: Ari, settings: AsteriskSettings, channel_id: ChannelId, user_id: UserId, name: str, now: datetime
) -> PhoneToken:
    """Make or renew the account of one agent. Raises ConnectorError in words, CredentialsRefused."""
    address = settings.browser_websocket
    if not address:
        raise ConnectorError("This channel has no browser phones: enter “Browser phones: address” in its settings.")
    identity = browser_identity(user_id)
    # the same for all tabs of one agent; another one as soon as the ARI password changes
    key = settings.password.get_secret_value().encode()
    secret = hmac.new(key, f"browser phone {channel_id} {identity}".encode(), sha256).digest()
    password = base64.urlsafe_b64encode(secret).decode().rstrip("=")
    try:
        await _put(ari, "auth", identity, {"auth_type": "userpass", "username": identity, "password": password})
        await _put(ari, "aor", identity, {"max_contacts": "5", "remove_existing": "yes"})
        await _put(ari, "endpoint", identity, _endpoint(settings, identity, name))
    except AriRefused as refused:
        raise ConnectorError(
            f"Asterisk takes no browser phone from here ({refused.said or refused.status}). In sorcery.conf, section "
            "[res_pjsip], let endpoint, aor and auth be kept in memory too, as the channel's guide shows."
        ) from None
    domain = settings.browser_domain or urlsplit(address).hostname or ""
    values = {"uri": f"sip:{identity}@{domain}", "password": password, "websocket": address, "realm": "asterisk"}
    return PhoneToken(kind="sip", identity=identity, expires_at=now + VALID, values=values)


def _endpoint(settings: AsteriskSettings, identity: str, name: str) -> dict[str, str]:
    shown = "".join(sign for sign in name if sign.isalnum() or sign in " -.'")[:60].strip()
    fields = {
        "webrtc": "yes",
        "aors": identity,
        "auth": identity,
        "context": settings.browser_template or "webrtc",
        "disallow": "all",
        "allow": "opus,ulaw,alaw",
        "rewrite_contact": "yes",
    }
    return fields | ({"callerid": f'"{shown}" <{settings.number}>'} if shown else {})


async def _put(ari: Ari, kind: str, name: str, fields: dict[str, str]) -> None:
    body = {"fields": [{"attribute": attribute, "value": value} for attribute, value in fields.items()]}
    await ari.ask("PUT", f"/asterisk/config/dynamic/res_pjsip/{kind}/{part(name)}", body=body)
