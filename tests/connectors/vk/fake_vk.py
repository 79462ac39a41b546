"""A fake of VK's API on loopback: real HTTP, the token checked, random ids kept, uploads, polls, faults on demand."""

import json
from typing import Any

from aiohttp import web

from tests.connectors.conformance.kit import WEBHOOK_URL
from tests.peers.faulty_server import FaultyServer

TOKEN = "vk1.a.token-of-the-fake-vk-0123456789"
SECRET = "TheSecretOfTheFakeVk"
GROUP = 218200000
CONFIRMATION = "6f3b2c1d"


class FakeVk(FaultyServer):
    """One community."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, str]] = []
        """Parameters of messages that were taken, each once."""
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.refusals: list[tuple[str, int, str]] = []
        self.inner: list[tuple[int, str]] = []
        """Refusals that stand inside the answer of messages.send, as with peer_ids."""
        self.answers: dict[str, Any] = {
            "groups.getById": {"groups": [{"id": GROUP, "name": "Halden", "screen_name": "halden"}], "profiles": []},
            "groups.getTokenPermissions": {
                "mask": 0,
                "permissions": [{"name": name} for name in ("messages", "photos", "docs", "manage")],
            },
            "groups.getCallbackConfirmationCode": {"code": CONFIRMATION},
            "messages.markAsRead": 1,
            "messages.setActivity": 1,
            "photos.saveMessagesPhoto": [{"id": 457, "owner_id": -GROUP, "access_key": "ak"}],
            "docs.save": {"type": "doc", "doc": {"id": 458, "owner_id": -GROUP}},
        }
        self.servers: list[dict[str, Any]] = []
        self.settings: dict[str, dict[str, Any]] = {}
        """Server id, or `longpoll`, -> which events are on."""
        self.uploads: list[tuple[str, str, bytes]] = []
        """Part, name and content of each file."""
        self.polls: list[dict[str, Any]] = []
        """What the poll server answers, one after another; then it waits."""
        self.polled: list[dict[str, str]] = []
        self._taken: dict[tuple[str, str], int] = {}

    @property
    def url(self) -> str:
        """The base address, as in the setting."""
        return f"{self.origin}/method"

    def refuse(self, method: str, code: int, said: str = "no") -> None:
        """Make the next call of a method fail with VK's own code."""
        self.refusals.append((method, code, said))

    def made(self, method: str) -> list[dict[str, str]]:
        """Return the calls of a method."""
        return [values for name, values in self.calls if name == method]

    def routes(self) -> list[web.RouteDef]:
        """Return what it answers."""
        return [
            web.post("/method/{method}", self._call),
            web.post("/upload/{what}", self._upload),
            web.get("/poll", self._poll),
        ]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        values = {name: str(value) for name, value in (await request.post()).items()}
        if values.pop("access_token", "") != TOKEN:
            return _error(5, f"User authorization failed: invalid access_token {TOKEN}")
        if values.pop("v", "") != "5.199":
            return _error(100, "One of the parameters specified was missing or invalid: v")
        self.calls.append((method, values))
        refused = next((one for one in self.refusals if one[0] == method), None)
        if refused is not None:
            self.refusals.remove(refused)
            return _error(refused[1], refused[2])
        if (fault := await self.faulted(request, f"before {method}")) is not None:
            return fault
        found = self._answer(method, values)
        fault = await self.faulted(request, method)
        return fault or (
            _error(3, "Unknown method passed") if found is None else web.json_response({"response": found})
        )

    def _answer(self, method: str, values: dict[str, str]) -> Any:
        match method:
            case "messages.send":
                return self._send(values)
            case "photos.getMessagesUploadServer":
                return {"upload_url": f"{self.origin}/upload/photo?a=1", "album_id": -3}
            case "docs.getMessagesUploadServer":
                return {"upload_url": f"{self.origin}/upload/file?type={values['type']}"}
            case "groups.getLongPollServer":
                return {"server": f"{self.origin}/poll", "key": f"key{len(self.made(method))}", "ts": "100"}
            case _ if "Callback" in method or "LongPollSettings" in method:
                return self.answers.get(method) or self._configured(method, values)
            case _:
                return self.answers.get(method)

    def _send(self, values: dict[str, str]) -> Any:
        peer = int(values["peer_ids"])
        if self.inner:
            code, said = self.inner.pop(0)
            return [{"peer_id": peer, "message_id": 0, "error": {"code": code, "description": said}}]
        key = values["peer_ids"], values["random_id"]
        if key not in self._taken:
            self.sent.append(values)
            self._taken[key] = 300 + len(self.sent)
        return [{"peer_id": peer, "message_id": 0, "conversation_message_id": self._taken[key]}]

    def _configured(self, method: str, values: dict[str, str]) -> Any:
        ident = values.get("server_id", "longpoll")
        match method:
            case "groups.getCallbackServers":
                return {"count": len(self.servers), "items": self.servers}
            case "groups.addCallbackServer":
                self.servers.append({"id": 7, "status": "ok", **{k: values[k] for k in ("url", "title", "secret_key")}})
                return {"server_id": 7}
            case "groups.editCallbackServer":
                for server in self.servers:
                    server |= {"status": "ok", "secret_key": values["secret_key"]}
                return 1
            case "groups.setCallbackSettings" | "groups.setLongPollSettings":
                self.settings[ident] = {k: int(v) for k, v in values.items() if k.startswith("message_")}
                return 1
            case _:
                on = self.settings.get(ident, {})
                events = {"message_new": 0, "message_reply": 0, "wall_post_new": 0, **on}
                return {"api_version": "5.199", "events": events, "is_enabled": bool(on)}

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        for part, value in (await request.post()).items():
            assert isinstance(value, web.FileField)
            self.uploads.append((part, value.filename, value.file.read()))
        photo = {"server": 12, "photo": "[{}]", "hash": "h"}
        answer = photo if request.match_info["what"] == "photo" else {"file": "f|1"}
        return await self.faulted(request, "upload") or web.json_response(answer)

    async def _poll(self, request: web.Request) -> web.StreamResponse:
        self.polled.append(dict(request.query))
        fault = await self.faulted(request, "poll")
        if fault is not None:
            return fault
        if not self.polls:
            await self._hanging.wait()
        return web.json_response(self.polls.pop(0) if self.polls else {"ts": request.query["ts"], "updates": []})


def _error(code: int, said: str) -> web.Response:
    return web.json_response({"error": {"error_code": code, "error_msg": said, "request_params": []}})


def server_of(**more: Any) -> dict[str, Any]:
    """A Callback server of ours."""
    return {"id": 7, "title": "Hub", "url": WEBHOOK_URL, "secret_key": SECRET, "status": "ok", **more}


def body_of(event: dict[str, Any]) -> bytes:
    """An event as VK writes it."""
    return json.dumps(event, ensure_ascii=False).encode()
