"""How our account stands at LINE: its webhook, its answers of its own, its messages left. Asked step by step."""

from collections.abc import Sequence

from connectors._lib.json_api import ApiError
from connectors._lib.loose_json import Json, flag, number, text
from connectors.line.client import Client, Refused
from connectors.line.settings import LineSettings
from hub.contract import SetupStep
from hub.domain.phrase import NOTHING, Phrase

_ENDPOINT = "/v2/bot/channel/webhook/endpoint"
_OFF = Phrase(
    "LINE does not call the hub: “Use webhook” is off. At developers.line.biz/console open the channel → “Messaging "
    "API” → “Webhook settings” and switch it on."
)
_GROUPS = SetupStep(
    title=Phrase("The account may join groups, if customers write there"),
    done=None,
    help=Phrase("LINE console → the channel → “Messaging API” → “Allow bot to join group chats”."),
)


class Account:
    """One account of ours at LINE. Every method raises ApiError."""

    def __init__(self, client: Client, settings: LineSettings, webhook_url: str) -> None:
        self._client = client
        self._settings = settings
        self._url = webhook_url

    async def info(self) -> Json:
        """Return who we are: https://developers.line.biz/en/reference/messaging-api/#get-bot-info."""
        return await self._client.get("/v2/bot/info")

    async def register(self) -> None:
        """Have LINE call our address, if the settings say so and it does not already."""
        if not self._settings.register_webhook:
            return
        if text(await self._endpoint(), "endpoint") != self._url:
            await self._client.put(_ENDPOINT, {"endpoint": self._url})

    async def problem(self) -> str:
        """Say what keeps events from coming; empty if nothing does."""
        endpoint = await self._endpoint()
        if text(endpoint, "endpoint") != self._url:
            return "LINE calls another address. " + (
                "Restart this channel to register its own."
                if self._settings.register_webhook
                else "Enter this channel's webhook address in LINE's console."
            )
        if not flag(endpoint, "active"):
            return _OFF
        return await self._unreachable()

    async def steps(self) -> Sequence[SetupStep]:
        """Look at every step of the guide, in its order."""
        info = await self.info()
        endpoint = await self._endpoint()
        ours = text(endpoint, "endpoint") == self._url
        active = flag(endpoint, "active")
        unreachable = await self._unreachable() if ours else NOTHING
        return (
            self._identity(info),
            SetupStep(
                title=Phrase("This channel's webhook address is registered"),
                done=ours,
                help=Phrase(
                    "Switch the channel on: it registers by itself. Or enter {url} in LINE's console.", url=self._url
                ),
            ),
            SetupStep(title=Phrase("“Use webhook” is on"), done=active, help=_OFF),
            SetupStep(
                title=Phrase("LINE reaches the hub"),
                done=not unreachable if ours and active else None,
                help=unreachable or Phrase("LINE tries it once its webhook is registered and on."),
            ),
            SetupStep(
                title=Phrase("LINE answers nothing by itself"),
                done=None,
                help=Phrase(
                    "LINE Official Account Manager → Settings → Response settings: switch off auto-response messages, "
                    "or customers get two answers. Webhooks stay on."
                ),
            ),
            _GROUPS,
            await self._left(),
        )

    def _identity(self, info: Json) -> SetupStep:
        given, found = self._settings.bot_user_id, text(info, "userId")
        return SetupStep(
            title=Phrase("The access token is this account's"),
            done=not given or given == found,
            help=Phrase(
                "The token belongs to {name} (user ID {ident}), and the settings name another account. Copy token, "
                "secret and user ID from the same channel.",
                name=text(info, "basicId"),
                ident=found,
            ),
        )

    async def _endpoint(self) -> Json:
        """Return address and switch of the webhook; empty before any was set (404)."""
        try:
            return await self._client.get(_ENDPOINT)
        except Refused as error:
            if error.status != 404:
                raise
            return {}

    async def _unreachable(self) -> Phrase:
        """Have LINE call us now, with no events: https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint."""
        try:
            answer = await self._client.post("/v2/bot/channel/webhook/test", {})
        except Refused as error:
            if error.status != 429:  # sixty tests an hour
                raise
            return NOTHING
        if flag(answer, "success"):
            return NOTHING
        reason = text(answer, "detail", "reason") or "it does not say why"
        return Phrase(
            "LINE cannot reach the hub ({reason}). Its address has to answer by https, with a valid certificate.",
            reason=reason[:200],
        )

    async def _left(self) -> SetupStep:
        """https://developers.line.biz/en/reference/messaging-api/#get-quota."""
        title = Phrase("There are messages left this month")
        try:
            quota = await self._client.get("/v2/bot/message/quota")
            used = number(await self._client.get("/v2/bot/message/quota/consumption"), "totalUsage") or 0
        except ApiError as error:
            return SetupStep(title=title, done=None, help=Phrase.of(error))
        limit = number(quota, "value")
        if text(quota, "type") != "limited" or limit is None:
            return SetupStep(title=title, done=True)
        return SetupStep(
            title=title,
            done=used < limit,
            help=Phrase(
                "{used} of {limit} are used. Each message to one person counts. Choose a larger plan in the LINE "
                "Official Account Manager.",
                used=f"{used:.0f}",
                limit=f"{limit:.0f}",
            ),
        )
