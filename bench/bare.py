"""The ceiling of `bench.ack`: a bare aiohttp handler that reads the body, answers 200 and stores nothing."""

import sys

from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    """Read and answer."""
    await request.read()
    return web.Response()


def main() -> None:
    """Serve on the port given as the only argument."""
    app = web.Application()
    app.router.add_post("/webhooks/{key}", handle)
    port = int(sys.argv[1])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=lambda *_: print("ready", flush=True))


if __name__ == "__main__":
    main()
