/**
 * What an agent is told: {@code robot.yaml}, options and environment, and the settings that come of
 * them.
 */
@NullMarked
package dev.farhand.agent.config;

import org.jspecify.annotations.NullMarked;
