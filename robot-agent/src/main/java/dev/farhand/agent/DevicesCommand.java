package dev.farhand.agent;

import dev.farhand.agent.driver.gpio.Chip;
import dev.farhand.agent.machine.Devices;
import dev.farhand.agent.machine.Devices.Device;
import dev.farhand.agent.machine.Devices.Kind;
import dev.farhand.agent.machine.Machine;
import dev.farhand.agent.webrtc.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code farhand-agent devices}. */
@Command(
    name = "devices",
    description = {
      "Lists what this machine has for a robot: cameras, sound, serial ports, GPIO chips, I2C buses,"
          + " PWM units; by the names that robot.yaml wants, where there are lasting ones.",
      "What may not be used comes with the command that mends it. Changes nothing; ends with 0."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DevicesCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON: a list of kinds, each with what was found.")
  private boolean json;

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Kind> all = new Devices(Machine.here(), Chip::about).all();
    if (json) {
      out.println(Json.write(all));
    } else {
      all.forEach(kind -> print(kind, out));
    }
    out.flush();
    return ExitCode.OK.code();
  }

  static void print(Kind kind, PrintWriter out) {
    out.println(kind.kind());
    if (kind.found().isEmpty()) {
      out.println("  none. " + kind.absent());
    }
    for (Device device : kind.found()) {
      out.println("  " + device.path() + (device.about().isEmpty() ? "" : "  " + device.about()));
      if (!device.mend().isEmpty()) {
        out.println("    may not be used -> " + device.mend());
      }
    }
  }
}
