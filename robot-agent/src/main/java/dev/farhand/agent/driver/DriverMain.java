package dev.farhand.agent.driver;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** The child process of a driver written in Java. */
public final class DriverMain {
  private static final String CLASS = "class:";

  private DriverMain() {}

  /**
   * Runs one driver until stdin closes, SIGTERM comes, or the driver fails.
   *
   * @param args the name of a {@link BuiltIn}, or {@code class:} and the name of a class that
   *     implements {@link Driver}
   */
  public static void main(String[] args) {
    InputStream in = new FileInputStream(FileDescriptor.in);
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Stdout carries the protocol; what a driver prints goes to the agent's log.
    System.setOut(System.err);
    String name = args.length == 1 ? args[0] : "";
    Driver driver;
    try {
      driver = create(name);
    } catch (ReflectiveOperationException | ClassCastException e) {
      System.err.println(
          "There is no driver '"
              + name
              + "'. A class must be public, implement Driver and have a"
              + " public constructor without parameters: "
              + e);
      System.exit(2);
      return;
    }
    DriverRunner runner =
        new DriverRunner(simpleName(name), driver, out, System.err, () -> System.exit(1));
    Runtime.getRuntime().addShutdownHook(new Thread(runner::finish, "driver-end"));
    // A driver's own threads must not keep the process, hence exit.
    System.exit(runner.run(in));
  }

  private static Driver create(String name) throws ReflectiveOperationException {
    if (!name.startsWith(CLASS)) {
      return BuiltIn.make(name).orElseThrow(() -> new ClassNotFoundException(name));
    }
    return Class.forName(name.substring(CLASS.length()))
        .asSubclass(Driver.class)
        .getConstructor()
        .newInstance();
  }

  private static String simpleName(String name) {
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':')) + 1);
  }
}
