package dev.farhand.agent.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.loop.Loop;
import dev.farhand.agent.operator.ConnectionState;
import dev.farhand.agent.operator.Notice;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.Json;
import dev.farhand.agent.webrtc.PeerPath;
import dev.farhand.protocol.ChannelMessage.Asking;
import dev.farhand.protocol.ChannelMessage.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A person at a terminal: arrows drive, lines are sent, and the last line on the screen says how
 * the robot is. Confined to its own loop, but for {@link #run}.
 */
public final class Desk implements Report {
  /** What a person must know first. */
  public static final String DRIVING =
      "Arrow keys drive. Space: STOP (while you type: Ctrl-Space). Tab: arm.";

  /** And then. */
  public static final String TYPING =
      "Type a line and press Enter to send it; Esc drops it. Esc or Ctrl-C: leave.";

  /** When several would like to drive. */
  public static final String SHARING =
      "Ctrl-A: ask to drive, or ask no more. Ctrl-G, Ctrl-R: give to, refuse who asks. Ctrl-T: take"
          + " over (owners).";

  private static final String ANSWER = " Ctrl-G: give, Ctrl-R: refuse.";

  private static final long DRIVE_MILLIS = 50;

  private final Loop loop;
  private final Operator operator;
  private final double speed;
  private final Screen screen;
  private final ArrowKeys arrows = new ArrowKeys(System::nanoTime);
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private final StringBuilder typed = new StringBuilder();
  private String connection = "";
  private String motion = "";
  private String telemetry = "";
  private boolean driving;

  /** {@link State#stops} as last shown; 0, which is no robot's, while nothing is shown. */
  private long stops;

  /** As last told, the oldest first. */
  private List<Asking> requests = List.of();

  /**
   * @param speed what an arrow asks for, above 0 to 1
   */
  public Desk(Operator operator, double speed, PrintWriter out) {
    this.operator = operator;
    this.speed = speed;
    this.screen = new Screen(out);
    this.loop = new Loop("farhand-desk", left::completeExceptionally);
  }

  /**
   * Serves the person until that leaves, or the connection has ended for good. Blocks.
   *
   * @param keys what the terminal sends
   */
  public void run(Reader keys) {
    follow(operator);
    loop.execute(
        () -> {
          screen.print(DRIVING);
          screen.print(TYPING);
          screen.print(SHARING);
          status(operator.status());
        });
    loop.every(DRIVE_MILLIS, this::drive);
    Thread reader = new Thread(() -> read(new KeyReader(keys)), "farhand-keys");
    reader.setDaemon(true);
    reader.start();
    try {
      CompletableFuture.anyOf(left, operator.closed()).join();
    } finally {
      CompletableFuture.runAsync(screen::end, loop)
          .completeOnTimeout(null, 1, TimeUnit.SECONDS)
          .join();
      loop.shutdown();
    }
  }

  @Override
  public void status(Status status) {
    loop.execute(
        () -> {
          connection = TextReport.sentence(status);
          if (status.state() != ConnectionState.CONNECTED) {
            motion = "";
            stops = 0;
            telemetry = "";
            requests = List.of();
          }
          draw();
        });
  }

  @Override
  public void notice(Notice notice) {
    loop.execute(() -> screen.print(Plain.line(notice.text())));
  }

  @Override
  public void message(JsonNode message) {
    loop.execute(() -> screen.print("< " + Plain.message(message)));
  }

  @Override
  public void telemetry(JsonNode values) {
    loop.execute(
        () -> {
          telemetry = Plain.telemetry(values);
          draw();
        });
  }

  @Override
  public void motion(State state) {
    loop.execute(
        () -> {
          motion = Plain.motion(state).replace("Press Arm ", "Press Tab ");
          stops = state.stops();
          List<Asking> before = requests;
          requests = state.requests();
          requests.stream()
              .filter(one -> before.stream().noneMatch(other -> same(one, other)))
              .forEach(one -> screen.print(Plain.asking(one) + (state.you() ? ANSWER : "")));
          draw();
        });
  }

  @Override
  public void path(PeerPath path) {
    loop.execute(() -> screen.print("path: " + path.sentence()));
  }

  private void read(KeyReader keys) {
    try {
      Key key;
      do {
        Key next = keys.next();
        key = next;
        loop.execute(() -> pressed(next));
      } while (key.name() != Key.Name.END);
    } catch (IOException e) {
      left.complete(null);
    }
  }

  private void pressed(Key key) {
    if (arrows.press(key.name())) {
      drive();
      return;
    }
    boolean typing = typed.length() > 0;
    switch (key.name()) {
      case CONTROL_SPACE -> stop();
      case TAB -> answer("armed", operator.arm(stops));
      case CONTROL_A -> ask();
      case CONTROL_G -> first().ifPresent(id -> answer("given", operator.grant(id)));
      case CONTROL_R -> first().ifPresent(id -> answer("refused", operator.refuse(id)));
      case CONTROL_T -> answer("you drive", operator.takeOver());
      case ENTER -> send();
      case BACKSPACE -> typed.setLength(Math.max(0, typed.length() - 1));
      case ESCAPE -> {
        typed.setLength(0);
        if (!typing) {
          left.complete(null);
        }
      }
      case END -> left.complete(null);
      case CHARACTER -> {
        if (key.character() == ' ' && !typing) {
          stop();
        } else {
          typed.append(key.character());
        }
      }
      default -> {
        // Of no meaning here.
      }
    }
    draw();
  }

  private void ask() {
    if (requests.stream().anyMatch(Asking::you)) {
      answer("", operator.withdrawRequest());
    } else {
      answer("you drive", operator.requestControl());
    }
  }

  /** Who has waited longest for an answer. */
  private Optional<String> first() {
    return requests.stream().map(one -> one.operator().id()).findFirst();
  }

  private static boolean same(Asking one, Asking other) {
    return one.operator().id().equals(other.operator().id());
  }

  private void stop() {
    arrows.release();
    driving = false;
    screen.print("STOP");
    answer("the robot has stopped; Tab arms it", operator.stop());
  }

  private void send() {
    String line = typed.toString();
    typed.setLength(0);
    if (!line.isBlank()) {
      screen.print("> " + line);
      answer("", operator.send(Json.read(line)));
    }
  }

  private void answer(String done, CompletableFuture<Void> asked) {
    CompletableFuture<Void> unused =
        asked.handle(
            (answer, refusal) -> {
              String told =
                  refusal == null ? done : Plain.line(String.valueOf(refusal.getMessage()));
              if (!told.isEmpty()) {
                loop.execute(() -> screen.print(told));
              }
              return null;
            });
  }

  /** Again and again while an arrow counts, and once when none does any more. */
  private void drive() {
    int linear = arrows.linear();
    int angular = arrows.angular();
    boolean wanted = linear != 0 || angular != 0;
    if (wanted || driving) {
      operator.drive(linear * speed, angular * speed);
    }
    driving = wanted;
  }

  private void draw() {
    String line = "[" + connection + "] " + (motion.isEmpty() ? "" : motion + "  ") + telemetry;
    screen.bottom(typed.length() > 0 ? "> " + typed : line);
  }
}
