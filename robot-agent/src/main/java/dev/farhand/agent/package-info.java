/** The robot's agent: its command line, and the library for one's own program. */
@NullMarked
package dev.farhand.agent;

import org.jspecify.annotations.NullMarked;
