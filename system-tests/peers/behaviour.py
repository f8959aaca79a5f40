"""What both robots do with an operator, and how the programs end."""

import asyncio
import signal

from pictures import Scene, Spectator
from rtcpeer import RTCConnection

connections = set()


def add_options(options):
    options.add_argument("--size", default="320x240", help="of the pictures, or 'none'")
    options.add_argument("--echo", action="store_true", help="send every message back")


async def answer(offer, options):
    """A new connection for this offer: greets, answers pings, shows a scene, watches what comes."""
    connection = RTCConnection()
    connections.add(connection)
    connection.onClose(lambda: ended(connection))

    @connection.subscribe
    def heard(message):
        if options.echo:
            connection.put_nowait(message)
            return
        print("Got message:", message, flush=True)
        if isinstance(message, dict) and message.get("data") == "ping":
            connection.put_nowait({"data": "pong"})

    if not options.echo:
        connection.put_nowait("Hello from Python")
    if options.size != "none":
        width, height = map(int, options.size.split("x"))
        connection.video.putSubscription(Scene(width, height))
    connection.video.subscribe(Spectator().watch)
    return await connection.getLocalDescription(offer)


def ended(connection):
    if connection in connections:
        connections.discard(connection)
        print("Connection closed", flush=True)


async def until_ended(work):
    """Runs it until it is done or a signal comes, and hangs up."""
    running = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        pass
    finally:
        await asyncio.gather(*(connection.close() for connection in list(connections)))
