/** Tests of the board. */
@NullMarked
package dev.farhand.board.parts;

import org.jspecify.annotations.NullMarked;
