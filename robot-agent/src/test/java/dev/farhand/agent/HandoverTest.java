package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.operator.JoinOptions;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.OperatorException;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.ChannelMessage.Motion;
import dev.farhand.protocol.ChannelMessage.State;
import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rule 4 between two operators and an agent, over real peer connections. */
@Timeout(90)
class HandoverTest {
  private static final WebRtc OPERATORS = WebRtc.start();

  private final RelayServer server = RelayServer.start();

  @BeforeEach
  void admit() {
    server.gives(Role.DRIVER);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rule_4_a_request_is_told_and_granted_and_neutral_comes_first() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      CompletableFuture<Void> asked = bob.requestControl();
      await(ann, state -> state.requests().size() == 1);
      await(ann, state -> state.requests().get(0).operator().name().equals("bob"));
      await(bob, state -> state.requests().stream().allMatch(one -> one.you()));
      assertThat(asked).isNotDone();
      ann.grant("o-bob").get(10, TimeUnit.SECONDS);
      asked.get(10, TimeUnit.SECONDS);
      await(bob, State::you);
      await(ann, state -> !state.you() && state.requests().isEmpty());
      drives(bob);
    }
  }

  @Test
  void rule_4_what_is_held_by_the_new_holder_moves_nothing_before_it_lets_go() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      List<State> told = new CopyOnWriteArrayList<>();
      bob.onMotion(told::add);
      try (Grip grip = new Grip(bob)) {
        hand(bob, ann);
        await(ann, state -> !state.you());
        await(bob, State::you);
        grip.awaitMore(50);
        assertThat(told)
            .filteredOn(State::you)
            .isNotEmpty()
            .allSatisfy(state -> assertThat(state.motion()).isEqualTo(Motion.STOPPED));
        assertThat(is(bob, state -> state.cause() == Cause.RELEASE_FIRST)).isTrue();
      }
      drives(bob);
    }
  }

  @Test
  void rule_4_a_refusal_reaches_who_asked_and_a_second_request_is_too_soon() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      CompletableFuture<Void> asked = bob.requestControl();
      await(ann, state -> state.requests().size() == 1);
      ann.refuse("o-bob").get(10, TimeUnit.SECONDS);
      assertRefused(asked, Code.LEASE_REFUSED);
      assertThatThrownBy(asked::join)
          .cause()
          .isInstanceOfSatisfying(
              OperatorException.class,
              refusal -> assertThat(refusal.again()).contains(Duration.ofSeconds(30)));
      assertRefused(bob.requestControl(), Code.LEASE_REFUSED);
      assertThat(is(ann, State::you)).isTrue();
      assertRefused(ann.grant("o-bob"), Code.NO_SUCH_REQUEST);
      assertRefused(bob.grant("o-ann"), Code.LEASE_HELD);
    }
  }

  @Test
  void rule_4_silence_grants() throws Exception {
    try (Robot robot = rover(Duration.ofSeconds(8));
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      bob.requestControl().get(30, TimeUnit.SECONDS);
      await(ann, state -> !state.you());
      drives(bob);
    }
  }

  @Test
  void rule_4_who_withdraws_hears_that_the_request_is_gone() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      CompletableFuture<Void> asked = bob.requestControl();
      await(ann, state -> state.requests().size() == 1);
      await(bob, state -> state.requests().size() == 1);
      bob.withdrawRequest().get(10, TimeUnit.SECONDS);
      assertRefused(asked, Code.NO_SUCH_REQUEST);
      await(ann, state -> state.requests().isEmpty());
    }
  }

  @Test
  void rule_4_who_withdraws_at_once_is_heard_too() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      await(bob, state -> state.driver() != null);
      CompletableFuture<Void> asked = bob.requestControl();
      bob.withdrawRequest().get(10, TimeUnit.SECONDS);
      assertRefused(asked, Code.NO_SUCH_REQUEST);
      await(ann, state -> state.requests().isEmpty());
      bob.withdrawRequest().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void rule_5_arming_right_after_stop_arms() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      for (int i = 0; i < 10; i++) {
        ann.stop().get(10, TimeUnit.SECONDS);
        await(ann, state -> !state.armed());
        ann.arm(stops(ann)).get(10, TimeUnit.SECONDS);
      }
      drives(ann);
      ann.arm(stops(ann)).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void rule_5_an_arm_from_before_anothers_stop_is_refused_and_that_stop_is_told() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      ann.stop().get(10, TimeUnit.SECONDS);
      await(ann, state -> !state.armed());
      long shown = stops(ann);
      bob.stop().get(10, TimeUnit.SECONDS);
      assertRefused(ann.arm(shown), Code.STOPPED_AGAIN);
      await(ann, state -> !state.armed() && state.reason().startsWith("bob pressed STOP."));
      ann.arm(stops(ann)).get(10, TimeUnit.SECONDS);
      drives(ann);
    }
  }

  @Test
  void rule_5_a_key_pressed_right_after_arm_drives_if_nothing_was_held() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      ann.stop().get(10, TimeUnit.SECONDS);
      await(ann, state -> !state.armed() && state.you());
      CompletableFuture<Void> armed = ann.arm(stops(ann));
      try (Grip grip = new Grip(ann)) {
        armed.get(10, TimeUnit.SECONDS);
        grip.awaitMore(1);
        await(ann, state -> state.motion() == Motion.MOVING);
      }
    }
  }

  @Test
  void rule_4_when_the_holder_leaves_who_asked_drives() throws Exception {
    try (Robot robot = rover();
        Operator bob = joins("bob", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      CompletableFuture<Void> asked;
      try (Operator ann = joins("ann", Role.DRIVER)) {
        drives(ann);
        asked = bob.requestControl();
        await(ann, state -> state.requests().size() == 1);
      }
      asked.get(30, TimeUnit.SECONDS);
      drives(bob);
    }
  }

  @Test
  void rule_4_a_request_ends_with_its_session() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      CompletableFuture<Void> asked;
      try (Operator bob = joins("bob", Role.DRIVER)) {
        asked = bob.requestControl();
        await(ann, state -> state.requests().size() == 1);
      }
      await(ann, state -> state.requests().isEmpty());
      assertThatThrownBy(asked::join).isInstanceOf(CompletionException.class);
      assertThat(is(ann, State::you)).isTrue();
    }
  }

  @Test
  void rule_4_an_owner_takes_over_and_a_driver_or_viewer_does_not() throws Exception {
    try (Robot robot = rover();
        Operator ann = joins("ann", Role.DRIVER);
        Operator vic = joins("vic", Role.VIEWER);
        Operator olga = joins("olga", Role.OWNER)) {
      assertThat(robot).isNotNull();
      drives(ann);
      assertRefused(vic.requestControl(), Code.ROLE_FORBIDDEN);
      assertRefused(vic.takeOver(), Code.ROLE_FORBIDDEN);
      olga.takeOver().get(10, TimeUnit.SECONDS);
      await(ann, state -> !state.you());
      assertRefused(ann.takeOver(), Code.ROLE_FORBIDDEN);
      await(vic, state -> state.driver() != null && state.driver().name().equals("olga"));
      drives(olga);
    }
  }

  /** That answers only when asked to: silence takes longer than any of these tests. */
  private Robot rover() throws Exception {
    return rover(Duration.ofMinutes(2));
  }

  private Robot rover(Duration grantAfter) throws Exception {
    Robot robot =
        Robot.builder()
            .server(server.uri().toString())
            .id("rover1")
            .driver(
                DriverSpec.builtIn(
                    "sim", JsonNodeFactory.instance.objectNode(), Duration.ofMillis(300)))
            .motion(
                MotionSettings.DEFAULTS.with(
                    new MotionSettings.LeaseTimes(
                        Duration.ofSeconds(5), grantAfter, Duration.ofSeconds(30))))
            .start();
    robot.registered().get(10, TimeUnit.SECONDS);
    return robot;
  }

  /** Each when the one before is there: the server knows them by their order. */
  private Operator joins(String name, Role role) throws Exception {
    server.gives(role);
    server.expects(name);
    Operator operator = Operator.join(JoinOptions.of(server.uri().toString(), "rover1"), OPERATORS);
    operator.ready().get(20, TimeUnit.SECONDS);
    await(operator, state -> true);
    return operator;
  }

  /** Asks for motion until the robot moves, and lets go where it waits for that. */
  private static void drives(Operator operator) throws Exception {
    await(operator, state -> state.cause() != Cause.DRIVER_DOWN);
    assertThat(
            Await.until(
                () -> {
                  boolean waits = is(operator, state -> state.cause() == Cause.RELEASE_FIRST);
                  operator.drive(waits ? 0 : 0.3, 0);
                  return is(operator, state -> state.you() && state.motion() == Motion.MOVING);
                }))
        .isTrue();
    operator.drive(0, 0);
  }

  /** A key that is held down, whatever else the test waits for. */
  private static final class Grip implements AutoCloseable {
    private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger said = new AtomicInteger();

    Grip(Operator operator) {
      Future<?> unused =
          hand.scheduleWithFixedDelay(
              () -> {
                operator.drive(0.3, 0);
                said.incrementAndGet();
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
    }

    void awaitMore(int times) throws Exception {
      int before = said.get();
      assertThat(Await.until(() -> said.get() >= before + times)).isTrue();
    }

    @Override
    public void close() {
      hand.shutdownNow();
    }
  }

  /** One asks, and the other gives as soon as it hears of it. */
  private static void hand(Operator to, Operator from) {
    from.onMotion(
        state -> {
          if (state.you() && !state.requests().isEmpty()) {
            CompletableFuture<Void> unused = from.grant(state.requests().get(0).operator().id());
          }
        });
    CompletableFuture<Void> unused = to.requestControl();
  }

  private static void await(Operator operator, Predicate<State> wanted) throws Exception {
    assertThat(Await.until(() -> is(operator, wanted)))
        .as("the last that it heard: %s", operator.motion())
        .isTrue();
  }

  private static long stops(Operator operator) {
    return operator.motion().orElseThrow().stops();
  }

  private static boolean is(Operator operator, Predicate<State> wanted) {
    return operator.motion().filter(wanted).isPresent();
  }

  private static void assertRefused(CompletableFuture<Void> asked, Code code) {
    assertThatThrownBy(() -> asked.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            OperatorException.class, refusal -> assertThat(refusal.code()).isEqualTo(code.wire()));
  }
}
