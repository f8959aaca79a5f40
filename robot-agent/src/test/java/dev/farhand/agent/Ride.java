package dev.farhand.agent;

import dev.farhand.agent.driver.JournalDriver;
import dev.farhand.agent.driver.JournalDriver.Entry;
import dev.farhand.agent.operator.JoinOptions;
import dev.farhand.agent.operator.Operator;
import dev.farhand.protocol.ChannelMessage.Cause;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A real operator who holds a key down, and the journal of the driver that should obey. */
final class Ride implements AutoCloseable {
  static final double SPEED = 0.5;
  private static final long PERIOD_MILLIS = 50;
  private static final int RELEASED = 20;

  private final Operator operator;
  private final Path journal;
  private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
  private volatile int period;
  private int pressed;
  private boolean begun;

  /** Lets go now and then: after a stop nothing moves before that. */
  Ride(RelayServer server, Path journal) {
    this(server, journal, RELEASED * 3);
  }

  /** Never lets go once it has begun. */
  static Ride holding(RelayServer server, Path journal) {
    return new Ride(server, journal, Integer.MAX_VALUE);
  }

  private Ride(RelayServer server, Path journal, int period) {
    this.journal = journal;
    this.period = period;
    operator = Operator.join(JoinOptions.of(server.uri().toString(), "rover1").withWaiting(true));
    Future<?> unused =
        hand.scheduleAtFixedRate(this::press, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** From now on lets go now and then. */
  void letsGo() {
    period = RELEASED * 3;
  }

  private void press() {
    pressed = (pressed + 1) % period;
    // Until the robot could follow, there is nothing to hold on to.
    begun |= operator.motion().filter(state -> state.cause() != Cause.DRIVER_DOWN).isPresent();
    operator.drive(begun && pressed >= RELEASED ? SPEED : 0, 0);
  }

  void sends(String message) throws Exception {
    operator.send(message).get(10, TimeUnit.SECONDS);
  }

  List<Entry> entries() {
    return JournalDriver.read(journal);
  }

  Entry last() {
    List<Entry> entries = entries();
    return entries.get(entries.size() - 1);
  }

  /** Whether the wheels came to turn, after so many entries. */
  boolean turns(int since) throws InterruptedException {
    return Await.until(() -> entries().stream().skip(since).anyMatch(Entry::turns));
  }

  @Override
  public void close() {
    hand.shutdownNow();
    operator.close();
  }
}
