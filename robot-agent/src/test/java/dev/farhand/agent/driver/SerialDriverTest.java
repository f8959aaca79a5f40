package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.farhand.agent.driver.DriverFault.Code;
import dev.farhand.protocol.ChannelMessage.Cause;
import dev.farhand.protocol.SignalMessage.Operator;
import dev.farhand.protocol.SignalMessage.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver {@code serial} in its child process, at a real pseudo-terminal. */
@Timeout(90)
class SerialDriverTest {
  private static final Operator ANN = new Operator("o-ann", "ann");
  private static final long LONG = TimeUnit.SECONDS.toNanos(60);
  private static final String SAFE = "M 0 0\n";
  private static final String MOVES = "M 64 191\n";
  private static final String ROVER =
      "{baud: 115200, format: lines, drive: 'M {left} {right}', scale: 255, safe: M 0 0}";

  /** Whose motions fill a port that nobody reads. */
  private static final String HEAVY =
      ROVER.replace("'M {left} {right}'", "'M {left} {right} " + "x".repeat(300) + "'");

  private final SerialDevice device;

  SerialDriverTest(@TempDir Path folder) throws Exception {
    device = new SerialDevice(folder);
  }

  @AfterEach
  void unplug() throws IOException {
    device.close();
  }

  @Test
  void safe_comes_first_then_motion_then_safe_when_motion_falls_silent() {
    try (Bench bench = new Bench(Bench.patient(spec(ROVER)))) {
      assertThat(bench.next(Bench.Ready.class).name()).isEqualTo("serial");
      assertThat(device.next(SAFE.length())).isEqualTo(SAFE);
      bench.motion(0.5, 0.25);
      assertThat(device.reads(MOVES)).matches("(M 0 0\n)*" + MOVES);
      assertThat(device.next(SAFE.length())).isEqualTo(SAFE);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void a_stop_writes_safe_while_the_motion_is_still_valid() throws Exception {
    try (RawDriver driver = new RawDriver(patient(ROVER))) {
      driver.acknowledged(driver.motion(0.5, 0.25, System.nanoTime() + LONG));
      device.reads(MOVES);
      driver.stop();
      assertThat(device.next(SAFE.length())).isEqualTo(SAFE);
    }
  }

  @Test
  void the_line_is_set_up_as_the_settings_say() throws Exception {
    try (Bench bench = new Bench(spec("{baud: 9600, parity: even, stop-bits: 2, format: lines}"))) {
      bench.next(Bench.Ready.class);
      // A pseudo-terminal has no parity.
      assertThat(modes()).contains("speed 9600 baud", " cs8 ", " cstopb ");
    }
  }

  @Test
  void safe_is_repeated_while_the_robot_stands() {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      device.next(SAFE.length());
      assertThat(device.next(6 * SAFE.length())).isEqualTo(SAFE.repeat(6));
    }
  }

  @Test
  void safe_is_the_last_word_when_stdin_closes() throws Exception {
    try (RawDriver driver = new RawDriver(patient(ROVER))) {
      driver.acknowledged(driver.motion(0.5, 0.25, System.nanoTime() + LONG));
      device.reads(MOVES);
      driver.closeStdin();
      assertThat(driver.exitCode()).isZero();
      assertThat(device.reads(SAFE)).isEqualTo(SAFE);
    }
  }

  @Test
  void safe_is_the_last_word_at_sigterm() throws Exception {
    try (RawDriver driver = new RawDriver(patient(ROVER))) {
      driver.acknowledged(driver.motion(0.5, 0.25, System.nanoTime() + LONG));
      device.reads(MOVES);
      driver.process.destroy();
      driver.exitCode();
      assertThat(device.reads(SAFE)).isEqualTo(SAFE);
    }
  }

  @Test
  void the_successor_of_a_killed_driver_writes_safe_before_anything_else() throws Exception {
    try (Bench bench = new Bench(patient(ROVER))) {
      bench.next(Bench.Ready.class);
      bench.motion(0.5, 0.25);
      device.reads(MOVES);
      SimDriverTest.signal("KILL", driver());
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
      assertThat(device.next(SAFE.length())).isEqualTo(SAFE);
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void a_port_that_is_unplugged_is_named_and_comes_back_into_use_when_it_returns() {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      device.reads(SAFE);
      device.isUnplugged();
      String told = bench.next(Bench.Log.class, log -> log.text().contains("is away")).text();
      assertThat(told).contains(device.port.toString(), "plug it in");
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
      // Still away when the next one looks for it.
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
      device.forget();
      device.isPluggedIn();
      bench.next(Bench.Ready.class);
      assertThat(device.next(SAFE.length())).isEqualTo(SAFE);
      bench.motion(0.5, 0.25);
      device.reads(MOVES);
    }
  }

  @Test
  void a_device_that_does_not_read_ends_the_driver_with_a_sentence_and_does_not_hang_it() {
    try (Bench bench =
        new Bench(spec(HEAVY).within(Duration.ofSeconds(10), Duration.ofSeconds(2)))) {
      bench.next(Bench.Ready.class);
      device.readsNoMore();
      // The newest motion replaces the one that waits, so not all of them are written.
      while (bench.hasNo(DriverFault.class)) {
        bench.motion(0.5, 0.25);
      }
      bench.next(Bench.Log.class, log -> log.text().contains("takes nothing"));
      assertThat(bench.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
    }
  }

  @Test
  void a_device_that_is_late_once_still_gets_safe_as_the_drivers_last_word() throws Exception {
    String last = "";
    // It has a fifth of a second to read again; several of them, because the machine may be late.
    for (int i = 0; i < 8 && !last.endsWith(SAFE); i++) {
      try (RawDriver driver = new RawDriver(patient(HEAVY), ProcessBuilder.Redirect.PIPE);
          BufferedReader said = driver.process.errorReader()) {
        device.readsNoMore();
        Thread motions = new Thread(() -> drive(driver), "motions");
        motions.start();
        String line = said.readLine();
        while (line != null && !line.contains("takes nothing")) {
          line = said.readLine();
        }
        device.readsAgain();
        driver.exitCode();
        motions.join();
        last = device.rest();
      }
    }
    assertThat(last).endsWith("x\n" + SAFE);
  }

  /** Until the driver has ended. */
  private static void drive(RawDriver driver) {
    try {
      while (true) {
        driver.motion(0.5, 0.25, System.nanoTime() + LONG);
      }
    } catch (IOException e) {
      // It reads no more.
    }
  }

  @Test
  void a_port_that_another_program_has_is_told() throws Exception {
    try (RawDriver first = new RawDriver(patient(ROVER));
        Bench second = new Bench(spec(ROVER))) {
      assertThat(first.process.isAlive()).isTrue();
      second.next(Bench.Log.class, log -> log.text().contains("in use by another program"));
      assertThat(second.next(DriverFault.class).code()).isEqualTo(Code.EXITED);
    }
  }

  @Test
  void a_wait_after_opening_lets_a_board_start_first() {
    long began = System.nanoTime();
    try (Bench bench =
        new Bench(spec(ROVER.replace("{baud", "{delay-write-start-ms: 700, baud")))) {
      device.reads(SAFE);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(700));
      bench.next(Bench.Ready.class);
    }
  }

  @Test
  void lines_come_as_messages_and_garbage_holds_nothing_up() {
    try (Bench bench = new Bench(Bench.patient(spec(ROVER)))) {
      bench.next(Bench.Ready.class);
      device.sends("\u00ff\u0000\u0001" + "x".repeat(3000) + "\n\n\r\nbattery 7.4\r\n");
      Bench.Message message = bench.next(Bench.Message.class);
      assertThat(message.sessionId()).isEmpty();
      assertThat(message.data()).isEqualTo(serial(new TextNode("battery 7.4")));
      for (int i = 0; i < 20; i++) {
        device.sends("flood\n".repeat(500));
      }
      bench.next(Bench.Log.class, log -> log.text().contains("as: telemetry"));
      bench.motion(0.5, 0.25);
      device.reads(MOVES);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void the_holder_of_the_lease_writes_through_and_nobody_else() {
    try (Bench bench = new Bench(spec(ROVER.replace("{baud", "{pass-through: true, baud")))) {
      bench.next(Bench.Ready.class);
      message(bench, "LAMP 1", false);
      assertThat(refusal(bench)).contains("whoever drives");
      message(bench, "LAMP 2\nM 255 255", true);
      assertThat(refusal(bench)).contains("one line");
      message(bench, "LAMP 3", true);
      assertThat(device.reads("LAMP 3\n")).doesNotContain("LAMP 1", "LAMP 2", "255");
    }
  }

  @Test
  void messages_that_are_refused_by_the_thousand_end_no_driver() throws Exception {
    try (Bench bench = new Bench(Bench.patient(spec(ROVER)))) {
      bench.next(Bench.Ready.class);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
      while (System.nanoTime() - end < 0) {
        for (int i = 0; i < 100; i++) {
          message(bench, "LAMP 1", false);
        }
        Thread.sleep(40);
      }
      assertThat(refusal(bench)).contains("pass-through");
      bench.motion(0.5, 0.25);
      device.reads(MOVES);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void a_receiver_answers_only_what_is_meant_for_it() {
    try (Bench bench = new Bench(spec("{baud: 9600, format: nmea}"))) {
      bench.next(Bench.Ready.class);
      message(bench, "LAMP 1", true);
      JsonNode named = yaml("{driver: gps, serial: LAMP 2}");
      bench.onLoop(() -> bench.driver.message("s-2", ANN, Role.DRIVER, named, true));
      Bench.Message first = bench.next(Bench.Message.class);
      assertThat(first.sessionId()).contains("s-2");
    }
  }

  @Test
  void nobody_writes_through_where_it_is_not_set() {
    try (Bench bench = new Bench(spec(ROVER))) {
      bench.next(Bench.Ready.class);
      message(bench, "LAMP 1", true);
      assertThat(refusal(bench)).contains("pass-through");
      bench.motion(0.5, 0.25);
      assertThat(device.reads(MOVES)).doesNotContain("LAMP");
    }
  }

  @Test
  void json_lines_go_both_ways() {
    String json =
        "{baud: 115200, format: json, scale: 1, decimals: 2,"
            + " drive: {cmd: move, v: '{linear}', w: ['{angular}']}, safe: {cmd: stop}}";
    try (Bench bench = new Bench(Bench.patient(spec(json)))) {
      bench.next(Bench.Ready.class);
      assertThat(device.reads("\n")).isEqualTo("{\"cmd\":\"stop\"}\n");
      bench.motion(0.5, -0.25);
      device.reads("{\"cmd\":\"move\",\"v\":0.50,\"w\":[-0.25]}\n");
      device.sends("{\"half\": \n" + "[".repeat(500) + "\n{\"battery\":0.5}\n{\"range\":1e2}\n");
      bench.next(Bench.Values.class, telemetry("{battery: 0.5, range: 100.0}")::equals);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void structs_go_both_ways_with_a_start_byte_and_find_their_step_again() {
    String struct =
        "{baud: 115200, format: struct, start-byte: 0xa5, scale: 1000,"
            + " send: {left: int16, right: int16, mode: uint8},"
            + " receive: {millis: uint32, volts: float32},"
            + " drive: {left: '{left}', right: '{right}', mode: 1},"
            + " safe: {left: 0, right: 0, mode: 0}}";
    try (Bench bench = new Bench(Bench.patient(spec(struct)))) {
      bench.next(Bench.Ready.class);
      assertThat(device.next(6)).isEqualTo("\u00a5\0\0\0\0\0");
      bench.motion(0.5, 0.25);
      // 250 and 750, the low byte first.
      device.reads("\u00a5\u00fa\0\u00ee\u0002\1");
      String frame = "\u00a5\u00ff\u00ff\u00ff\u00ff\0\0`@";
      device.sends("rubbish\u00a5rub" + frame + frame);
      bench.next(Bench.Values.class, telemetry("{millis: 4294967295, volts: 3.5}")::equals);
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  @Test
  void bytes_come_and_go_in_hexadecimal() {
    try (Bench bench = new Bench(spec("{baud: 9600, format: bytes, pass-through: true}"))) {
      bench.next(Bench.Ready.class);
      message(bench, "a5 00 FF", true);
      device.reads("\u00a5\0\u00ff");
      device.sends("\1\2\u00fe");
      assertThat(bench.next(Bench.Message.class).data()).isEqualTo(serial(new TextNode("0102fe")));
    }
  }

  @Test
  void a_gps_receiver_tells_where_the_robot_is_while_it_knows() {
    try (Bench bench = new Bench(Bench.patient(spec("{baud: 9600, format: nmea}")))) {
      bench.next(Bench.Ready.class);
      device.sends(
          "0,,,*00\r\n$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n");
      device.sends("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n");
      String there =
          "{gps: {fix: true, satellites: 8, lat: 48.1173, lon: 11.5166667, altitude: 545.4,"
              + " hdop: 0.9, speed: 11.524,"
              + " heading: 84.4}}";
      bench.next(Bench.Values.class, telemetry(there)::equals);
      // The receiver falls silent: nobody knows any more.
      bench.next(Bench.Values.class, telemetry("{gps: {fix: false}}")::equals);
      bench.motion(1, 0);
      bench.onLoop(() -> bench.driver.stop(Cause.COMMANDS_LATE));
      assertThat(bench.hasNo(DriverFault.class)).isTrue();
    }
  }

  /** What {@code stty} says of the port. */
  private String modes() throws Exception {
    Process stty = new ProcessBuilder("stty", "-a", "-F", device.port.toString()).start();
    try (var said = stty.inputReader()) {
      return said.lines().collect(Collectors.joining(" "));
    }
  }

  /** The driver's process; the device is one of this program's children as well. */
  private static long driver() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  private DriverSpec spec(String settings) {
    return spec(settings, Bench.MOTION_TIMEOUT);
  }

  /** No motion runs out while the test looks, and no busy machine is taken for a driver's fault. */
  private DriverSpec patient(String settings) {
    return spec(settings, Duration.ofSeconds(5));
  }

  private DriverSpec spec(String settings, Duration timeout) {
    ObjectNode read = (ObjectNode) yaml(settings);
    return DriverSpec.builtIn("serial", read.put("port", device.port.toString()), timeout);
  }

  private static Bench.Values telemetry(String values) {
    return new Bench.Values(yaml(values));
  }

  private static JsonNode yaml(String text) {
    try {
      // Over JSON, so that the numbers are of the kinds that a line has.
      YAMLMapper mapper = new YAMLMapper();
      return DriverOutbox.json(mapper.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode serial(JsonNode value) {
    return JsonNodeFactory.instance.objectNode().set("serial", value);
  }

  private static void message(Bench bench, String text, boolean holder) {
    bench.onLoop(
        () -> bench.driver.message("s-1", ANN, Role.DRIVER, serial(new TextNode(text)), holder));
  }

  private static String refusal(Bench bench) {
    Bench.Message answer = bench.next(Bench.Message.class, sent -> sent.sessionId().isPresent());
    assertThat(answer.sessionId()).contains("s-1");
    return answer.data().path("serial").path("refused").asText();
  }
}
