#!/usr/bin/env python3
"""A whole Farhand driver for a robot with two motors; docs/drivers.md explains it.

Needs nothing but Python 3.7. Put your hardware into Motors; the rest keeps it safe.
"""

import json
import os
import select
import signal
import sys
import time

STDIN, STDOUT, STDERR = 0, 1, 2
ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
TELEMETRY_SECONDS = 0.1


class Motors:
    """Your hardware. This one only tells what it would do."""

    def __init__(self, settings):
        self.trim = settings.get("trim", 0.0)
        self.speeds = None
        self.stop()

    def move(self, linear, angular):
        self.set(linear - angular, (linear + angular) * (1 + self.trim))  # and 0 stays 0

    def stop(self):
        self.write((0.0, 0.0))  # always: after a write that failed nobody knows the outputs

    def set(self, left, right):
        speeds = tuple(round(max(-1.0, min(1.0, speed)), 3) for speed in (left, right))
        if speeds != self.speeds:
            self.write(speeds)

    def write(self, speeds):
        # Your hardware comes here, before all else.
        tell("motors: left %g, right %g" % speeds)
        self.speeds = speeds


def tell(text):
    """For people. Never waits, and never fails when nobody is left to read it."""
    try:
        os.write(STDERR, text.encode() + b"\n")
    except OSError:
        pass


class Driver:
    """One thread, one loop: it waits for a line or for the next thing to do, never for both pipes."""

    def __init__(self):
        self.motors = None
        self.timeout_ns = 0
        self.deadline = None  # when the motion runs out, or None if nothing moves
        self.received = b""
        self.unsent = b""
        os.set_blocking(STDOUT, False)
        os.set_blocking(STDERR, False)

    def run(self):
        telemetry_due = time.monotonic()
        while True:
            # The watch comes first: this process may have been stopped for a while.
            self.stop_if_due()
            wait = max(0.0, telemetry_due - time.monotonic())
            if self.deadline is not None:
                wait = min(wait, max(0.0, (self.deadline - time.monotonic_ns()) / 1e9))
            writers = [STDOUT] if self.unsent else []
            readable, writable, _ = select.select([STDIN], writers, [], wait)
            self.stop_if_due()
            if writable:
                self.flush()
            if readable and not self.read():
                return  # the agent is gone
            if time.monotonic() >= telemetry_due:
                telemetry_due = time.monotonic() + TELEMETRY_SECONDS
                self.tell_speeds()

    def tell_speeds(self):
        if self.motors:
            left, right = self.motors.speeds
            self.send_if_free({"type": "telemetry", "values": {"left": left, "right": right}})

    def read(self):
        chunk = os.read(STDIN, 65536)
        *lines, self.received = (self.received + chunk).split(b"\n")
        for line in lines:
            self.take(json.loads(line))
        return bool(chunk)

    def take(self, line):
        kind = line["type"]
        if kind == "configure":
            self.timeout_ns = line["motionTimeoutMillis"] * 1_000_000
            self.motors = Motors(line["settings"])
            self.send({"type": "ready", "name": "two motors"})
        elif kind == "motion":
            now = time.monotonic_ns()
            if now < line["until"]:
                self.deadline = min(line["until"], now + self.timeout_ns)
                self.motors.move(line["linear"], line["angular"])
            self.send({"type": "ack", "seq": line["seq"]})
        elif kind == "stop":
            self.stop()
            self.send({"type": "ack", "seq": line["seq"]})
        elif kind == "message":
            if line["data"] == {"data": "ping"}:
                pong = {"type": "message", "session": line["session"], "data": {"data": "pong"}}
                self.send_if_free(pong)
        # opened, closed, and what newer agents may say: nothing to do here.

    def stop_if_due(self):
        if self.deadline is not None and time.monotonic_ns() >= self.deadline:
            self.stop()

    def stop(self):
        if self.motors:
            self.motors.stop()
        self.deadline = None

    def send(self, line):
        self.unsent += json.dumps(line).encode() + b"\n"
        self.flush()

    def send_if_free(self, line):
        """For what may be lost: an agent that does not read must not fill the memory."""
        if not self.unsent:
            self.send(line)

    def flush(self):
        try:
            self.unsent = self.unsent[os.write(STDOUT, self.unsent):]
        except BlockingIOError:
            pass  # the pipe is full; select says when it is not


def leave(*_):
    ignore_signals()
    sys.exit(0)


def ignore_signals():
    """From here on nothing breaks into the last stop."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)


def main():
    for ending in ENDINGS:
        signal.signal(ending, leave)
    driver = Driver()
    try:
        try:
            driver.run()
        finally:
            ignore_signals()
    finally:
        driver.stop()


if __name__ == "__main__":
    main()
