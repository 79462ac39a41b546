"""What surrounds the API: the ledger and raw events, health, figures, the screens, headers, unexpected failures."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openapi_spec_validator import OpenAPIV31SpecValidator

from hub import __version__
from hub.api.schema import document_text
from hub.api.screens import Screens
from hub.api.security import add_security_headers
from hub.domain.user import Action, Role
from hub.runtime.desk import Desk
from tests.api.workspace import Workspace, fresh
from tests.scripted import says


async def test_what_could_not_be_read_is_in_the_ledger_one_click_from_its_bytes(either: Workspace) -> None:
    await either.hears(says("Hello"))
    await either.hears(body=b"gibberish")
    await either.hears(body=b"\xff\xfe")
    manager = await either.person(Role.manager)
    (line,) = await manager.get("/ledger?days=7")
    assert (line["received"], line["stored"], line["shown"], line["unparsed"]) == (3, 3, 1, 2)
    page = await manager.get(f"/raw-events?state=unparsed&channel={either.channel.id}")
    assert [row["error"] for row in page["items"]] == ["The script has no such line."] * 2
    binary, text = [await manager.get(f"/raw-events/{row['seq']}") for row in page["items"]]
    assert (text["body_text"], text["body_base64"], text["size"]) == ("gibberish", None, 9)
    assert (binary["body_text"], binary["body_base64"]) == (None, "//4=")
    assert (await manager.call("GET", "/api/v1/raw-events/4711"))[0] == 404


async def test_after_a_fix_events_are_read_again(either: Workspace) -> None:
    await either.hears(body=b"new kind")
    either.script.meanings[b"new kind"] = [says("now we know")]
    manager = await either.person(Role.manager)
    assert await manager.post("/raw-events/replay", {"channel_id": str(either.channel.id)}) == (200, {"count": 1})
    while await either.worker.drain():
        pass
    (row,) = await either.rows()
    (entry,) = (await manager.get(f"/conversations/{row.id}/interactions"))["items"]
    raw = await manager.get(f"/interactions/{entry['id']}/raw")
    assert (raw["body_text"], raw["interactions"]) == ("new kind", [entry["id"]])


async def test_the_self_check_tells_what_to_look_at(either: Workspace) -> None:
    admin = await either.person(Role.admin)
    overview = await admin.get("/overview")
    assert (overview["version"], overview["node"], overview["problems"]) == ("1.2.3", "test", [])
    assert [c["name"] for c in overview["channels"]] == ["Paper"]


async def test_a_full_disk_and_a_late_journal_are_problems_in_words(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, disk=lambda: (10**9, 10**6)) as hub:
        await hub.late(b"unread")
        hub.clock.forward(minutes=5)
        overview = await (await hub.person(Role.admin)).get("/overview")
    late, full = overview["problems"]
    assert "waited for more than a minute" in late
    assert full == "Only 1 MB of disk space are left. Free some before the hub stops."
    assert overview["journal"]["lag"] == 300.0


async def test_health_and_figures(either: Workspace) -> None:
    client = await either.anonymous()
    assert (await client.call("GET", "/healthz")) == (200, b"alive\n")
    assert (await client.call("GET", "/readyz")) == (200, b"ready\n")
    await client.call("GET", "/api/v1/session")
    status, body = await client.call("GET", "/metrics")
    assert status == 200
    assert b'hub_http_request_seconds_count{method="GET",route="/api/v1/session",status="401"} 1.0' in body


async def test_a_database_that_is_gone_is_said_in_words(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path) as hub:
        client = await hub.program(*Action)
        await hub.break_database(tmp_path)
        status, body = await client.call("GET", "/readyz")
        assert (status, body.startswith(b"not ready: The database")) == (503, True)
        status, problem = await client.post("/contacts", {"id": fresh(), "name": "Ann"})
        assert (status, problem["type"]) == (503, "/problems/unavailable")
        assert problem["detail"].startswith("The database")


class BrokenDesk(Desk):
    """A desk with a bug."""

    async def check(self, *_: Any) -> str:
        raise RuntimeError("hunter2 in line 7")


async def test_an_unexpected_failure_tells_a_number_and_nothing_else(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing: Any = None
    desk = BrokenDesk(storage=nothing, registry=nothing, accounts=nothing, tools=nothing)
    async with Workspace.open(sqlite_url, tmp_path, desk=desk) as hub:
        admin = await hub.person(Role.admin)
        answer, body = await admin.full("POST", f"/api/v1/channels/{hub.channel.id}/check")
    assert (answer.status, body["type"]) == (500, "/problems/internal")
    assert body["request_id"] in body["detail"]
    assert answer.headers["X-Request-ID"] == body["request_id"]
    assert "hunter2" not in str(body)
    logged = capsys.readouterr().out
    assert "hunter2 in line 7" in logged
    assert body["request_id"] in logged


async def test_what_is_not_there_is_a_problem_too(hub: Workspace) -> None:
    client = await hub.person()
    status, body = await client.call("GET", "/api/v1/nowhere")
    assert (status, body["type"]) == (404, "/problems/not-found")
    answer, body = await client.full("PUT", "/api/v1/contacts")
    assert (answer.status, body["type"]) == (405, "/problems/method-not-allowed")
    assert set(answer.headers["Allow"].split(",")) == {"GET", "HEAD", "POST"}


async def test_every_answer_carries_the_security_headers(hub: Workspace) -> None:
    client = await hub.anonymous()
    for path in ("/healthz", "/api/v1/session", "/api/v1/nowhere", "/nowhere.js"):
        answer, _ = await client.full("GET", path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"]
        assert answer.headers["Server"] == "hub"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy


async def test_answers_about_customers_are_kept_by_no_cache(hub: Workspace) -> None:
    answer, _ = await (await hub.person()).full("GET", "/api/v1/conversations")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Hub</title>")
    (folder / "assets" / "main-1a2b.js").write_text("console.log(1)")
    (folder / "assets" / "main-1a2b.js.gz").write_bytes(gzip.compress(b"console.log(1)"))
    (folder / ".env").write_text("secret")
    (tmp_path / "outside.txt").write_text("secret")
    return folder


async def test_the_screens_are_served_with_one_page_for_every_route(
    sqlite_url: str, tmp_path: Path, built: Path
) -> None:
    async with Workspace.open(sqlite_url, tmp_path, screens=built) as hub:
        client = await hub.anonymous()
        for path in ("/", "/inbox/all", "/contacts/7", "/index.html"):
            answer, body = await client.full("GET", path)
            assert (answer.status, answer.content_type, b"<title>Hub" in body) == (200, "text/html", True)
            assert answer.headers["Cache-Control"] == "no-cache"
        answer, body = await client.full("GET", "/assets/main-1a2b.js", headers={"Accept-Encoding": "gzip"})
        assert (answer.headers["Content-Encoding"], body) == ("gzip", b"console.log(1)")
        assert (answer.content_type, answer.headers["Cache-Control"]) == (
            "text/javascript",
            "public, max-age=31536000, immutable",
        )


async def test_the_page_may_reach_the_browser_phones_and_nothing_else(built: Path) -> None:
    app, hosts = web.Application(), ["wss://pbx.example.com:8089", "wss://*.twilio.com"]
    add_security_headers(app, secure=True)
    Screens(built, lambda: hosts).add_to(app)
    async with TestClient(TestServer(app)) as client:
        for path in ("/", "/index.html", "/calls/list"):
            policy = (await client.get(path)).headers["Content-Security-Policy"]
            assert policy.endswith("connect-src 'self' wss://*.twilio.com wss://pbx.example.com:8089")
        hosts.clear()
        assert (await client.get("/")).headers["Content-Security-Policy"].endswith("connect-src 'self'")


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/.env", "/../outside.txt", "/%2e%2e/outside.txt", "/assets/..%2f..%2foutside.txt"]
)
async def test_nothing_else_is_served(sqlite_url: str, tmp_path: Path, built: Path, path: str) -> None:
    async with Workspace.open(sqlite_url, tmp_path, screens=built) as hub:
        client = await hub.anonymous()
        _, body = await client.call("GET", path)
        assert b"secret" not in (body or b"")


async def test_without_screens_a_page_says_what_to_do(sqlite_url: str, tmp_path: Path) -> None:
    async with Workspace.open(sqlite_url, tmp_path, screens=tmp_path / "missing") as hub:
        status, body = await (await hub.anonymous()).call("GET", "/")
    assert (status, b"make run" in body) == (503, True)


async def test_the_document_is_served_valid_and_the_one_that_is_printed(hub: Workspace) -> None:
    served = await (await hub.anonymous()).get("/openapi.json")
    assert [error.message for error in OpenAPIV31SpecValidator(served).iter_errors()] == []
    assert served["openapi"] == "3.1.0"
    assert {"ServerFrame", "ClientFrame", "ConversationRowPage"} <= served["components"]["schemas"].keys()
    assert f'"version": "{__version__}"'.encode() in document_text()


async def test_every_operation_is_described(hub: Workspace) -> None:
    served = await (await hub.anonymous()).get("/openapi.json")
    operations = [operation for path in served["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    assert all(operation["summary"] and operation["tags"] for operation in operations)
