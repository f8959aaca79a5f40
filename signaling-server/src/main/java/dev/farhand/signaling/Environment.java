package dev.farhand.signaling;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options from environment variables: {@code --public-origin} as {@code FARHAND_PUBLIC_ORIGIN}. */
final class Environment implements IDefaultValueProvider {
  static final String FOOTER =
      "Every option may stand in the environment instead, such as --public-origin as"
          + " FARHAND_PUBLIC_ORIGIN; the command line wins.";

  private final Map<String, String> variables;

  Environment() {
    this(System.getenv());
  }

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String value = variables.get(variable(option.longestName()));
    return value == null || value.isBlank() ? null : value;
  }

  static String variable(String option) {
    return "FARHAND_" + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
