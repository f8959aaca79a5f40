#!/usr/bin/python3
"""A robot as RTCBot's users write it for 4G: it meets its operators at a signaling server."""

import argparse
import asyncio

import aiohttp
from behaviour import add_options, answer, until_ended
from rtcpeer import Websocket


async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url", help="such as http://localhost:8080/rtcbot/myRobot")
    options.add_argument(
        "--hang-up", action="store_true", help="close the socket itself after the answer"
    )
    options.add_argument("--mute", action="store_true", help="never answer an offer")
    options.add_argument("--answer", help="send this text instead of answers")
    add_options(options)
    await until_ended(serve(options.parse_args()))


async def serve(options):
    while True:
        try:
            await meet(options)
        except aiohttp.WSServerHandshakeError as refusal:
            print("Refused with", refusal.status, flush=True)
            await asyncio.sleep(0.5)
        except OSError:
            await asyncio.sleep(0.2)  # the server is away


async def meet(options):
    """One socket: one offer, one answer."""
    socket = Websocket(options.url)
    await socket.opened()
    print("Waiting for an offer", flush=True)
    offer = await socket.get()
    if offer is not None:
        print("Got an offer", flush=True)
        if options.answer:
            socket.put_nowait(options.answer)
        elif not options.mute:
            socket.put_nowait(await answer(offer, options))
            print("Answered", flush=True)
        if options.hang_up:
            await socket.close()
    await socket.closed()


asyncio.run(main())
