/** The signaling server: introduces operators and robots, and relays what they negotiate. */
@NullMarked
package dev.farhand.signaling;

import org.jspecify.annotations.NullMarked;
