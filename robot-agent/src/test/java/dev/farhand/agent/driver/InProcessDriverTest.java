package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.Await;
import dev.farhand.agent.driver.DriverFault.Code;
import java.io.File;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver without a process of its own: what it keeps of the duties, and what it can't. */
@Timeout(60)
class InProcessDriverTest {
  private static final double SLEEP = 0.25;
  private static final double HANG = 0.5;
  private static final double THROW = 0.75;

  private final BlockingQueue<String> outputs = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger made = new AtomicInteger();

  /** Its second number says what goes wrong. */
  private final class Wheels implements Driver {
    private boolean failing;

    @Override
    public void start(JsonNode settings, AgentLink agent) {
      agent.every(
          Duration.ofMillis(10),
          () -> {
            if (failing) {
              throw new IllegalStateException("the task failed");
            }
          });
    }

    @Override
    public void move(double linear, double angular) throws InterruptedException {
      outputs.add("move " + linear);
      if (angular == THROW) {
        throw new IllegalStateException("the motor fell off");
      } else if (angular == -THROW) {
        failing = true;
      } else if (angular == SLEEP) {
        Thread.sleep(Duration.ofHours(1).toMillis());
      } else if (angular == HANG) {
        while (release.getCount() > 0) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    }

    @Override
    public void stop() {
      outputs.add("stop");
    }

    @Override
    public void close() {
      outputs.add("close");
    }
  }

  @Test
  void it_is_stopped_at_its_start_when_motion_falls_silent_and_at_its_end() {
    try (Bench bench = new Bench(Bench.patient(spec(Wheels::new)))) {
      assertThat(bench.next(Bench.Ready.class).name()).isEqualTo("wheels");
      expect("stop");
      bench.motion(1, 0);
      expect("move 1.0");
      expect("stop");
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
    expect("close");
  }

  @Test
  void one_that_throws_is_stopped_told_and_made_anew() {
    try (Bench bench = bench(Wheels::new)) {
      bench.next(Bench.Ready.class);
      bench.motion(1, THROW);
      assertThat(bench.next(Bench.Log.class).text()).contains("the motor fell off");
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
      expect("move 1.0");
      expect("stop");
      expect("close");
      expect("stop");
      bench.next(Bench.Ready.class);
      assertThat(made).hasValue(2);
    }
  }

  @Test
  void one_whose_task_throws_ends_too() {
    try (Bench bench = bench(Wheels::new)) {
      bench.next(Bench.Ready.class);
      bench.motion(1, -THROW);
      DriverFault fault = bench.next(DriverFault.class);
      assertThat(fault.code()).isEqualTo(Code.EXITED);
      expect("close");
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void one_that_waits_is_interrupted_and_made_anew() {
    try (Bench bench = bench(Wheels::new)) {
      bench.next(Bench.Ready.class);
      bench.motion(1, SLEEP);
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.NOT_ACKNOWLEDGED);
      expect("close");
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void one_that_hangs_has_no_successor_until_it_comes_back() {
    try (Bench bench = bench(Wheels::new)) {
      bench.next(Bench.Ready.class);
      bench.motion(1, HANG);
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.NOT_ACKNOWLEDGED);
      // Longer than a successor of a process takes to come.
      bench.onLoop(() -> LockSupport.parkNanos(Duration.ofMillis(500).toNanos()));
      assertThat(made).hasValue(1);
      release.countDown();
      expect("close");
      bench.next(Bench.Ready.class);
      assertThat(made).hasValue(2);
    }
  }

  @Test
  void one_that_throws_and_then_hangs_in_its_end_has_no_successor_until_that_returns() {
    try (Bench bench = bench(Lingering::new)) {
      bench.next(Bench.Ready.class);
      bench.motion(1, THROW);
      expect("close");
      // Longer than a driver is waited for at its end.
      bench.onLoop(() -> LockSupport.parkNanos(Duration.ofMillis(900).toNanos()));
      assertThat(made).hasValue(1);
      release.countDown();
      bench.next(Bench.Ready.class);
      assertThat(made).hasValue(2);
    }
  }

  /** Throws in its first motion, and takes its time to let the hardware go. */
  private final class Lingering implements Driver {
    @Override
    public void move(double linear, double angular) {
      throw new IllegalStateException("the motor fell off");
    }

    @Override
    public void stop() {}

    @Override
    public void close() {
      outputs.add("close");
      while (release.getCount() > 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  @Test
  void its_successors_use_up_no_files() throws Exception {
    try (Bench bench = bench(Wheels::new)) {
      bench.next(Bench.Ready.class);
      long before = openFiles();
      for (int i = 0; i < 5; i++) {
        bench.motion(1, THROW);
        bench.next(DriverFault.class);
        bench.next(Bench.Ready.class);
      }
      assertThat(Await.until(() -> openFiles() <= before)).isTrue();
    }
  }

  private static long openFiles() {
    return Optional.ofNullable(new File("/proc/self/fd").list()).orElseThrow().length;
  }

  @Test
  void one_that_cannot_be_made_is_told_and_tried_again() {
    Supplier<Driver> maker =
        () -> {
          if (made.get() == 1) {
            throw new IllegalStateException("no such bus");
          }
          return new Wheels();
        };
    try (Bench bench = bench(maker)) {
      DriverFault fault = bench.next(DriverFault.class);
      assertThat(fault.code()).isEqualTo(Code.MISSING);
      assertThat(fault.reason()).contains("no such bus");
      bench.next(Bench.Ready.class);
    }
  }

  private Bench bench(Supplier<? extends Driver> maker) {
    return new Bench(spec(maker));
  }

  private DriverSpec spec(Supplier<? extends Driver> maker) {
    Supplier<Driver> counted =
        () -> {
          made.incrementAndGet();
          return maker.get();
        };
    return DriverSpec.inProcess(
        "wheels", counted, JsonNodeFactory.instance.objectNode(), Bench.MOTION_TIMEOUT);
  }

  /** Waits for this; others before it are dropped. */
  private void expect(String output) {
    try {
      String next = outputs.poll(20, TimeUnit.SECONDS);
      while (next != null && !next.equals(output)) {
        next = outputs.poll(20, TimeUnit.SECONDS);
      }
      assertThat(next).as("waiting for " + output).isEqualTo(output);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
