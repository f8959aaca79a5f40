package dev.farhand.bench;

import static java.util.Locale.ROOT;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results beside each other, their ratios, and the two that Farhand promises to hold. */
record ConnectReport(Result farhand, Result bare, Result rtcBot) {
  /** Click to open data channel, against RTCBot's. */
  static final double CONNECT_GOAL = 0.1;

  /** An echo through the whole product, against webrtc-java alone. */
  static final double ECHO_GOAL = 1.15;

  double connectRatio() {
    return farhand.connect().p50() / rtcBot.connect().p50();
  }

  double echoRatio() {
    return farhand.echo().p50() / bare.echo().p50();
  }

  boolean goalsMet() {
    return connectRatio() <= CONNECT_GOAL && echoRatio() <= ECHO_GOAL;
  }

  /** All ratios stand on the last line. */
  void print(PrintWriter out) {
    out.printf(
        "%n%-18s %12s %9s %7s %10s %8s %8s  %s%n",
        "milliseconds", "connect p50", "p99", "of", "echo p50", "p99", "of", "video meanwhile");
    for (Result result : all()) {
      out.printf(
          ROOT,
          "%-18s %12.1f %9.1f %7d %10.3f %8.3f %8d  %s, %d pictures%n",
          result.name(),
          result.connect().p50(),
          result.connect().p99(),
          result.connect().count(),
          result.echo().p50(),
          result.echo().p99(),
          result.echo().count(),
          result.size(),
          result.pictures());
    }
    out.println();
    for (Result result : all()) {
      out.println(
          result.name()
              + ", ms after the click (p50): "
              + result.parts().entrySet().stream()
                  .map(part -> part.getKey() + String.format(ROOT, " %.1f", part.getValue()))
                  .collect(Collectors.joining(", ")));
    }
    out.println(
        "Farhand/RTCBot: "
            + ratios(rtcBot, goal(connectRatio(), CONNECT_GOAL), "")
            + "; Farhand/bare: "
            + ratios(bare, "", goal(echoRatio(), ECHO_GOAL)));
    out.flush();
  }

  /**
   * All four against one peer.
   *
   * @param connectGoal what stands behind the median of connecting
   * @param echoGoal what stands behind the median of echoes
   */
  private String ratios(Result peer, String connectGoal, String echoGoal) {
    return String.format(
        ROOT,
        "connect p50 %.3f%s, p99 %.3f, echo p50 %.2f%s, p99 %.2f",
        farhand.connect().p50() / peer.connect().p50(),
        connectGoal,
        farhand.connect().p99() / peer.connect().p99(),
        farhand.echo().p50() / peer.echo().p50(),
        echoGoal,
        farhand.echo().p99() / peer.echo().p99());
  }

  private static String goal(double ratio, double goal) {
    return String.format(ROOT, " (goal: at most %.2f%s)", goal, ratio <= goal ? "" : ", MISSED");
  }

  /** The same for programs. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connectFarhandToRtcBot", connectRatio());
    json.put("echoFarhandToBare", echoRatio());
    json.put("goalsMet", goalsMet());
    json.put("results", all().stream().map(ConnectReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.name());
    json.put("connectP50", result.connect().p50());
    json.put("connectP99", result.connect().p99());
    json.put("echoP50", result.echo().p50());
    json.put("echoP99", result.echo().p99());
    json.put("parts", result.parts());
    json.put("connections", result.connections());
    return json;
  }

  private List<Result> all() {
    return List.of(farhand, bare, rtcBot);
  }
}
