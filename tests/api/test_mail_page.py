"""A mail's HTML in its sandbox: no script, no tracking, its own pictures in place."""

import pytest

from hub.api.mail_page import mail_page
from hub.contract import InboundAttachment
from tests.api.workspace import Workspace, fresh
from tests.scripted import says

LOGO = {"logo@1": "/api/v1/attachments/7"}


@pytest.mark.parametrize(
    ("html", "images", "shown"),
    [
        ('<img src="cid:logo@1" alt="L">', False, '<img src="/api/v1/attachments/7" alt="L">'),
        ('<img alt="L" src="CID:logo%401"/>', True, '<img alt="L" src="/api/v1/attachments/7"/>'),
        ('<img src="cid:other" alt="L">', True, '<img alt="L">'),
        ('<img src="https://x.example/p.gif" alt="L">', False, '<img alt="L">'),
        ('<img src="https://x.example/p.gif">', True, '<img src="https://x.example/p.gif">'),
        ('<img srcset="https://x.example/ 2x" src="data:image/png;base64,AA==">', True, 'src="data:image/png;base64'),
        ('<img title="a > b" src="https://x.example/p.gif">', False, '<img title="a > b">'),
        ('<p>src="https://x.example/"</p>', False, '<p>src="https://x.example/"</p>'),
        ('<a href="https://x.example/">x</a>', False, '<a href="https://x.example/">x</a>'),
    ],
)  # fmt: skip
def test_pictures(html: str, images: bool, shown: str) -> None:
    page = mail_page(html, LOGO, images=images)
    assert shown in page
    assert "srcset" not in page


HTML = '<p>Hi <img src="cid:logo@1"><img src="https://track.example/p.gif"></p>'


async def test_the_page_is_sandboxed_and_loads_nothing_from_elsewhere_until_asked(either: Workspace) -> None:
    logo = InboundAttachment(name="l.png", media_type="image/png", content=b"\x89PNG\r\n\x1a\n", content_id="logo@1")
    await either.hears(says("Hi", html=HTML, attachments=(logo,)))
    (row,) = await either.rows()
    client = await either.person()
    (entry,) = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    path = f"/api/v1/interactions/{entry['id']}/html"
    answer, page = await client.full("GET", path)
    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status, answer.content_type, entry["has_html"]) == (200, "text/html", True)
    assert f'src="/api/v1/attachments/{entry["attachments"][0]["id"]}"' in page.decode()
    assert b"track.example" not in page
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "img-src 'self' data:;" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    answer, page = await client.full("GET", f"{path}?images=1")
    assert b"https://track.example/p.gif" in page
    assert "img-src 'self' data: https:;" in answer.headers["Content-Security-Policy"]


async def test_a_message_without_html_and_one_that_is_not_there(hub: Workspace) -> None:
    await hub.hears(says("plain"))
    (row,) = await hub.rows()
    client = await hub.person()
    (entry,) = (await client.get(f"/conversations/{row.id}/interactions"))["items"]
    for interaction in (entry["id"], fresh()):
        assert (await client.call("GET", f"/api/v1/interactions/{interaction}/html"))[0] == 404
