package dev.farhand.agent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

/** What is looked at before a driver of one's own class is started. */
class DriverSpecTest {
  private static final JsonNode SETTINGS = JsonNodeFactory.instance.objectNode().put("pin", 99);

  /** Refuses its settings. */
  public static final class Careful implements Driver {
    @Override
    public void check(JsonNode settings) {
      throw new BadSettings("pin", "must be a GPIO from 0 to 27");
    }

    @Override
    public void move(double linear, double angular) {}

    @Override
    public void stop() {}
  }

  /** Takes its hardware as it is made, as it may: it is made once, in its own process. */
  public static final class Eager implements Driver {
    /** Fails. */
    public Eager() {
      throw new IllegalStateException("made in the agent's process");
    }

    @Override
    public void move(double linear, double angular) {}

    @Override
    public void stop() {}
  }

  @Test
  void a_class_that_checks_its_settings_is_asked() {
    assertThatThrownBy(() -> DriverSpec.ofClass(Careful.class, SETTINGS, Bench.MOTION_TIMEOUT))
        .isInstanceOf(BadSettings.class)
        .hasMessage("pin must be a GPIO from 0 to 27");
  }

  @Test
  void a_class_that_does_not_is_not_made() {
    assertThat(DriverSpec.ofClass(Eager.class, SETTINGS, Bench.MOTION_TIMEOUT).name())
        .isEqualTo("Eager");
  }
}
