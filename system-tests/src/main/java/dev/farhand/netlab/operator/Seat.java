package dev.farhand.netlab.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.camera.TimeStrip;
import dev.farhand.agent.operator.JoinOptions;
import dev.farhand.agent.operator.Operator;
import dev.farhand.agent.operator.Status;
import dev.farhand.agent.webrtc.Image;
import dev.farhand.agent.webrtc.WebRtc;
import dev.farhand.netlab.robot.Clocked;
import dev.farhand.protocol.ChannelMessage.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** The operator of one robot. Confined to the program's one thread. */
final class Seat {
  private final String robot;
  private final Consumer<Event> tell;
  private final Operator operator;
  private final List<Double> telemetryAges = new ArrayList<>();
  private final List<Double> pictureAges = new ArrayList<>();
  private boolean drives;
  private boolean talks;
  private boolean watches;
  private long telemetryAt;
  private long pictureAt;
  private int shown;
  private int width;

  Seat(Order.Join join, WebRtc webRtc, ScheduledExecutorService loop, Consumer<Event> tell) {
    this.robot = join.robot();
    this.tell = tell;
    long began = System.nanoTime();
    operator =
        Operator.join(
            JoinOptions.of(join.server(), robot).withToken(join.token()).withVideo(join.video()),
            webRtc);
    operator.onState(status -> loop.execute(() -> state(status)));
    operator.onPath(
        path ->
            tell.accept(
                new Event.Path(robot, path.relayed(), path.localType(), path.remoteType())));
    operator.onTelemetry(values -> loop.execute(() -> telemetry(values)));
    if (join.video()) {
      operator.onPicture(picture -> loop.execute(() -> picture(picture)));
    }
    CompletableFuture<Void> unused =
        operator
            .ready()
            .thenRun(() -> tell.accept(new Event.Open(robot, (System.nanoTime() - began) / 1e6)));
  }

  void obey(Order order) {
    if (order instanceof Order.Drive drive) {
      drives = drive.on();
      operator.drive(0, 0);
    } else if (order instanceof Order.Talk talk) {
      talks = talk.on();
    } else if (order instanceof Order.Say say) {
      CompletableFuture<Void> unused = operator.send("x".repeat(say.bytes() - 2));
    } else if (order instanceof Order.Watch watch) {
      watches = watch.on();
      if (!watches) {
        tell.accept(
            new Event.Ages(
                robot, List.copyOf(telemetryAges), List.copyOf(pictureAges), shown, width));
      }
      shown = 0;
      telemetryAges.clear();
      pictureAges.clear();
    }
  }

  /** Twenty times a second. */
  void tick() {
    if (drives) {
      boolean released = operator.motion().map(state -> !mayPress(state.cause())).orElse(false);
      operator.drive(released ? 0 : Clocked.linear(System.nanoTime()), released ? 0 : 1);
    }
    if (talks) {
      CompletableFuture<Void> unused = operator.send(Map.of("sent", System.nanoTime()));
    }
  }

  /** Two hundred times a second. */
  void look() {
    if (watches && telemetryAt != 0) {
      telemetryAges.add(System.nanoTime() / 1e6 - telemetryAt);
    }
    if (watches && pictureAt != 0) {
      pictureAges.add((double) (System.currentTimeMillis() - pictureAt));
    }
  }

  void leave() {
    // Waits for the goodbye to leave, so not on this thread.
    new Thread(
            () -> {
              operator.close();
              tell.accept(new Event.Left(robot));
            },
            "leaving-" + robot)
        .start();
  }

  private static boolean mayPress(Cause cause) {
    return cause == Cause.DRIVEN || cause == Cause.NEUTRAL || cause == Cause.IDLE;
  }

  private void state(Status status) {
    tell.accept(new Event.State(robot, status.state().word(), status.reason(), System.nanoTime()));
  }

  private void telemetry(JsonNode values) {
    telemetryAt = values.path("at").asLong();
  }

  /** The strip has the lowest 32 bits of the time. */
  private void picture(Image picture) {
    long now = System.currentTimeMillis();
    shown++;
    width = picture.width();
    TimeStrip.read(picture.i420(), picture.width())
        .ifPresent(shown -> pictureAt = now - ((now - shown) & 0xffffffffL));
  }
}
