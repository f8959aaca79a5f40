/** What the board is made of: Debian's packages for ARM, got by apt and kept in a cache. */
@NullMarked
package dev.farhand.board.parts;

import org.jspecify.annotations.NullMarked;
