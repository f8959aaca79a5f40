package dev.farhand.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.driver.DriverSpec;
import dev.farhand.agent.motion.KeyMap;
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
import org.jspecify.annotations.Nullable;
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
    assertThat(example.drivers()).isEqualTo(nothing.drivers());
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
        "rtcbot: {keys: {w: {linear: x}}} | line 1: rtcbot.keys.w.linear must be a number",
        "rtcbot: {keys: {w: {speed: 1}}}  | line 1: there is no setting rtcbot.keys.w.speed. Known here: angular, linear",
        "rtcbot: {keys: [w]}           | line 1: rtcbot.keys must be names with values",
        "drivers: {a: {motion: often}} | line 1: drivers.a.motion must be true or false",
        "drivers: [sim]                | line 1: drivers must be names with values",
        "id: [                         | line 1",
      })
  void what_is_wrong_is_named_with_its_line(String text, String message) {
    assertThatThrownBy(() -> ConfigFile.parse("robot.yaml", text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("robot.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void rule_7_limits_and_the_time_to_answer_are_read() {
    MotionSettings motion =
        SettingsReader.read(
                ConfigFile.parse(
                    "robot.yaml",
                    "{server: 'wss://a', id: b, motion: {max-linear: 0.5, max-linear-acceleration: 2,"
                        + " max-angular-acceleration: 0.5, grant-after-s: 20}}"),
                NOTHING)
            .motion();
    assertThat(motion.limits()).isEqualTo(new MotionSettings.Limits(0.5, 1, 2, 0.5));
    assertThat(motion.leaseTimes().grantAfter()).hasSeconds(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'id: a\ndriver:\n  settings:\n    b: 1\n\tc: 2\n' | line 5 | TAB",
        "'id: a\ndriver:\n  settings:\n    b: {c: 1\n' | line 5 | expected ',' or '}'",
        "'id: a\ndriver:\n  settings:\n    b: 1\n    c: 2\n    b: 3\n' | line 6 | Duplicate field 'b'",
        "'id: a\ndriver:\n  settings:\n    b: 1\n   c: 2\n' | line 5 | ",
      })
  void what_is_no_yaml_is_told_where_it_stands_and_why(String text, String line, String why) {
    assertThatThrownBy(
            () -> ConfigFile.parse("robot.yaml", text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(line)
        .hasMessageContaining(why == null ? "" : why);
  }

  @Test
  void another_encoding_is_named() throws Exception {
    Path file = Files.write(folder.resolve("robot.yaml"), new byte[] {'i', 'd', ':', (byte) 0xe4});
    assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void no_robot_with_hardware_shows_a_made_up_picture_unless_told_to() {
    assertThat(camera("driver: {command: /bin/cat}")).isEmpty();
    assertThat(camera("driver: {command: /bin/cat}\ncamera: {source: sim}")).isPresent();
    assertThat(camera("driver: {command: sim}")).isPresent();
    assertThat(camera("id: rover1")).isPresent();
  }

  private static Optional<Camera> camera(String yaml) {
    String complete = "server: ws://a\n" + (yaml.startsWith("id") ? "" : "id: rover1\n") + yaml;
    return SettingsReader.read(ConfigFile.parse("robot.yaml", complete), NOTHING)
        .camera()
        .apply(JsonNodeFactory.instance::objectNode);
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
        "server: ftp://a            | line 2: server must be like wss://",
        "server: ws://a/path        | line 2: server must be like wss://",
        "server: ws://user:pw@a     | line 2: server must be like wss://",
        "server: ws://a:99999       | line 2: server must be like wss://",
        "driver: {command: python3 /opt/driver.py} | line 3: driver.command is one text, so it would be one program's name. Write a program and its arguments as a list: [python3, /opt/driver.py]",
        "driver: {command: GPIO}    | line 3: driver.command is written in small letters: gpio",
        "driver: {command: /bin/cat, settings: {a: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}} | line 3: driver.settings cannot be told to a driver: ",
        "id: ../rover               | line 2: id cannot be used: a robot's ID is 1 to 64 letters",
        "driver: {motion-timeout-ms: 1} | line 3: driver.motion-timeout-ms must be 50 to 5000.",
        "driver: {ready-within-s: 0} | line 3: driver.ready-within-s must be 1 to 120.",
        "driver: {ready-within-s: 121} | line 3: driver.ready-within-s must be 1 to 120.",
        "driver: {ready-within-s: 3, command: serial, settings: {port: /dev/a, format: lines, baud: 9600, delay-write-start-ms: 2000}} | line 3: driver.ready-within-s must be at least 4: by its settings the driver waits 2000 ms",
        "driver: {settings: [fast]} | line 3: driver.settings must be names with values.",
        "drivers: {}               | line 3: drivers must name a driver.",
        "drivers: {a.b: {command: sim}} | line 3: drivers.a.b cannot be used: a driver's name is 1 to 32",
        "drivers: {pose: {command: sim}} | line 3: drivers.pose cannot be used: a driver's name is 1 to 32",
        "drivers: {a: }             | line 3: drivers.a must say its command: ",
        "drivers: {a: {command: none}} | line 3: drivers.a must say its command: ",
        "drivers: {a: {command: sim, motion-timeout-ms: 9}} | line 3: drivers.a.motion-timeout-ms must be 50 to 5000.",
        "{driver: {command: sim}, drivers: {a: {command: sim}}, server: 'ws://a', id: b} | line 1: drivers cannot stand beside driver",
        "driver: {settings: {maxSped: 2}} | line 3: driver.settings.maxSped is not known here: there are maxSpeed and maxTurn.",
        "driver: {settings: {maxSpeed: 0}} | line 3: driver.settings.maxSpeed must be a number above 0.",
        "drivers: {a: {command: sim, settings: {maxTurn: fast}}} | line 3: drivers.a.settings.maxTurn must be a number above 0.",
        "driver: {command: serial, settings: {port: /dev/a, format: lines, baud: fast}} | line 3: driver.settings.baud must be a whole number, bits a second, from 300 to 4000000.",
        "driver: {command: serial} | line 3: driver.settings must have format: one of lines, json, bytes, struct, nmea.",
        "driver: {command: ''}      | line 3: driver.command must be ",
        "camera: {source: webcam}   | line 3: camera.source must be sim, test or none.",
        "camera: {width: 33}        | line 3: camera.width must be 160 to 1920.",
        "camera: {height: 121}      | line 3: camera.height must be even, 120 to 1080.",
        "camera: {frames-per-second: 0} | line 3: camera.frames-per-second must be 1 to 60.",
        "motion: {max-linear: 2}    | line 3: motion.max-linear must be 0 to 1.",
        "motion: {max-angular: -1}   | line 3: motion.max-angular must be 0 to 1.",
        "motion: {max-linear-acceleration: 0} | line 3: motion.max-linear-acceleration must be 0.05 to 100.",
        "motion: {max-angular-acceleration: 101} | line 3: motion.max-angular-acceleration must be 0.05 to 100.",
        "motion: {grant-after-s: 2} | line 3: motion.grant-after-s must be 3 to 300.",
        "motion: {command-timeout-ms: 10} | line 3: motion.command-timeout-ms must be 50 to 5000.",
        "rtcbot: {keys: {w: }}      | line 3: rtcbot.keys.w must say linear, angular or both",
        "rtcbot: {keys: {w: {}}}    | line 3: rtcbot.keys.w must say linear, angular or both",
        "rtcbot: {keys: {w: {linear: 2}}} | line 3: rtcbot.keys.w.linear must be -1 to 1.",
        "rtcbot: {keys: {w: {linear: 1}, W: {linear: 1}}} | line 3: rtcbot.keys names a key twice",
        "rtcbot: {keys: {w: {linear: 1}}, hold-ms: 2000} | line 3: rtcbot.hold-ms must be 50 to 1000.",
        "limits: {sessions: 0}      | line 3: limits.sessions must be 1 to 64.",
        "limits: {messages-per-second: 5} | line 3: limits.messages-per-second must be 50 to 10000.",
        "limits: {connect-within-s: 0} | line 3: limits.connect-within-s must be 1 to 600.",
        "limits: {gone-after-s: -1} | line 3: limits.gone-after-s must be 1 to 600.",
        "limits: {video-kbit: 5}    | line 3: limits.video-kbit must be 50 to 20000.",
        "reconnect: {first-ms: 0}   | line 3: reconnect.first-ms must be 1 to 10000.",
        "reconnect: {longest-ms: 0} | line 3: reconnect.longest-ms must be 1 to 3600000.",
        "memory: {kept-soft-mb: 99} | line 3: memory.kept-soft-mb must be 1 to 64, not above kept-hard-mb.",
        "memory: {resident-hard-mb: 0} | line 3: memory.resident-hard-mb must be 1 to 1048576.",
        "memory: {earliest-minutes: -1} | line 3: memory.earliest-minutes must be 0 to 1440.",
        "token-file: /nowhere       | /nowhere",
      })
  void what_is_out_of_range_says_what_is_allowed(String text, String message) {
    String complete =
        (text.startsWith("server") || text.startsWith("{") ? "" : "server: ws://a\n")
            + (text.startsWith("id") || text.startsWith("{") ? "" : "id: rover1\n")
            + text;
    assertThatThrownBy(() -> SettingsReader.read(ConfigFile.parse("robot.yaml", complete), NOTHING))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void several_drivers_have_names_and_may_go_without_motion() {
    DriverPlan plan =
        drivers(
            """
            drivers:
              base: {command: sim, motion-timeout-ms: 400, settings: {maxSpeed: 2}}
              arm: {command: [python3, arm.py], motion: false, ready-within-s: 60}
            """);
    assertThat(plan.named()).isTrue();
    DriverSpec base = plan.specs().get(0);
    assertThat(base.name()).isEqualTo("base");
    assertThat(base.motion()).isTrue();
    assertThat(base.motionTimeout()).hasMillis(400);
    assertThat(base.readyLimit()).hasSeconds(10);
    assertThat(base.settings().path("maxSpeed").asInt()).isEqualTo(2);
    DriverSpec arm = plan.specs().get(1);
    assertThat(arm.command()).containsExactly("python3", "arm.py");
    assertThat(arm.motion()).isFalse();
    assertThat(arm.readyLimit()).hasSeconds(60);
    assertThat(plan.startLimit()).hasSeconds(62);
    assertThat(arm.ackLimit()).isEqualTo(arm.motionTimeout());
  }

  @Test
  void an_option_takes_the_place_of_all_drivers() {
    ConfigFile file =
        ConfigFile.parse(
            "robot.yaml", "{server: 'ws://a', id: b, drivers: {x: {command: [left]}}}");
    Overrides option = new Overrides(null, null, null, null, null, "none", null);
    assertThat(SettingsReader.read(file, option).drivers()).isEqualTo(DriverPlan.NONE);
  }

  @Test
  void settings_of_another_driver_are_not_held_against_a_built_in_one() {
    ConfigFile file =
        ConfigFile.parse(
            "robot.yaml", "{server: 'ws://a', id: b, driver: {command: x, settings: {pin: 1}}}");
    assertThat(drivers(file, "sim").specs().get(0).settings()).isEmpty();
    assertThat(drivers(file, "y --fast").specs().get(0).settings()).hasSize(1);
  }

  private static DriverPlan drivers(String text) {
    return drivers(ConfigFile.parse("robot.yaml", "server: ws://a\nid: rover1\n" + text), null);
  }

  private static DriverPlan drivers(ConfigFile file, @Nullable String override) {
    Overrides option = new Overrides(null, null, null, null, null, override, null);
    return SettingsReader.read(file, option).drivers();
  }

  @Test
  void a_drivers_wrong_setting_is_told_with_the_line_that_it_stands_in() {
    String text =
        """
        server: ws://a
        id: rover1
        drivers:
          base:
            command: sim
            settings:
              maxTurn: 1
              maxSpeed: -1
        """;
    assertThatThrownBy(() -> drivers(ConfigFile.parse("robot.yaml", text), null))
        .isInstanceOf(ConfigException.class)
        .hasMessage("robot.yaml, line 8: drivers.base.settings.maxSpeed must be a number above 0.");
  }

  @ParameterizedTest
  @CsvSource({
    "driver.settings.left.pin, 5",
    "driver.settings.left, 4",
    "driver.settings.left.way, 4",
    "driver.settings.motors[1].pin, 8",
    "driver.settings.other, 3",
    "driver.motion, 1",
  })
  void a_key_that_is_missing_has_the_line_of_the_one_above(String key, int line) {
    ConfigFile file =
        ConfigFile.parse(
            "robot.yaml",
            """
            driver:
              command: sim
              settings:
                left:
                  pin: 3
                motors:
                  - ~
                  - pin: 4
            """);
    assertThat(file.mistake(key, "is wrong"))
        .hasMessage("robot.yaml, line " + line + ": " + key + " is wrong.");
  }

  @Test
  void keys_count_for_the_command_timeout_unless_said_otherwise() {
    assertThat(keys("")).isEqualTo(KeyMap.NONE);
    assertThat(keys("rtcbot: {hold-ms: 100}").pushes()).isEmpty();
    String arrow = "rtcbot: {keys: {ArrowUp: {linear: 1}}}\n";
    assertThat(keys(arrow).pushes()).containsExactly(Map.entry("arrowup", new KeyMap.Push(1, 0)));
    assertThat(keys(arrow + "motion: {command-timeout-ms: 400}").hold()).hasMillis(400);
    assertThat(keys(arrow + "motion: {command-timeout-ms: 4000}").hold()).hasMillis(1000);
    assertThat(keys("rtcbot: {keys: {w: {angular: 1}}, hold-ms: 150}").hold()).hasMillis(150);
  }

  private static KeyMap keys(String text) {
    ConfigFile yaml = ConfigFile.parse("robot.yaml", "server: ws://a\nid: rover1\n" + text);
    return SettingsReader.read(yaml, NOTHING).motion().keys();
  }

  @Test
  void an_empty_file_says_nothing() {
    assertThat(ConfigFile.parse("robot.yaml", "# nothing yet\n").yaml()).isEqualTo(RobotYaml.EMPTY);
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
    ConfigFile yaml =
        ConfigFile.parse("robot.yaml", "{server: 'ws://file', id: file, token: file}");
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
    ConfigFile yaml =
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
