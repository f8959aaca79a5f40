package dev.farhand.bench;

import com.diozero.internal.provider.mock.MockDeviceFactory;
import dev.farhand.netlab.net.Place;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One driver of each kind in one robot, and the device that the serial one talks to. */
final class DriversOfAllKinds implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("DriverMain (\\w+)$");

  /** A pseudo-terminal of which everything is read. */
  private static final String DEVICE =
      """
      import os, tty
      ours, theirs = os.openpty()
      tty.setraw(theirs)
      print('Port', os.ttyname(theirs), flush=True)
      while os.read(ours, 4096): pass
      """;

  private final Folders folders;
  private final Program device;
  private final String port;

  DriversOfAllKinds(Folders folders) {
    this.folders = folders;
    device =
        Program.start(
            Place.HERE,
            folders.work("device.log"),
            Map.of(),
            List.of("/usr/bin/python3", "-c", DEVICE));
    port = device.await(Pattern.compile("Port (\\S+)"));
  }

  /** As {@code robot.yaml} has them. */
  Map<String, Object> settings() {
    Path python = folders.home().resolve("deploy/examples/python-driver/driver.py");
    return Map.of(
        "drivers",
        Map.of(
            "sim", Map.of("command", "sim"),
            "serial", Map.of("command", "serial", "settings", serial()),
            "gpio", Map.of("command", gpio(), "settings", motors()),
            "python", Map.of("command", List.of("/usr/bin/python3", python.toString()))));
  }

  /** What kind of driver this process is; empty if it is none. */
  static Optional<String> kind(ProcessHandle process) {
    String line = process.info().commandLine().orElse("");
    return line.endsWith("driver.py")
        ? Optional.of("python")
        : NAME.matcher(line).results().findFirst().map(found -> found.group(1));
  }

  private Map<String, Object> serial() {
    return Map.of(
        "port",
        port,
        "format",
        "json",
        "baud",
        115200,
        "scale",
        255,
        "drive",
        Map.of("T", 1, "L", "{left}", "R", "{right}"),
        "safe",
        Map.of("T", 1, "L", 0, "R", 0));
  }

  private List<String> gpio() {
    return folders.java(
        List.of(MockBoard.class, MockDeviceFactory.class),
        // The mock provider would tell of every edge.
        List.of("-Xms4m", "-Xmx32m", "-Dtinylog.level=warn"),
        "dev.farhand.agent.driver.DriverMain",
        "gpio");
  }

  /** With PWM by software, which any pin can have and which takes the most. */
  private static Map<String, Object> motors() {
    return Map.of(
        "drive",
        Map.of(
            "kind",
            "differential",
            "pwm",
            "software",
            "left",
            Map.of("in1", 17, "in2", 27, "speed", 12),
            "right",
            Map.of("in1", 23, "in2", 24, "speed", 13)));
  }

  @Override
  public void close() {
    device.close();
  }
}
