#!/usr/bin/env python3
"""The far end of a serial port: a pseudo-terminal, with a link to it where the port is looked for.

Tells on stdout what arrives, as `got <hex>`; obeys lines on stdin: `send <hex>`, `deaf` (reads no
more), `hear` (does again), `unplug`, `plug`. Ends with its stdin.
"""

import os
import select
import sys
import tty


class Port:
    def __init__(self, link):
        self.link = link
        self.ends = ()

    def plug(self):
        self.ends = os.openpty()
        for end in self.ends:
            tty.setraw(end)
        name = os.ttyname(self.ends[1])
        os.symlink(name, self.link + ".new")
        os.rename(self.link + ".new", self.link)

    def unplug(self):
        os.unlink(self.link)
        for end in self.ends:
            os.close(end)
        self.ends = ()

    def readable(self):
        return self.ends[:1]


def tell(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main():
    port = Port(sys.argv[1])
    port.plug()
    tell("ready")
    deaf = False
    lines = b""
    while True:
        ports = () if deaf else port.readable()
        readable, _, _ = select.select([0, *ports], [], [])
        for end in set(readable) & set(ports):
            tell("got " + os.read(end, 4096).hex())
        if 0 in readable:
            chunk = os.read(0, 4096)
            if not chunk:
                return
            *whole, lines = (lines + chunk).split(b"\n")
            for line in whole:
                word, _, rest = line.decode().partition(" ")
                if word == "send":
                    os.write(port.ends[0], bytes.fromhex(rest))
                elif word == "deaf":
                    deaf = True
                elif word == "hear":
                    deaf = False
                elif word == "plug":
                    port.plug()
                elif word == "unplug":
                    port.unplug()
                tell("done")


main()
