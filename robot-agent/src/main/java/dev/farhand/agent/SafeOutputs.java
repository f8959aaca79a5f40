package dev.farhand.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.config.DriverSettings;
import dev.farhand.agent.driver.DriverFault;
import dev.farhand.agent.driver.DriverProcess;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.loop.Alarm;
import dev.farhand.agent.loop.Loop;
import dev.farhand.agent.machine.Finding;
import dev.farhand.protocol.OneLine;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts all drivers at once, as the agent does, until each has said that it is ready: by then it
 * has made its outputs safe. One that fails is started again until the time is up: it may be held
 * up by a predecessor that is still ending. Used once.
 */
final class SafeOutputs {
  private static final Duration END_LIMIT = Duration.ofSeconds(1);
  private static final int MOST_TOLD = 50;

  private final Consumer<Finding> findings;
  private final Consumer<String> told;
  private final CompletableFuture<Void> broken = new CompletableFuture<>();
  private final Loop loop = new Loop("farhand-safe", broken::completeExceptionally);
  private final List<One> all;

  /**
   * Nothing is started yet.
   *
   * @param findings hears of each driver once, on the loop
   * @param told hears what the drivers say, each line once, on the loop
   */
  SafeOutputs(DriverSettings settings, Consumer<Finding> findings, Consumer<String> told) {
    this.findings = findings;
    this.told = told;
    all =
        settings.drivers().specs().stream().map(spec -> new One(settings.robotId(), spec)).toList();
  }

  /** Waits for all of them; says whether all outputs are safe. */
  boolean make(Duration most) throws InterruptedException {
    all.forEach(one -> loop.execute(one.process::start));
    Alarm late = new Alarm(loop);
    loop.execute(() -> late.set(most.toMillis(), () -> all.forEach(One::late)));
    CompletableFuture<Void> done = all(all.stream().map(one -> one.safe).toList());
    CompletableFuture.anyOf(done, broken).join();
    // The drivers end before this process does, and let go of what they hold.
    CompletableFuture<Void> ended = all(all.stream().map(one -> one.ended).toList());
    ended.completeOnTimeout(null, END_LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
    loop.shutdownNow();
    return all.stream().allMatch(one -> one.safe.join());
  }

  private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
  }

  /** One driver. Confined to the loop, but for its futures. */
  private final class One implements DriverProcess.Listener {
    private final String name;
    private final DriverProcess process;
    private final CompletableFuture<Boolean> safe = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<String> lines = new HashSet<>();
    private String why = "The driver did not say that it is ready in time.";

    One(String robotId, DriverSpec spec) {
      name = spec.name();
      process = new DriverProcess(robotId, spec, loop, this);
    }

    @Override
    public void ready(String title) {
      finish(true, Finding.ok("The outputs of " + name + " are safe"));
    }

    @Override
    public void down(DriverFault fault) {
      why = fault.reason() + " (" + fault.code().wire() + ")";
    }

    /** The time is up. */
    void late() {
      finish(
          false,
          Finding.problem(
              "The outputs of " + name + " may not be safe: " + why,
              "Cut the motors' supply. Then see: farhand-agent doctor"));
    }

    private void finish(boolean done, Finding finding) {
      if (!safe.isDone()) {
        findings.accept(finding);
        process.close();
        CompletableFuture<Void> unused =
            process.ended().whenComplete((gone, failure) -> ended.complete(null));
        safe.complete(done);
      }
    }

    @Override
    public void telemetry(JsonNode values) {
      // Nobody looks.
    }

    @Override
    public void message(Optional<String> sessionId, JsonNode data) {
      // Nobody is there.
    }

    @Override
    public void log(System.Logger.Level level, String text) {
      if (lines.size() < MOST_TOLD && lines.add(text)) {
        told.accept(name + ": " + OneLine.of(text));
      }
    }
  }
}
