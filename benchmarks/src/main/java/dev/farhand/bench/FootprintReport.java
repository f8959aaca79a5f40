package dev.farhand.bench;

import static java.util.Locale.ROOT;

import dev.farhand.netlab.report.Section;
import dev.farhand.netlab.report.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The agent and its peers, then the drivers, each with and without somebody who drives. */
record FootprintReport(List<Footprint> all) {
  /** Of the agent without its drivers, with one session: MB. */
  static final double AGENT_GOAL = 120;

  private static final String FARHAND = "Farhand";

  boolean goalMet() {
    return agent().usage().megabytes() <= AGENT_GOAL;
  }

  void print(PrintWriter out) {
    List<List<String>> rows = rows();
    for (List<String> row : Stream.concat(Stream.of(head()), rows.stream()).toList()) {
      out.printf("%-42s %10s %14s%n", row.toArray());
    }
    Meter.Usage agent = agent().usage();
    out.printf(
        ROOT,
        "The agent with one session: %.0f MB (goal: at most %.0f%s), %.1f %% of a core%s%n",
        agent.megabytes(),
        AGENT_GOAL,
        goalMet() ? "" : ", MISSED",
        agent.cpuPercent(),
        peers(agent));
    out.flush();
  }

  Section section() {
    return new Section(
        "footprint",
        "Memory and processor time at 20 Hz",
        List.of(new Table(head(), rows())),
        "",
        goalMet());
  }

  private static List<String> head() {
    return List.of("program", "MB", "% of a core");
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    of(Footprint.IDLE, false).forEach(one -> rows.add(row("agent, nobody connected", one)));
    of(FARHAND, false).forEach(one -> rows.add(row("agent, driven, video 640x480", one)));
    peers().forEach(one -> rows.add(row(one.situation() + ", the same", one)));
    of(Footprint.IDLE, true).forEach(one -> rows.add(row(driver(one) + ", at rest", one)));
    of(FARHAND, true).forEach(one -> rows.add(row(driver(one) + ", driven", one)));
    return rows;
  }

  private String peers(Meter.Usage agent) {
    StringBuilder text = new StringBuilder();
    for (Footprint peer : peers().toList()) {
      text.append(
          String.format(
              ROOT,
              "; %s: %.2f of its memory, %.2f of its time",
              peer.situation(),
              agent.megabytes() / peer.usage().megabytes(),
              agent.cpuPercent() / peer.usage().cpuPercent()));
    }
    return text.toString();
  }

  private Footprint agent() {
    return of(FARHAND, false).findFirst().orElseThrow();
  }

  private Stream<Footprint> peers() {
    return all.stream()
        .filter(one -> !one.situation().equals(FARHAND) && !one.situation().equals(Footprint.IDLE));
  }

  private Stream<Footprint> of(String situation, boolean drivers) {
    return all.stream()
        .filter(one -> one.situation().equals(situation) && one.driver().isPresent() == drivers);
  }

  private static String driver(Footprint one) {
    return "driver " + one.driver().orElse("");
  }

  private static List<String> row(String name, Footprint one) {
    return List.of(
        name,
        String.format(ROOT, "%.0f", one.usage().megabytes()),
        String.format(ROOT, "%.1f", one.usage().cpuPercent()));
  }
}
