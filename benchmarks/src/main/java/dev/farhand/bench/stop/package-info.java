/** How soon a rover stands when something fails: {@code bench stop}. */
@NullMarked
package dev.farhand.bench.stop;

import org.jspecify.annotations.NullMarked;
