package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Ride;
import dev.farhand.netlab.program.Rover;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How long is a rover away when its network or its operator's changes, and does it stand? */
public final class Handovers {
  private static final int RUNS = 20;
  private static final String ALONE = "-Dfarhand.recovery=libwebrtc";

  private final Lab lab;
  private final Consumer<String> progress;

  public Handovers(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public HandoverResult run() {
    List<Change> away = new ArrayList<>();
    List<Change> back = new ArrayList<>();
    List<Change> alone = new ArrayList<>();
    List<Change> operators = new ArrayList<>();
    robots("roaming", "", away, back);
    robots("alone", ALONE, alone, new ArrayList<>());
    operators(operators);
    return new HandoverResult(away, back, operators, alone);
  }

  private void robots(String name, String javaOptions, List<Change> away, List<Change> back) {
    Handover handover = Handover.prepare(lab, Side.ROBOT, name);
    Rover.Equipment equipment = new Rover.Equipment("none", 0, javaOptions);
    try (Pilot pilot = pilot(name, javaOptions)) {
      while (away.size() < RUNS) {
        // Each time anew, so that all begin alike.
        try (Rover rover = lab.rover(handover.wifi().host(), name, equipment).awaitRegistered();
            Ride ride = Ride.begin(pilot, rover)) {
          away.add(told(name + ", to 4G", away.size(), handover.away(ride)));
          if (away.get(away.size() - 1).again().isPresent() && javaOptions.isEmpty()) {
            back.add(told(name + ", back to Wi-Fi", back.size(), handover.back(ride)));
          } else {
            handover.wifi().up();
          }
        }
      }
    }
  }

  private void operators(List<Change> changes) {
    Handover handover = Handover.prepare(lab, Side.OPERATOR, "nomad");
    Uplink garage = linked(Side.ROBOT, "garage");
    try (Rover rover = lab.rover(garage.host(), "garage", Rover.Equipment.PLAIN).awaitRegistered();
        Pilot pilot = lab.pilot(handover.wifi().host(), "nomad")) {
      while (changes.size() < RUNS) {
        try (Ride ride = Ride.begin(pilot, rover)) {
          changes.add(told("operator, to 4G", changes.size(), handover.away(ride)));
        }
        handover.wifi().up();
      }
    }
  }

  private Pilot pilot(String name, String javaOptions) {
    Uplink home = linked(Side.OPERATOR, name + "-home");
    return javaOptions.isEmpty()
        ? lab.pilot(home.host(), name)
        : lab.pilot(home.host(), name, javaOptions);
  }

  /** The end whose network stays; the way between the two takes its time. */
  private Uplink linked(Side side, String name) {
    Uplink uplink = Uplink.linked(lab.internet(), side, name, NatKind.PORT_RESTRICTED);
    uplink.link().orElseThrow().set("{\"delay\": 30}");
    return uplink;
  }

  private Change told(String what, int before, Change change) {
    progress.accept("%s %d of %d: %s".formatted(what, before + 1, RUNS, change));
    return change;
  }
}
