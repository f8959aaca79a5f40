package dev.farhand.agent.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What there is for a robot on this machine: cameras, sound, ports, pins and buses, as the kernel
 * shows them in {@code /dev}, {@code /sys} and {@code /proc/asound}. Any thread.
 */
public final class Devices {
  private final Machine machine;
  private final IntFunction<String> pins;

  /**
   * Nothing is looked at yet.
   *
   * @param pins tells about the chip of {@code /dev/gpiochipN} what only its driver knows; a few
   *     words, or none
   */
  public Devices(Machine machine, IntFunction<String> pins) {
    this.machine = machine;
    this.pins = pins;
  }

  /**
   * One kind.
   *
   * @param kind for people
   * @param found all of it
   * @param absent what to do when there is none, though there should be
   */
  public record Kind(String kind, List<Device> found, String absent) {}

  /**
   * One of them.
   *
   * @param path to be used in settings
   * @param about a few words
   * @param mend what lets this user use it; empty if it may
   */
  public record Device(String path, String about, String mend) {}

  /** All kinds, each also when nothing of it is there. */
  public List<Kind> all() {
    return List.of(
        new Kind(
            "Cameras", cameras(), "Plug one in; a Raspberry Pi's own: rpicam-hello --list-cameras"),
        new Kind("Sound", sound(), "A microphone or speaker on USB appears here"),
        new Kind("Serial ports", ports(), "Plug the board in; see: sudo dmesg | tail"),
        new Kind("GPIO chips", chips(), "This board has none, or its kernel does not show them"),
        new Kind(
            "I2C buses",
            buses(),
            "On a Raspberry Pi: sudo raspi-config nonint do_i2c 0. Elsewhere: sudo modprobe i2c-dev"),
        new Kind(
            "PWM units",
            units(),
            "On a Raspberry Pi: dtoverlay=pwm-2chan in /boot/firmware/config.txt (docs/drivers.md)"));
  }

  private List<Device> cameras() {
    return machine.files("/sys/class/video4linux", "video\\d+").stream()
        .filter(node -> Files.exists(machine.path("/dev/" + node.getFileName())))
        .map(
            node ->
                device(
                    machine.path("/dev/" + node.getFileName()),
                    machine.text(node.resolve("name")) + more(machine.text(node.resolve("index")))))
        .toList();
  }

  /** A camera of UVC has a second node, which gives no pictures. */
  private static String more(String index) {
    return index.isEmpty() || index.equals("0") ? "" : ", further node " + index;
  }

  private List<Device> sound() {
    List<Device> found = new ArrayList<>();
    for (Path card : machine.files("/proc/asound", "card\\d+")) {
      String number = card.getFileName().toString().substring("card".length());
      List<String> ways = new ArrayList<>();
      if (!machine.files("/proc/asound/card" + number, "pcm\\d+c").isEmpty()) {
        ways.add("records");
      }
      if (!machine.files("/proc/asound/card" + number, "pcm\\d+p").isEmpty()) {
        ways.add("plays");
      }
      Device control =
          device(
              machine.path("/dev/snd/controlC" + number),
              machine.text(card.resolve("id"))
                  + (ways.isEmpty() ? "" : ", " + String.join(" and ", ways)));
      found.add(new Device("hw:" + number, control.about(), control.mend()));
    }
    return found;
  }

  private List<Device> ports() {
    List<Device> found = new ArrayList<>();
    List<Path> named = new ArrayList<>();
    for (Path link : machine.files("/dev/serial/by-id", ".+")) {
      try {
        Path target = link.toRealPath();
        named.add(target);
        found.add(device(link, "now " + target.getFileName()));
      } catch (IOException e) {
        // Unplugged meanwhile.
      }
    }
    for (Path port : machine.files("/dev", "serial\\d|tty(ACM|USB|AMA|THS)\\d+")) {
      if (!named.contains(real(port))) {
        found.add(device(port, "no lasting name: it may be another one after the next start"));
      }
    }
    return found;
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  private List<Device> chips() {
    return machine.files("/dev", "gpiochip\\d+").stream()
        .map(chip -> device(chip, pins.apply(number(chip, "gpiochip"))))
        .toList();
  }

  private List<Device> buses() {
    return machine.files("/dev", "i2c-\\d+").stream()
        .map(
            bus ->
                device(
                    bus,
                    machine.text(
                        machine.path("/sys/class/i2c-dev/" + bus.getFileName() + "/name"))))
        .toList();
  }

  private List<Device> units() {
    return machine.files("/sys/class/pwm", "pwmchip\\d+").stream()
        .map(
            unit ->
                new Device(
                    machine.name(unit),
                    machine.text(unit.resolve("npwm")) + " channels",
                    machine.permissionToWrite(unit.resolve("export")).orElse("")))
        .toList();
  }

  private static int number(Path file, String before) {
    return Integer.parseInt(file.getFileName().toString().substring(before.length()));
  }

  private Device device(Path path, String about) {
    return new Device(machine.name(path), about, machine.permission(path).orElse(""));
  }
}
