package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Refused;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several drivers in one robot: real processes that write down what they get. */
@Timeout(60)
class DriversTest {
  private static final Operator ANN = new Operator("o-ann", "ann");
  private static final long FAR = TimeUnit.HOURS.toNanos(1);

  @TempDir private Path folder = Path.of("unset");

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean up;
  private volatile @Nullable CompletableFuture<Boolean> downs;
  private @Nullable Drivers drivers;

  @AfterEach
  void end() {
    Drivers started = drivers;
    if (started != null) {
      onLoop(
          () -> {
            started.close();
            return true;
          });
      started.ended().orTimeout(10, TimeUnit.SECONDS).join();
    }
    loop.shutdownNow();
  }

  @Test
  void stops_go_to_all_and_motion_to_those_that_take_it() {
    ShellDriver base = driver("base", "{}");
    ShellDriver arm = driver("arm", "{}");
    Drivers all = start(DriverPlan.named(List.of(base.spec(), arm.spec().withoutMotion())));
    await(() -> up);
    await(() -> base.got("\"stop\"") && arm.got("\"stop\""));
    run(() -> all.motion(0.5, 0, System.nanoTime() + FAR));
    run(() -> all.stop(Cause.STOP_PRESSED));
    await(() -> base.got("stop-pressed") && arm.got("stop-pressed"));
    assertThat(base.got("\"linear\":0.5")).isTrue();
    assertThat(arm.got("\"linear\"")).isFalse();
  }

  @Test
  void a_message_goes_to_the_driver_that_it_names_and_else_to_all() {
    ShellDriver base = driver("base", "{}");
    ShellDriver arm = driver("arm", "{}");
    Drivers all = start(DriverPlan.named(List.of(base.spec(), arm.spec())));
    await(() -> up);
    assertThat(message(all, "arm", "for the arm")).isEmpty();
    assertThat(message(all, null, "for all")).isEmpty();
    await(() -> base.got("for all") && arm.got("for all"));
    assertThat(arm.got("for the arm")).isTrue();
    assertThat(base.got("for the arm")).isFalse();
    Refused refused = message(all, "leg", "for nobody").orElseThrow();
    assertThat(refused.code()).isEqualTo(Code.BAD_MESSAGE);
    assertThat(refused.reason()).contains("base, arm");
  }

  @Test
  void the_robot_moves_only_while_every_driver_that_takes_motion_is_up() {
    ShellDriver left = driver("left", "{}");
    ShellDriver right = driver("right", "{}");
    Drivers all = start(DriverPlan.named(List.of(left.spec(), right.spec())));
    await(() -> up);
    CompletableFuture<Boolean> fell = new CompletableFuture<>();
    downs = fell;
    message(all, "right", "die");
    assertThat(fell.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    await(() -> up);
  }

  @Test
  void the_robot_does_not_move_as_long_as_a_driver_is_missing() {
    ShellDriver left = driver("left", "{\"amps\":1}");
    DriverSpec missing = Bench.command("/nowhere/driver").called("missing");
    start(DriverPlan.named(List.of(left.spec(), missing)));
    await(() -> telemetry().path("left").path("amps").asInt() == 1);
    await(() -> telemetry().path("missing").path("down").asText().equals("driver-missing"));
    assertThat(up).isFalse();
  }

  @Test
  void a_driver_without_motion_that_is_down_disturbs_nothing_else() {
    ShellDriver base = driver("base", "{\"pose\":{\"x\":1},\"amps\":2}");
    DriverSpec arm = Bench.command("/nowhere/driver").called("arm").withoutMotion();
    Drivers all = start(DriverPlan.named(List.of(base.spec(), arm)));
    await(() -> up);
    await(() -> telemetry().path("base").has("amps"));
    assertThat(telemetry().path("arm").path("down").asText()).isEqualTo("driver-missing");
    assertThat(telemetry().path("pose").path("x").asInt()).isEqualTo(1);
    assertThat(message(all, "arm", "is lost")).isEmpty();
    run(() -> all.motion(0.5, 0, System.nanoTime() + FAR));
    await(() -> base.got("\"linear\":0.5"));
  }

  @Test
  void values_stand_below_their_drivers_name_but_for_what_every_display_knows() {
    ShellDriver base = driver("base", "{\"speed\":{\"linear\":1},\"battery\":0.5,\"amps\":2}");
    ShellDriver second = driver("second", "{\"battery\":0.1,\"pose\":{\"x\":3}}");
    ShellDriver arm = driver("arm", "{\"pose\":\"folded\"}");
    start(DriverPlan.named(List.of(base.spec(), second.spec(), arm.spec().withoutMotion())));
    await(() -> telemetry().has("pose") && telemetry().has("arm") && telemetry().has("base"));
    assertThat(telemetry().toString())
        .isEqualTo(
            "{\"speed\":{\"linear\":1},\"battery\":0.5,\"base\":{\"amps\":2},"
                + "\"pose\":{\"x\":3},\"second\":{\"battery\":0.1},"
                + "\"arm\":{\"pose\":\"folded\"}}");
  }

  @Test
  void one_driver_alone_needs_no_name() {
    ShellDriver only = driver("only", "{\"amps\":2}");
    Drivers all = start(DriverPlan.single(only.spec()));
    await(() -> up && telemetry().path("amps").asInt() == 2);
    assertThat(message(all, "somebody", "for you")).isEmpty();
    await(() -> only.got("for you"));
  }

  @Test
  void names_are_plain_and_stand_once() {
    DriverSpec spec = Bench.sim();
    for (String name : List.of("", "a.b", "pose", "x".repeat(33))) {
      assertThatThrownBy(() -> DriverPlan.named(List.of(spec.called(name))))
          .hasMessageContaining("letters, digits and dashes");
    }
    assertThatThrownBy(() -> DriverPlan.named(List.of(spec.called("a"), spec.called("a"))))
        .hasMessageContaining("Two drivers are called a");
  }

  private ShellDriver driver(String name, String telemetry) {
    return new ShellDriver(name, folder.resolve(name), telemetry);
  }

  private Drivers start(DriverPlan plan) {
    Drivers made = new Drivers("rover1", plan, loop, new Robot());
    drivers = made;
    run(made::start);
    return made;
  }

  private JsonNode telemetry() {
    Drivers started = drivers;
    return started == null ? JsonNodeFactory.instance.missingNode() : started.telemetry();
  }

  private Optional<Refused> message(Drivers all, @Nullable String name, String text) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("text", text);
    if (name != null) {
      data.put("driver", name);
    }
    return onLoop(() -> all.message("s-1", ANN, Role.DRIVER, data, false));
  }

  private void run(Runnable task) {
    CompletableFuture.runAsync(task, loop).join();
  }

  private <T> T onLoop(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, loop).join();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private final class Robot implements Drivers.Listener {
    @Override
    public void motionUp(boolean now) {
      up = now;
      CompletableFuture<Boolean> waiting = downs;
      if (!now && waiting != null) {
        waiting.complete(true);
      }
    }

    @Override
    public void message(Optional<String> sessionId, JsonNode data) {
      // None of these drivers says anything.
    }
  }
}
