"""RTCBot's two objects, as far as its programs need them to talk to others, over aiortc.

Written from RTCBot's documented behaviour, for the tests: what a program of RTCBot's puts on the
wire, these put there too. Everything runs on one asyncio loop.
"""

import asyncio
import inspect
import json

import aiohttp
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError
from av import VideoFrame


def parsed(text):
    """A message of the wire: JSON as it reads, anything else as the raw string."""
    try:
        return json.loads(text)
    except ValueError:
        return text


class Subscriptions:
    """Callbacks, each of which gets everything, and queues for those who rather wait."""

    def __init__(self, newest_only=False):
        self._newest_only = newest_only
        self._callbacks = []
        self._queues = []

    def subscribe(self, callback=None):
        if callback is not None:
            self._callbacks.append(callback)
            return callback
        queue = asyncio.Queue()
        self._queues.append(queue)
        return queue

    def unsubscribe(self, subscription):
        for known in (self._callbacks, self._queues):
            if subscription in known:
                known.remove(subscription)

    def publish(self, item):
        for queue in self._queues:
            while self._newest_only and not queue.empty():
                queue.get_nowait()
            queue.put_nowait(item)
        for callback in list(self._callbacks):
            result = callback(item)
            if inspect.isawaitable(result):
                asyncio.ensure_future(result)


class SubscribedVideo(VideoStreamTrack):
    """Sends the pictures (rows of BGR pixels) of anything that has get()."""

    def __init__(self, subscription):
        super().__init__()
        self._subscription = subscription

    async def recv(self):
        pts, time_base = await self.next_timestamp()
        frame = VideoFrame.from_ndarray(await self._subscription.get(), format="bgr24")
        frame.pts, frame.time_base = pts, time_base
        return frame


class Video:
    """Pictures to and from the other side; of those that come only the newest is kept."""

    def __init__(self, peer):
        self._peer = peer
        self._wanted = 0
        self._subscriptions = Subscriptions(newest_only=True)

    def subscribe(self, callback=None):
        self._wanted = max(self._wanted, 1)
        return self._subscriptions.subscribe(callback)

    def unsubscribe(self, subscription):
        self._subscriptions.unsubscribe(subscription)

    def putSubscription(self, subscription):
        self.addTrack(SubscribedVideo(subscription))

    def addTrack(self, track):
        self._peer.addTrack(track)

    def offerToReceive(self, number=1):
        self._wanted = number

    def prepare_offer(self):
        receiving = [t for t in self._peer.getTransceivers() if t.kind == "video"]
        for _ in range(self._wanted - len(receiving)):
            self._peer.addTransceiver("video", direction="recvonly")

    async def receive(self, track):
        try:
            while True:
                frame = await track.recv()
                self._subscriptions.publish(frame.to_ndarray(format="bgr24"))
        except MediaStreamError:
            pass  # the track has ended


class RTCConnection:
    """One connection with another peer, used once: the data channel named default, and video."""

    def __init__(self, defaultChannelOrdered=True, rtcConfiguration=None):
        self._ordered = defaultChannelOrdered
        self._peer = RTCPeerConnection(rtcConfiguration or RTCConfiguration(iceServers=[]))
        self._peer.on("datachannel", self._on_channel)
        self._peer.on("track", self._on_track)
        self._peer.on("connectionstatechange", self._on_state)
        self._offered = False
        self._channel = None
        self._waiting = []
        self._subscriptions = Subscriptions()
        self._inbox = None
        self._closing = []
        self.ready = False
        self.closed = False
        self.video = Video(self._peer)

    async def getLocalDescription(self, offer=None):
        """An offer; or the answer to this one, or to what setRemoteDescription was given.

        Never trickles: aiortc returns when all candidates are gathered.
        """
        if offer is not None:
            await self.setRemoteDescription(offer)
        if not self._offered:
            self._use(self._peer.createDataChannel("default", ordered=self._ordered))
            self.video.prepare_offer()
            description = await self._peer.createOffer()
        else:
            description = await self._peer.createAnswer()
        await self._peer.setLocalDescription(description)
        local = self._peer.localDescription
        return {"type": local.type, "sdp": local.sdp}

    async def setRemoteDescription(self, description):
        self._offered = True
        await self._peer.setRemoteDescription(
            RTCSessionDescription(type=description["type"], sdp=description["sdp"])
        )

    def put_nowait(self, message):
        """Sends it, as soon as the channel is open."""
        if self._channel is not None and self._channel.readyState == "open":
            self._channel.send(json.dumps(message))
        else:
            self._waiting.append(message)

    send = put_nowait

    def subscribe(self, callback=None):
        return self._subscriptions.subscribe(callback)

    def unsubscribe(self, subscription):
        self._subscriptions.unsubscribe(subscription)

    async def get(self):
        if self._inbox is None:
            self._inbox = self.subscribe()
        return await self._inbox.get()

    def onClose(self, callback):
        self._closing.append(callback)
        return callback

    async def close(self):
        await self._peer.close()
        self._ended()

    def _on_channel(self, channel):
        if channel.label == "default":
            self._use(channel)

    def _use(self, channel):
        self._channel = channel
        channel.on("message", lambda text: self._subscriptions.publish(parsed(text)))
        channel.on("close", self._ended)
        channel.on("open", self._opened)
        if channel.readyState == "open":
            self._opened()

    def _opened(self):
        self.ready = True
        while self._waiting:
            self.put_nowait(self._waiting.pop(0))

    def _on_track(self, track):
        if track.kind == "video":
            asyncio.ensure_future(self.video.receive(track))

    async def _on_state(self):
        if self._peer.connectionState in ("failed", "closed"):
            await self.close()

    def _ended(self):
        if not self.closed:
            self.closed = True
            for callback in self._closing:
                callback()


class Websocket:
    """A WebSocket that takes http and https addresses too; what comes is parsed as JSON."""

    def __init__(self, url):
        self._outbox = asyncio.Queue()
        self._inbox = asyncio.Queue()
        self._ready = asyncio.Event()
        self._running = asyncio.ensure_future(self._run(url))

    async def opened(self):
        """Waits until it is open; raises what was in the way."""
        ready = asyncio.ensure_future(self._ready.wait())
        await asyncio.wait((ready, self._running), return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            ready.cancel()
            await self._running

    async def get(self):
        """The next message; None once the socket is closed."""
        return await self._inbox.get()

    def put_nowait(self, message):
        self._outbox.put_nowait(json.dumps(message))

    async def closed(self):
        """Waits for the end; raises what ended it when that was no close."""
        await self._running

    async def close(self):
        self._outbox.put_nowait(None)
        await self._running

    async def _run(self, url):
        try:
            async with aiohttp.ClientSession() as session:
                async with session.ws_connect(url) as socket:
                    self._ready.set()
                    sending = asyncio.ensure_future(self._send(socket))
                    try:
                        async for message in socket:
                            if message.type == aiohttp.WSMsgType.TEXT:
                                self._inbox.put_nowait(parsed(message.data))
                    finally:
                        sending.cancel()
                    if socket.close_code not in (None, 1000):
                        print("Socket closed with", socket.close_code, flush=True)
        finally:
            self._inbox.put_nowait(None)

    async def _send(self, socket):
        while True:
            text = await self._outbox.get()
            if text is None:
                await socket.close()
                return
            await socket.send_str(text)
