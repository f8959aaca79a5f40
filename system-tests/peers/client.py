#!/usr/bin/python3
"""An operator as RTCBot's users write it: POSTs a complete offer, then talks and watches."""

import argparse
import asyncio
import json
import sys

import aiohttp
from behaviour import connections, until_ended
from pictures import Spectator
from rtcpeer import RTCConnection, parsed


async def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("url", help="such as http://localhost:8080/connect")
    options.add_argument("--say", action="append", default=[], help="a message: JSON, or text")
    options.add_argument("--bulk", type=int, default=0, help="then a message of so many bytes")
    options.add_argument("--blind", action="store_true", help="don't ask for video")
    await until_ended(operate(options.parse_args()))


async def operate(options):
    connection = RTCConnection()
    connections.add(connection)
    closed = asyncio.Event()
    connection.onClose(closed.set)
    connection.subscribe(lambda message: print("Got message:", message, flush=True))
    if not options.blind:
        connection.video.subscribe(Spectator().watch)
    for message in options.say:
        connection.put_nowait(parsed(message))

    async with aiohttp.ClientSession() as session:
        offer = await connection.getLocalDescription()
        async with session.post(options.url, json=offer) as response:
            if response.status != 200:
                sys.exit("Refused with %d: %s" % (response.status, await response.text()))
            answer = json.loads(await response.text())
    await connection.setRemoteDescription(answer)
    print("Connected", flush=True)
    if options.bulk:
        connection.put_nowait("x" * (options.bulk - len('""')))
    await closed.wait()
    print("Connection closed", flush=True)


asyncio.run(main())
