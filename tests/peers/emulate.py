"""The emulator `emulate` of real providers' APIs, as a process: stateful, and its webhooks are signed as theirs are.

https://www.npmjs.com/package/emulate. The version is pinned: later ones under the same name are another program.
"""

import json
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.peers.npm_env import NODE, environment, node_with
from tests.peers.ports import free_port, listens

VERSION = "0.12.2"
START_WITHIN = 30.0
_RESOLVER = """
import dns from "node:dns";
const real = dns.lookup;
dns.lookup = (name, options, done) => {
  const here = name === "%s" ? "127.0.0.1" : name;
  return typeof options === "function" ? real(here, options) : real(here, options, done);
};
"""


class Emulate:
    """One service of the emulator on a free port, with the accounts of `seed`.

    `public_name` is a host name that the emulator finds on this machine, as a provider would find a hub's public
    name in the network.
    """

    def __init__(self, folder: Path, service: str, seed: Mapping[str, Any], *, public_name: str = "") -> None:
        self._folder = folder
        self._service = service
        self._seed = seed
        self._public_name = public_name
        self._process: subprocess.Popen[bytes] | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        program = node_with("emulate", VERSION) / "dist" / "index.js"
        self._folder.mkdir(parents=True, exist_ok=True)
        seed, resolver, log = (self._folder / name for name in ("seed.json", "resolver.mjs", "emulate.log"))
        seed.write_text(json.dumps({self._service: self._seed}))
        resolver.write_text(_RESOLVER % self._public_name)
        self.port = free_port()
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [
                    *(str(NODE), "--import", resolver.as_uri(), str(program), "start"),
                    *("--service", self._service, "--port", str(self.port), "--seed", str(seed)),
                ],
                cwd=self._folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        end = time.monotonic() + START_WITHIN
        while not listens(self.port):
            assert self._process.poll() is None, f"emulate ended:\n{log.read_text()[-2000:]}"
            assert time.monotonic() < end, f"emulate did not start within {START_WITHIN} s:\n{log.read_text()[-2000:]}"
            time.sleep(0.02)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)


class EmulatedTwilio:
    """What a customer's phone and other programs do at the emulated Twilio."""

    def __init__(self, server: Emulate, account: str, token: str) -> None:
        self.url = server.url
        self.account = account
        self.token = token
        headers = {"Authorization": aiohttp.encode_basic_auth(account, token)}
        self._http = aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=20))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def customer_writes(self, text: str, *, sender: str, to: str) -> str:
        """Let somebody write to a number of ours; return the message's SID."""
        form = {"From": sender, "To": to, "Body": text}
        return str((await self._post("/_twilio/simulate/inbound-message", form))["sid"])

    async def customer_calls(self, *, sender: str, to: str) -> str:
        """Let somebody call a number of ours; return the call's SID. The emulator asks the hub, and runs no TwiML."""
        return str((await self._post("/_twilio/simulate/inbound-call", {"From": sender, "To": to}))["sid"])

    async def call_status(self, sid: str, status: str) -> None:
        """Let the network report where a call is: the number's status callback hears it."""
        await self._post("/_twilio/simulate/call-status", {"CallSid": sid, "Status": status})

    async def calls(self) -> list[dict[str, Any]]:
        """Return the calls of the account, newest first."""
        return list((await self._get("/Calls.json", {}))["calls"])

    async def status(self, sid: str, status: str) -> None:
        """Let the network report what became of a message of ours."""
        await self._post("/_twilio/simulate/message-status", {"MessageSid": sid, "Status": status})

    async def messages(self, **filters: str) -> list[dict[str, Any]]:
        """Return the messages of the account, newest first."""
        return list((await self._get("/Messages.json", filters))["messages"])

    async def files(self, sid: str) -> list[dict[str, Any]]:
        """Return the files of a message."""
        return list((await self._get(f"/Messages/{sid}/Media.json", {}))["media_list"])

    async def number(self, number: str) -> dict[str, Any]:
        """Return the record of a number."""
        found = (await self._get("/IncomingPhoneNumbers.json", {}))["incoming_phone_numbers"]
        return next(record for record in found if record["phone_number"] == number)

    async def set_number(self, number: str, **values: str) -> None:
        """Change the record of a number, as somebody in the console does."""
        record = await self.number(number)
        await self._post(f"{self._base}/IncomingPhoneNumbers/{record['sid']}.json", values)

    async def release(self, number: str) -> None:
        """Give a number back."""
        record = await self.number(number)
        async with self._http.delete(f"{self.url}{self._base}/IncomingPhoneNumbers/{record['sid']}.json") as answer:
            assert answer.status == 204, await answer.text()

    async def service(self, sid: str) -> dict[str, Any]:
        """Return the record of a messaging service."""
        async with self._http.get(f"{self.url}/messaging/v1/Services/{sid}") as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    @property
    def _base(self) -> str:
        return f"/2010-04-01/Accounts/{self.account}"

    async def _get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        async with self._http.get(f"{self.url}{self._base}{path}", params=query) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def _post(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        async with self._http.post(f"{self.url}{path}", data=form) as answer:
            assert answer.status in (200, 201), await answer.text()
            return dict(await answer.json())
