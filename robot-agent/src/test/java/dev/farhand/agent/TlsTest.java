package dev.farhand.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.protocol.SignalMessage.Register;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its owner's own making. */
@Timeout(60)
class TlsTest {
  private static final String PASSWORD = "for this test only";

  @TempDir private Path folder = Path.of("unset");

  @Test
  void the_agent_believes_the_certificates_that_it_is_given_and_no_others() throws Exception {
    Path store = folder.resolve("store.p12");
    Path certificate = folder.resolve("ca.pem");
    keytool(
        "-genkeypair -alias server -keyalg EC -dname CN=test -ext san=ip:127.0.0.1 -validity 2"
            + " -storetype PKCS12",
        store);
    keytool("-exportcert -alias server -rfc -file " + certificate, store);
    try (FakeServer server = FakeServer.startTls(store, PASSWORD);
        ChildAgent stranger = run(server, List.of());
        ChildAgent agent = run(server, List.of("--ca", certificate.toString()))) {
      assertThat(server.next(Register.class)).isPresent();
      assertThat(agent.awaitLine(line -> line.startsWith("Registered as"))).isTrue();
      assertThat(stranger.awaitLine(line -> line.contains("certification path"))).isTrue();
      assertThat(stranger.lines()).noneMatch(line -> line.startsWith("Registered as"));
    }
  }

  private ChildAgent run(FakeServer server, List<String> more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--server", server.uri().toString(), "--id", "rover1"));
    arguments.addAll(List.of("--driver", "none", "--camera", "none"));
    arguments.addAll(more);
    return ChildAgent.start(folder, Map.of(), arguments.toArray(String[]::new));
  }

  private static void keytool(String arguments, Path store) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
