#!/usr/bin/python3
"""Finds out what a NAT does with UDP, by RFC 4787's words.

    nats.py HOST SERVER ADDRESS SERVER ADDRESS

HOST is the namespace behind the NAT; the two servers are namespaces with an address each. Prints
one line of JSON: "mapping" is "none" (no translation), "independent" (one outside port, whoever is
addressed), "dependent" or "blocked"; "filtering" says from where an answer comes in: "independent"
(anywhere), "address" (any port of an address that was written to), "port" (only what was written
to) or "blocked".
"""

import json
import socket
import sys

import netns

PATIENCE = 0.25  # seconds; everything is on this machine


def bind(namespace, address):
    with netns.inside(namespace):
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.settimeout(PATIENCE)
    made.bind((address, 0))
    return made


def seen_by(server, host):
    """Where a packet from the host seems to come from; None if it does not arrive."""
    host.sendto(b"here", server.getsockname())
    try:
        return server.recvfrom(100)[1]
    except TimeoutError:
        return None


def reaches(server, outside, host):
    server.sendto(b"there", outside)
    try:
        return host.recvfrom(100)[1] == server.getsockname()
    except TimeoutError:
        return False


def mapping(namespace, servers):
    host = bind(namespace, "0.0.0.0")
    seen = [seen_by(server, host) for server in servers]
    if None in seen:
        return "blocked"
    if len(set(seen)) > 1:
        return "dependent"
    return "none" if seen[0] == own_name(namespace, host, servers[0]) else "independent"


def own_name(namespace, host, server):
    """The host's address and port as it has them itself towards this server."""
    with netns.inside(namespace):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as towards:
            towards.connect(server.getsockname())
            return towards.getsockname()[0], host.getsockname()[1]


def filtering(namespace, same, other_port, other_address):
    host = bind(namespace, "0.0.0.0")
    outside = seen_by(same, host)
    if outside is None:
        return "blocked"
    # The narrowest first: an answer that was let in would widen what the NAT lets in next.
    if reaches(other_address, outside, host):
        return "independent"
    return "address" if reaches(other_port, outside, host) else "port"


def main():
    inside, first, first_address, second, second_address = sys.argv[1:6]
    one, another_port = bind(first, first_address), bind(first, first_address)
    elsewhere = bind(second, second_address)
    print(
        json.dumps(
            {
                "mapping": mapping(inside, [one, another_port, elsewhere]),
                "filtering": filtering(inside, one, another_port, elsewhere),
            }
        )
    )


if __name__ == "__main__":
    main()
