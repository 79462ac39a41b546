"""The widget's script and the demo page as browsers get them."""

from tests.webhooks.visiting import Visiting


def built(hub: Visiting, script: bytes = b"/* widget */") -> None:
    """Pretend that the widget was built."""
    hub.static.mkdir(exist_ok=True)
    (hub.static / "widget.js").write_bytes(script)
    page = "<body data-state='<!-- state -->'><nav><!-- chats --></nav><!-- widget --></body>"
    (hub.static / "demo.html").write_text(page)
    (hub.static / "demo.css").write_text("body{}")


async def test_the_script_is_packed_cached_and_asked_for_again_by_its_tag(small_hub: Visiting) -> None:
    built(small_hub)
    async with small_hub.browser() as visitor:
        async with visitor.http.get("widget.js") as first:
            assert (first.status, await first.text()) == (200, "/* widget */")
            assert first.headers["Content-Encoding"] == "gzip"
            assert first.headers["Content-Type"] == "text/javascript; charset=utf-8"
            assert "max-age" in first.headers["Cache-Control"]
            assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        async with visitor.http.get("widget.js", headers={"If-None-Match": first.headers["ETag"]}) as again:
            assert again.status == 304
        built(small_hub, b"/* a new build */")
        async with visitor.http.get("widget.js", headers={"If-None-Match": first.headers["ETag"]}) as newer:
            assert (newer.status, await newer.text()) == (200, "/* a new build */")


async def test_a_missing_build_says_what_to_do(small_hub: Visiting) -> None:
    async with small_hub.browser() as visitor, visitor.http.get("widget.js") as answer:
        assert answer.status == 503
        assert "npm run build" in (await answer.json())["detail"]


async def test_the_demo_page_embeds_the_first_chat_under_the_strictest_policy(small_hub: Visiting) -> None:
    built(small_hub)
    async with small_hub.browser() as visitor:
        async with visitor.http.get("/demo/widget") as answer:
            page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
            assert "Access-Control-Allow-Origin" not in answer.headers
        async with visitor.http.get("/demo/widget/demo.css") as style:
            assert style.status == 200
        async with visitor.http.get("/demo/widget/widget.js") as other:
            assert other.status == 404
    assert f'<script async src="/webchat/{small_hub.channels[0].webhook_key}/widget.js"></script>' in page
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")


async def test_the_demo_page_has_another_chat_for_who_chooses_it(small_hub: Visiting) -> None:
    built(small_hub)
    first, second = small_hub.channels
    async with small_hub.browser() as visitor:
        async with visitor.http.get("/demo/widget", params={"chat": second.webhook_key}) as answer:
            page = await answer.text()
        async with visitor.http.get("/demo/widget", params={"chat": '"><script>alert(1)</script>'}) as answer:
            unknown = await answer.text()
    assert f'src="/webchat/{second.webhook_key}/widget.js"' in page
    assert f'<a href="?chat={first.webhook_key}">{first.name}</a>' in page
    assert f'<a href="?chat={second.webhook_key}" aria-current="true">{second.name}</a>' in page
    assert f'src="/webchat/{first.webhook_key}/widget.js"' in unknown
    assert "alert" not in unknown


async def test_the_hubs_own_page_may_use_a_chat_that_no_website_may(small_hub: Visiting) -> None:
    own = str(small_hub.server.make_url("")).rstrip("/")
    async with small_hub.browser(Origin=own) as visitor:
        assert (await visitor.hello())["online"] is True
