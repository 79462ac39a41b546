"""A bot outside the hub, in Python without any package: it is told by a signed webhook and answers with actions.

    HUB_BOT_SECRET=hubbot_… python3 bot.py 9000

What the hub tells it and which actions there are: ../../bots-outside.md
"""

import hmac
import json
import os
import sys
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = os.environ["HUB_BOT_SECRET"].encode()
OLDEST = 300  # seconds: an older copy of a request is refused


def is_from_the_hub(header: str, body: bytes) -> bool:
    """Check `X-Hub-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`."""
    try:
        parts = dict(part.split("=", 1) for part in header.split(","))
        moment = int(parts["t"])
    except (ValueError, KeyError):
        return False
    right = hmac.new(SECRET, f"{moment}.".encode() + body, sha256).hexdigest()
    return hmac.compare_digest(right, parts.get("v1", "")) and abs(time.time() - moment) < OLDEST


def decide(event: dict) -> list:
    """Say what the hub shall do."""
    if event["event"] != "message" or not event["message"]:
        return [{"type": "hand_over"}]
    said = event["message"]["text"].strip().lower()
    if said in {"1", "opening hours"}:
        return [{"type": "reply", "text": "We are open from 9:00 to 17:00, Monday to Friday."}]
    if said in {"2", "a person"}:
        return [
            {"type": "reply", "text": "A colleague writes to you in a moment."},
            {"type": "add_tag", "tag": "asked for a person"},
            {"type": "hand_over", "words": "Asked for a person."},
        ]
    name = event["contact"]["name"] if event["contact"] else ""
    greeting = f"Hello {name}! What can I do for you?".replace("  ", " ")
    return [{"type": "reply", "text": greeting, "choices": ["Opening hours", "A person"]}]


class Bot(BaseHTTPRequestHandler):
    """Takes events at any path."""

    def do_POST(self) -> None:
        """Answer one event. A status of 200 acknowledges it; any other makes the hub tell it again."""
        body = self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 1_000_000))
        if not is_from_the_hub(self.headers.get("X-Hub-Signature", ""), body):
            self.answer(403, {})
            return
        self.answer(200, {"actions": decide(json.loads(body))})

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
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9000), Bot)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/\n")
    sys.stdout.flush()
    server.serve_forever()
