package dev.farhand.agent.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farhand.agent.machine.Devices.Device;
import dev.farhand.agent.machine.Devices.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a tree of files like the kernel's. */
class DevicesTest {
  @TempDir private Path root = Path.of("unset");

  @Test
  void a_machine_without_anything_says_what_to_do_for_each_kind() {
    List<Kind> all = new Devices(machine(true), chip -> "").all();
    assertThat(all)
        .extracting(Kind::kind)
        .containsExactly(
            "Cameras", "Sound", "Serial ports", "GPIO chips", "I2C buses", "PWM units");
    assertThat(all).allMatch(kind -> kind.found().isEmpty() && !kind.absent().isEmpty());
  }

  @Test
  void each_kind_is_found_where_the_kernel_shows_it() throws Exception {
    file("/dev/video0", "");
    file("/dev/video1", "");
    file("/sys/class/video4linux/video0/name", "USB Camera\n");
    file("/sys/class/video4linux/video0/index", "0\n");
    file("/sys/class/video4linux/video1/name", "USB Camera\n");
    file("/sys/class/video4linux/video1/index", "1\n");
    // Its node has gone already.
    file("/sys/class/video4linux/video7/name", "Unplugged\n");
    file("/proc/asound/card1/id", "Headset\n");
    file("/proc/asound/card1/pcm0c/info", "");
    file("/proc/asound/card1/pcm0p/info", "");
    file("/dev/snd/controlC1", "");
    file("/dev/gpiochip0", "");
    file("/dev/gpiochip10", "");
    file("/dev/gpiochip4", "");
    file("/dev/i2c-1", "");
    file("/sys/class/i2c-dev/i2c-1/name", "bcm2835 (i2c@7e804000)\n");
    file("/sys/class/pwm/pwmchip0/npwm", "2\n");
    file("/sys/class/pwm/pwmchip0/export", "");
    List<Kind> all = new Devices(machine(true), chip -> "chip " + chip).all();
    assertThat(all)
        .flatExtracting(Kind::found)
        .containsExactly(
            new Device("/dev/video0", "USB Camera", ""),
            new Device("/dev/video1", "USB Camera, further node 1", ""),
            new Device("hw:1", "Headset, records and plays", ""),
            new Device("/dev/gpiochip0", "chip 0", ""),
            new Device("/dev/gpiochip4", "chip 4", ""),
            new Device("/dev/gpiochip10", "chip 10", ""),
            new Device("/dev/i2c-1", "bcm2835 (i2c@7e804000)", ""),
            new Device("/sys/class/pwm/pwmchip0", "2 channels", ""));
  }

  @Test
  void serial_ports_go_by_their_lasting_names_where_they_have_one() throws Exception {
    file("/dev/ttyACM0", "");
    file("/dev/ttyUSB0", "");
    file("/dev/ttyS0", "");
    Path links = Files.createDirectories(root.resolve("dev/serial/by-id"));
    Files.createSymbolicLink(links.resolve("usb-Arduino_Uno-if00"), Path.of("../../ttyACM0"));
    Files.createSymbolicLink(links.resolve("usb-unplugged"), Path.of("../../ttyACM9"));
    assertThat(ports(machine(true)))
        .containsExactly(
            new Device("/dev/serial/by-id/usb-Arduino_Uno-if00", "now ttyACM0", ""),
            new Device(
                "/dev/ttyUSB0", "no lasting name: it may be another one after the next start", ""));
  }

  @Test
  void what_may_not_be_used_comes_with_the_group_that_it_belongs_to() throws Exception {
    file("/dev/ttyUSB0", "");
    assertThat(mend("dialout", "ann")).startsWith("sudo usermod -aG dialout ann");
    assertThat(mend("root", "ann")).contains("udev").doesNotContain("sudo");
    file("/etc/group", "adm:x:4:syslog\ndialout:x:20:bob,ann\n");
    assertThat(mend("dialout", "ann")).contains("log in anew").doesNotContain("sudo");
  }

  @Test
  void a_group_or_a_user_without_a_name_is_in_no_command_that_could_not_work() throws Exception {
    file("/dev/ttyUSB0", "");
    assertThat(mend("54321", "ann"))
        .startsWith("sudo groupadd -g 54321 hardware, then sudo usermod -aG hardware ann");
    assertThat(mend("0", "ann")).contains("udev").doesNotContain("sudo");
    assertThat(mend("dialout", "?")).contains("no name").doesNotContain("usermod");
  }

  @Test
  void the_group_of_a_file_is_asked_of_the_system() throws Exception {
    Path port = file("/dev/ttyUSB0", "");
    String name = Files.readAttributes(port, PosixFileAttributes.class).group().getName();
    assertThat(Machine.here().group().apply(port)).isEqualTo(name);
  }

  @Test
  void a_pwm_unit_has_to_be_written_and_not_read() throws Exception {
    file("/sys/class/pwm/pwmchip0/npwm", "2\n");
    file("/sys/class/pwm/pwmchip0/export", "");
    file("/dev/i2c-1", "");
    List<Device> writable =
        devices(new Machine(root, path -> false, path -> true, path -> "dialout", "ann"));
    assertThat(writable)
        .filteredOn(device -> device.mend().isEmpty())
        .extracting(Device::path)
        .containsExactly("/sys/class/pwm/pwmchip0");
    assertThat(devices(new Machine(root, path -> true, path -> false, path -> "dialout", "ann")))
        .hasSize(2)
        .noneMatch(device -> device.mend().isEmpty());
  }

  private static List<Device> devices(Machine machine) {
    return new Devices(machine, chip -> "")
        .all().stream().flatMap(kind -> kind.found().stream()).toList();
  }

  /** What is said of a port that belongs to this group and may not be used. */
  private String mend(String group, String user) {
    return ports(new Machine(root, path -> false, path -> false, path -> group, user))
        .get(0)
        .mend();
  }

  private static List<Device> ports(Machine machine) {
    return new Devices(machine, chip -> "")
        .all().stream()
            .filter(kind -> kind.kind().equals("Serial ports"))
            .flatMap(kind -> kind.found().stream())
            .toList();
  }

  private Machine machine(boolean usable) {
    return new Machine(root, path -> usable, path -> usable, path -> "dialout", "ann");
  }

  private Path file(String absolute, String text) throws IOException {
    Path file = root.resolve(absolute.substring(1));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
