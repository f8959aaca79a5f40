package dev.farhand.agent.driver;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One line from a driver's stdout to the agent. {@code docs/drivers.md} explains them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FromDriver.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = FromDriver.Ack.class, name = "ack"),
  @JsonSubTypes.Type(value = FromDriver.Telemetry.class, name = "telemetry"),
  @JsonSubTypes.Type(value = FromDriver.Message.class, name = "message"),
  @JsonSubTypes.Type(value = FromDriver.Log.class, name = "log"),
})
sealed interface FromDriver {
  /**
   * The outputs are safe, the hardware is there, motion may come. The first line but for logs.
   *
   * @param name of the driver, for people
   */
  record Ready(String name) implements FromDriver {
    public Ready {
      Line.require(name != null && name.length() <= 64, "name must be text of at most 64 letters");
    }
  }

  /** This motion or stop has been carried out, or was void. */
  record Ack(long seq) implements FromDriver {}

  /** The newest values, by name. */
  record Telemetry(JsonNode values) implements FromDriver {
    public Telemetry {
      Line.require(values != null && values.isObject(), "values must be an object");
    }
  }

  /**
   * A message of the user's own.
   *
   * @param session to whom; null for every operator
   */
  record Message(@Nullable String session, JsonNode data) implements FromDriver {
    public Message {
      Line.require(data != null, "data is missing");
    }
  }

  /** A line for the agent's log. */
  record Log(Level level, String text) implements FromDriver {
    public Log {
      level = level == null ? Level.INFO : level;
      Line.require(text != null, "text is missing");
    }
  }

  /** How much a log line matters. */
  enum Level {
    DEBUG("debug", System.Logger.Level.DEBUG),
    @JsonEnumDefaultValue
    INFO("info", System.Logger.Level.INFO),
    WARNING("warning", System.Logger.Level.WARNING),
    ERROR("error", System.Logger.Level.ERROR);

    private final String wire;
    private final System.Logger.Level level;

    Level(String wire, System.Logger.Level level) {
      this.wire = wire;
      this.level = level;
    }

    @JsonValue
    String wire() {
      return wire;
    }

    System.Logger.Level level() {
      return level;
    }

    static Level of(System.Logger.Level level) {
      if (level.getSeverity() >= System.Logger.Level.ERROR.getSeverity()) {
        return ERROR;
      } else if (level == System.Logger.Level.WARNING) {
        return WARNING;
      }
      return level == System.Logger.Level.INFO ? INFO : DEBUG;
    }
  }
}
