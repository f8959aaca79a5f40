/** Tests of the emulated board. */
@NullMarked
package dev.farhand.board;

import org.jspecify.annotations.NullMarked;
