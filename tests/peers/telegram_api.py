"""A fake Telegram Bot API server on loopback: real HTTP both ways, real refusals, everything recorded.

    async with FakeTelegram() as tg:
        anna = tg.world.person("Anna Example")
        tg.world.says("Hello", user=anna)          # delivered to the webhook, or by getUpdates
        await tg.sent_count(1)                     # the hub answered
        assert tg.sent[0].values["text"] == "Good morning"

Where the corpora folder is present every request, answer and update is checked against the published description;
a difference is refused and fails the `async with` at its end. `python -m tests.peers.telegram_api --port 8081` runs
it as a process of its own with `POST /control/<action>` (see `_CONTROL`).
"""

import argparse
import asyncio
import json
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.peers.telegram_methods import FILE_KINDS, METHODS, Refusal, Upload, get_file
from tests.peers.telegram_record import WORDS, Call, Fault
from tests.peers.telegram_spec import BotApiSpec
from tests.peers.telegram_updates import Updates
from tests.peers.telegram_world import DOWNLOAD_LIMIT, Json, World

TOKEN = "7000000001:AAHfakeFAKEfakeFAKEfakeFAKEfakeFAKE"


class FakeTelegram:
    """The server, and the handle of the test. `world` holds people, chats and what customers do."""

    def __init__(self, *, token: str = TOKEN, port: int = 0, now: Callable[[], int] | None = None) -> None:
        self.token = token
        self._port = port
        self._clock = now or _machine_clock
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Example Support"}
        self.bot["username"] = "example_support_bot"
        self.updates = Updates(self._clock)
        self.world = World(self.bot, self._clock, self._emit)
        self.spec = BotApiSpec.load()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.violations: list[str] = []
        self.download_limit = DOWNLOAD_LIMIT
        self.slowness: Callable[[], float] = lambda: 0.0
        """Seconds between doing what was asked and saying so, asked for each message sent."""
        self._changed = asyncio.Condition()
        self._hanging = asyncio.Event()

    # -- the test's side

    @property
    def url(self) -> str:
        """Base address of the API, as in the connector's setting."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def sent(self) -> list[Call]:
        """The calls that reached a customer, in order."""
        return [call for call in self.calls if call.method in _REACHES_CUSTOMER]

    def texts(self, chat: Json) -> list[str]:
        """Return every text and caption the bot sent into a chat, in order."""
        mine = [m for m in self.world.messages.values() if m["from"] == self.bot and m["chat"]["id"] == chat["id"]]
        return [message.get("text") or message.get("caption") or "" for message in mine]

    def answered(self) -> list[str]:
        """Return the ids of the callback queries whose spinner was stopped."""
        return [call.values["callback_query_id"] for call in self.calls if call.method == "answerCallbackQuery"]

    def fail(self, method: str = "*", **fault: Any) -> None:
        """Make calls of a method fail; see Fault."""
        self.faults.append(Fault(method=method, **fault))

    async def sent_count(self, count: int, *, within: float = 10) -> None:
        """Wait until `count` calls have reached a customer."""
        await self._until(lambda: len(self.sent) >= count, within)

    async def called(self, method: str, *, within: float = 10) -> Call:
        """Wait for a call of this method and return the first."""
        await self._until(lambda: any(call.method == method for call in self.calls), within)
        return next(call for call in self.calls if call.method == method)

    async def idle(self, *, within: float = 10) -> None:
        """Wait until the bot has taken every update (webhook 2xx, or confirmed by its offset)."""
        await asyncio.wait_for(self.updates.empty(), within)

    # -- life

    async def start(self) -> Self:
        """Listen."""
        self._hanging.clear()
        app = web.Application(client_max_size=600 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_post("/control/{action}", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        self._delivery = asyncio.create_task(self.updates.deliver(self._session, self._webhook_reply))
        return self

    async def stop(self) -> None:
        """Stop listening and delivering."""
        self._hanging.set()
        self._delivery.cancel()
        await asyncio.gather(self._delivery, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if error is None and self.violations:
            raise AssertionError("not as the Bot API describes it:\n" + "\n".join(self.violations))

    # -- requests

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            wellformed = ":" in request.match_info["token"]
            return _refusal(Refusal(401, "Unauthorized") if wellformed else Refusal(404, "Not Found"))
        values, files = await _form(request)
        fault = next((f for f in self.faults if f.method in {"*", method} and f.times > 0), None)
        if fault is not None:
            fault.times -= 1
            return await self._fail(request, fault, method, values, files)
        try:
            result = await self._perform(method, values, files)
        except Refusal as refusal:
            return _refusal(refusal)
        if method in _REACHES_CUSTOMER:
            await asyncio.sleep(self.slowness())
        return web.json_response({"ok": True, "result": result})

    async def _perform(self, method: str, values: Mapping[str, str], files: Mapping[str, Upload]) -> Any:
        if method not in METHODS and method not in _RECEIVING:
            raise Refusal(404, "Not Found")
        if self.spec and (problems := self.spec.request_problems(method, values, list(files))):
            self.violations += problems
            raise Refusal(400, "Bad Request: " + "; ".join(problems))
        result = await self._answer(method, values, files)
        if self.spec:
            self.violations += self.spec.answer_problems(method, result)
        self.calls.append(Call(method=method, values=values, files=files, result=result))
        async with self._changed:
            self._changed.notify_all()
        return result

    async def _fail(
        self,
        request: web.Request,
        fault: Fault,
        method: str,
        values: Mapping[str, str],
        files: Mapping[str, Upload],
    ) -> web.StreamResponse:
        if fault.hang or fault.reset:
            if fault.act:
                await self._perform(method, values, files)
            if fault.hang:
                await self._hanging.wait()
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if fault.body is not None:
            return web.Response(status=fault.status, body=fault.body, content_type="text/html")
        more = {"retry_after": fault.retry_after} if fault.retry_after is not None else {}
        return _refusal(Refusal(fault.status, fault.description or WORDS[fault.status], **more))

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _refusal(Refusal(404, "Not Found"))
        fault = next((f for f in self.faults if f.method == "download" and f.times > 0), None)
        if fault is not None:
            fault.times -= 1
            return web.Response(status=fault.status)
        path = request.match_info["path"]
        file = next((file for file in self.world.files.values() if file.path == path), None)
        return web.Response(body=file.content) if file else _refusal(Refusal(404, "Not Found"))

    # -- receiving

    async def _answer(self, method: str, values: Mapping[str, str], files: Mapping[str, Upload]) -> Any:
        match method:
            case "getMe":
                return self.bot | {"can_join_groups": True, "can_read_all_group_messages": False}
            case "getUpdates":
                return await self._get_updates(values)
            case "setWebhook":
                if not values["url"].startswith(("https://", "http://127.0.0.1")):
                    raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
                allowed = json.loads(values.get("allowed_updates", "null"))
                self.updates.register(values["url"], values.get("secret_token", ""), allowed)
                return True
            case "deleteWebhook":
                self.updates.unregister(drop_pending=values.get("drop_pending_updates") == "true")
                return True
            case "getWebhookInfo":
                return self.updates.info()
            case "getFile":
                return get_file(self.world, values, self.download_limit)
            case _:
                return METHODS[method](self.world, values, files)

    async def _get_updates(self, values: Mapping[str, str]) -> list[Json]:
        if self.updates.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise Refusal(409, f"Conflict: {words}")
        allowed = json.loads(values.get("allowed_updates", "null"))
        offset, limit = int(values.get("offset", 0)), int(values.get("limit", 100))
        found = await self.updates.poll(offset, limit, float(values.get("timeout", 0)), allowed)
        if found is None:
            raise Refusal(409, WORDS[409])
        return found

    # -- updates

    def _emit(self, kind: str, payload: Json) -> Json:
        update = self.updates.add(kind, payload)
        if self.spec:
            self.violations += self.spec.type_problems("Update", update)
        return update

    async def _webhook_reply(self, body: bytes) -> None:
        """Perform the method a webhook answered with.

        https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        try:
            reply = json.loads(body)
        except ValueError:
            return
        if isinstance(reply, dict) and "method" in reply:
            values = {key: value if isinstance(value, str) else json.dumps(value) for key, value in reply.items()}
            await self._perform(values.pop("method"), values, {})

    async def _until(self, predicate: Callable[[], bool], within: float) -> None:
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(predicate), within)

    async def _control(self, request: web.Request) -> web.Response:
        action = _CONTROL.get(request.match_info["action"])
        if action is None:
            return web.json_response({"error": f"one of {', '.join(_CONTROL)}"}, status=404)
        arguments = await request.json() if request.can_read_body else {}
        return web.json_response(action(self, **arguments))


