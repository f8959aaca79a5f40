package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.Link;
import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.program.Rover;
import dev.farhand.netlab.robot.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * How old is the newest command on the robot when packets get lost? The same time, sent at the same
 * moments, over the channel for motion and over an ordered, reliable one.
 */
public final class Loss {
  private static final int[] PERCENT = {0, 2, 5, 10};
  private static final Duration WARMING_UP = Duration.ofSeconds(3);
  private static final Duration WATCHING = Duration.ofSeconds(60);

  private final Lab lab;
  private final Consumer<String> progress;

  public Loss(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public LossResult run() {
    Uplink bad = Uplink.linked(lab.internet(), Side.ROBOT, "lossy", NatKind.PORT_RESTRICTED);
    Uplink home = Uplink.of(lab.internet(), Side.OPERATOR, "lossy-home", NatKind.PORT_RESTRICTED);
    Link link = bad.link().orElseThrow();
    List<LossResult.Row> rows = new ArrayList<>();
    try (Rover rover =
            lab.rover(bad.host(), "lossy", new Rover.Equipment("none", 5, "")).awaitRegistered();
        Pilot pilot = lab.pilot(home.host(), "lossy")) {
      for (int percent : PERCENT) {
        link.set("{\"delay\": 60, \"jitter\": 20, \"loss\": " + percent + "}");
        rows.add(row(pilot, rover, percent));
      }
    }
    return new LossResult(rows);
  }

  private LossResult.Row row(Pilot pilot, Rover rover, int percent) {
    try (Ride ride = Ride.begin(pilot, rover)) {
      pilot.talk(rover.id(), true);
      Await.pause(WARMING_UP);
      List<Deed> deeds = ride.goOn(WATCHING);
      LossResult.Row row =
          new LossResult.Row(
              percent,
              ages(deeds, Deed::command),
              ages(deeds, Deed::message),
              (int) deeds.stream().filter(deed -> deed.what() == Deed.What.STOP).count());
      progress.accept(
          "%d %% loss: control p50 %.0f, p99 %.0f ms; reliable p50 %.0f, p99 %.0f ms; %d stops"
              .formatted(
                  percent,
                  row.control().p50(),
                  row.control().p99(),
                  row.reliable().p50(),
                  row.reliable().p99(),
                  row.stops()));
      return row;
    }
  }

  private static Samples ages(List<Deed> deeds, ToDoubleFunction<Deed> age) {
    return new Samples(
        deeds.stream()
            .filter(deed -> deed.what() == Deed.What.AGE)
            .map(deed -> age.applyAsDouble(deed))
            .toList());
  }
}
