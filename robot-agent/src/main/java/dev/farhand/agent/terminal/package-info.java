/**
 * An operator at a terminal or in a script: {@link dev.farhand.agent.terminal.Desk} for a person's
 * keys, {@link dev.farhand.agent.terminal.Pipe} for lines.
 */
@NullMarked
package dev.farhand.agent.terminal;

import org.jspecify.annotations.NullMarked;
