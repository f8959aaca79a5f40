package dev.farhand.agent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.ConfigException;
import dev.farhand.agent.machine.Finding;
import dev.farhand.agent.machine.Machine;
import dev.farhand.agent.webrtc.NativeLibraries;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code farhand-agent doctor}. */
@Command(
    name = "doctor",
    description = {
      "Looks at what run needs: machine, settings, drivers and their devices, token, server.",
      "Each line says ok, or what the problem is and what mends it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  // Set by picocli.
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    boolean well = true;
    for (Finding finding : findings()) {
      out.println(finding);
      out.flush();
      well &= finding.ok();
    }
    return (well ? ExitCode.OK : ExitCode.UNHEALTHY).code();
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(MachineCheck.java(Runtime.version().feature()));
    findings.add(
        MachineCheck.system(
            System.getProperty("os.name", "unknown"), System.getProperty("os.arch", "unknown")));
    findings.add(
        MachineCheck.libraries(
            NativeLibraries.ofThisMachine().missingPackages(),
            NativeLibraries.shippedForThisMachine()));
    try {
      String file =
          options
              .file(System::getenv)
              .map(path -> path + " can be read")
              .orElse("No robot.yaml: options, environment and defaults");
      AgentSettings settings = options.settings(System::getenv);
      findings.add(Finding.ok(file));
      String searchPath = System.getenv("PATH");
      findings.addAll(
          MachineCheck.drivers(
              settings.drivers(), searchPath == null ? "" : searchPath, Machine.here()));
      findings.add(camera(settings));
      findings.add(TokenCheck.of(settings.token().get(), settings.robotId(), Instant.now()));
      findings.addAll(ServerCheck.of(settings.server(), settings.ca()));
    } catch (ConfigException e) {
      findings.add(
          Finding.problem(
              "Settings: " + e.getMessage(),
              "See: farhand-agent example-config; for the settings of a driver docs/drivers.md"));
    }
    return findings;
  }

  private static Finding camera(AgentSettings settings) {
    return settings
        .camera()
        .apply(() -> JsonNodeFactory.instance.objectNode())
        .map(
            camera ->
                Finding.ok(
                    "The camera "
                        + camera.name()
                        + " gives "
                        + camera.format().width()
                        + " x "
                        + camera.format().height()))
        .orElse(Finding.ok("No camera: operators see nothing"));
  }
}
