r"""Lets a bot written for Chatwoot's agent-bot webhook work with the hub.

    HUB_URL=https://hub.example.com HUB_BOT_TOKEN=hub_… HUB_BOT_SECRET=hubbot_… \
    BOT_URL=http://127.0.0.1:3000/webhook BOT_API_TOKEN=anything python3 adapter.py 9100

The hub posts its events to `/hub`; they go on to BOT_URL as `message_created`. The bot's Chatwoot address becomes this
adapter: `http://127.0.0.1:9100`, its `api_access_token` BOT_API_TOKEN.
"""

import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import translate

HUB = os.environ["HUB_URL"].rstrip("/")
TOKEN = os.environ["HUB_BOT_TOKEN"]
SECRET = os.environ["HUB_BOT_SECRET"].encode()
BOT = os.environ["BOT_URL"]
BOT_TOKEN = os.environ["BOT_API_TOKEN"]
IDS = translate.Ids()
CONVERSATION_OF: dict = {}
OLDEST = 300
LARGEST = 1_000_000


def post(url: str, body: dict, headers: dict) -> tuple:
    """POST JSON; return the status and the JSON answered, if any."""
    request = urllib.request.Request(  # noqa: S310 - the operator's own addresses
        url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            content, status = answer.read(LARGEST), answer.status
    except urllib.error.HTTPError as error:
        content, status = error.read(LARGEST), error.code
    try:
        return status, json.loads(content or b"{}")
    except ValueError:
        return status, {}


def is_from_the_hub(header: str, body: bytes) -> bool:
    """Check `X-Hub-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""
    try:
        parts = dict(part.split("=", 1) for part in header.split(","))
        moment = int(parts["t"])
    except (ValueError, KeyError):
        return False
    right = hmac.new(SECRET, f"{moment}.".encode() + body, sha256).hexdigest()
    return hmac.compare_digest(right, parts.get("v1", "")) and abs(time.time() - moment) < OLDEST


class Adapter(BaseHTTPRequestHandler):
    """`/hub` for the hub, everything else as Chatwoot's API for the bot."""

    def do_POST(self) -> None:
        """Take an event of the hub, or a call of the bot."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST))
        if self.path == "/hub":
            self.from_hub(body)
        else:
            self.from_bot("POST", body)

    def do_PUT(self) -> None:
        """Take a call of the bot."""
        self.from_bot("PUT", self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LARGEST)))

    def from_hub(self, body: bytes) -> None:
        """Tell the bot; its acknowledgement is the hub's."""
        if not is_from_the_hub(self.headers.get("X-Hub-Signature", ""), body):
            self.answer(403, {"error": "not signed by the hub"})
            return
        told = json.loads(body)
        if told["contact"]:
            CONVERSATION_OF[told["contact"]["id"]] = told["conversation"]["id"]
        try:
            status, _ = post(BOT, translate.event(told, IDS), {})
        except OSError:
            status = 503
        self.answer(200 if 200 <= status < 300 else status, {})

    def from_bot(self, method: str, body: bytes) -> None:
        """Do what the bot calls, with the hub's calls."""
        if not hmac.compare_digest(self.headers.get("api_access_token", ""), BOT_TOKEN):
            self.answer(401, {"error": "wrong api_access_token"})
            return
        try:
            wanted = json.loads(body or b"{}")
            calls = translate.calls(method, self.path, wanted, IDS, CONVERSATION_OF)
        except (ValueError, translate.NotTranslated) as error:
            self.answer(404, {"error": str(error)})
            return
        number = 0
        for call in calls:
            made = {**call.body, "id": str(uuid.uuid4())} if call.what == "replies" else call.body
            address = f"{HUB}/api/v1/bot/conversations/{call.conversation_id}/{call.what}"
            status, answer = post(address, made, {"Authorization": f"Bearer {TOKEN}"})
            if status >= 300:
                self.answer(status, {"error": answer.get("detail", "")})
                return
            number = IDS.number(made["id"]) if "id" in made else number
        conversation = int(self.path.split("/")[6]) if "/conversations/" in self.path else 0
        self.answer(200, translate.created(wanted, conversation, number))

    def answer(self, status: int, content: dict) -> None:
        """Send JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9100), Adapter)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/hub\n")
    sys.stdout.flush()
    server.serve_forever()
