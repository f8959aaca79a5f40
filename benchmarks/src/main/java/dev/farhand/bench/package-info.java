/** What the project claims, measured beside its peers in one run; see {@code ./farhand bench}. */
@NullMarked
package dev.farhand.bench;

import org.jspecify.annotations.NullMarked;
