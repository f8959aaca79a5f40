package dev.farhand.board.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.farhand.board.onboard.Victim;
import dev.farhand.board.parts.Parts;
import dev.farhand.netlab.net.Tap;
import dev.farhand.netlab.program.Await;
import dev.farhand.netlab.program.Folders;
import dev.farhand.netlab.program.SignalingServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The emulated board, switched on: two cores, 1 GiB, Debian's kernel, a {@code gpiochip0} of eight
 * lines, the agent's archive run as its unit says. Ends with its emulator, and that with its
 * network. One thread.
 */
public final class Board implements AutoCloseable {
  /** The lines of in1, in2, speed and enable. Line 3 is the board's power button. */
  private static final String LINES = "0,1,2,4";

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final List<String> EMULATORS =
      List.of("/usr/bin/qemu-system-aarch64", "/usr/local/bin/qemu-system-aarch64");

  private final Process emulator;
  private final Tap tap;
  private final Path console;
  private final Path robotDisk;
  private final Testimony testimony;
  private final Writer witness;

  private Board(Process emulator, Tap tap, Path console, Path robotDisk) {
    this.emulator = emulator;
    this.tap = tap;
    this.console = console;
    this.robotDisk = robotDisk;
    this.testimony =
        new Testimony(emulator.inputReader(UTF_8), console.resolveSibling("witness.log"));
    this.witness = emulator.outputWriter(UTF_8);
  }

  /** Why this machine cannot have one; empty if it can. */
  public static Optional<String> lacking() {
    return emulator().isPresent()
        ? Parts.lacking()
        : Optional.of("the program qemu-system-aarch64 is missing (Debian: qemu-system-arm)");
  }

  private static Optional<String> emulator() {
    return EMULATORS.stream().filter(file -> Files.isExecutable(Path.of(file))).findFirst();
  }

  /**
   * Switches one on.
   *
   * @param robot its ID
   */
  public static Board start(
      Folders folders, Parts parts, Tap tap, SignalingServer server, String robot) {
    Path robotDisk = RobotDisk.make(folders, server, robot);
    Path console = folders.work("console.log");
    String words =
        "console=ttyAMA0 quiet panic=-1 iomem=relaxed ADDRESS=%s ROUTER=%s LINES=%s"
            .formatted(tap.address(), tap.router(), LINES);
    List<String> command =
        Stream.of(
                List.of(emulator().orElseThrow(), "-M", "virt", "-cpu", "cortex-a76"),
                List.of("-accel", "tcg,thread=multi", "-smp", "2", "-m", "1024"),
                List.of("-nodefaults", "-display", "none", "-no-reboot"),
                List.of("-kernel", parts.kernel().toString()),
                List.of("-initrd", parts.initramfs().toString(), "-append", words),
                List.of("-serial", "file:" + console),
                disk("base", parts.disk()),
                disk("robot", robotDisk),
                List.of("-netdev", "tap,id=net,script=no,downscript=no,ifname=" + tap.face()),
                List.of("-device", "virtio-net-device,netdev=net"),
                List.of("-chardev", "stdio,id=witness,signal=off"),
                List.of("-device", "virtio-serial-device"),
                List.of("-device", "virtserialport,chardev=witness,name=witness"))
            .flatMap(List::stream)
            .collect(Collectors.toList());
    try {
      Files.deleteIfExists(console);
      Process emulator =
          new ProcessBuilder(tap.command(command))
              .redirectError(folders.work("emulator.log").toFile())
              .start();
      robotDisk.toFile().deleteOnExit();
      return new Board(emulator, tap, console, robotDisk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> disk(String name, Path image) {
    // A comma in a file's name is written twice.
    String file = image.toString().replace(",", ",,");
    return List.of(
        "-drive",
        "if=none,format=raw,readonly=on,id=%s,file=%s".formatted(name, file),
        "-device",
        "virtio-blk-device,drive=%1$s,serial=%1$s".formatted(name));
  }

  public Testimony testimony() {
    return testimony;
  }

  public Tap tap() {
    return tap;
  }

  /** What the board has printed: kernel, service, agent. */
  public String console() {
    try {
      return Files.exists(console) ? Files.readString(console) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The board's clock: this instant, or a little later. */
  public long now() {
    return Long.parseLong(ask("now", ANSWER).split(" ", -1)[1]);
  }

  /** Waits until the witness answers. */
  public void awaitWitness(Duration within) {
    String unused = ask("now", within);
  }

  /**
   * Sends a signal to all these at once.
   *
   * @return the board's clock just before
   */
  public long signal(String signal, Victim... victims) {
    String names =
        Stream.of(victims)
            .map(victim -> victim.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    String[] answer = ask("signal " + signal + " " + names, ANSWER).split(" ", -1);
    if (answer.length < 3 + victims.length) {
      throw new IllegalStateException("The board has no " + names + " to send a signal to.");
    }
    return Long.parseLong(answer[1]);
  }

  private String ask(String order, Duration within) {
    try {
      witness.write(order + "\n");
      witness.flush();
    } catch (IOException e) {
      throw new IllegalStateException("The board has ended.", e);
    }
    return Await.value("the witness answers '" + order + "'", within, testimony::answer);
  }

  @Override
  public void close() {
    emulator.destroyForcibly();
    try {
      Files.deleteIfExists(robotDisk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
