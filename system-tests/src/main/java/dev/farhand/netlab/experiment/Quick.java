package dev.farhand.netlab.experiment;

import dev.farhand.netlab.experiment.QuickResult.Outcome;
import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Browser;
import dev.farhand.netlab.program.Joined;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.program.Rover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Six telling cells in under a minute. */
public final class Quick {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final double MOST_AWAY_MILLIS = 10_000;

  private final Lab lab;
  private final Consumer<String> progress;
  private final List<Outcome> outcomes = new ArrayList<>();

  public Quick(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public QuickResult run() {
    Rover open = rover(NatKind.NONE);
    Rover mobile = rover(NatKind.SYMMETRIC);
    Rover office = rover(NatKind.UDP_BLOCKED);
    Uplink linked = Uplink.linked(lab.internet(), Side.ROBOT, "linked", NatKind.PORT_RESTRICTED);
    Rover home = lab.rover(linked.host(), "linked", Rover.Equipment.PLAIN);
    Handover handover = Handover.prepare(lab, Side.ROBOT, "moving");
    Rover moving = lab.rover(handover.wifi().host(), "moving", Rover.Equipment.PLAIN);
    Uplink desk = desk(NatKind.PORT_RESTRICTED);
    try (Pilot pilot = lab.pilot(desk.host(), "home")) {
      List.of(open, mobile, office, home, moving).forEach(Rover::awaitRegistered);
      join(NatKind.NONE, open, NatKind.NONE);
      join(NatKind.SYMMETRIC, mobile, NatKind.SYMMETRIC);
      join(pilot, NatKind.PORT_RESTRICTED, office, NatKind.UDP_BLOCKED);
      browse(desk, home);
      handover(handover, pilot, moving);
      cut(linked, pilot, home);
    }
    return new QuickResult(List.copyOf(outcomes));
  }

  private Rover rover(NatKind kind) {
    String name = "robot-" + kind.word();
    return lab.rover(
        Uplink.of(lab.internet(), Side.ROBOT, name, kind).host(), name, Rover.Equipment.PLAIN);
  }

  private Uplink desk(NatKind kind) {
    return Uplink.of(lab.internet(), Side.OPERATOR, "operator-" + kind.word(), kind);
  }

  private void join(NatKind operator, Rover rover, NatKind robot) {
    try (Pilot pilot = lab.pilot(desk(operator).host(), operator.word())) {
      join(pilot, operator, rover, robot);
    }
  }

  private void join(Pilot pilot, NatKind operator, Rover rover, NatKind robot) {
    joined(new Cell(operator, robot, pilot.tryJoin(rover.id(), PATIENCE)), "");
  }

  private void browse(Uplink desk, Rover rover) {
    try (Browser browser = lab.browser(desk.host())) {
      Joined joined = browser.join(rover.id(), PATIENCE);
      joined(new Cell(desk.kind(), NatKind.PORT_RESTRICTED, joined), " in Chromium");
    }
  }

  private void joined(Cell cell, String how) {
    Joined joined = cell.joined();
    add(
        cell.operator().word() + " x " + cell.robot().word() + how,
        cell.good(),
        joined.connected()
            ? "%s, %.0f ms".formatted(cell.path(), joined.millis())
            : "not connected");
  }

  private void handover(Handover handover, Pilot pilot, Rover rover) {
    try (Ride ride = Ride.begin(pilot, rover)) {
      Change change = handover.away(ride);
      add(
          "hand-over while driving",
          change.unattended() <= Cut.MOST_MILLIS
              && change.again().orElse(Double.POSITIVE_INFINITY) <= MOST_AWAY_MILLIS,
          change.toString());
    }
  }

  private void cut(Uplink uplink, Pilot pilot, Rover rover) {
    uplink.link().orElseThrow().set("{\"delay\": 30, \"loss\": 5}");
    try (Ride ride = Ride.begin(pilot, rover)) {
      Cut cut =
          Await.value(
              "a cut in motion", PATIENCE, () -> Cut.make(ride, uplink, Duration.ofMillis(500)));
      add(
          "a cut in motion at 5 % loss",
          cut.inTime() && cut.back(),
          "stopped %.0f ms after the last command%s"
              .formatted(cut.unattended(), cut.back() ? ", then driven again" : ""));
    }
  }

  private void add(String name, boolean good, String text) {
    Outcome outcome = new Outcome(name, good, text);
    outcomes.add(outcome);
    progress.accept(outcome.toString());
  }
}
