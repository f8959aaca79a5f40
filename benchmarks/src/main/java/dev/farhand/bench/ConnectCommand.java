package dev.farhand.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.HomeOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench connect}. */
@Command(
    name = "connect",
    description = {
      "Opens connections from Chromium through the whole of Farhand, to a bare webrtc-java peer",
      "and to a Python peer that behaves as RTCBot's, in turn: from the click to the open data",
      "channel, and echoes on it while 640x480 video plays.",
      "Ends with 0 if Farhand's goals are met and with 1 if not."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ConnectCommand implements Callable<Integer> {
  @Option(names = "--quick", description = "In under a minute, with fewer connections.")
  private boolean quick;

  @Option(names = "--rounds", paramLabel = "N", description = "Connections to each: 40, quick 6.")
  private int rounds;

  @Option(names = "--echoes", paramLabel = "N", description = "On each connection: 100, quick 50.")
  private int echoes;

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where everything measured goes; target/bench-connect.json in the sources.")
  private Path json = Path.of("target/bench-connect.json");

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Folders folders = home.folders("target/bench");
    ConnectReport report = measure(folders, out);
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folders.home().resolve(json).toFile(), report.json());
    report.print(out);
    return report.goalsMet() ? 0 : 1;
  }

  private ConnectReport measure(Folders folders, PrintWriter out) {
    out.println("Starting the contenders …");
    out.flush();
    try (Farhand farhand = Farhand.start(folders);
        WithoutServer bare = WithoutServer.bare(folders);
        WithoutServer rtcBot = WithoutServer.rtcBot(folders);
        BenchPage page = new BenchPage(farhand.address())) {
      Map<Contender, List<Connection>> all =
          rounds(page, new ArrayList<>(List.of(farhand, bare, rtcBot)), out);
      return new ConnectReport(result(farhand, all), result(bare, all), result(rtcBot, all));
    }
  }

  /** Each in turn, another first in each round, so that what disturbs meets all alike. */
  private Map<Contender, List<Connection>> rounds(
      BenchPage page, List<Contender> contenders, PrintWriter out) {
    int count = rounds > 0 ? rounds : quick ? 6 : 40;
    int each = echoes > 0 ? echoes : quick ? 50 : 100;
    Map<Contender, List<Connection>> all = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      all.put(contender, new ArrayList<>());
      page.connect(contender, 5); // not counted: the first loads what the others find loaded
    }
    for (int round = 1; round <= count; round++) {
      for (Contender contender : contenders) {
        connections(all, contender).add(page.connect(contender, each));
      }
      Collections.rotate(contenders, 1);
      out.print("\r" + round + " of " + count + " rounds");
      out.flush();
    }
    out.println();
    return all;
  }

  private static Result result(Contender contender, Map<Contender, List<Connection>> all) {
    return new Result(contender.name(), connections(all, contender));
  }

  private static List<Connection> connections(
      Map<Contender, List<Connection>> all, Contender contender) {
    return all.getOrDefault(contender, List.of());
  }
}
