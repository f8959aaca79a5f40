package dev.farhand.system;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A person at a page that does not say why the robot stands. */
final class Hand {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration FOREVER = Duration.ofSeconds(30);

  private Hand() {}

  /**
   * Holds a key until something has come to pass; when nothing comes of it, lets go and presses it
   * anew, as the robot wants it after commands that came late. It is down then.
   */
  static void hold(Page page, String key, BooleanSupplier done) {
    long[] pressed = {System.nanoTime()};
    page.keyboard().down(key);
    Await.until(
        "what holding a key should do",
        FOREVER,
        () -> {
          if (System.nanoTime() - pressed[0] > PATIENCE.toNanos()) {
            page.keyboard().up(key);
            page.keyboard().down(key);
            pressed[0] = System.nanoTime();
          }
          return done.getAsBoolean();
        });
  }
}
