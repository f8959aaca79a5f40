package dev.farhand.agent.driver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The drivers that need no program of one's own: the providers of {@link Driver}. */
public final class BuiltIn {
  private static final String SUFFIX = "Driver";

  private BuiltIn() {}

  /** What they are called in {@code robot.yaml}: {@code sim} for a class {@code SimDriver}. */
  public static List<String> names() {
    return ServiceLoader.load(Driver.class).stream().map(BuiltIn::name).sorted().toList();
  }

  /** A new one, that has no hardware yet. */
  public static Optional<Driver> make(String name) {
    return ServiceLoader.load(Driver.class).stream()
        .filter(provider -> name(provider).equals(name))
        .findFirst()
        .map(ServiceLoader.Provider::get);
  }

  private static String name(ServiceLoader.Provider<Driver> provider) {
    String type = provider.type().getSimpleName();
    int end = type.endsWith(SUFFIX) ? type.length() - SUFFIX.length() : type.length();
    return type.substring(0, end).toLowerCase(Locale.ROOT);
  }
}
