package dev.farhand.agent.webrtc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The system libraries that libwebrtc links at load time, whether or not a robot has sound or a
 * screen. Looked for beforehand, because the loader names only the first one that is missing.
 */
public final class NativeLibraries {
  private static final List<Library> LIBRARIES =
      List.of(
          new Library("libpulse.so.0", "libpulse0"),
          new Library("libudev.so.1", "libudev1"),
          new Library("libX11.so.6", "libx11-6"),
          new Library("libXfixes.so.3", "libxfixes3"),
          new Library("libXrandr.so.2", "libxrandr2"),
          new Library("libXcomposite.so.1", "libxcomposite1"),
          new Library("libdbus-1.so.3", "libdbus-1-3"));

  private final List<Path> folders;
  private final String cache;

  /**
   * @param folders where the loader looks
   * @param cache the loader's cache as {@code ldconfig -p} prints it; empty if there is none
   */
  NativeLibraries(List<Path> folders, String cache) {
    this.folders = List.copyOf(folders);
    this.cache = cache;
  }

  /** Those of this machine. Runs {@code ldconfig} once. */
  public static NativeLibraries ofThisMachine() {
    List<Path> folders = new ArrayList<>();
    String path = System.getenv("LD_LIBRARY_PATH");
    if (path != null) {
      for (String folder : path.split(":", -1)) {
        if (!folder.isEmpty()) {
          folders.add(Path.of(folder));
        }
      }
    }
    String triplet = triplet(System.getProperty("os.arch", ""));
    for (String root : List.of("/lib", "/usr/lib")) {
      folders.add(Path.of(root, triplet));
      folders.add(Path.of(root));
    }
    folders.add(Path.of("/usr/lib64"));
    folders.add(Path.of("/usr/local/lib"));
    return new NativeLibraries(folders, loaderCache());
  }

  /** Debian packages of what is missing; empty if libwebrtc can be loaded. */
  public List<String> missingPackages() {
    return LIBRARIES.stream()
        .filter(library -> !present(library.file()))
        .map(Library::debianPackage)
        .toList();
  }

  /** The command that installs these packages. */
  public static String installCommand(List<String> packages) {
    return "sudo apt-get install -y " + String.join(" ", packages);
  }

  /** Whether a native library for this machine's processor is on the class path. */
  public static boolean shippedForThisMachine() {
    String arch =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "aarch64";
          case "arm" -> "aarch32";
          default -> "none";
        };
    String name = "libwebrtc-java-linux-" + arch + ".so";
    return NativeLibraries.class.getClassLoader().getResource(name) != null;
  }

  private boolean present(String library) {
    return cache.contains("\t" + library + " ")
        || folders.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
  }

  private static String triplet(String arch) {
    return switch (arch) {
      case "aarch64" -> "aarch64-linux-gnu";
      case "arm" -> "arm-linux-gnueabihf";
      default -> "x86_64-linux-gnu";
    };
  }

  private static String loaderCache() {
    for (String ldconfig : List.of("/sbin/ldconfig", "/usr/sbin/ldconfig")) {
      if (Files.isExecutable(Path.of(ldconfig))) {
        try {
          Process process =
              new ProcessBuilder(ldconfig, "-p")
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start();
          process.getOutputStream().close();
          return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
          return "";
        }
      }
    }
    return "";
  }

  private record Library(String file, String debianPackage) {}
}
