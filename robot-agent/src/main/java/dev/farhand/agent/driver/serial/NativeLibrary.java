package dev.farhand.agent.driver.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads jSerialComm's native library from a folder that nobody else can write to, and that is gone
 * afterwards. Left alone, jSerialComm keeps it in {@code /tmp}, writable for everybody.
 */
final class NativeLibrary {
  /**
   * Where jSerialComm looks before anywhere else, as its source (SerialPort, static block) has it.
   */
  private static final String PLACE = "jSerialComm.library.path";

  private static final String FILE = "libjSerialComm.so";

  /** The folders in jSerialComm's jar for the agent's platforms. */
  private static final List<String> FOLDERS =
      List.of("Linux/x86_64", "Linux/armv8_64", "Linux/armv7hf", "Linux/armv6hf");

  private NativeLibrary() {}

  /** Once it has returned, {@link SerialPort} can be used. */
  static void load() {
    if (System.getProperty(PLACE) != null) {
      initialise();
      return;
    }
    try {
      Path place = Files.createTempDirectory("farhand-serial");
      try {
        for (String folder : FOLDERS) {
          Path copy = Files.createDirectories(place.resolve(folder)).resolve(FILE);
          try (InputStream library =
              SerialPort.class.getResourceAsStream("/" + folder + "/" + FILE)) {
            if (library != null) {
              Files.copy(library, copy);
            }
          }
        }
        System.setProperty(PLACE, place.toString());
        initialise();
      } finally {
        System.clearProperty(PLACE);
        delete(place);
      }
    } catch (IOException e) {
      throw new PortFault(
          "jSerialComm's native library cannot be unpacked into "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage());
    }
  }

  private static void initialise() {
    SerialPort.getVersion();
  }

  private static void delete(Path place) throws IOException {
    for (String folder : FOLDERS) {
      Files.deleteIfExists(place.resolve(folder).resolve(FILE));
      Files.deleteIfExists(place.resolve(folder));
    }
    Files.deleteIfExists(place.resolve("Linux"));
    Files.deleteIfExists(place);
  }
}
