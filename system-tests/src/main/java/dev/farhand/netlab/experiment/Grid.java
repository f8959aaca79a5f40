package dev.farhand.netlab.experiment;

import dev.farhand.netlab.net.NatKind;
import dev.farhand.netlab.net.Side;
import dev.farhand.netlab.net.Uplink;
import dev.farhand.netlab.program.Browser;
import dev.farhand.netlab.program.Joined;
import dev.farhand.netlab.program.Lab;
import dev.farhand.netlab.program.Pilot;
import dev.farhand.netlab.program.Rover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Does every operator reach every robot, by which path, and how soon? */
public final class Grid {
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** Of each cell. */
  private static final int JOINS = 3;

  private final Lab lab;
  private final Consumer<String> progress;

  public Grid(Lab lab, Consumer<String> progress) {
    this.lab = lab;
    this.progress = progress;
  }

  public GridResult run() {
    Map<NatKind, Rover> rovers = new EnumMap<>(NatKind.class);
    Map<NatKind, Uplink> desks = new EnumMap<>(NatKind.class);
    for (NatKind kind : NatKind.values()) {
      Uplink garage = Uplink.of(lab.internet(), Side.ROBOT, "robot-" + kind.word(), kind);
      rovers.put(kind, lab.rover(garage.host(), "robot-" + kind.word(), Rover.Equipment.PLAIN));
      desks.put(kind, Uplink.of(lab.internet(), Side.OPERATOR, "operator-" + kind.word(), kind));
    }
    rovers.values().forEach(Rover::awaitRegistered);
    List<Cell> java = new ArrayList<>();
    desks.forEach((kind, desk) -> java.addAll(row(kind, desk, rovers)));
    List<Cell> browser = new ArrayList<>();
    desks.forEach((kind, desk) -> browser.add(diagonal(kind, desk, rovers)));
    return new GridResult(java, browser);
  }

  private List<Cell> row(NatKind operator, Uplink desk, Map<NatKind, Rover> rovers) {
    List<Cell> row = new ArrayList<>();
    try (Pilot pilot = lab.pilot(desk.host(), operator.word())) {
      rovers.forEach((robot, rover) -> row.add(told(cell(pilot, operator, robot, rover), "")));
    }
    return row;
  }

  /** The time is the middle one of all. */
  private static Cell cell(Pilot pilot, NatKind operator, NatKind robot, Rover rover) {
    Joined joined = pilot.tryJoin(rover.id(), PATIENCE);
    List<Double> millis = new ArrayList<>(List.of(joined.millis()));
    for (int i = 1; i < JOINS; i++) {
      pilot.timeJoin(rover.id(), PATIENCE).ifPresent(millis::add);
    }
    boolean always = joined.connected() && millis.size() == JOINS;
    return new Cell(
        operator,
        robot,
        always
            ? new Joined(true, joined.relayed(), joined.types(), new Samples(millis).p50())
            : Joined.FAILED);
  }

  private Cell diagonal(NatKind kind, Uplink desk, Map<NatKind, Rover> rovers) {
    try (Browser browser = lab.browser(desk.host())) {
      Rover rover = rovers.get(kind);
      Joined joined = browser.join(rover == null ? "" : rover.id(), PATIENCE);
      return told(new Cell(kind, kind, joined), " in Chromium");
    }
  }

  private Cell told(Cell cell, String how) {
    progress.accept(
        "%s x %s%s: %s (%s), %.0f ms%s"
            .formatted(
                cell.operator().word(),
                cell.robot().word(),
                how,
                cell.path(),
                cell.joined().types(),
                cell.joined().millis(),
                cell.good() ? "" : "  NOT AS IT SHOULD BE"));
    return cell;
  }
}
