package dev.farhand.bench;

import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A peer that answers complete offers over plain HTTP.
 *
 * @param name for the table
 * @param address where offers are POSTed to
 * @param process the peer's own
 */
record WithoutServer(String name, String address, Program process) implements Contender {
  private static final Pattern LISTENS = Pattern.compile("Listens on (\\S+)");

  /** The floor: webrtc-java and nothing else, under the options of the agent's launcher. */
  static WithoutServer bare(Folders folders) {
    List<String> command =
        folders.java(
            BarePeer.class, List.of("-Xms16m", "-Xmn8m", "-Xmx128m"), BarePeer.class.getName());
    return start("bare webrtc-java", folders.work("bare.log"), command, "");
  }

  /** What RTCBot's users have: Python and aiortc, offers and answers both complete. */
  static WithoutServer rtcBot(Folders folders) {
    List<String> command =
        List.of(
            "/usr/bin/python3",
            "-B",
            folders.peers().resolve("tutorial_robot.py").toString(),
            "--port",
            "0",
            "--echo",
            "--size",
            "640x480");
    return start("RTCBot (aiortc)", folders.work("rtcbot.log"), command, "/connect");
  }

  private static WithoutServer start(String name, Path log, List<String> command, String path) {
    Program process = Program.start(Place.HERE, log, Folders.MEMORY, command);
    try {
      return new WithoutServer(name, process.await(LISTENS) + path, process);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  @Override
  public String opening() {
    return "post('" + address + "')";
  }

  @Override
  public void close() {
    process.close();
  }
}
