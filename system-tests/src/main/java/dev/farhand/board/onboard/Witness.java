package dev.farhand.board.onboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The independent witness: looks at the pins again and again and tells each change on stdout, by
 * the board's monotonic clock ({@link System#nanoTime}); on stdin it is told to send signals, as
 * the kernel or a fault would. It asks neither agent nor driver.
 *
 * <pre>
 *   pins NOW BEFORE STATES        they are like this now, and were not at the look before
 *   looks NOW COUNT LONGEST       once a second: so many looks since, the longest time between two
 *   now NOW                       the answer to: now
 *   signalled BEFORE AFTER PIDS   the answer to: signal KILL agent driver
 * </pre>
 */
public final class Witness {
  private static final long PERIOD_NANOS = 10_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;

  private final PrintStream out;
  private final Pins pins;

  private Witness(PrintStream out, Pins pins) {
    this.out = out;
    this.pins = pins;
  }

  /**
   * Looks until the board is switched off.
   *
   * @param args the numbers of the lines to look at, such as {@code 0,1}
   */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Witness witness =
        new Witness(
            out, new Pins(Arrays.stream(args[0].split(",", -1)).map(Integer::valueOf).toList()));
    Thread ears = new Thread(witness::listen, "ears");
    ears.setDaemon(true);
    ears.start();
    witness.look();
  }

  private void look() throws IOException {
    String last = "";
    long before = System.nanoTime();
    long told = before;
    long longest = 0;
    int count = 0;
    while (true) {
      String states = pins.look();
      long now = System.nanoTime();
      if (!states.equals(last)) {
        say("pins " + now + " " + before + " " + states);
        last = states;
      }
      count++;
      longest = Math.max(longest, now - before);
      if (now - told >= SECOND_NANOS) {
        say("looks " + now + " " + count + " " + longest);
        told = now;
        longest = 0;
        count = 0;
      }
      before = now;
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  private void listen() {
    try (Shell shell = new Shell();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        say(obey(List.of(line.strip().split(" ", -1)), shell));
      }
    } catch (IOException e) {
      say("deaf " + e.getMessage());
    }
  }

  private static String obey(List<String> order, Shell shell) throws IOException {
    return switch (order.get(0)) {
      case "now" -> "now " + System.nanoTime();
      case "signal" -> signal(order.get(1), pids(order.subList(2, order.size())), shell);
      default -> "unknown " + order.get(0);
    };
  }

  private static String signal(String signal, String pids, Shell shell) throws IOException {
    long before = System.nanoTime();
    String unused = shell.ask("kill -" + signal + " " + pids + "; echo done");
    return "signalled " + before + " " + System.nanoTime() + " " + pids;
  }

  private static String pids(List<String> victims) {
    return String.join(
        " ",
        victims.stream()
            .flatMap(name -> Victim.valueOf(name.toUpperCase(Locale.ROOT)).processes())
            .map(process -> String.valueOf(process.pid()))
            .toList());
  }

  /** Two threads speak. */
  private void say(String line) {
    // One write of a whole line, under the stream's own lock.
    out.print(line + "\n");
    out.flush();
  }
}
