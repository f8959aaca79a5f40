package dev.farhand.board.trial;

import com.microsoft.playwright.Page;
import dev.farhand.board.machine.Board;
import dev.farhand.board.machine.Direction;
import dev.farhand.board.machine.Pins;
import dev.farhand.board.machine.Sight;
import dev.farhand.board.onboard.Victim;
import dev.farhand.netlab.program.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Drives the board, has something fail, watches the pins, and drives it again. One thread. */
public final class Trials {
  private static final int TRIES = 10;
  private static final Duration MOVING = Duration.ofMillis(700);
  private static final Duration PRESSED = Duration.ofSeconds(4);
  private static final Duration LET_GO = Duration.ofMillis(500);
  private static final Duration BACK = Duration.ofMinutes(3);

  /**
   * Beside much else an emulated board's first session takes its agent seconds, and one restart.
   */
  private static final Duration FIRST = Duration.ofMinutes(6);

  /** So long a fault that ends by itself lasts beyond the stop. */
  private static final Duration FAULT = Duration.ofSeconds(3);

  /** A key is held for so long after the fault: pins that are safe have to stay so. */
  private static final Duration HELD = Duration.ofSeconds(1);

  private final Board board;
  private final Operator operator;
  private final Consumer<String> progress;
  private Direction direction = Direction.FORWARD;

  private Trials(Board board, Operator operator, Consumer<String> progress) {
    this.board = board;
    this.operator = operator;
    this.progress = progress;
  }

  /**
   * Everything that can happen to it.
   *
   * @param page the console of the board's robot, just opened
   */
  public static Report run(Board board, Page page, Consumer<String> progress) {
    List<Fault> faults = List.of(Fault.values());
    List<Outcome> outcomes = new Trials(board, new Operator(page), progress).run(faults);
    return new Report(faults.size(), outcomes, Duration.ofNanos(board.testimony().longestGap()));
  }

  /** One fault after another; each begins with a robot that is driven. */
  private List<Outcome> run(List<Fault> faults) {
    List<Outcome> outcomes = new ArrayList<>();
    if (!drive(FIRST)) {
      throw new IllegalStateException(
          "The robot cannot be driven; the page says '" + operator.reads() + "'.");
    }
    for (Fault fault : faults) {
      Outcome outcome = suffer(fault);
      for (int again = 0;
          !outcome.driven() && outcome.back().isPresent() && again < TRIES;
          again++) {
        // Commands came late, and the robot had stopped for that already.
        outcome = suffer(fault);
      }
      outcomes.add(outcome);
      progress.accept("  " + Report.line(outcome));
      if (outcome.back().isEmpty()) {
        break;
      }
    }
    operator.release(direction);
    return outcomes;
  }

  private Outcome suffer(Fault fault) {
    if (!driveOn()) {
      throw new IllegalStateException(
          "The robot is not driven on; the page says '" + operator.reads() + "'.");
    }
    long at = inflict(fault);
    boolean stopped = awaitPins(Pins::safe, fault.limit().plus(fault.limit()));
    mend(fault);
    boolean connected = connected();
    Await.pause(HELD);
    // All that has been until now came about with the key still down, or let go by the fault
    // itself.
    Evidence evidence = Evidence.of(board.testimony(), at);
    boolean driven = evidence.driven(direction);
    operator.release(direction);
    direction = direction.other();
    boolean back = stopped && connected && drive(BACK);
    return new Outcome(
        fault,
        driven,
        evidence.until(Pins::motorOff),
        evidence.until(Pins::safe),
        evidence.unheld(),
        evidence.stayedSafe(),
        back
            ? Evidence.of(board.testimony(), at).until(pins -> pins.drive(direction))
            : Optional.empty(),
        evidence.trace());
  }

  /** When, by the board's clock; a little before it rather than after. */
  private long inflict(Fault fault) {
    return switch (fault) {
      case RELEASE -> by(() -> operator.release(direction));
      case STOP -> by(operator::stop);
      case LINK_CUT -> by(board.tap()::cut);
      case AGENT_STOPPED -> board.signal("STOP", Victim.AGENT);
      case AGENT_KILLED -> board.signal("KILL", Victim.AGENT);
      case DRIVER_STOPPED -> board.signal("STOP", Victim.DRIVER);
      case DRIVER_KILLED -> board.signal("KILL", Victim.DRIVER);
      case BOTH_KILLED -> board.signal("KILL", Victim.AGENT, Victim.DRIVER);
    };
  }

  private long by(Runnable step) {
    long before = board.now();
    step.run();
    return before;
  }

  /** What ends by itself in the field, or what a person at the page does; nobody logs in. */
  private void mend(Fault fault) {
    switch (fault) {
      case STOP -> operator.arm();
      case LINK_CUT -> {
        Await.pause(FAULT);
        board.tap().mend();
      }
      case AGENT_STOPPED -> {
        Await.pause(FAULT);
        long unused = board.signal("CONT", Victim.AGENT);
      }
      default -> {}
    }
  }

  private boolean connected() {
    return Await.maybe(BACK, () -> operator.connected() ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /** Goes on until it has been driven without a break for a while; presses anew if need be. */
  private boolean driveOn() {
    for (int again = 0; again < TRIES; again++) {
      long from = System.nanoTime();
      boolean broken =
          Await.maybe(
                  MOVING,
                  () -> board.testimony().last().filter(sight -> !sight.pins().drive(direction)))
              .isPresent();
      if (!broken && System.nanoTime() - from >= MOVING.toNanos()) {
        return true;
      }
      operator.release(direction);
      Await.pause(LET_GO);
      if (!drive(BACK)) {
        return false;
      }
    }
    return false;
  }

  /** Presses the key, as often as need be, until the pins drive; it is down then. */
  private boolean drive(Duration within) {
    long end = System.nanoTime() + within.toNanos();
    do {
      operator.press(direction);
      if (awaitPins(pins -> pins.drive(direction), PRESSED)) {
        return true;
      }
      operator.release(direction);
      Await.pause(LET_GO);
    } while (System.nanoTime() - end < 0);
    return false;
  }

  private boolean awaitPins(Predicate<Pins> state, Duration within) {
    return Await.maybe(within, () -> board.testimony().last().map(Sight::pins).filter(state))
        .isPresent();
  }
}
