package dev.farhand.signaling;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the secret lies. The same for the server and the commands that make tokens. */
final class SecretOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the server keeps its secret. Default: $$STATE_DIRECTORY (which systemd sets), else"
              + " $$XDG_STATE_HOME/farhand, else ~/.local/state/farhand.")
  @Nullable Path data;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description =
          "The keys that sign tokens, one \"ID base64\" a line, the newest last. Made with mode 0600"
              + " if it is not there. Default: the file secret in --data.")
  @Nullable Path secretFile;

  Path file() {
    Path named = secretFile;
    return named != null ? named : directory(System.getenv()).resolve("secret");
  }

  private Path directory(Map<String, String> environment) {
    Path named = data;
    if (named != null) {
      return named;
    }
    String state = environment.get("STATE_DIRECTORY");
    if (state != null && !state.isBlank()) {
      // systemd lists several with colons; the first is the server's.
      return Path.of(state.split(":", 2)[0]);
    }
    String home = environment.get("XDG_STATE_HOME");
    Path base =
        home != null && !home.isBlank()
            ? Path.of(home)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("farhand");
  }
}
