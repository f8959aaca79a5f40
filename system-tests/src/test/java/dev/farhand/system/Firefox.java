package dev.farhand.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Debian's Firefox, without a window, with a new home of its own and its stock preferences: what
 * works here works for somebody who has just installed it.
 */
final class Firefox implements AutoCloseable {
  private static final String READY = "WebDriver BiDi listening on ";

  private final Path home;
  private final Program program;
  private final BiDi bidi;
  private final Map<String, FirefoxPage> pages = new ConcurrentHashMap<>();

  private Firefox(Path home, Program program) {
    this.home = home;
    this.program = program;
    String line = program.awaitLine(READY);
    String address = line.substring(line.indexOf(READY) + READY.length()).strip();
    bidi = new BiDi(URI.create(address + "/session"), this::happened);
    bidi.command(
        "session.new",
        Map.of("capabilities", Map.of("alwaysMatch", Map.of("acceptInsecureCerts", true))));
    bidi.command("session.subscribe", Map.of("events", List.of("log.entryAdded")));
  }

  static Firefox start() {
    try {
      Path home = Files.createTempDirectory("farhand-firefox");
      Path profile = Files.createDirectory(home.resolve("profile"));
      Program program =
          Program.start(home.resolve("firefox.log"), command(profile), environment(home));
      try {
        return new Firefox(home, program);
      } catch (RuntimeException | AssertionError e) {
        end(program, home);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path profile) {
    return List.of(
        "/usr/bin/firefox-esr",
        "--headless",
        "--remote-debugging-port",
        "0",
        "--profile",
        profile.toString(),
        "about:blank");
  }

  private static Map<String, String> environment(Path home) {
    String folder = home.toString();
    return Map.of(
        "HOME", folder,
        "XDG_CONFIG_HOME", folder,
        "XDG_CACHE_HOME", folder,
        "XDG_DATA_HOME", folder,
        "XDG_RUNTIME_DIR", folder);
  }

  /** A window of its own that has loaded this. */
  FirefoxPage open(String url) {
    String context =
        bidi.command("browsingContext.create", Map.of("type", "window")).path("context").asText();
    FirefoxPage page = new FirefoxPage(bidi, context);
    pages.put(context, page);
    page.navigate(url);
    return page;
  }

  private void happened(String method, JsonNode event) {
    FirefoxPage page = pages.get(event.path("source").path("context").asText());
    if (page != null && method.equals("log.entryAdded")) {
      page.logged(event);
    }
  }

  @Override
  public void close() {
    bidi.close();
    end(program, home);
  }

  private static void end(Program program, Path home) {
    program.close();
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // The temporary folder of a process that is still writing: the machine's to clear away.
    }
  }
}
