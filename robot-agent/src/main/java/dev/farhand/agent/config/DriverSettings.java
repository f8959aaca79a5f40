package dev.farhand.agent.config;

import dev.farhand.agent.driver.DriverPlan;
import dev.farhand.agent.motion.MotionSettings;

/**
 * What moves the robot, for commands that need neither a server nor anything else.
 *
 * @param robotId {@code robot} if no ID is given
 * @param drivers what moves the robot
 * @param motion the limits of motion
 */
public record DriverSettings(String robotId, DriverPlan drivers, MotionSettings motion) {}
