package dev.farhand.agent.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong on a connection's thread is heard of. */
@Timeout(20)
class RtcLoopTest {
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final RtcLoop loop = new RtcLoop(failures::add);

  @AfterEach
  void shutdown() {
    loop.shutdown();
  }

  @Test
  void a_call_that_throws_fails_its_own_future() {
    CompletableFuture<String> result =
        loop.call(
            () -> {
              throw new IllegalStateException("before there was a future");
            });
    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before there was a future");
    assertThat(failures).isEmpty();
  }

  @Test
  void a_call_fails_with_the_cause_itself() {
    CompletableFuture<String> result =
        loop.call(
            () ->
                CompletableFuture.supplyAsync(
                    () -> {
                      throw new RtcException("of the task's own");
                    },
                    loop));
    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RtcException.class);
  }

  @Test
  void a_task_that_throws_is_told_of_and_the_next_still_runs() throws Exception {
    loop.execute(
        () -> {
          throw new IllegalStateException("of a task");
        });
    CompletableFuture<Void> next = new CompletableFuture<>();
    loop.execute(() -> next.complete(null));
    next.get(10, TimeUnit.SECONDS);
    assertThat(Pair.next(failures)).hasMessage("of a task");
  }
}
