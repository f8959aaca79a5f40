package dev.farhand.signaling;

import dev.farhand.signaling.access.DenyList;
import dev.farhand.signaling.access.SecretKeys;
import dev.farhand.signaling.board.Switchboard;
import dev.farhand.signaling.http.StaticFiles;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all event loops of one server share; each part may be used by any thread.
 *
 * @param draining set once the server stops
 * @param port the one that it listens on, once it does
 */
record House(
    Settings settings,
    SecretKeys keys,
    DenyList denyList,
    Switchboard board,
    StaticFiles files,
    AddressBook addresses,
    Turnstile turnstile,
    Clock clock,
    AtomicBoolean draining,
    AtomicInteger port) {}
