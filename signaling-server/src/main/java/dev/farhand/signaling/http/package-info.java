/** Everything that is asked over plain HTTP: pages, health, presence of robots. */
@NullMarked
package dev.farhand.signaling.http;

import org.jspecify.annotations.NullMarked;
