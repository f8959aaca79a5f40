package dev.farhand.agent;

import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.config.AgentSettings;
import dev.farhand.agent.config.MemoryBounds;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of an agent that tests start in their own process. */
final class TestSettings {
  private TestSettings() {}

  static AgentSettings of(URI server, Camera camera) {
    return of(server, camera, SessionLimits.DEFAULTS);
  }

  static AgentSettings of(URI server, Camera camera, SessionLimits limits) {
    return new AgentSettings(
        server,
        "rover1",
        Optional::empty,
        Optional.empty(),
        DriverPlan.NONE,
        telemetry -> Optional.of(camera),
        MotionSettings.DEFAULTS,
        limits,
        new ReconnectSettings(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(1)),
        MemoryBounds.DEFAULTS);
  }
}