_RECEIVING = {"getMe", "getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "getFile"}
_REACHES_CUSTOMER = {"sendMessage", "sendMediaGroup", *(f"send{kind.title()}" for kind in FILE_KINDS)}


def _says(tg: FakeTelegram, text: str, name: str = "Anna Example", user_id: int | None = None) -> Json:
    user = tg.world.users.get(user_id or 0) or tg.world.person(name, user_id=user_id)
    return tg.world.says(text, user=user)


_CONTROL: Mapping[str, Callable[..., Any]] = {
    "says": _says,
    "update": lambda tg, kind, payload: tg._emit(kind, payload),
    "sent": lambda tg: [{"method": c.method, "values": c.values, "files": [*c.files]} for c in tg.sent],
    "calls": lambda tg: [{"method": c.method, "values": c.values} for c in tg.calls],
    "fail": lambda tg, **fault: tg.fail(**fault),
    "pending": lambda tg: tg.updates.info()["pending_update_count"],
    "violations": lambda tg: tg.violations,
}
"""POST /control/<name> with a JSON object of arguments; answers JSON."""


def _machine_clock() -> int:
    import time

    return int(time.time())  # noqa: TID251 - the provider's clock is not the hub's


def _refusal(refusal: Refusal) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    body |= {"parameters": refusal.parameters} if refusal.parameters else {}
    return web.json_response(body, status=refusal.code)


async def _form(request: web.Request) -> tuple[dict[str, str], dict[str, Upload]]:
    values, files = dict(request.query), {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = str(value)
    return values, files


async def main(port: int, token: str) -> None:
    """Run until interrupted."""
    async with FakeTelegram(token=token, port=port) as tg:
        print(f"fake Bot API at {tg.url}", flush=True)  # noqa: T201 - a command's own words
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A fake Telegram Bot API server on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    options = parser.parse_args()
    asyncio.run(main(options.port, options.token))
