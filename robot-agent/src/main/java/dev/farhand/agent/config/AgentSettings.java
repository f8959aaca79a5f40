package dev.farhand.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.farhand.agent.camera.Camera;
import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.motion.MotionSettings;
import dev.farhand.agent.session.SessionLimits;
import dev.farhand.agent.signaling.ReconnectSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything that an agent needs to know.
 *
 * @param server {@code ws://} or {@code wss://}, host and port
 * @param token read anew for each registration
 * @param ca certificates (PEM) to trust beside the system's
 * @param drivers what moves the robot
 * @param camera made from the supplier of the drivers' newest telemetry; empty for none
 */
public record AgentSettings(
    URI server,
    String robotId,
    Supplier<Optional<String>> token,
    Optional<Path> ca,
    DriverPlan drivers,
    Function<Supplier<JsonNode>, Optional<Camera>> camera,
    MotionSettings motion,
    SessionLimits sessions,
    ReconnectSettings reconnect,
    MemoryBounds memory) {}
