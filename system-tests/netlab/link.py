#!/usr/bin/python3
"""A link between two network namespaces that is slow, lossy or narrow on purpose.

    link.py NAMESPACE:INTERFACE NAMESPACE:INTERFACE

makes both interfaces (TUN devices; addresses and routes are the caller's) and carries packets from
each to the other. Prints "ready" when they are there. A line of JSON on stdin sets what the link is
like from then on, for both directions or for one ("there": from the first to the second, "back"):

    {"delay": 60, "jitter": 20, "loss": 5, "rate": 300, "queue": 400}

delay: ms each way. jitter: ms, the delay of each packet differs by up to so much, evenly; packets
keep their order, as they do on one path. loss: per cent, each packet by itself; 100 is a cut.
rate: kbit/s, 0 for any. queue: ms that a full queue takes to empty at that rate; what would wait
longer is dropped. It answers "set". Ends when stdin ends.
"""

import collections
import fcntl
import json
import os
import random
import select
import struct
import sys
import time

import netns

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
LONGEST_PACKET = 65536
DIRECTIONS = ("there", "back")


def tun(place):
    namespace, interface = place.split(":")
    with netns.inside(namespace):
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        request = struct.pack("16sH", interface.encode(), IFF_TUN | IFF_NO_PI)
        fcntl.ioctl(descriptor, TUNSETIFF, request)
    return descriptor


class Direction:
    """What happens to packets one way. Times are those of time.monotonic."""

    def __init__(self, source, sink):
        self.source, self.sink = source, sink
        self.delay = self.jitter = self.loss = self.rate = 0.0
        self.queue = 0.4
        self.free_at = 0.0  # when the narrow part has sent all that it was given
        self.last_at = 0.0
        self.under_way = collections.deque()

    def set(self, delay=0, jitter=0, loss=0, rate=0, queue=400):
        self.delay, self.jitter, self.queue = delay / 1e3, jitter / 1e3, queue / 1e3
        self.loss, self.rate = loss / 100, rate * 125.0

    def take(self, now):
        while True:
            try:
                packet = os.read(self.source, LONGEST_PACKET)
            except BlockingIOError:
                return
            if random.random() >= self.loss:
                self.send(packet, now)

    def send(self, packet, now):
        leaves_at = now
        if self.rate:
            starts_at = max(now, self.free_at)
            if starts_at - now > self.queue:
                return
            leaves_at = self.free_at = starts_at + len(packet) / self.rate
        arrives_at = leaves_at + max(0.0, self.delay + random.uniform(-self.jitter, self.jitter))
        self.last_at = max(self.last_at, arrives_at)
        self.under_way.append((self.last_at, packet))

    def deliver(self, now):
        while self.under_way and self.under_way[0][0] <= now:
            _, packet = self.under_way.popleft()
            try:
                os.write(self.sink, packet)
            except OSError:
                pass  # the interface is down, or its queue is full: as on any network

    def due(self):
        return self.under_way[0][0] if self.under_way else None


class Link:
    def __init__(self, first, second):
        self.ways = {"there": Direction(first, second), "back": Direction(second, first)}
        self.sources = {way.source: way for way in self.ways.values()}
        self.typed = b""

    def run(self):
        while True:
            due = [at for at in (way.due() for way in self.ways.values()) if at is not None]
            wait = max(0.0, min(due) - time.monotonic()) if due else None
            readable, _, _ = select.select([0, *self.sources], [], [], wait)
            now = time.monotonic()
            for descriptor in readable:
                if descriptor != 0:
                    self.sources[descriptor].take(now)
                elif not self.read():
                    return
            for way in self.ways.values():
                way.deliver(time.monotonic())

    def read(self):
        chunk = os.read(0, 65536)
        *lines, self.typed = (self.typed + chunk).split(b"\n")
        for line in lines:
            self.set(json.loads(line))
        return bool(chunk)

    def set(self, wanted):
        one = {name: wanted.pop(name) for name in DIRECTIONS if name in wanted}
        for name, way in self.ways.items():
            way.set(**{**wanted, **one.get(name, {})})
        print("set", flush=True)


def main():
    os.nice(-10)  # a link does not wait until the machine has time for it
    first, second = (tun(place) for place in sys.argv[1:3])
    print("ready", flush=True)
    Link(first, second).run()


if __name__ == "__main__":
    main()
