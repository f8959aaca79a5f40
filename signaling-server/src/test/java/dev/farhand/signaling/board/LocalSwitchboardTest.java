package dev.farhand.signaling.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.Code;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import dev.farhand.signaling.bounds.Limits;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalSwitchboardTest {
  private static final Instant NOW = Instant.ofEpochMilli(1_764_000_000_000L);

  private final LocalSwitchboard board =
      new LocalSwitchboard(Limits.DEFAULTS, unlimited(), Clock.fixed(NOW, ZoneOffset.UTC));

  private static Joins unlimited() {
    return new Joins(Integer.MAX_VALUE, System::nanoTime);
  }

  private static Registration rover(String instance) {
    return new Registration("rover1", instance, 0, List.of(), true, false, Set.of());
  }

  private static Notice.Arrived ann(String sessionId) {
    return new Notice.Arrived(
        sessionId, "", new Operator("o", "ann"), Role.DRIVER, true, null, null);
  }

  @Test
  void of_many_claims_at_once_the_newest_holds() {
    int claims = 1000;
    Queue<Notice.Superseded> lost = new ConcurrentLinkedQueue<>();
    List<Long> epochs =
        IntStream.range(0, claims)
            .parallel()
            .mapToObj(
                i ->
                    board
                        .claim(rover("i" + i), notice -> lost.add((Notice.Superseded) notice))
                        .result())
            .sorted()
            .toList();
    assertThat(epochs).doesNotHaveDuplicates().first().isEqualTo(NOW.toEpochMilli());
    assertThat(lost).hasSize(claims - 1);

    epochs.subList(0, claims - 1).forEach(epoch -> board.release("rover1", epoch));
    assertThat(board.isPresent("rover1").result()).isTrue();
    board.release("rover1", epochs.get(claims - 1));
    assertThat(board.isPresent("rover1").result()).isFalse();
  }

  @Test
  void whoever_waits_is_told_once_however_the_robot_comes() {
    int operators = 500;
    LocalSwitchboard wide =
        new LocalSwitchboard(
            new Limits(1, 1, 1, operators, operators, operators, operators, 1, 1, 1),
            unlimited(),
            Clock.systemUTC());
    Queue<Notice> told = new ConcurrentLinkedQueue<>();
    Queue<Notice> arrived = new ConcurrentLinkedQueue<>();
    long welcome =
        IntStream.rangeClosed(0, operators)
            .parallel()
            .mapToObj(
                i -> {
                  if (i == operators / 2) {
                    return wide.claim(rover("i"), arrived::add).map(false).result();
                  }
                  return wide.open("rover1", ann("s" + i), true, told::add).result()
                      instanceof Reception.Welcome;
                })
            .filter(isWelcome -> isWelcome)
            .count();
    assertThat(arrived).hasSize((int) welcome);
    assertThat(told).hasSize(operators - (int) welcome);
  }

  @Test
  void nothing_is_kept_of_those_who_have_gone() {
    Mailbox operator = notice -> {};
    long epoch = board.claim(rover("i"), notice -> {}).result();
    board.open("rover1", ann("s"), true, operator);
    board.release("rover1", epoch);
    board.detachOperator("rover1", "s", operator);
    board.open("rover2", ann("t"), true, operator);
    board.forget("rover2", operator);
    assertThat(board.isEmpty()).isTrue();
  }

  @Test
  void robot_that_serves_by_turns_leaves_nothing_behind_either() {
    Registration program = Registration.ofRtcBot("rover1");
    Mailbox robot = notice -> {};
    Queue<Notice> told = new ConcurrentLinkedQueue<>();
    Mailbox first = told::add;
    Mailbox second = told::add;
    Mailbox third = told::add;
    long epoch = board.claim(program, robot).result();
    assertThat(board.open("rover1", ann("s1"), false, first).result())
        .isInstanceOf(Reception.Welcome.class);
    assertThat(board.open("rover1", ann("s2"), false, second).result())
        .isInstanceOf(Reception.Wait.class);
    board.settle("rover1", "s1", robot);
    board.pause("rover1", epoch);
    assertThat(board.isContested("rover1").result()).isFalse();
    Mailbox next = notice -> {};
    long later = board.claim(program, next).result();
    // It was its own place that it took.
    assertThat(told).containsExactly(new Notice.RobotCame());
    board.release("rover1", epoch);
    assertThat(board.open("rover1", ann("s2"), false, second).result())
        .isInstanceOf(Reception.Welcome.class);
    board.end("rover1", "s2", Code.OPERATOR_LEFT, "", second);
    board.ready("rover1", later);
    board.open("rover1", ann("s3"), false, third);
    told.clear();
    board.release("rover1", later);
    assertThat(told)
        .singleElement()
        .isInstanceOfSatisfying(
            Notice.Ended.class, end -> assertThat(end.sessionId()).isEqualTo("s3"));
    assertThat(board.isEmpty()).isFalse();
    board.detachOperator("rover1", "s1", first);
    assertThat(board.isEmpty()).isTrue();
  }

  @Test
  void stranger_cannot_speak_in_a_session_nor_end_it() {
    Queue<Notice> robot = new ConcurrentLinkedQueue<>();
    Queue<Notice> operator = new ConcurrentLinkedQueue<>();
    board.claim(rover("i"), robot::add);
    Mailbox own = operator::add;
    board.open("rover1", ann("s"), true, own);
    robot.clear();
    Mailbox stranger = notice -> {};
    board.relay("rover1", new Notice.Relayed("s", "{}", 1, true), stranger);
    board.end("rover1", "s", Code.OPERATOR_LEFT, "", stranger);
    board.detachOperator("rover1", "s", stranger);
    assertThat(robot).isEmpty();
    assertThat(operator).isEmpty();
    board.relay("rover1", new Notice.Relayed("s", "{}", 1, true), own);
    assertThat(robot).hasSize(1);
  }
}
