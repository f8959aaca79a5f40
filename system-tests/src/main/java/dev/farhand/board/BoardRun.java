package dev.farhand.board;

import dev.farhand.board.machine.Board;
import dev.farhand.board.parts.Cache;
import dev.farhand.board.parts.Parts;
import dev.farhand.board.trial.Report;
import dev.farhand.board.trial.Trials;
import dev.farhand.netlab.net.Internet;
import dev.farhand.netlab.net.Namespace;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Browser;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.SignalingServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything in one go, and one boot: a network, the server, the board, Chromium, all faults. What
 * it has started ends with it, or with its process. One thread.
 */
final class BoardRun {
  private static final String ROBOT = "board";
  private static final String SERVER = "198.51.100.10";
  private static final String OPERATOR = "203.0.113.10";
  private static final int PORT = 8080;
  private static final int BOARD = 11;

  /** Of emulated programs on a slow machine. */
  private static final Duration BOOT = Duration.ofMinutes(5);

  private final Folders folders;
  private final Cache cache;
  private final Consumer<String> progress;

  BoardRun(Folders folders, Cache cache, Consumer<String> progress) {
    this.folders = folders;
    this.cache = cache;
    this.progress = progress;
  }

  /** Why this machine cannot have a board; empty if it can. */
  static Optional<String> lacking() {
    return Board.lacking().or(Internet::lacking);
  }

  Report run() {
    Parts parts = Parts.have(cache, progress);
    try (Internet internet = Internet.make(folders.scripts())) {
      Namespace serverHost = internet.host("server", SERVER);
      progress.accept("Switching the board on …");
      try (SignalingServer server =
              SignalingServer.start(folders, serverHost, SERVER, PORT, List.of());
          Board board = Board.start(folders, parts, internet.tap(ROBOT, BOARD), server, ROBOT);
          Browser browser = Browser.start(folders, server, internet.host("operator", OPERATOR))) {
        board.awaitWitness(BOOT);
        progress.accept("It runs; waiting for its agent …");
        awaitRegistered(board);
        progress.accept("Driving it …");
        return Trials.run(board, browser.open(ROBOT), progress);
      }
    }
  }

  private static void awaitRegistered(Board board) {
    boolean unused =
        Await.value(
            "the board's agent registers; its console says: " + board.console(),
            BOOT,
            () ->
                board.console().contains("Registered as " + ROBOT)
                    ? Optional.of(true)
                    : Optional.empty());
  }
}
