package dev.farhand.board.trial;

import com.microsoft.playwright.Page;
import dev.farhand.board.machine.Direction;

/** A person at the console, in Chromium. One thread. */
final class Operator {
  private final Page page;

  Operator(Page page) {
    this.page = page;
  }

  void press(Direction direction) {
    page.keyboard().down(key(direction));
  }

  void release(Direction direction) {
    page.keyboard().up(key(direction));
  }

  private static String key(Direction direction) {
    return direction == Direction.FORWARD ? "w" : "s";
  }

  void stop() {
    page.keyboard().press("Escape");
  }

  void arm() {
    page.getByTestId("arm").click();
  }

  boolean connected() {
    return "connected".equals(page.evaluate("document.documentElement.dataset.connection"));
  }

  /** What the page says about the robot. */
  String reads() {
    return page.getByTestId("state").textContent()
        + ", "
        + page.locator("#motion-state").textContent()
        + ": "
        + page.getByTestId("reason").textContent();
  }
}
