package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.driver.AgentLink;
import dev.farhand.agent.driver.Driver;
import dev.farhand.agent.webrtc.TestOperator;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Drive;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.ChannelMessage.Telemetry;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Failed;
import dev.farhand.protocol.SignalMessage.Leave;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Register;
import dev.farhand.protocol.SignalMessage.Role;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A robot in one's own program. */
@Timeout(60)
class RobotTest {
  private static final WebRtc OPERATORS = WebRtc.start();

  /** Answers pings, in its own process. */
  public static final class Ponger implements Driver {
    private @Nullable AgentLink link;

    @Override
    public void start(JsonNode settings, AgentLink agent) {
      link = agent;
    }

    @Override
    public void move(double linear, double angular) {}

    @Override
    public void stop() {}

    @Override
    public void message(String sessionId, Operator operator, Role role, JsonNode data) {
      if (link != null) {
        link.send(sessionId, Map.of("data", "pong"));
      }
    }
  }

  @Test
  void messages_go_both_ways_and_to_the_driver_and_closing_says_goodbye() throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    try (FakeServer server = FakeServer.start()) {
      try (Robot robot =
          Robot.builder()
              .server(server.uri().toString())
              .id("rover1")
              .driver(Ponger.class)
              .camera(new MovingCamera())
              .onMessage((operator, message) -> messages.add(operator.name() + ": " + message))
              .start()) {
        robot.registered().get(10, TimeUnit.SECONDS);
        assertThat(server.next(Register.class).orElseThrow().media()).hasSize(1);
        try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
          ann.dial();
          assertThat(ann.awaitOpen()).isTrue();
          assertThat(ann.nextPicture()).isPresent();
          robot.send(Map.of("hello", "operators"));
          assertThat(ann.next(ChannelMessage.DEFAULT)).contains("{\"hello\":\"operators\"}");
          State state = ann.next(ChannelMessage.COMMAND, State.class).orElseThrow();
          while (state.cause() == Cause.DRIVER_DOWN) {
            state = ann.next(ChannelMessage.COMMAND, State.class).orElseThrow();
          }
          ann.send(ChannelMessage.DEFAULT, "{\"data\":\"ping\"}");
          assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("ann: {\"data\":\"ping\"}");
          assertThat(ann.next(ChannelMessage.DEFAULT)).contains("{\"data\":\"pong\"}");
        }
      }
      assertThat(server.next(Leave.class).orElseThrow().code()).isEqualTo(Code.ROBOT_LEFT);
    }
  }

  @Test
  void a_driver_in_ones_own_process_has_the_same_arbiter_in_front() throws Exception {
    BlockingQueue<String> outputs = new LinkedBlockingQueue<>();
    try (FakeServer server = FakeServer.start();
        Robot robot =
            Robot.builder()
                .server(server.uri().toString())
                .id("rover1")
                .driverInProcess(() -> new Teller(outputs))
                .start()) {
      robot.registered().get(10, TimeUnit.SECONDS);
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        // Held from the start: it counts only after it has been let go once.
        State state = ann.next(ChannelMessage.COMMAND, State.class).orElseThrow();
        while (state.cause() == Cause.DRIVER_DOWN) {
          state = ann.next(ChannelMessage.COMMAND, State.class).orElseThrow();
        }
        drive(ann, 0.5);
        while (state.cause() != Cause.RELEASE_FIRST) {
          state = ann.next(ChannelMessage.COMMAND, State.class).orElseThrow();
        }
        outputs.clear();
        while (!outputs.contains("move 0.0")) {
          drive(ann, 0);
        }
        while (!outputs.contains("move 0.25")) {
          drive(ann, 0.25);
        }
        while (!outputs.take().equals("move 0.25")) {
          assertThat(outputs).doesNotContain("move 0.5");
        }
        String last = outputs.take();
        while (last.equals("move 0.25")) {
          last = outputs.take();
        }
        assertThat(last).isEqualTo("stop");
      }
    }
  }

  /** Asks for this motion in answer to the robot's next beat. */
  private static void drive(TestOperator operator, double linear) throws Exception {
    long beat = operator.next(ChannelMessage.TELEMETRY, Telemetry.class).orElseThrow().beat();
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    operator.send(ChannelMessage.CONTROL, new Drive(now, now, beat, linear, 0));
  }

  private record Teller(BlockingQueue<String> outputs) implements Driver {
    @Override
    public void move(double linear, double angular) {
      outputs.add("move " + linear);
    }

    @Override
    public void stop() {
      outputs.add("stop");
    }
  }

  @Test
  void a_program_of_ones_own_that_throws_does_not_end_the_robot() throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    try (FakeServer server = FakeServer.start();
        Robot robot =
            Robot.builder()
                .server(server.uri().toString())
                .id("rover1")
                .onMessage(
                    (operator, message) -> {
                      messages.add(message.asText());
                      throw new IllegalStateException("a mistake in the program");
                    })
                .start()) {
      robot.registered().get(10, TimeUnit.SECONDS);
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        ann.send(ChannelMessage.DEFAULT, "one");
        ann.send(ChannelMessage.DEFAULT, "two");
        assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
        assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
      }
    }
  }

  @Test
  void a_robot_that_the_server_refuses_is_not_waited_for_in_vain() {
    try (FakeServer server =
            FakeServer.answering(new Failed(Code.TOKEN_EXPIRED, Code.TOKEN_EXPIRED.sentence()));
        Robot robot = Robot.builder().server(server.uri().toString()).id("rover1").start()) {
      assertThatThrownBy(() -> robot.registered().get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IllegalStateException.class)
          .hasMessageContaining("farhand-server token --role robot --robot rover1");
    }
  }

  @Test
  void closing_does_not_wait_for_ever_for_a_program_that_hangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (FakeServer server = FakeServer.start()) {
      Robot robot =
          Robot.builder()
              .server(server.uri().toString())
              .id("rover1")
              .onMessage(
                  (operator, message) -> {
                    hanging.countDown();
                    awaitQuietly(release);
                  })
              .start();
      robot.registered().get(10, TimeUnit.SECONDS);
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        ann.send(ChannelMessage.DEFAULT, "hang");
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        robot.close();
        assertThat(robot.ended()).isNotDone();
        release.countDown();
        assertThat(robot.ended().get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK.meaning());
      }
    } finally {
      release.countDown();
    }
  }

  @Test
  void a_robot_whose_program_hangs_tells_that_it_has_ended() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (FakeServer server = FakeServer.start();
        Robot robot =
            Robot.builder()
                .server(server.uri().toString())
                .id("rover1")
                .onMessage((operator, message) -> awaitQuietly(release))
                .start()) {
      robot.registered().get(10, TimeUnit.SECONDS);
      try (TestOperator ann = server.join(OPERATORS, Role.DRIVER, true)) {
        ann.dial();
        assertThat(ann.awaitOpen()).isTrue();
        ann.send(ChannelMessage.DEFAULT, "hang");
        assertThat(robot.ended().get(30, TimeUnit.SECONDS)).contains("has not come round");
        release.countDown();
        assertThat(server.next(Leave.class).orElseThrow().code())
            .as("once it comes round it ends in order")
            .isEqualTo(Code.AGENT_RESTARTING);
      }
    } finally {
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void what_a_robot_needs_is_asked_for() {
    assertThatThrownBy(() -> Robot.builder().id("rover1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("server");
    assertThatThrownBy(() -> Robot.builder().server("http://a/path"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wss://");
  }
}
