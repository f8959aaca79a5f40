@NullMarked
package dev.farhand.bench.stop;

import org.jspecify.annotations.NullMarked;
