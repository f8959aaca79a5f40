/** Tests of the board. */
@NullMarked
package dev.farhand.board.trial;

import org.jspecify.annotations.NullMarked;
