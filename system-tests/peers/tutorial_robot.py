#!/usr/bin/python3
"""A robot as RTCBot's tutorial begins: its own web server, which answers POST /connect.

The page may come from anywhere: a file, or another server.
"""

import argparse
import asyncio

from aiohttp import web
from behaviour import add_options, answer, until_ended


async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=8080)
    add_options(options)
    await until_ended(serve(options.parse_args()))


async def serve(options):
    async def connect(request):
        return web.json_response(await answer(await request.json(), options))

    app = web.Application(middlewares=[from_anywhere])
    app.router.add_post("/connect", connect)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", options.port)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]
        print("Listens on http://localhost:%d" % port, flush=True)
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


@web.middleware
async def from_anywhere(request, handler):
    """Pages of other origins may connect, too."""
    response = await handler(request)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


asyncio.run(main())
