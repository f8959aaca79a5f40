/** What may move the robot: {@link dev.farhand.agent.motion.Arbiter}. */
@NullMarked
package dev.farhand.agent.motion;

import org.jspecify.annotations.NullMarked;
