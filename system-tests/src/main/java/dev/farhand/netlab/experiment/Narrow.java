package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.Link;
import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.operator.Event;
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

/** Do telemetry, picture and commands stay young when something big shares a narrow link? */
public final class Narrow {
  private static final Duration JOINING = Duration.ofSeconds(25);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration WATCHING = Duration.ofSeconds(60);
  private static final Duration BETWEEN_MESSAGES = Duration.ofSeconds(10);
  private static final int MESSAGES = 6;
  private static final int MESSAGE_BYTES = 16_384;
  private static final String UPLINK = "{\"delay\": 30, \"there\": {\"delay\": 30, \"rate\": 300}}";
  private static final String DOWNLINK = "{\"delay\": 30, \"back\": {\"delay\": 30, \"rate\": 64}}";

  private final Lab lab;
  private final Consumer<String> progress;
  private final List<NarrowResult.Row> rows = new ArrayList<>();

  public Narrow(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public NarrowResult run() {
    Uplink narrow = Uplink.linked(lab.internet(), Side.ROBOT, "narrow", NatKind.PORT_RESTRICTED);
    Uplink home = Uplink.of(lab.internet(), Side.OPERATOR, "narrow-home", NatKind.PORT_RESTRICTED);
    Link link = narrow.link().orElseThrow();
    try (Rover rover =
            lab.rover(narrow.host(), "narrow", new Rover.Equipment("sim", 5, ""))
                .awaitRegistered();
        Pilot pilot = lab.pilot(home.host(), "narrow")) {
      link.set(UPLINK);
      watch(pilot, rover, false, "uplink of 300 kbit/s, idle");
      watch(pilot, rover, true, "uplink of 300 kbit/s, with video");
      link.set(DOWNLINK);
      command(pilot, rover, false, "downlink of 64 kbit/s, idle");
      command(pilot, rover, true, "downlink of 64 kbit/s, with messages of 16 KiB");
    }
    return new NarrowResult(List.copyOf(rows));
  }

  private void watch(Pilot pilot, Rover rover, boolean video, String name) {
    pilot.join(rover.id(), video);
    if (pilot.opened(rover.id(), JOINING).isEmpty()) {
      throw new IllegalStateException(rover.id() + " could not be joined.");
    }
    Await.pause(SETTLING);
    pilot.watch(rover.id());
    Await.pause(WATCHING);
    Event.Ages ages = pilot.watched(rover.id());
    add(name, "telemetry", ages.telemetry(), 0, "");
    if (video) {
      String note =
          "%.0f a second, at last %d wide"
              .formatted((double) ages.shown() / WATCHING.toSeconds(), ages.width());
      add(name, "pictures", ages.pictures(), 0, note);
    }
    pilot.leave(rover.id());
  }

  private void command(Pilot pilot, Rover rover, boolean busy, String name) {
    try (Ride ride = Ride.begin(pilot, rover)) {
      Await.pause(SETTLING);
      List<Deed> deeds = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        if (busy) {
          pilot.say(rover.id(), MESSAGE_BYTES);
        }
        deeds.addAll(ride.goOn(BETWEEN_MESSAGES));
      }
      add(
          name,
          "commands",
          deeds.stream().filter(deed -> deed.what() == Deed.What.AGE).map(Deed::command).toList(),
          (int) deeds.stream().filter(deed -> deed.what() == Deed.What.STOP).count(),
          "");
    }
  }

  private void add(String link, String what, List<Double> ages, int stops, String note) {
    Samples samples = new Samples(ages);
    rows.add(new NarrowResult.Row(link, what, samples, stops, note));
    progress.accept(
        "%s: %s p50 %.0f, p99 %.0f, max %.0f ms, %d stops"
            .formatted(link, what, samples.p50(), samples.p99(), samples.max(), stops));
  }
}
