package dev.farhand.agent.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** One {@code robot.yaml}, and where in it each setting stands. Immutable. */
public final class ConfigFile {
  /** For a robot that has no file. */
  public static final ConfigFile NONE = new ConfigFile("robot.yaml", "", RobotYaml.EMPTY);

  private static final String NAME = "robot.yaml";

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build();

  private final String name;
  private final String text;
  private final RobotYaml yaml;

  private ConfigFile(String name, String text, RobotYaml yaml) {
    this.name = name;
    this.text = text;
    this.yaml = yaml;
  }

  /** What it says. */
  public RobotYaml yaml() {
    return yaml;
  }

  /**
   * A mistake in it, with its line.
   *
   * @param key the setting, as in {@code motion.max-linear}
   * @param reason what is allowed, to follow the key; without a full stop
   */
  ConfigException mistake(String key, String reason) {
    return new ConfigException(where(key) + key + " " + reason + ".");
  }

  /** The file and, if this setting or one above it is in it, the line. */
  private String where(String key) {
    String known = key.replaceAll("\\[\\d*]", "");
    Optional<Integer> line = line(text, known);
    while (line.isEmpty() && known.contains(".")) {
      known = known.substring(0, known.lastIndexOf('.'));
      line = line(text, known);
    }
    return line.map(number -> name + ", line " + number + ": ").orElse(name + ": ");
  }

  /**
   * The file that counts: the one named, or the first of {@code ./robot.yaml}, {@code
   * $XDG_CONFIG_HOME/farhand/robot.yaml} ({@code ~/.config} unless set) and {@code
   * /etc/farhand/robot.yaml} that exists.
   *
   * @param environment values of environment variables, null if not set
   * @throws ConfigException if the one named does not exist
   */
  public static Optional<Path> find(
      @Nullable Path named, UnaryOperator<@Nullable String> environment) {
    if (named != null) {
      if (!Files.isReadable(named)) {
        throw new ConfigException(named + " cannot be read. Is the path right?");
      }
      return Optional.of(named);
    }
    String home = environment.apply("HOME");
    String config = environment.apply("XDG_CONFIG_HOME");
    if (config == null || config.isEmpty()) {
      config = home == null ? "" : home + "/.config";
    }
    return List.of(Path.of(NAME), Path.of(config, "farhand", NAME), Path.of("/etc/farhand", NAME))
        .stream()
        .filter(Files::isReadable)
        .findFirst();
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is no YAML, or says what no robot understands
   */
  public static ConfigFile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + " is not UTF-8: save it in that encoding.");
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** The commented file with every setting, as it is shipped. */
  public static String example() {
    try (InputStream example = ConfigFile.class.getResourceAsStream(NAME)) {
      if (example == null) {
        throw new IllegalStateException("The example is missing from this build");
      }
      return new String(example.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfigFile parse(String name, String text) {
    if (text.lines().allMatch(line -> line.isBlank() || line.stripLeading().startsWith("#"))) {
      return new ConfigFile(name, text, RobotYaml.EMPTY);
    }
    checkSyntax(name, text);
    try {
      RobotYaml yaml = MAPPER.readValue(text, RobotYaml.class);
      return new ConfigFile(name, text, yaml == null ? RobotYaml.EMPTY : yaml);
    } catch (UnrecognizedPropertyException e) {
      throw new ConfigException(
          where(name, text, e)
              + "there is no setting "
              + path(e)
              + ". Known here: "
              + e.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .collect(Collectors.toCollection(TreeSet::new))
                  .stream()
                  .collect(Collectors.joining(", "))
              + ".");
    } catch (MismatchedInputException e) {
      throw new ConfigException(where(name, text, e) + path(e) + " must be " + wanted(e) + ".");
    } catch (JsonProcessingException e) {
      throw new ConfigException(where(name, text, e) + firstLine(e) + ".");
    }
  }

  /** Apart from what it means, because a mistake within a part is told with the part's line. */
  private static void checkSyntax(String name, String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      while (parser.nextToken() != null) {
        // Only whether it can be read.
      }
    } catch (JsonProcessingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
          int line = marked.getProblemMark().getLine() + 1;
          throw new ConfigException(
              name + ", line " + line + ": this is not YAML: " + marked.getProblem() + ".");
        }
      }
      throw new ConfigException(where(name, text, e) + firstLine(e) + ".");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("it is no YAML");
  }

  private static String where(String name, String text, JsonProcessingException e) {
    Optional<Integer> line =
        e instanceof JsonMappingException mapping ? line(text, path(mapping)) : Optional.empty();
    if (line.isEmpty() && e.getLocation() != null) {
      line = Optional.of(e.getLocation().getLineNr());
    }
    return line.map(number -> name + ", line " + number + ": ").orElse(name + ": ");
  }

  /** Where this key stands. The exceptions know only how far the parser had read. */
  private static Optional<Integer> line(String text, String wanted) {
    Deque<String> open = new ArrayDeque<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      String key = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          key = open.isEmpty() ? "" : open.getLast();
          key = (key.isEmpty() ? "" : key + ".") + parser.currentName();
          if (key.equals(wanted)) {
            return Optional.of(parser.currentTokenLocation().getLineNr());
          }
        } else if (token.isStructStart()) {
          open.addLast(key);
        } else if (token.isStructEnd()) {
          open.removeLast();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(step -> step != null)
            .collect(Collectors.joining("."));
    return path.isEmpty() ? "the file" : path;
  }

  private static String wanted(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == null) {
      return "something else";
    } else if (type == Integer.class) {
      return "a whole number";
    } else if (type == Double.class) {
      return "a number";
    } else if (type == Boolean.class) {
      return "true or false";
    } else if (type == String.class) {
      return "text";
    } else if (type == List.class) {
      return "one text or a list of texts";
    }
    return "names with values";
  }
}
