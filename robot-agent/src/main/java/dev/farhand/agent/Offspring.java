package dev.farhand.agent;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The processes that this one has started, and those that they have started. */
final class Offspring {
  private Offspring() {}

  /** Asks all of them to end, which makes a driver's outputs safe, then kills what is left. */
  static void end(Duration most) {
    List<ProcessHandle> all = ProcessHandle.current().descendants().toList();
    all.forEach(ProcessHandle::destroy);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, most.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
