package dev.farhand.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final Overrides NOTHING = new Overrides(null, null, null, null, null, null, null);

  @TempDir private Path folder = Path.of("unset");

  @Test
  void the_example_names_every_setting() {
    List<String> keys = new ArrayList<>();
    collect(RobotYaml.class, keys);
    assertThat(keys).hasSizeGreaterThan(20);
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(ConfigFile.example().lines())
                    .anyMatch(line -> line.matches("\\s*(# )?" + key + ":.*")));
  }

  @Test
  void the_example_says_the_defaults() {
    AgentSettings example =
        SettingsReader.read(ConfigFile.parse("example", ConfigFile.example()), NOTHING);
    assertThat(example.robotId()).isEqualTo("rover1");
    assertThat(example.motion()).isEqualTo(MotionSettings.DEFAULTS);
    assertThat(example.sessions()).isEqualTo(SessionLimits.DEFAULTS);
    assertThat(example.reconnect()).isEqualTo(ReconnectSettings.DEFAULTS);
    assertThat(example.memory()).isEqualTo(MemoryBounds.DEFAULTS);
    AgentSettings nothing =
        SettingsReader.read(ConfigFile.parse("short", "{server: 'wss://a', id: b}"), NOTHING);
    assertThat(example.driver()).isEqualTo(nothing.driver());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "camera: {width: wide}         | line 1: camera.width must be a whole number",
        "motion: {max-linear: much}    | line 1: motion.max-linear must be a number",
        "camera: 7                     | line 1: camera must be names with values",
        "limits: {seats: 3}            | line 1: there is no setting limits.seats. Known here: connect",
        "ID: rover1                    | line 1: there is no setting ID. Known here: ca, camera",
        "id: [                         | line 1",
      })
  void what_is_wrong_is_named_with_its_line(String text, String message) {
    assertThatThrownBy(() -> ConfigFile.parse("robot.yaml", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("robot.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void a_setting_that_stands_twice_is_refused() {
    assertThatThrownBy(() -> ConfigFile.parse("robot.yaml", "id: a\nid: b\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: ftp://a            | wss://",
        "server: ws://a/path        | wss://",
        "server: ws://user:pw@a     | wss://",
        "id: ../rover               | letters",
        "driver: {motion-timeout-ms: 1} | 50 ms to 5 s",
        "camera: {source: webcam}   | sim, test or none",
        "camera: {width: 33}        | 160 x 120",
        "motion: {max-linear: 2}    | between 0 and 1",
        "limits: {sessions: 0}      | 1 to 64",
        "memory: {kept-soft-mb: 99} | not above the hard",
        "token-file: /nowhere       | /nowhere",
      })
  void what_is_out_of_range_says_what_is_allowed(String text, String message) {
    String complete =
        (text.startsWith("server") ? "" : "server: ws://a\n")
            + (text.startsWith("id") ? "" : "id: rover1\n")
            + text;
    assertThatThrownBy(() -> SettingsReader.read(ConfigFile.parse("robot.yaml", complete), NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void an_empty_file_says_nothing() {
    assertThat(ConfigFile.parse("robot.yaml", "# nothing yet\n")).isEqualTo(RobotYaml.EMPTY);
  }

  @Test
  void the_file_named_counts_and_must_exist() throws Exception {
    Path file = Files.writeString(folder.resolve("other.yaml"), "id: rover1");
    assertThat(ConfigFile.find(file, name -> null)).contains(file);
    assertThatThrownBy(() -> ConfigFile.find(folder.resolve("none.yaml"), name -> null))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void without_a_name_the_users_own_file_is_found() throws Exception {
    Files.createDirectories(folder.resolve("farhand"));
    Path file = Files.writeString(folder.resolve("farhand/robot.yaml"), "id: rover1");
    assertThat(ConfigFile.find(null, Map.of("XDG_CONFIG_HOME", folder.toString())::get))
        .contains(file);
  }

  @Test
  void options_stand_above_the_environment_and_that_above_the_file() {
    RobotYaml yaml = ConfigFile.parse("robot.yaml", "{server: 'ws://file', id: file, token: file}");
    Map<String, String> environment =
        Map.of("FARHAND_SERVER", "ws://environment", "FARHAND_ID", "environment");
    Overrides options = new Overrides("ws://option", null, null, null, null, null, null);
    AgentSettings settings = SettingsReader.read(yaml, options.over(environment::get));
    assertThat(settings.server()).hasHost("option");
    assertThat(settings.robotId()).isEqualTo("environment");
    assertThat(settings.token().get()).contains("file");
  }

  @Test
  void a_renewed_token_file_counts_at_once() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    RobotYaml yaml =
        ConfigFile.parse("robot.yaml", "{server: 'ws://a', id: a, token-file: '" + file + "'}");
    AgentSettings settings = SettingsReader.read(yaml, NOTHING);
    assertThat(settings.token().get()).contains("first");
    Files.writeString(file, "second\n");
    assertThat(settings.token().get()).isEqualTo(Optional.of("second"));
  }

  private static void collect(Class<?> type, List<String> keys) {
    for (RecordComponent component : type.getRecordComponents()) {
      keys.add(component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
      if (component.getType().isRecord()) {
        collect(component.getType(), keys);
      }
    }
  }
}
