package dev.farhand.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** A log that, asked to by a line in it, hangs or fills the memory: on the thread that logs. */
public final class Saboteur extends Handler {
  static final String HANG = "sabotage: hang";
  static final String FILL = "sabotage: fill";

  private final Handler console = new ConsoleHandler();
  private final List<byte[]> filled = new ArrayList<>();

  /** For the configuration of java.util.logging. */
  public Saboteur() {}

  @Override
  public void publish(LogRecord line) {
    console.publish(line);
    String text = console.getFormatter().formatMessage(line);
    if (text.endsWith(HANG)) {
      hang();
    } else if (text.endsWith(FILL)) {
      fill();
    }
  }

  @Override
  public void flush() {
    console.flush();
  }

  @Override
  public void close() {
    console.close();
  }

  private static void hang() {
    while (true) {
      try {
        TimeUnit.DAYS.sleep(1);
      } catch (InterruptedException e) {
        // It hangs for good.
      }
    }
  }

  private void fill() {
    while (true) {
      filled.add(new byte[100_000]);
    }
  }
}
