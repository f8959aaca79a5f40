/** {@code ./farhand netlab}: Farhand over real paths through networks of every kind. */
@NullMarked
package dev.farhand.netlab;

import org.jspecify.annotations.NullMarked;
