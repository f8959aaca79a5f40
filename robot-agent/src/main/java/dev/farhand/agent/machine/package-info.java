/**
 * What the machine has for a robot, and whether this process may use it: {@link
 * dev.farhand.agent.machine.Machine}, {@link dev.farhand.agent.machine.Devices}.
 */
@NullMarked
package dev.farhand.agent.machine;

import org.jspecify.annotations.NullMarked;
