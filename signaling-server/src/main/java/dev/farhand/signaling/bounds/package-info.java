/** How much and how long: what one party may take of the server. */
@NullMarked
package dev.farhand.signaling.bounds;

import org.jspecify.annotations.NullMarked;
