package dev.farhand.agent.driver.gpio;

import org.jspecify.annotations.Nullable;

/** Steps that are all tried, whichever fails. For one use on one thread. */
final class Attempts {
  private @Nullable Throwable first;

  void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      failed(e);
    }
  }

  /** A step of somebody else's has failed. */
  void failed(Throwable e) {
    if (first == null) {
      first = e;
    } else if (first != e) {
      first.addSuppressed(e);
    }
  }

  /** Throws the first failure, if any, with the others attached. */
  void end() {
    if (first instanceof RuntimeException failure) {
      throw failure;
    } else if (first instanceof Error failure) {
      throw failure;
    }
  }
}
