package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.driver.DriverFault.Code;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeadlineTest {
  private static final DriverFault FAULT = new DriverFault(Code.NOT_ACKNOWLEDGED, "Too late.");

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<DriverFault> missed = new LinkedBlockingQueue<>();
  private final Deadline deadline = new Deadline(loop, missed::add);

  @AfterEach
  void end() {
    loop.shutdownNow();
  }

  @Test
  void an_answer_that_does_not_come_is_missed() throws Exception {
    onLoop(() -> deadline.set(Duration.ofMillis(20), FAULT));
    assertThat(missed.poll(10, TimeUnit.SECONDS)).isEqualTo(FAULT);
  }

  @Test
  void an_answer_that_came_while_this_process_stood_still_counts() throws Exception {
    onLoop(
        () -> {
          deadline.set(Duration.ofMillis(100), FAULT);
          // The loop stands still past the time; the answer is handed over only afterwards.
          LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
          // The timer was due earlier, so it comes before this, however busy the machine is.
          loop.execute(deadline::met);
        });
    onLoop(() -> deadline.set(Duration.ofMillis(150), new DriverFault(Code.NOT_READY, "Next.")));
    assertThat(missed.poll(10, TimeUnit.SECONDS))
        .extracting(DriverFault::code)
        .isEqualTo(Code.NOT_READY);
  }

  private void onLoop(Runnable task) {
    CompletableFuture.runAsync(task, loop).join();
  }
}
