@NullMarked
package dev.farhand.bench;

import org.jspecify.annotations.NullMarked;
